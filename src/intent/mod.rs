//! `android.content.Intent`, `Uri` and `IntentFilter`, off the device. Knows nothing of push.
//!
//! A push console wants an intent URI that today needs a phone and a log line to obtain. This module makes,
//! reads and matches them as Android's own classes do, byte for byte, and says what a URI loses or lets in.
//!
//! ```
//! use tim_offline_push::intent::{Component, Intent, IntentFlags, ParseFlags, UriScheme};
//!
//! let intent = Intent::new()
//!     .with_component(Component::new("com.tencent.qcloud.tim.tuikit", "com.tencent.qcloud.tim.demo.chat.ChatActivity"))
//!     .with_data("pushscheme://com.tencent.qcloud.tim/detail")
//!     .with_flags(IntentFlags::ACTIVITY_CLEAR_TOP);
//! let uri = intent.to_uri(UriScheme::Intent)?;
//! assert_eq!(
//!     uri,
//!     "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
//!      component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end"
//! );
//! // A URI always has an action: the parser puts in VIEW.
//! let back = Intent::parse_uri(&uri, ParseFlags::INTENT_SCHEME)?;
//! assert_eq!(back, intent.with_action(Intent::ACTION_VIEW));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | | |
//! |---|---|
//! | [`Intent`] | built like in Java; [`Intent::to_uri`], [`Intent::parse_uri`], [`Intent::check_round_trip`] |
//! | [`AndroidUri`] | a text as `android.net.Uri` takes it, verbatim, with its getters and its percent-encoding |
//! | [`filter`] | `IntentFilter.match` |
//! | [`manifest`] | `<activity>` with its `<intent-filter>`, as XML |
//! | [`Sanitizer`] | what to take out of a URI from an untrusted source |
//!
//! The source is AOSP android-16.0.0_r2 (Intent.java, Uri.java, UriCodec.java, ComponentName.java, Rect.java,
//! ArrayMap.java), whose recorded behaviour the tests check this module against. The class files of Android
//! 14 and 15 were run beside it; the older releases 23, 29, 31 and 33 were compared by reading.
//!
//! # What differs between releases
//!
//! [`AndroidVersion`] chooses; [`Intent::to_uri`] and [`Intent::parse_uri`] are Android 16. A level that was
//! not read behaves as the next one that was.
//!
//! | from API | what | before |
//! |---|---|---|
//! | 29 | `identifier=` | not written; an unknown item when read |
//! | 29 (24 here) | `+` in the scheme of an `intent:` URI; the host follows the last `@`, the port before the end; `\` ends the authority | no `+`: such data is written as it is; after the first `@`, up to the first `:`; `\` is a char like any other |
//! | 34 | `scheme=` is percent-encoded | written raw, so that a crafted selector could bring items of its own (b/261858325) |
//! | 35 | `extendedLaunchFlags=` | not written; an unknown item when read |
//! | 35 | flags after `0x` are read as unsigned where they are too large for an `int` | `NumberFormatException`, even for what `toUri` wrote |
//! | 35 | the package of an `android-app:` URI is percent-encoded; so are the data's parts, if the platform flag `encode_app_intent` is on ([`AndroidVersion::with_app_intent_encoding`]; whether release builds have it on was not checked) | written and read raw |
//! | 35 | an item without `;` is the error `uri end not found` (CVE-2024-40675) | its value counts as empty, and the text is read again from its start: mostly another error, for some texts a loop without end, which is [`ParseUriError::Endless`] here |
//!
//! # What is not as on a device
//!
//! - Floating point is written with the shortest digits that read back, on every version. That is what Android 16 does for
//!   `float`. For `double` (and on older releases for both) Android uses an older algorithm whose digits are not always
//!   the shortest: about 0.3 % of random doubles, and 11 % of random floats, print longer there (`2.0E23` is
//!   `1.9999999999999998E23`). Both texts read back to the same number. The
//!   printers come with a module that is updated apart from the release, so that a device may differ from its level; that was
//!   not checked.
//! - A Rust text cannot hold a lone surrogate. Where Android would keep one, there is U+FFFD; where it would
//!   encode one, there is `%3F`, as on Android. An [`Extra::Char`] holds any UTF-16 unit.
//! - API 23 to 25 use another percent-decoder, which was not compared.
//! - In a URI with overlapping keys (an item without `=` takes its key up to the `=` of a later one) such
//!   keys may have 1 MiB together; on Android the memory is the limit.
//!
//! # Cost
//!
//! Writing and parsing are linear in the length of the text, apart from the sort of categories and extras,
//! which takes n log n steps whatever their hashes are. Every length is bounded by a small multiple of the
//! URI's.
//!
//! An intent that was read keeps its URI and the places of its texts in it. A text that is written there as
//! `toUri` writes it is neither copied nor decoded, and is copied as it is when the intent is written again.
//! [`Intent::parse_uri`] allocates one block for the URI, one for each collection and one for each other
//! text. [`Intent::to_uri`] allocates once for an intent that was read, and more often for one that was built,
//! whose text doubles its room as it grows.

mod android_uri;
mod codec;
mod component;
mod error;
mod extra;
pub mod filter;
mod flags;
mod java_number;
mod kept;
pub mod manifest;
mod model;
mod parse;
mod parse_items;
mod round_trip;
mod sanitize;
mod version;
mod write;

pub use android_uri::AndroidUri;
pub use component::{Component, SourceBounds};
pub use error::{ParseUriError, SyntaxReason, ToUriError};
pub use extra::Extra;
pub use flags::{IntentFlags, ParseFlags, UriScheme};
pub use model::Intent;
pub use round_trip::{Change, Loss, LossCause};
pub use sanitize::{Sanitized, Sanitizer, Stripped};
pub use version::AndroidVersion;
