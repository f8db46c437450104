import com.example.push.*
import java.io.File
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlin.system.exitProcess

const val EXT = """{"entity":{"version":1,"chatType":1,"action":1,"sender":"carol"}}"""

lateinit var config: String
lateinit var device: String

/** The bridge from Kotlin: TestsKt DATA_FOLDER CALLS_FILE */
fun main(arguments: Array<String>) {
    config = File(arguments[0], "timpush-configs.json").readText()
    device = File(arguments[0], "getprop.txt").readText()
    val folder = kotlin.io.path.createTempDirectory("host-kotlin").toFile()
    try {
        story(folder.path, File(arguments[1]).readLines())
        coldStart(folder.path)
        exceptions(folder.path + "/exceptions")
    } finally {
        folder.deleteRecursively()
    }
    forgottenAndLateAnswers()
    nativeThread()
    errors()
    messages()
    memory()
    println("kotlin: story, cold start, exceptions, garbage, threads, errors, messages, memory")
    exitProcess(0)
}

fun story(folder: String, expected: List<String>) {
    val app = App(22006)
    val push = app.start(config, device, folder, 1u)
    app.time.advance(2)
    push.loggedIn("alice")
    app.time.advance(120)
    push.enterBackground(3u)
    app.time.advance(1)
    push.enterForeground()
    app.time.advance(1)
    val session = push.loggedIn("bob")
    app.time.advance(120)
    app.logOut(session)
    app.time.advance(10)
    push.tapped(Vendor.XIAOMI, mapOf("ext" to EXT), null)
    app.time.advance(1)
    push.hostReady()
    push.loggedIn("alice")
    app.time.advance(120)
    equal(expected, app.calls)
    val (tap, receiver) = app.taps.single()
    equal(Route.Chat(Peer.User("carol")), tap.route)
    equal(Receiver.Unknown, receiver)
    check(push.diagnose().startsWith("reachable") && "\"reachable\":true" in push.diagnoseJson())
    push.shutdown()
    check(push.networkUp() is Verdict.Ignored)
}

fun coldStart(folder: String) {
    val app = App()
    val push = app.start(config, device, folder, 2u)
    val extras = mapOf("key_message.extra.ext" to EXT, "key_message.messageId" to "m1")
    equal(Verdict.Applied, push.tapped(null, extras, "app://x"))
    push.loggedIn("alice")
    push.hostReady()
    app.time.advance(90)
    equal(Vendor.XIAOMI, app.taps.single().first.vendor)
    check(push.tapped(null, extras, null) is Verdict.Ignored)
    push.shutdown()
}

fun exceptions(folder: String) {
    var thrown = 0
    val app = object : App() {
        override fun setOfflinePush(binding: Binding, done: Completion) {
            if (++thrown == 1) error("the app's own; ${binding.target?.token}")
            super.setOfflinePush(binding, done)
        }

        override fun event(name: String, verdict: String) = throw IllegalStateException("an observer that throws")

        override fun clearNotifications() {
            push!!.setUnread(1u) // calling back from inside is fine
            throw NoSuchElementException()
        }
    }
    val push = app.start(config, device, folder, 3u)
    push.loggedIn("alice")
    app.time.advance(7)
    equal(1, thrown)
    app.time.advance(8) // a report that nobody answers would take 15 s
    equal(2, thrown)
    app.time.advance(120)
    check(push.diagnose().startsWith("reachable")) { push.diagnose() }
    push.shutdown()
}

fun forgottenAndLateAnswers() {
    var kept: Completion? = null
    var reports = 0
    val app = object : App() {
        override fun register(vendor: Vendor, kind: TokenKind, done: Completion) {
            kept = done
        }

        override fun setOfflinePush(binding: Binding, done: Completion) {
            if (++reports > 1) done.ok() // the first one is forgotten
        }
    }
    val push = app.start(config, device)
    onThread { kept!!.token(TOKEN) }
    kept!!.ok() // a second answer finds nothing
    push.loggedIn("alice")
    collect() // the JVM collects it, which answers it
    app.time.advance(8)
    equal(2, reports)
    push.shutdown()
    kept!!.lost()

    // The registrar holds its hosts: collecting while a call is out changes nothing.
    val calls: List<String>
    val time: VirtualTime
    val late: PushRegistrar
    App().let {
        late = it.start(config, device)
        calls = it.calls
        time = it.time
    }
    collect()
    late.loggedIn("alice")
    time.advance(10)
    check(calls.any { it.startsWith("report 30207") })
    late.shutdown()
}

