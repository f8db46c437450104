package com.tencent.imsdk.v2;

import java.util.ArrayList;
import java.util.List;

public class V2TIMOfflinePushManager {
    public final List<String> calls = new ArrayList<>();

    public void setOfflinePushConfig(V2TIMOfflinePushConfig config, V2TIMCallback callback) {
        calls.add(config == null ? "off" : config.businessID + " " + config.token);
        callback.onSuccess();
    }

    public void doForeground(V2TIMCallback callback) {
        calls.add("foreground");
        callback.onSuccess();
    }

    public void doBackground(int unread, V2TIMCallback callback) {
        calls.add("background " + unread);
        callback.onError(6013, "not initialised");
    }
}
