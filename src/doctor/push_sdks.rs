//! The push SDKs in a manifest: who receives what, what an SDK needs there, and what is outdated.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::keys;
use super::manifest::{Declared, is_computed};
use super::preflight::Setup;
use super::rules::rule_id;
use crate::finding::{Finding, RuleId, Severity, shown};
use crate::intent::filter::IntentFilter;
use crate::vendor::{Vendor, VendorSet};

const SDK_TWICE: RuleId = rule_id("push-sdk-twice");
const KEY_EMPTY: RuleId = rule_id("vendor-key-empty");
const KEY_MISSING: RuleId = rule_id("vendor-key-missing");
const MI_PUSH_WIRING: RuleId = rule_id("mi-push-wiring");
const OUTDATED_COMPONENT: RuleId = rule_id("outdated-component");
const SERVICE_OPEN: RuleId = rule_id("push-service-exposed");

/// What push SDKs have in a manifest.
const TABLE: &str = include_str!("push_sdks.txt");

/// A name, the vendor that it belongs to, and what else there is to say.
type Row = (&'static str, Vendor, &'static str);

/// What the receiver of a vendor's tokens listens to, and the SDK's own class that may listen too.
static RECEIVERS: LazyLock<Vec<Row>> = LazyLock::new(|| rows("receiver "));

/// How the class names of each vendor's SDK begin.
static SDK_CLASSES: LazyLock<Vec<Row>> = LazyLock::new(|| rows("class "));

/// Components of SDK versions that are gone.
static OUTDATED: LazyLock<Vec<Row>> = LazyLock::new(|| rows("outdated "));

fn rows(kind: &str) -> Vec<Row> {
    let row = |line: &'static str| {
        let (vendor, rest) = line.strip_prefix(kind)?.split_once(' ')?;
        let (name, more) = rest.split_once(' ').unwrap_or((rest, ""));
        Some((name, vendor.parse().ok()?, more))
    };
    TABLE.lines().filter_map(row).collect()
}

/// The SDK that collects the tokens of several vendors, if a name belongs to one.
fn aggregator(name: &str) -> Option<&'static str> {
    let mut sdks = TABLE.lines().filter_map(|line| line.split_once(" = "));
    sdks.find(|(_, marks)| begins(name, marks)).map(|(sdk, _)| sdk)
}

/// Whether a name begins with one of the marks, which spaces divide.
fn begins(name: &str, marks: &str) -> bool {
    marks.split(' ').any(|mark| name.starts_with(mark))
}

/// Tencent's own push, whatever wraps it.
const TIMPUSH: &str = "com.tencent.qcloud.tim.push. com.tencent.timpush com.tencent.qcloud.tuikit.tuiofflinepush \
    com.tencent.qcloud.tim.tuiofflinepush com.tencent.flutter.tim_ui_kit_push_plugin com.tencent.qcloud.tim.demo.thirdpush";

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    aggregators(setup, findings);
    if !setup.manifest.is_given() {
        return;
    }
    receivers(setup, findings);
    needs(setup, findings);
    mi_push(setup, findings);
    setup.manifest.components.iter().for_each(|component| one_component(component, findings));
}

/// Whether a component is the app's own and receives a vendor's tokens. The SDK calls its own class only if
/// the app has none, and nothing that is disabled.
fn receives(component: &Declared, (action, _, sdk): &Row) -> bool {
    !component.class.starts_with(sdk) && !component.is_disabled() && component.has_action(action)
}

/// Each vendor's tokens go to one receiver.
fn receivers(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    for receiver @ (action, vendor, _) in RECEIVERS.iter() {
        let mut receivers = setup.manifest.components.iter().filter(|own| receives(own, receiver));
        let Some(first) = receivers.next() else { continue };
        let others: BTreeSet<&str> =
            receivers.map(|other| other.class.as_str()).filter(|class| *class != first.class).collect();
        let Some(other) = others.first() else { continue };
        let count = others.len().saturating_sub(1);
        let more = if count > 0 { format!(" and {count} more") } else { String::new() };
        let cause = format!("{} and {}{more} both receive {action}", shown(&first.class), shown(other));
        findings.push(SDK_TWICE.at(first.place(), cause).on(*vendor));
    }
}

