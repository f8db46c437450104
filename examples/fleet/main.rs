//! What a policy does to the IM server when many phones have the same trouble at the same time.
//!
//! ```text
//! cargo run --release --example fleet
//! cargo run --release --example fleet -- --phones 1000000 --compare --svg fleet.svg
//! cargo run --release --example fleet -- --scenario night --policy backoff_cap_background=900
//! ```
//!
//! Each phone is a real [`Machine`](tim_offline_push::registrar::Machine) with a seed of its own, in virtual
//! time. No delay is computed here: when a phone calls again is what its machine says.
#![allow(clippy::print_stderr, reason = "a command-line program")]
#![allow(
    clippy::arithmetic_side_effects,
    reason = "simulated times and counts stay far from the limits of u64"
)]
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "the crate's enums may grow; a phone carries out what it knows"
)]

mod arguments;
mod phone;
mod plot;
#[path = "../register/policy.rs"]
mod policy;
mod report;
mod run;
mod scenario;
mod server;

use std::error::Error;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::arguments::{Command, HELP, Options};
use crate::run::Run;
use crate::scenario::SCENARIOS;

fn main() -> ExitCode {
    let arguments: Result<Vec<_>, _> = std::env::args_os().skip(1).map(OsString::into_string).collect();
    let command = arguments
        .map_err(|_| "an argument is not UTF-8".to_owned())
        .and_then(|arguments| Command::parse(arguments.into_iter()));
    let outcome = match command {
        Ok(command) => obey(&command, &mut io::stdout().lock()),
        Err(message) => Err(format!("{message}\nTry --help.").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads the output has seen enough.
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fleet: {error}");
            ExitCode::from(2)
        }
    }
}

fn obey(command: &Command, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    match command {
        Command::Help => write!(out, "{HELP}")?,
        Command::List => {
            for scenario in SCENARIOS {
                writeln!(out, "{:<20} {}", scenario.name, scenario.about)?;
            }
        }
        Command::Run(options) => simulate(options, out)?,
    }
    Ok(())
}

fn simulate(options: &Options, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut outcomes = Vec::new();
    let shows_progress = io::stderr().is_terminal();
    for (name, policy) in &options.policies {
        let mut progress = |at: u64, reachable: u32| {
            if shows_progress {
                let percent = u64::from(reachable) * 100 / u64::from(options.phones);
                let full = usize::try_from(percent / 5).unwrap_or(0);
                let bar = format!("{}{}", "#".repeat(full), " ".repeat(20_usize.saturating_sub(full)));
                eprint!("\r{name}: minute {:>4} [{bar}] {percent:>3} % reachable", at / 60_000);
            }
        };
        let run = Run {
            scenario: options.scenario,
            policy: policy.clone(),
            phones: options.phones,
            capacity: options.capacity,
            seed: options.seed,
            threads: options.threads,
        };
        outcomes.push((*name, run::run(&run, &mut progress)?));
        if shows_progress {
            eprint!("\r\x1b[K");
        }
    }
    if let Some(file) = &options.svg {
        plot::write(file, options, &outcomes)?;
    }
    if options.json {
        writeln!(out, "{:#}", report::json(options, &outcomes))?;
    } else {
        write!(out, "{}", report::table(options, &outcomes))?;
    }
    Ok(())
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
