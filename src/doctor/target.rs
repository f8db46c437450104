//! What a tap opens, compared with the manifest, and what becomes of its intent there: launch modes,
//! `onNewIntent`, splash screens.

use super::click::{Click, PLACE, TOO_LONG};
use super::components::ANDROID_13_LEVEL;
use super::keys;
use super::manifest::{Declared, Lookup, is_computed};
use super::preflight::Setup;
use super::rules::rule_id;
use crate::click_action::{ClickAction, ClickActionError};
use crate::finding::{RuleId, Severity, shown};
use crate::intent::filter::{IntentFilter, Mismatch};
use crate::intent::{AndroidUri, Component, Intent, IntentFlags};
use crate::vendor::Vendor;

const COMPONENT_UNKNOWN: RuleId = rule_id("component-not-declared");
const FILTER_MISMATCH: RuleId = rule_id("filter-mismatch");
const DEFAULT_CATEGORY: RuleId = rule_id("default-category-missing");
const AMBIGUOUS: RuleId = rule_id("click-ambiguous");
const UNJUDGED: RuleId = rule_id("click-cannot-be-judged");
const OWN_TASK: RuleId = rule_id("tap-own-task");
const NO_HISTORY: RuleId = rule_id("tap-no-history");
const SPLASH: RuleId = rule_id("tap-splash");

/// The launch modes that bring an activity back, by name and by number.
const REUSING_MODES: [&str; 8] =
    ["singleTop", "singleTask", "singleInstance", "singleInstancePerTask", "1", "2", "3", "4"];

const SPLASH_WORDS: &str = "splash welcome launch loading guide start";

impl<'a> Click<'a> {
    /// Compares an intent with the manifest.
    pub(super) fn compare(&mut self, intent: &Intent) {
        let has_manifest = self.setup.manifest.is_given();
        let scheme = intent.data().and_then(AndroidUri::scheme).unwrap_or_default();
        // A manifest shows whether a filter takes it so.
        if !has_manifest && scheme.contains(|char: char| char.is_ascii_uppercase()) {
            self.found(rule_id("click-scheme-case"), "the scheme of its data has capital letters");
        }
        let component = intent.component();
        let named = component.as_ref().map(Component::package);
        if let Some((named, own)) = named.zip(self.setup.package).filter(|(named, own)| named != own) {
            let cause = format!("names a component of {}, and the app is {}", shown(named), shown(own));
            // A build may set another application id than the package of a source manifest.
            let is_open = !self.setup.package_is_certain;
            self.find(rule_id("click-other-package").at(PLACE, cause).rated_if(is_open, Severity::Note));
        }
        if !has_manifest {
            return;
        }
        let Some(component) = component else { return self.implicit(intent) };
        if let Some(activity) = self.declared(component.class()) {
            self.named(activity, intent);
        }
    }

    /// Compares what OPPO or Meizu opens, a class or an intent action, with the manifest.
    pub(super) fn compare_name(&mut self, value: &str) {
        let setup = self.setup;
        if !setup.manifest.is_given() {
            return;
        }
        let takers = setup.manifest.filters().filter(|(_, filter)| filter.has_action(value));
        let by_action = self.vendor == Vendor::Oppo && matches!(setup.manifest.activity(value), Lookup::No);
        let takers: Vec<_> = takers.filter(|_| by_action).collect();
        if !takers.is_empty() {
            return self.oppo_action(value, &takers);
        }
        let Some(activity) = self.declared(value) else { return };
        self.is_open(activity);
        self.launch(activity, IntentFlags::default());
    }

    /// What becomes of a tap that opens the app.
    pub(super) fn launcher(&mut self) {
        let setup = self.setup;
        let has_console = !matches!(self.vendor, Vendor::Apns | Vendor::HarmonyOs);
        let is_open = |own: &&Declared| has_console && own.is_launcher() && !own.is_disabled();
        for activity in setup.manifest.activities().filter(is_open).take(MOST_LAUNCHERS) {
            self.launch(activity, IntentFlags::default());
        }
    }

