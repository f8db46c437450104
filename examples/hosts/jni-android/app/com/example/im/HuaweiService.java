package com.example.im;

import com.huawei.hms.common.ApiException;
import com.huawei.hms.push.HmsMessageService;

/** Called by HMS Core. */
public class HuaweiService extends HmsMessageService {
    @Override
    public void onNewToken(String token) {
        PushApp.tell(push -> push.tokenReceived("Huawei", "standard", token));
    }

    @Override
    public void onTokenError(Exception error) {
        String code = error instanceof ApiException
                ? Integer.toString(((ApiException) error).getStatusCode())
                : String.valueOf(error.getMessage());
        PushApp.tell(push -> push.vendorFailed("Huawei", "standard", code));
    }
}
