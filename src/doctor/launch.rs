//! What becomes of the intent in the activity that a tap opens: launch modes, `onNewIntent`, splash screens.

use super::click::Click;
use super::keys;
use super::manifest::Declared;
use super::preflight::Setup;
use crate::finding::{Rule, Severity, shown};
use crate::intent::IntentFlags;
use crate::vendor::Source;

const TASKS: Source =
    Source::read("https://developer.android.com/guide/components/activities/tasks-and-back-stack");
pub(super) const ACTIVITY: Source =
    Source::read("https://developer.android.com/guide/topics/manifest/activity-element");

pub(super) const ALL: &[&Rule] = &[NEW_INTENT, OWN_TASK, NO_HISTORY, SPLASH];

const NEW_INTENT: &Rule = &Rule::warning("tap-new-intent", TASKS)
    .says("An activity that is already open gets the next tap in onNewIntent. Its getIntent() still returns the first one, so the extras of every later notification are lost.")
    .with_fix("override onNewIntent(intent), call setIntent(intent) and read the extras there as in onCreate");

const OWN_TASK: &Rule = &Rule::warning("tap-own-task", TASKS)
    .says("The activity that a tap opens runs in a task of its own, apart from the app's other screens: back leaves the app, and the app may appear twice among the recent apps.")
    .with_fix("remove taskAffinity, and use singleTop or singleTask instead of singleInstance");

const NO_HISTORY: &Rule = &Rule::warning("tap-no-history", ACTIVITY)
    .says("The activity that a tap opens is finished as soon as another one covers it (noHistory): the extras are lost unless it hands them on, and a next tap opens it anew.")
    .with_fix("remove android:noHistory, or hand the intent's extras on to the next activity");

const SPLASH: &Rule = &Rule::warning("tap-splash", Source::TENCENT_FAQ)
    .says("A tap opens a splash screen that starts another activity and finishes without handing on the intent's extras, so ext is lost.")
    .with_fix("copy the extras: putExtras(getIntent()) on the intent that starts the next activity");

/// `FLAG_ACTIVITY_SINGLE_TOP`: an activity that is already on top gets the intent.
const SINGLE_TOP: IntentFlags = IntentFlags::from_bits(0x2000_0000);

/// The launch modes that bring an activity back, by name and by number.
const REUSING_MODES: [&str; 8] =
    ["singleTop", "singleTask", "singleInstance", "singleInstancePerTask", "1", "2", "3", "4"];

const SPLASH_WORDS: &str = "splash welcome launch loading guide start";

impl Click<'_> {
    /// What becomes of the intent of a tap in `activity`.
    pub(super) fn launch(&mut self, activity: &Declared, flags: IntentFlags) {
        let Self { setup, vendor, findings } = self;
        let behind = setup.manifest.behind_alias(activity);
        let attribute = |name: &str| behind.element.attribute(name).unwrap_or_default();
        let at = behind.place();
        let name = simple_name(&behind.class);
        let source = source_of(setup, name);
        // One activity serves the taps of several vendors.
        let mut found = |rule: &'static Rule, severity: Severity, cause: String| {
            if setup.said.borrow_mut().insert((rule.id(), at.clone())) {
                findings.push(rule.at(at.clone(), cause).on(*vendor).rated(severity));
            }
        };
        let hands_on = source.is_some_and(hands_on);
        if attribute("noHistory") == "true" {
            let severity = if hands_on { Severity::Note } else { Severity::Warning };
            found(NO_HISTORY, severity, "the tap opens it, and noHistory finishes it".to_owned());
        }
        let mode = attribute("launchMode");
        let elsewhere = behind.element.attribute("taskAffinity").is_some_and(|own| {
            own.is_empty() || setup.package().is_some_and(|package| own != package && !own.contains("${"))
        });
        if matches!(mode, "singleInstance" | "3") {
            found(OWN_TASK, Severity::Warning, "its launchMode is singleInstance".to_owned());
        } else if elsewhere && !behind.is_launcher() {
            found(OWN_TASK, Severity::Warning, "its taskAffinity is not that of the app".to_owned());
        }
        let how = if flags.contains(SINGLE_TOP) {
            Some("launchFlags has FLAG_ACTIVITY_SINGLE_TOP")
        } else {
            REUSING_MODES.contains(&mode).then_some("its launchMode reuses it")
        };
        let lost = source.map_or(Some(UNKNOWN_NEW_INTENT), new_intent_lost);
        if let (Some(how), Some((severity, what))) = (how, lost) {
            found(NEW_INTENT, severity, format!("{how}, {what}"));
        }
        let lower = name.to_ascii_lowercase();
        let is_splash = keys::has_word(&lower, SPLASH_WORDS) || behind.is_launcher();
        if is_splash && !hands_on && source.is_some_and(starts_another) {
            found(SPLASH, Severity::Warning, format!("{} starts another activity and finishes", shown(name)));
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

/// A superclass may read the second intent, or the source was not given.
const UNKNOWN_NEW_INTENT: (Severity, &str) =
    (Severity::Note, "so a second tap arrives in onNewIntent, which its source would show");

/// Why an activity does not see a second intent; `None` if it reads it.
fn new_intent_lost(text: &str) -> Option<(Severity, &'static str)> {
    const PLAIN: [&str; 5] =
        ["AppCompatActivity", "FragmentActivity", "ComponentActivity", "extends Activity", ": Activity("];
    let Some((_, behind)) = text.split_once("onNewIntent(") else {
        let is_plain = PLAIN.iter().any(|class| text.contains(class));
        let missing = (Severity::Warning, "and it does not override onNewIntent");
        return Some(if is_plain { missing } else { UNKNOWN_NEW_INTENT });
    };
    let (parameters, rest) = behind.split_once(')').unwrap_or((behind, ""));
    // `Intent intent`, `intent: Intent?`, `final Intent intent`
    let parameter = match parameters.split_once(':') {
        Some((name, _)) => name.trim(),
        None => parameters.split_whitespace().last().unwrap_or_default(),
    };
    let mut lines = body(rest).split([';', '\n']).filter(|line| !line.contains("super.onNewIntent"));
    let is_read = lines.any(|line| !parameter.is_empty() && line.contains(parameter));
    (!is_read).then_some((Severity::Warning, "and its onNewIntent does not use the intent"))
}

/// The text up to the brace that closes the first one.
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

/// Whether the extras or the data of the intent are copied to another one.
fn hands_on(text: &str) -> bool {
    const WAYS: &str = "putExtras( putExtra( replaceExtras( setData( fillIn( getExtras() .extras getIntent() setIntent( \
        Intent(intent)";
    keys::has_word(text, WAYS)
}
