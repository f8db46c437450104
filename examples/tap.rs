//! Reads what vendors hand over when a notification is tapped, one payload a line, and says where each tap
//! leads.
//!
//! ```text
//! cargo run --example tap < payloads.jsonl
//! cargo run --example tap -- --walk
//! ```
#![allow(clippy::print_stderr, reason = "a command-line program")]
#![allow(clippy::wildcard_enum_match_arm, reason = "routes and vendors may grow, and JSON has many types")]

use std::error::Error;
use std::io::{self, BufRead as _, Write};
use std::process::ExitCode;

use serde_json::{Map, Value, json};
use tim_offline_push::account::{Peer, UserId};
use tim_offline_push::ext::{Container, Ext};
use tim_offline_push::message::{Form, OfflinePushInfo};
use tim_offline_push::notification::{Payload, PayloadError, Route, Tap, TapMode};
use tim_offline_push::vendor::{UnknownName, Vendor};

const HELP: &str = "\
Reads tapped notifications from standard input, one JSON object a line, and prints the ext of each, where it leads and
which keys are not part of it.

Usage: tap [--walk]

  a line: {\"vendor\": NAME, \"extras\": {…}, \"data\": URI}   what the host has: a map and the intent's data
          {\"vendor\": NAME, \"text\": TEXT}                 JSON, or what an SDK's object prints of itself
          {\"vendor\": NAME, \"intent\": URI}                the launch intent
          `vendor` and `data` may be left out; blank lines are skipped; other members are named on standard error

  --walk       denny writes to vinson, who has a phone of each vendor: what each hands over, and the one way it leads
  -h, --help   this text

Exit code: 0, 1 if a line failed or two vendors led to different places, 2 for bad arguments.
";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(|argument| argument.to_str()).collect();
    let mut out = io::stdout().lock();
    let all_well = match arguments.as_slice() {
        [] => lines(&mut out),
        [Some("--walk")] => walk(&mut out),
        [Some("-h" | "--help")] => out.write_all(HELP.as_bytes()).map(|()| true).map_err(Into::into),
        _ => {
            eprintln!("tap: expected no argument, --walk or --help\nTry --help.");
            return ExitCode::from(2);
        }
    };
    match all_well {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // The reader of the output has seen enough, as `head -1` has.
        Err(error) if is_cut(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tap: {error}");
            ExitCode::FAILURE
        }
    }
}

fn is_cut(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn lines(out: &mut impl Write) -> Result<bool, Box<dyn Error>> {
    let mut all_well = true;
    for (number, line) in (1_u64..).zip(io::stdin().lock().split(b'\n')) {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match read(&line) {
            Ok((tap, others)) => {
                for name in others.keys() {
                    eprintln!("line {number}: the member `{name}` is not known and was passed over");
                }
                report(out, number, &tap)?;
            }
            Err(why) => {
                eprintln!("line {number}: {why}");
                all_well = false;
            }
        }
    }
    Ok(all_well)
}

/// The tap of a line, and the members that this program does not know.
fn read(line: &[u8]) -> Result<(Tap, Map<String, Value>), String> {
    // The parser's own words may quote the line; its place is enough.
    let mut line: Map<String, Value> = serde_json::from_slice(line)
        .map_err(|error| format!("not a line of the expected form: wrong at column {}", error.column()))?;
    let vendor = text(&mut line, "vendor")?.map(|name| name.parse()).transpose();
    let vendor: Option<Vendor> = vendor.map_err(|unknown: UnknownName| unknown.to_string())?;
    let data = text(&mut line, "data")?;
    let forms = (line.remove("extras"), text(&mut line, "text")?, text(&mut line, "intent")?);
    let tap = match (forms, data) {
        ((Some(Value::Object(extras)), None, None), data) => {
            payload(&extras, data).map(|payload| Tap::new(vendor, payload))
        }
        ((None, Some(text), None), None) => Tap::from_text(vendor, &text),
        ((None, None, Some(uri)), None) => Tap::from_intent_uri(vendor, &uri),
        ((Some(_), None, None), _) => return Err("`extras` is not an object".to_owned()),
        (_, Some(_)) => return Err("`data` goes with `extras` only".to_owned()),
        _ => return Err("expected one of `extras`, `text` and `intent`".to_owned()),
    };
    tap.map(|tap| (tap, line)).map_err(|error| error.to_string())
}

fn text(line: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match line.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{name}` is not text")),
    }
}

fn payload(extras: &Map<String, Value>, data: Option<String>) -> Result<Payload, PayloadError> {
    let payload = Payload::from_pairs(extras.iter().map(|(key, value)| (key.as_str(), value)))?;
    match data {
        Some(uri) => payload.with_data(uri),
        None => Ok(payload),
    }
}

fn report(out: &mut impl Write, number: u64, tap: &Tap) -> io::Result<()> {
    writeln!(out, "line {number}: {}", tap.vendor().map_or("unknown vendor", Vendor::as_str))?;
    match (tap.ext(), tap.no_ext()) {
        (Some(ext), _) => writeln!(out, "  ext      {}", String::from_utf8_lossy(ext.as_bytes()))?,
        (None, Some(why)) => writeln!(out, "  ext      none: {why}")?,
        (None, None) => writeln!(out, "  ext      none")?,
    }
    if let Some(encoding) = tap.ext_encoding() {
        writeln!(out, "  encoded  once too often: the sender wrote {encoding}")?;
    }
    writeln!(out, "  route    {}", words(&tap.route()))?;
    if let Some(id) = tap.push_id() {
        writeln!(out, "  push id  {}", id.as_str())?;
    }
    if tap.states_mode() {
        let what = match tap.mode() {
            TapMode::Launcher => "start the launcher",
            TapMode::Link => "open the link in the ext",
            _ => "the app decides",
        };
        writeln!(out, "  mode     {}: {what}", tap.mode().as_number())?;
    }
    if let Some(id) = tap.message_id() {
        writeln!(out, "  message  {id}")?;
    }
    let ignored: Vec<&str> = tap.ignored_keys().map(|(key, _)| key).collect();
    if !ignored.is_empty() {
        writeln!(out, "  ignored  {}", ignored.join(", "))?;
    }
    Ok(())
}

fn words(route: &Route) -> String {
    match route {
        Route::Chat(Peer::User(user)) => format!("open the chat with user {}", user.as_str()),
        Route::Chat(Peer::Group(group)) => format!("open the chat of group {}", group.as_str()),
        Route::Call(peer) => format!("show the call with {}", peer.id()),
        Route::Link(link) => format!("open the link {}", link.as_str()),
        Route::Custom => "custom: the app decides".to_owned(),
        Route::None => "none: open the app".to_owned(),
        Route::UnknownVersion { version } => format!("the app is too old for version {version}"),
        Route::UnknownAction { action } => format!("the app is too old for action {action}"),
        _ => "not known to this program".to_owned(),
    }
}

/// Tencent's example: denny writes to vinson, whose app is not running. First with the ext of Tencent's
/// document, then with the container of Tencent's own chat screens.
fn walk(out: &mut impl Write) -> Result<bool, Box<dyn Error>> {
    let own = Ext::from_json(&json!({"action": "jump to denny"}))?;
    let container =
        Container::chat(Peer::User(UserId::new("denny")?)).with_nickname("denny").with_content("hi");
    let mut same = true;
    for ext in [own, Ext::from_json(&container)?] {
        let push = OfflinePushInfo::new("denny", "hi").with_ext(ext);
        let sent = push.write(Form::Rest);
        writeln!(out, "denny sends to vinson: {}\n", sent.text())?;

        // The server reads it and hands the ext to the vendor of vinson's phone.
        let arrived = OfflinePushInfo::read(Form::Rest, sent.text())?;
        let ext = arrived.info().ext();
        let mut destinations = Vec::new();
        for vendor in [Vendor::Xiaomi, Vendor::Huawei, Vendor::Oppo, Vendor::Vivo, Vendor::Meizu, Vendor::Fcm]
        {
            let handed_over = hand_over(vendor, ext)?;
            let tap = Tap::from_text(Some(vendor), &handed_over)?;
            writeln!(out, "{vendor:8} hands over {handed_over}\n         → {}", destination(&tap))?;
            // As JSON, since OPPO's extras have no order.
            same &= tap.ext().ok_or("no ext")?.json()? == ext.json()?;
            destinations.push(destination(&tap));
        }
        destinations.dedup();
        same &= destinations.len() == 1;
        writeln!(out)?;
    }
    writeln!(
        out,
        "{}",
        if same { "the same ext and the same way from all six" } else { "the vendors differ" }
    )?;
    Ok(same)
}

/// What the host gets of `ext` on a phone of that vendor, as text.
fn hand_over(vendor: Vendor, ext: &Ext) -> Result<String, Box<dyn Error>> {
    let text = ext.text().ok_or("the ext of the walk is text")?;
    Ok(match vendor {
        // The launch intent holds a MiPushMessage; this is what it prints of itself.
        Vendor::Xiaomi => format!(
            "messageId={{slm1}},passThrough={{0}},alias={{null}},title={{denny}},description={{hi}},isNotified={{true}}, \
             category={{null}}, extra={{{{notify_effect=2, ext={text}}}}}"
        ),
        // The system takes the ext apart: its top-level keys are the extras, their values texts.
        Vendor::Oppo => {
            let parts: Map<String, Value> = serde_json::from_str(text)?;
            let texts = parts.into_iter().map(|(key, value)| match value {
                Value::String(_) => (key, value),
                other => (key, Value::String(other.to_string())),
            });
            Value::Object(texts.collect()).to_string()
        }
        // The self-defined content of the MzPushMessage is the ext.
        Vendor::Meizu => text.to_owned(),
        Vendor::Fcm => json!({"ext": text, "google.message_id": "0:1", "from": "000000000000"}).to_string(),
        _ => json!({"ext": text}).to_string(),
    })
}

/// What the app does: its own action, or where the container leads.
fn destination(tap: &Tap) -> String {
    match tap.route() {
        Route::Custom => {
            let action = tap.ext().and_then(|ext| ext.json().ok());
            let action = action.as_ref().and_then(|json| json.get("action")).and_then(Value::as_str);
            action
                .map_or_else(|| "custom, without an action".to_owned(), |action| format!("custom: {action}"))
        }
        route => words(&route),
    }
}
