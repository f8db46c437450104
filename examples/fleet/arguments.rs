//! The command line.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tim_offline_push::registrar::Policy;

use crate::policy;
use crate::scenario::{SCENARIOS, Scenario, Span};

pub(crate) const HELP: &str = "\
Steps many phones, each a real registrar, through a login rush and a fault, and shows what the IM server gets to bear.

Usage: fleet [OPTIONS]      (use cargo run --release --example fleet -- for more than a few thousand phones)

  --phones N              how many phones [100000]
  --capacity N            calls that the server answers in a second; the rest is refused as too frequent, 22006
                          [a 200th of the phones]
  --scenario NAME         what goes wrong [outage]
  --list                  the scenarios
  --outage FROM..TO       when the IM server is down instead, in seconds since the start
  --policy KEY=VALUE      another delay, in seconds, or another bound: `backoff_base=3`; may be repeated
  --policy-file FILE      such settings, one a line; # begins a comment
  --compare               three policies beside each other: the one given (or the default), the same without jitter,
                          and a fixed delay of 30 s
  --svg FILE              also plots load and reachability over time, one panel a policy
  --json                  JSON in place of the table
  --seed N                another seed for all that is random [1]
  --threads N             how many threads; changes nothing in the output [one for each core]
  --help                  this text

Exit code: 0, or 2 for bad arguments and files that cannot be used.
";

pub(crate) enum Command {
    Help,
    List,
    Run(Box<Options>),
}

pub(crate) struct Options {
    pub(crate) phones: u32,
    pub(crate) capacity: u32,
    pub(crate) scenario: Scenario,
    /// The policies to compare, with their names.
    pub(crate) policies: Vec<(&'static str, Policy)>,
    pub(crate) svg: Option<PathBuf>,
    pub(crate) json: bool,
    pub(crate) seed: u64,
    pub(crate) threads: usize,
}

impl Command {
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = arguments;
        let mut settings = policy::defaults()?;
        let mut scenario = SCENARIOS.first().copied().ok_or("no scenario")?;
        let (mut phones, mut capacity, mut outage, mut svg) = (100_000, None, None, None);
        let (mut is_own, mut compare, mut json, mut seed, mut threads) = (false, false, false, 1, None);
        while let Some(argument) = arguments.next() {
            let (option, own) = match argument.split_once('=') {
                Some((option, own)) => (option, Some(own.to_owned())),
                None => (argument.as_str(), None),
            };
            let mut value =
                || own.clone().or_else(|| arguments.next()).ok_or_else(|| format!("{option} needs a value"));
            match option {
                "--help" | "-h" => return Ok(Self::Help),
                "--list" => return Ok(Self::List),
                "--phones" => phones = number(option, &value()?, 1, 10_000_000)?,
                "--capacity" => capacity = Some(number(option, &value()?, 1, u32::MAX)?),
                "--scenario" => {
                    let name = value()?;
                    scenario =
                        Scenario::find(&name).ok_or_else(|| format!("no scenario {name}: see --list"))?;
                }
                "--outage" => outage = Some(span(&value()?)?),
                "--policy" => {
                    policy::set(&mut settings, &value()?).map_err(|error| format!("--policy {error}"))?;
                    is_own = true;
                }
                "--policy-file" => {
                    read_policy(&mut settings, Path::new(&value()?))?;
                    is_own = true;
                }
                "--compare" => compare = true,
                "--svg" => svg = Some(value()?.into()),
                "--json" => json = true,
                "--seed" => {
                    let text = value()?;
                    seed = text.parse().map_err(|_| format!("--seed {text}: not a whole number"))?;
                }
                "--threads" => threads = Some(number(option, &value()?, 1, 1_024)?),
                _ => return Err(format!("unknown option {option}")),
            }
        }
        scenario.outage = outage.or(scenario.outage);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self::Run(Box::new(Options {
            phones,
            capacity: capacity.unwrap_or_else(|| phones.div_ceil(200)),
            scenario,
            policies: policies(&settings, is_own, compare)?,
            svg,
            json,
            seed,
            threads: threads.and_then(|threads| usize::try_from(threads).ok()).unwrap_or(cores),
        })))
    }
}

fn number(option: &str, text: &str, least: u32, most: u32) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| format!("{option} {text}: expected a whole number from {least} to {most}"))
}

fn span(text: &str) -> Result<Span, String> {
    let wrong = || format!("--outage {text}: expected FROM..TO in seconds, such as 300..900, up to a day");
    let (from, to) = text.split_once("..").ok_or_else(wrong)?;
    let second = |text: &str| text.parse().ok().filter(|second| *second <= 86_400_u64);
    match (second(from), second(to)) {
        (Some(from), Some(to)) if from < to => Ok(Span::seconds(from, to)),
        _ => Err(wrong()),
    }
}

fn read_policy(settings: &mut Value, file: &Path) -> Result<(), String> {
    let name = file.display();
    let text = fs::read_to_string(file).map_err(|error| format!("--policy-file {name}: {error}"))?;
    for (number, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if !line.is_empty() {
            policy::set(settings, line).map_err(|error| format!("{name}:{}: {error}", number + 1))?;
        }
    }
    Ok(())
}

/// The policies that are run.
fn policies(settings: &Value, is_own: bool, compare: bool) -> Result<Vec<(&'static str, Policy)>, String> {
    let own = if is_own { "own policy" } else { "default policy" };
    let mut policies = vec![(own, policy::check(settings.clone())?)];
    if compare {
        let changed = |changes: &[&str]| {
            let mut settings = settings.clone();
            for change in changes {
                policy::set(&mut settings, change)?;
            }
            policy::check(settings)
        };
        policies.push(("no jitter", changed(&["jitter=off"])?));
        let fixed = [
            "jitter=off",
            "backoff_factor=1",
            "backoff_base=30",
            "backoff_floor=30",
            "backoff_cap_foreground=30",
            "backoff_cap_background=30",
            "slow_base=30",
        ];
        policies.push(("fixed 30 s", changed(&fixed)?));
    }
    Ok(policies)
}
