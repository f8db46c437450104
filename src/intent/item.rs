//! The items of an intent URI: what each begins with, and what its text leaves alone.

use super::scan::Keep;

/// An item whose value is a text.
#[derive(Clone, Copy)]
pub(super) struct TextItem {
    /// The `;` that closes what stands before, the name and the `=`.
    pub(super) begin: &'static str,
    /// What is not escaped in the text.
    pub(super) keep: Keep,
}

impl TextItem {
    pub(super) const ACTION: Self = Self { begin: ";action=", keep: Keep::Unreserved };
    pub(super) const MIME_TYPE: Self = Self { begin: ";type=", keep: Keep::UnreservedAndSlash };
    pub(super) const IDENTIFIER: Self = Self { begin: ";identifier=", keep: Keep::UnreservedAndSlash };
    pub(super) const PACKAGE: Self = Self { begin: ";package=", keep: Keep::Unreserved };
    pub(super) const COMPONENT: Self = Self { begin: ";component=", keep: Keep::UnreservedAndSlash };
}

pub(super) const SCHEME: &str = ";scheme=";
pub(super) const CATEGORY: &str = ";category=";
pub(super) const LAUNCH_FLAGS: &str = ";launchFlags=0x";
pub(super) const EXTENDED_LAUNCH_FLAGS: &str = ";extendedLaunchFlags=0x";
pub(super) const SOURCE_BOUNDS: &str = ";sourceBounds=";

/// Before the key of an extra that is a text. Before that of any other stands as much.
pub(super) const STRING_EXTRA: &str = ";S.";
