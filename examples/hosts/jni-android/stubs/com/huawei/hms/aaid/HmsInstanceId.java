package com.huawei.hms.aaid;

import android.content.Context;
import com.huawei.hms.common.ApiException;

public class HmsInstanceId {
    public static HmsInstanceId getInstance(Context context) {
        return new HmsInstanceId();
    }

    public String getToken(String appId, String scope) throws ApiException {
        throw new ApiException(6003);
    }
}
