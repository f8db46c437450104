//! What vendors take, in Tencent's console and in their own server interfaces, and whether the ext comes with
//! a tap.

use serde_json::Value;

use super::{ClickAction, ClickActionError, ClickKind, Screen, WebLink};
use crate::secret::Hidden;
use crate::vendor::{LimitField, LimitProfile, Source, Vendor, limit};

impl ClickAction {
    /// The action in the vendor's own server interface: the path of each field, with dots between the levels
    /// (for Xiaomi the name of a form parameter, which has a dot of its own), and its value, a number or a
    /// text. Empty where saying nothing means it (FCM and APNs, the app).
    ///
    /// Xiaomi, Huawei, Honor and vivo get a screen's intent URI, OPPO and Meizu its class name, FCM its
    /// action, HarmonyOS its data URI or action.
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
        let not_offered = ClickActionError::NotOffered { vendor, kind: self.kind() };
        let Some(row) = server_row(vendor) else {
            return if *self == Self::OpenApp { Ok(Vec::new()) } else { Err(not_offered) };
        };
        let number = |place: usize| row.numbers.get(place).copied();
        let (number, value) = match self {
            Self::OpenApp => (number(0), None),
            Self::OpenWeb(_) if number(2).is_none() => return Err(not_offered),
            Self::OpenWeb(link) => (number(2), Some(ConsoleValue::of_page(link, vendor)?)),
            Self::OpenScreen(screen) => (number(1), Some(ConsoleValue::of_screen(screen, vendor)?)),
        };
        // Xiaomi takes it as a text.
        let is_text = vendor == Vendor::Xiaomi;
        let number = number.map(|own| if is_text { own.to_string().into() } else { Value::from(own) });
        let value = value.and_then(|value| Some((value.field?, value.text.0.as_ref().into())));
        Ok(number.map(|number| (row.field, number)).into_iter().chain(value).collect())
    }
}

/// How one vendor's server interface names the three actions.
struct ServerRow {
    /// The numbers of app, screen and web page, as far as the vendor has them.
    numbers: Vec<u8>,
    /// Path of the field that holds the action's number.
    field: &'static str,
    /// Path of the field that names the screen.
    screen_field: &'static str,
    /// Path of the field with the web page's address; `None` where no public document names it.
    web_field: Option<&'static str>,
}

/// The vendor's server interface. APNs has none for this: a tap opens the app. FCM has no number, only a
/// field for an intent action.
fn server_row(vendor: Vendor) -> Option<ServerRow> {
    let row = |line: &'static str| line.strip_prefix(vendor.as_str())?.strip_prefix(" | ");
    let mut columns = include_str!("server.txt").lines().find_map(row)?.split(" | ");
    let numbers = columns.next()?.split(' ').filter_map(|number| number.parse().ok()).collect();
    let (field, screen_field) = (columns.next()?, columns.next()?);
    Some(ServerRow { numbers, field, screen_field, web_field: columns.next() })
}

/// What is typed into the console: within the limit of the vendor's server, to which Tencent's hands it on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ConsoleValue {
    /// What sort of text it is, in words.
    pub(super) sort: &'static str,
    pub(super) text: Hidden,
    /// The field of the vendor's server that takes it, if a public document names it.
    field: Option<&'static str>,
}

impl ConsoleValue {
    /// A web page.
    pub(super) fn of_page(link: &WebLink, vendor: Vendor) -> Result<Self, ClickActionError> {
        let field = server_row(vendor).and_then(|row| row.web_field);
        // OPPO has two limits: the larger and newer one is that of addresses, the other still that of class
        // names.
        let profile = if vendor == Vendor::Oppo { LimitProfile::Latest } else { LimitProfile::Strict };
        Self { sort: "web page", text: Hidden(link.as_str().into()), field }.checked(vendor, profile)
    }

