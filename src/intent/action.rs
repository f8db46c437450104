use super::text::Text;

/// An action. The two that Android puts in by itself take no block of memory; a text equal to one of them is that one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Action {
    View,
    Main,
    Other(Text),
}

impl Action {
    pub(super) const VIEW: &'static str = "android.intent.action.VIEW";
    pub(super) const MAIN: &'static str = "android.intent.action.MAIN";

    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::View => Self::VIEW,
            Self::Main => Self::MAIN,
            Self::Other(text) => text.as_str(),
        }
    }

    pub(super) fn into_inner(self) -> Box<str> {
        match self {
            Self::View => Self::VIEW.into(),
            Self::Main => Self::MAIN.into(),
            Self::Other(text) => text.into_inner(),
        }
    }
}

impl From<Text> for Action {
    fn from(text: Text) -> Self {
        match text.as_str() {
            Self::VIEW => Self::View,
            Self::MAIN => Self::Main,
            _ => Self::Other(text),
        }
    }
}
