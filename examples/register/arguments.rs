//! The command line.

use std::path::PathBuf;

use tim_offline_push::registrar::Policy;

use crate::policy;
use crate::scenarios::{SCENARIOS, STORY, Scenario};

pub(crate) const HELP: &str = "\
Elects the push vendor of a phone, then plays how it is registered, in virtual time.

Usage: register [OPTIONS]

  --config FILE      the app's timpush-configs.json, or another file with its certificate ids
  --device FILE      the phone: the output of `adb shell getprop`
  --scenario NAME    what is played; may be repeated [story]
  --list             the scenarios
  --policy KEY=VALUE another delay, in seconds, or another bound: `registration=3`; may be repeated
  --svg FILE         also draws what is played as a timeline with four lanes
  --json             JSON Lines in place of words: the election, each line of a scenario (what needs no attention is
                     marked `aside`), and the diagnosis at its end
  --calls            the calls of the hosts only, with the made-up tokens, one a line
  --help             this text

In the timeline, -> is what the registrar does, = where that leaves it, and ! what it has to say.

Exit code: 0, or 2 for bad arguments and files that cannot be used.
";

pub(crate) enum Command {
    Help,
    List,
    Play(Play),
}

pub(crate) struct Play {
    pub(crate) config: Option<PathBuf>,
    pub(crate) device: Option<PathBuf>,
    pub(crate) scenarios: Vec<&'static Scenario>,
    pub(crate) policy: Policy,
    pub(crate) svg: Option<PathBuf>,
    pub(crate) json: bool,
    pub(crate) calls: bool,
}

impl Command {
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = arguments;
        let mut settings = policy::defaults()?;
        let (mut config, mut device, mut svg, mut scenarios) = (None, None, None, Vec::new());
        let (mut json, mut calls) = (false, false);
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
                "--json" => json = true,
                "--calls" => calls = true,
                "--config" => config = Some(value()?.into()),
                "--device" => device = Some(value()?.into()),
                "--svg" => svg = Some(value()?.into()),
                "--scenario" => scenarios.push(scenario(&value()?)?),
                "--policy" => {
                    policy::set(&mut settings, &value()?).map_err(|error| format!("--policy {error}"))?;
                }
                _ => return Err(format!("unknown option {option}")),
            }
        }
        if scenarios.is_empty() {
            scenarios.push(&STORY);
        }
        let policy = policy::check(settings)?;
        Ok(Self::Play(Play { config, device, scenarios, policy, svg, json, calls }))
    }
}

fn scenario(name: &str) -> Result<&'static Scenario, String> {
    let found = SCENARIOS.iter().find(|scenario| scenario.name == name);
    found.ok_or_else(|| format!("no scenario {name}: see --list"))
}
