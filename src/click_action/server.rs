//! What vendors take, in Tencent's console and in their own server interfaces, and whether the ext comes with a tap.

use serde_json::Value;

use super::{ClickAction, ClickActionError, ClickKind, Screen};
use crate::secret::Hidden;
use crate::vendor::{LimitField, LimitProfile, Source, Vendor, limit};

impl ClickAction {
    /// The action in the vendor's own server interface: the path of each field, with dots between the levels (for Xiaomi the
    /// name of a form parameter, which has a dot of its own), and its value, a number or a text. Empty where saying nothing
    /// means it (FCM and APNs, the app).
    ///
    /// Xiaomi, Huawei, Honor and vivo get a screen's intent URI, OPPO and Meizu its class name, FCM its action, HarmonyOS its data
    /// URI or action.
    ///
    /// ```
    /// use tim_offline_push::click_action::ClickAction;
    /// use tim_offline_push::vendor::Vendor;
    ///
    /// let fields = ClickAction::OpenApp.server_fields(Vendor::Xiaomi)?;
    /// assert_eq!(fields, [("extra.notify_effect", "1".into())]);
    /// # Ok::<(), tim_offline_push::click_action::ClickActionError>(())
    /// ```
    ///
    /// # Errors
    /// [`ClickActionError`], as for the console.
    pub fn server_fields(&self, vendor: Vendor) -> Result<Vec<(&'static str, Value)>, ClickActionError> {
        let kind = self.kind();
        let not_offered = ClickActionError::NotOffered { vendor, kind };
        let Some(row) = server_row(vendor) else {
            return if kind == ClickKind::App { Ok(Vec::new()) } else { Err(not_offered) };
        };
        let [app, web, screen] = row.numbers;
        let number_of = match kind {
            ClickKind::App => app,
            ClickKind::Web => web,
            ClickKind::Screen => screen,
        };
        // Xiaomi takes it as a text.
        let number =
            |own: u8| if vendor == Vendor::Xiaomi { own.to_string().into() } else { Value::from(own) };
        let mut fields: Vec<_> =
            number_of.map(number).map(|number| (row.field, number)).into_iter().collect();
        let value = match self {
            Self::OpenApp => return Ok(fields),
            Self::OpenWeb(_) if web.is_none() => return Err(not_offered),
            Self::OpenWeb(link) => ConsoleValue::new(Sort::Url, link.as_str()),
            Self::OpenScreen(screen) => screen_value(screen, vendor)?,
        };
        if let Some(path) = checked_field(vendor, &value)? {
            fields.push((path, value.text.0.as_ref().into()));
        }
        Ok(fields)
    }
}

/// How one vendor's server interface names the three actions.
struct ServerRow {
    vendor: Vendor,
    /// Path of the field that holds the action's number.
    field: &'static str,
    /// The numbers of [`ClickKind::ALL`].
    numbers: [Option<u8>; 3],
    /// Path of the field with the web page's address; `None` where no public document names it.
    web_field: Option<&'static str>,
    /// Path of the field that names the screen.
    screen_field: &'static str,
}

/// The vendor's server interface. APNs has none for this: a tap opens the app. FCM has no number, only a field for an intent
/// action.
fn server_row(vendor: Vendor) -> Option<&'static ServerRow> {
    ROWS.iter().find(|row| row.vendor == vendor)
}

