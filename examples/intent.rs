//! Makes what a push console wants for "open a screen of the app", and explains the intent URIs of others.
//!
//! ```text
//! cargo run --example intent
//! cargo run --example intent -- --package com.example.im --class com.example.im.ChatActivity --data chat://im/detail
//! cargo run --example intent -- --parse "intent:#Intent;component=com.example.im/.ChatActivity;end"
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program")]

use std::ffi::OsString;
use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::process::ExitCode;

use tim_offline_push::click_action::{
    ClickAction, ClickKind, ExtDelivery, Screen, ScreenError, ext_delivery,
};
use tim_offline_push::intent::filter::required_filter;
use tim_offline_push::intent::manifest::FilterElement;
use tim_offline_push::intent::{
    AndroidUri, AndroidVersion, Component, Extra, Intent, IntentFlags, LossCause, ParseFlags, ParseUriError,
    Sanitizer, UriScheme,
};
use tim_offline_push::vendor::Vendor;

const HELP: &str = "\
Makes the intent URI of a screen, what each vendor's form in Tencent's console wants, and the lines of the manifest.

Usage: intent [OPTIONS]
       intent --parse URI

  --package NAME     application id            [com.tencent.qcloud.tim.tuikit]
  --class NAME       full name of the activity [com.tencent.qcloud.tim.demo.chat.ChatActivity]
  --data URI         data of the intent        [pushscheme://com.tencent.qcloud.tim/detail,
                                               or pushscheme://NAME/detail with --package NAME]
  --action NAME      action of the intent      [none, which a phone reads as VIEW]
  --extra KEY=TEXT   a text extra; may be repeated
  --style STYLE      manifest lines: `implicit` for today's Android, `tencent2021` as in Tencent's document [implicit]
  --parse URI        explain a URI field by field, and say what is wrong with it
  --help             this text

Exit code: 0, 1 if the URI of --parse has a fault, 2 for bad arguments.
";

fn main() -> ExitCode {
    let arguments: Result<Vec<_>, _> = std::env::args_os().skip(1).map(OsString::into_string).collect();
    let command = arguments
        .map_err(|_| "an argument is not UTF-8".to_owned())
        .and_then(|arguments| Command::parse(arguments.into_iter()));
    let mut out = String::new();
    // A string takes any piece.
    let code = match command {
        Ok(Command::Help) => {
            out.push_str(HELP);
            Ok(ExitCode::SUCCESS)
        }
        Ok(Command::Make { screen, is_of_2021 }) => {
            make(&mut out, &screen, is_of_2021).map(|()| ExitCode::SUCCESS)
        }
        Ok(Command::Explain { uri }) => explain(&mut out, &uri),
        Err(message) => {
            eprintln!("intent: {message}\nTry --help.");
            return ExitCode::from(2);
        }
    };
    match io::stdout().lock().write_all(out.as_bytes()) {
        // Whoever reads the output has seen enough of it.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("intent: cannot write the output: {error}");
            ExitCode::from(2)
        }
        Ok(()) | Err(_) => code.unwrap_or(ExitCode::FAILURE),
    }
}

enum Command {
    Help,
    Make { screen: Screen, is_of_2021: bool },
    Explain { uri: String },
}

