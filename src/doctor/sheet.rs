//! The set-up sheet: what to type where, in the order of Tencent's document.

use std::fmt;

use serde::Serialize;

use super::App;
use crate::click_action::{ExtDelivery, ext_delivery};
use crate::registrar::NotificationChannel;
use crate::vendor::{
    AppKeys, FieldValue, FormField, Lifetime, NotificationChannelNeed, NotificationRule, ReceiptSetup,
    Requirement, TAKES_EFFECT_WITHIN_MINUTES, Vendor, VendorSet, Wiring, app_keys, console_form, lifetime,
    notification_rule, receipt_hosts, receipt_setup, requirement, wiring,
};

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
    /// One part for each vendor that the app wants; for all of them if it does not say.
    vendors: Vec<VendorSheet>,
    /// What the manifest needs so that the screens can be opened, if a tap opens one.
    pub manifest: Vec<String>,
    /// The code that creates the notification channel, if a vendor needs one made by the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notification_channel_code: Option<String>,
    /// A saved certificate works after up to this many minutes.
    pub takes_effect_within_minutes: u32,
    /// What the app leaves open or gets wrong. The sheet is complete when this is empty.
    pub open_questions: Vec<String>,
}

/// The part of a sheet that is about one vendor: what is filled in for the app, and the facts with their sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct VendorSheet {
    vendor: Vendor,
    /// The values of the vendor's console that go into the app, and those that never do.
    keys: Option<&'static AppKeys>,
    wiring: Option<&'static Wiring>,
    requirement: Option<&'static Requirement>,
    /// The fields of Tencent's certificate form.
    console: Vec<SheetRow>,
    notes: Vec<String>,
    /// The key of the business id in Tencent's `timpush-configs.json`; on Apple's and HarmonyOS's side it stands in a file
    /// of its own, as `businessID`.
    config_key: String,
    notification: Option<&'static NotificationRule>,
    receipts: Option<&'static ReceiptSetup>,
    token_lifetime: Option<&'static Lifetime>,
}

/// One field of a certificate form, filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct SheetRow {
    label: &'static str,
    /// What to type or choose. For what only the vendor's console knows, where it is found.
    value: String,
    /// Whether `value` is to be typed as it stands.
    literal: bool,
    secret: bool,
    /// Whether Tencent's document of 2021 has the field.
    in_2021: bool,
}

impl SetupSheet {
    /// The sheet for an app.
    pub fn new(app: &App) -> Self {
        let mut questions = Vec::new();
        let wanted = app.vendors.unwrap_or(VendorSet::ALL);
        check_packages(app, wanted, &mut questions);
        let vendors = wanted.iter().map(|vendor| vendor_sheet(app, vendor, &mut questions)).collect();
        let mut manifest: Vec<String> = Vec::new();
        let android = wanted.without(Vendor::Apns).without(Vendor::HarmonyOs);
        for element in android.iter().filter_map(|vendor| Some(app.screen(vendor)?.manifest().to_string())) {
            if !manifest.contains(&element) {
                manifest.push(element);
            }
        }
        let channel = app.channel.as_ref().filter(|_| wanted.iter().any(creates_channel));
        Self {
            package: app.package.to_string(),
            vendors,
            manifest,
            notification_channel_code: channel.map(notification_channel_code),
            takes_effect_within_minutes: TAKES_EFFECT_WITHIN_MINUTES,
            open_questions: questions,
        }
    }
}

fn vendor_sheet(app: &App, vendor: Vendor, questions: &mut Vec<String>) -> VendorSheet {
    let wiring = wiring(vendor);
    let form = console_form(vendor);
    let fields = form.map(|form| form.fields).unwrap_or_default();
    let console = fields.iter().map(|field| row(app, vendor, field, questions)).collect();
    let notes = [form.map(|form| form.note), wiring.map(|wiring| wiring.note)];
    let notes = notes.into_iter().flatten().map(str::to_owned).chain(ext_note(app, vendor, questions));
    VendorSheet {
        vendor,
        keys: app_keys(vendor),
        wiring,
        requirement: requirement(vendor),
        console,
        notes: notes.filter(|note| !note.is_empty()).collect(),
        config_key: config_key(vendor),
        notification: notification_rule(vendor),
        receipts: receipt_setup(vendor),
        token_lifetime: lifetime(vendor),
    }
}

const BADGE_HINT: &str = "the full class name of the launcher's activity, if the icon shall bear a badge";