/// Sources read 2026-11-22.
const ROWS: &[ServerRow] = &[
    // Without the field only the app's callback is called; extra takes 10 pairs and 1,024 characters.
    // https://github.com/modood/pushapi (xiaomipush/message.go)
    ServerRow {
        vendor: Vendor::Xiaomi,
        field: "extra.notify_effect",
        numbers: [Some(1), Some(3), Some(2)],
        web_field: Some("extra.web_uri"),
        screen_field: "extra.intent_uri",
    },
    // Intent wins over action if both are given.
    // https://developer.huawei.com/consumer/cn/doc/HMSCore-Guides/andorid-basic-clickaction-0000001087554076
    ServerRow {
        vendor: Vendor::Huawei,
        field: "android.notification.click_action.type",
        numbers: [Some(3), Some(2), Some(1)],
        web_field: Some("android.notification.click_action.url"),
        screen_field: "android.notification.click_action.intent",
    },
    // An action may be named in place of the intent.
    // https://xie.infoq.cn/article/575b0e405029cfdd8652288fa
    ServerRow {
        vendor: Vendor::Honor,
        field: "android.notification.clickAction.type",
        numbers: [Some(3), Some(2), Some(1)],
        web_field: None,
        screen_field: "android.notification.clickAction.intent",
    },
    // 1 opens by intent action (click_action_activity), 5 by intent scheme URL (click_action_url); 3 is unused.
    // https://github.com/modood/pushapi (oppopush/message.go)
    ServerRow {
        vendor: Vendor::Oppo,
        field: "click_action_type",
        numbers: [Some(0), Some(2), Some(4)],
        web_field: Some("click_action_url"),
        screen_field: "click_action_activity",
    },
    // 3 calls back the app only.
    // https://github.com/modood/pushapi (vivopush/message.go)
    ServerRow {
        vendor: Vendor::Vivo,
        field: "skipType",
        numbers: [Some(1), Some(2), Some(4)],
        web_field: Some("skipContent"),
        screen_field: "skipContent",
    },
    // 3, custom, is withdrawn since Android 12.
    // https://github.com/MEIZUPUSH/PushAPI (README.md)
    ServerRow {
        vendor: Vendor::Meizu,
        field: "clickTypeInfo.clickType",
        numbers: [Some(0), Some(2), Some(1)],
        web_field: Some("clickTypeInfo.url"),
        screen_field: "clickTypeInfo.activity",
    },
    // The field is an intent action; without it the launcher activity is opened, with the data as extras.
    // https://github.com/firebase/firebase-android-sdk (messaging, Constants.java)
    ServerRow {
        vendor: Vendor::Fcm,
        field: "android.notification.click_action",
        numbers: [None, None, None],
        web_field: None,
        screen_field: "android.notification.click_action",
    },
    // Action may be named in place of uri; it must stand in the ability's skills.
    // https://blog.csdn.net/pisceshsu/article/details/142434263
    ServerRow {
        vendor: Vendor::HarmonyOs,
        field: "payload.notification.clickAction.actionType",
        numbers: [Some(0), None, Some(1)],
        web_field: None,
        screen_field: "payload.notification.clickAction.uri",
    },
];

/// What is typed into the console.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ConsoleValue {
    pub(super) sort: Sort,
    pub(super) text: Hidden,
}

/// What sort of text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    Url,
    IntentUri,
    ClassName,
    IntentAction,
    WantUri,
    WantAction,
}

impl ConsoleValue {
    pub(super) fn new(sort: Sort, text: &str) -> Self {
        Self { sort, text: Hidden(text.into()) }
    }
}

impl Sort {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Url => "web page",
            Self::IntentUri => "intent URI",
            Self::ClassName => "class name",
            Self::IntentAction => "intent action",
            Self::WantUri => "uri of the want",
            Self::WantAction => "action of the want",
        }
    }
}

/// What a vendor opens a screen by.
pub(super) fn screen_value(screen: &Screen, vendor: Vendor) -> Result<ConsoleValue, ClickActionError> {
    let action = screen.intent().action();
    let (sort, text) = match vendor {
        Vendor::Xiaomi | Vendor::Huawei | Vendor::Honor | Vendor::Vivo => {
            (Sort::IntentUri, screen.intent_uri())
        }
        Vendor::Oppo | Vendor::Meizu => (Sort::ClassName, screen.class_name()),
        Vendor::HarmonyOs => match (screen.intent().data(), action) {
            (Some(data), _) => (Sort::WantUri, data.as_str()),
            (None, Some(action)) => (Sort::WantAction, action),
            (None, None) => return Err(ClickActionError::NoWant { vendor }),
        },
        Vendor::Fcm => (Sort::IntentAction, action.ok_or(ClickActionError::NoAction { vendor })?),
        Vendor::Apns => return Err(ClickActionError::NotOffered { vendor, kind: ClickKind::Screen }),
    };
    Ok(ConsoleValue::new(sort, text))
}

/// Holds a value against what the vendor's server takes, to which Tencent's hands it on. Gives the field that takes it, if a
/// public document names it.
pub(super) fn checked_field(
    vendor: Vendor,
    value: &ConsoleValue,
) -> Result<Option<&'static str>, ClickActionError> {
    let Some(row) = server_row(vendor) else { return Ok(None) };
    let field = match value.sort {
        Sort::Url => row.web_field,
        Sort::WantAction => Some("payload.notification.clickAction.action"),
        Sort::IntentUri | Sort::ClassName | Sort::IntentAction | Sort::WantUri => Some(row.screen_field),
    };
    // OPPO has two limits: the larger and newer one is that of addresses, the other still that of class names.
    let is_oppo_url = vendor == Vendor::Oppo && value.sort == Sort::Url;
    let profile = if is_oppo_url { LimitProfile::Latest } else { LimitProfile::Strict };
    match limit(vendor, LimitField::ClickTarget, profile) {
        Some(bound) if !bound.admits(&value.text.0) => Err(ClickActionError::TooLong {
            vendor,
            field: field.unwrap_or(row.field),
            length: bound.unit.measure(&value.text.0),
            bound,
        }),
        Some(_) | None => Ok(field),
    }
}

