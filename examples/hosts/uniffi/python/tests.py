"""The bridge from Python: python3 tests.py DATA_FOLDER CALLS_FILE"""

import gc
import json
import pathlib
import sys
import tempfile
import threading
import weakref

from app import TOKEN, App, on_thread
from tim_push import (
    MessageForm, Peer, Probe, PushError, PushHosts, PushInput, PushMessage, PushRegistrar, PushSetup, Receiver, Route,
    Service, TokenKind, Vendor, check_message, convert_message, read_tap, write_message,
)

DATA = pathlib.Path(sys.argv[1])
CALLS = pathlib.Path(sys.argv[2]).read_text().splitlines()
CONFIG = (DATA / "timpush-configs.json").read_text()
DEVICE = (DATA / "getprop.txt").read_text()
EXT = '{"entity":{"version":1,"chatType":1,"action":1,"sender":"carol"}}'


def story(folder):
    app = App(codes=[22006])
    push = app.start(CONFIG, DEVICE, folder, 1)
    app.time.advance(2)
    push.logged_in("alice")
    app.time.advance(120)
    push.enter_background(3)
    app.time.advance(1)
    push.enter_foreground()
    app.time.advance(1)
    session = push.logged_in("bob")
    app.time.advance(120)
    app.log_out(session)
    app.time.advance(10)
    push.tapped(Vendor.XIAOMI, {"ext": EXT}, None)
    app.time.advance(1)
    push.host_ready()
    push.logged_in("alice")
    app.time.advance(120)
    assert app.calls == CALLS, "\n".join(app.calls)
    tap, receiver = app.taps[0]
    assert isinstance(tap.route, Route.CHAT) and isinstance(tap.route.peer, Peer.USER) and tap.route.peer.id == "carol"
    assert isinstance(receiver, Receiver.UNKNOWN)
    assert json.loads(push.diagnose_json())["reachable"] and push.diagnose().startswith("reachable")
    push.shutdown()
    assert push.network_up().is_ignored()


def cold_start(folder):
    app = App()
    push = app.start(CONFIG, DEVICE, folder, 2)
    payload = {"key_message.extra.ext": EXT, "key_message.messageId": "m1"}
    assert push.tapped(None, payload, "app://x").is_applied()
    push.logged_in("alice")
    push.host_ready()
    app.time.advance(90)
    assert "deliver" in app.calls and app.taps[0][0].vendor == Vendor.XIAOMI
    assert push.tapped(None, payload, None).is_ignored()
    push.shutdown()


def exceptions(folder):
    class Throws(App):
        thrown = 0

        def set_offline_push(self, binding, done):
            self.thrown += 1
            if self.thrown == 1:
                raise RuntimeError("the app's own; " + binding.target.token)
            super().set_offline_push(binding, done)

        def event(self, name, verdict):
            raise AssertionError("an observer that throws")

        def clear_notifications(self):
            self.push.set_unread(1)  # calling back from inside is fine
            raise KeyError("x")

    app = Throws()
    push = app.start(CONFIG, DEVICE, folder, 3)
    push.logged_in("alice")
    app.time.advance(7)
    assert app.thrown == 1
    app.time.advance(8)  # a report that nobody answers would take 15 s
    assert app.thrown == 2, app.calls
    app.time.advance(120)
    assert push.diagnose().startswith("reachable"), push.diagnose()
    push.shutdown()


def forgotten_and_late_answers():
    kept = []

    class Forgets(App):
        forgotten = 0

        def register(self, vendor, kind, done):
            kept.append(done)

        def set_offline_push(self, binding, done):
            self.forgotten += 1
            if self.forgotten > 1:
                done.ok()
            # The first one is dropped here: Python collects it, which answers it.

    app = Forgets()
    push = app.start(CONFIG, DEVICE)
    on_thread(lambda: kept[0].token(TOKEN))
    kept[0].ok()  # a second answer finds nothing
    push.logged_in("alice")
    gc.collect()
    app.time.advance(8)
    assert app.forgotten == 2, app.forgotten
    push.shutdown()
    kept[0].lost()

    # Hosts are held by the registrar, not by Python: collecting ours while a call is out changes nothing.
    late = App()
    push = late.start(CONFIG, DEVICE)
    host = weakref.ref(late)
    calls, time = late.calls, late.time
    del late
    gc.collect()
    assert host() is not None
    push.logged_in("alice")
    time.advance(10)
    assert any(call.startswith("report 30207") for call in calls)
    push.shutdown()


