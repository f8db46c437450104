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
        if (!MiPushClient.COMMAND_REGISTER.equals(message.getCommand())) {
            return;
        }
        if (message.getResultCode() == 0) {
            String regId = message.getCommandArguments().get(0);
            PushApp.tell(push -> push.tokenReceived("Xiaomi", "standard", regId));
        } else {
            String code = Long.toString(message.getResultCode());
            PushApp.tell(push -> push.vendorFailed("Xiaomi", "standard", code));
        }
    }

    @Override
    public void onNotificationMessageClicked(Context context, MiPushMessage message) {
        String text = message.toString();
        PushApp.tell(push -> push.tappedText("Xiaomi", text));
    }
}
