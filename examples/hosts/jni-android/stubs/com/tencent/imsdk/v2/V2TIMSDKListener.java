package com.tencent.imsdk.v2;

public abstract class V2TIMSDKListener {
    public void onConnectSuccess() {}

    public void onKickedOffline() {}

    public void onUserSigExpired() {}
}
