package com.example.im;

import com.example.push.PushRegistrar;
import com.tencent.imsdk.v2.V2TIMSDKListener;

/** What the IM SDK tells by itself: {@code V2TIMManager.getInstance().addIMSDKListener(new ImEvents())}. */
final class ImEvents extends V2TIMSDKListener {
    @Override
    public void onConnectSuccess() {
        PushApp.tell(PushRegistrar::networkUp);
    }

    @Override
    public void onKickedOffline() {
        PushApp.tell(push -> push.kickedOff(push.session()));
    }

    @Override
    public void onUserSigExpired() {
        PushApp.tell(push -> push.credentialExpired(push.session()));
    }
}
