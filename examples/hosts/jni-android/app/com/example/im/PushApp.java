package com.example.im;

import android.app.Application;
import android.content.Context;
import android.os.Build;
import android.os.SystemClock;
import android.util.Log;
import com.example.push.Device;
import com.example.push.PushException;
import com.example.push.PushObserver;
import com.example.push.PushRegistrar;
import com.example.push.Tap;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts the registrar in the main process, and tells it what happens. */
public class PushApp extends Application implements PushObserver, PushRegistrar.Clock {
    /**
     * An event or an answer may write a file and call SDKs on the thread that brings it, so not on the main one. A single
     * thread, so that events keep their order: an SDK that makes its caller wait needs another, as Huawei's.
     */
    static final ExecutorService WORKER = Executors.newSingleThreadExecutor();

    private static volatile PushRegistrar push;

    /** The registrar, for a diagnosis; null before its start, and in the push processes of the vendors' SDKs. */
    public static PushRegistrar push() {
        return push;
    }

    /** What happened. */
    public interface Event {
        void tell(PushRegistrar push);
    }

    /** Tells the registrar, if there is one. For any thread. */
    public static void tell(Event event) {
        WORKER.execute(() -> {
            PushRegistrar registrar = push;
            try {
                if (registrar != null) {
                    event.tell(registrar);
                }
            } catch (PushException e) {
                // Not worth a crash: any app may send a tap that nobody can read.
                Log.w("push", e.code());
            }
        });
    }

    @Override
    public void onCreate() {
        super.onCreate();
        // The SDKs' own processes run this too, and two registrars would report against each other.
        if (getPackageName().equals(processName())) {
            registerActivityLifecycleCallbacks(new Foreground(this));
            WORKER.execute(() -> start(this, getNoBackupFilesDir(), BuildConfig.PUSH_CONFIG));
        }
    }

    /** Without a registrar the app runs all the same, and gets no pushes. */
    void start(Context context, File folder, String config) {
        try {
            new PushRegistrar.Builder(config, new Device(device()), new TencentIm(), new VendorSdks(context))
                    .store(folder, InstallId.in(folder))
                    .consentRequired() // calls no vendor's SDK until PushApp.tell(PushRegistrar::grantConsent)
                    .clock(this)
                    .observer(this)
                    .taps((tap, done) -> {
                        if (open(tap)) {
                            done.ok();
                        }
                    })
                    .start();
        } catch (PushException | LinkageError e) { // a wrong configuration; no library for this phone's ABI
            Log.e("push", "no push", e);
        }
    }

    /**
     * Opens the chat. Called on the worker: what touches views goes to the main thread. A tap may come from any app: check that
     * the user may see what it names before you open it.
     *
     * @return whether that is done, true also where there is nothing to open (the routes {@code none} and
     *     {@code unknown_…}); after false the tap comes again in the next process
     */
    protected boolean open(Tap tap) {
        return false;
    }

    /** How many messages are unread, for the number at the app's icon. */
    protected int unread() {
        return 0;
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

    /** This process's name, on any Android; {@code Application.getProcessName()} needs Android 9. */
    static String processName() {
        try (BufferedReader in = new BufferedReader(new FileReader("/proc/self/cmdline"))) {
            return String.valueOf(in.readLine()).split("\0", 2)[0];
        } catch (IOException e) {
            return "";
        }
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
}
