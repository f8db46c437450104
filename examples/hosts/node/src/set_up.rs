//! Before shipping: what to type into the consoles, and whether it is right.

use std::collections::HashMap;

use napi_derive::napi;
use tim_offline_push::click_action::{ClickActionError, ScreenError, WebLinkError};
use tim_offline_push::doctor::{App, Preflight};
use tim_offline_push::{ClickAction, Screen, WebLink};

use crate::error::{Result, code};
use crate::value::{Finding, form, vendor};

/// What a tap opens: a screen (its intent URI), a web page, or the app.
#[napi(object)]
pub struct Click {
    pub screen: Option<String>,
    pub web: Option<String>,
}

/// What to type into a vendor's console.
#[napi(object)]
pub struct ConsoleEntry {
    /// The choice in the console.
    pub choice: Option<String>,
    /// What to type beside it.
    pub value: Option<String>,
    /// Why another action would be better.
    pub advice: Option<String>,
}

/// What to type into a vendor's console, so that a tap opens this.
#[napi]
pub fn console_entry(name: String, click: Click) -> Result<ConsoleEntry> {
    let action = match (click.screen, click.web) {
        (Some(uri), _) => ClickAction::OpenScreen(Screen::from_uri(&uri).map_err(code(ScreenError::code))?),
        (None, Some(url)) => ClickAction::OpenWeb(WebLink::new(url).map_err(code(WebLinkError::code))?),
        (None, None) => ClickAction::OpenApp,
    };
    let entry = action.console_entry(vendor(&name)?).map_err(code(ClickActionError::code))?;
    Ok(ConsoleEntry {
        choice: entry.choice().map(str::to_owned),
        value: entry.value().map(str::to_owned),
        advice: entry.advice().map(str::to_owned),
    })
}

/// What a developer has of a set-up, as texts.
#[napi(object)]
pub struct SetUp {
    /// The app's package.
    pub package: Option<String>,
    /// The text of timpush-configs.json.
    pub config: Option<String>,
    /// The output of `getprop`.
    pub device: Option<String>,
    /// What stands in each vendor's console for a tap.
    pub clicks: Option<HashMap<String, String>>,
    /// Push options, and their form.
    pub push: Option<String>,
    pub push_form: Option<String>,
    /// Source files by their names.
    pub sources: Option<HashMap<String, String>>,
}

/// What the doctor says.
#[napi(object)]
pub struct Report {
    pub findings: Vec<Finding>,
    pub markdown: String,
}

/// Looks through whatever there is of a set-up.
#[napi]
pub fn doctor(set_up: SetUp) -> Result<Report> {
    let mut preflight = Preflight::new();
    if let Some(package) = set_up.package {
        preflight = preflight.with_app(App::new(package));
    }
    if let Some(text) = set_up.config {
        preflight = preflight.with_config_text(text);
    }
    if let Some(text) = &set_up.device {
        preflight = preflight.with_device_text(text);
    }
    for (name, value) in set_up.clicks.unwrap_or_default() {
        preflight = preflight.with_click(vendor(&name)?, value);
    }
    if let Some(text) = &set_up.push {
        preflight = preflight.with_push_text(form(set_up.push_form.as_deref().unwrap_or("rest"))?, text);
    }
    for (name, text) in set_up.sources.unwrap_or_default() {
        preflight = preflight.with_source_text(name, text);
    }
    let report = preflight.check();
    Ok(Report {
        findings: report.findings().iter().map(Finding::from).collect(),
        markdown: report.to_markdown(),
    })
}
