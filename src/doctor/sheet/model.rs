use serde::Serialize;

use crate::vendor::Vendor;

/// What to type where, vendor by vendor, for one app. `Display` writes it as Markdown in the order of Tencent's document:
/// vendor accounts, vendor SDKs, Tencent's certificates, the report. Made by [`SetupSheet::new`].
///
/// ```
/// use tim_offline_push::click_action::{ClickAction, Screen};
/// use tim_offline_push::doctor::{App, SetupSheet};
/// use tim_offline_push::registrar::NotificationChannel;
/// use tim_offline_push::vendor::{Vendor, VendorSet};
///
/// let screen = Screen::new("com.example.im", "com.example.im.ChatActivity", "pushscheme://com.example.im/detail")?;
/// let app = App::new("com.example.im")
///     .with_vendors(VendorSet::EMPTY.with(Vendor::Oppo))
///     .with_channel(NotificationChannel::new("chat", "Messages"))
///     .with_click_action(ClickAction::OpenScreen(screen));
/// let sheet = SetupSheet::new(&app);
/// assert!(sheet.open_questions.is_empty());
///
/// let markdown = sheet.to_string();
/// assert!(markdown.contains("| ChannelID | `chat` |"));
/// assert!(markdown.contains("`com.example.im.ChatActivity`"));
/// # Ok::<(), tim_offline_push::click_action::ScreenError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SetupSheet {
    /// The app's package name.
    pub package: String,
    /// One sheet for each vendor that the app wants.
    pub vendors: Vec<VendorSheet>,
    /// What the manifest needs so that the screens can be opened, if a tap opens one.
    pub manifest: Vec<String>,
    /// The code that creates the notification channel, if a vendor needs one made by the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_code: Option<String>,
    /// A saved certificate works after up to this many minutes.
    pub takes_effect_within_minutes: u32,
    /// What the app description leaves open or gets wrong. The sheet is complete once this is empty.
    pub open_questions: Vec<String>,
}

/// The part of a sheet that is about one vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VendorSheet {
    /// Which vendor.
    pub vendor: Vendor,
    /// The values to note in the vendor's console that go into the app.
    pub client_keys: Vec<&'static str>,
    /// Where the app keeps them.
    pub client_place: &'static str,
    /// The values that go to Tencent's console or a server, and never into the app.
    pub server_only: Vec<&'static str>,
    /// The SDK call to wire.
    pub sdk_call: &'static str,
    /// System and SDK in Tencent's document of 2021, if it knows the vendor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_2021: Option<String>,
    /// System and SDK today.
    pub requires_today: String,
    /// The fields of Tencent's certificate form.
    pub console: Vec<ConsoleRow>,
    /// What else to know.
    pub notes: Vec<String>,
    /// The key of the business id in Tencent's `timpush-configs.json`; on Apple's and HarmonyOS's side it stands in a file
    /// of its own, as `businessID`.
    pub config_key: &'static str,
    /// What the host tells the registrar.
    pub event: &'static str,
}

/// One field of a certificate form, filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConsoleRow {
    /// The field's name in the console.
    pub label: &'static str,
    /// What to type or choose. For what only the vendor's console knows, where it is found.
    pub value: String,
    /// Whether `value` is to be typed as it stands.
    pub literal: bool,
    /// Whether it is a secret.
    pub secret: bool,
    /// Whether Tencent's document of 2021 has the field.
    pub in_2021: bool,
}
