//! What a developer or user should know, and what to do about it.

mod code;

use std::fmt;
use std::io::ErrorKind;
use std::num::{NonZeroU16, NonZeroU32};
use std::time::Duration;

use serde::{Serialize, Serializer};

use super::diagnosis::Span;
use super::{Lane, Lost, PolicySettings};
use crate::finding::Severity;
use crate::token::TokenError;
use crate::vendor::{ImCode, Vendor, VendorCode, explain, explain_im};

pub use self::code::NoticeCode;

/// Something a developer or user should know. `Display` gives one line: the name, what has happened, what to
/// do. No token and no account is in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Notice {
    code: NoticeCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor: Option<Vendor>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<Cause>,
    /// How many milliseconds were waited, once it is given.
    #[serde(skip)]
    waited: Option<NonZeroU32>,
    /// How many bytes the token has that the server refused.
    #[serde(skip)]
    bytes: Option<NonZeroU16>,
}

/// What is behind a notice: an error code, why a token or a tap was given up, how an answer was lost, why a
/// write failed, or whose host is busy. The larger ones are boxed, since every machine has room for some
/// notices.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// A vendor SDK's code.
    Vendor(Box<VendorCode>),
    /// The IM SDK's or server's code.
    Im(ImCode),
    /// Why a text is no token.
    Token(#[serde(serialize_with = "as_code")] Box<TokenError>),
    /// The SDK was silent, and a token that looks like its own was passed as one of this vendor.
    PassedAs(Vendor),
    /// The text is an error code of the vendor's own table, passed on as a token.
    ErrorCode,
    /// How an answer was lost.
    Lost(Lost),
    /// Why the snapshot could not be stored.
    Store(#[serde(serialize_with = "as_words")] ErrorKind),
    /// Why a tap was given up.
    Tap(TapExpiry),
    /// Whose host takes no call.
    Lane(Lane),
}

fn as_code<S: Serializer>(error: &TokenError, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&error.code())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference to the field")]
fn as_words<S: Serializer>(kind: &ErrorKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(kind)
}

/// Why a tap was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TapExpiry {
    /// It was held for [`tap_expiry`](super::PolicySettings::tap_expiry), over all processes together: the
    /// host was not ready, or no account that it may go to was logged in, or nobody said that it was handled.
    HeldTooLong,
    /// [`tap_deliveries`](super::PolicySettings::tap_deliveries) processes were given it, and none said that
    /// it was handled: it may be what ends them.
    DeliveredTooOften,
}

impl TapExpiry {
    /// All reasons.
    pub const ALL: &'static [Self] = &[Self::HeldTooLong, Self::DeliveredTooOften];
}

impl fmt::Display for TapExpiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::HeldTooLong => "it was held too long",
            Self::DeliveredTooOften => "it was delivered too often without being handled",
        })
    }
}

impl Notice {
    pub(super) const fn of(code: NoticeCode, vendor: Option<Vendor>, cause: Option<Cause>) -> Self {
        Self { code, vendor, cause, waited: None, bytes: None }
    }

    pub(super) const fn new(code: NoticeCode, vendor: Option<Vendor>) -> Self {
        Self::of(code, vendor, None)
    }

    pub(super) const fn because(code: NoticeCode, cause: Cause) -> Self {
        Self::of(code, None, Some(cause))
    }

    /// A vendor's SDK gave no token, and one that looks like its own was passed as another vendor's, if one
    /// was.
    pub(super) fn silent(vendor: Vendor, passed_as: Option<Vendor>) -> Self {
        Self::of(NoticeCode::VendorSilent, Some(vendor), passed_as.map(Cause::PassedAs))
    }

    /// The server refused a token of so many bytes.
    pub(super) fn refused_by_server(vendor: Vendor, code: ImCode, bytes: Option<usize>) -> Self {
        let bytes = bytes.and_then(|bytes| u16::try_from(bytes).ok()).and_then(NonZeroU16::new);
        let cause = Some(Cause::Im(code));
        Self { bytes, ..Self::of(NoticeCode::TokenRefusedByServer, Some(vendor), cause) }
    }

    pub(super) fn busy(lane: Lane) -> Self {
        Self::because(NoticeCode::HostBusy, Cause::Lane(lane))
    }

    /// The same vendor's, with another code.
    pub(super) fn with_code(self, code: NoticeCode) -> Self {
        Self { code, ..self }
    }

