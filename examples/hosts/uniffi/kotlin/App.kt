import com.example.push.*
import java.util.PriorityQueue
import kotlin.concurrent.thread

const val TOKEN = "sample/Xiaomi+3c6ef372fe94f82a"

fun onThread(what: () -> Unit) = thread(block = what).join()

/** A clock and an alarm clock that stand still until they are advanced. */
class VirtualTime : Clock, Scheduler {
    private class Task(val due: Long, val order: Long, val what: () -> Unit)

    private val tasks = PriorityQueue<Task>(compareBy<Task> { it.due }.thenBy { it.order })
    private var now = 0L
    private var added = 0L
    private var alarm: Task? = null

    private fun add(millis: Long, what: () -> Unit) = Task(now + millis, ++added, what).also { tasks += it }

    fun after(millis: Long, what: () -> Unit) {
        add(millis, what)
    }

    fun advance(seconds: Long) {
        val end = now + seconds * 1000
        while (true) {
            val task = tasks.peek()?.takeIf { it.due <= end } ?: break
            tasks.poll()
            now = maxOf(now, task.due)
            task.what()
        }
        now = end
    }

    override fun elapsedMillis() = now.toULong()

    override fun unixSeconds() = 1_795_392_000L + now / 1000

    override fun schedule(delayMillis: ULong, alarm: Alarm) {
        cancel()
        this.alarm = add(delayMillis.toLong()) { alarm.ring() }
    }

    override fun cancel() {
        alarm?.let { tasks -= it }
        alarm = null
    }
}

/** An app with scripted SDKs: it writes down what it is asked for, and answers from threads of its own. */
open class App(vararg codes: Long) : ImClient, VendorSdk, TapHandler, PushObserver, Badge {
    val time = VirtualTime()
    private val codes = ArrayDeque(codes.toList())
    val calls = mutableListOf<String>()
    val taps = mutableListOf<Pair<Tap, Receiver>>()
    var push: PushRegistrar? = null

    fun start(config: String, device: String, folder: String? = null, seed: UInt? = null) = PushRegistrar.start(
        PushSetup(config, device, store = folder?.let { PushStore(it, "story") }, seed = seed),
        PushHosts(im = this, vendors = this, observer = this, taps = this, badge = this, clock = time, scheduler = time),
    )

    override fun started(push: PushRegistrar) {
        this.push = push
    }

    override fun notice(notice: Notice) {}

    override fun transition(text: String) {}

    override fun event(name: String, verdict: String) {}

    override fun vendors() = Vendor.entries - listOf(Vendor.APNS, Vendor.HARMONY_OS)

    override fun register(vendor: Vendor, kind: TokenKind, done: Completion) {
        checkNotNull(push) { "called before started" }
        calls += "register ${name(vendor)} ${name(kind)}"
        time.after(7_000) { onThread { done.token(TOKEN) } }
    }

    override fun unregister(vendor: Vendor) {
        calls += "unregister ${name(vendor)}"
    }

    override fun setOfflinePush(binding: Binding, done: Completion) {
        val target = binding.target
        calls += if (target == null) "report off ${name(binding.kind)}"
        else "report ${target.businessId} ${name(binding.kind)} ${target.token}"
        val code = codes.removeFirstOrNull() ?: 0
        time.after(200) { onThread { done.failed(code) } }
    }

    override fun setPresence(presence: Presence, done: Completion) {
        calls += when (presence) {
            is Presence.Foreground -> "presence foreground"
            is Presence.Background -> "presence background ${presence.unread}"
        }
        done.ok()
    }

    override fun deliver(tap: Tap, receiver: Receiver, done: Completion) {
        calls += "deliver"
        taps += tap to receiver
        done.ok()
    }

    override fun set(count: UInt) {
        calls += "badge $count"
    }

    override fun clearNotifications() {
        calls += "clear"
    }

    fun logOut(session: ULong) = push!!.logOut(session, object : LogoutCallback {
        override fun released(release: Release) {
            val word = if (release.isSuperseded) "superseded" else if (release.isClean) "clean" else "unclean"
            calls += "release $word"
            // Here the app logs out of the IM SDK, and when that has succeeded:
            push!!.loggedOut(release.session)
        }
    })

    private fun name(vendor: Vendor) = vendor.name.lowercase().replaceFirstChar(Char::uppercase)

    private fun name(kind: TokenKind) = kind.name.lowercase()
}
