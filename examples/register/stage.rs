//! A phone, the people who use it, and what they do. Each step writes itself into the timeline.

use std::fmt;
use std::time::Duration;

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::Certificates;
use tim_offline_push::device::{DeviceFacts, elect};
use tim_offline_push::ext::Ext;
use tim_offline_push::notification::{DataMessage, Payload, Tap};
use tim_offline_push::registrar::{
    Clock as _, Configuration, Diagnosis, Policy, Registrar, SessionId, Unread, VendorSdk as _, Verdict,
};
use tim_offline_push::testing::{Ask, Phone, Reply, sample_token};
use tim_offline_push::vendor::{TokenKind, Vendor};

use crate::timeline::Timeline;
use calls::call_line;

#[path = "calls.rs"]
mod calls;

/// What is played with: an app, a phone, delays, and people.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) certificates: Certificates,
    pub(crate) device: DeviceFacts,
    pub(crate) policy: Policy,
    pub(crate) cast: Cast,
}

/// Who plays. The names in the timeline are roles; these are what the registrar gets to see.
#[derive(Debug)]
pub(crate) struct Cast {
    pub(crate) alice: UserId,
    pub(crate) bob: UserId,
    pub(crate) token: fn(Vendor, u32) -> String,
}

impl Cast {
    pub(crate) fn standard() -> Result<Self, Box<dyn std::error::Error>> {
        Ok(Self { alice: UserId::new("alice")?, bob: UserId::new("bob")?, token: sample_token })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    Alice,
    Bob,
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Alice => "alice",
            Self::Bob => "bob",
        })
    }
}

/// One phone on which one scenario is played.
#[derive(Debug)]
pub(crate) struct Stage<'a> {
    setup: &'a Setup,
    phone: Phone,
    app: Option<Registrar>,
    session: Option<SessionId>,
    timeline: Timeline,
}

impl<'a> Stage<'a> {
    /// How long the IM server takes for an answer, where a scenario says nothing else.
    const SERVER: Duration = Duration::from_millis(200);
    /// How long a vendor SDK takes for a token, where a scenario says nothing else.
    const SDK: Duration = Duration::from_millis(1_500);

    pub(crate) fn new(setup: &'a Setup) -> Self {
        let phone = Phone::new();
        phone.otherwise(Ask::Report, Reply::ok().after(Self::SERVER));
        for vendor in Vendor::ALL.iter().copied() {
            let token = (setup.cast.token)(vendor, 1);
            phone.otherwise(vendor, Reply::token(token).after(Self::SDK));
        }
        let timeline = Timeline::new(phone.journal().clone());
        Self { setup, phone, app: None, session: None, timeline }
    }

    /// What the registrar asked of its hosts so far.
    #[allow(dead_code, reason = "the tests of the timeline play these files too")]
    pub(crate) fn calls(&self) -> Vec<String> {
        self.phone.journal().entries().iter().filter_map(|entry| call_line(&entry.record)).collect()
    }

    /// Ends the play: the timeline, and where the registrar stands.
    pub(crate) fn finish(mut self) -> (Timeline, Option<Diagnosis>) {
        self.look();
        let diagnosis = self.app.as_ref().map(Registrar::diagnose);
        (self.timeline, diagnosis)
    }

    /// The best vendor of this phone; on a phone without one, FCM.
    pub(crate) fn best(&self) -> Vendor {
        let wired = self.phone.vendors();
        let configuration = Configuration::new(self.setup.certificates.clone(), wired.iter());
        elect(&self.setup.device, configuration.election_policy()).first().unwrap_or(Vendor::Fcm)
    }

    /// A token of this vendor. Different numbers are different tokens.
    pub(crate) fn text(&self, vendor: Vendor, number: u32) -> String {
        (self.setup.cast.token)(vendor, number)
    }

    /// How a vendor's SDK answers the next requests.
    pub(crate) fn sdk(&self, vendor: Vendor, replies: impl IntoIterator<Item = Reply>) {
        self.phone.script(vendor, replies);
    }

    /// How the IM server answers the next reports.
    pub(crate) fn server(&self, replies: impl IntoIterator<Item = Reply>) {
        self.phone.script(Ask::Report, replies);
    }

    /// How the store answers the next snapshots.
    pub(crate) fn store(&self, replies: impl IntoIterator<Item = Reply>) {
        self.phone.script(Ask::Save, replies);
    }

    /// A heading in the timeline.
    pub(crate) fn chapter(&mut self, name: &str, about: &str) {
        self.timeline.heading(self.phone.time().now().monotonic(), &format!("{name}: {about}"));
    }

    /// Begins with the app as it comes from the shop, and nobody logged in.
    pub(crate) fn install(&mut self) {
        if self.app.is_some() {
            self.note("the app is installed anew");
            self.end_app();
            self.phone.put_stored(None);
            self.look();
        }
    }

    /// Begins with a token in hand and nobody logged in.
    pub(crate) fn ready(&mut self) {
        let from = self.timeline.lines().len();
        match self.app {
            Some(_) => self.log_out(),
            None => self.start_app(),
        }
        self.wait_secs(90);
        self.session = None;
        self.timeline.turn_aside(from);
        self.note("the token is there, and nobody is logged in");
        self.look();
    }

