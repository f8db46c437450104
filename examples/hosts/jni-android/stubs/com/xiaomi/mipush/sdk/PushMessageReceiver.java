package com.xiaomi.mipush.sdk;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;

public abstract class PushMessageReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {}

    public void onReceiveRegisterResult(Context context, MiPushCommandMessage message) {}

    public void onNotificationMessageClicked(Context context, MiPushMessage message) {}
}
