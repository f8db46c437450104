//! What is typed into consoles: Tencent's forms for a vendor's certificate, and the receipts by which a
//! vendor tells Tencent that a push arrived or was tapped.

use serde::Serialize;

use super::{Source, Vendor};
use FieldValue::{
    BadgeActivity, Choice, ClickAction, FromVendor, MessageClass, NotificationChannel, Package, Secret,
};

/// The form for one vendor's certificate in Tencent's IM console. What is saved there gets the business id,
/// and works after up to ten minutes ([`TAKES_EFFECT_WITHIN_MINUTES`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct ConsoleForm {
    /// Whose certificate.
    pub(crate) vendor: Vendor,
    /// The fields, in the form's order.
    pub(crate) fields: &'static [FormField],
    /// What else to know; may be empty.
    pub(crate) note: &'static str,
    /// Where the fields stand that Tencent's document of 2021 ([`Source::TENCENT_2021`]) does not have.
    pub(crate) source: Source,
}

/// A saved certificate works after up to this many minutes ([`Source::TENCENT_2021`]).
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

/// The form for a vendor's certificate.
pub(crate) fn console_form(vendor: Vendor) -> Option<&'static ConsoleForm> {
    FORMS.iter().find(|form| form.vendor == vendor)
}

const fn of_2021(label: &'static str, value: FieldValue) -> FormField {
    FormField { label, value, in_2021: true }
}

const fn later(label: &'static str, value: FieldValue) -> FormField {
    FormField { label, value, in_2021: false }
}

const CLICK: FormField = of_2021("点击通知后", ClickAction);
const CATEGORIES: Source = Source::read("https://cloud.tencent.com/document/product/269/130977");

/// The forms, in the order of [`Vendor::ALL`].
const FORMS: &[ConsoleForm] = &[
    form(Vendor::Xiaomi, XIAOMI, Source::TIMPUSH_SET_UP)
        .with_note("the package is the main package name of the app in Xiaomi's console"),
    form(Vendor::Huawei, HUAWEI, CATEGORIES)
        .with_note("newer forms name the pair Client ID and Client Secret"),
    form(Vendor::Oppo, OPPO, CATEGORIES)
        .with_note("the app itself creates the notification channel on Android 8 and newer; the AppSecret is for the app's SDK call, not for this form"),
    form(Vendor::Vivo, VIVO, CATEGORIES),
    form(Vendor::Meizu, MEIZU, CATEGORIES),
    form(Vendor::Fcm, FCM, Source::TIMPUSH_SET_UP)
        .with_note("the older certificate, a legacy server key, takes no notification channel"),
    form(Vendor::Honor, HONOR, Source::TIMPUSH_SET_UP),
    form(Vendor::Apns, APNS, Source::TENCENT_IOS_FAQ)
        .with_note("VoIP needs a certificate, and so an id, of its own"),
    form(Vendor::HarmonyOs, HARMONY_OS, Source::read("https://cloud.tencent.com/document/product/269/108892")),
];

const fn form(vendor: Vendor, fields: &'static [FormField], source: Source) -> ConsoleForm {
    ConsoleForm { vendor, fields, note: "", source }
}

impl ConsoleForm {
    const fn with_note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }
}

const XIAOMI: &[FormField] = &[
    of_2021("应用包名称", Package),
    of_2021("AppID", FromVendor("AppID")),
    of_2021("AppSecret", Secret("AppSecret")),
    CLICK,
    later("ChannelID", NotificationChannel),
    later("Region", Choice("the region of the app in Xiaomi's console")),
];

const HUAWEI: &[FormField] = &[
    of_2021("应用包名称", Package),
    of_2021("AppID", FromVendor("APP ID")),
    of_2021("AppSecret", Secret("APP SECRET")),
    of_2021("角标参数", BadgeActivity),
    CLICK,
    later("Category", MessageClass),
];

const OPPO: &[FormField] = &[
    of_2021("AppKey", FromVendor("AppKey")),
    of_2021("AppID", FromVendor("AppId")),
    of_2021("MasterSecret", Secret("MasterSecret")),
    of_2021("ChannelID", NotificationChannel),
    CLICK,
    later("Category", MessageClass),
    later("Private template", Choice("the id of a private-message template, if there is one")),
];

const VIVO: &[FormField] = &[
    of_2021("AppKey", FromVendor("APP key")),
    of_2021("AppID", FromVendor("APP ID")),
    of_2021("AppSecret", Secret("APP secret")),
    CLICK,
    later("Category", MessageClass),
];

const MEIZU: &[FormField] = &[
    of_2021("应用包名称", Package),
    of_2021("AppID", FromVendor("App ID")),
    of_2021("AppSecret", Secret("App Secret")),
    CLICK,
    later("Message class", MessageClass),
];

const FCM: &[FormField] = &[
    of_2021("Private key file", Secret("service account's private key (JSON file)")),
    later("Message type", Choice("notification, or data for apps that show it themselves")),
    later("ChannelID", NotificationChannel),
];

