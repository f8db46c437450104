use super::{ConsoleRow, SetupSheet, VendorSheet};
use crate::certificate::{ConsoleForm, FieldValue, FormField, console_form};
use crate::click_action::{ClickAction, ConsoleChoice, ExtDelivery, ManifestStyle, ext_delivery};
use crate::doctor::App;
use crate::registrar::NotificationChannel;
use crate::vendor::wiring::wiring;
use crate::vendor::{NotificationChannelNeed, Vendor, app_keys, notification_rule, requirement};

impl SetupSheet {
    /// The sheet for an app.
    pub fn new(app: &App) -> Self {
        let mut questions = Vec::new();
        check_packages(app, &mut questions);
        let vendors: Vec<VendorSheet> =
            app.vendors().iter().map(|vendor| vendor_sheet(app, vendor, &mut questions)).collect();
        let mut manifest: Vec<String> = Vec::new();
        for vendor in app.vendors().iter().filter(|vendor| is_android(*vendor)) {
            if let Some(ClickAction::OpenScreen(screen)) = app.click_action(vendor) {
                let element = screen.manifest(ManifestStyle::Implicit).to_string();
                if !manifest.contains(&element) {
                    manifest.push(element);
                }
            }
        }
        let channel_code =
            app.vendors().iter().any(creates_channel).then(|| app.channel().map(channel_code)).flatten();
        Self {
            package: app.package().to_owned(),
            vendors,
            manifest,
            channel_code,
            takes_effect_within_minutes: ConsoleForm::TAKES_EFFECT_WITHIN_MINUTES,
            open_questions: questions,
        }
    }
}

fn vendor_sheet(app: &App, vendor: Vendor, questions: &mut Vec<String>) -> VendorSheet {
    let keys = app_keys(vendor);
    let wiring = wiring(vendor);
    let requirement = requirement(vendor);
    let form = console_form(vendor);
    VendorSheet {
        vendor,
        client_keys: keys.map(|keys| keys.client.to_vec()).unwrap_or_default(),
        client_place: keys.map(|keys| keys.place).unwrap_or_default(),
        server_only: keys.map(|keys| keys.server_only.to_vec()).unwrap_or_default(),
        sdk_call: wiring.map(|wiring| wiring.call).unwrap_or_default(),
        requires_2021: requirement.and_then(|requirement| {
            let system = requirement.system_2021?;
            Some(requirement.sdk_2021.map_or_else(|| system.to_owned(), |sdk| format!("{system}; {sdk}")))
        }),
        requires_today: requirement
            .map(|requirement| {
                [requirement.system_today, requirement.sdks_today]
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join("; SDK ")
            })
            .unwrap_or_default(),
        console: form
            .map(|form| form.fields.iter().map(|field| row(app, vendor, field, questions)).collect())
            .unwrap_or_default(),
        notes: [form.map(|form| form.note.to_owned()), wiring.map(|wiring| wiring.note.to_owned())]
            .into_iter()
            .chain([ext_note(app, vendor, questions)])
            .flatten()
            .filter(|note| !note.is_empty())
            .collect(),
        config_key: config_key(vendor),
        event: wiring.map(|wiring| wiring.event).unwrap_or_default(),
    }
}

fn row(app: &App, vendor: Vendor, field: &FormField, questions: &mut Vec<String>) -> ConsoleRow {
    let mut literal = true;
    let value = match field.value {
        FieldValue::Package => app.package().to_owned(),
        FieldValue::NotificationChannel => {
            let (value, is_literal) = channel_value(app, vendor, questions);
            literal = is_literal;
            value
        }
        FieldValue::BadgeActivity => app.badge_activity().map_or_else(
            || {
                literal = false;
                "the full class name of the launcher's activity, if the icon shall bear a badge".to_owned()
            },
            str::to_owned,
        ),
        FieldValue::MessageClass => {
            notification_rule(vendor).and_then(|rule| rule.chat_class).map_or_else(String::new, str::to_owned)
        }
        FieldValue::ClickAction => {
            return ConsoleRow { in_2021: field.in_2021, ..click_row(app, vendor, field.label, questions) };
        }
        FieldValue::FromVendor(name) => {
            literal = false;
            format!("{name}, from {}", console(vendor))
        }
        FieldValue::Secret(name) => {
            literal = false;
            format!("{name}, from {}; never in the app", console(vendor))
        }
        FieldValue::Choice(text) => {
            literal = false;
            text.to_owned()
        }
    };
    ConsoleRow { label: field.label, value, literal, secret: field.is_secret(), in_2021: field.in_2021 }
}

