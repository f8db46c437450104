//! A test push from a phone to itself: does it arrive, how long does it take, and where is it lost?

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::PhoneReport;
use super::rules::rule_id;
use crate::ext::Ext;
use crate::finding::{Finding, RuleId, Severity};
use crate::message::OfflinePushInfo;
use crate::notification::{PayloadValue, Tap};
use crate::time::MonotonicTime;
use crate::vendor::{Vendor, explain_console};

const LOST_AT_SERVER: RuleId = rule_id("loopback-lost-at-server");
const LOST_AT_VENDOR: RuleId = rule_id("loopback-lost-at-vendor");
const LOST_ON_PHONE: RuleId = rule_id("loopback-lost-on-phone");
const LOST_SOMEWHERE: RuleId = rule_id("loopback-lost");

/// A test push that a phone sends to itself through the app's server, to see whether pushes arrive.
///
/// It is pure: the host sends [`Loopback::push`] as it sends any message, while the app is in the background,
/// and says what happens. It is recognised by a nonce in its ext, in every wire form and through every
/// vendor's wrapping of a tap.
///
/// ```
/// use std::time::Duration;
/// use tim_offline_push::doctor::Loopback;
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
/// assert_eq!(report.arrived_after(), Some(Duration::from_millis(2_500)));
/// # Ok::<(), tim_offline_push::notification::PayloadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
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

    /// A push that must arrive within `deadline`. The seed makes the nonce: use a random number for each
    /// push.
    pub fn new(seed: u64, deadline: Duration) -> Self {
        // A letter in front keeps every carrier from reading a number.
        let nonce = format!("n{seed:016x}").into();
        Self { nonce, deadline, sent: None, arrived: None, tapped: None, loss_code: None }
    }

    /// The push, to be sent to the user's own account. Add what the app's pushes have: a channel, message
    /// classes.
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
        self.arrived = self.arrived.or_else(|| own.then_some(now));
        own
    }

    /// A notification was tapped. Returns whether it was that of this push.
    pub fn tapped(&mut self, now: MonotonicTime, tap: &Tap) -> bool {
        let own = self.recognizes(tap);
        self.tapped = self.tapped.or_else(|| own.then_some(now));
        own
    }

    /// With the code that Tencent's push records give for the lost push.
    pub fn with_loss_code(self, code: i32) -> Self {
        Self { loss_code: Some(code), ..self }
    }

    /// Whether a payload belongs to this push: the nonce is somewhere in it.
    pub fn recognizes(&self, push: &Tap) -> bool {
        let has = |text: &str| text.contains(&*self.nonce);
        push.ext().and_then(Ext::text).is_some_and(has)
            || push.payload().data().is_some_and(has)
            || push.payload().iter().any(|(_, value)| match value {
                PayloadValue::Text(text) => has(text),
                PayloadValue::Json(json) => has(json),
                PayloadValue::Bytes(bytes) => {
                    bytes.windows(self.nonce.len()).any(|window| window == self.nonce.as_bytes())
                }
                PayloadValue::Integer(_) | PayloadValue::Boolean(_) => false,
            })
    }

    /// What became of the push, and why. The check of the phone helps to find where it was lost.
    pub fn report(&self, now: MonotonicTime, phone: Option<&PhoneReport>) -> LoopbackReport {
        let after = |time: MonotonicTime| time.saturating_since(self.sent.unwrap_or(time));
        let left = self.deadline.saturating_sub(after(now));
        let (state, finding) = match (self.sent, self.arrived.map(after), self.tapped.map(after)) {
            (None, _, _) => (State::NotSent, None),
            (_, Some(after), _) if after <= self.deadline => (State::Arrived { after }, None),
            (_, Some(after), _) => {
                let cause = format!("it arrived after {}", seconds(after));
                (State::ArrivedLate { after }, Some(rule_id("loopback-late").at(PLACE, cause)))
            }
            (_, None, Some(after)) => {
                let cause = format!("it was tapped after {}", seconds(after));
                (State::TappedUnseen { after }, Some(rule_id("loopback-unseen").at(PLACE, cause)))
            }
            (_, None, None) if left.is_zero() || self.loss_code.is_some() => {
                let finding = self.loss(phone);
                let place = LOST.iter().find(|(rule, ..)| rule.found(&finding));
                (State::Lost { place: place.map_or("", |(_, place, _)| place) }, Some(finding))
            }
            (_, None, None) => (State::Waiting { left }, None),
        };
        LoopbackReport { state, findings: finding.into_iter().collect() }
    }

    /// Where the push was lost: what the server says goes before what the phone shows.
    fn loss(&self, phone: Option<&PhoneReport>) -> Finding {
        if let Some(code) = self.loss_code {
            // The vendors' own codes are positive.
            let rule = if matches!(code, -202..=-200 | -197..=-1) { LOST_AT_SERVER } else { LOST_AT_VENDOR };
            let Some(row) = explain_console(code) else {
                let cause = format!("code {code} of Tencent's push records, which is the vendor's own");
                return rule.at(PLACE, cause);
            };
            let cause = format!("code {code} of Tencent's push records: {}", row.meaning);
            return rule.at(PLACE, cause).with_fix(row.fix).because(row.source);
        }
        let Some(phone) = phone else { return LOST_SOMEWHERE.at(PLACE, "it did not arrive in time") };
        let diagnosis = phone.diagnosis();
        if let Some(row) = phone.console_losses.first() {
            let finding = LOST_AT_SERVER.at(PLACE, format!("{} (loss code {})", row.meaning, row.code));
            let fixes = diagnosis.blocked_by.iter().map(|blocker| blocker.fix.clone());
            return fixes.fold(finding, Finding::with_fix);
        }
        let switched_off = phone.findings().iter().find(|finding| {
            matches!(finding.rule().id(), "permission-denied" | "channel-blocked")
                && finding.severity() == Severity::Error
        });
        if let Some(known) = switched_off {
            let finding = LOST_ON_PHONE.at(PLACE, known.cause().to_owned());
            return finding.on(known.vendor()).with_fix(known.fix().to_owned());
        }
        let vendor = diagnosis.elected;
        if vendor == Some(Vendor::Fcm) {
            let cause =
                "the token is reported, so the server sent it; Google's services may be frozen on this phone";
            let fix = "configure the maker's vendor beside FCM for phones in mainland China";
            return LOST_AT_VENDOR.at(PLACE, cause).on(vendor).with_fix(fix);
        }
        let cause = if phone.notifications_allowed == Some(true) {
            "the token is reported and notifications are allowed: a quota or a missing message class is likely"
        } else {
            "the token is reported; whether notifications are allowed is not known: a quota, a missing message class or a notification setting is likely"
        };
        LOST_AT_VENDOR.at(PLACE, cause).on(vendor)
    }
}

