package com.example.im;

import com.google.firebase.messaging.FirebaseMessagingService;

/** Called by Firebase. */
public class FcmService extends FirebaseMessagingService {
    @Override
    public void onNewToken(String token) {
        PushApp.tell(push -> push.tokenReceived("FCM", "standard", token));
    }
}
