package com.example.im;

/** What Gradle would generate: the text of timpush-configs.json. */
final class BuildConfig {
    static final String PUSH_CONFIG =
            "{\"config\":{\"xiaomiPushBussinessId\":\"30207\",\"huaweiPushBussinessId\":\"30206\",\"fcmPushBussinessId\":\"30210\"}}";

    private BuildConfig() {}
}