fun collect() = repeat(3) {
    System.gc()
    Thread.sleep(50) // the cleaner has a thread of its own
}

fun nativeThread() {
    val done = CountDownLatch(1)
    val threads = mutableListOf<Thread>()
    val app = object : App() {
        override fun register(vendor: Vendor, kind: TokenKind, done: Completion) = done.token(TOKEN)

        override fun setOfflinePush(binding: Binding, completion: Completion) {
            threads += Thread.currentThread()
            if (threads.size == 1) {
                completion.failedRetryAfter(22006, 10u)
            } else {
                completion.ok()
                done.countDown()
            }
        }
    }
    val push = PushRegistrar.start(PushSetup(config, device), PushHosts(im = app, vendors = app, observer = app))
    push.loggedIn("alice")
    check(done.await(60, TimeUnit.SECONDS) && threads[1] != Thread.currentThread())
    push.shutdown()
}

fun errors() {
    val app = App()
    check(thrown { app.start("{", device) } is PushException.Unusable)
    check(thrown { app.start(config, device).loggedIn("") } is PushException.Empty)
    val long = thrown { readTap(Vendor.FCM, "x".repeat(70_000)) } as PushException.TooLong
    equal(PushInput.TAP, long.input)
    equal(70_000uL, long.bytes)
    val place = thrown { convertMessage("{", MessageForm.REST, MessageForm.WEB) } as PushException.NotJson
    equal(1uL, place.line)
    val push = app.start(config, device)
    check(push.tokenReceived(Vendor.XIAOMI, TokenKind.STANDARD, "") is Verdict.Refused)
    push.shutdown()
}

fun thrown(what: () -> Unit) = runCatching(what).exceptionOrNull() ?: error("expected an exception")

fun messages() {
    val message = PushMessage("denny", "hi", ext = EXT)
    val rest = writeMessage(message, MessageForm.REST)
    check("\"Title\":\"denny\"" in rest)
    check("\"title\":\"denny\"" in convertMessage(rest, MessageForm.REST, MessageForm.WEB))
    val findings = checkMessage(message, listOf(Vendor.OPPO))
    check(findings.isNotEmpty() && findings.all { it.fix.isNotEmpty() })
    val tap = readTap(Vendor.OPPO, """{"entity":"{\"chatType\":2,\"sender\":\"team\"}"}""")
    equal(Route.Chat(Peer.Group("team")), tap.route)
    equal(Route.Link("https://example.com/a"), readTap(null, """{"ext":"https://example.com/a","notifyMode":"1"}""").route)
}

fun memory() {
    val app = App()
    val push = PushRegistrar.start(
        PushSetup(config, device),
        PushHosts(im = app, vendors = app, badge = app, clock = app.time, scheduler = app.time),
    )
    fun call(number: Int) {
        push.setUnread(1u + number.toUInt() % 2u) // Kotlin is asked for the time, and to set the badge
        app.calls.clear()
    }
    repeat(10_000, ::call)
    val before = resident()
    repeat(90_000, ::call)
    val after = resident()
    println("kotlin: $before KiB after 10,000 calls each way, $after KiB after 100,000")
    check(before == null || after!! <= before + 5 * 1024)
    push.shutdown()
}

fun resident(): Long? {
    collect()
    val status = File("/proc/self/status").takeIf { it.exists() } ?: return null
    return status.readLines().first { it.startsWith("VmRSS:") }.filter(Char::isDigit).toLong()
}

fun equal(expected: Any?, actual: Any?) = check(expected == actual) { "expected $expected\nbut was  $actual" }
