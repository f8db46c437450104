use thiserror::Error;

use crate::error_code::error_code;
use crate::intent::filter::required_filter;
use crate::intent::manifest::{ComponentElement, ComponentKind, FilterElement};
use crate::intent::{
    Component, Intent, IntentFlags, Loss, LossCause, ParseFlags, ParseUriError, Sanitizer, Stripped,
    ToUriError, UriScheme,
};

/// A screen of the app that a tap opens: an intent that names the component, and keeps its meaning as a URI.
///
/// ```
/// use tim_offline_push::click_action::Screen;
///
/// let screen = Screen::new(
///     "com.tencent.qcloud.tim.tuikit",
///     "com.tencent.qcloud.tim.demo.chat.ChatActivity",
///     "pushscheme://com.tencent.qcloud.tim/detail",
/// )?;
/// assert_eq!(
///     screen.intent_uri(),
///     "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
///      component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end"
/// );
/// # Ok::<(), tim_offline_push::click_action::ScreenError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Screen {
    intent: Box<Intent>,
    component: Component,
    uri: Box<str>,
}

impl Screen {
    /// The screen of Tencent's example: a component, a data URI and `FLAG_ACTIVITY_CLEAR_TOP`, without which
    /// Huawei shows the page twice
    /// (<https://developer.huawei.com/consumer/cn/doc/HMSCore-Guides/andorid-basic-clickaction-0000001087554076>,
    /// read 2026-11-22).
    ///
    /// `package` is the application id; `class` the full name of the activity's class, which may lie in
    /// another package.
    ///
    /// # Errors
    /// As [`Screen::from_intent`].
    pub fn new(package: &str, class: &str, data: &str) -> Result<Self, ScreenError> {
        let component = Component::new(package, class);
        let intent = Intent::new().with_component(component).with_data(data);
        Self::from_intent(intent.with_flags(IntentFlags::ACTIVITY_CLEAR_TOP))
    }

    /// Takes any intent that a push may carry.
    ///
    /// An unset action is let through, though it is read back as `VIEW`: Tencent's own example has none.
    ///
    /// # Errors
    /// [`ScreenError`] names the first rule that the intent breaks.
    pub fn from_intent(intent: Intent) -> Result<Self, ScreenError> {
        let component = intent.component().ok_or(ScreenError::NoComponent)?;
        if !is_full_name(component.package()) {
            return Err(ScreenError::Package);
        }
        if !is_full_name(component.class()) {
            return Err(ScreenError::Class);
        }
        let own = Sanitizer::new().keeping_components_of(component.package());
        for stripped in own.sanitize(intent.clone()).stripped() {
            match stripped {
                Stripped::Selector => return Err(ScreenError::Selector),
                Stripped::GrantFlags(_) => return Err(ScreenError::GrantFlags),
                Stripped::ExtendedFlags => return Err(ScreenError::ExtendedFlags),
                Stripped::DataScheme(_) => return Err(ScreenError::DataScheme),
                // The app's own component, launch flags of any kind and any extra may stand in its own push.
                Stripped::Component | Stripped::Flags(_) | Stripped::FallbackUrl => {}
            }
        }
        if intent.data().is_some_and(|data| data.scheme().is_none()) {
            return Err(ScreenError::NoDataScheme);
        }
        let losses = intent.check_round_trip(UriScheme::Intent)?;
        if let Some(loss) = losses.into_iter().find(|loss| loss.cause() != Some(LossCause::DefaultAction)) {
            return Err(ScreenError::NotReadBack(loss));
        }
        let uri = intent.to_uri(UriScheme::Intent)?.into_boxed_str();
        Ok(Self { intent: Box::new(intent), component, uri })
    }

    /// Takes an intent URI that stands in a console already, or comes from a phone's log.
    ///
    /// It is kept as an intent: [`intent_uri`](Self::intent_uri) is what Android would write, with items in
    /// its order.
    ///
    /// ```
    /// use tim_offline_push::click_action::{Screen, ScreenError};
    ///
    /// let screen = Screen::from_uri("intent:#Intent;component=com.example.im/.ChatActivity;end")?;
    /// assert_eq!(screen.class_name(), "com.example.im.ChatActivity");
    /// assert_eq!(Screen::from_uri("com.example.im.ChatActivity"), Err(ScreenError::NotIntentUri));
    /// # Ok::<(), ScreenError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Screen::from_intent`], and if the text does not begin with `intent:` or cannot be read. Flags
    /// that hand on permissions are an error too, though a phone only drops them.
    pub fn from_uri(uri: &str) -> Result<Self, ScreenError> {
        if !uri.starts_with("intent:") {
            return Err(ScreenError::NotIntentUri);
        }
        let flags = ParseFlags::INTENT_SCHEME | ParseFlags::ALLOW_UNSAFE;
        Self::from_intent(Intent::parse_uri(uri, flags).map_err(ScreenError::Parse)?)
    }

