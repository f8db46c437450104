//! Reads the command line into what is to be checked.

use tim_offline_push::certificate::Market;
use tim_offline_push::doctor::{App, Preflight};
use tim_offline_push::message::{Form, MessageKind};
use tim_offline_push::registrar::NotificationChannel;
use tim_offline_push::vendor::VendorSet;

use crate::manifest;

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
pub(crate) struct Request {
    pub(crate) preflight: Preflight,
    pub(crate) output: Output,
    /// Whether there is anything to check.
    pub(crate) has_input: bool,
    pub(crate) help: bool,
    /// Whether to print the catalogue.
    pub(crate) rules: bool,
}

/// Reads the options. `open` gives the text of a file.
pub(crate) fn read(
    arguments: impl IntoIterator<Item = String>,
    open: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Request, String> {
    let mut request = Request::default();
    let mut app = Wish::default();
    let mut info = Info::default();
    let mut preflight = Preflight::new();
    let mut arguments = arguments.into_iter();
    let mut seen: Vec<String> = Vec::new();
    while let Some(option) = arguments.next() {
        match option.as_str() {
            "--help" | "-h" => request.help = true,
            "--rules" => request.rules = true,
            "--json" => request.output = Output::Json,
            "--markdown" => request.output = Output::Markdown,
            "--no-ext" => app.no_ext = true,
            "--custom" => info.custom = true,
            "--online-only" => info.online_only = true,
            _ => {
                let value = arguments.next().ok_or_else(|| needs_value(&option))?;
                if seen.contains(&option) && !matches!(option.as_str(), "--click" | "--source") {
                    return Err(format!("{option} stands there twice"));
                }
                seen.push(option.clone());
                request.has_input = true;
                let named = |why: String| format!("{option} {value}: {why}");
                match option.as_str() {
                    "--app" => app.package = Some(value),
                    "--vendors" => app.vendors = Some(vendors(&value)?),
                    "--target-sdk" => {
                        app.target_sdk = Some(value.parse().map_err(|_| "--target-sdk: expected a number")?);
                    }
                    "--region" => app.region = Some(region(&value)?),
                    "--channel" => app.channel = Some(value),
                    "--config" => preflight = preflight.with_config_text(open(&value)?),
                    "--manifest" => {
                        let read = manifest::read(&open(&value)?);
                        preflight = preflight.with_manifest(read.map_err(|error| named(error.to_string()))?);
                    }
                    "--click" => {
                        let (vendor, click) =
                            value.split_once('=').ok_or("--click: expected VENDOR=VALUE")?;
                        let vendor = vendor.parse().map_err(|error| format!("--click: {error}"))?;
                        preflight = preflight.with_click(vendor, click);
                    }
                    "--info" => info.text = Some(open(&value)?),
                    "--form" => info.form = Some(value.parse().map_err(|error| format!("--form: {error}"))?),
                    "--body-bytes" => {
                        info.body_bytes = value.parse().map_err(|_| "--body-bytes: expected a number")?;
                    }
                    "--device" => preflight = preflight.with_device_text(&open(&value)?),
                    "--source" => preflight = preflight.with_source_text(value.clone(), open(&value)?),
                    _ => return Err(format!("unknown option {option}")),
                }
            }
        }
    }
    if let Some(app) = app.into_app() {
        preflight = preflight.with_app(app);
    }
    request.preflight = info.into_preflight(preflight);
    Ok(request)
}

fn needs_value(option: &str) -> String {
    if option.starts_with("--") {
        format!("{option} needs a value, or is no option")
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
    region: Option<Market>,
    channel: Option<String>,
    no_ext: bool,
}

impl Wish {
    /// An app, if anything is said of one.
    fn into_app(self) -> Option<App> {
        let Self { package, vendors, target_sdk, region, channel, no_ext } = self;
        let said = package.is_some()
            || vendors.is_some()
            || target_sdk.is_some()
            || region.is_some()
            || channel.is_some();
        let mut app = App::new(package.unwrap_or_default()).expecting_ext(!no_ext);
        if let Some(vendors) = vendors {
            app = app.with_vendors(vendors);
        }
        if let Some(level) = target_sdk {
            app = app.with_target_sdk(level);
        }
        if let Some(region) = region {
            app = app.with_market(region);
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
            audience = audience.with_message(MessageKind::Custom);
        }
        if self.online_only {
            audience = audience.with_online_only();
        }
        preflight.with_audience(audience)
    }
}

/// The form whose keys the text has.
fn guess(text: &str) -> Form {
    if text.contains("\"offline_push_config_") {
        Form::CApi
    } else if ["\"title\"", "\"desc\"", "\"ext\"", "\"android", "\"iOS"].iter().any(|key| text.contains(key))
    {
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

fn region(name: &str) -> Result<Market, String> {
    match name {
        "domestic" => Ok(Market::Domestic),
        "overseas" => Ok(Market::Overseas),
        _ => Err("--region: expected domestic or overseas".to_owned()),
    }
}
