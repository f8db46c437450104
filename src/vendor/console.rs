//! What is typed into consoles: Tencent's forms for a vendor's certificate, and the receipts by which a
//! vendor tells Tencent that a push arrived or was tapped.

use serde::Serialize;

use super::Vendor;
use FieldValue::{
    BadgeActivity, Choice, ClickAction, FromVendor, MessageClass, NotificationChannel, Package, Secret,
};

/// A saved certificate works after up to this many minutes ([`Source::TENCENT_2021`](super::Source::TENCENT_2021)).
pub(crate) const TAKES_EFFECT_WITHIN_MINUTES: u32 = 10;

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct FormField {
    /// The field's name in the console.
    pub(crate) label: &'static str,
    /// What goes into it.
    pub(crate) value: FieldValue,
    /// Whether Tencent's document of 2021 has it.
    pub(crate) in_2021: bool,
}

impl FormField {
    /// Whether its value belongs to the console only, and never into an app.
    pub(crate) const fn is_secret(&self) -> bool {
        matches!(self.value, Secret(_))
    }
}

/// What goes into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "of")]
pub(crate) enum FieldValue {
    /// The app's package name, or bundle name.
    Package,
    /// A value from the vendor's console, under this name.
    FromVendor(&'static str),
    /// A secret from the vendor's console, under this name.
    Secret(&'static str),
    /// The id of a notification channel.
    NotificationChannel,
    /// The class of chat messages.
    MessageClass,
    /// The full class name of the launcher's activity, for the badge.
    BadgeActivity,
    /// What a tap opens.
    ClickAction,
    /// A choice that this text describes.
    Choice(&'static str),
}

/// The form for a vendor's certificate in Tencent's IM console: its fields, in their order. What is saved there
/// gets the business id, and works after up to ten minutes ([`TAKES_EFFECT_WITHIN_MINUTES`]).
pub(crate) fn console_form(vendor: Vendor) -> &'static [FormField] {
    FORMS.iter().find(|(of, _)| *of == vendor).map_or(&[], |(_, fields)| fields)
}

const fn of_2021(label: &'static str, value: FieldValue) -> FormField {
    FormField { label, value, in_2021: true }
}

const fn later(label: &'static str, value: FieldValue) -> FormField {
    FormField { label, value, in_2021: false }
}

const CLICK: FormField = of_2021("点击通知后", ClickAction);

/// The forms, in the order of [`Vendor::ALL`].
const FORMS: &[(Vendor, &[FormField])] = &[
    (
        Vendor::Xiaomi,
        &[
            of_2021("应用包名称", Package),
            of_2021("AppID", FromVendor("AppID")),
            of_2021("AppSecret", Secret("AppSecret")),
            CLICK,
            later("ChannelID", NotificationChannel),
            later("Region", Choice("the region of the app in Xiaomi's console")),
        ],
    ),
    (
        Vendor::Huawei,
        &[
            of_2021("应用包名称", Package),
            of_2021("AppID", FromVendor("APP ID")),
            of_2021("AppSecret", Secret("APP SECRET")),
            of_2021("角标参数", BadgeActivity),
            CLICK,
            later("Category", MessageClass),
        ],
    ),
    (
        Vendor::Oppo,
        &[
            of_2021("AppKey", FromVendor("AppKey")),
            of_2021("AppID", FromVendor("AppId")),
            of_2021("MasterSecret", Secret("MasterSecret")),
            of_2021("ChannelID", NotificationChannel),
            CLICK,
            later("Category", MessageClass),
            later("Private template", Choice("the id of a private-message template, if there is one")),
        ],
    ),
    (
        Vendor::Vivo,
        &[
            of_2021("AppKey", FromVendor("APP key")),
            of_2021("AppID", FromVendor("APP ID")),
            of_2021("AppSecret", Secret("APP secret")),
            CLICK,
            later("Category", MessageClass),
        ],
    ),
    (
        Vendor::Meizu,
        &[
            of_2021("应用包名称", Package),
            of_2021("AppID", FromVendor("App ID")),
            of_2021("AppSecret", Secret("App Secret")),
            CLICK,
            later("Message class", MessageClass),
        ],
    ),
    (
        Vendor::Fcm,
        &[
            of_2021("Private key file", Secret("service account's private key (JSON file)")),
            later("Message type", Choice("notification, or data for apps that show it themselves")),
            later("ChannelID", NotificationChannel),
        ],
    ),
    (
        Vendor::Honor,
        &[
            later("AppID", FromVendor("App ID")),
            later("Client ID", FromVendor("Client ID")),
            later("Client Secret", Secret("Client Secret")),
            later("角标参数", BadgeActivity),
            later("Importance", MessageClass),
            later("点击通知后", ClickAction),
        ],
    ),
    (
        Vendor::Apns,
        &[
            later("Certificate", Secret("p12 file and its password, or p8 key")),
            later("teamId, keyId, bundleId", FromVendor("teamId, keyId, bundleId (with a p8 key only)")),
            later("Environment", Choice("development and production are two certificates with an id each")),
            later("Mutable content", Choice("on, if pushes shall show images")),
        ],
    ),
    (
        Vendor::HarmonyOs,
        &[
            later("Service account key", Secret("service account key (JSON file)")),
            later("bundleName", Package),
            later("Category", MessageClass),
            later("点击通知后", ClickAction),
        ],
    ),
];

/// Tencent's hosts for receipts, each with the data center of the app that it serves. For HarmonyOS only the
/// first is documented.
pub(crate) const fn receipt_hosts() -> &'static [(&'static str, &'static str)] {
    &[
        ("China", "api.im.qcloud.com"),
        ("Singapore", "apisgp.im.qcloud.com"),
        ("Korea", "apikr.im.qcloud.com"),
        ("USA", "apiusa.im.qcloud.com"),
        ("Germany", "apiger.im.qcloud.com"),
        ("Indonesia", "apiidn.im.qcloud.com"),
    ]
}