    /// Begins with somebody logged in, and all well.
    pub(crate) fn at_rest(&mut self, person: Person) {
        self.ready();
        let from = self.timeline.lines().len().saturating_sub(1);
        self.log_in(person);
        self.wait_secs(90);
        self.timeline.turn_aside(from);
        self.note(format!("{person} is logged in, and all is well"));
        self.look();
    }

    pub(crate) fn start_app(&mut self) {
        self.note("the app starts");
        let builder = self.phone.registrar(self.setup.certificates.clone()).policy(self.setup.policy.clone());
        // The phone's scheduler starts no thread, so this cannot fail.
        self.app = builder.start(self.setup.device).ok();
        self.look();
    }

    pub(crate) fn kill_app(&mut self) {
        self.note("the system kills the app");
        self.end_app();
        self.look();
    }

    fn end_app(&mut self) {
        if let Some(app) = self.app.take() {
            self.phone.kill(app);
        }
        self.session = None;
    }

    pub(crate) fn log_in(&mut self, person: Person) {
        self.note(format!("{person} logs in"));
        let account = match person {
            Person::Alice => self.setup.cast.alice.clone(),
            Person::Bob => self.setup.cast.bob.clone(),
        };
        self.session = self.app.as_ref().map(|app| app.logged_in(account));
        self.look();
    }

    pub(crate) fn log_out(&mut self) {
        self.note("the user logs out");
        if let (Some(app), Some(session)) = (&self.app, self.session) {
            self.phone.log_out(app, session);
        }
        self.look();
    }

    pub(crate) fn kicked_off(&mut self) {
        self.note("another phone takes the account over");
        if let (Some(app), Some(session)) = (&self.app, self.session.take()) {
            app.kicked_off(session);
        }
        self.look();
    }

    /// A vendor's SDK gives a token unasked.
    pub(crate) fn token(&mut self, vendor: Vendor, text: &str) {
        self.note(format!("{vendor}'s SDK gives {} unasked", crate::timeline::token_words(vendor, text)));
        self.tell(|app| app.token_received(vendor, TokenKind::Standard, text));
    }

    /// The registrar gets no event: it notices by what fails.
    pub(crate) fn network_down(&mut self) {
        self.note("the phone loses its connection");
        self.look();
    }

    pub(crate) fn network_up(&mut self) {
        self.note("the phone is connected again");
        self.tell(Registrar::network_up);
    }

    pub(crate) fn background(&mut self, unread: i64) {
        self.note(format!("the app goes to the background, {unread} unread"));
        self.tell(|app| app.enter_background(Unread::new(unread)));
    }

    pub(crate) fn foreground(&mut self) {
        self.note("the app comes to the foreground");
        self.tell(Registrar::enter_foreground);
    }

    pub(crate) fn tap(&mut self, vendor: Vendor) {
        self.note("the user taps a notification");
        let ext = Ext::from_text(r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"carol"}}"#);
        if let (Some(app), Ok(tap)) = (&self.app, Tap::from_ext(Some(vendor), &ext)) {
            app.tapped(tap);
        }
        self.look();
    }

    /// A data message of FCM, whatever else the phone has.
    pub(crate) fn push_arrives(&mut self) {
        self.note("a data message comes, and the app shows it");
        if let (Some(app), Some(message)) = (&self.app, data_message()) {
            app.arrived(&message);
        }
        self.look();
    }

    pub(crate) fn tap_push(&mut self, vendor: Vendor) {
        self.note("the user taps its notification");
        if let (Some(app), Some(message)) = (&self.app, data_message()) {
            app.tapped(Tap::new(Some(vendor), message.tap_extras()));
        }
        self.look();
    }

    pub(crate) fn screens_up(&mut self) {
        self.note("the app's screens are up");
        self.tell(Registrar::host_ready);
    }

    pub(crate) fn push_off(&mut self) {
        self.note("the user turns pushes off");
        self.tell(Registrar::disable_push);
    }

    pub(crate) fn push_on(&mut self) {
        self.note("the user turns pushes on again");
        self.tell(Registrar::enable_push);
    }

    fn tell(&mut self, what: impl FnOnce(&Registrar) -> Verdict) {
        if let Some(app) = &self.app {
            what(app);
        }
        self.look();
    }

    /// Lets time pass, and looks at each moment at which something happens.
    pub(crate) fn wait(&mut self, duration: Duration) {
        let end = self.phone.time().now().monotonic().saturating_add(duration);
        while let Some(due) = self.phone.time().due_at().filter(|due| *due <= end) {
            let now = self.phone.time().now().monotonic();
            self.phone.advance(due.saturating_since(now));
            self.look();
        }
        let now = self.phone.time().now().monotonic();
        self.phone.advance(end.saturating_since(now));
    }

    pub(crate) fn wait_secs(&mut self, seconds: u64) {
        self.wait(Duration::from_secs(seconds));
    }

    fn note(&self, text: impl Into<String>) {
        self.phone.journal().note(text);
    }

    fn look(&mut self) {
        let diagnosis = self.app.as_ref().map(Registrar::diagnose);
        self.timeline.look(diagnosis.as_ref());
    }
}

/// A push with an id, as Tencent's push service sends it.
fn data_message() -> Option<DataMessage> {
    let data = r#"{"IMTitle":"carol","IMDesc":"hi","ext":"{}","clickExt":"66f0c1d2_1_2_3_4"}"#;
    Payload::from_json(data).ok().and_then(|data| DataMessage::read(&data))
}