    /// As it is given, with how long was waited.
    pub(super) fn timed(self, settings: &PolicySettings) -> Self {
        let waited = match (self.code, &self.cause) {
            (NoticeCode::VendorSilent, _) => settings.registration,
            (NoticeCode::StoreFailed, Some(Cause::Lost(Lost::Deadline))) => settings.store,
            (_, Some(Cause::Lost(Lost::Deadline))) => settings.report,
            _ => return self,
        };
        Self { waited: u32::try_from(waited.as_millis()).ok().and_then(NonZeroU32::new), ..self }
    }

    /// What it is about.
    pub const fn code(&self) -> NoticeCode {
        self.code
    }

    /// The vendor it is about, if it is about one.
    pub const fn vendor(&self) -> Option<Vendor> {
        self.vendor
    }

    /// What is behind it, if more is known than its code says.
    pub const fn cause(&self) -> Option<&Cause> {
        self.cause.as_ref()
    }

    /// The vendor's code behind it.
    pub(super) fn vendor_code(&self) -> Option<&VendorCode> {
        if let Some(Cause::Vendor(code)) = &self.cause { Some(code) } else { None }
    }

    /// What it says of one thing that fails, whatever the vendor's code: the notice, whether it explains a
    /// silence, and why the store failed. In a streak of failures one notice of a topic is enough.
    pub(super) fn topic(&self) -> (NoticeCode, bool, Option<ErrorKind>) {
        let kind = if let Some(Cause::Store(kind)) = self.cause { Some(kind) } else { None };
        (self.code, matches!(self.cause, Some(Cause::PassedAs(_))), kind)
    }

    /// Whether it is about a vendor's code that is expected to pass.
    pub(super) fn is_transient(&self) -> bool {
        let code = self.vendor.zip(self.vendor_code());
        code.is_some_and(|(vendor, code)| explain(vendor, code).remedy().is_transient())
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match (self.code, &self.cause) {
            // Every start will find it so.
            (NoticeCode::SnapshotUnreadable, Some(Cause::Store(_))) => Severity::Warning,
            (code, _) => code.severity(),
        }
    }

    /// What has happened, in words: those of the code, with the vendor, the error code and what it means.
    pub fn message(&self) -> String {
        let words = self.words();
        match self.vendor {
            Some(vendor) if words.contains(SDK) => words.replace(SDK, &format!("the {vendor} SDK")),
            Some(vendor) => format!("{words} ({vendor})"),
            None => words,
        }
    }

    fn words(&self) -> String {
        let usual = self.code.cause();
        let within = self.waited.map_or_else(
            || "in time".to_owned(),
            |millis| format!("within {}", Span(Duration::from_millis(millis.get().into()))),
        );
        match (self.code, &self.cause) {
            (NoticeCode::VendorSilent, Some(Cause::PassedAs(other))) => {
                let owner = self.vendor.map_or_else(|| "that vendor".to_owned(), |owner| owner.to_string());
                format!("{SDK} gave no token {within}, but a token that looks like one of {owner} was passed as one of {other}")
            }
            (NoticeCode::VendorSilent, _) => format!("{SDK} gave no token {within}"),
            (NoticeCode::PushEventsRefused, None | Some(Cause::Lost(_))) => {
                "arrivals or clicks are dropped, since report_push_events was called for them too often without \
                 being confirmed"
                    .to_owned()
            }
            (NoticeCode::StoreFailed, Some(Cause::Lost(_))) => {
                format!("{usual}: save was not answered {within}")
            }
            (NoticeCode::StoreFailed, Some(Cause::Store(ErrorKind::ResourceBusy))) => {
                "another process or store writes the same snapshot".to_owned()
            }
            (code, Some(Cause::Lost(how))) => {
                let is_report = code == NoticeCode::ReportUnanswered;
                let call = if is_report { "set_offline_push" } else { "report_push_events" };
                match how {
                    Lost::Deadline => format!("{call} was not answered {within}"),
                    Lost::Dropped => format!("{call} dropped its completion"),
                    Lost::Panicked => format!("{call} panicked"),
                    Lost::Host => format!("{call} threw, or was answered by no code of the IM SDK"),
                }
            }
            (_, Some(Cause::Im(code))) => {
                let size = self.bytes.map_or_else(String::new, |bytes| format!(" (this one has {bytes} bytes)"));
                format!("{usual}, code {code}: {}{size}", explain_im(*code).meaning())
            }
            (_, Some(Cause::Vendor(code))) => {
                let meaning = self.vendor.map(|vendor| format!(": {}", explain(vendor, code).meaning()));
                format!("{usual}, code {code}{}", meaning.unwrap_or_default())
            }
            (_, Some(Cause::Token(error))) => format!("{usual}: {error}"),
            (_, Some(Cause::PassedAs(other))) => format!("{usual}: passed as one of {other}"),
            (_, Some(Cause::ErrorCode)) => format!("{usual}: it is an error code of that SDK"),
            (_, Some(Cause::Store(kind))) => format!("{usual}: {kind}"),
            (_, Some(Cause::Tap(reason))) => format!("{usual}: {reason}"),
            (_, Some(Cause::Lane(lane))) => format!("{usual}: {lane}"),
            (_, None) => usual.to_owned(),
        }
    }

