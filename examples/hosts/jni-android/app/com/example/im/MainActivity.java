package com.example.im;

import android.app.Activity;
import android.content.Intent;
import android.os.Build;
import android.os.Bundle;
import com.example.push.PushException;
import com.xiaomi.mipush.sdk.MiPushMessage;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** What the vendors' notifications open. */
public class MainActivity extends Activity {
    // guide: taps
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (state == null) { // not again after a rotation
            tell(getIntent());
        }
        PushApp.push().hostReady();
    }

    @Override
    protected void onNewIntent(Intent intent) {
        super.onNewIntent(intent);
        setIntent(intent); // getIntent() would go on giving the first one
        tell(intent);
    }

    private static void tell(Intent intent) {
        try {
            PushApp.push().tapped(vendorOfThisPhone(), flatten(intent), intent.getDataString());
        } catch (PushException e) {
            // Any app may start this activity: too many extras are no reason to crash.
            android.util.Log.w("push", e.code());
        }
    }

    /** The extras as texts. That one is missing, or is no text, is normal; that none can be read is an attack. */
    static Map<String, String> flatten(Intent intent) {
        Map<String, String> texts = new HashMap<>();
        try {
            Bundle extras = intent.getExtras();
            for (String key : extras == null ? Collections.<String>emptySet() : extras.keySet()) {
                Object value = extras.get(key);
                if (value instanceof MiPushMessage) { // Xiaomi's launch intent carries its message as an object
                    texts.put(key, value.toString());
                } else if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                    texts.put(key, value.toString());
                }
            }
        } catch (RuntimeException e) {
            // A Parcelable of a class that this app does not have: Android throws while it reads the whole bundle.
            texts.clear();
        }
        return texts;
    }
    // end

    /** OPPO takes the ext apart, so the crate needs to know whose intent it is; it recognizes the others by their keys. */
    private static String vendorOfThisPhone() {
        switch (Build.MANUFACTURER.toLowerCase(java.util.Locale.ROOT)) {
            case "oppo":
            case "realme":
            case "oneplus":
                return "OPPO";
            default:
                return null;
        }
    }
}
