package android.os;

/** Android's needs native code. */
public class SystemProperties {
    public static String get(String key) {
        return get(key, "");
    }

    public static String get(String key, String otherwise) {
        switch (key) {
            case "ro.product.manufacturer":
            case "ro.product.brand":
                return "Xiaomi";
            case "ro.product.model":
                return "MI 8";
            case "ro.build.version.sdk":
                return "34";
            case "ro.product.cpu.abilist":
            case "ro.product.cpu.abilist64":
                return "arm64-v8a";
            case "ro.build.version.all_codenames":
            case "ro.build.version.known_codenames":
                return "REL";
            default:
                return otherwise;
        }
    }

    public static int getInt(String key, int otherwise) {
        return key.equals("ro.build.version.sdk") ? 34 : otherwise;
    }

    public static long getLong(String key, long otherwise) {
        return otherwise;
    }

    public static boolean getBoolean(String key, boolean otherwise) {
        return otherwise;
    }
}