fn row(app: &App, vendor: Vendor, field: &FormField, questions: &mut Vec<String>) -> SheetRow {
    let literal = |text: &str| (text.to_owned(), true);
    let (value, literal) = match field.value {
        FieldValue::Package => literal(&app.package),
        FieldValue::NotificationChannel => channel_value(app, vendor, questions),
        FieldValue::BadgeActivity => match &app.badge_activity {
            Some(class) => literal(class),
            None => (BADGE_HINT.to_owned(), false),
        },
        FieldValue::MessageClass => {
            literal(notification_rule(vendor).and_then(|rule| rule.chat_class).unwrap_or_default())
        }
        FieldValue::ClickAction => (click_value(app, vendor, questions), false),
        FieldValue::FromVendor(name) => (format!("{name}, from {}", console(vendor)), false),
        FieldValue::Secret(name) => (format!("{name}, from {}; never in the app", console(vendor)), false),
        FieldValue::Choice(text) => (text.to_owned(), false),
    };
    SheetRow { label: field.label, value, literal, secret: field.is_secret(), in_2021: field.in_2021 }
}

fn click_value(app: &App, vendor: Vendor, questions: &mut Vec<String>) -> String {
    let entry = match app.click_action(vendor).map(|action| action.console_entry(vendor)) {
        Some(Ok(entry)) => entry,
        other => {
            let question = other.and_then(Result::err).map(|error| error.to_string());
            let what = "what does a tap open? the app, a web page or a screen";
            questions.push(format!("{vendor}: {}", question.as_deref().unwrap_or(what)));
            return "to be decided".to_owned();
        }
    };
    let value = entry.value().zip(entry.sort()).map(|(value, sort)| format!(", {sort}: `{value}`"));
    let advice = entry.advice().map(|advice| format!(": {advice}")).unwrap_or_default();
    format!("{}{}{advice}", entry.choice().unwrap_or_default(), value.unwrap_or_default())
}

