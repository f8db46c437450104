import com.example.push.Completion;
import com.example.push.Device;
import com.example.push.ImClient;
import com.example.push.PushObserver;
import com.example.push.PushRegistrar;
import com.example.push.Tap;
import com.example.push.TapHandler;
import com.example.push.VendorSdk;
import java.io.File;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** An app with scripted SDKs. It writes down what it is asked for, and answers from threads of its own. */
class App implements ImClient, VendorSdk, TapHandler, PushObserver, PushRegistrar.Badge {
    final VirtualTime time = new VirtualTime();
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    final Queue<Long> codes = new ArrayDeque<>();
    PushRegistrar push;
    Tap lastTap;

    static void onThread(Runnable what) {
        Thread thread = new Thread(what);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    PushRegistrar.Builder builder(String config, String device) {
        return new PushRegistrar.Builder(config, new Device(device), this, this)
                .observer(this).taps(this).badge(this).clock(time).scheduler(time);
    }

    PushRegistrar start(String config, String device, File folder, int process) {
        return builder(config, device).store(folder, "story").seeded(process).start();
    }

    @Override
    public void started(PushRegistrar registrar) {
        push = registrar;
    }

    @Override
    public Set<String> vendors() {
        return new HashSet<>(Arrays.asList("Xiaomi", "Huawei", "Honor", "OPPO", "vivo", "Meizu", "FCM"));
    }

    @Override
    public void register(String vendor, String kind, Completion done) {
        calls.add("register " + vendor + " " + kind);
        if (push == null) {
            throw new AssertionError("called before started()");
        }
        time.after(7_000, () -> onThread(() -> done.token("sample/Xiaomi+3c6ef372fe94f82a")));
    }

    @Override
    public void setOfflinePush(int businessId, String vendor, String token, String kind, Completion done) {
        calls.add(businessId == 0 ? "report off " + kind : "report " + businessId + " " + kind + " " + token);
        long code = codes.isEmpty() ? 0 : codes.remove();
        time.after(200, () -> onThread(() -> done.failed(code)));
    }

    @Override
    public void setPresence(boolean foreground, int unread, Completion done) {
        calls.add(foreground ? "presence foreground" : "presence background " + unread);
        done.ok();
    }

    @Override
    public void deliver(Tap tap, Completion done) {
        calls.add("deliver");
        lastTap = tap;
        done.ok();
    }

    @Override
    public void set(int count) {
        calls.add("badge " + count);
    }

    @Override
    public void clearNotifications() {
        calls.add("clear");
    }

    @Override
    public void notice(String code, String vendor, String text) {
        notices.add(code);
    }

    void released(long session, boolean clean, boolean superseded) {
        calls.add("release " + (superseded ? "superseded" : clean ? "clean" : "unclean"));
        // Here the app logs out of the IM SDK, and when that has succeeded:
        push.loggedOut(session);
    }
}