    /// The activity of a class, if it is declared.
    fn declared(&mut self, class: &str) -> Option<&'a Declared> {
        let manifest = &self.setup.manifest;
        let (rule, what) = match manifest.activity(class) {
            Lookup::Declared(activity) => return Some(activity),
            Lookup::Perhaps => (UNJUDGED, "may be in the manifest, whose package is not known"),
            // The screens of Tencent's packages are declared by their own manifests.
            Lookup::No if class.starts_with("com.tencent.") && !manifest.is_complete() => {
                (UNJUDGED, "may be declared by Tencent's package")
            }
            Lookup::No => (COMPONENT_UNKNOWN, "is not an activity of the manifest: the tap does nothing"),
        };
        self.found(rule, format!("{} {what}", shown(class)));
        None
    }

    /// Whether a vendor's push service can start it.
    fn is_open(&mut self, activity: &Declared) {
        let at = activity.place();
        if activity.is_disabled() || self.setup.manifest.behind_alias(activity).is_disabled() {
            self.find(rule_id("target-disabled").at(at.clone(), "the tap opens it, and it is disabled"));
        }
        if let Some(permission) = activity.element.attribute("permission").filter(|name| !name.is_empty()) {
            let cause = format!("the tap opens it, and its caller must hold {}", shown(permission));
            self.find(rule_id("target-protected").at(at.clone(), cause));
        }
        if !activity.is_exported() {
            // A library's manifest may set it where this one says nothing.
            let is_stated = activity.element.attribute("exported").is_some();
            let is_certain = is_stated || self.setup.manifest.is_complete();
            let finding = rule_id("target-not-exported").at(at, "the tap opens it, and it is not exported");
            self.find(finding.rated_if(!is_certain, Severity::Warning));
        }
    }

    /// The intent names an activity: that must be exported, and from Android 13 on one of its filters, if it
    /// has any, must take the intent.
    fn named(&mut self, activity: &Declared, intent: &Intent) {
        self.is_open(activity);
        self.launch(activity, intent.flags());
        if activity.filters.is_empty() {
            return;
        }
        let at = activity.place();
        let mut takers = activity.filters.iter().filter(|filter| filter.matches(intent).is_ok()).peekable();
        if takers.peek().is_none() {
            let Some((_, mismatch)) = Mismatch::nearest(&activity.filters, intent) else { return };
            let reason = reason(&mismatch);
            if is_open_question(&activity.filters, intent) {
                let cause = format!("{reason}, and only the build knows what the filter takes");
                return self.find(UNJUDGED.at(at, cause));
            }
            let is_old = self.setup.target_sdk().is_some_and(|target| target < ANDROID_13_LEVEL);
            let cause = format!("no filter takes the intent, as Android 13 requires: {reason}");
            let finding = FILTER_MISMATCH.at(at, cause).rated(Severity::Warning);
            self.find(finding.rated_if(is_old, Severity::Note));
        } else if !takers.any(|filter| filter.has_category(Intent::CATEGORY_DEFAULT)) {
            let cause =
                "its filter lacks the category DEFAULT, which matters only to intents that name no component";
            self.find(DEFAULT_CATEGORY.at(at, cause).rated(Severity::Note));
        }
    }

    /// The intent names no component: some activity's filter must take it together with the category
    /// `DEFAULT`.
    fn implicit(&mut self, intent: &Intent) {
        let setup = self.setup;
        let wanted = intent.clone().with_category(Intent::CATEGORY_DEFAULT);
        let mut takers: Vec<&Declared> = Vec::new();
        let (mut without_default, mut closed) = (None, None);
        let is_taken = |filter: &IntentFilter| filter.matches(intent).is_ok();
        for (activity, filter) in setup.manifest.filters().filter(|(_, filter)| is_taken(filter)) {
            if !activity.is_exported() || activity.is_disabled() {
                closed = Some(activity);
            } else if filter.matches(&wanted).is_err() {
                without_default = Some(activity);
            } else if takers.last().is_none_or(|last| last.class != activity.class) {
                takers.push(activity);
            }
        }
        match (takers.as_slice(), without_default, closed) {
            ([activity], _, _) => {
                self.is_open(activity);
                self.launch(activity, intent.flags());
            }
            ([first, .., last], _, _) => {
                let cause = format!("{} and {} both take it", shown(&first.class), shown(&last.class));
                self.found(AMBIGUOUS, cause);
            }
            ([], Some(activity), _) => {
                let cause =
                    "its filter takes the intent, but lacks the category DEFAULT, which the system adds";
                self.find(DEFAULT_CATEGORY.at(activity.place(), cause));
            }
            ([], None, Some(activity)) => self.is_open(activity),
            ([], None, None) => self.no_taker(&wanted),
        }
    }

    fn no_taker(&mut self, intent: &Intent) {
        let open = self.setup.manifest.filters().filter(|(activity, _)| activity.is_exported());
        let (activities, filters): (Vec<_>, Vec<_>) = open.unzip();
        let nearest = Mismatch::nearest(filters.iter().copied(), intent);
        let found = nearest.and_then(|(index, mismatch)| Some((activities.get(index)?, mismatch)));
        let Some((activity, mismatch)) = found else {
            let cause = "it names no component, and no exported activity of the manifest has a filter: the tap does nothing";
            return self.found(FILTER_MISMATCH, cause);
        };
        let (class, reason) = (shown(&activity.class), reason(&mismatch));
        if is_open_question(filters, intent) {
            let cause = format!("{reason} of {class}, and only the build knows what the filter takes");
            return self.found(UNJUDGED, cause);
        }
        let cause = format!("no activity takes it, so the tap does nothing; nearest is {class}: {reason}");
        self.found(FILTER_MISMATCH, cause);
    }

    fn oppo_action(&mut self, action: &str, takers: &[(&Declared, &IntentFilter)]) {
        let judge = |filter| ClickAction::oppo_by_action(action, filter).err();
        let judged: Vec<_> = takers.iter().map(|(activity, filter)| (*activity, judge(filter))).collect();
        let good: Vec<_> = judged.iter().filter(|(_, error)| error.is_none()).collect();
        if let [(first, _), .., (last, _)] = good.as_slice() {
            if first.class != last.class {
                let cause =
                    format!("{} and {} both take the action", shown(&first.class), shown(&last.class));
                self.found(AMBIGUOUS, cause);
            }
        }
        let Some((activity, error)) = good.first().copied().or_else(|| judged.first()) else { return };
        self.is_open(activity);
        let rule = match error {
            None => return,
            Some(ClickActionError::OppoFilterCategory) => DEFAULT_CATEGORY,
            Some(ClickActionError::OppoFilterData) => rule_id("oppo-action-data"),
            Some(ClickActionError::TooLong { .. }) => TOO_LONG,
            Some(_) => FILTER_MISMATCH,
        };
        let Some(error) = error else { return };
        self.find(rule.at(activity.place(), error.to_string()).because(error.rule()));
    }

    /// What becomes of the intent of a tap in `activity`.
    pub(super) fn launch(&mut self, activity: &Declared, flags: IntentFlags) {
        let Self { setup, vendor, findings } = self;
        let behind = setup.manifest.behind_alias(activity);
        let attribute = |name: &str| behind.element.attribute(name).unwrap_or_default();
        let at = behind.place();
        let name = behind.class.rsplit(['.', '$']).next().unwrap_or_default();
        let source = source_of(setup, name);
        // One activity serves the taps of several vendors.
        let mut found = |rule: RuleId, is_note: bool, cause: String| {
            if setup.said.borrow_mut().insert((rule.id, at.clone())) {
                findings.push(rule.at(at.clone(), cause).on(*vendor).rated_if(is_note, Severity::Note));
            }
        };
        let hands_on = source.is_some_and(hands_on);
        if attribute("noHistory") == "true" {
            found(NO_HISTORY, hands_on, "the tap opens it, and noHistory finishes it".to_owned());
        }
        let mode = attribute("launchMode");
        let elsewhere = behind.element.attribute("taskAffinity").is_some_and(|own| {
            own.is_empty() || setup.package.is_some_and(|package| own != package && !own.contains("${"))
        });
        if matches!(mode, "singleInstance" | "3") {
            found(OWN_TASK, false, "its launchMode is singleInstance".to_owned());
        } else if elsewhere && !behind.is_launcher() {
            found(OWN_TASK, false, "its taskAffinity is not that of the app".to_owned());
        }
        let by_flag = flags.contains(IntentFlags::ACTIVITY_SINGLE_TOP);
        let by_flag = by_flag.then_some("launchFlags has FLAG_ACTIVITY_SINGLE_TOP");
        let how = by_flag.or_else(|| REUSING_MODES.contains(&mode).then_some("its launchMode reuses it"));
        // A superclass may read the second intent, or the source was not given.
        let lost = source.map_or(Some(UNKNOWN_NEW_INTENT), new_intent_lost);
        if let (Some(how), Some(what)) = (how, lost) {
            found(rule_id("tap-new-intent"), what == UNKNOWN_NEW_INTENT, format!("{how}, {what}"));
        }
        let lower = name.to_ascii_lowercase();
        let is_splash = keys::has_word(&lower, SPLASH_WORDS) || behind.is_launcher();
        let starts_another = |text: &str| text.contains("startActivity(") && text.contains("finish()");
        if is_splash && !hands_on && source.is_some_and(starts_another) {
            found(SPLASH, false, format!("{} starts another activity and finishes", shown(name)));
        }
    }
}

