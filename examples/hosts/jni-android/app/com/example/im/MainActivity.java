package com.example.im;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import com.xiaomi.mipush.sdk.MiPushMessage;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** What the launcher opens, and a notification of FCM. */
public class MainActivity extends Activity {
    // guide: taps
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (state == null) { // not again after a rotation
            report(getIntent());
        }
        PushApp.tell(push -> push.hostReady());
    }

    @Override
    protected void onNewIntent(Intent intent) {
        super.onNewIntent(intent);
        setIntent(intent); // getIntent() would go on giving the first one
        report(intent);
    }

    private void report(Intent intent) {
        String vendor = vendor();
        Map<String, String> extras = flatten(intent);
        String data = intent.getDataString();
        PushApp.tell(push -> push.tapped(vendor, extras, data));
    }

    /** Whose notification opens this activity; null where others open it too. PushActivity says it on OPPO's phones. */
    protected String vendor() {
        return null;
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
}
