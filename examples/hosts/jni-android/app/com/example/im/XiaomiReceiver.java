package com.example.im;

import android.content.Context;
import com.xiaomi.mipush.sdk.MiPushClient;
import com.xiaomi.mipush.sdk.MiPushCommandMessage;
import com.xiaomi.mipush.sdk.MiPushMessage;
import com.xiaomi.mipush.sdk.PushMessageReceiver;

/** Called by Mi Push, off the main thread. */
public class XiaomiReceiver extends PushMessageReceiver {
    @Override
    public void onReceiveRegisterResult(Context context, MiPushCommandMessage message) {
        if (PushApp.push() == null || !MiPushClient.COMMAND_REGISTER.equals(message.getCommand())) {
            return;
        }
        if (message.getResultCode() == 0) {
            PushApp.push().tokenReceived("Xiaomi", "standard", message.getCommandArguments().get(0));
        } else {
            PushApp.push().vendorFailed("Xiaomi", "standard", Long.toString(message.getResultCode()));
        }
    }

    @Override
    public void onNotificationMessageClicked(Context context, MiPushMessage message) {
        if (PushApp.push() != null) {
            PushApp.push().tappedText("Xiaomi", message.toString());
        }
    }
}
