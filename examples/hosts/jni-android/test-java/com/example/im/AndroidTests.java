package com.example.im;

import android.content.Intent;
import android.content.IntentFilter;
import android.os.PatternMatcher;
import android.os.SystemClock;
import com.example.push.PushRegistrar;
import com.example.push.Tap;
import com.tencent.imsdk.v2.V2TIMManager;
import com.xiaomi.mipush.sdk.MiPushClient;
import com.xiaomi.mipush.sdk.MiPushCommandMessage;
import com.xiaomi.mipush.sdk.MiPushMessage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The Android side on Android's own classes, on a bare JVM. */
public final class AndroidTests {
    private static final String EXT = "{\"entity\":{\"version\":1,\"chatType\":2,\"action\":1,\"sender\":\"team\"}}";

    public static void main(String[] arguments) throws Exception {
        String[] clickAction = Files.readString(new File(arguments[0]).toPath()).split("\n", 2);
        Intent intent = Intent.parseUri(clickAction[0], Intent.URI_INTENT_SCHEME);
        equal("com.example.im/com.example.im.PushActivity", intent.getComponent().flattenToString());
        equal("pushscheme://com.example.im/detail", intent.getDataString());
        filter(clickAction[1], intent);
        flatten();
        processName();
        installId();
        badStart();
        story(intent);
        System.out.println("jni-android: intent URI, filter, flatten, process, install id, events, receivers, taps");
        System.exit(0);
    }

    /** The lines for the manifest make a filter that takes the intent, and not one for another screen. */
    private static void filter(String manifest, Intent intent) throws Exception {
        IntentFilter filter = filterOf(manifest);
        check(filter.match(null, intent, false, "push") > 0, "the filter takes the intent");
        Intent other = new Intent(intent).setData(android.net.Uri.parse("pushscheme://com.example.im/other"));
        check(filter.match(null, other, false, "push") < 0, "another path");
        Intent host = new Intent(intent).setData(android.net.Uri.parse("pushscheme://com.example.other/detail"));
        check(filter.match(null, host, false, "push") < 0, "another host");
    }

    private static IntentFilter filterOf(String manifest) throws Exception {
        String document = "<m xmlns:android='http://schemas.android.com/apk/res/android'>" + manifest + "</m>";
        NodeList elements = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("intent-filter").item(0).getChildNodes();
        IntentFilter filter = new IntentFilter();
        for (int i = 0; i < elements.getLength(); i++) {
            if (elements.item(i) instanceof Element) {
                Element element = (Element) elements.item(i);
                String name = element.getAttribute("android:name");
                switch (element.getTagName()) {
                    case "action":
                        filter.addAction(name);
                        break;
                    case "category":
                        filter.addCategory(name);
                        break;
                    case "data":
                        data(filter, element);
                        break;
                    default:
                        throw new AssertionError(element.getTagName());
                }
            }
        }
        return filter;
    }

    private static void data(IntentFilter filter, Element element) {
        if (element.hasAttribute("android:scheme")) {
            filter.addDataScheme(element.getAttribute("android:scheme"));
        }
        if (element.hasAttribute("android:host")) {
            filter.addDataAuthority(element.getAttribute("android:host"), null);
        }
        if (element.hasAttribute("android:path")) {
            filter.addDataPath(element.getAttribute("android:path"), PatternMatcher.PATTERN_LITERAL);
        }
    }

    private static void flatten() {
        Intent intent = new Intent().putExtra("ext", EXT).putExtra("google.sent_time", 1_700_000_000_000L)
                .putExtra("push", true).putExtra("nothing", (String) null).putExtra("bytes", new byte[] {1});
        MiPushMessage message = new MiPushMessage();
        message.messageId = "m1";
        message.extra.put("ext", "{}");
        intent.putExtra("key_message", message);
        Map<String, String> texts = MainActivity.flatten(intent);
        equal("1700000000000", texts.get("google.sent_time"));
        equal("true", texts.get("push"));
        check(texts.get("key_message").contains("extra={{ext={}}}"), texts.toString());
        equal(4, texts.size());
        equal(0, MainActivity.flatten(new Intent()).size());
    }

    private static void processName() {
        check(PushApp.processName().endsWith("java"), PushApp.processName());
    }

    /** A start never fails of the file, and what could be read or written stays. */
    private static void installId() throws Exception {
        File folder = folder();
        File file = new File(folder, "push-install-id");
        String id = InstallId.in(folder);
        equal(36, id.length());
        equal(id, InstallId.in(folder));
        for (String damaged : new String[] {"", "\n", "\0\0\0\0", "no id"}) {
            Files.write(file.toPath(), damaged.getBytes(StandardCharsets.UTF_8));
            String another = InstallId.in(folder);
            check(another.length() == 36 && !another.equals(id), another);
            equal(another, InstallId.in(folder));
        }
        check(file.delete() && file.mkdir(), "a folder in its place");
        equal(36, InstallId.in(folder).length());
        equal(36, InstallId.in(new File(folder, "missing")).length());
        delete(folder);
    }

    private static void badStart() throws Exception {
        File folder = folder();
        PushApp app = new PushApp();
        app.start(app, folder, "{");
        check(PushApp.push() == null, "no registrar");
        PushApp.tell(push -> push.hostReady());
        settle();
        delete(folder);
    }

