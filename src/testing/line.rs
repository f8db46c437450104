//! A journal as text, one line for each entry.

use std::fmt;

use super::journal::{Call, Entry, Journal, Record};
use crate::registrar::{Binding, Outcome};

impl fmt::Display for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries().iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.at.as_millis();
        write!(f, "{:>6}.{:03} s  {}", millis / 1_000, millis % 1_000, self.record)
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Note(text) => write!(f, "note: {text}"),
            Self::Call(call) => write!(f, "call: {call}"),
            Self::Answer { to, outcome } => write!(f, "answer: {to}: {}", OutcomeWords(outcome)),
            Self::Release(release) => write!(
                f,
                "release: {}, clean {}, superseded {}",
                release.session(),
                release.is_clean(),
                release.is_superseded()
            ),
            Self::Event { name, verdict } => write!(f, "event: {name}: {verdict}"),
            Self::Transition(transition) => write!(f, "state: {transition}"),
            Self::Notice(notice) => write!(f, "notice: {notice}"),
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Register { vendor, kind } => write!(f, "register {vendor}, {kind} token"),
            Self::Unregister { vendor } => write!(f, "unregister {vendor}"),
            Self::Report(binding) => write!(f, "report {}", BindingWords(binding)),
            Self::Presence(presence) => write!(f, "presence {presence}"),
            Self::Save { bytes } => write!(f, "save {bytes} bytes"),
            Self::EnsureNotificationChannel { id } => write!(f, "ensure the notification channel {id}"),
            Self::DeliverTap { id } => write!(f, "deliver the tap {id}"),
            Self::Badge { count } => write!(f, "badge {count}"),
            Self::ClearNotifications => f.write_str("clear the notifications"),
        }
    }
}

struct BindingWords<'a>(&'a Binding);

impl fmt::Display for BindingWords<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.0.kind();
        match (self.0.token(), self.0.business_id()) {
            (Some(token), Some(id)) => {
                write!(f, "{} {kind} token #{}, certificate {id}", token.vendor(), token.fingerprint())
            }
            _ => write!(f, "no {kind} token"),
        }
    }
}

struct OutcomeWords<'a>(&'a Outcome);

impl fmt::Display for OutcomeWords<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Outcome::Ok => f.write_str("done"),
            Outcome::Token(token) => write!(f, "a token of {} bytes, #{}", token.len(), token.fingerprint()),
            Outcome::Failed { code, retry_after: None } => write!(f, "failed with {code}"),
            Outcome::Failed { code, retry_after: Some(wait) } => {
                write!(f, "failed with {code}, asks to wait {wait:?}")
            }
            Outcome::Lost => f.write_str("never"),
        }
    }
}