/// What differs, as text of bounded length.
fn reason(mismatch: &Mismatch) -> String {
    shown(&mismatch.to_string().replace('\n', " "))
}

/// Whether one of the filters could take the intent, for all that the text of the manifest says.
fn is_open_question<'f>(filters: impl IntoIterator<Item = &'f IntentFilter>, intent: &Intent) -> bool {
    filters.into_iter().any(|filter| {
        let computed = filter.schemes().any(is_computed)
            || filter.authorities().iter().any(|own| is_computed(own.host()))
            || filter.paths().iter().any(|own| is_computed(own.pattern()));
        let action = |own: &str| filter.has_action(own) || filter.actions().any(is_computed);
        computed && intent.action().is_none_or(action)
            || intent.action().is_some() && filter.actions().any(is_computed)
    })
}

/// The source that defines a class.
fn source_of<'a>(setup: &'a Setup<'_>, class: &str) -> Option<&'a str> {
    let defines = |text: &str| {
        text.match_indices("class ").any(|(at, word)| {
            let behind = text.get(at.saturating_add(word.len())..).unwrap_or_default();
            behind.strip_prefix(class).is_some_and(|rest| {
                !rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '$'))
            })
        })
    };
    setup.code.iter().map(String::as_str).find(|text| !class.is_empty() && defines(text))
}

