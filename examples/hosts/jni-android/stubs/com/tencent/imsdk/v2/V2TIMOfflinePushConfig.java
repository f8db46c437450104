package com.tencent.imsdk.v2;

public class V2TIMOfflinePushConfig {
    public final long businessID;
    public final String token;

    public V2TIMOfflinePushConfig(long businessID, String token) {
        this.businessID = businessID;
        this.token = token;
    }
}
