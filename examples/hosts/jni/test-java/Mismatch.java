/** A PushRegistrar that is not the library's: loading it says what is missing. */
public final class Mismatch {
    public static void main(String[] arguments) throws Exception {
        try {
            Class.forName("com.example.push.PushRegistrar");
        } catch (UnsatisfiedLinkError e) {
            if (String.valueOf(e.getMessage()).contains(arguments[0])) {
                System.exit(0);
            }
            throw e;
        }
        throw new AssertionError("it was loaded");
    }
}
