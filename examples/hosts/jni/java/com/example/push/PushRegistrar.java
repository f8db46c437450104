package com.example.push;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes this phone reachable for offline pushes. One for each app, in its main process. Methods may be called on any thread, and so
 * may those of {@link Completion}; they may write the store and call the app's objects before they return.
 */
public final class PushRegistrar implements AutoCloseable {
    static {
        System.loadLibrary("host_jni");
    }

    /** {@code SystemClock.elapsedRealtime()} and {@code System.currentTimeMillis()}. Must not call the registrar. */
    public interface Clock {
        long elapsedRealtime();

        long currentTimeMillis();
    }

    /**
     * One alarm clock, whose next call replaces the last. {@code ring} calls the app's objects, which may wait: run it on a worker,
     * and have another one for the next ring, else the one that waits stops every deadline. Without a scheduler the registrar
     * does so on threads of its own.
     */
    public interface Scheduler {
        void schedule(long delayMillis, Runnable ring);

        void cancel();
    }

    /** {@code NotificationManager.createNotificationChannel}. */
    public interface NotificationChannels {
        void ensure(String id, String name, String description, int importance, Completion done);
    }

    /** The number at the app's icon, and the notifications that stand with it. */
    public interface Badge {
        void set(int count);

        void clearNotifications();
    }

    /** Called once when the IM SDK may be logged out: do so unless {@code superseded}, then tell {@link #loggedOut}. */
    public interface Logout {
        void released(long session, boolean clean, boolean superseded);
    }

    /** What a registrar starts with. */
    public static final class Builder {
        private final String certificates;
        private final Device device;
        private final ImClient im;
        private final VendorSdk vendors;
        private String folder;
        private String installId;
        private boolean consentRequired;
        private final List<String> channels = new ArrayList<>();
        private PushObserver observer = new PushObserver() {};
        private TapHandler taps;
        private Clock clock;
        private Scheduler scheduler;
        private NotificationChannels notificationChannels;
        private Badge badge;
        private int process;

        /** @param certificates the text of timpush-configs.json, or of another file with the certificates' numbers */
        public Builder(String certificates, Device device, ImClient im, VendorSdk vendors) {
            this.certificates = certificates;
            this.device = device;
            this.im = im;
            this.vendors = vendors;
        }

        /** Remembers over restarts. Both belong where backups do not go: {@code Context.getNoBackupFilesDir()}. */
        public Builder store(File folder, String installId) {
            this.folder = folder.getPath();
            this.installId = installId;
            return this;
        }

        /** Waits for {@link PushRegistrar#grantConsent} before any vendor SDK is called. */
        public Builder consentRequired() {
            consentRequired = true;
            return this;
        }

        /** The notification channel that a vendor's console knows (OPPO needs one). */
        public Builder notificationChannel(String vendor, String id, String name, String description) {
            channels.add(vendor);
            channels.add(id);
            channels.add(name);
            channels.add(description);
            return this;
        }

        public Builder observer(PushObserver observer) {
            this.observer = observer;
            return this;
        }

        public Builder taps(TapHandler taps) {
            this.taps = taps;
            return this;
        }

        /** Needed on Android: the default stands still while the phone sleeps. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        public Builder scheduler(Scheduler scheduler) {
            this.scheduler = scheduler;
            return this;
        }

        public Builder notificationChannels(NotificationChannels channels) {
            notificationChannels = channels;
            return this;
        }

        public Builder badge(Badge badge) {
            this.badge = badge;
            return this;
        }

        /** For tests: the same process number gives the same calls. */
        public Builder seeded(int process) {
            this.process = process;
            return this;
        }

        /** @throws PushException if the certificates or the device cannot be read */
        public PushRegistrar start() {
            return new PushRegistrar(this);
        }
    }

    private final Builder hosts;
    private final Map<Long, Logout> logouts = new ConcurrentHashMap<>();
    private final AtomicLong lastLogout = new AtomicLong();
    /** Read and written by Rust. 0 before the start and after the end. */
    private volatile long handle;

    private PushRegistrar(Builder builder) {
        hosts = builder;
        start(builder.certificates, builder.device.properties, builder.device.probes(), builder.folder, builder.installId, builder.consentRequired,
                builder.channels.toArray(new String[0]), builder.clock != null, builder.scheduler != null,
                builder.taps != null, builder.process);
    }

    private native void start(String certificates, String properties, String[] probes, String folder,
            String installId, boolean consentRequired, String[] channels, boolean clock, boolean scheduler, boolean taps, int process);

    /** The IM SDK logged this account in. Returns the session. */
    public native long loggedIn(String user);

    /** The user wants to log out. */
    public boolean logOut(long session, Logout logout) {
        long callback = lastLogout.incrementAndGet();
        logouts.put(callback, logout);
        return logOut(session, callback);
    }

    private native boolean logOut(long session, long callback);

    /** The IM SDK has logged out. */
    public native boolean loggedOut(long session);

    /** {@code onKickedOffline}. */
    public native boolean kickedOff(long session);

