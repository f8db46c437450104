package android.util;

/** Android's needs native code. */
public final class Log {
    public static int v(String tag, String text) {
        return 0;
    }

    public static int d(String tag, String text) {
        return 0;
    }

    public static int i(String tag, String text) {
        return 0;
    }

    public static int w(String tag, String text) {
        return 0;
    }

    public static int w(String tag, String text, Throwable cause) {
        return 0;
    }

    public static int w(String tag, Throwable cause) {
        return 0;
    }

    public static int e(String tag, String text) {
        return 0;
    }

    public static int e(String tag, String text, Throwable cause) {
        return 0;
    }

    public static int wtf(String tag, String text) {
        return 0;
    }

    public static int wtf(String tag, String text, Throwable cause) {
        return 0;
    }

    public static boolean isLoggable(String tag, int level) {
        return false;
    }

    private Log() {}
}