/// The channel to name, and whether it is to be typed as it stands.
fn channel_value(app: &App, vendor: Vendor, questions: &mut Vec<String>) -> (String, bool) {
    if notification_rule(vendor).is_some_and(|rule| rule.channel == NotificationChannelNeed::MadeInConsole) {
        return (format!("the id of the channel made in {}", console(vendor)), false);
    }
    if let Some(id) = app.channel.as_ref().map(NotificationChannel::id).filter(|id| !id.is_empty()) {
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
    let kind = app.click_action(vendor).filter(|_| app.expects_ext != Some(false))?.kind();
    match ext_delivery(vendor, kind)?.0 {
        ExtDelivery::Delivered => None,
        ExtDelivery::NotDelivered => {
            questions.push(format!("{vendor}: the message's ext does not arrive when a tap is to {kind}"));
            None
        }
        ExtDelivery::IfAsked { setting } => Some(format!("the message's ext arrives only with {setting}")),
    }
}

/// Screens of another package, and a package that is none.
fn check_packages(app: &App, wanted: VendorSet, questions: &mut Vec<String>) {
    let is_package = app.package.contains('.')
        && app.package.chars().all(|char| char.is_alphanumeric() || matches!(char, '.' | '_'));
    if !is_package {
        questions.push("the app's package is no package name such as com.example.im".to_owned());
    }
    let is_other = |vendor: &Vendor| {
        app.screen(*vendor).is_some_and(|screen| *screen.component().package() != *app.package)
    };
    let others = wanted.iter().filter(is_other);
    questions
        .extend(others.map(|vendor| format!("{vendor}: the screen belongs to another package than the app")));
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

/// The key in Tencent's `timpush-configs.json`, in Tencent's spelling.
fn config_key(vendor: Vendor) -> String {
    if matches!(vendor, Vendor::Apns | Vendor::HarmonyOs) {
        return "businessID".to_owned();
    }
    format!("{}PushBussinessId", vendor.as_str().to_lowercase())
}

fn notification_channel_code(channel: &NotificationChannel) -> String {
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
    let escaped = |char: char| match char {
        '"' | '\\' | '$' => format!("\\{char}"),
        '\n' => "\\n".to_owned(),
        char if char.is_control() => String::new(),
        char => char.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

impl fmt::Display for SetupSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# Offline push for `{}`\n", self.package)?;
        if !self.open_questions.is_empty() {
            writeln!(f, "Open:\n")?;
            self.open_questions.iter().try_for_each(|question| writeln!(f, "- [ ] {question}"))?;
            writeln!(f)?;
        }
        f.write_str(ACCOUNTS)?;
        for sheet in &self.vendors {
            let Some(keys) = sheet.keys else { continue };
            let (client, server) = (keys.client.join(", "), keys.server_only.join(", "));
            writeln!(f, "| {} | {client} ({}) | {server} |", sheet.vendor, keys.place)?;
        }
        writeln!(f)?;
        self.sdks(f)?;
        writeln!(
            f,
            "## 3. Tencent's certificates\n\n\
             In the IM console, add one for each vendor. It takes effect within {} minutes.\n",
            self.takes_effect_within_minutes
        )?;
        self.vendors.iter().try_for_each(|sheet| certificate(f, sheet))?;
        f.write_str(REPORT)?;
        for sheet in &self.vendors {
            let event = sheet.wiring.map(|wiring| wiring.event).unwrap_or_default();
            writeln!(f, "| {} | `{}` | {event} |", sheet.vendor, sheet.config_key)?;
        }
        self.receipts(f)
    }
}

const ACCOUNTS: &str = "## 1. Vendor accounts\n\nRegister the app, switch push on, and note:\n\n\
    | vendor | into the app | never into the app |\n|---|---|---|\n";

const SDKS: &str = "## 2. Vendor SDKs\n\n\
    Wire each, and send a test message from the vendor's own console before going on.\n\n\
    | vendor | call | asks for (2021) | asks for today |\n|---|---|---|---|\n";

const REPORT: &str = "## 4. Report\n\n\
    The console shows an id for each certificate. Put it into `timpush-configs.json` (`businessID`: into\n\
    the file of the Apple or HarmonyOS app), and tell the registrar what the vendor's SDK says:\n\n\
    | vendor | key | event |\n|---|---|---|\n";

const RECEIPTS: &str = "\n## 5. Receipts, for statistics\n\n\
    Only if arrivals and clicks shall be counted, which Tencent does for apps that have its push service.\n\n\
    | vendor | address | to do | what goes wrong |\n|---|---|---|---|\n";

impl SetupSheet {
    fn sdks(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SDKS)?;
        for sheet in &self.vendors {
            let (Some(wiring), Some(requirement)) = (sheet.wiring, sheet.requirement) else { continue };
            let of_2021 = [requirement.system_2021, requirement.sdk_2021];
            let of_2021: Vec<_> = of_2021.into_iter().flatten().collect();
            let of_2021 = if of_2021.is_empty() { "–".to_owned() } else { of_2021.join("; ") };
            let (system, sdks) = (requirement.system_today, requirement.sdks_today);
            let today = if sdks.is_empty() { system.to_owned() } else { format!("{system}; SDK {sdks}") };
            writeln!(f, "| {} | {} | {of_2021} | {today} |", sheet.vendor, wiring.call)?;
        }
        writeln!(f)?;
        if !self.manifest.is_empty() {
            writeln!(f, "In `AndroidManifest.xml`:\n")?;
            let mut elements = self.manifest.iter().map(|element| element.trim_end());
            elements.try_for_each(|element| writeln!(f, "```xml\n{element}\n```\n"))?;
        }
        if let Some(code) = &self.notification_channel_code {
            writeln!(f, "Before the first push, the app creates its notification channel:\n")?;
            writeln!(f, "```kotlin\n{}\n```\n", code.trim_end())?;
        }
        Ok(())
    }

    /// What Tencent's statistics need.
    fn receipts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(RECEIPTS)?;
        let setups = || self.vendors.iter().filter_map(|sheet| sheet.receipts);
        for setup in setups() {
            let address = setup.address("HOST").map_or_else(|| "–".to_owned(), |url| format!("`{url}`"));
            let steps = if setup.steps.is_empty() { "nothing".to_owned() } else { setup.steps.join("; ") };
            writeln!(f, "| {} | {address} | {steps} | {} |", setup.vendor, setup.pitfalls.join("; "))?;
        }
        if setups().any(|setup| setup.path.is_some()) {
            writeln!(f, "\nHOST by the app's data center:\n")?;
            receipt_hosts().iter().try_for_each(|(region, host)| writeln!(f, "- {region}: `{host}`"))?;
        }
        Ok(())
    }
}

fn certificate(f: &mut fmt::Formatter<'_>, sheet: &VendorSheet) -> fmt::Result {
    writeln!(f, "### {}\n\n| field | value |\n|---|---|", sheet.vendor)?;
    for row in &sheet.console {
        let since = if row.in_2021 { "" } else { " (newer than 2021)" };
        let mark = if row.literal && !row.value.is_empty() { "`" } else { "" };
        writeln!(f, "| {}{since} | {mark}{}{mark} |", row.label, row.value.replace('|', "\\|"))?;
    }
    writeln!(f)?;
    if sheet.notes.is_empty() {
        return Ok(());
    }
    sheet.notes.iter().try_for_each(|note| writeln!(f, "- {note}"))?;
    writeln!(f)
}
