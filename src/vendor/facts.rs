//! What is known of each vendor's SDK, keys, systems, tokens, certificate and receipts, and of the codes in
//! Tencent's push records. The facts themselves are texts, and stand in `facts.txt`. The page
//! [`guide::wiring`](crate::guide::wiring) shows some of them.

use std::time::Duration;

use serde::Serialize;

use super::requirements::{NotificationChannelNeed, message_classes, notification_channel_need};
use super::{Source, Vendor, WordList};

/// The facts under one heading.
struct Facts(Vec<(&'static str, &'static str)>);

impl Facts {
    fn of(vendor: Vendor, topic: &str) -> Self {
        Self::under(&format!("[{vendor} {topic}]"))
    }

    fn under(heading: &str) -> Self {
        let lines = include_str!("facts.txt").lines().skip_while(|line| *line != heading);
        Self(lines.skip(1).map_while(|line| line.split_once(": ")).collect())
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &'static str> {
        self.0.iter().filter(move |(known, _)| *known == name).map(|(_, fact)| *fact)
    }

    fn list(&self, name: &str) -> Vec<&'static str> {
        self.all(name).collect()
    }

    fn get(&self, name: &str) -> Option<&'static str> {
        self.all(name).next()
    }

    fn text(&self, name: &str) -> &'static str {
        self.get(name).unwrap_or_default()
    }

    fn days(&self, name: &str) -> Option<Duration> {
        let days: u64 = self.get(name)?.parse().ok()?;
        Some(Duration::from_secs(days.saturating_mul(24 * 3600)))
    }

    fn source(&self) -> Source {
        Source::noted(self.text("source"))
    }
}

/// How the SDK of one vendor is wired to the registrar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Wiring {
    /// Whose SDK.
    pub(crate) vendor: Vendor,
    /// The call, or the calls in their order.
    pub(crate) call: &'static str,
    /// The call in Tencent's document of 2021 ([`Source::TENCENT_2021`]), where it was another one.
    pub(crate) call_2021: Option<&'static str>,
    /// Where the answer comes.
    pub(crate) callback: &'static str,
    /// Whether that callback also comes when the registration failed.
    pub(crate) also_on_failure: bool,
    /// What counts as success.
    pub(crate) success: &'static str,
    /// Where the token is.
    pub(crate) token: &'static str,
    /// The other way to the token, for callbacks that do not come.
    pub(crate) token_again: Option<&'static str>,
    /// The thread rule.
    pub(crate) thread: &'static str,
    /// What the host reports to the registrar.
    pub(crate) event: &'static str,
    /// The call that takes the registration back.
    pub(crate) unregister: &'static str,
    /// What else to know.
    pub(crate) note: &'static str,
    /// What is different from an SDK version on: the version, and what changed.
    pub(crate) changes: Vec<(&'static str, &'static str)>,
    /// Where this stands.
    pub(crate) source: Source,
}

/// How the SDK of a vendor is wired.
pub(crate) fn wiring(vendor: Vendor) -> Wiring {
    let facts = Facts::of(vendor, "wiring");
    Wiring {
        vendor,
        call: facts.text("call"),
        call_2021: facts.get("call_2021"),
        callback: facts.text("callback"),
        also_on_failure: facts.get("also_on_failure").is_some(),
        success: facts.text("success"),
        token: facts.text("token"),
        token_again: facts.get("token_again"),
        thread: facts.text("thread"),
        event: facts.text("event"),
        unregister: facts.text("unregister"),
        note: facts.text("note"),
        changes: facts.all("change").filter_map(|change| change.split_once(": ")).collect(),
        source: facts.source(),
    }
}

/// The keys of one vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct AppKeys {
    /// Whose keys.
    pub(crate) vendor: Vendor,
    /// What the client's calls and files need.
    pub(crate) client: Vec<&'static str>,
    /// Where the client keeps them.
    pub(crate) place: &'static str,
    /// Other names under which the vendor's SDK reads them from the manifest; the value is a text there.
    pub(crate) aliases: Vec<&'static str>,
    /// What belongs to a server and to Tencent's console. There is no field for it anywhere in this crate.
    pub(crate) server_only: Vec<&'static str>,
    /// Where this stands.
    pub(crate) source: Source,
}