    /** {@code onUserSigExpired}. */
    public native boolean credentialExpired(long session);

    /** The session that is logged in, or 0. */
    public native long session();

    /** A vendor SDK gave a token, asked or unasked. Pass it on exactly as it came. */
    public native boolean tokenReceived(String vendor, String kind, String text);

    /** A vendor SDK failed: its number as a text, FCM's name, or an exception's text. */
    public native boolean vendorFailed(String vendor, String kind, String code);

    /** A vendor or the IM server says that a token is dead. */
    public native boolean tokenInvalid(String vendor, String kind);

    public native boolean enterForeground();

    public native boolean enterBackground(int unread);

    public native boolean setUnread(int unread);

    public native boolean disablePush();

    public native boolean enablePush();

    public native boolean grantConsent();

    public native boolean withdrawConsent();

    /**
     * A notification was tapped. Tell of every intent that may be a tap: one without a vendor's key, ext or id is ignored.
     *
     * @param vendor whose notification opened the activity, or null where others open it too, as the launcher does; OPPO's name
     *     turns every extra into a part of the ext
     * @param extras the intent's extras as texts
     * @param data {@code Intent.getDataString()}, or null
     */
    public boolean tapped(String vendor, Map<String, String> extras, String data) {
        String[] keys = extras.keySet().toArray(new String[0]);
        String[] values = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = extras.get(keys[i]);
        }
        return tapped(vendor, keys, values, data);
    }

    private native boolean tapped(String vendor, String[] keys, String[] values, String data);

    /** A vendor's callback gave a text: a map as JSON, Meizu's content, what a vendor's message prints of itself. */
    public native boolean tappedText(String vendor, String text);

    /** The app's screens are up: taps may be delivered. */
    public native boolean hostReady();

    public native boolean networkUp();

    /** The user asks to try again now. */
    public native boolean retry();

    /** What is known of the phone has changed. */
    public boolean setDevice(Device device) {
        return setDevice(device.properties, device.probes());
    }

    private native boolean setDevice(String properties, String[] probes);

    /** Where everything stands, and what helps. */
    public native String diagnose();

    /** The same as JSON. */
    public native String diagnoseJson();

    /** Ends the registrar: no host is called any more. */
    @Override
    public native void close();

    native boolean completeOk(long raw);

    native boolean completeToken(long raw, String text);

    native boolean completeFailed(long raw, String code, long retryAfterMillis);

    native boolean completeLost(long raw);

    private native void ring();

    // Called by Rust, on the thread that passed an event to the registrar, or on the scheduler's.

    private void started(long handle) {
        this.handle = handle;
        hosts.observer.started(this);
    }

    private String vendors() {
        StringBuilder names = new StringBuilder(); // String.join needs Android 8
        for (String name : hosts.vendors.vendors()) {
            names.append(name).append(',');
        }
        return names.toString();
    }

    private void setOfflinePush(int businessId, String vendor, String token, String kind, long raw) {
        hosts.im.setOfflinePush(businessId, vendor, token, kind, new Completion(this, raw));
    }

    private void setPresence(boolean foreground, int unread, long raw) {
        hosts.im.setPresence(foreground, unread, new Completion(this, raw));
    }

    private void register(String vendor, String kind, long raw) {
        hosts.vendors.register(vendor, kind, new Completion(this, raw));
    }

    private void unregister(String vendor) {
        hosts.vendors.unregister(vendor);
    }

    private void deliver(String route, String peer, boolean isGroup, String ext, String vendor, String receiver,
            String account, long raw) {
        Tap tap = new Tap(route, peer, isGroup, ext, vendor, receiver, account);
        hosts.taps.deliver(tap, new Completion(this, raw));
    }

    private void notice(String code, String vendor, String text) {
        hosts.observer.notice(code, vendor, text);
    }

    private void transition(String text) {
        hosts.observer.transition(text);
    }

    private void event(String name, String verdict) {
        hosts.observer.event(name, verdict);
    }

    private void ensureNotificationChannel(String id, String name, String description, int importance, long raw) {
        if (hosts.notificationChannels == null) {
            completeLost(raw);
        } else {
            hosts.notificationChannels.ensure(id, name, description, importance, new Completion(this, raw));
        }
    }

    private void setBadge(int count) {
        if (hosts.badge != null) {
            hosts.badge.set(count);
        }
    }

    private void clearNotifications() {
        if (hosts.badge != null) {
            hosts.badge.clearNotifications();
        }
    }

    private long elapsedRealtime() {
        return hosts.clock.elapsedRealtime();
    }

    private long currentTimeMillis() {
        return hosts.clock.currentTimeMillis();
    }

    private void schedule(long delayMillis) {
        hosts.scheduler.schedule(delayMillis, this::ring);
    }

    private void cancel() {
        hosts.scheduler.cancel();
    }

    private void released(long callback, long session, boolean clean, boolean superseded) {
        Logout logout = logouts.remove(callback);
        if (logout != null) {
            logout.released(session, clean, superseded);
        }
    }
}
