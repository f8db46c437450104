import com.example.push.Completion;
import com.example.push.Device;
import com.example.push.PushException;
import com.example.push.PushRegistrar;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Run by {@link Main} in a class loader of its own. */
public final class Tests {
    static final String EXT = "{\"entity\":{\"version\":1,\"chatType\":1,\"action\":1,\"sender\":\"carol\"}}";
    private static String config;
    private static String device;
    private static File folder;

    public static void run(String data, String calls) throws Exception {
        config = text(data + "/timpush-configs.json");
        device = text(data + "/getprop.txt");
        folder = Files.createTempDirectory("host-jni").toFile();
        try {
            story(calls);
            coldStart();
            exceptions();
            nativeThread();
            probes();
            link();
            badInput();
            memory();
        } finally {
            try (Stream<Path> files = Files.walk(folder.toPath())) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    /** The story of all hosts: the token is late, the server says "too often", another account, a logout, a tap. */
    private static void story(String calls) throws Exception {
        App app = new App();
        app.codes.add(22006L);
        PushRegistrar push = app.start(config, device, folder, 1);
        app.time.advance(2_000);
        push.loggedIn("alice");
        app.time.advance(120_000);
        push.enterBackground(3);
        app.time.advance(1_000);
        push.enterForeground();
        app.time.advance(1_000);
        long session = push.loggedIn("bob");
        app.time.advance(120_000);
        push.logOut(session, app::released);
        app.time.advance(10_000);
        push.tapped("Xiaomi", Map.of("ext", EXT), null);
        app.time.advance(1_000);
        push.hostReady();
        push.loggedIn("alice");
        app.time.advance(120_000);
        equal(Files.readAllLines(Path.of(calls)), app.calls);
        equal("chat carol false unknown null", app.lastTap.route + " " + app.lastTap.peer + " " + app.lastTap.isGroup
                + " " + app.lastTap.receiver + " " + app.lastTap.account);
        check(push.diagnose().startsWith("reachable"), push.diagnose());
        check(push.diagnoseJson().contains("\"reachable\":true"), push.diagnoseJson());
        push.close();
        push.close();
        fails("closed", () -> push.loggedIn("alice"));
    }

    /** The process is killed; the next one finds the store, and a tap that came before its screens were up. */
    private static void coldStart() {
        App app = new App();
        PushRegistrar push = app.start(config, device, folder, 2);
        push.tapped(null, Map.of("key_message.extra.ext", EXT, "key_message.messageId", "m1"), "app://x");
        app.time.advance(1_000);
        equal(List.of("register Xiaomi standard"), app.calls);
        push.loggedIn("alice");
        push.hostReady();
        app.time.advance(90_000);
        check(app.calls.contains("deliver"), app.calls.toString());
        check(app.calls.stream().anyMatch(call -> call.startsWith("report 30207 ")), app.calls.toString());
        equal(false, push.tapped(null, Map.of("key_message.extra.ext", EXT, "key_message.messageId", "m1"), null));
        push.close();
    }

    /** A host that throws is as one that will never answer, at once, and the next call comes all the same. */
    private static void exceptions() {
        App app = new App() {
            private int thrown;

            @Override
            public void setOfflinePush(int id, String vendor, String token, String kind, Completion done) {
                if (thrown++ == 0) {
                    calls.add("throws");
                    throw new IllegalStateException("the app's own; " + token);
                }
                super.setOfflinePush(id, vendor, token, kind, done);
            }

            @Override
            public void event(String name, String verdict) {
                throw new AssertionError("an observer that throws");
            }

            @Override
            public void clearNotifications() {
                push.setUnread(1); // calling back from inside is fine
                throw new StackOverflowError();
            }
        };
        PushRegistrar push = app.start(config, device, new File(folder, "exceptions"), 3);
        push.loggedIn("alice");
        app.time.advance(7_000);
        equal(1L, app.calls.stream().filter(call -> call.equals("throws")).count());
        app.time.advance(8_000); // a report that nobody answered would take 15 s
        equal(1L, app.calls.stream().filter(call -> call.startsWith("report ")).count());
        app.time.advance(120_000);
        check(push.diagnose().startsWith("reachable"), push.diagnose());

        // A second answer, and one that comes after the end, find nothing.
        Completion[] kept = new Completion[1];
        App other = new App() {
            @Override
            public void register(String vendor, String kind, Completion done) {
                kept[0] = done;
            }
        };
        PushRegistrar second = other.start(config, device, new File(folder, "second"), 4);
        App.onThread(() -> equal(true, kept[0].token("sample/Xiaomi+3c6ef372fe94f82a")));
        equal(false, kept[0].ok());
        second.close();
        equal(false, kept[0].lost());
        // The first one is alive and well.
        equal(true, push.networkUp() || push.session() != 0);
        push.close();
    }

    /** With the default clock and scheduler, a thread of Rust's calls classes that only this test's loader can see. */
    private static void nativeThread() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        App app = new App() {
            private int reports;

            @Override
            public void register(String vendor, String kind, Completion completion) {
                completion.token("sample/Xiaomi+3c6ef372fe94f82a");
            }

            @Override
            public void setOfflinePush(int id, String vendor, String token, String kind, Completion completion) {
                calls.add(Thread.currentThread() == main ? "main" : "native");
                if (reports++ == 0) {
                    completion.failed(22006, 10);
                } else {
                    completion.ok();
                    done.countDown();
                }
            }
        };
        PushRegistrar push = new PushRegistrar.Builder(config, new Device(device), app, app).observer(app).start();
        push.loggedIn("alice");
        check(done.await(60, TimeUnit.SECONDS), "a native thread calls Java: " + app.calls);
        equal(List.of("main", "native"), app.calls.subList(0, 2));
        push.close();
    }

    /** A phone of which nothing is known but what its services say. */
    private static void probes() {
        App app = new App();
        String unknown = "[ro.build.version.sdk]: [34]";
        PushRegistrar push = new PushRegistrar.Builder(config, new Device(unknown).probe("honor", true), app, app)
                .observer(app).clock(app.time).scheduler(app.time).start();
        equal(List.of("register Honor standard"), app.calls);
        app.calls.clear();
        push.setDevice(new Device(unknown).probe("honor", false).probe("hms", 20_401_299).probe("play_services", true));
        equal(List.of("register FCM standard"), app.calls); // that HMS Core is too old
        push.close();
        fails("unknown_service", () -> push.setDevice(new Device(unknown).probe("nokia", true)));
    }

    private static void link() {
        App app = new App();
        PushRegistrar push = app.builder(config, device).start();
        push.loggedIn("alice");
        push.hostReady();
        push.tapped(null, Map.of("ext", " https://example.com/a ", "notifyMode", "1"), null);
        equal("link https://example.com/a", app.lastTap.route + " " + app.lastTap.ext);
        equal(false, push.tapped(null, Map.of("profile", "0"), null)); // the launcher's, and no push
        push.close();
    }

    private static void badInput() {
        App app = new App();
        fails("config_truncated", () -> app.builder("{", device).start());
        fails("null", () -> app.builder(null, device).start());
        fails("id_empty", () -> app.builder(config, device).store(folder, "").start());
        app.builder("{\"xiaomiPushBussinessId\":\"30207\",\"huaweiPushBussinessId\":\"x\"}", device).start().close();
        equal(List.of("certificates"), app.notices.subList(0, 1));
        PushRegistrar push = app.builder(config, device).start();
        fails("id_empty", () -> push.loggedIn(""));
        fails("null", () -> push.loggedIn(null));
        fails("unknown_vendor", () -> push.tokenReceived("Nokia", "standard", "x"));
        fails("unknown_token_kind", () -> push.tokenReceived("Xiaomi", "big", "x"));
        fails("payload_not_json", () -> push.tappedText("FCM", "{"));
        fails("payload_too_long", () -> push.tapped("FCM", Map.of("ext", String.join("", Collections.nCopies(70_000, "x"))), null));
        equal(false, push.tokenReceived("Xiaomi", "standard", ""));
        push.tokenReceived("Xiaomi", "standard", "a surrogate \uD83D alone, and \u0000");
        push.close();
    }

    private static void memory() throws Exception {
        App app = new App();
        PushRegistrar push = app.builder(config, device).start();
        for (int i = 0; i < 10_000; i++) {
            call(push, app);
        }
        long before = resident();
        for (int i = 0; i < 90_000; i++) {
            call(push, app);
        }
        long after = resident();
        System.out.println("jni: " + before + " KiB after 10,000 calls each way, " + after + " KiB after 100,000");
        check(before < 0 || after <= before + 5 * 1024, "a leak");
        push.close();
    }

    private static void call(PushRegistrar push, App app) {
        push.enterBackground(3); // Rust calls set, and setPresence with a completion, and is answered
        push.enterForeground();
        push.diagnoseJson();
        app.calls.clear();
        app.notices.clear();
    }

    /** Resident memory in KiB after a collection; -1 where the system does not say. */
    private static long resident() throws Exception {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(status)) {
            String line = lines.filter(text -> text.startsWith("VmRSS:")).findFirst().orElse("VmRSS: -1 kB");
            return Long.parseLong(line.replaceAll("[^-0-9]", ""));
        }
    }

    private static void fails(String code, Runnable what) {
        try {
            what.run();
        } catch (PushException e) {
            equal(code, e.code());
            return;
        }
        throw new AssertionError("expected a PushException " + code);
    }

    private static void equal(Object expected, Object actual) {
        check(expected.equals(actual), "expected " + expected + "\nbut was  " + actual);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static String text(String file) throws Exception {
        return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
    }
}
