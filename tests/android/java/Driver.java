import android.content.ComponentName;
import android.content.Intent;
import android.content.IntentFilter;
import android.graphics.Rect;
import android.net.Uri;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Answers questions with Android's own classes, one a line. A question is an operation and its parts, separated by tabs; a part
 * is a letter and its texts, separated by bars. Texts are ASCII, with \\uXXXX for every other UTF-16 unit.
 */
public final class Driver {
    private final List<String> uris = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
        Driver driver = new Driver();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split("\t", -1);
            String answer;
            try {
                answer = driver.answer(parts);
            } catch (Exception error) {
                answer = "!" + error.getClass().getSimpleName();
            }
            out.println(answer);
        }
    }

    private String answer(String[] parts) throws Exception {
        switch (parts[0]) {
            case "java":
                return System.getProperty("java.specification.version");
            case "write":
                return write(intent(parts));
            case "parse":
                return parse(texts(parts[1]));
            case "code":
                return code(texts(parts[1]));
            case "match":
                return match(parts);
            case "load":
                uris.add(texts(parts[1])[1]);
                return "loaded";
            case "time":
                return time(parts[1]);
            default:
                throw new IllegalStateException(parts[0]);
        }
    }

    private static String write(Intent intent) {
        StringBuilder answer = new StringBuilder();
        for (int flags : new int[] {Intent.URI_INTENT_SCHEME, Intent.URI_ANDROID_APP_SCHEME, 0}) {
            String uri;
            try {
                uri = escaped(intent.toUri(flags));
            } catch (IllegalArgumentException error) {
                uri = "!IllegalArgumentException";
            }
            answer.append(uri).append('\t');
        }
        return answer.toString();
    }

    private static String parse(String[] question) {
        try {
            Intent intent = Intent.parseUri(question[2], Integer.parseInt(question[1]));
            return "ok\t" + escaped(intent.getAction()) + "\t" + escaped(intent.getDataString()) + "\t"
                + escaped(intent.getType()) + "\t" + escaped(intent.toUri(0));
        } catch (URISyntaxException error) {
            return "syntax\t" + escaped(error.getReason()) + "\t" + error.getIndex();
        } catch (NumberFormatException error) {
            return "number";
        }
    }

    private static String code(String[] question) {
        String text = question[1];
        switch (question[0]) {
            case "e":
                return escaped(Uri.encode(text, question[2]));
            case "d":
                return escaped(Uri.decode(text));
            default:
                Uri uri = Uri.parse(text);
                return String.join("\t", escaped(uri.getScheme()), escaped(uri.getSchemeSpecificPart()),
                    escaped(uri.getAuthority()), escaped(uri.getUserInfo()), escaped(uri.getHost()), "" + uri.getPort(),
                    escaped(uri.getPath()), escaped(uri.getQuery()), escaped(uri.getFragment()));
        }
    }

    private static String match(String[] parts) throws Exception {
        IntentFilter filter = new IntentFilter();
        for (String part : parts) {
            String[] texts = texts(part);
            switch (texts[0]) {
                case "A" -> filter.addAction(texts[1]);
                case "C" -> filter.addCategory(texts[1]);
                case "T" -> filter.addDataType(texts[1]);
                case "S" -> filter.addDataScheme(texts[1]);
                case "H" -> filter.addDataAuthority(texts[1], texts[2].isEmpty() ? null : texts[2]);
                case "P" -> filter.addDataPath(texts[2], Integer.parseInt(texts[1]));
                case "Q" -> filter.addDataSchemeSpecificPart(texts[2], Integer.parseInt(texts[1]));
                default -> { }
            }
        }
        Intent intent = intent(parts);
        return "" + filter.match(intent.getAction(), intent.getType(), intent.getScheme(), intent.getData(),
            intent.getCategories(), "driver");
    }

    /** The intent of the parts; those after "s" are its selector's. */
    private static Intent intent(String[] parts) {
        Intent base = new Intent();
        Intent intent = base;
        for (String part : parts) {
            String[] texts = texts(part);
            switch (texts[0]) {
                case "a" -> intent.setAction(texts[1]);
                case "d" -> intent.setDataAndType(Uri.parse(texts[1]), intent.getType());
                case "t" -> intent.setDataAndType(intent.getData(), texts[1]);
                case "i" -> intent.setIdentifier(texts[1]);
                case "p" -> intent.setPackage(texts[1]);
                case "c" -> intent.setComponent(new ComponentName(texts[1], texts[2]));
                case "f" -> intent.setFlags(Integer.parseInt(texts[1]));
                case "g" -> intent.addCategory(texts[1]);
                case "b" -> intent.setSourceBounds(new Rect(Integer.parseInt(texts[1]), Integer.parseInt(texts[2]),
                    Integer.parseInt(texts[3]), Integer.parseInt(texts[4])));
                case "e" -> extra(intent, texts[1], texts[2], texts[3]);
                case "s" -> intent = new Intent();
                default -> { }
            }
        }
        if (intent != base) {
            base.setSelector(intent);
        }
        return base;
    }

    private static void extra(Intent intent, String type, String key, String value) {
        switch (type) {
            case "S" -> intent.putExtra(key, value);
            case "B" -> intent.putExtra(key, Boolean.parseBoolean(value));
            case "b" -> intent.putExtra(key, Byte.parseByte(value));
            case "c" -> intent.putExtra(key, (char) Integer.parseInt(value));
            case "d" -> intent.putExtra(key, Double.longBitsToDouble(Long.parseUnsignedLong(value)));
            case "f" -> intent.putExtra(key, Float.intBitsToFloat(Integer.parseUnsignedInt(value)));
            case "i" -> intent.putExtra(key, Integer.parseInt(value));
            case "l" -> intent.putExtra(key, Long.parseLong(value));
            case "s" -> intent.putExtra(key, Short.parseShort(value));
            default -> throw new IllegalStateException(type);
        }
    }

    /** Nanoseconds for one URI, or for one match, after a warm-up: the best of several rounds. */
    private String time(String what) throws Exception {
        List<Intent> intents = new ArrayList<>();
        for (String uri : uris) {
            intents.add(Intent.parseUri(uri, Intent.URI_INTENT_SCHEME));
        }
        List<IntentFilter> filters = new ArrayList<>();
        for (int number = 0; number < 960; number++) {
            IntentFilter filter = new IntentFilter();
            filter.addAction(Intent.ACTION_VIEW);
            filter.addCategory(Intent.CATEGORY_DEFAULT);
            filter.addDataScheme("pushscheme");
            filter.addDataAuthority(number % 2 == 0 ? "com.tencent.qcloud.tim" : "*.example" + number % 7 + ".com", null);
            filter.addDataPath("/detail", number % 3);
            filters.add(filter);
        }
        IntConsumer work;
        int count = uris.size();
        switch (what) {
            case "parse" -> work = at -> {
                try {
                    sink += Intent.parseUri(uris.get(at), Intent.URI_INTENT_SCHEME).getFlags();
                } catch (URISyntaxException error) {
                    throw new IllegalStateException(error);
                }
            };
            case "write" -> work = at -> sink += intents.get(at).toUri(Intent.URI_INTENT_SCHEME).length();
            default -> {
                Intent intent = intents.get(0);
                intent.addCategory(Intent.CATEGORY_DEFAULT);
                count = filters.size();
                work = at -> sink += filters.get(at).match(intent.getAction(), intent.getType(), intent.getScheme(),
                    intent.getData(), intent.getCategories(), "driver");
            }
        }
        double best = Double.MAX_VALUE;
        // Rounds so short that some of them are not interrupted, and so many that all of the code is compiled.
        for (int round = 0; round < 8_000; round++) {
            int repeats = 2;
            long start = System.nanoTime();
            for (int repeat = 0; repeat < repeats; repeat++) {
                for (int at = 0; at < count; at++) {
                    work.accept(at);
                }
            }
            best = Math.min(best, (double) (System.nanoTime() - start) / repeats / count);
        }
        return "" + best;
    }

    private static long sink;

    private static String[] texts(String part) {
        String[] texts = part.split("\\|", -1);
        for (int at = 0; at < texts.length; at++) {
            texts[at] = unescaped(texts[at]);
        }
        return texts;
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                out.append((char) Integer.parseInt(text.substring(at + 2, at + 6), 16));
                at += 5;
            } else {
                out.append(text.charAt(at));
            }
        }
        return out.toString();
    }

    private static String escaped(String text) {
        if (text == null) {
            return "\\null";
        }
        StringBuilder out = new StringBuilder();
        for (char unit : text.toCharArray()) {
            if (unit > ' ' && unit < 0x7F && unit != '\\' && unit != '|') {
                out.append(unit);
            } else {
                out.append(String.format("\\u%04X", (int) unit));
            }
        }
        return out.toString();
    }
}
