package com.example.im;

import android.os.Build;
import java.util.Locale;

/** What the notifications of the phones' vendors open, and nothing else does. */
public class PushActivity extends MainActivity {
    /**
     * OPPO takes the ext apart, so that its keys look like any other extras. The registrar knows the other vendors by their
     * keys.
     */
    @Override
    protected String vendor() {
        switch (Build.MANUFACTURER.toLowerCase(Locale.ROOT)) {
            case "oppo":
            case "realme":
            case "oneplus":
                return "OPPO";
            default:
                return null;
        }
    }
}