    /// The intent.
    pub fn intent(&self) -> &Intent {
        &self.intent
    }

    /// The component.
    pub fn component(&self) -> &Component {
        &self.component
    }

    /// The intent URI, as `Intent.toUri(URI_INTENT_SCHEME)` writes it on the device.
    pub fn intent_uri(&self) -> &str {
        &self.uri
    }

    /// The full name of the activity's class.
    pub fn class_name(&self) -> &str {
        self.component.class()
    }

    /// The lines that the app's manifest needs, so that the intent is taken.
    ///
    /// If the app targets Android 13 (API 33) or newer, that Android refuses an intent from another app, and
    /// the vendor's push service is one, that matches no filter of the component it names. The filter is
    /// [`required_filter`]'s, with the category `DEFAULT`, so that an implicit intent finds the screen too.
    ///
    /// ```
    /// use tim_offline_push::click_action::Screen;
    ///
    /// let screen = Screen::new("com.example.im", "com.example.im.ChatActivity", "chat://im/detail")?;
    /// let lines = screen.manifest().to_string();
    /// assert!(lines.contains(r#"<category android:name="android.intent.category.DEFAULT" />"#));
    /// assert!(lines.contains(r#"android:exported="true""#));
    /// # Ok::<(), tim_offline_push::click_action::ScreenError>(())
    /// ```
    pub fn manifest(&self) -> ComponentElement {
        let filter = required_filter(&self.intent).with_category(Intent::CATEGORY_DEFAULT);
        self.activity()
            .with_exported(true)
            .with_known("launchMode", "singleTask")
            .with_filter(FilterElement::from(&filter))
    }

    /// The lines exactly as Tencent's Android offline-push document (2021 edition) has them: no category, not
    /// marked as exported, in portrait with its soft-input mode. An app that targets Android 12 or newer
    /// cannot be installed with them.
    pub fn manifest_of_2021(&self) -> ComponentElement {
        self.activity()
            .with_known("launchMode", "singleTask")
            .with_known("screenOrientation", "portrait")
            .with_known("windowSoftInputMode", "adjustResize|stateHidden")
            .with_filter(FilterElement::from(&required_filter(&self.intent)))
    }

    fn activity(&self) -> ComponentElement {
        ComponentElement::new(ComponentKind::Activity, self.class_name())
    }
}

/// Names separated by dots, at least two; each begins with a letter, `_` or `$`.
pub(crate) fn is_full_name(name: &str) -> bool {
    name.contains('.')
        && name.split('.').all(|part| {
            part.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '$'))
                && part.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '$'))
        })
}

/// Why an intent cannot be what a tap opens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ScreenError {
    /// It names no component.
    #[error("screen has no component: name the package and the activity's class")]
    NoComponent,
    /// The package is not an application id.
    #[error(
        "package of the screen is not an application id: names separated by dots, such as com.example.im"
    )]
    Package,
    /// The class is not the full name of a class.
    #[error("class of the screen is not a full class name, such as com.example.im.ChatActivity")]
    Class,
    /// It has a selector, which replaces it when it is resolved.
    #[error("screen has a selector, which has no business in a push")]
    Selector,
    /// It hands on permissions for its data; the parser drops those flags.
    #[error("flags of the screen hand on permissions for its data, which has no business in a push")]
    GrantFlags,
    /// It sets extended flags, which are the system's.
    #[error("extended flags of the screen are the system's to set")]
    ExtendedFlags,
    /// Its data reaches files, content providers or script.
    #[error(
        "data of the screen has a scheme that reaches files, providers or script, which has no business in a push"
    )]
    DataScheme,
    /// Its data has no scheme, so that the whole URI would be read as data.
    #[error("data of the screen has no scheme, such as the pushscheme of pushscheme://com.example.im/detail")]
    NoDataScheme,
    /// Its URI would be read back as something else.
    #[error("screen does not keep its meaning as a uri: {0}")]
    NotReadBack(Loss),
    /// It cannot be written as a URI.
    #[error(transparent)]
    ToUri(#[from] ToUriError),
    /// The text does not begin with `intent:`, so a vendor's service would take all of it for data.
    #[error("text does not begin with intent:, so that all of it is data")]
    NotIntentUri,
    /// The text begins with `intent:` and is no intent URI.
    #[error("intent uri: {0}")]
    Parse(ParseUriError),
}

impl ScreenError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("screen", self)
    }
}
