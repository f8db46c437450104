//! What the log says. Ids only: no token, no account.

use std::fmt;

use crate::registrar::{Binding, Effect};

/// The target of every line.
pub(super) const TARGET: &str = "tim_offline_push::registrar";

/// What is asked of a host.
pub(super) fn effect_line(effect: &Effect) -> impl fmt::Display {
    EffectLine(effect)
}

struct EffectLine<'a>(&'a Effect);

impl fmt::Display for EffectLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Effect::RegisterVendor { id, vendor, kind } => write!(f, "register {id}: {vendor}, {kind}"),
            Effect::UnregisterVendor { vendor } => write!(f, "unregister {vendor}"),
            Effect::EnsureNotificationChannel { id, .. } => write!(f, "ensure the notification channel {id}"),
            Effect::Store { version, snapshot } => write!(f, "store {version}: {} bytes", snapshot.len()),
            Effect::Report { id, binding } => write!(f, "report {id}: {}", BindingLine(binding)),
            Effect::ReleaseLogout { session, .. } => write!(f, "release the logout of {session}"),
            Effect::EnterForeground { id } => write!(f, "presence {id}: foreground"),
            Effect::EnterBackground { id, unread } => {
                write!(f, "presence {id}: background, {} unread", unread.as_u32())
            }
            Effect::SetBadge { count } => write!(f, "badge {count}"),
            Effect::DeliverTap { id, .. } => write!(f, "deliver the tap {id}"),
            Effect::ClearNotifications => f.write_str("clear the notifications"),
            Effect::Notice(notice) => notice.fmt(f),
        }
    }
}

struct BindingLine<'a>(&'a Binding);

impl fmt::Display for BindingLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.token(), self.0.business_id()) {
            (Some(token), Some(id)) => write!(
                f,
                "{} {} token of {} bytes, #{}, under certificate {id}",
                token.vendor(),
                token.kind(),
                token.len(),
                token.fingerprint()
            ),
            _ => write!(f, "no {} token", self.0.kind()),
        }
    }
}
