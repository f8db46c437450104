package com.tencent.imsdk.v2;

public abstract class V2TIMManager {
    private static final V2TIMOfflinePushManager MANAGER = new V2TIMOfflinePushManager();

    public static V2TIMOfflinePushManager getOfflinePushManager() {
        return MANAGER;
    }
}