const PLACE: &str = "loop-back push";

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

/// Where a push can be lost: before Tencent's server sent it, at the vendor, or on the phone. The word in the
/// serde form, and the words for people.
const LOST: [(RuleId, &str, &str); 4] = [
    (LOST_AT_SERVER, "server", "lost at Tencent's server"),
    (LOST_AT_VENDOR, "vendor", "lost at the vendor"),
    (LOST_ON_PHONE, "phone", "lost on the phone"),
    (LOST_SOMEWHERE, "unknown", "lost somewhere"),
];

/// What became of a push. Times count from [`Loopback::sent`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    NotSent,
    Waiting { left: Duration },
    Arrived { after: Duration },
    ArrivedLate { after: Duration },
    // Nobody reported its arrival.
    TappedUnseen { after: Duration },
    Lost { place: &'static str },
}

/// What became of a loop-back push, and why. Made by [`Loopback::report`]. `Display` is for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoopbackReport {
    state: State,
    findings: Vec<Finding>,
}

impl LoopbackReport {
    /// How long after [`Loopback::sent`] it arrived, in time or late, or was tapped; `None` if neither
    /// happened.
    pub const fn arrived_after(&self) -> Option<Duration> {
        match self.state {
            State::Arrived { after } | State::ArrivedLate { after } | State::TappedUnseen { after } => {
                Some(after)
            }
            State::NotSent | State::Waiting { .. } | State::Lost { .. } => None,
        }
    }

    /// Whether it did not arrive before its deadline, or has a code in the push records.
    pub const fn is_lost(&self) -> bool {
        matches!(self.state, State::Lost { .. })
    }

    /// The cause and the fix. Empty if it arrived in time, and while it is on its way.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl fmt::Display for LoopbackReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.state {
            State::NotSent => f.write_str("not sent"),
            State::Waiting { left } => write!(f, "on its way, {} left", seconds(left)),
            State::Arrived { after } => write!(f, "arrived after {}", seconds(after)),
            State::ArrivedLate { after } => write!(f, "arrived late, after {}", seconds(after)),
            State::TappedUnseen { after } => {
                write!(f, "tapped after {}, without a report of its arrival", seconds(after))
            }
            State::Lost { place } => {
                let row = LOST.iter().find(|(_, own, _)| *own == place);
                f.write_str(row.map_or("lost", |(.., words)| words))
            }
        }?;
        self.findings.iter().try_for_each(|finding| write!(f, "\n{finding:#}"))
    }
}
