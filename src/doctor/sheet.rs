//! The set-up sheet: what to type where, in the order of Tencent's document. And the list of what to look up
//! where Tencent's statistics show no arrivals or clicks.

use std::fmt;

use serde::Serialize;

use super::{App, Preflight};
use crate::certificate::Certificates;
use crate::click_action::{ExtDelivery, ext_delivery};
use crate::registrar::NotificationChannel;
use crate::vendor::{
    AppKeys, FormField, Lifetime, NotificationChannelNeed, NotificationRule, ReceiptSetup, Requirement,
    TAKES_EFFECT_WITHIN_MINUTES, Vendor, VendorSet, Wiring, app_keys, console_form, lifetime,
    notification_channel_need, notification_rule, receipt_hosts, receipt_setup, requirement, wiring,
};

/// What to type where, vendor by vendor, for one app. `Display` writes it as Markdown in the order of
/// Tencent's document: vendor accounts, vendor SDKs, Tencent's certificates, the report. Made by
/// [`SetupSheet::new`].
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

/// The part of a sheet that is about one vendor: what is filled in for the app, and the facts with their
/// sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct VendorSheet {
    vendor: Vendor,
    /// The values of the vendor's console that go into the app, and those that never do.
    keys: AppKeys,
    wiring: Wiring,
    requirement: Requirement,
    /// The fields of Tencent's certificate form.
    console: Vec<SheetRow>,
    notes: Vec<String>,
    /// The key of the business id in Tencent's `timpush-configs.json`; on Apple's and HarmonyOS's side it
    /// stands in a file of its own, as `businessID`.
    config_key: String,
    notification: NotificationRule,
    receipts: ReceiptSetup,
    token_lifetime: Option<Lifetime>,
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
        let is_part = |char: char| char.is_alphanumeric() || matches!(char, '.' | '_');
        if !app.package.contains('.') || !app.package.chars().all(is_part) {
            questions.push("the app's package is no package name such as com.example.im".to_owned());
        }
        for vendor in wanted.iter() {
            if app.screen(vendor).is_some_and(|screen| *screen.component().package() != *app.package) {
                questions.push(format!("{vendor}: the screen belongs to another package than the app"));
            }
        }
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
    let console = form.fields.iter().map(|field| row(app, vendor, field, form.console, questions)).collect();
    let notes = [form.note, wiring.note].into_iter().map(str::to_owned);
    let notes = notes.chain(ext_note(app, vendor, questions));
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

fn row(app: &App, vendor: Vendor, field: &FormField, console: &str, questions: &mut Vec<String>) -> SheetRow {
    let FormField { label, value, secret, in_2021 } = *field;
    let literal = |text: &str| (text.to_owned(), true);
    let (value, literal) = match value {
        "{package}" => literal(&app.package),
        "{channel}" => channel_value(app, vendor, console, questions),
        "{badge}" => match &app.badge_activity {
            Some(class) => literal(class),
            None => (BADGE_HINT.to_owned(), false),
        },
        "{class}" => literal(notification_rule(vendor).chat_class.unwrap_or_default()),
        "{click}" => (click_value(app, vendor, questions), false),
        words => (words.replace("{console}", console), false),
    };
    SheetRow { label, value, literal, secret, in_2021 }
}

fn click_value(app: &App, vendor: Vendor, questions: &mut Vec<String>) -> String {
    let question = match app.click_action(vendor).map(|action| action.console_entry(vendor)) {
        Some(Ok(entry)) => return entry.to_string(),
        Some(Err(error)) => error.to_string(),
        None => "what does a tap open? the app, a web page or a screen".to_owned(),
    };
    questions.push(format!("{vendor}: {question}"));
    "to be decided".to_owned()
}

