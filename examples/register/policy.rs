//! Settings of a policy from text, as the examples `register` and `fleet` take them.

use std::time::Duration;

use serde_json::Value;
use tim_offline_push::registrar::{Policy, PolicySettings};

/// The default settings, to be changed by [`set`].
pub(crate) fn defaults() -> Result<Value, String> {
    serde_json::to_value(PolicySettings::default()).map_err(|error| error.to_string())
}

/// Puts one value in place of a default of the same kind: `KEY=VALUE`, delays in seconds.
pub(crate) fn set(settings: &mut Value, assignment: &str) -> Result<(), String> {
    let (key, text) = assignment.split_once('=').ok_or("needs KEY=VALUE")?;
    let (key, text) = (key.trim(), text.trim());
    let keys = settings.as_object().into_iter().flat_map(|settings| settings.keys().map(String::as_str));
    let unknown = format!("{key}: unknown; expected one of {}", keys.collect::<Vec<_>>().join(", "));
    let setting = settings.get_mut(key).ok_or(unknown)?;
    *setting = match setting {
        Value::Object(_) => {
            let seconds: f64 = text.parse().map_err(|_| format!("{key}: not a number of seconds"))?;
            let delay = Duration::try_from_secs_f64(seconds).map_err(|error| format!("{key}: {error}"))?;
            serde_json::to_value(delay).map_err(|error| error.to_string())?
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            serde_json::from_str(text).map_err(|_| format!("{key}: not a number, true or false"))?
        }
        Value::String(_) | Value::Array(_) => Value::from(text),
    };
    Ok(())
}

/// The policy of these settings, if all of them are in range.
pub(crate) fn check(settings: Value) -> Result<Policy, String> {
    let settings: PolicySettings =
        serde_json::from_value(settings).map_err(|error| format!("--policy: {error}"))?;
    Policy::new(settings).map_err(|error| error.to_string())
}
