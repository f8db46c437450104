use std::collections::BTreeMap;

use crate::certificate::Market;
use crate::click_action::ClickAction;
use crate::registrar::NotificationChannel;
use crate::vendor::{Vendor, VendorSet};

/// What an app wants of offline push, as its developer would say it.
///
/// ```
/// use tim_offline_push::click_action::{ClickAction, Screen};
/// use tim_offline_push::doctor::App;
/// use tim_offline_push::registrar::NotificationChannel;
/// use tim_offline_push::vendor::{Vendor, VendorSet};
///
/// let chat = Screen::new("com.example.im", "com.example.im.ChatActivity", "pushscheme://com.example.im/detail")?;
/// let app = App::new("com.example.im")
///     .with_vendors(VendorSet::EMPTY.with(Vendor::Xiaomi).with(Vendor::Oppo))
///     .with_click_action(ClickAction::OpenScreen(chat))
///     .with_click_action_on(Vendor::Xiaomi, ClickAction::OpenApp)
///     .with_channel(NotificationChannel::new("chat", "Messages"))
///     .with_target_sdk(35);
/// assert_eq!(app.click_action(Vendor::Xiaomi), Some(&ClickAction::OpenApp));
/// assert_eq!(app.channel().map(NotificationChannel::id), Some("chat"));
/// # Ok::<(), tim_offline_push::click_action::ScreenError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct App {
    package: Box<str>,
    vendors: VendorSet,
    click_action: Option<ClickAction>,
    click_actions: BTreeMap<Vendor, ClickAction>,
    channel: Option<NotificationChannel>,
    badge_activity: Option<Box<str>>,
    target_sdk: Option<u32>,
    market: Option<Market>,
    expects_ext: bool,
}

impl App {
    /// An app with this application id that wants every channel.
    pub fn new(package: impl Into<Box<str>>) -> Self {
        Self {
            package: package.into(),
            vendors: VendorSet::ALL,
            click_action: None,
            click_actions: BTreeMap::new(),
            channel: None,
            badge_activity: None,
            target_sdk: None,
            market: None,
            expects_ext: true,
        }
    }

    /// The channels that it wants.
    #[must_use]
    pub fn with_vendors(self, vendors: VendorSet) -> Self {
        Self { vendors, ..self }
    }

    /// What a tap opens, on every channel that has no action of its own.
    #[must_use]
    pub fn with_click_action(self, action: ClickAction) -> Self {
        Self { click_action: Some(action), ..self }
    }

    /// What a tap opens on this channel.
    #[must_use]
    pub fn with_click_action_on(mut self, vendor: Vendor, action: ClickAction) -> Self {
        self.click_actions.insert(vendor, action);
        self
    }

    /// The notification channel that the app creates on the device, and whose id stands in the consoles.
    #[must_use]
    pub fn with_channel(self, channel: NotificationChannel) -> Self {
        Self { channel: Some(channel), ..self }
    }

    /// The full class name of the activity whose icon bears the badge: the launcher's.
    #[must_use]
    pub fn with_badge_activity(self, class: impl Into<Box<str>>) -> Self {
        Self { badge_activity: Some(class.into()), ..self }
    }

    /// The API level that the app targets.
    #[must_use]
    pub fn with_target_sdk(self, api_level: u32) -> Self {
        Self { target_sdk: Some(api_level), ..self }
    }

    /// Where the app's users are. Unset, nothing is judged by it.
    #[must_use]
    pub fn with_market(self, market: Market) -> Self {
        Self { market: Some(market), ..self }
    }

    /// Whether a tap is to hand over the message's `ext`; it is unless this says otherwise.
    #[must_use]
    pub fn expecting_ext(self, expects_ext: bool) -> Self {
        Self { expects_ext, ..self }
    }

    /// The application id.
    pub fn package(&self) -> &str {
        &self.package
    }

    /// The channels that it wants.
    pub const fn vendors(&self) -> VendorSet {
        self.vendors
    }

    /// What a tap opens on a channel, if the app says so.
    pub fn click_action(&self, vendor: Vendor) -> Option<&ClickAction> {
        self.click_actions.get(&vendor).or(self.click_action.as_ref())
    }

    /// The notification channel that the app creates.
    pub const fn channel(&self) -> Option<&NotificationChannel> {
        self.channel.as_ref()
    }

    /// The full class name of the activity whose icon bears the badge.
    pub fn badge_activity(&self) -> Option<&str> {
        self.badge_activity.as_deref()
    }

    /// The API level that the app targets.
    pub const fn target_sdk(&self) -> Option<u32> {
        self.target_sdk
    }

    /// Where the app's users are.
    pub const fn market(&self) -> Option<Market> {
        self.market
    }

    /// Whether a tap is to hand over the message's `ext`.
    pub const fn expects_ext(&self) -> bool {
        self.expects_ext
    }
}
