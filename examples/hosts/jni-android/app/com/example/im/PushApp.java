package com.example.im;

import android.app.Application;
import android.content.Context;
import android.os.Build;
import android.os.Handler;
import android.os.HandlerThread;
import android.os.SystemClock;
import android.util.Log;
import com.example.push.PushObserver;
import com.example.push.PushRegistrar;
import com.example.push.Tap;
import java.io.File;

/** Starts the registrar in the main process, and keeps it. */
public class PushApp extends Application implements PushObserver, PushRegistrar.Clock {
    private static volatile PushRegistrar push;

    /** The registrar; null in the push processes of the vendors' SDKs, and before the start. */
    public static PushRegistrar push() {
        return push;
    }

    @Override
    public void onCreate() {
        super.onCreate();
        // The SDKs' own processes run this too, and two registrars would report against each other.
        if (getPackageName().equals(Application.getProcessName())) {
            HandlerThread worker = new HandlerThread("push");
            worker.start();
            start(this, getNoBackupFilesDir(), new HandlerScheduler(new Handler(worker.getLooper())));
        }
    }

    void start(Context context, File folder, PushRegistrar.Scheduler scheduler) {
        new PushRegistrar.Builder(BuildConfig.PUSH_CONFIG, device(), new TencentIm(), new VendorSdks(context))
                .store(folder, InstallId.in(folder))
                .clock(this)
                .scheduler(scheduler)
                .observer(this)
                .taps((tap, done) -> {
                    if (open(tap)) {
                        done.ok();
                    }
                })
                .start();
    }

    /** Opens the chat. A tap may come from any app: check that the user may see what it names before you open it. */
    protected boolean open(Tap tap) {
        return false;
    }

    @Override
    public void started(PushRegistrar registrar) {
        push = registrar;
    }

    @Override
    public void notice(String code, String vendor, String text) {
        Log.w("push", text);
    }

    @Override
    public long elapsedRealtime() {
        return SystemClock.elapsedRealtime();
    }

    @Override
    public long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    /** The properties that decide, as `getprop` prints them. */
    static String device() {
        return property("ro.product.manufacturer", Build.MANUFACTURER)
                + property("ro.product.brand", Build.BRAND)
                + property("ro.product.model", Build.MODEL)
                + property("ro.product.device", Build.DEVICE)
                + property("ro.build.display.id", Build.DISPLAY)
                + property("ro.build.fingerprint", Build.FINGERPRINT)
                + property("ro.build.version.sdk", Integer.toString(Build.VERSION.SDK_INT));
    }

    private static String property(String name, String value) {
        return "[" + name + "]: [" + value + "]\n";
    }

    /** Rings on a thread of its own, never on the main one. */
    private static final class HandlerScheduler implements PushRegistrar.Scheduler {
        private final Handler handler;

        HandlerScheduler(Handler handler) {
            this.handler = handler;
        }

        @Override
        public void schedule(long delayMillis, Runnable ring) {
            handler.removeCallbacksAndMessages(null);
            handler.postDelayed(ring, delayMillis);
        }

        @Override
        public void cancel() {
            handler.removeCallbacksAndMessages(null);
        }
    }
}
