//! A text that is read as an intent: the rules that hold all through it, and the errors at its places.

use super::error::{NumberField, ParseUriError, SyntaxReason};
use super::flags::IntentFlags;
use super::java_number;
use super::uri_form::ParseFlags;
use super::version::AndroidVersion;

/// A text and how it is to be read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) uri: &'a str,
    pub(super) flags: ParseFlags,
    pub(super) version: AndroidVersion,
}

impl Reading<'_> {
    /// The error at a place of the text, given in bytes.
    #[cold]
    pub(super) fn syntax(self, reason: SyntaxReason, at: Option<usize>) -> ParseUriError {
        ParseUriError::Syntax { reason, index: self.index(at) }
    }

    #[cold]
    pub(super) fn number(self, field: NumberField, at: Option<usize>) -> ParseUriError {
        ParseUriError::Number { field, index: self.index(at) }
    }

    /// Bytes to UTF-16 units.
    fn index(self, at: Option<usize>) -> Option<usize> {
        let (before, _) = self.uri.split_at_checked(at?)?;
        Some(before.encode_utf16().count())
    }

    /// `launchFlags`, without what an untrusted text may not set.
    #[inline]
    pub(super) fn launch_flags(self, value: &str) -> Option<IntentFlags> {
        Some(self.allowed(self.flag_bits(value)?))
    }

    /// The flags, without what an untrusted text may not set.
    #[inline]
    pub(super) fn allowed(self, bits: u32) -> IntentFlags {
        let flags = IntentFlags::from_bits(bits);
        let safe = !self.flags.intersects(ParseFlags::ALLOW_UNSAFE);
        if safe { flags & !IntentFlags::URI_PERMISSIONS } else { flags }
    }

    #[inline]
    pub(super) fn flag_bits(self, value: &str) -> Option<u32> {
        match java_number::decode_integer(value) {
            Some(bits) => Some(u32::from_ne_bytes(bits.to_ne_bytes())),
            None if self.version.reads_unsigned_flags() => java_number::decode_unsigned_hex(value),
            None => None,
        }
    }
}