/// Whether a message's `ext` reaches the app after a tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ExtDelivery {
    /// It does.
    Delivered,
    /// It does not.
    NotDelivered,
    /// It does if the sender asks for it.
    IfAsked {
        /// The setting of the message, as the server interface spells it, that must have this value.
        setting: &'static str,
    },
}

/// Whether `ext` reaches the app with this action, and the document that says so: the newest one, since vendors have changed
/// it. `None` if the vendor has no such action, or no document says.
///
/// ```
/// use tim_offline_push::click_action::{ClickKind, ExtDelivery, ext_delivery};
/// use tim_offline_push::vendor::Vendor;
///
/// let delivery = |vendor, kind| ext_delivery(vendor, kind).map(|(delivery, _)| delivery);
/// assert_eq!(delivery(Vendor::Vivo, ClickKind::Screen), Some(ExtDelivery::Delivered));
/// assert_eq!(delivery(Vendor::Vivo, ClickKind::Web), Some(ExtDelivery::NotDelivered));
/// assert_eq!(
///     delivery(Vendor::Huawei, ClickKind::Screen),
///     Some(ExtDelivery::IfAsked { setting: "AndroidInfo.ExtAsHuaweiIntentParam=1" }),
/// );
/// ```
pub fn ext_delivery(vendor: Vendor, kind: ClickKind) -> Option<(ExtDelivery, Source)> {
    let mut newest_first = EXT_ROWS.iter().rev();
    newest_first
        .find(|row| (row.0, row.1) == (vendor, kind))
        .map(|(_, _, delivery, source)| (*delivery, *source))
}

const CLICK_JUMP: Source = Source::read("https://cloud.tencent.com/document/product/269/100648");
const REST: Source = Source::read("https://trtc.io/document/77715");
const XIAOMI_OPEN_APP: Source =
    Source::read_on("https://cloud.tencent.com.cn/document/product/269/110427", "2026-11-29");
const HARMONY_API: Source =
    Source::read("https://im.sdk.qcloud.com/doc/HarmonyOS/classes/V2TIMOfflinePushInfo.html");
const HUAWEI_SETTING: ExtDelivery = ExtDelivery::IfAsked { setting: "AndroidInfo.ExtAsHuaweiIntentParam=1" };

/// Oldest first within a vendor and action. What Tencent's 2021 edition says of Huawei: it offers `ext` in the form, and
/// further down that some phones do not hand it over, so that it shows no way to read it.
const EXT_ROWS: &[ExtRow] = &[
    of_2021(Vendor::Xiaomi, ClickKind::App, ExtDelivery::Delivered),
    (Vendor::Xiaomi, ClickKind::App, ExtDelivery::NotDelivered, XIAOMI_OPEN_APP),
    of_2021(Vendor::Xiaomi, ClickKind::Web, ExtDelivery::NotDelivered),
    of_2021(Vendor::Xiaomi, ClickKind::Screen, ExtDelivery::Delivered),
    of_2021(Vendor::Huawei, ClickKind::App, ExtDelivery::NotDelivered),
    of_2021(Vendor::Huawei, ClickKind::Web, ExtDelivery::NotDelivered),
    of_2021(Vendor::Huawei, ClickKind::Screen, ExtDelivery::NotDelivered),
    (Vendor::Huawei, ClickKind::Screen, HUAWEI_SETTING, REST),
    (Vendor::Honor, ClickKind::Screen, ExtDelivery::Delivered, CLICK_JUMP),
    of_2021(Vendor::Oppo, ClickKind::App, ExtDelivery::Delivered),
    of_2021(Vendor::Oppo, ClickKind::Web, ExtDelivery::NotDelivered),
    of_2021(Vendor::Oppo, ClickKind::Screen, ExtDelivery::Delivered),
    of_2021(Vendor::Vivo, ClickKind::App, ExtDelivery::Delivered),
    of_2021(Vendor::Vivo, ClickKind::Web, ExtDelivery::NotDelivered),
    of_2021(Vendor::Vivo, ClickKind::Screen, ExtDelivery::Delivered),
    of_2021(Vendor::Meizu, ClickKind::App, ExtDelivery::Delivered),
    of_2021(Vendor::Meizu, ClickKind::Web, ExtDelivery::NotDelivered),
    of_2021(Vendor::Meizu, ClickKind::Screen, ExtDelivery::Delivered),
    of_2021(Vendor::Fcm, ClickKind::App, ExtDelivery::Delivered),
    (Vendor::Apns, ClickKind::App, ExtDelivery::Delivered, CLICK_JUMP),
    (Vendor::HarmonyOs, ClickKind::Screen, ExtDelivery::Delivered, HARMONY_API),
];

type ExtRow = (Vendor, ClickKind, ExtDelivery, Source);

const fn of_2021(vendor: Vendor, kind: ClickKind, delivery: ExtDelivery) -> ExtRow {
    (vendor, kind, delivery, Source::TENCENT_2021)
}
