//! Looks through what an app has of offline push, and says what would go wrong.
//!
//! ```text
//! cargo run --example doctor
//! cargo run --example doctor -- --config timpush-configs.json --manifest AndroidManifest.xml --json
//! ```
#![allow(clippy::print_stderr, reason = "a command-line program")]
#![allow(clippy::wildcard_enum_match_arm, reason = "XML has events that do not matter here")]

mod arguments;
mod code;
mod diagnosis;
mod files;
mod gradle;
mod loopback;
mod manifest;
mod platforms;
mod project;
mod trace;
mod version_catalogue;

use std::io::{self, IsTerminal as _, Write};
use std::process::ExitCode;

use arguments::{Output, Request};
use tim_offline_push::doctor::{Report, ReportVerdict, catalogue};
use tim_offline_push::finding::{Finding, Severity};

const HELP: &str = "\
Says what would go wrong with an app's offline push, before a user finds it.

Usage: doctor [--project DIR] [--config FILE] [--manifest FILE]... [--gradle FILE]... [--click VENDOR=VALUE]...
              [--info FILE] [--device FILE] [--source FILE]... [--agconnect FILE] [--google-services FILE]
              [--mcs-services FILE] [--signing SHA] [--registered-signing SHA] [--entitlements FILE]
              [--info-plist FILE]... [--module-json5 FILE] [--app ID] [--namespace NAME] [--vendors LIST]
              [--target-sdk N] [--region NAME] [--channel ID] [--form NAME] [--custom] [--online-only]
              [--body-bytes N] [--no-ext] [--whole-project] [--waivers FILE] [--today DATE]
              [--json | --markdown]
       doctor --diagnosis FILE [--notifications on|off] [--channel-enabled VENDOR=on|off]... [--json]
       doctor --diagnosis FILE --diagnosis LATER_FILE
       doctor --trace FILE... [--diagnosis FILE]
       doctor --click-rate [--config FILE] [--vendors LIST]
       doctor --code [VENDOR=]CODE
       doctor --loopback SITUATION
       doctor --rules

  --project      a folder: reads the build files, manifests, configuration, vendors' files and sources in it
  --config       timpush-configs.json, or the source file with the constants
  --manifest     AndroidManifest.xml, of the app and of its modules; the merged one of the build says most
  --gradle       build.gradle or build.gradle.kts of a module, read as text; before it libs.versions.toml
  --click        what stands in Tencent's console under \"after a tap\" of the vendor's certificate; empty: the app is
                 opened
  --info         an OfflinePushInfo as JSON; its form is guessed, or named by --form (rest, c-api, v2tim, web)
  --device       the output of `adb shell getprop`
  --source       a source file: searched for outdated advice, and for what an activity does with a tap's intent
  --agconnect, --google-services, --mcs-services
                 the file that Huawei's, Firebase's or Honor's console gives for the app
  --signing      the fingerprint of the certificate that signs the app, SHA-1 or SHA-256
  --registered-signing
                 the fingerprint that the vendor's console shows
  --entitlements, --info-plist
                 of the iOS app; --info-plist also of its notification service extension
  --module-json5 of the HarmonyOS app's entry module
  --app          the application id
  --namespace    the package of the manifest's classes, where a build file gives it
  --vendors      the vendors that the app wants, such as Xiaomi,Huawei,FCM, or all; else those that are configured
  --target-sdk   the API level that the app targets
  --region       domestic or overseas: where the users are
  --channel      the id of the notification channel that the app creates
  --custom       the push belongs to a custom message
  --online-only  the message goes to users who are online
  --body-bytes   length of the message without its push
  --no-ext       the app does not need ext when a tap opens it
  --whole-project
                 nothing is missing among the files given
  --waivers      the findings that the team accepts, one a line: RULE [in PLACE] until YYYY-MM-DD: REASON
  --today        the day by which waivers expire, else that of the system clock
  --json         one object with `verdict` and `findings[].rule`
  --markdown     a table
  --rules        prints every rule with an example, and nothing else
  --diagnosis    the JSON of a diagnosis that a user sent; a second one, later: also what has changed
  --notifications, --channel-enabled
                 of that phone: whether the app may show notifications, whether the vendor's channel is on
  --click-rate   why Tencent's statistics show no clicks: what is in the way, and what to look up
  --trace        what Tencent's server tells of a push: a webhook, or the answer of a push trace, loss or statistics
                 query, recognized by itself; several on lines of their own, or in several files
  --code         what a code says: 22004 in every table that has it, Huawei=907135003 in the vendor's
  --loopback     plays a push to oneself on a scripted phone: all, arrived, late, no-token, quota, permission-off, tapped

