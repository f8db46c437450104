package com.tencent.imsdk.v2;

public class V2TIMManager {
    private static final V2TIMManager INSTANCE = new V2TIMManager();
    private static final V2TIMOfflinePushManager PUSH = new V2TIMOfflinePushManager();
    /** What a logout answers. */
    public int logoutCode;

    public static V2TIMManager getInstance() {
        return INSTANCE;
    }

    public static V2TIMOfflinePushManager getOfflinePushManager() {
        return PUSH;
    }

    public String getLoginUser() {
        return "alice";
    }

    public void logout(V2TIMCallback callback) {
        PUSH.calls.add("logout");
        if (logoutCode == 0) {
            callback.onSuccess();
        } else {
            callback.onError(logoutCode, "");
        }
    }
}
