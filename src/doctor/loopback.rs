//! A push to oneself: does it arrive, how long does it take, and where is it lost?

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::PhoneReport;
use crate::ext::Ext;
use crate::finding::{Finding, Rule, Severity};
use crate::message::OfflinePushInfo;
use crate::notification::{PayloadValue, Tap};
use crate::time::MonotonicTime;
use crate::vendor::{Source, Vendor, explain_console};

const LOSSES: Source = Source::read("https://intl.cloud.tencent.com/document/product/1047/71898");
const RECORDS: Source = Source::read("https://cloud.tencent.com/document/product/269/117847");
const FAQ: Source = Source::read("https://cloud.tencent.com/document/product/269/100650");

pub(super) const ALL: &[&Rule] =
    &[LOST_AT_SERVER, LOST_AT_VENDOR, LOST_ON_PHONE, LOST_SOMEWHERE, LATE, UNSEEN];

const LOST_AT_SERVER: &Rule = &Rule::new(
    "loopback-lost-at-server",
    Severity::Error,
    "Tencent's server had nothing to send to: no token of this phone, or no valid certificate id with it.",
    "fix what the phone's diagnosis names, and send again",
    LOSSES,
);

const LOST_AT_VENDOR: &Rule = &Rule::new(
    "loopback-lost-at-vendor",
    Severity::Error,
    "The push was lost on its way through the vendor: a quota, a missing message class, or a refused certificate.",
    "look at the vendor's answer in Tencent's push records; name a message class or category",
    RECORDS,
);

const LOST_ON_PHONE: &Rule = &Rule::new(
    "loopback-lost-on-phone",
    Severity::Error,
    "The push reached the phone, which shows nothing: notifications or their channel are switched off.",
    "lead the user to the notification settings",
    FAQ,
);

const LOST_SOMEWHERE: &Rule = &Rule::new(
    "loopback-lost",
    Severity::Error,
    "The push did not arrive in time, and nothing on this phone says why.",
    "look it up in Tencent's push records, and pass the code there to Loopback::with_loss_code",
    RECORDS,
);

const LATE: &Rule = &Rule::new(
    "loopback-late",
    Severity::Warning,
    "The push arrived after its deadline.",
    "check the battery settings of the app, and the message class: vendors delay marketing messages",
    FAQ,
);

const UNSEEN: &Rule = &Rule::new(
    "loopback-unseen",
    Severity::Note,
    "The push was tapped, and its arrival was not reported: most vendors show a notification without telling the app.",
    "nothing has to change; the tap shows that the push arrived",
    FAQ,
);

/// A push that a phone sends to itself by the app's own server, to see whether pushes arrive.
///
/// It is pure: the host sends [`Loopback::push`] as it sends any message, while the app is in the background, and says what
/// happens. It is recognised by a nonce in its ext, in every wire form and through every vendor's wrapping of a tap.
///
/// ```
/// use std::time::Duration;
/// use tim_offline_push::doctor::{Loopback, LoopbackState};
/// use tim_offline_push::message::Form;
/// use tim_offline_push::notification::Tap;
/// use tim_offline_push::time::MonotonicTime;
/// use tim_offline_push::vendor::Vendor;
///
/// let at = MonotonicTime::from_millis;
/// let mut loopback = Loopback::new(0x5eed, Duration::from_secs(30));
/// let request = loopback.push().write(Form::Rest);   // to the app's own server
/// loopback.sent(at(1_000));
///
/// let tap = Tap::from_text(Some(Vendor::Oppo), loopback.ext().text().unwrap_or_default())?;
/// assert!(request.text().contains("loopback") && loopback.arrived(at(3_500), &tap));
/// let report = loopback.report(at(3_500), None);
/// assert_eq!(report.state(), LoopbackState::Arrived { after: Duration::from_millis(2_500) });
/// # Ok::<(), tim_offline_push::notification::PayloadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Loopback {
    nonce: Box<str>,
    deadline: Duration,
    sent: Option<MonotonicTime>,
    arrived: Option<MonotonicTime>,
    tapped: Option<MonotonicTime>,
    loss_code: Option<i32>,
}

impl Loopback {
    /// The key of the nonce in the ext.
    const KEY: &'static str = "loopback";

    /// A push that must arrive within `deadline`. The seed makes the nonce: use a random number for each push.
    pub fn new(seed: u64, deadline: Duration) -> Self {
        // A letter in front keeps every carrier from reading a number.
        let nonce = format!("n{seed:016x}").into();
        Self { nonce, deadline, sent: None, arrived: None, tapped: None, loss_code: None }
    }

