"""An app with scripted SDKs: it writes down what it is asked for, and answers from threads of its own."""

import heapq
import itertools
import threading

from tim_push import (
    Badge, Clock, ImClient, LogoutCallback, PushHosts, PushObserver, PushRegistrar, PushSetup, PushStore,
    Scheduler, TapHandler, Vendor, VendorSdk,
)

TOKEN = "sample/Xiaomi+3c6ef372fe94f82a"
NAMES = {Vendor.XIAOMI: "Xiaomi", Vendor.HUAWEI: "Huawei", Vendor.FCM: "FCM"}


def on_thread(what):
    thread = threading.Thread(target=what)
    thread.start()
    thread.join()


class VirtualTime(Clock, Scheduler):
    """A clock and an alarm clock that stand still until they are advanced."""

    def __init__(self):
        self.now = 0
        self.tasks = []
        self.order = itertools.count()
        self.alarm = None

    def after(self, millis, what):
        task = [self.now + millis, next(self.order), what]
        heapq.heappush(self.tasks, task)
        return task

    def advance(self, seconds):
        end = self.now + seconds * 1000
        while self.tasks and self.tasks[0][0] <= end:
            due, _, what = heapq.heappop(self.tasks)
            self.now = max(self.now, due)
            if what:
                what()
        self.now = end

    def elapsed_millis(self):
        return self.now

    def unix_seconds(self):
        return 1_795_392_000 + self.now // 1000

    def schedule(self, delay_millis, alarm):
        self.cancel()
        self.alarm = self.after(delay_millis, alarm.ring)

    def cancel(self):
        if self.alarm:
            self.alarm[2] = None
            self.alarm = None


class App(ImClient, VendorSdk, TapHandler, PushObserver, Badge):
    def __init__(self, codes=()):
        self.time = VirtualTime()
        self.codes = list(codes)
        self.calls = []
        self.notices = []
        self.taps = []
        self.push = None

    def start(self, config, device, folder=None, seed=None):
        store = PushStore(folder=str(folder), install_id="story") if folder else None
        setup = PushSetup(certificates=config, device=device, store=store, seed=seed)
        hosts = PushHosts(
            im=self, vendors=self, observer=self, taps=self, badge=self, clock=self.time, scheduler=self.time
        )
        return PushRegistrar.start(setup, hosts)

    # PushObserver
    def started(self, push):
        self.push = push

    def notice(self, notice):
        self.notices.append(notice.code)

    def transition(self, text):
        pass

    def event(self, name, verdict):
        pass

    # VendorSdk
    def vendors(self):
        return [vendor for vendor in Vendor if vendor not in (Vendor.APNS, Vendor.HARMONY_OS)]

    def register(self, vendor, kind, done):
        assert self.push, "called before started"
        self.calls.append(f"register {NAMES[vendor]} {kind.name.lower()}")
        self.time.after(7_000, lambda: on_thread(lambda: done.token(TOKEN)))

    def unregister(self, vendor):
        self.calls.append(f"unregister {NAMES[vendor]}")

    # ImClient
    def set_offline_push(self, binding, done):
        kind = binding.kind.name.lower()
        target = binding.target
        self.calls.append(f"report {target.business_id} {kind} {target.token}" if target else f"report off {kind}")
        code = self.codes.pop(0) if self.codes else 0
        self.time.after(200, lambda: on_thread(lambda: done.failed(code)))

    def set_presence(self, presence, done):
        in_front = presence.is_foreground()
        self.calls.append("presence foreground" if in_front else f"presence background {presence.unread}")
        done.ok()

    # TapHandler
    def deliver(self, tap, receiver, done):
        self.calls.append("deliver")
        self.taps.append((tap, receiver))
        done.ok()

    # Badge
    def set(self, count):
        self.calls.append(f"badge {count}")

    def clear_notifications(self):
        self.calls.append("clear")

    def log_out(self, session):
        self.push.log_out(session, Logout(self))


class Logout(LogoutCallback):
    def __init__(self, app):
        self.app = app

    def released(self, release):
        word = "superseded" if release.is_superseded else "clean" if release.is_clean else "unclean"
        self.app.calls.append(f"release {word}")
        # Here the app logs out of the IM SDK, and when that has succeeded:
        self.app.push.logged_out(release.session)
