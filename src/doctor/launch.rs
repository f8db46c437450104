//! What becomes of the intent in the activity that a tap opens: launch modes, `onNewIntent`, splash screens.

use super::manifest::Declared;
use super::preflight::Setup;
use crate::finding::{Finding, Rule, Severity, shown};
use crate::intent::IntentFlags;
use crate::vendor::{Source, Vendor};

const TASKS: Source =
    Source::read("https://developer.android.com/guide/components/activities/tasks-and-back-stack");
const ACTIVITY: Source = Source::read("https://developer.android.com/guide/topics/manifest/activity-element");

pub(super) const ALL: &[&Rule] = &[NEW_INTENT, OWN_TASK, NO_HISTORY, SPLASH];

const NEW_INTENT: &Rule = &Rule::warning(
    "tap-new-intent",
    "An activity that is already open gets the next tap in onNewIntent. Its getIntent() still returns the first one, so the extras of every later notification are lost.",
    "override onNewIntent(intent), call setIntent(intent) and read the extras there as in onCreate",
    TASKS,
);

const OWN_TASK: &Rule = &Rule::warning(
    "tap-own-task",
    "The activity that a tap opens runs in a task of its own, apart from the app's other screens: back leaves the app, and the app may appear twice among the recent apps.",
    "remove taskAffinity, and use singleTop or singleTask instead of singleInstance",
    TASKS,
);

const NO_HISTORY: &Rule = &Rule::warning(
    "tap-no-history",
    "The activity that a tap opens is finished as soon as another one covers it (noHistory): the extras are lost unless it hands them on, and a next tap opens it anew.",
    "remove android:noHistory, or hand the intent's extras on to the next activity",
    ACTIVITY,
);

const SPLASH: &Rule = &Rule::warning(
    "tap-splash",
    "A tap opens a splash screen that starts another activity and finishes without handing on the intent's extras, so ext is lost.",
    "copy the extras: putExtras(getIntent()) on the intent that starts the next activity",
    Source::TENCENT_FAQ,
);

/// The flag that sends an intent to an activity that is already on top.
const SINGLE_TOP: IntentFlags = IntentFlags::from_bits(0x2000_0000);

/// What becomes of the intent of a tap in `activity`.
pub(super) fn check(
    setup: &Setup<'_>,
    vendor: Vendor,
    activity: &Declared,
    flags: IntentFlags,
    findings: &mut Vec<Finding>,
) {
    let behind = setup.manifest.behind_alias(activity);
    let attribute = |name: &str| behind.element.attribute(name).unwrap_or_default();
    let mode = attribute("launchMode");
    let at = behind.place();
    let source = source_of(setup, simple_name(&behind.class));
    let mut found = |rule: &'static Rule, severity: Severity, cause: &str| {
        if setup.said.borrow_mut().insert((rule.id(), at.clone())) {
            findings.push(Finding::new(rule, at.clone(), cause.to_owned()).on(vendor).rated(severity));
        }
    };
    if attribute("noHistory") == "true" {
        let hands_on = source.is_some_and(hands_on);
        let severity = if hands_on { Severity::Note } else { Severity::Warning };
        found(NO_HISTORY, severity, "the tap opens it, and noHistory finishes it");
    }
    let alone = matches!(mode, "singleInstance" | "3");
    let affinity = behind.element.attribute("taskAffinity");
    let package = setup.package();
    let elsewhere = affinity.is_some_and(|own| {
        own.is_empty() || package.is_some_and(|package| own != package && !own.contains("${"))
    });
    if alone {
        found(OWN_TASK, Severity::Warning, "its launchMode is singleInstance");
    } else if elsewhere && !behind.is_launcher() {
        found(OWN_TASK, Severity::Warning, "its taskAffinity is not that of the app");
    }
    let reused = matches!(
        mode,
        "singleTop" | "singleTask" | "singleInstance" | "singleInstancePerTask" | "1" | "2" | "3" | "4"
    ) || flags.contains(SINGLE_TOP);
    if reused {
        let how = if flags.contains(SINGLE_TOP) {
            "launchFlags has FLAG_ACTIVITY_SINGLE_TOP"
        } else {
            "its launchMode reuses it"
        };
        match source.map(new_intent) {
            Some(NewIntent::Read) => {}
            Some(NewIntent::Missing) => {
                found(NEW_INTENT, Severity::Warning, &format!("{how}, and it does not override onNewIntent"));
            }
            Some(NewIntent::Unread) => {
                found(
                    NEW_INTENT,
                    Severity::Warning,
                    &format!("{how}, and its onNewIntent does not use the intent"),
                );
            }
            Some(NewIntent::Inherited) | None => {
                let cause =
                    format!("{how}, so a second tap arrives in onNewIntent, which its source would show");
                found(NEW_INTENT, Severity::Note, &cause);
            }
        }
    }
    let name = simple_name(&behind.class).to_ascii_lowercase();
    let is_splash =
        ["splash", "welcome", "launch", "loading", "guide", "start"].iter().any(|word| name.contains(word));
    if let Some(text) = source.filter(|_| is_splash || behind.is_launcher()) {
        if starts_another(text) && !hands_on(text) {
            let cause = format!("{} starts another activity and finishes", shown(simple_name(&behind.class)));
            found(SPLASH, Severity::Warning, &cause);
        }
    }
}

