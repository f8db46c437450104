package dalvik.system;

/** Android's needs native code. */
public final class VMRuntime {
    private static final VMRuntime RUNTIME = new VMRuntime();

    public static VMRuntime getRuntime() {
        return RUNTIME;
    }

    public static boolean is64BitAbi(String abi) {
        return abi.contains("64");
    }

    public boolean is64Bit() {
        return true;
    }
}