fn click_row(app: &App, vendor: Vendor, label: &'static str, questions: &mut Vec<String>) -> ConsoleRow {
    let mut row = ConsoleRow { label, value: String::new(), literal: false, secret: false, in_2021: true };
    let Some(action) = app.click_action(vendor) else {
        questions.push(format!("{vendor}: what does a tap open? the app, a web page or a screen"));
        row.value.push_str("to be decided");
        return row;
    };
    match action.console_entry(vendor) {
        Ok(entry) => {
            let choice = entry.choice().map(ConsoleChoice::label).unwrap_or_default();
            row.value = match entry.value() {
                Some(value) => format!("{choice}, {}: `{value}`", value.sort()),
                None => choice.to_owned(),
            };
            if let Some(advice) = entry.advice() {
                row.value = format!("{}: {advice}", row.value);
            }
        }
        Err(error) => {
            questions.push(format!("{vendor}: {error}"));
            row.value.push_str("to be decided");
        }
    }
    row
}

/// The channel to name, and whether it is to be typed as it stands.
fn channel_value(app: &App, vendor: Vendor, questions: &mut Vec<String>) -> (String, bool) {
    if notification_rule(vendor).is_some_and(|rule| rule.channel == NotificationChannelNeed::MadeInConsole) {
        return (format!("the id of the channel made in {}", console(vendor)), false);
    }
    if let Some(id) = app.channel().map(NotificationChannel::id).filter(|id| !id.is_empty()) {
        return (id.to_owned(), true);
    }
    if creates_channel(vendor) {
        questions.push(format!(
            "{vendor}: which notification channel does the app create? without one Android 8 and newer show nothing"
        ));
    }
    ("the id of the notification channel, if there is one".to_owned(), false)
}

/// Whether the ext reaches the app with what a tap opens there.
fn ext_note(app: &App, vendor: Vendor, questions: &mut Vec<String>) -> Option<String> {
    let action = app.click_action(vendor).filter(|_| app.expects_ext())?;
    match ext_delivery(vendor, action.kind())?.delivery {
        ExtDelivery::Delivered => None,
        ExtDelivery::NotDelivered => {
            questions.push(format!(
                "{vendor}: the message's ext does not arrive when a tap is to {}",
                action.kind()
            ));
            None
        }
        ExtDelivery::IfAsked { setting } => Some(format!("the message's ext arrives only with {setting}")),
    }
}

/// Screens of another package, and a package that is none.
fn check_packages(app: &App, questions: &mut Vec<String>) {
    let is_package = app.package().contains('.')
        && app.package().chars().all(|char| char.is_alphanumeric() || matches!(char, '.' | '_'));
    if !is_package {
        questions.push("the app's package is no package name such as com.example.im".to_owned());
    }
    for vendor in app.vendors().iter() {
        if let Some(ClickAction::OpenScreen(screen)) = app.click_action(vendor) {
            if screen.component().package() != app.package() {
                questions.push(format!("{vendor}: the screen belongs to another package than the app"));
            }
        }
    }
}

/// Where the vendor's values are found.
const fn console(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Xiaomi => "Xiaomi's console",
        Vendor::Huawei | Vendor::HarmonyOs => "AppGallery Connect",
        Vendor::Honor => "Honor's console",
        Vendor::Oppo => "OPPO's console",
        Vendor::Vivo => "vivo's console",
        Vendor::Meizu => "Meizu's console",
        Vendor::Fcm => "the Firebase console",
        Vendor::Apns => "Apple's developer account",
    }
}

fn creates_channel(vendor: Vendor) -> bool {
    notification_rule(vendor).is_some_and(|rule| rule.channel == NotificationChannelNeed::CreatedByApp)
}

const fn is_android(vendor: Vendor) -> bool {
    !matches!(vendor, Vendor::Apns | Vendor::HarmonyOs)
}

/// The key in Tencent's `timpush-configs.json`, in Tencent's spelling.
const fn config_key(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Xiaomi => "xiaomiPushBussinessId",
        Vendor::Huawei => "huaweiPushBussinessId",
        Vendor::Honor => "honorPushBussinessId",
        Vendor::Oppo => "oppoPushBussinessId",
        Vendor::Vivo => "vivoPushBussinessId",
        Vendor::Meizu => "meizuPushBussinessId",
        Vendor::Fcm => "fcmPushBussinessId",
        Vendor::Apns | Vendor::HarmonyOs => "businessID",
    }
}

fn channel_code(channel: &NotificationChannel) -> String {
    let description = match channel.description() {
        "" => String::new(),
        text => format!("    channel.description = {}\n", quoted(text)),
    };
    format!(
        "if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O) {{\n    \
             val channel = NotificationChannel({}, {}, NotificationManager.IMPORTANCE_{})\n\
         {description}    \
             getSystemService(NotificationManager::class.java).createNotificationChannel(channel)\n}}\n",
        quoted(channel.id()),
        quoted(channel.name()),
        channel.importance().to_string().to_uppercase(),
    )
}

/// A Kotlin string literal.
fn quoted(text: &str) -> String {
    let mut literal = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' | '$' => literal.extend(['\\', char]),
            '\n' => literal.push_str("\\n"),
            char if char.is_control() => {}
            char => literal.push(char),
        }
    }
    literal.push('"');
    literal
}
