//! What the registrar asks of its hosts, one call a line. The programs under `examples/hosts` play the
//! scenario `host` in other languages, and must be asked for the same.

use tim_offline_push::registrar::{Presence, Release};
use tim_offline_push::testing::{Call, Record};

/// The call of a host that this is, if it is one. The store is left out: the other languages leave it to
/// Rust.
pub(crate) fn call_line(record: &Record) -> Option<String> {
    match record {
        Record::Call(call) => match call {
            Call::Register(vendor, kind) => Some(format!("register {vendor} {kind}")),
            Call::Unregister(vendor) => Some(format!("unregister {vendor}")),
            Call::Report(binding) => Some(match (binding.business_id(), binding.token()) {
                (Some(id), Some(token)) => {
                    format!("report {id} {} {}", binding.kind(), token.expose_secret())
                }
                _ => format!("report off {}", binding.kind()),
            }),
            Call::Presence(Presence::Foreground) => Some("presence foreground".into()),
            Call::Presence(Presence::Background { unread }) => {
                Some(format!("presence background {}", unread.as_u32()))
            }
            Call::EnsureNotificationChannel(id) => Some(format!("notification channel {id}")),
            Call::DeliverTap(..) => Some("deliver".into()),
            Call::Badge(count) => Some(format!("badge {count}")),
            Call::ClearNotifications => Some("clear".into()),
            _ => None,
        },
        Record::Release(release) => Some(format!("release {}", release_word(*release))),
        _ => None,
    }
}

fn release_word(release: Release) -> &'static str {
    match (release.is_superseded(), release.is_clean()) {
        (true, _) => "superseded",
        (false, true) => "clean",
        (false, false) => "unclean",
    }
}
