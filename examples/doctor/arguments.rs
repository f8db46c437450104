//! Reads the command line into what is to be checked.

use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use tim_offline_push::certificate::Market;
use tim_offline_push::doctor::{App, AppleApp, Preflight, Waivers};
use tim_offline_push::message::Form;
use tim_offline_push::registrar::{Diagnosis, NotificationChannel};
use tim_offline_push::time::UnixTime;
use tim_offline_push::trace::ServerRecord;
use tim_offline_push::vendor::{Vendor, VendorSet};

use crate::diagnosis::Seen;
use crate::manifest::{NAMESPACE, Placeholders};
use crate::project::Project;
use crate::version_catalogue::VersionCatalogue;
use crate::{diagnosis, gradle, manifest, platforms, trace};

/// How the findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Output {
    #[default]
    Text,
    Json,
    Markdown,
}

/// What is asked for.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each switch of the command line")]
pub(crate) struct Request {
    pub(crate) preflight: Preflight,
    pub(crate) output: Output,
    /// Where the values of a project come from.
    pub(crate) provenance: Vec<String>,
    /// Whether there is anything to check.
    pub(crate) has_input: bool,
    pub(crate) help: bool,
    /// Whether to print the catalogue.
    pub(crate) rules: bool,
    /// Whether to say why there are no clicks.
    pub(crate) click_rate: bool,
    /// Diagnoses that users sent, the earliest first.
    pub(crate) diagnoses: Vec<Diagnosis>,
    /// What is known of that phone besides.
    pub(crate) seen: Seen,
    /// What Tencent's server tells of a push.
    pub(crate) traces: Vec<ServerRecord>,
    /// The code to look up, with a vendor before it or without.
    pub(crate) code: Option<String>,
    /// The loop-back test to play.
    pub(crate) loopback: Option<String>,
}

/// Options that may be given several times.
const SEVERAL: [&str; 8] = [
    "--click",
    "--source",
    "--manifest",
    "--gradle",
    "--info-plist",
    "--diagnosis",
    "--channel-enabled",
    "--trace",
];

