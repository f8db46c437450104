package com.huawei.hms.push;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;

public class HmsMessageService extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    public void onNewToken(String token) {}

    public void onTokenError(Exception error) {}
}
