use thiserror::Error;

use crate::error_code::error_code;

/// Why an intent cannot be written as a URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ToUriError {
    /// An `android-app:` URI begins with the package, and the intent has none (`IllegalArgumentException` on
    /// Android).
    #[error("intent has no package: an android-app uri must name one")]
    NoPackage,
}

impl ToUriError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("to_uri", self)
    }
}

/// Why a text is no intent URI. It never holds a part of the text.
///
/// An `index` counts UTF-16 units from the start of the text, as Android's does; `None` is Android's −1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ParseUriError {
    /// `java.net.URISyntaxException`.
    #[error("{reason}{}", at(*index))]
    Syntax {
        /// Android's reason.
        reason: SyntaxReason,
        /// Where, in UTF-16 units, as Android counts: mostly the start of the item.
        index: Option<usize>,
    },
    /// `NumberFormatException`, which Android's parser does not wrap.
    #[error("value of {field} is not a number in range{}", at(*index))]
    Number {
        /// What the number was for: `launchFlags`, `extendedLaunchFlags`, `sourceBounds`, or an extra of some
        /// type.
        field: &'static str,
        /// Where its item begins, in UTF-16 units. Android does not say.
        index: Option<usize>,
    },
    /// Androids before API 35 read this text for ever: its last item has no `;`, and what stands before it
    /// makes no error when it is read again from the start.
    #[error("android before api 35 never stops reading this text: its last item has no ';'")]
    Endless,
    /// The keys of the extras would together be larger than the text by more than this many bytes. Only a
    /// text whose keys lie over each other (an item without `=` takes its key up to the `=` of a later one)
    /// can do that.
    #[error("extras of the text have overlapping keys of more than {limit} bytes")]
    TooLarge {
        /// How many bytes are allowed.
        limit: usize,
    },
}

impl ParseUriError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("parse_uri", self)
    }
}

fn at(index: Option<usize>) -> String {
    index.map_or_else(String::new, |index| format!(" at index {index}"))
}

/// The reasons of Android's `URISyntaxException`; `Display` gives Android's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
#[non_exhaustive]
pub enum SyntaxReason {
    /// An item has no `;`.
    #[error("uri end not found")]
    EndNotFound,
    /// A part that must be there is not.
    #[error("illegal Intent URI format")]
    IllegalFormat,
    /// An item is no known field and begins with none of `S. B. b. c. d. f. i. l. s.`.
    #[error("unknown EXTRA type")]
    UnknownExtraType,
    /// Old form: the extras are not closed.
    #[error("EXTRA missing trailing ')'")]
    ExtraMissingParenthesis,
    /// Old form: an extra has no value.
    #[error("EXTRA missing '='")]
    ExtraMissingEquals,
    /// Old form: an extra does not end, or is empty.
    #[error("EXTRA missing '!'")]
    ExtraMissingMark,
    /// Old form: an extra has none of the letters of types.
    #[error("EXTRA has unknown type")]
    ExtraHasUnknownType,
    /// Old form: a number that is none.
    #[error("EXTRA value can't be parsed")]
    ExtraValue,
}