fn simple_name(class: &str) -> &str {
    class.rsplit(['.', '$']).next().unwrap_or(class)
}

/// The source that defines a class.
fn source_of<'a>(setup: &Setup<'a>, class: &str) -> Option<&'a str> {
    let defines = |text: &str| {
        text.match_indices("class ").any(|(at, word)| {
            let behind = text.get(at.saturating_add(word.len())..).unwrap_or_default();
            behind.strip_prefix(class).is_some_and(|rest| {
                !rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '$'))
            })
        })
    };
    setup.preflight.sources.iter().map(|(_, text)| &**text).find(|text| !class.is_empty() && defines(text))
}

/// What an activity does with a second intent.
enum NewIntent {
    Read,
    Unread,
    Missing,
    /// The class above may do it.
    Inherited,
}

fn new_intent(text: &str) -> NewIntent {
    let Some((_, behind)) = text.split_once("onNewIntent(") else {
        const PLAIN: [&str; 5] =
            ["AppCompatActivity", "FragmentActivity", "ComponentActivity", "extends Activity", ": Activity("];
        let plain = PLAIN.iter().any(|class| text.contains(class));
        return if plain { NewIntent::Missing } else { NewIntent::Inherited };
    };
    let (parameters, rest) = behind.split_once(')').unwrap_or((behind, ""));
    // `Intent intent`, `intent: Intent?`, `final Intent intent`
    let parameter = match parameters.split_once(':') {
        Some((name, _)) => name.trim(),
        None => parameters.split_whitespace().last().unwrap_or_default(),
    };
    let used = body(rest)
        .split(';')
        .flat_map(str::lines)
        .filter(|line| !line.contains("super.onNewIntent"))
        .any(|line| !parameter.is_empty() && line.contains(parameter));
    if used { NewIntent::Read } else { NewIntent::Unread }
}

/// What stands between the next brace and the one that closes it.
fn body(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, char) in text.char_indices() {
        match char {
            '{' => depth = depth.saturating_add(1),
            '}' if depth <= 1 => return text.get(..at).unwrap_or(text),
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text
}

fn starts_another(text: &str) -> bool {
    text.contains("startActivity(") && text.contains("finish()")
}

/// Whether the extras or the data of the own intent go to another one.
fn hands_on(text: &str) -> bool {
    const WAYS: [&str; 9] = [
        "putExtras(",
        "putExtra(",
        "replaceExtras(",
        "setData(",
        "fillIn(",
        "getExtras()",
        ".extras",
        "getIntent()",
        "setIntent(",
    ];
    WAYS.iter().any(|way| text.contains(way)) || text.contains("Intent(intent)")
}
