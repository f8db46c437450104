import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Loads the bridge and the tests in a class loader of their own, as an app on Android is: what the system's loader sees,
 * which is all that a native thread can look up there, does not have them.
 */
public final class Main {
    public static void main(String[] arguments) throws Exception {
        URL classes = Path.of(arguments[0]).toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> tests = loader.loadClass("Tests");
            tests.getMethod("run", String.class, String.class).invoke(null, arguments[1], arguments[2]);
        }
        System.out.println("jni: story, cold start, exceptions, threads, input, memory");
        System.exit(0); // the JVM would wait for threads of Rust that were attached
    }
}