def native_thread():
    """With the default clock and scheduler, a thread of Rust's calls Python."""
    done_event, threads = threading.Event(), []

    class Native(App):
        def register(self, vendor, kind, done):
            done.token(TOKEN)

        def set_offline_push(self, binding, done):
            threads.append(threading.current_thread())
            if len(threads) == 1:
                done.failed_retry_after(22006, 10)
            else:
                done.ok()
                done_event.set()

    app = Native()
    hosts = PushHosts(im=app, vendors=app, observer=app)
    push = PushRegistrar.start(PushSetup(certificates=CONFIG, device=DEVICE), hosts)
    push.logged_in("alice")
    assert done_event.wait(60) and threads[1] is not threading.main_thread()
    push.shutdown()


def errors():
    app = App()
    for what, error, given in [
        (lambda: app.start("{", DEVICE), PushError.Unusable, PushInput.CERTIFICATES),
        (lambda: app.start(CONFIG, DEVICE).logged_in(""), PushError.Empty, PushInput.USER_ID),
        (lambda: app.start(CONFIG, DEVICE).logged_in("x" * 5000), PushError.TooLong, PushInput.USER_ID),
        (lambda: read_tap(Vendor.FCM, "x" * 70_000), PushError.TooLong, PushInput.TAP),
        (lambda: convert_message("{", MessageForm.REST, MessageForm.WEB), PushError.NotJson, PushInput.MESSAGE),
    ]:
        try:
            what()
        except error as caught:
            assert caught.input == given
        else:
            raise AssertionError(f"expected {error}")
    app.start('{"xiaomiPushBussinessId":"30207","huaweiPushBussinessId":"x"}', DEVICE).shutdown()
    assert "certificates" in app.notices
    push = app.start(CONFIG, DEVICE)
    assert push.token_received(Vendor.XIAOMI, TokenKind.STANDARD, "").is_refused()
    push.shutdown()


def probes():
    """A phone of which nothing is known but what its services say."""
    app = App()
    unknown = "[ro.build.version.sdk]: [34]"
    without_play = Probe(service=Service.PLAY_SERVICES, available=False)
    hms = Probe(service=Service.HMS, available=True, version=60_400_300)
    setup = PushSetup(certificates=CONFIG, device=unknown, probes=[without_play, hms])
    push = PushRegistrar.start(setup, PushHosts(im=app, vendors=app, observer=app, clock=app.time, scheduler=app.time))
    assert app.calls == ["register Huawei standard"], app.calls
    app.calls.clear()
    push.set_device(unknown, [hms])
    assert app.calls == ["register FCM standard"], app.calls
    push.shutdown()


def messages():
    message = PushMessage(title="denny", desc="hi", ext=EXT)
    rest = json.loads(write_message(message, MessageForm.REST))
    assert rest["Title"] == "denny" and rest["Ext"] == EXT
    web = convert_message(json.dumps(rest), MessageForm.REST, MessageForm.WEB)
    assert json.loads(web)["title"] == "denny"
    findings = check_message(message, [Vendor.OPPO])
    assert findings and all(finding.vendor in (None, Vendor.OPPO) and finding.fix for finding in findings)
    tap = read_tap(Vendor.OPPO, '{"entity":' + json.dumps('{"chatType":2,"sender":"team"}') + "}")
    assert isinstance(tap.route, Route.CHAT) and isinstance(tap.route.peer, Peer.GROUP)
    link = read_tap(None, '{"ext": "https://example.com/a", "notifyMode": "1"}').route
    assert isinstance(link, Route.LINK) and link.url == "https://example.com/a"


def memory():
    app = App()
    push = app.start(CONFIG, DEVICE)

    def call():
        push.enter_background(3)
        push.enter_foreground()
        push.diagnose_json()
        app.calls.clear()
        app.notices.clear()

    def resident():
        gc.collect()
        status = pathlib.Path("/proc/self/status")
        lines = status.read_text().splitlines() if status.exists() else []
        return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), None)

    for _ in range(10_000):
        call()
    before = resident()
    for _ in range(90_000):
        call()
    after = resident()
    print(f"python: {before} KiB after 10,000 calls each way, {after} KiB after 100,000")
    assert before is None or after <= before + 5 * 1024
    push.shutdown()


with tempfile.TemporaryDirectory() as folder:
    story(pathlib.Path(folder))
    cold_start(pathlib.Path(folder))
    exceptions(pathlib.Path(folder) / "exceptions")
forgotten_and_late_answers()
native_thread()
errors()
probes()
messages()
memory()
print("python: story, cold start, exceptions, garbage, threads, errors, probes, messages, memory")