/// The keys of a vendor.
pub(crate) fn app_keys(vendor: Vendor) -> AppKeys {
    let facts = Facts::of(vendor, "keys");
    AppKeys {
        vendor,
        client: facts.list("client"),
        place: facts.text("place"),
        aliases: facts.list("alias"),
        server_only: facts.list("server_only"),
        source: facts.source(),
    }
}

/// What a vendor asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Requirement {
    /// Whose.
    pub(crate) vendor: Vendor,
    /// The system, in Tencent's document; `None` if the vendor is younger than the document.
    pub(crate) system_2021: Option<&'static str>,
    /// The SDK, and what else stands there.
    pub(crate) sdk_2021: Option<&'static str>,
    /// The system today.
    pub(crate) system_today: &'static str,
    /// SDK versions seen since, newest last.
    pub(crate) sdks_today: &'static str,
    /// Where today's values stand; the others are Tencent's document ([`Source::TENCENT_2021`]).
    pub(crate) source: Source,
}

/// What a vendor asks for.
pub(crate) fn requirement(vendor: Vendor) -> Requirement {
    let facts = Facts::of(vendor, "requirement");
    Requirement {
        vendor,
        system_2021: facts.get("system_2021"),
        sdk_2021: facts.get("sdk_2021"),
        system_today: facts.text("system_today"),
        sdks_today: facts.text("sdks_today"),
        source: facts.source(),
    }
}

/// What a vendor asks of the notification channel and of the class of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct NotificationRule {
    /// Whose rule.
    pub(crate) vendor: Vendor,
    /// Who makes the notification channel.
    pub(crate) channel: NotificationChannelNeed,
    /// The member of Tencent's `AndroidInfo` that names it.
    pub(crate) channel_key: Option<&'static str>,
    /// The member of Tencent's `OfflinePushInfo` that names the class of a chat message.
    pub(crate) class_key: Option<&'static str>,
    /// The value of that member for a chat message, where Tencent's own kit gives one.
    pub(crate) chat_class: Option<&'static str>,
    /// Whether every private message also needs the id of a template that is approved in the vendor's
    /// console.
    pub(crate) template_needed: bool,
    /// Values that are documented. The vendor's console may know more.
    pub(crate) classes: WordList,
    /// What happens without a class, or with the wrong one.
    pub(crate) otherwise: &'static str,
    /// Where this stands.
    pub(crate) source: Source,
}

/// What a vendor asks of the notification channel and of the class of a message.
pub(crate) fn notification_rule(vendor: Vendor) -> NotificationRule {
    let facts = Facts::of(vendor, "notification");
    NotificationRule {
        vendor,
        channel: notification_channel_need(vendor),
        channel_key: facts.get("channel_key"),
        class_key: facts.get("class_key"),
        chat_class: facts.get("chat_class"),
        template_needed: facts.get("template_needed").is_some(),
        classes: message_classes(vendor),
        otherwise: facts.text("otherwise"),
        source: facts.source(),
    }
}

/// What is documented of the life of a vendor's tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Lifetime {
    /// Whose.
    pub(crate) vendor: Vendor,
    /// After so long without a connection to the vendor, pushes are not delivered (any more).
    pub(crate) quiet_after: Option<Duration>,
    /// After so long without one, the token itself is dead.
    pub(crate) dead_after: Option<Duration>,
    /// What makes another token.
    pub(crate) changes_with: &'static str,
    /// What the token survives; empty if nothing is documented.
    pub(crate) survives: &'static str,
    /// Where this stands.
    pub(crate) source: Source,
}

/// What is documented of the life of a vendor's tokens. Xiaomi and Honor document nothing that could be
/// found.
pub(crate) fn lifetime(vendor: Vendor) -> Option<Lifetime> {
    let facts = Facts::of(vendor, "tokens");
    Some(Lifetime {
        vendor,
        quiet_after: facts.days("quiet_after_days"),
        dead_after: facts.days("dead_after_days"),
        changes_with: facts.get("changes_with")?,
        survives: facts.text("survives"),
        source: facts.source(),
    })
}

