//! Watch a phone being registered through everything that goes wrong in real life.
//!
//! ```text
//! cargo run --example register
//! cargo run --example register -- --scenario dead-sdk --policy registration=3
//! cargo run --example register -- --scenario slow-sdk --svg timeline.svg
//! cargo run --example register -- --config timpush-configs.json --device getprop.txt
//! ```
//!
//! The certificates and the phone are read and elected as in an app. Vendor SDKs, IM server and clock are
//! those of the crate's `testing` module, and the timeline is what they saw of the registrar.
#![allow(clippy::print_stderr, reason = "a command-line program")]
#![allow(clippy::arithmetic_side_effects, reason = "a picture's places are small numbers")]
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "the crate's enums may grow; what is new is left out of the words"
)]

mod arguments;
mod policy;
mod scenarios;
mod stage;
mod svg;
mod timeline;
mod why;

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;
use tim_offline_push::certificate::{Certificates, ConfigFinding, ConfigReading};
use tim_offline_push::device::{DeviceFacts, Election, ElectionPolicy, Properties, elect};
use tim_offline_push::registrar::Diagnosis;

use crate::arguments::{Command, HELP, Play};
use crate::scenarios::{SCENARIOS, Scenario};
use crate::stage::{Cast, Setup, Stage};
use crate::timeline::Line;

const CONFIG: &str = include_str!("../data/timpush-configs.json");
const DEVICE: &str = include_str!("../data/getprop.txt");

fn main() -> ExitCode {
    let arguments: Result<Vec<_>, _> = std::env::args_os().skip(1).map(OsString::into_string).collect();
    let command = arguments
        .map_err(|_| "an argument is not UTF-8".to_owned())
        .and_then(|arguments| Command::parse(arguments.into_iter()));
    let outcome = match command {
        Ok(command) => run(&command, &mut io::stdout().lock()),
        Err(message) => Err(format!("{message}\nTry --help.").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has seen enough.
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("register: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    match command {
        Command::Help => write!(out, "{HELP}")?,
        Command::List => {
            for scenario in SCENARIOS {
                writeln!(out, "{:<16} {}", scenario.name, scenario.about)?;
            }
        }
        Command::Play(what) => play(what, out)?,
    }
    Ok(())
}

fn play(what: &Play, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let (config, text) = read(what.config.as_deref(), "the example's timpush-configs.json", CONFIG)?;
    let reading = Certificates::read(&text).map_err(|error| format!("{config}: {error}"))?;
    if reading.certificates().is_empty() {
        return Err(format!("{config}: no certificate id in it").into());
    }
    let (device, text) = read(what.device.as_deref(), "the example's getprop.txt", DEVICE)?;
    let properties = Properties::parse(&text).map_err(|error| format!("{device}: {error}"))?;
    if properties == Properties::default() {
        return Err(format!("{device}: no property in it tells what phone this is").into());
    }
    let facts = DeviceFacts::android(&properties);
    let certificates = reading.certificates().clone();
    let election = elect(&facts, &ElectionPolicy::default().with_certificates(&certificates));

    let setup = Setup { certificates, device: facts, policy: what.policy.clone(), cast: Cast::standard()? };
    if what.calls {
        return what.scenarios.iter().try_for_each(|scenario| write_calls(out, scenario, &setup));
    }
    if what.json {
        json_line(out, &Start { election: &election, findings: reading.findings() })?;
    } else {
        write_certificates(out, &config, &reading)?;
        write_election(out, &device, &election)?;
        writeln!(out, "\n-> what the registrar does   = where that leaves it   ! what it has to say")?;
    }
    let mut drawn = Vec::new();
    for scenario in &what.scenarios {
        drawn.push((
            format!("{}: {}", scenario.name, scenario.about),
            show(out, scenario, &setup, what.json)?,
        ));
    }
    if let Some(file) = &what.svg {
        fs::write(file, svg::draw(&drawn)).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(())
}

fn write_certificates(out: &mut dyn Write, config: &str, reading: &ConfigReading) -> io::Result<()> {
    writeln!(out, "certificates from {config}")?;
    for (slot, id) in reading.certificates().iter() {
        writeln!(out, "  {slot}: {id}")?;
    }
    reading.findings().iter().try_for_each(|finding| writeln!(out, "  {finding}"))
}

fn write_election(out: &mut dyn Write, device: &str, election: &Election) -> io::Result<()> {
    writeln!(out, "\nvendors for {device}")?;
    for (rank, candidate) in election.candidates.iter().enumerate() {
        writeln!(out, "  {:>2}. {candidate}", rank.saturating_add(1))?;
    }
    Ok(())
}

fn write_calls(out: &mut dyn Write, scenario: &Scenario, setup: &Setup) -> Result<(), Box<dyn Error>> {
    let mut stage = Stage::new(setup);
    (scenario.play)(&mut stage);
    Ok(stage.calls().iter().try_for_each(|call| writeln!(out, "{call}"))?)
}

fn show(
    out: &mut dyn Write,
    scenario: &Scenario,
    setup: &Setup,
    json: bool,
) -> Result<Vec<Line>, Box<dyn Error>> {
    let mut stage = Stage::new(setup);
    (scenario.play)(&mut stage);
    let (timeline, diagnosis) = stage.finish();
    let scenario_name = scenario.name;
    if json {
        for line in timeline.lines() {
            json_line(out, &Told { scenario: scenario_name, line })?;
        }
        json_line(out, &End { scenario: scenario_name, diagnosis: diagnosis.as_ref() })?;
        return Ok(timeline.lines().to_vec());
    }
    writeln!(out, "\n{scenario_name}: {}\n\n{timeline}", scenario.about)?;
    if let Some(diagnosis) = diagnosis {
        writeln!(out, "diagnosis: {diagnosis}")?;
    }
    Ok(timeline.lines().to_vec())
}

/// The first line of JSON.
#[derive(Serialize)]
struct Start<'a> {
    election: &'a Election,
    findings: &'a [ConfigFinding],
}

/// A line of a scenario.
#[derive(Serialize)]
struct Told<'a> {
    scenario: &'a str,
    #[serde(flatten)]
    line: &'a Line,
}

/// The last line of a scenario.
#[derive(Serialize)]
struct End<'a> {
    scenario: &'a str,
    diagnosis: Option<&'a Diagnosis>,
}

fn json_line(out: &mut dyn Write, value: &impl Serialize) -> Result<(), Box<dyn Error>> {
    let text = serde_json::to_string(value)?;
    Ok(writeln!(out, "{text}")?)
}

/// A file, or what ships with the example; before it what to call it.
fn read(file: Option<&Path>, default_name: &str, default: &str) -> Result<(String, String), String> {
    match file {
        None => Ok((default_name.to_owned(), default.to_owned())),
        Some(path) => match fs::read_to_string(path) {
            Ok(text) => Ok((path.display().to_string(), text)),
            Err(error) => Err(format!("{}: {error}", path.display())),
        },
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
