use std::fmt;

use thiserror::Error;

/// Why an intent cannot be written as a URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ToUriError {
    /// An `android-app:` URI begins with the package, and the intent has none (`IllegalArgumentException` on Android).
    #[error("intent has no package: an android-app uri must name one")]
    NoPackage,
}

/// Why a text is no intent URI. It never holds a part of the text.
///
/// An `index` counts UTF-16 units from the start of the text, as Android's does; `None` is Android's −1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ParseUriError {
    /// `java.net.URISyntaxException`.
    #[error("{reason}{}", At(*index))]
    Syntax {
        /// Android's reason.
        reason: SyntaxReason,
        /// Where, in UTF-16 units, as Android counts: mostly the start of the item.
        index: Option<usize>,
    },
    /// `NumberFormatException`, which Android's parser does not wrap.
    #[error("value of {field} is not a number in range{}", At(*index))]
    Number {
        /// What the number was for: `launchFlags`, `extendedLaunchFlags`, `sourceBounds`, or an extra of some type.
        field: &'static str,
        /// Where its item begins, in UTF-16 units. Android does not say.
        index: Option<usize>,
    },
    /// Androids before API 35 read this text for ever: its last item has no `;`, and what stands before it makes no
    /// error when it is read again from the start.
    #[error("android before api 35 never stops reading this text: its last item has no ';'")]
    Endless,
    /// The keys of the extras would together be larger than the text by more than this many bytes. Only a text whose keys
    /// lie over each other (an item without `=` takes its key up to the `=` of a later one) can do that.
    #[error("extras of the text have overlapping keys of more than {limit} bytes")]
    TooLarge {
        /// How many bytes are allowed.
        limit: usize,
    },
}

struct At(Option<usize>);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |index| write!(f, " at index {index}"))
    }
}

/// The reasons of Android's `URISyntaxException`; `Display` gives Android's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SyntaxReason {
    /// `uri end not found`: an item has no `;`.
    EndNotFound,
    /// `illegal Intent URI format`: a part that must be there is not.
    IllegalFormat,
    /// `unknown EXTRA type`: an item is no known field and begins with none of `S. B. b. c. d. f. i. l. s.`.
    UnknownExtraType,
    /// `EXTRA missing trailing ')'`, old form.
    ExtraMissingParenthesis,
    /// `EXTRA missing '='`, old form.
    ExtraMissingEquals,
    /// `EXTRA missing '!'`, old form.
    ExtraMissingMark,
    /// `EXTRA has unknown type`, old form.
    ExtraHasUnknownType,
    /// `EXTRA value can't be parsed`, old form: a number that is none.
    ExtraValue,
}

impl SyntaxReason {
    /// Android's words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EndNotFound => "uri end not found",
            Self::IllegalFormat => "illegal Intent URI format",
            Self::UnknownExtraType => "unknown EXTRA type",
            Self::ExtraMissingParenthesis => "EXTRA missing trailing ')'",
            Self::ExtraMissingEquals => "EXTRA missing '='",
            Self::ExtraMissingMark => "EXTRA missing '!'",
            Self::ExtraHasUnknownType => "EXTRA has unknown type",
            Self::ExtraValue => "EXTRA value can't be parsed",
        }
    }
}

impl fmt::Display for SyntaxReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
