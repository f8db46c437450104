//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;
use tim_offline_push::registrar::{Policy, PolicySettings};

use crate::scenarios::{SCENARIOS, STORY, Scenario};

pub(crate) const HELP: &str = "\
Elects the push vendor of a phone, then plays how it is registered, in virtual time.

Usage: register [OPTIONS]

  --config FILE      the app's timpush-configs.json, or another file with its certificate ids
  --device FILE      the phone: the output of `adb shell getprop`
  --scenario NAME    what is played; may be repeated [story]
  --list             the scenarios
  --policy KEY=VALUE another delay, in seconds, or another bound: `registration=3`; may be repeated
  --json             JSON Lines in place of words: the election, each line of a scenario (what needs no attention is
                     marked `aside`), and the diagnosis at its end
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
    pub(crate) json: bool,
}

impl Command {
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = arguments;
        let mut settings =
            serde_json::to_value(PolicySettings::default()).map_err(|error| error.to_string())?;
        let (mut config, mut device, mut scenarios, mut json) = (None, None, Vec::new(), false);
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
                "--config" => config = Some(value()?.into()),
                "--device" => device = Some(value()?.into()),
                "--scenario" => scenarios.push(scenario(&value()?)?),
                "--policy" => set(&mut settings, &value()?)?,
                _ => return Err(format!("unknown option {option}")),
            }
        }
        if scenarios.is_empty() {
            scenarios.push(&STORY);
        }
        let settings: PolicySettings =
            serde_json::from_value(settings).map_err(|error| format!("--policy: {error}"))?;
        let policy = Policy::new(settings).map_err(|error| error.to_string())?;
        Ok(Self::Play(Play { config, device, scenarios, policy, json }))
    }
}

fn scenario(name: &str) -> Result<&'static Scenario, String> {
    let found = SCENARIOS.iter().find(|scenario| scenario.name == name);
    found.ok_or_else(|| format!("no scenario {name}: see --list"))
}

/// Puts one value in place of a default of the same kind.
fn set(settings: &mut Value, assignment: &str) -> Result<(), String> {
    let (key, text) = assignment.split_once('=').ok_or("--policy needs KEY=VALUE")?;
    let keys = settings.as_object().into_iter().flat_map(|settings| settings.keys().map(String::as_str));
    let unknown = format!("--policy: no {key}; there are {}", keys.collect::<Vec<_>>().join(", "));
    let slot = settings.get_mut(key).ok_or(unknown)?;
    *slot = match slot {
        Value::Object(_) => {
            let seconds: f64 =
                text.parse().map_err(|_| format!("--policy {key}: not a number of seconds"))?;
            let delay =
                Duration::try_from_secs_f64(seconds).map_err(|error| format!("--policy {key}: {error}"))?;
            serde_json::to_value(delay).map_err(|error| error.to_string())?
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            serde_json::from_str(text).map_err(|_| format!("--policy {key}: not a number, true or false"))?
        }
        Value::String(_) | Value::Array(_) => Value::from(text),
    };
    Ok(())
}
