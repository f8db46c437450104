use std::fmt;

/// Why a tap has no ext. None of this is an error: the app opens, and that is all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoExt {
    /// There are no extras: the app was opened by its icon or a link, or the vendor gives nothing for this click action.
    Empty,
    /// The ext is there, and empty: no character, or the word `null` that Java prints where there is none.
    EmptyExt,
    /// There are keys of the vendor, and no others: the sender attached nothing.
    OnlySystemKeys,
    /// The payload is a vendor's, and none of its other keys is an ext: the push did not come from Tencent Cloud Chat.
    NoExtKey,
    /// No key is one that a vendor or Tencent writes: the payload is nobody's, the app was opened by something else.
    NotAPush,
}

impl fmt::Display for NoExt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Empty => "there are no extras",
            Self::EmptyExt => "the ext is empty",
            Self::OnlySystemKeys => "only the vendor's own keys are there",
            Self::NoExtKey => "a vendor's payload without an ext",
            Self::NotAPush => "no key of any vendor: not a push",
        })
    }
}