    private static void story(Intent opened) throws Exception {
        List<Tap> taps = Collections.synchronizedList(new ArrayList<>());
        PushApp app = new PushApp() {
            @Override
            protected boolean open(Tap tap) {
                return taps.add(tap);
            }

            @Override
            protected int unread() {
                return 3;
            }
        };
        File folder = folder();
        check(PushApp.device().contains("[ro.product.manufacturer]: [Xiaomi]"), PushApp.device());
        PushApp.WORKER.execute(() -> app.start(app, folder, BuildConfig.PUSH_CONFIG));
        settle();
        PushRegistrar push = PushApp.push();
        equal(0, MiPushClient.registered);
        PushApp.tell(PushRegistrar::grantConsent);
        settle();
        equal(1, MiPushClient.registered);

        // Mi Push answers its receiver; the IM SDK has logged in.
        List<String> calls = V2TIMManager.getOfflinePushManager().calls;
        PushApp.tell(registrar -> registrar.loggedIn("alice"));
        MiPushCommandMessage result = new MiPushCommandMessage();
        result.argument = "d//igwEhgBGCI2TG6lWqlCktBnTh6g==";
        new XiaomiReceiver().onReceiveRegisterResult(app, result);
        settle();
        equal("30207 d//igwEhgBGCI2TG6lWqlCktBnTh6g==", calls.get(calls.size() - 1));
        Foreground activities = new Foreground(app);
        activities.started();
        settle();
        equal("foreground", calls.get(calls.size() - 1));
        int before = calls.size();
        activities.stopped(true); // a rotation
        activities.started();
        settle();
        equal(before, calls.size());
        activities.stopped(false);
        settle();
        equal("background 3", calls.get(calls.size() - 1));
        // Services of other vendors that wake up all the same.
        new HuaweiService().onTokenError(new com.huawei.hms.common.ApiException(6003));
        new FcmService().onNewToken("sample:APA91b3c6ef372fe94f82a");

        // The vendor opens the screen with its intent, and later brings it to the front with another.
        PushActivity activity = withoutLooper(PushActivity.class);
        Intent first = new Intent(opened).putExtra("ext", EXT).putExtra("from", "1234");
        activity.onNewIntent(first);
        equal(first, activity.getIntent());
        PushApp.tell(PushRegistrar::hostReady);
        settle();
        equal(1, taps.size());
        equal("chat team true", taps.get(0).route + " " + taps.get(0).peer + " " + taps.get(0).isGroup);
        activity.onNewIntent(first); // the same again
        settle();
        equal(1, taps.size());
        MiPushMessage message = new MiPushMessage();
        message.messageId = "sdm1";
        message.extra.put("ext", EXT.replace("team", "other team"));
        activity.onNewIntent(new Intent(opened).putExtra("key_message", message));
        settle();
        equal(2, taps.size());
        equal("Xiaomi other team", taps.get(1).vendor + " " + taps.get(1).peer);
        new XiaomiReceiver().onNotificationMessageClicked(app, message); // both ways for one tap
        withoutLooper(MainActivity.class).onNewIntent(new Intent().putExtra("profile", 0)); // the launcher's
        // Any app can send that: more than anybody reads.
        activity.onNewIntent(new Intent(opened).putExtra("ext", new String(new char[100_000])));
        settle();
        equal(2, taps.size());

        // The session's other ends, then the logout: refused by the IM SDK, then not.
        ImEvents events = new ImEvents();
        events.onConnectSuccess();
        events.onUserSigExpired();
        settle();
        equal(0L, push.session());
        PushApp.tell(registrar -> registrar.loggedIn("alice"));
        events.onKickedOffline();
        settle();
        equal(0L, push.session());
        PushApp.tell(registrar -> registrar.loggedIn("alice"));
        V2TIMManager.getInstance().logoutCode = 6013;
        TencentIm.logOut();
        released(calls, 1);
        check(push.session() != 0, "still logged in");
        V2TIMManager.getInstance().logoutCode = 0;
        TencentIm.logOut();
        released(calls, 2);
        equal(0L, push.session());
        check(!V2TIMManager.getOfflinePushManager().threads.contains(Thread.currentThread()), "not on the main thread");
        push.close();
        delete(folder);
    }

    private static File folder() throws Exception {
        return Files.createTempDirectory("jni-android").toFile();
    }

    private static void delete(File folder) {
        File[] files = folder.listFiles();
        for (File file : files == null ? new File[0] : files) {
            delete(file);
        }
        folder.delete();
    }

    /** Until the worker has done what follows from what it was given. */
    private static void settle() throws Exception {
        for (int i = 0; i < 10; i++) {
            PushApp.WORKER.submit(() -> {}).get();
        }
    }

    /** Until the registrar has let the IM SDK log out, so many times by now: it first waits for reports. */
    private static void released(List<String> calls, int times) throws Exception {
        for (int i = 0; i < 200 && Collections.frequency(calls, "logout") < times; i++) {
            SystemClock.now += 100;
            Thread.sleep(50);
        }
        equal(times, Collections.frequency(calls, "logout"));
        settle();
    }

    /** An activity's constructor needs the main looper, which is native code. */
    private static <T> T withoutLooper(Class<T> type) throws Exception {
        Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
        field.setAccessible(true);
        sun.misc.Unsafe unsafe = (sun.misc.Unsafe) field.get(null);
        return type.cast(unsafe.allocateInstance(type));
    }

    private static void equal(Object expected, Object actual) {
        check(expected.equals(actual), "expected " + expected + "\nbut was  " + actual);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