/// The form for a vendor's certificate in Tencent's IM console. What is saved there gets the business id, and
/// works after up to ten minutes ([`TAKES_EFFECT_WITHIN_MINUTES`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConsoleForm {
    /// The vendor's own console, where most values come from.
    pub(crate) console: &'static str,
    /// The fields, in the form's order.
    pub(crate) fields: Vec<FormField>,
    /// What else to know; may be empty.
    pub(crate) note: &'static str,
}

/// A saved certificate works after up to this many minutes ([`Source::TENCENT_2021`]).
pub(crate) const TAKES_EFFECT_WITHIN_MINUTES: u32 = 10;

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FormField {
    /// The field's name in the console.
    pub(crate) label: &'static str,
    /// What goes into it, in words, or one of `{package}`, `{channel}`, `{class}`, `{badge}` and `{click}`,
    /// for which the set-up sheet has the app's own value. `{console}` stands for the vendor's console.
    pub(crate) value: &'static str,
    /// Whether its value belongs to the console only, and never into an app.
    pub(crate) secret: bool,
    /// Whether Tencent's document of 2021 has it.
    pub(crate) in_2021: bool,
}

/// The form for a vendor's certificate.
pub(crate) fn console_form(vendor: Vendor) -> ConsoleForm {
    let facts = Facts::of(vendor, "form");
    let field = |(name, fact): &(&str, &'static str)| {
        let (label, rest) = fact.split_once(" | ")?;
        let (edition, value) = rest.split_once(" | ")?;
        Some(FormField { label, value, secret: *name == "secret", in_2021: edition == "2021" })
    };
    let fields = facts.0.iter().filter_map(field).collect();
    ConsoleForm { console: facts.text("console"), fields, note: facts.text("note") }
}

/// Tencent's hosts for receipts, each behind the data center of the app that it serves. For HarmonyOS only
/// the first is documented.
pub(crate) fn receipt_hosts() -> Vec<(&'static str, &'static str)> {
    Facts::under("[Tencent receipt hosts]").0
}

/// What has to be set up so that Tencent's statistics know what became of a vendor's pushes.
///
/// Tencent counts arrivals and taps for apps that bought its push service. Whether it counts them for other
/// apps is not documented: only a live test shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ReceiptSetup {
    /// Whose pushes.
    pub(crate) vendor: Vendor,
    /// The path of Tencent's address for the vendor's receipts, which is typed into the vendor's console
    /// behind a host of [`receipt_hosts`]; `None` where there is nothing to type.
    pub(crate) path: Option<&'static str>,
    /// What to do, step by step. Empty if nothing.
    pub(crate) steps: Vec<&'static str>,
    /// What keeps receipts from coming, or harms pushes.
    pub(crate) pitfalls: Vec<&'static str>,
    /// Where this stands.
    pub(crate) source: Source,
}

impl ReceiptSetup {
    /// The whole address for a data center, if the vendor takes one: `https://`, host and path.
    pub(crate) fn address(&self, host: &str) -> Option<String> {
        self.path.map(|path| format!("https://{host}{path}"))
    }
}

/// What has to be set up for a vendor's receipts.
pub(crate) fn receipt_setup(vendor: Vendor) -> ReceiptSetup {
    let facts = Facts::of(vendor, "receipts");
    ReceiptSetup {
        vendor,
        path: facts.get("path"),
        steps: facts.list("step"),
        pitfalls: facts.list("pitfall"),
        source: facts.source(),
    }
}

/// One code of the console's push records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct ConsoleCode {
    pub(crate) code: i32,
    pub(crate) meaning: &'static str,
    pub(crate) fix: &'static str,
    pub(crate) source: Source,
}

/// What a code of the console's push records says, if it is documented.
pub(crate) fn explain_console(code: i32) -> Option<ConsoleCode> {
    ["[Tencent push losses]", "[Tencent push records]"].into_iter().map(Facts::under).find_map(|facts| {
        let (meaning, fix) = facts.get(&code.to_string())?.split_once(" | ")?;
        Some(ConsoleCode { code, meaning, fix, source: facts.source() })
    })
}
