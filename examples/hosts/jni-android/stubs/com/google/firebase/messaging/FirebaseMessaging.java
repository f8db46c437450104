package com.google.firebase.messaging;

import com.google.android.gms.tasks.Task;
import java.io.IOException;

public class FirebaseMessaging {
    public static FirebaseMessaging getInstance() {
        return new FirebaseMessaging();
    }

    public Task<String> getToken() {
        Task<String> task = new Task<>();
        task.failure = new IOException("SERVICE_NOT_AVAILABLE");
        return task;
    }
}