A file named - is the standard input. Without any of these it checks a small app that has seven mistakes.

Exit code: 0 if there is no error, 1 if there is, 2 for bad arguments or a file that cannot be read.
";

fn main() -> ExitCode {
    let mut arguments = Vec::new();
    for argument in std::env::args_os().skip(1) {
        match argument.into_string() {
            Ok(argument) => arguments.push(argument),
            Err(_) => return refuse("an argument is not UTF-8 text"),
        }
    }
    let request = match arguments::read(arguments, &mut files::open) {
        Ok(request) => request,
        Err(why) => return refuse(&why),
    };
    match run(request, &mut io::stdout().lock()) {
        Ok(code) => code,
        // Whoever read the output has closed it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => refuse(&error.to_string()),
    }
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("doctor: {why}\nTry --help.");
    ExitCode::from(2)
}

fn run(request: Request, out: &mut impl Write) -> io::Result<ExitCode> {
    if request.help {
        out.write_all(HELP.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    if request.rules {
        out.write_all(catalogue().as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(text) = &request.code {
        return Ok(if code::print(text, out)? { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    if let Some(name) = &request.loopback {
        return match loopback::play(name, out) {
            Ok(()) => Ok(ExitCode::SUCCESS),
            Err(error) => Err(match loopback::kind(&*error) {
                Some(kind) => io::Error::from(kind),
                None => io::Error::other(error.to_string()),
            }),
        };
    }
    if !request.traces.is_empty() {
        trace::print(&request.traces, &request.diagnoses, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    if !request.diagnoses.is_empty() {
        let is_json = request.output == Output::Json;
        return Ok(match diagnosis::print(request.diagnoses, &request.seen, is_json, out)? {
            ReportVerdict::Errors => ExitCode::FAILURE,
            ReportVerdict::Warnings | ReportVerdict::Clean => ExitCode::SUCCESS,
        });
    }
    let shipped = !request.has_input && !request.click_rate;
    let request = if shipped {
        Request {
            output: request.output,
            ..arguments::read(shipped_app(), &mut shipped_file).map_err(io::Error::other)?
        }
    } else {
        request
    };
    if request.click_rate {
        write!(out, "{}", request.preflight.click_rate())?;
        return Ok(ExitCode::SUCCESS);
    }
    let report = request.preflight.check();
    match request.output {
        Output::Json => {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)?;
        }
        Output::Markdown => out.write_all(report.to_markdown().as_bytes())?,
        Output::Text => {
            if shipped {
                writeln!(out, "An app with seven mistakes (examples/data/doctor):\n")?;
            }
            if !request.provenance.is_empty() {
                writeln!(out, "Read:")?;
                for line in &request.provenance {
                    writeln!(out, "    {line}")?;
                }
                writeln!(out)?;
            }
            print(&report, io::stdout().is_terminal(), out)?;
        }
    }
    Ok(match report.verdict() {
        ReportVerdict::Clean | ReportVerdict::Warnings => ExitCode::SUCCESS,
        ReportVerdict::Errors => ExitCode::FAILURE,
    })
}

/// Prints what `Report` says of itself, with the severities in colour on a terminal.
fn print(report: &Report, coloured: bool, out: &mut impl Write) -> io::Result<()> {
    if !coloured {
        return writeln!(out, "{report}");
    }
    for finding in report.findings() {
        let line = format!("{finding:#}");
        let severity = finding.severity().to_string();
        let rest = line.strip_prefix(&severity).unwrap_or_default();
        writeln!(out, "{}{severity}\x1b[0m{rest}", colour(finding))?;
    }
    let text = report.to_string();
    writeln!(out, "{}", text.lines().last().unwrap_or_default())
}

fn colour(finding: &Finding) -> &'static str {
    match finding.severity() {
        Severity::Error => "\x1b[1;31m",
        Severity::Warning => "\x1b[1;33m",
        Severity::Note => "\x1b[1;36m",
    }
}

fn shipped_app() -> Vec<String> {
    include_str!("../data/doctor/arguments.txt").lines().map(str::to_owned).collect()
}

fn shipped_file(name: &str) -> Result<String, String> {
    let text = match name {
        "timpush-configs.json" => include_str!("../data/doctor/timpush-configs.json"),
        "AndroidManifest.xml" => include_str!("../data/doctor/AndroidManifest.xml"),
        "push.json" => include_str!("../data/doctor/push.json"),
        "getprop.txt" => include_str!("../data/doctor/getprop.txt"),
        _ => return Err(format!("{name}: not shipped")),
    };
    Ok(text.to_owned())
}
