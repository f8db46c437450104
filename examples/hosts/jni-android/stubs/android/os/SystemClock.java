package android.os;

/** Android's needs native code. */
public final class SystemClock {
    public static long now;

    public static long elapsedRealtime() {
        return now;
    }

    public static long elapsedRealtimeNanos() {
        return now * 1_000_000;
    }

    public static long uptimeMillis() {
        return now;
    }

    private SystemClock() {}
}
