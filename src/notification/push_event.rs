use std::fmt;

use serde::{Deserialize, Serialize};

use super::route::PushId;
use crate::time::UnixTime;

/// What became of a push on this phone: it arrived, or it was clicked.
///
/// The IM SDK passes these events to Tencent's statistics: `callExperimentalAPI` with [`PushEvent::API`] and the text of
/// [`PushEvent::to_json`]. [`Registrar`](crate::registrar::Registrar) creates them from taps and data messages, keeps them until
/// the server has confirmed them, and hands them to
/// [`ImClient::report_push_events`](crate::registrar::ImClient::report_push_events).
///
/// The IM SDK's C library has no such call, so there is no C form. Whether Tencent counts the events of an app that has not
/// bought its push service is not documented: only a test with a real account can tell.
///
/// Source: class files of TIMPush 8.5.6865 and of the IM SDK for Java; read 2026-11-29.
///
/// ```
/// use tim_offline_push::notification::{PushEvent, PushId};
/// use tim_offline_push::time::UnixTime;
///
/// let id = PushId::new("66f4_1a2b").ok_or("an empty id")?;
/// let event = PushEvent::clicked(id, UnixTime::from_secs(1_730_000_000));
/// assert_eq!(
///     PushEvent::to_json(&[event]),
///     r#"{"eventList":[{"type":0,"time":1730000000,"pushId":"66f4_1a2b"}]}"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PushEvent {
    kind: PushEventKind,
    time: UnixTime,
    push_id: PushId,
}

/// Which event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "the IM SDK knows these two")]
pub enum PushEventKind {
    /// The user tapped the notification.
    Clicked,
    /// The app has shown the notification.
    Arrived,
}

impl PushEventKind {
    /// The IM SDK's number (`type`).
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Clicked => 0,
            Self::Arrived => 1,
        }
    }
}

impl fmt::Display for PushEventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Clicked => "clicked",
            Self::Arrived => "arrived",
        })
    }
}

impl PushEvent {
    /// The name of the experimental API that takes these events.
    pub const API: &'static str = "reportOfflinePushEvent";

    /// Creates an event of this kind, at this time by the phone's clock.
    pub const fn new(kind: PushEventKind, push_id: PushId, time: UnixTime) -> Self {
        Self { kind, time, push_id }
    }

    /// Creates the event of a click.
    pub const fn clicked(push_id: PushId, time: UnixTime) -> Self {
        Self::new(PushEventKind::Clicked, push_id, time)
    }

    /// Creates the event of an arrival.
    pub const fn arrived(push_id: PushId, time: UnixTime) -> Self {
        Self::new(PushEventKind::Arrived, push_id, time)
    }

    /// Returns whether the push arrived or was clicked.
    pub const fn kind(&self) -> PushEventKind {
        self.kind
    }

    /// Returns when it happened, by the phone's clock, in whole seconds.
    pub const fn time(&self) -> UnixTime {
        self.time
    }

    /// Returns the id of the push.
    pub const fn push_id(&self) -> &PushId {
        &self.push_id
    }

    /// The JSON text that `callExperimentalAPI` takes as the parameter of [`PushEvent::API`]. It holds the push ids.
    pub fn to_json(events: &[Self]) -> String {
        let form = ListForm {
            event_list: events
                .iter()
                .map(|event| EventForm {
                    kind: event.kind.as_number(),
                    time: event.time.as_secs(),
                    push_id: event.push_id.as_str(),
                })
                .collect(),
        };
        // Texts and numbers always have a JSON form.
        serde_json::to_string(&form).unwrap_or_default()
    }
}

/// The order of the members is that of the IM SDK's own text.
#[derive(Serialize)]
struct ListForm<'a> {
    #[serde(rename = "eventList")]
    event_list: Vec<EventForm<'a>>,
}

#[derive(Serialize)]
struct EventForm<'a> {
    #[serde(rename = "type")]
    kind: i64,
    time: i64,
    #[serde(rename = "pushId")]
    push_id: &'a str,
}