    /// The push, to be sent to the own account. Give it what the app's pushes have besides: a channel, message classes.
    pub fn push(&self) -> OfflinePushInfo {
        OfflinePushInfo::new("Push test", "This notification checks that pushes arrive.").with_ext(self.ext())
    }

    /// The ext of the push.
    pub fn ext(&self) -> Ext {
        // The nonce has letters and digits only.
        Ext::from_text(format!("{{\"{}\":\"{}\"}}", Self::KEY, self.nonce))
    }

    /// The push was handed to the server.
    pub fn sent(&mut self, now: MonotonicTime) {
        self.sent = self.sent.or(Some(now));
    }

    /// A push arrived. Returns whether it was this one.
    pub fn arrived(&mut self, now: MonotonicTime, push: &Tap) -> bool {
        let own = self.recognizes(push);
        if own {
            self.arrived = self.arrived.or(Some(now));
        }
        own
    }

    /// A notification was tapped. Returns whether it was that of this push.
    pub fn tapped(&mut self, now: MonotonicTime, tap: &Tap) -> bool {
        let own = self.recognizes(tap);
        if own {
            self.tapped = self.tapped.or(Some(now));
        }
        own
    }

    /// With the code under which Tencent's push records file the push as lost.
    #[must_use]
    pub fn with_loss_code(self, code: i32) -> Self {
        Self { loss_code: Some(code), ..self }
    }

    /// Whether a payload belongs to this push: the nonce is somewhere in it.
    pub fn recognizes(&self, push: &Tap) -> bool {
        let has = |text: &str| text.contains(&*self.nonce);
        let in_ext = push.ext().and_then(Ext::text).is_some_and(has);
        in_ext
            || push.payload().data().is_some_and(has)
            || push.payload().iter().any(|(_, value)| match value {
                PayloadValue::Text(text) => has(text),
                PayloadValue::Json(json) => has(json.as_str()),
                PayloadValue::Bytes(bytes) => {
                    bytes.windows(self.nonce.len()).any(|window| window == self.nonce.as_bytes())
                }
                PayloadValue::Integer(_) | PayloadValue::Boolean(_) => false,
            })
    }

    /// What became of the push, and why, by what the phone's own check says.
    pub fn report(&self, now: MonotonicTime, phone: Option<&PhoneReport>) -> LoopbackReport {
        let Some(sent) = self.sent else {
            return LoopbackReport { state: LoopbackState::NotSent, findings: Vec::new() };
        };
        let mut findings = Vec::new();
        let state = match (self.arrived, self.tapped) {
            (Some(arrived), _) => {
                let after = arrived.saturating_since(sent);
                if after > self.deadline {
                    findings.push(Finding::new(LATE, PLACE, format!("it arrived after {}", seconds(after))));
                    LoopbackState::ArrivedLate { after }
                } else {
                    LoopbackState::Arrived { after }
                }
            }
            (None, Some(tapped)) => {
                let after = tapped.saturating_since(sent);
                findings.push(Finding::new(UNSEEN, PLACE, format!("it was tapped after {}", seconds(after))));
                LoopbackState::TappedUnseen { after }
            }
            (None, None) => {
                let waited = now.saturating_since(sent);
                match self.deadline.checked_sub(waited).filter(|left| !left.is_zero()) {
                    Some(left) if self.loss_code.is_none() => LoopbackState::Waiting { left },
                    Some(_) | None => {
                        let (place, finding) = self.loss(phone);
                        findings.push(finding);
                        LoopbackState::Lost { place }
                    }
                }
            }
        };
        LoopbackReport { state, findings }
    }