const HONOR: &[FormField] = &[
    later("AppID", FromVendor("App ID")),
    later("Client ID", FromVendor("Client ID")),
    later("Client Secret", Secret("Client Secret")),
    later("角标参数", BadgeActivity),
    later("Importance", MessageClass),
    later("点击通知后", ClickAction),
];

const APNS: &[FormField] = &[
    later("Certificate", Secret("p12 file and its password, or p8 key")),
    later("teamId, keyId, bundleId", FromVendor("teamId, keyId, bundleId (with a p8 key only)")),
    later("Environment", Choice("development and production are two certificates with an id each")),
    later("Mutable content", Choice("on, if pushes shall show images")),
];

const HARMONY_OS: &[FormField] = &[
    later("Service account key", Secret("service account key (JSON file)")),
    later("bundleName", Package),
    later("Category", MessageClass),
    later("点击通知后", ClickAction),
];

/// What has to be set up so that Tencent's statistics know what became of a vendor's pushes.
///
/// Tencent counts arrivals and taps for apps that bought its push service. Whether it counts them for other
/// apps is not documented: only a live test shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct ReceiptSetup {
    /// Whose pushes.
    pub(crate) vendor: Vendor,
    /// The path of Tencent's address for the vendor's receipts, which is typed into the vendor's console
    /// behind a host of [`receipt_hosts`]; `None` where there is nothing to type.
    pub(crate) path: Option<&'static str>,
    /// What to do, step by step. Empty if nothing.
    pub(crate) steps: &'static [&'static str],
    /// What keeps receipts from coming, or harms pushes.
    pub(crate) pitfalls: &'static [&'static str],
    /// Where this stands.
    pub(crate) source: Source,
}

impl ReceiptSetup {
    const fn steps(self, steps: &'static [&'static str]) -> Self {
        Self { steps, ..self }
    }

    const fn pitfalls(self, pitfalls: &'static [&'static str]) -> Self {
        Self { pitfalls, ..self }
    }

    /// The whole address for a data center, if the vendor takes one: `https://`, host and path.
    pub(crate) fn address(&self, host: &str) -> Option<String> {
        self.path.map(|path| format!("https://{host}{path}"))
    }
}

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

/// What has to be set up for a vendor's receipts.
pub(crate) fn receipt_setup(vendor: Vendor) -> Option<&'static ReceiptSetup> {
    SETUPS.iter().find(|setup| setup.vendor == vendor)
}

const VENDORS: Source = Source::read_on("https://trtc.io/document/73891", "2026-11-29");
const ADDRESSES: Source = Source::read_on("https://trtc.io/document/73890", "2026-11-29");
const FCM_RECEIPTS: Source = Source::read_on("https://trtc.io/document/60547", "2026-11-29");

const DEFAULT_SCREEN: &str = "with the console action \"open an in-app page\" taps count only with the value that the \
                              console fills in by default";
const ADDRESS: &str = "type Tencent's receipt address into the vendor's console";

const SETUPS: &[ReceiptSetup] = &[
    nothing(Vendor::Xiaomi),
    address(Vendor::Huawei, "/v3/offline_push_report/huawei").pitfalls(&[
        "certificates with an id up to 11344 use Huawei's version 2 and give no receipts: make a new certificate",
        DEFAULT_SCREEN,
    ]),
    nothing(Vendor::Oppo),
    address(Vendor::Vivo, "/v3/offline_push_report/vivo")
        .steps(&[
            ADDRESS,
            "type the receipt id that vivo's console then shows into the certificate in Tencent's console",
        ])
        .pitfalls(&["without the receipt id in the certificate nothing comes", DEFAULT_SCREEN]),
    address(Vendor::Meizu, "/v3/offline_push_report/meizu")
        .steps(&["switch receipts on in Meizu's console", ADDRESS])
        .pitfalls(&[
            "with the switch on and a missing or wrong address the pushes themselves fail",
            DEFAULT_SCREEN,
        ]),
    ReceiptSetup { source: FCM_RECEIPTS, ..nothing(Vendor::Fcm) }
        .steps(&["choose data messages in the FCM certificate"])
        .pitfalls(&["notification messages, the default, give neither arrivals nor taps"]),
    address(Vendor::Honor, "/v3/offline_push_report/honor"),
    nothing(Vendor::Apns)
        .steps(&[
            "switch mutable-content on in the certificate",
            "hand pushes to TIMPush in the notification service extension",
            "give app and extension the same App Group, and name it in applicationGroupID",
        ])
        .pitfalls(&["without mutable-content the extension does not run, and no arrival is counted"]),
    address(Vendor::HarmonyOs, "/v3/offline_push_report/harmony")
        .pitfalls(&["only the host of the Chinese data center is documented"]),
];

/// The vendor's receipts need no set-up.
const fn nothing(vendor: Vendor) -> ReceiptSetup {
    ReceiptSetup { vendor, path: None, steps: &[], pitfalls: &[DEFAULT_SCREEN], source: VENDORS }
}

/// The vendor's receipts need Tencent's address.
const fn address(vendor: Vendor, path: &'static str) -> ReceiptSetup {
    ReceiptSetup { path: Some(path), steps: &[ADDRESS], source: ADDRESSES, ..nothing(vendor) }
}
