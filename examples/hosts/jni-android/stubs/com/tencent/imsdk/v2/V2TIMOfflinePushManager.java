package com.tencent.imsdk.v2;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

public class V2TIMOfflinePushManager {
    public final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** The threads that have called. */
    public final Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());

    public void setOfflinePushConfig(V2TIMOfflinePushConfig config, V2TIMCallback callback) {
        threads.add(Thread.currentThread());
        calls.add(config == null ? "off" : config.businessID + " " + config.token);
        callback.onSuccess();
    }

    public void doForeground(V2TIMCallback callback) {
        threads.add(Thread.currentThread());
        calls.add("foreground");
        callback.onSuccess();
    }

    public void doBackground(int unread, V2TIMCallback callback) {
        threads.add(Thread.currentThread());
        calls.add("background " + unread);
        callback.onError(6013, "not initialised");
    }
}