/// An SDK that collects vendors' tokens, together with another one, with TIMPush or with the app's own
/// receivers.
fn aggregators(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let manifest = &setup.manifest;
    let enabled = manifest.components.iter().filter(|component| !component.is_disabled());
    let names = enabled.flat_map(|component| {
        let actions = component.filters.iter().flat_map(IntentFilter::actions);
        actions.chain([&*component.class]).map(|name| (name, component.place()))
    });
    let names = names.chain(manifest.meta_data.iter().map(|data| (data.name, data.place())));
    let mut present: BTreeMap<&str, String> = BTreeMap::new();
    for (name, at) in names.chain(setup.dependencies()) {
        if let Some(sdk) = aggregator(name) {
            present.entry(sdk).or_insert(at);
        }
    }
    let timpush = manifest.components.iter().any(|component| begins(&component.class, TIMPUSH))
        || setup.dependencies().any(|(name, _)| begins(name, TIMPUSH));
    let own = manifest.components.iter().find(|component| {
        RECEIVERS.iter().any(|receiver| receives(component, receiver))
            && aggregator(&component.class).is_none()
    });
    let mut present = present.into_iter();
    let Some((first, at)) = present.next() else { return };
    let other = match (present.next(), own) {
        _ if timpush => "TIMPush".to_owned(),
        (Some((second, _)), _) => second.to_owned(),
        (None, Some(own)) => format!("the app's own receiver {}", shown(&own.class)),
        (None, None) => return,
    };
    let cause = format!("{first} is in the app beside {other}: each takes tokens and taps from the other");
    findings.push(SDK_TWICE.at(at, cause));
}

/// What the SDK of each wanted vendor needs in the manifest.
fn needs(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    const KEYS: [(Vendor, [&str; 2]); 3] = [
        (Vendor::Vivo, ["com.vivo.push.app_id", "app_id"]),
        (Vendor::Vivo, ["com.vivo.push.api_key", "api_key"]),
        (Vendor::Honor, ["com.hihonor.push.app_id", "com.hihonor.push.app_id"]),
    ];
    let manifest = &setup.manifest;
    let is_wanted = |vendor: &Vendor| setup.wanted.contains(*vendor);
    for (vendor, [name, short]) in KEYS.into_iter().filter(|(vendor, _)| is_wanted(vendor)) {
        let is_open = !manifest.certainly_lacks("meta-data", name);
        let rest = if is_open { " here; TIMPush's package adds it when the app is built" } else { "" };
        let found = match manifest.meta(name).or_else(|| manifest.meta(short)) {
            // Honor's plugin reads the id from Honor's file.
            None if vendor == Vendor::Honor && setup.has_file_of(vendor) => None,
            None if is_open && setup.fills(vendor) => None,
            None => {
                let cause = format!("there is no meta-data {name}{rest}");
                Some(KEY_MISSING.at(manifest.place(), cause).rated_if(is_open, Severity::Note))
            }
            Some(data) if data.value.trim().is_empty() => Some(KEY_EMPTY.at(data.place(), "it is empty")),
            Some(data) => keys::is_sample(data.value).then(|| keys::sample(data.place())),
        };
        findings.extend(found.map(|finding| finding.on(vendor)));
    }
    let is_known = |name: &str| KEYS.iter().any(|(_, names)| names.contains(&name));
    for data in manifest.meta_data.iter().filter(|data| !is_known(data.name) && !is_computed(data.value)) {
        let is_sample = keys::is_push_id(data.name) && keys::is_sample(data.value);
        let vendor = keys::vendor_of(data.name).filter(|vendor| is_sample && is_wanted(vendor));
        findings.extend(vendor.map(|vendor| keys::sample(data.place()).on(vendor)));
    }
    if !manifest.is_complete() {
        return;
    }
    let served = manifest.components.iter().filter_map(|component| {
        let by_class = SDK_CLASSES.iter().find(|(begin, ..)| component.class.starts_with(begin));
        let by_action = || RECEIVERS.iter().find(|(action, ..)| component.has_action(action));
        by_class.or_else(by_action).map(|(_, own, _)| *own)
    });
    let missing =
        served.fold(setup.wanted.without(Vendor::Apns).without(Vendor::HarmonyOs), VendorSet::without);
    for vendor in missing.iter() {
        let cause = "the app wants this vendor, and no component of its SDK is in the merged manifest";
        findings.push(rule_id("vendor-sdk-missing").at(manifest.place(), cause).on(vendor));
    }
}