    /// Where the push was lost: what the server says goes before what the phone shows.
    fn loss(&self, phone: Option<&PhoneReport>) -> (LossPlace, Finding) {
        if let Some(code) = self.loss_code {
            let place = place_of(code);
            let row = explain_console(code);
            let cause = match row {
                Some(row) => format!("code {code} of Tencent's push records: {}", row.meaning),
                None => format!("code {code} of Tencent's push records, which is the vendor's own"),
            };
            let finding = Finding::new(place.rule(), PLACE, cause);
            return (
                place,
                match row {
                    Some(row) => finding.with_fix(row.fix).because(row.source),
                    None => finding,
                },
            );
        }
        let Some(phone) = phone else {
            let cause = "it did not arrive in time";
            return (LossPlace::Unknown, Finding::new(LOST_SOMEWHERE, PLACE, cause));
        };
        let found = |ids: [&str; 2]| {
            phone
                .findings()
                .iter()
                .find(|finding| ids.contains(&finding.rule().id()) && finding.severity() == Severity::Error)
        };
        if let Some(code) = phone.console_losses().next() {
            let meaning = explain_console(code).map_or("the push was lost", |row| row.meaning);
            let finding = Finding::new(LOST_AT_SERVER, PLACE, format!("{meaning} (loss code {code})"));
            let fix = phone.blocked_by().map(|blocker| blocker.fix.clone());
            return (
                LossPlace::Server,
                match fix {
                    Some(fix) => finding.with_fix(fix),
                    None => finding,
                },
            );
        }
        if let Some(known) = found(["permission-denied", "channel-blocked"]) {
            let finding = Finding::new(LOST_ON_PHONE, PLACE, known.cause().to_owned()).on(known.vendor());
            return (LossPlace::Phone, finding.with_fix(known.fix().to_owned()));
        }
        let vendor = phone.diagnosis().elected;
        if vendor == Some(Vendor::Fcm) {
            let cause =
                "the token is reported, so the server sent it; Google's services may be frozen on this phone";
            let finding = Finding::new(LOST_AT_VENDOR, PLACE, cause).on(vendor);
            return (
                LossPlace::Vendor,
                finding.with_fix("configure the maker's vendor beside FCM for phones in mainland China"),
            );
        }
        let cause = if phone.notifications_allowed() == Some(true) {
            "the token is reported and notifications are allowed: a quota or a missing message class is likely"
        } else {
            "the token is reported; whether notifications are allowed is not known: a quota, a missing message class or a notification setting is likely"
        };
        (LossPlace::Vendor, Finding::new(LOST_AT_VENDOR, PLACE, cause).on(vendor))
    }
}

const PLACE: &str = "loop-back push";

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

/// Where a push with this code of Tencent's push records was lost.
const fn place_of(code: i32) -> LossPlace {
    match code {
        -203 | -199 | -198 => LossPlace::Vendor,
        -202..=-1 => LossPlace::Server,
        // The vendors' own answers are positive.
        _ => LossPlace::Vendor,
    }
}

/// Where a push was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LossPlace {
    /// Before Tencent's server sent it: no token, no certificate, a push that could not be built.
    Server,
    /// At the vendor: a quota, its classification of messages, its refusal.
    Vendor,
    /// On the phone: notifications are switched off.
    Phone,
    /// Nothing is known of it.
    Unknown,
}

impl LossPlace {
    const fn rule(self) -> &'static Rule {
        match self {
            Self::Server => LOST_AT_SERVER,
            Self::Vendor => LOST_AT_VENDOR,
            Self::Phone => LOST_ON_PHONE,
            Self::Unknown => LOST_SOMEWHERE,
        }
    }

    /// The place in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Server => "at Tencent's server",
            Self::Vendor => "at the vendor",
            Self::Phone => "on the phone",
            Self::Unknown => "somewhere",
        }
    }
}

impl fmt::Display for LossPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What became of a loop-back push. Times count from [`Loopback::sent`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LoopbackState {
    /// [`Loopback::sent`] was not called.
    NotSent,
    /// Its deadline is not over.
    Waiting {
        /// How much of it is left.
        left: Duration,
    },
    /// It arrived in time.
    Arrived {
        /// How long it took.
        after: Duration,
    },
    /// It arrived after its deadline.
    ArrivedLate {
        /// How long it took.
        after: Duration,
    },
    /// It was tapped, though nobody reported its arrival. It did arrive.
    TappedUnseen {
        /// When it was tapped.
        after: Duration,
    },
    /// It did not arrive in time.
    Lost {
        /// Where, as far as that is known.
        place: LossPlace,
    },
}

/// What became of a loop-back push, and why. Made by [`Loopback::report`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoopbackReport {
    state: LoopbackState,
    findings: Vec<Finding>,
}

impl LoopbackReport {
    /// What became of it.
    pub const fn state(&self) -> LoopbackState {
        self.state
    }

    /// Why, and what to do. Empty if it arrived in time, and while it is on its way.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl fmt::Display for LoopbackReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.state {
            LoopbackState::NotSent => f.write_str("not sent"),
            LoopbackState::Waiting { left } => write!(f, "on its way, {} left", seconds(left)),
            LoopbackState::Arrived { after } => write!(f, "arrived after {}", seconds(after)),
            LoopbackState::ArrivedLate { after } => write!(f, "arrived late, after {}", seconds(after)),
            LoopbackState::TappedUnseen { after } => {
                write!(f, "tapped after {}, without a report of its arrival", seconds(after))
            }
            LoopbackState::Lost { place } => write!(f, "lost {place}"),
        }?;
        self.findings.iter().try_for_each(|finding| write!(f, "\n{finding:#}"))
    }
}