    /// What to do: what the table of codes says or the reason of a tap, or else what the notice's own code
    /// says.
    pub fn fix(&self) -> &'static str {
        match (self.code, &self.cause, self.vendor) {
            (NoticeCode::RegistrationKeepsFailing, Some(Cause::Vendor(code)), Some(vendor)) => {
                explain(vendor, code).fix_if_it_persists()
            }
            (NoticeCode::ReportKeepsFailing, Some(Cause::Im(code)), _) => {
                explain_im(*code).fix_if_it_persists()
            }
            (NoticeCode::TokenRefusedByServer, _, _) => self.code.fix(),
            (_, Some(Cause::Vendor(code)), Some(vendor)) => explain(vendor, code).fix(),
            (_, Some(Cause::Im(code)), _) => explain_im(*code).fix(),
            (_, Some(Cause::Tap(TapExpiry::DeliveredTooOften)), _) => {
                "see whether the app ends while it handles the tap, and confirm each tap that is done"
            }
            (_, Some(Cause::PassedAs(_)), _) => "pass each SDK's token under its own vendor",
            (_, Some(Cause::ErrorCode), _) => {
                "pass an error to the completion's failed or to vendor_failed, never to token_received"
            }
            (_, Some(Cause::Token(error)), _) => token_fix(**error),
            (_, Some(Cause::Store(kind)), _) => store_fix(*kind),
            (NoticeCode::ReportUnanswered | NoticeCode::PushEventsUnanswered, Some(Cause::Lost(how)), _) => {
                lost_fix(self.code, *how)
            }
            (_, Some(Cause::Vendor(_) | Cause::Lane(_) | Cause::Lost(_) | Cause::Tap(_)) | None, _) => {
                self.code.fix()
            }
        }
    }
}

/// In a row's words this stands for the SDK of the vendor that a notice is about.
const SDK: &str = "the vendor SDK";

fn lost_fix(code: NoticeCode, how: Lost) -> &'static str {
    match how {
        Lost::Deadline => code.fix(),
        Lost::Dropped => "keep the completion until the IM SDK's callback comes, and answer it there",
        Lost::Panicked => "find the panic in the app's log, and answer the completion on every path",
        Lost::Host => {
            "find the exception in the app's log; answer a failure by the number of the IM SDK's error code"
        }
    }
}

fn token_fix(error: TokenError) -> &'static str {
    if matches!(error, TokenError::Empty { .. } | TokenError::Blank { .. } | TokenError::Null { .. }) {
        "pass a token on only when the SDK says success and has one"
    } else if matches!(error, TokenError::Kind { .. }) {
        "pass the token under the vendor and kind that its SDK made it for"
    } else if matches!(error, TokenError::TooLong { .. }) {
        "pass the token on exactly as the SDK gave it; if it is exact, Tencent cannot take it: use another vendor"
    } else {
        NoticeCode::TokenRefused.fix()
    }
}

/// What to look at when the snapshot is not stored.
fn store_fix(kind: ErrorKind) -> &'static str {
    if matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge) {
        "free space on the phone; until then a restart may repeat a report or forget a logout"
    } else if matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) {
        "give the store a folder that the app may write to, such as noBackupFilesDir on Android"
    } else if matches!(
        kind,
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidData | ErrorKind::IsADirectory
    ) {
        "look at the folder that the store was given: a part of it is missing, or no folder or regular file"
    } else if matches!(kind, ErrorKind::ResourceBusy) {
        "start one registrar only, in the app's main process, or give each process a folder of its own"
    } else {
        NoticeCode::StoreFailed.fix()
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; fix: {}", self.code, self.message(), self.fix())
    }
}