/// The permission that Mi Push's own check asks for.
fn mi_push(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    const PERMISSION: &str = ".permission.MIPUSH_RECEIVE";
    let manifest = &setup.manifest;
    let Some(package) = setup.package else { return };
    let expected = format!("{package}{PERMISSION}");
    let used = manifest.permissions.iter().map(|name| (*name, manifest.place()));
    let defined = manifest.own_permissions.iter().map(|(name, file)| (*name, file.clone()));
    let of_mi: Vec<_> = used.chain(defined).filter(|(name, _)| name.ends_with(PERMISSION)).collect();
    let is_right = of_mi.iter().any(|(name, _)| *name == expected || is_computed(name));
    if let Some((name, file)) = of_mi.into_iter().next().filter(|_| !is_right) {
        let cause = format!("{} belongs to another package than {}", shown(name), shown(package));
        // The build may set another application id than the package of a source manifest.
        let finding = MI_PUSH_WIRING.at(file, cause).on(Vendor::Xiaomi);
        findings.push(finding.rated_if(!setup.package_is_certain, Severity::Warning));
    }
}

/// What HMS 2 sent to the app's own receiver.
const HMS_2: [&str; 3] = [
    "com.huawei.android.push.intent.REGISTRATION",
    "com.huawei.android.push.intent.RECEIVE",
    "com.huawei.android.push.intent.CLICK",
];

/// What is wrong with a component by itself.
fn one_component(component: &Declared, findings: &mut Vec<Finding>) {
    let mut find = |rule: RuleId, vendor: Vendor, cause: &str| {
        findings.push(rule.at(component.place(), cause.to_owned()).on(vendor));
    };
    let class = component.class.as_str();
    let is_exported = component.element.attribute("exported") == Some("true");
    let is_mi_handler = class == "com.xiaomi.mipush.sdk.PushMessageHandler";
    if is_mi_handler && !is_exported {
        find(MI_PUSH_WIRING, Vendor::Xiaomi, "PushMessageHandler is not exported");
    }
    let of_mi_push = is_mi_handler || class == "com.xiaomi.mipush.sdk.MessageHandleService";
    if of_mi_push && component.is_disabled() {
        find(MI_PUSH_WIRING, Vendor::Xiaomi, "the service is disabled");
    }
    let of_hms_2 = HMS_2.iter().find(|action| component.has_action(action));
    if let Some((_, vendor, what)) = OUTDATED.iter().find(|(own, ..)| class == *own) {
        find(OUTDATED_COMPONENT, *vendor, what);
    } else if let Some(action) = of_hms_2.filter(|_| !class.starts_with("com.huawei.")) {
        let cause =
            format!("listens to {action}, which HMS 3 and newer sends to the SDK's own receiver only");
        find(OUTDATED_COMPONENT, Vendor::Huawei, &cause);
    }
    if component.has_action("com.google.firebase.INSTANCE_ID_EVENT") {
        let cause = "a service for FirebaseInstanceId, which Firebase no longer calls";
        find(OUTDATED_COMPONENT, Vendor::Fcm, cause);
    }
    for (action, vendor, _) in RECEIVERS.iter() {
        // The message services of these are started by the SDK in the same process.
        let in_process = matches!(vendor, Vendor::Fcm | Vendor::Huawei | Vendor::Honor);
        if !in_process || !component.has_action(action) {
            continue;
        }
        if is_exported && !class.starts_with("com.google.") {
            find(SERVICE_OPEN, *vendor, "the service is exported: any app can send it tokens and messages");
        }
        let permission = component.element.attribute("permission").unwrap_or_default();
        let other = keys::vendor_of(permission).filter(|other| other != vendor);
        if let Some(other) = other.or_else(|| permission.contains("coloros").then_some(Vendor::Oppo)) {
            let cause =
                format!("it asks its caller for a permission of {other}, which the sender does not hold");
            find(SERVICE_OPEN, *vendor, &cause);
        }
    }
}