    /// What a vendor opens a screen by.
    pub(super) fn of_screen(screen: &Screen, vendor: Vendor) -> Result<Self, ClickActionError> {
        let action = screen.intent().action();
        let (sort, text) = match vendor {
            Vendor::Xiaomi | Vendor::Huawei | Vendor::Honor | Vendor::Vivo => {
                ("intent URI", screen.intent_uri())
            }
            Vendor::Oppo | Vendor::Meizu => ("class name", screen.class_name()),
            Vendor::HarmonyOs => match (screen.intent().data(), action) {
                (Some(data), _) => ("uri of the want", data.as_str()),
                (None, Some(action)) => {
                    let field = Some("payload.notification.clickAction.action");
                    let value = Self { sort: "action of the want", text: Hidden(action.into()), field };
                    return value.checked(vendor, LimitProfile::Strict);
                }
                (None, None) => return Err(ClickActionError::NoWant { vendor }),
            },
            Vendor::Fcm => ("intent action", action.ok_or(ClickActionError::NoAction { vendor })?),
            Vendor::Apns => return Err(ClickActionError::NotOffered { vendor, kind: ClickKind::Screen }),
        };
        Self::of_name(sort, text, vendor)
    }

    /// What stands in the vendor's field for a screen.
    pub(super) fn of_name(sort: &'static str, text: &str, vendor: Vendor) -> Result<Self, ClickActionError> {
        let field = server_row(vendor).map(|row| row.screen_field);
        Self { sort, text: Hidden(text.into()), field }.checked(vendor, LimitProfile::Strict)
    }

    fn checked(self, vendor: Vendor, profile: LimitProfile) -> Result<Self, ClickActionError> {
        let field = self.field.or_else(|| Some(server_row(vendor)?.field)).unwrap_or_default();
        match limit(vendor, LimitField::ClickTarget, profile) {
            Some(bound) if !bound.admits(&self.text.0) => {
                let length = bound.unit.measure(&self.text.0);
                Err(ClickActionError::TooLong { vendor, field, length, bound })
            }
            Some(_) | None => Ok(self),
        }
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

/// Whether `ext` reaches the app with this action, and the document that says so: the newest one, since
/// vendors have changed it. `None` if the vendor has no such action, or no document says.
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
    use ClickKind::{App, Screen, Web};
    use ExtDelivery::{Delivered, IfAsked, NotDelivered};
    use Vendor::{Apns, Fcm, HarmonyOs, Honor, Huawei, Meizu, Oppo, Vivo, Xiaomi};
    Some(match (vendor, kind) {
        // The edition of 2021 has it delivered.
        (Xiaomi, App) => (NotDelivered, XIAOMI_OPEN_APP),
        // The edition of 2021 offers ext in the form, and further down says that some phones do not hand it
        // over, so that it shows no way to read it.
        (Huawei, Screen) => (IfAsked { setting: "AndroidInfo.ExtAsHuaweiIntentParam=1" }, REST),
        (Oppo | Vivo | Meizu | Fcm, App) | (Xiaomi | Oppo | Vivo | Meizu, Screen) => {
            (Delivered, Source::TENCENT_2021)
        }
        (Xiaomi | Huawei | Oppo | Vivo | Meizu, Web) | (Huawei, App) => (NotDelivered, Source::TENCENT_2021),
        (Honor, Screen) | (Apns, App) => (Delivered, CLICK_JUMP),
        (HarmonyOs, Screen) => (Delivered, HARMONY_API),
        (Honor | HarmonyOs, App | Web) | (Fcm | Apns, Web | Screen) => return None,
    })
}

const CLICK_JUMP: Source = Source::read("https://cloud.tencent.com/document/product/269/100648");
const REST: Source = Source::read("https://trtc.io/document/77715");
const XIAOMI_OPEN_APP: Source =
    Source::read_on("https://cloud.tencent.com.cn/document/product/269/110427", "2026-11-29");
const HARMONY_API: Source =
    Source::read("https://im.sdk.qcloud.com/doc/HarmonyOS/classes/V2TIMOfflinePushInfo.html");
