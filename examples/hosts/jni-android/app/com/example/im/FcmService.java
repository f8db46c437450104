package com.example.im;

import com.google.firebase.messaging.FirebaseMessagingService;

/** Called by Firebase. */
public class FcmService extends FirebaseMessagingService {
    @Override
    public void onNewToken(String token) {
        if (PushApp.push() != null) {
            PushApp.push().tokenReceived("FCM", "standard", token);
        }
    }
}
