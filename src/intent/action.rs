use super::item::TextItem;
use super::texts::{Text, Texts};

/// An action. The two that Android puts in by itself take no memory; a text equal to one of them is that one.
#[derive(Clone, Copy)]
pub(super) enum Action {
    View,
    Main,
    Other(Text),
}

impl Action {
    pub(super) const VIEW: &'static str = "android.intent.action.VIEW";
    pub(super) const MAIN: &'static str = "android.intent.action.MAIN";

    pub(super) fn as_str(self, texts: &Texts) -> &str {
        match self {
            Self::View => Self::VIEW,
            Self::Main => Self::MAIN,
            Self::Other(text) => texts.get(text.span),
        }
    }

    /// Keeps an action.
    pub(super) fn keep(texts: &mut Texts, action: &str) -> Self {
        Self::known(action).unwrap_or_else(|| Self::Other(texts.keep_text(TextItem::ACTION, action)))
    }

    /// One of the two.
    pub(super) fn known(action: &str) -> Option<Self> {
        match action {
            Self::VIEW => Some(Self::View),
            Self::MAIN => Some(Self::Main),
            _ => None,
        }
    }
}
