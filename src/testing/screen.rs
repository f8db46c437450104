use super::journal::{Call, Record};
use super::reply::Script;
use super::{Journal, Reply, VirtualTime};
use crate::notification::Tap;
use crate::registrar::{
    Badge, Completion, NotificationChannel, NotificationChannels, Receiver, TapHandler, TapId,
};

/// What the user sees of an app: notification channels, taps and the badge, answered as it is told. What no script
/// says is answered with success, at once.
#[derive(Debug)]
pub struct ScriptedScreen {
    time: VirtualTime,
    journal: Journal,
    channels: Script,
    taps: Script,
}

impl ScriptedScreen {
    /// A screen that answers everything with success.
    pub fn new(time: VirtualTime, journal: Journal) -> Self {
        let script = || Script::new(Reply::ok());
        Self { time, journal, channels: script(), taps: script() }
    }

    /// Adds answers to the notification channels that are asked for next.
    pub fn script_channels(&self, replies: impl IntoIterator<Item = Reply>) {
        self.channels.add(replies);
    }

    /// Adds answers to the taps that come next.
    pub fn script_taps(&self, replies: impl IntoIterator<Item = Reply>) {
        self.taps.add(replies);
    }
}

impl NotificationChannels for ScriptedScreen {
    fn ensure(&self, channel: &NotificationChannel, done: Completion) {
        let call = Call::EnsureNotificationChannel { id: channel.id().to_owned() };
        self.journal.record(Record::Call(call.clone()));
        self.channels.next().give(call, done, &self.time, &self.journal, |_| {});
    }
}

impl TapHandler for ScriptedScreen {
    fn deliver(&self, id: TapId, _: &Tap, _: &Receiver, done: Completion) {
        let call = Call::DeliverTap { id };
        self.journal.record(Record::Call(call.clone()));
        self.taps.next().give(call, done, &self.time, &self.journal, |_| {});
    }
}

impl Badge for ScriptedScreen {
    fn set(&self, count: u32) {
        self.journal.record(Record::Call(Call::Badge { count }));
    }

    fn clear_notifications(&self) {
        self.journal.record(Record::Call(Call::ClearNotifications));
    }
}
