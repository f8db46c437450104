package com.xiaomi.mipush.sdk;

import android.content.Context;

public abstract class MiPushClient {
    public static final String COMMAND_REGISTER = "register";
    public static int registered;

    public static void registerPush(Context context, String appId, String appKey) {
        registered++;
    }
}
