import java.io.File;
import java.io.FileInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.PrintWriterLogger;

/** Fails if a class uses what Android 5 (API level 21) does not have. Arguments: the signatures of that level, the classes. */
public final class MinSdk {
    public static void main(String[] arguments) throws Exception {
        String[] ofTheApp = {"com.example.*", "com.google.*", "com.huawei.*", "com.tencent.*", "com.xiaomi.*"};
        SignatureChecker checker = new SignatureChecker(new FileInputStream(arguments[0]),
                new HashSet<>(Arrays.asList(ofTheApp)), new PrintWriterLogger(System.out));
        checker.setSourcePath(Collections.<File>emptyList());
        checker.process(new File(arguments[1]));
        System.exit(checker.isSignatureBroken() ? 1 : 0);
    }
}