/// The most activities with an icon that are looked at, each of them in every source.
const MOST_LAUNCHERS: usize = 16;

const UNKNOWN_NEW_INTENT: &str = "so a second tap arrives in onNewIntent, which its source would show";

/// Why an activity does not see a second intent; `None` if it reads it.
fn new_intent_lost(text: &str) -> Option<&'static str> {
    const PLAIN: [&str; 5] =
        ["AppCompatActivity", "FragmentActivity", "ComponentActivity", "extends Activity", ": Activity("];
    let Some((_, behind)) = text.split_once("onNewIntent(") else {
        let is_plain = PLAIN.iter().any(|class| text.contains(class));
        return Some(if is_plain { "and it does not override onNewIntent" } else { UNKNOWN_NEW_INTENT });
    };
    let (parameters, rest) = behind.split_once(')').unwrap_or((behind, ""));
    // `Intent intent`, `intent: Intent?`, `final Intent intent`
    let parameter = match parameters.split_once(':') {
        Some((name, _)) => name.trim(),
        None => parameters.split_whitespace().last().unwrap_or_default(),
    };
    let mut lines = body(rest).split([';', '\n']).filter(|line| !line.contains("super.onNewIntent"));
    let is_read = lines.any(|line| !parameter.is_empty() && line.contains(parameter));
    (!is_read).then_some("and its onNewIntent does not use the intent")
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

/// Whether the extras or the data of the intent are copied to another one.
fn hands_on(text: &str) -> bool {
    const WAYS: &str = "putExtras( putExtra( replaceExtras( setData( fillIn( getExtras() .extras getIntent() setIntent( \
        Intent(intent)";
    keys::has_word(text, WAYS)
}