/// Reads the options. `open` gives the text of a file.
#[expect(clippy::too_many_lines, reason = "one arm for each option of the command line")]
pub(crate) fn read(
    arguments: impl IntoIterator<Item = String>,
    open: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Request, String> {
    let mut request = Request::default();
    let mut app = Wish::default();
    let mut info = Info::default();
    let mut project = Project::default();
    let mut preflight = Preflight::new();
    let (mut waivers, mut today) = (None, None);
    let mut arguments = arguments.into_iter();
    let mut seen: Vec<String> = Vec::new();
    let mut reads_input = false;
    while let Some(option) = arguments.next() {
        match option.as_str() {
            "--help" | "-h" => request.help = true,
            "--rules" => request.rules = true,
            "--json" => request.output = Output::Json,
            "--markdown" => request.output = Output::Markdown,
            "--click-rate" => request.click_rate = true,
            "--no-ext" => app.no_ext = true,
            "--custom" => info.custom = true,
            "--online-only" => info.online_only = true,
            "--whole-project" => project.is_whole = true,
            _ => {
                let value = arguments.next().ok_or_else(|| needs_value(&option))?;
                if seen.contains(&option) && !SEVERAL.contains(&option.as_str()) {
                    return Err(format!("{option} is given twice"));
                }
                if value == "-" && std::mem::replace(&mut reads_input, true) {
                    return Err("the standard input (-) is given twice".to_owned());
                }
                seen.push(option.clone());
                request.has_input = true;
                match option.as_str() {
                    "--app" => app.package = Some(value),
                    "--vendors" => app.vendors = Some(vendors(&value)?),
                    "--target-sdk" => {
                        app.target_sdk = Some(value.parse().map_err(|_| "--target-sdk: expected a number")?);
                    }
                    "--region" => app.market = Some(market(&value)?),
                    "--channel" => app.channel = Some(value),
                    "--namespace" => project.namespace = Some(value),
                    "--code" => request.code = Some(value),
                    "--loopback" => request.loopback = Some(value),
                    "--click" => {
                        let (vendor, click) =
                            value.split_once('=').ok_or("--click: expected VENDOR=VALUE")?;
                        let vendor = vendor.parse().map_err(|error| format!("--click: {error}"))?;
                        preflight = preflight.with_click(vendor, click);
                        project.has_click = true;
                    }
                    "--form" => info.form = Some(value.parse().map_err(|error| format!("--form: {error}"))?),
                    "--body-bytes" => {
                        info.body_bytes = value.parse().map_err(|_| "--body-bytes: expected a number")?;
                    }
                    "--diagnosis" => {
                        let text = open(&value)?;
                        request.diagnoses.push(diagnosis::read(&value, &text)?);
                    }
                    "--notifications" => {
                        request.seen.notifications =
                            Some(switch(&value).ok_or("--notifications: expected on or off")?);
                    }
                    "--channel-enabled" => {
                        let seen = value
                            .split_once('=')
                            .and_then(|(vendor, on)| Some((vendor.parse().ok()?, switch(on)?)));
                        request
                            .seen
                            .channels
                            .push(seen.ok_or("--channel-enabled: expected VENDOR=on or VENDOR=off")?);
                    }
                    "--trace" => {
                        let text = open(&value)?;
                        request.traces.extend(trace::read(&value, &text)?);
                    }
                    "--waivers" => {
                        let read = Waivers::read(&open(&value)?);
                        waivers = Some(read.map_err(|why| format!("{value}: {why}"))?);
                    }
                    "--today" => {
                        today = Some(UnixTime::from_date(&value).ok_or("--today: expected YYYY-MM-DD")?);
                    }
                    "--signing" => preflight = preflight.with_signing(value),
                    "--registered-signing" => preflight = preflight.with_registered_signing(value),
                    "--project" => project.read(&value, open)?,
                    "--info" => info.text = Some(open(&value)?),
                    "--device" => preflight = preflight.with_device_text(&open(&value)?),
                    _ => {
                        let kind = FILES.iter().find(|(name, _)| *name == option);
                        let (_, take) = kind.ok_or_else(|| format!("unknown option {option}"))?;
                        take(&mut project, value.clone(), open(&value)?);
                    }
                }
            }
        }
    }
    if !request.traces.is_empty() && request.output != Output::Text {
        return Err("--trace prints text only: leave --json and --markdown out".to_owned());
    }
    if request.diagnoses.len() > 2 {
        return Err("--diagnosis: two files are compared, give no more".to_owned());
    }
    if request.diagnoses.len() == 2 && request.output != Output::Text {
        return Err("--diagnosis: two files are compared as text only, leave --json out".to_owned());
    }
    if (request.diagnoses.is_empty() || !request.traces.is_empty()) && request.seen != Seen::default() {
        return Err(
            "--notifications and --channel-enabled say more of a --diagnosis, and go with nothing else"
                .to_owned(),
        );
    }
    request.provenance = project.provenance();
    preflight = project.into_preflight(preflight, app.package.as_deref())?;
    if let Some(app) = app.into_app() {
        preflight = preflight.with_app(app);
    }
    if let Some(waivers) = waivers {
        preflight = preflight.with_waivers(waivers, today.unwrap_or_else(now));
    }
    request.preflight = info.into_preflight(preflight);
    Ok(request)
}

type Take = fn(&mut Project, String, String);

/// The options that take a file of the project, and where it goes.
const FILES: [(&str, Take); 10] = [
    ("--config", |project, name, text| project.config = Some((name, text))),
    ("--manifest", |project, name, text| project.manifests.push((name, text))),
    ("--gradle", |project, name, text| {
        if name.ends_with(".versions.toml") {
            project.catalogue = VersionCatalogue::read(&text);
        } else {
            project.build_files.push(gradle::read(&name, &text, &project.catalogue, &BTreeSet::new()));
        }
    }),
    ("--source", |project, name, text| project.sources.push((name, text))),
    ("--agconnect", |project, name, text| project.vendor_files.push((Vendor::Huawei, name, text))),
    ("--google-services", |project, name, text| {
        project.vendor_files.push((Vendor::Fcm, name, text));
    }),
    ("--mcs-services", |project, name, text| {
        project.vendor_files.push((Vendor::Honor, name, text));
    }),
    ("--entitlements", |project, name, text| project.entitlements = Some((name, text))),
    ("--info-plist", |project, name, text| project.info_plists.push((name, text))),
    ("--module-json5", |project, name, text| project.module = Some((name, text))),
];

impl Project {
    /// Reads the files, now that all options are known.
    fn into_preflight(self, preflight: Preflight, app: Option<&str>) -> Result<Preflight, String> {
        let (mut this, mut preflight) = (self, preflight);
        let vendor_files = this.chosen_vendor_files(app);
        let several = this.manifests.len() > 1;
        for (name, text) in &this.manifests {
            let placeholders = this.placeholders(name, app);
            let read = manifest::read(text, &placeholders).map_err(|why| format!("{name}: {why}"))?;
            let read = this.placed(name, read);
            let read = if several || this.is_whole { read.with_file(name.as_str()) } else { read };
            preflight = preflight.with_manifest(read);
        }
        if let Some((_, text)) = this.config {
            preflight = preflight.with_config_text(text);
        }
        for file in this.build_files {
            preflight = preflight.with_build_file(file);
        }
        for (name, text) in this.sources {
            preflight = preflight.with_source_text(name, text);
        }
        for (vendor, name, text) in vendor_files {
            preflight = preflight.with_vendor_file(vendor, &name, &text);
        }
        let mut apple = AppleApp::new();
        let has_apple = this.entitlements.is_some() || !this.info_plists.is_empty();
        if let Some((name, text)) = this.entitlements {
            apple = platforms::entitlements(apple, &name, &text).map_err(|why| format!("{name}: {why}"))?;
        }
        for (name, text) in this.info_plists {
            apple = platforms::info_plist(apple, &name, &text).map_err(|why| format!("{name}: {why}"))?;
        }
        if has_apple {
            preflight = preflight.with_apple_app(apple);
        }
        if let Some((name, text)) = this.module {
            let module = platforms::module(&name, &text).map_err(|why| format!("{name}: {why}"))?;
            preflight = preflight.with_harmony_module(module);
        }
        Ok(if this.is_whole { preflight.with_whole_project() } else { preflight })
    }

    /// What the build fills into a manifest: what the build file of its module says, and the application id.
    fn placeholders(&self, manifest: &str, app: Option<&str>) -> Placeholders {
        let mut placeholders = Placeholders::new();
        let own = self.build_file_of(manifest);
        // A library's placeholders are those of the app that uses it.
        for file in self.build_files.iter().filter(|file| file.is_app()).chain(own) {
            for (name, value) in file.placeholders().filter(|(_, value)| !value.contains("${")) {
                placeholders.insert(name.to_owned(), value.to_owned());
            }
        }
        let id = app.or_else(|| self.build_files.iter().find_map(|file| file.application_id()));
        if let Some(id) = id {
            placeholders.insert("applicationId".to_owned(), id.to_owned());
        }
        let namespace = self.namespace.as_deref().or_else(|| own.and_then(|file| file.namespace()));
        if let Some(namespace) = namespace {
            placeholders.insert(NAMESPACE.to_owned(), namespace.to_owned());
        }
        placeholders
    }
}

fn now() -> UnixTime {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixTime::from_secs(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

fn needs_value(option: &str) -> String {
    if option.starts_with("--") {
        format!("{option} needs a value, or is not an option")
    } else {
        format!("unexpected {option}")
    }
}

/// What the app wants.
#[derive(Default)]
struct Wish {
    package: Option<String>,
    vendors: Option<VendorSet>,
    target_sdk: Option<u32>,
    market: Option<Market>,
    channel: Option<String>,
    no_ext: bool,
}

impl Wish {
    /// An app, if anything is said of one.
    fn into_app(self) -> Option<App> {
        let Self { package, vendors, target_sdk, market, channel, no_ext } = self;
        let said = package.is_some()
            || vendors.is_some()
            || target_sdk.is_some()
            || market.is_some()
            || channel.is_some();
        let mut app = App::new(package.unwrap_or_default()).expecting_ext(!no_ext);
        if let Some(vendors) = vendors {
            app = app.with_vendors(vendors);
        }
        if let Some(level) = target_sdk {
            app = app.with_target_sdk(level);
        }
        if let Some(market) = market {
            app = app.with_market(market);
        }
        if let Some(id) = channel {
            app = app.with_channel(NotificationChannel::new(id.as_str(), id.as_str()));
        }
        said.then_some(app)
    }
}

/// The push.
#[derive(Default)]
struct Info {
    text: Option<String>,
    form: Option<Form>,
    custom: bool,
    online_only: bool,
    body_bytes: usize,
}

impl Info {
    fn into_preflight(self, preflight: Preflight) -> Preflight {
        let Some(text) = self.text else { return preflight };
        let preflight = preflight.with_push_text(self.form.unwrap_or_else(|| guess(&text)), &text);
        let mut audience = preflight.audience().with_body_bytes(self.body_bytes);
        if self.custom {
            audience = audience.with_custom_message();
        }
        if self.online_only {
            audience = audience.with_online_only();
        }
        preflight.with_audience(audience)
    }
}

/// The form whose keys the text has.
fn guess(text: &str) -> Form {
    const WEB: [&str; 4] = ["\"androidInfo\"", "\"apnsInfo\"", "\"extension\"", "\"disablePush\""];
    const V2TIM: [&str; 5] = ["\"title\"", "\"desc\"", "\"ext\"", "\"android", "\"iOS"];
    if text.contains("\"offline_push_config_") {
        Form::CApi
    } else if WEB.iter().any(|key| text.contains(key)) {
        Form::Web
    } else if V2TIM.iter().any(|key| text.contains(key)) {
        Form::V2tim
    } else {
        Form::Rest
    }
}

fn vendors(list: &str) -> Result<VendorSet, String> {
    if list == "all" {
        return Ok(VendorSet::ALL);
    }
    let read = list.split(',').map(|name| name.trim().parse().map_err(|error| format!("--vendors: {error}")));
    read.collect()
}

fn switch(text: &str) -> Option<bool> {
    match text {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn market(name: &str) -> Result<Market, String> {
    match name {
        "domestic" => Ok(Market::Domestic),
        "overseas" => Ok(Market::Overseas),
        _ => Err("--region: expected domestic or overseas".to_owned()),
    }
}
