//! What a scripted phone is asked, and what it answers.

use std::time::Duration;

use crate::registrar::{Failure, Outcome};
use crate::secret::Secret;
use crate::vendor::{TokenKind, Vendor};

/// What a host of a [`Phone`](super::Phone) is asked, and answers by a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Ask {
    /// A vendor SDK, for a token.
    Token(Vendor, TokenKind),
    /// The IM client, to report a binding.
    Report,
    /// The IM client, to tell the server of foreground or background.
    Presence,
    /// The IM client, to report arrivals and clicks.
    PushEvents,
    /// The store, to save a snapshot.
    Save,
    /// The app, to make a notification channel.
    NotificationChannel,
    /// The app, to take a tap to where it belongs.
    Tap,
}

impl From<Vendor> for Ask {
    /// The vendor's SDK is asked for a standard token.
    fn from(vendor: Vendor) -> Self {
        Self::Token(vendor, TokenKind::Standard)
    }
}

/// How a scripted host answers one call.
///
/// ```
/// use std::time::Duration;
/// use tim_offline_push::testing::Reply;
///
/// let script = [
///     Reply::failed(22006).retry_after(Duration::from_secs(30)),
///     Reply::ok().after(Duration::from_millis(200)),
///     Reply::silence(),
/// ];
/// # assert_eq!(script.len(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Reply {
    pub(super) answer: Answer,
    pub(super) delay: Duration,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Outcome(Outcome),
    Drop,
    Silence,
    Panic,
}

impl Reply {
    /// Success.
    pub const fn ok() -> Self {
        Self::of(Answer::Outcome(Outcome::Ok))
    }

    /// A vendor SDK's token.
    pub fn token(text: impl Into<Box<str>>) -> Self {
        Self::of(Answer::Outcome(Outcome::Token(Secret::new(text))))
    }

    /// A failure with this code or text.
    pub fn failed(code: impl Into<Failure>) -> Self {
        Self::of(Answer::Outcome(Outcome::Failed { code: code.into(), retry_after: None }))
    }

    /// [`Outcome::Lost`]: the host says that the outcome will never be known.
    pub const fn lost() -> Self {
        Self::of(Answer::Outcome(Outcome::Lost))
    }

    /// The host drops the completion.
    pub const fn dropped() -> Self {
        Self::of(Answer::Drop)
    }

    /// No answer, and the completion is kept: an SDK that hangs.
    pub const fn silence() -> Self {
        Self::of(Answer::Silence)
    }

    /// The host panics.
    pub const fn panic() -> Self {
        Self::of(Answer::Panic)
    }

    /// With the time that the other side asks to wait, where this is a failure.
    pub fn retry_after(mut self, wait: Duration) -> Self {
        if let Answer::Outcome(Outcome::Failed { retry_after, .. }) = &mut self.answer {
            *retry_after = Some(wait);
        }
        self
    }

    /// Given that much later. A panic happens inside of the call or not at all: it comes at once.
    pub const fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    const fn of(answer: Answer) -> Self {
        Self { answer, delay: Duration::ZERO }
    }
}

/// A made-up token in a shape that the vendor's tokens have been seen in. The same number gives the same
/// token.
///
/// ```
/// use tim_offline_push::testing::sample_token;
/// use tim_offline_push::token::Token;
/// use tim_offline_push::vendor::{TokenKind, Vendor};
///
/// for vendor in Vendor::ALL.iter().copied() {
///     let token = Token::parse(vendor, TokenKind::Standard, &sample_token(vendor, 7))?;
///     assert!(token.suspicions().is_empty());
/// }
/// assert_ne!(sample_token(Vendor::Vivo, 7), sample_token(Vendor::Vivo, 8));
/// # Ok::<(), tim_offline_push::token::TokenError>(())
/// ```
pub fn sample_token(vendor: Vendor, number: u32) -> String {
    let digits = u64::from(number).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    match vendor {
        Vendor::Xiaomi => format!("sample/Xiaomi+{digits:016x}"),
        Vendor::Huawei => format!("sample-Huawei_{digits:016x}"),
        Vendor::Honor => format!("BAEAAAA.sample-Honor_{digits:016x}"),
        Vendor::Oppo => format!("CN_{digits:032x}"),
        Vendor::Vivo => format!("{digits:020}"),
        Vendor::Meizu => format!("sampleMeizu{digits:016x}"),
        Vendor::Fcm => format!("sample:APA91b{digits:016x}"),
        Vendor::Apns => format!("{digits:064x}"),
        Vendor::HarmonyOs => format!("sample.HarmonyOS.{digits:016x}"),
    }
}