impl Command {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut package = None;
        let mut class = "com.tencent.qcloud.tim.demo.chat.ChatActivity".to_owned();
        let mut data = None;
        let mut is_of_2021 = false;
        let mut intent = Intent::new().with_flags(IntentFlags::ACTIVITY_CLEAR_TOP);
        while let Some(option) = arguments.next() {
            if option == "--help" {
                return Ok(Self::Help);
            }
            let mut value = || arguments.next().ok_or_else(|| format!("{option} needs a value"));
            match option.as_str() {
                "--package" => package = Some(value()?),
                "--class" => class = value()?,
                "--data" => data = Some(value()?),
                "--action" => intent = intent.with_action(value()?),
                "--extra" => {
                    let pair = value()?;
                    let (key, text) = pair.split_once('=').ok_or("--extra wants KEY=TEXT")?;
                    intent = intent.with_extra(key, text);
                }
                "--style" => {
                    is_of_2021 = match value()?.as_str() {
                        "implicit" => false,
                        "tencent2021" => true,
                        _ => return Err("--style is implicit or tencent2021".to_owned()),
                    };
                }
                "--parse" => {
                    let uri = value()?;
                    return match arguments.next() {
                        None => Ok(Self::Explain { uri }),
                        Some(_) => Err("--parse takes one URI and nothing else: quote it".to_owned()),
                    };
                }
                other => return Err(format!("unknown option {other}")),
            }
        }
        // The host of Tencent's example is not the example's package.
        let data = data.unwrap_or_else(|| {
            format!("pushscheme://{}/detail", package.as_deref().unwrap_or("com.tencent.qcloud.tim"))
        });
        let package = package.unwrap_or_else(|| "com.tencent.qcloud.tim.tuikit".to_owned());
        if AndroidUri::new(data.as_str()).scheme().is_none_or(str::is_empty) {
            return Err("--data wants a URI with a scheme, such as pushscheme://host/path".to_owned());
        }
        let intent = intent.with_component(Component::new(&package, &class)).with_data(data);
        let screen = Screen::from_intent(intent).map_err(|error| error.to_string())?;
        Ok(Self::Make { screen, is_of_2021 })
    }
}

fn make(out: &mut String, screen: &Screen, is_of_2021: bool) -> fmt::Result {
    writeln!(out, "Intent URI\n  {}\n", screen.intent_uri())?;

    let action = ClickAction::OpenScreen(screen.clone());
    writeln!(out, "In Tencent's console, after a tap: open a screen of the app")?;
    for vendor in Vendor::ALL.iter().copied() {
        match action.console_entry(vendor) {
            Ok(entry) => {
                let sort = entry.sort().unwrap_or("nothing");
                writeln!(out, "  {vendor:<10} {sort:<15} {}", entry.value().unwrap_or_default())?;
            }
            Err(error) => writeln!(out, "  {vendor:<10} {:<15} {error}", "-")?,
        }
    }

    if screen.intent().extras().next().is_some() {
        writeln!(
            out,
            "  A class name carries no data and no extras: on OPPO and Meizu they must travel in the message's ext."
        )?;
    }

    writeln!(out, "\nIn the vendor's own server interface")?;
    for vendor in Vendor::ALL.iter().copied() {
        match action.server_fields(vendor).as_deref() {
            Ok(fields) => {
                for (path, value) in fields {
                    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    writeln!(out, "  {vendor:<10} {path} = {value}")?;
                }
            }
            Err(error) => writeln!(out, "  {vendor:<10} {error}")?,
        }
    }

    writeln!(out, "\nDoes ext reach the app?")?;
    for vendor in Vendor::ALL.iter().copied() {
        // Tencent's console has no screen for FCM: a tap opens the app.
        let of_app = || ext_delivery(vendor, ClickKind::App).filter(|_| vendor == Vendor::Fcm);
        let Some((delivery, source)) = ext_delivery(vendor, action.kind()).or_else(of_app) else { continue };
        let answer = match delivery {
            ExtDelivery::Delivered => "yes".to_owned(),
            ExtDelivery::IfAsked { setting } => format!("yes, if the sender sets {setting}"),
            ExtDelivery::NotDelivered | _ => "no".to_owned(),
        };
        writeln!(out, "  {vendor:<10} {answer} ({source})")?;
    }
    if let Some(advice) =
        ClickAction::OpenApp.console_entry(Vendor::Xiaomi).ok().and_then(|entry| entry.advice())
    {
        writeln!(out, "\nDo not choose \"open the app\" for Xiaomi: {advice}.")?;
    }

    writeln!(out, "\nIn AndroidManifest.xml")?;
    let element = if is_of_2021 { screen.manifest_of_2021() } else { screen.manifest() };
    write_indented(out, &element.to_string())?;
    if let Some(action) = screen.intent().action() {
        writeln!(out, "\nFCM's intent has the action and no data: for it, beside the filter above")?;
        let filter = FilterElement::new().with_action(action).with_category(Intent::CATEGORY_DEFAULT);
        write_indented(out, &filter.to_string())?;
    }
    Ok(())
}

