//! The lines of an `AndroidManifest.xml` that declare what a component takes.
//!
//! - [`DataElement`], [`FilterElement`], [`ComponentElement`]: the elements as they are written, in the order
//!   in which they are written. Their `Display` is a snippet to be pasted: XML-escaped, indented, without the
//!   namespace declarations, which stand on the manifest's root element. Names of attributes go without
//!   `android:`, and with `tools:`.
//! - [`FilterElement::to_filter`] reads one as Android does, `From<&IntentFilter>` writes one.
//!
//! A value here is what Android sees. The text of a manifest is one step further away: the resource compiler
//! reads `\` as an escape, so a snippet has two for each one
//! (<https://developer.android.com/guide/topics/manifest/data-element>, read 2026-11-22), and a char that XML
//! cannot hold is written as `\uXXXX`. Placeholders such as `${applicationId}` and `@string/host` are plain
//! text and are kept.

mod elements;
mod xml;

pub use elements::{ComponentElement, ComponentKind, DataElement, FilterElement};
pub use xml::ManifestError;
