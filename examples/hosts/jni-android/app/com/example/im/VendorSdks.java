package com.example.im;

import android.content.Context;
import com.example.push.Completion;
import com.example.push.VendorSdk;
import com.google.firebase.messaging.FirebaseMessaging;
import com.huawei.hms.aaid.HmsInstanceId;
import com.huawei.hms.common.ApiException;
import com.xiaomi.mipush.sdk.MiPushClient;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Three of the vendors' SDKs. For the others see the crate's guide for Android. */
final class VendorSdks implements VendorSdk {
    private final Context context;

    VendorSdks(Context context) {
        this.context = context;
    }

    @Override
    public Set<String> vendors() {
        return new HashSet<>(Arrays.asList("Xiaomi", "Huawei", "FCM"));
    }

    @Override
    public void register(String vendor, String kind, Completion done) {
        switch (vendor) {
            case "Xiaomi":
                MiPushClient.registerPush(context, "2882303761500000000", "5000000000000");
                done.ok(); // the token comes to XiaomiReceiver
                break;
            case "Huawei":
                new Thread(() -> huawei(done)).start(); // waits for HMS Core, and fails on the main thread
                break;
            default:
                FirebaseMessaging.getInstance().getToken().addOnCompleteListener(PushApp.WORKER, task -> {
                    if (task.isSuccessful()) {
                        done.token(task.getResult());
                    } else {
                        done.failed(String.valueOf(task.getException())); // the bridge takes the name out of it
                    }
                });
        }
    }

    private void huawei(Completion done) {
        try {
            String token = HmsInstanceId.getInstance(context).getToken("100000000", "HCM");
            if (token == null || token.isEmpty()) {
                done.ok(); // below EMUI 10 it comes to HuaweiService
            } else {
                done.token(token);
            }
        } catch (ApiException e) {
            done.failed(e.getStatusCode());
        }
    }
}
