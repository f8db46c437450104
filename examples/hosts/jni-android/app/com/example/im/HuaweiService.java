package com.example.im;

import com.huawei.hms.common.ApiException;
import com.huawei.hms.push.HmsMessageService;

/** Called by HMS Core. */
public class HuaweiService extends HmsMessageService {
    @Override
    public void onNewToken(String token) {
        if (PushApp.push() != null) {
            PushApp.push().tokenReceived("Huawei", "standard", token);
        }
    }

    @Override
    public void onTokenError(Exception error) {
        if (PushApp.push() != null) {
            String code = error instanceof ApiException
                    ? Integer.toString(((ApiException) error).getStatusCode())
                    : String.valueOf(error.getMessage());
            PushApp.push().vendorFailed("Huawei", "standard", code);
        }
    }
}