/// The channel to name, and whether it is to be typed as it stands.
fn channel_value(app: &App, vendor: Vendor, console: &str, questions: &mut Vec<String>) -> (String, bool) {
    if notification_channel_need(vendor) == NotificationChannelNeed::MadeInConsole {
        return (format!("the id of the channel made in {console}"), false);
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

fn creates_channel(vendor: Vendor) -> bool {
    notification_channel_need(vendor) == NotificationChannelNeed::CreatedByApp
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

/// What stands above the parts of every sheet.
const TEXT: &str = include_str!("sheet.md");

impl fmt::Display for SetupSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# Offline push for `{}`\n", self.package)?;
        if !self.open_questions.is_empty() {
            writeln!(f, "Open:\n")?;
            self.open_questions.iter().try_for_each(|question| writeln!(f, "- [ ] {question}"))?;
            writeln!(f)?;
        }
        let mut parts = TEXT.split("===\n");
        let mut part = || parts.next().unwrap_or_default();
        f.write_str(part())?;
        for sheet in &self.vendors {
            let AppKeys { client, place, server_only, .. } = &sheet.keys;
            let (client, server) = (client.join(", "), server_only.join(", "));
            writeln!(f, "| {} | {client} ({place}) | {server} |", sheet.vendor)?;
        }
        writeln!(f)?;
        f.write_str(part())?;
        self.sdks(f)?;
        f.write_str(&part().replace("MINUTES", &self.takes_effect_within_minutes.to_string()))?;
        self.vendors.iter().try_for_each(|sheet| certificate(f, sheet))?;
        f.write_str(part())?;
        for sheet in &self.vendors {
            writeln!(f, "| {} | `{}` | {} |", sheet.vendor, sheet.config_key, sheet.wiring.event)?;
        }
        f.write_str(part())?;
        self.receipts(f)
    }
}

impl SetupSheet {
    fn sdks(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for sheet in &self.vendors {
            let requirement = &sheet.requirement;
            let of_2021: Vec<_> = requirement.system_2021.into_iter().chain(requirement.sdk_2021).collect();
            let of_2021 = if of_2021.is_empty() { "–".to_owned() } else { of_2021.join("; ") };
            let (system, sdks) = (requirement.system_today, requirement.sdks_today);
            let today = if sdks.is_empty() { system.to_owned() } else { format!("{system}; SDK {sdks}") };
            writeln!(f, "| {} | {} | {of_2021} | {today} |", sheet.vendor, sheet.wiring.call)?;
        }
        writeln!(f)?;
        let heading = if self.manifest.is_empty() { "" } else { "In `AndroidManifest.xml`:\n\n" };
        f.write_str(heading)?;
        let mut elements = self.manifest.iter().map(|element| element.trim_end());
        elements.try_for_each(|element| writeln!(f, "```xml\n{element}\n```\n"))?;
        if let Some(code) = &self.notification_channel_code {
            writeln!(f, "Before the first push, the app creates its notification channel:\n")?;
            writeln!(f, "```kotlin\n{}\n```\n", code.trim_end())?;
        }
        Ok(())
    }

    /// What Tencent's statistics need.
    fn receipts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let setups = || self.vendors.iter().map(|sheet| &sheet.receipts);
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
    sheet.notes.iter().try_for_each(|note| writeln!(f, "- {note}"))?;
    if sheet.notes.is_empty() { Ok(()) } else { writeln!(f) }
}

/// The last certificate id that uses Huawei's interface of version 2, which has no receipts.
///
/// Source: <https://trtc.io/document/73890>, read 2026-11-29.
const LAST_OF_HUAWEI_2: u32 = 11_344;

const NO_EXTENSION: &str = "APNs: the app has no notification service extension, so no arrival is counted; add one that \
    hands the push to TIMPush";

/// What no file can show.
const QUESTIONS: &str = include_str!("questions.txt");

impl Preflight {
    /// Why Tencent's statistics may show no arrivals and no clicks, as a list for people: first the certain
    /// causes with their fixes, then what has to be looked up in consoles, in the app's code or by a test.
    ///
    /// These are no findings: an app without statistics does not need them.
    ///
    /// ```
    /// use tim_offline_push::doctor::Preflight;
    ///
    /// let set_up = Preflight::new().with_config_text(r#"{"huaweiPushBussinessId": "11200"}"#);
    /// assert!(set_up.click_rate().contains("in the way: Huawei: certificate 11200"));
    /// ```
    pub fn click_rate(&self) -> String {
        let reading = self.config.as_ref().and_then(|text| Certificates::read(&text.0).ok());
        let certificates = reading.map(|reading| reading.certificates().clone()).unwrap_or_default();
        let configured: VendorSet = certificates.vendors().collect();
        let vendors =
            self.app.vendors.unwrap_or(if configured.is_empty() { VendorSet::ALL } else { configured });
        let mut causes = Vec::new();
        let mut huawei = certificates.iter().filter(|(slot, _)| slot.vendor() == Vendor::Huawei);
        if let Some((_, id)) = huawei.find(|(_, id)| id.as_u32() <= LAST_OF_HUAWEI_2) {
            causes.push(format!(
                "Huawei: certificate {id} is one of those up to {LAST_OF_HUAWEI_2}, which give no receipts; make a new \
                 certificate in Tencent's console and put its id into the configuration"
            ));
        }
        if vendors.contains(Vendor::Apns) && self.apple.as_ref().is_some_and(|app| !app.has_service_extension)
        {
            causes.push(NO_EXTENSION.to_owned());
        }
        let mut questions = Vec::new();
        for setup in vendors.iter().map(receipt_setup) {
            let vendor = setup.vendor;
            questions.extend(setup.steps.iter().map(|step| format!("{vendor}: {step}.")));
            let url = receipt_hosts().first().and_then(|(_, host)| setup.address(host));
            questions.extend(url.map(|url| {
                format!("{vendor}: is the receipt address {url}, or that of the app's own data center?")
            }));
            questions.extend(setup.pitfalls.iter().map(|pitfall| format!("{vendor}: {pitfall}.")));
        }
        let heading = if causes.is_empty() {
            "The files that were given do not tell. To look up:"
        } else {
            "\nTo look up beside:"
        };
        let causes = causes.iter().map(|cause| format!("- in the way: {cause}."));
        let questions = questions.iter().map(String::as_str).chain(QUESTIONS.lines());
        let questions = questions.map(|question| format!("- [ ] {question}"));
        let lines: Vec<String> = causes.chain([heading.to_owned()]).chain(questions).collect();
        format!("Why is the click rate 0?\n\n{}\n", lines.join("\n"))
    }
}