fn explain(out: &mut String, uri: &str) -> Result<ExitCode, fmt::Error> {
    if !uri.contains(':') {
        writeln!(out, "Not a URI: it has no scheme. A class name is what OPPO and Meizu want as it stands.")?;
        return Ok(ExitCode::FAILURE);
    }
    // A text that is no intent: URI is read as a phone reads it that is asked for any: its fragment counts.
    let scheme = if uri.starts_with("intent:") { ParseFlags::INTENT_SCHEME } else { ParseFlags::NONE };
    let intent = match Intent::parse_uri(uri, scheme | ParseFlags::ALLOW_UNSAFE) {
        Ok(intent) => intent,
        Err(error) => {
            writeln!(out, "Not an intent URI: {error}")?;
            if let ParseUriError::Syntax { index: Some(index), .. } = error {
                let before = String::from_utf16_lossy(&uri.encode_utf16().take(index).collect::<Vec<_>>());
                pointed_at(out, uri, &before)?;
            }
            if let Some(cause) = fragment_fault(uri) {
                writeln!(out, "  {cause}")?;
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    writeln!(out, "Fields")?;
    fields(out, &intent, "  ")?;

    let faults = faults(uri, &intent);
    writeln!(out, "\nWhat is wrong with it")?;
    if faults.is_empty() {
        writeln!(out, "  nothing: a push may carry it")?;
    }
    for fault in &faults {
        writeln!(out, "  - {fault}")?;
    }
    if let Some(at) = AndroidUri::bad_escape(uri) {
        pointed_at(out, uri, uri.get(..at).unwrap_or_default())?;
    }
    let notes = notes(uri, &intent);
    if !notes.is_empty() {
        writeln!(out, "\nGood to know")?;
        notes.iter().try_for_each(|note| writeln!(out, "  - {note}"))?;
    }

    writeln!(out, "\nFrom an untrusted source, this would be taken out")?;
    let clean = Sanitizer::new().sanitize(intent.clone());
    if clean.stripped().is_empty() {
        writeln!(out, "  nothing")?;
    }
    for stripped in clean.stripped() {
        writeln!(out, "  - {stripped}")?;
    }

    let filter = required_filter(&intent).with_category(Intent::CATEGORY_DEFAULT);
    writeln!(out, "\nThe filter that takes it, implicit or not")?;
    write_indented(out, &FilterElement::from(&filter).to_string())?;
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The URI with a mark below the place that follows `before`.
fn pointed_at(out: &mut String, uri: &str, before: &str) -> fmt::Result {
    writeln!(out, "  {}\n  {}^", visible(uri), " ".repeat(visible(before).chars().count()))
}

fn fields(out: &mut String, intent: &Intent, margin: &str) -> fmt::Result {
    let mut line = |name: &str, value: &str| writeln!(out, "{margin}{name:<12} {}", visible(value));
    let data = intent.data();
    let parts = [
        ("action", intent.action().map(str::to_owned)),
        ("data", data.map(|data| data.as_str().to_owned())),
        ("  scheme", data.and_then(AndroidUri::scheme).map(str::to_owned)),
        ("  host", data.and_then(AndroidUri::host).map(Into::into)),
        ("  port", data.and_then(AndroidUri::port).map(|port| port.to_string())),
        ("  path", data.and_then(AndroidUri::path).filter(|path| !path.is_empty()).map(Into::into)),
        ("  query", data.and_then(AndroidUri::query).map(Into::into)),
        ("  fragment", data.and_then(AndroidUri::fragment).map(Into::into)),
        ("type", intent.mime_type().map(str::to_owned)),
        ("identifier", intent.identifier().map(str::to_owned)),
        ("package", intent.package().map(str::to_owned)),
    ];
    for (name, value) in &parts {
        if let Some(value) = value {
            line(name, value)?;
        }
    }
    if let Some(component) = intent.component() {
        line("component", &component.flatten_short())?;
        line("  package", component.package())?;
        line("  class", component.class())?;
    }
    for category in intent.categories() {
        line("category", category)?;
    }
    if !intent.flags().is_empty() {
        line("flags", &flag_names(intent.flags()))?;
    }
    if intent.extended_flags() != 0 {
        line("ext. flags", &format!("{:#x}", intent.extended_flags()))?;
    }
    if let Some(bounds) = intent.source_bounds() {
        line("bounds", &format!("{} {} {} {}", bounds.left, bounds.top, bounds.right, bounds.bottom))?;
    }
    for (key, value) in intent.extras() {
        line("extra", &format!("{} = {}", key.unwrap_or("null"), extra(&value)))?;
    }
    if let Some(selector) = intent.selector() {
        writeln!(out, "{margin}selector")?;
        fields(out, selector, &format!("{margin}  "))?;
    }
    Ok(())
}

fn extra(value: &Extra) -> String {
    match value {
        Extra::String(text) => format!("{text:?}"),
        Extra::Boolean(value) => value.to_string(),
        Extra::Byte(value) => format!("{value} (byte)"),
        Extra::Char(unit) => format!("U+{unit:04X} (char)"),
        Extra::Double(value) => format!("{value} (double)"),
        Extra::Float(value) => format!("{value} (float)"),
        Extra::Int(value) => format!("{value} (int)"),
        Extra::Long(value) => format!("{value} (long)"),
        Extra::Short(value) => format!("{value} (short)"),
        Extra::Unprintable | _ => "a value that no URI carries".to_owned(),
    }
}

/// The flags that are met in URIs; the rest is shown as a number.
fn flag_names(flags: IntentFlags) -> String {
    const NAMES: [(IntentFlags, &str); 10] = [
        (IntentFlags::GRANT_READ_URI_PERMISSION, "GRANT_READ_URI_PERMISSION"),
        (IntentFlags::GRANT_WRITE_URI_PERMISSION, "GRANT_WRITE_URI_PERMISSION"),
        (IntentFlags::GRANT_PERSISTABLE_URI_PERMISSION, "GRANT_PERSISTABLE_URI_PERMISSION"),
        (IntentFlags::GRANT_PREFIX_URI_PERMISSION, "GRANT_PREFIX_URI_PERMISSION"),
        (IntentFlags::ACTIVITY_CLEAR_TASK, "ACTIVITY_CLEAR_TASK"),
        (IntentFlags::ACTIVITY_RESET_TASK_IF_NEEDED, "ACTIVITY_RESET_TASK_IF_NEEDED"),
        (IntentFlags::ACTIVITY_CLEAR_TOP, "ACTIVITY_CLEAR_TOP"),
        (IntentFlags::ACTIVITY_MULTIPLE_TASK, "ACTIVITY_MULTIPLE_TASK"),
        (IntentFlags::ACTIVITY_NEW_TASK, "ACTIVITY_NEW_TASK"),
        (IntentFlags::ACTIVITY_SINGLE_TOP, "ACTIVITY_SINGLE_TOP"),
    ];
    let named = NAMES.into_iter().filter(|(flag, _)| flags.contains(*flag)).map(|(_, name)| name);
    format!("{flags:#x} {}", named.collect::<Vec<_>>().join(" ")).trim_end().to_owned()
}

/// Why the `#Intent;` that a URI of an intent needs is not found, if it is not.
fn fragment_fault(uri: &str) -> Option<String> {
    let last = uri.rfind('#')?;
    match uri.rfind("#Intent;") {
        Some(at) if at == last => None,
        Some(_) => Some(format!(
            "the last '#', at character {}, is not that of #Intent;, so a phone does not find the fields: write %23 for it",
            uri.get(..last).map_or(0, |before| before.chars().count())
        )),
        None => {
            Some("#Intent; is missing: the fields stand between #Intent; and ;end, after the data".to_owned())
        }
    }
}

/// What keeps the URI from doing on every phone what it says.
fn faults(uri: &str, intent: &Intent) -> Vec<String> {
    let mut faults = Vec::new();
    if uri.starts_with("intent:") {
        if let Some(fault) = fragment_fault(uri) {
            faults.push(fault);
            return faults;
        }
        if !uri.contains('#') {
            faults.push("#Intent; is missing: the whole text is data".to_owned());
            return faults;
        }
        let names = uri.split(';').any(|item| item.starts_with("component="));
        match Screen::from_uri(uri) {
            Err(ScreenError::NoComponent) if names && intent.selector().is_none() => {
                faults
                    .push("component= has no class behind a slash, so a phone reads no component".to_owned());
            }
            // An implicit intent is no fault, nor is what only the writer would change.
            Ok(_) | Err(ScreenError::NoComponent | ScreenError::NotReadBack(_)) => {}
            Err(error) => faults.push(error.to_string()),
        }
    }
    if let Some(at) = AndroidUri::bad_escape(uri) {
        let at = uri.get(..at).map_or(0, |before| before.chars().count());
        faults.push(format!(
            "the % at character {at} is no escape and is read as U+FFFD: write %25 for a percent sign"
        ));
    }
    faults.extend(intent.check_round_trip(UriScheme::Intent).err().map(|error| error.to_string()));
    let flags = ParseFlags::INTENT_SCHEME | ParseFlags::ALLOW_UNSAFE;
    let older = (23..=35).rev().filter_map(AndroidVersion::new);
    for version in older.filter(|_| uri.starts_with("intent:")) {
        match Intent::parse_uri_on(uri, flags, version) {
            Ok(older) if older == *intent => {}
            Ok(_) => {
                faults.push(format!("Android reads it otherwise up to {version}"));
                break;
            }
            Err(error) => {
                faults.push(format!("Android does not read it up to {version}: {error}"));
                break;
            }
        }
    }
    faults
}

/// What works and is worth knowing.
fn notes(uri: &str, intent: &Intent) -> Vec<String> {
    let mut notes = Vec::new();
    if !uri.starts_with("intent:") && !uri.starts_with("android-app:") {
        notes
            .push("it does not begin with intent:, so a phone may take all of it as data to view".to_owned());
    }
    if intent.component().is_none() {
        let who = if intent.package().is_some() { "any activity of the package" } else { "any app" };
        notes.push(format!("it is implicit: {who} with a filter that takes it may open"));
    }
    let losses = intent.check_round_trip(UriScheme::Intent).unwrap_or_default();
    let others = losses.iter().filter(|loss| loss.cause() != Some(LossCause::UnwritableScheme));
    notes.extend(others.map(|loss| format!("written anew and read back: {loss}")));
    let screen = Screen::from_uri(uri).ok().filter(|screen| screen.intent_uri() != uri);
    notes.extend(screen.map(|screen| format!("Android would write it so: {}", visible(screen.intent_uri()))));
    if losses.iter().any(|loss| loss.cause() == Some(LossCause::UnwritableScheme)) {
        notes.push(format!(
            "a phone reads its scheme, but its own toUri cannot write it; by hand it is {}",
            visible(&intent.to_readable_uri())
        ));
    }
    notes
}

/// Control characters in a URI are not for the terminal.
fn visible(text: &str) -> String {
    text.chars()
        .map(|char| if char.is_control() { char.escape_default().to_string() } else { char.to_string() })
        .collect()
}

fn write_indented(out: &mut String, text: &str) -> fmt::Result {
    text.lines().try_for_each(|line| writeln!(out, "  {line}"))
}
