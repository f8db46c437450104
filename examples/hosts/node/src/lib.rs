//! What an Electron app or a server that sends pushes wants: messages, taps, click actions and the doctor.
//! `index.d.ts` has the types.
#![allow(unsafe_code, reason = "N-API's macros write it; no file here does")]
#![cfg_attr(test, allow(dead_code, reason = "N-API exports nothing in tests"))]

mod error;
mod set_up;
mod value;

use napi_derive::napi;
use tim_offline_push as core;
use tim_offline_push::json::JsonError;
use tim_offline_push::message::{Audience, OfflinePushInfo};
use tim_offline_push::vendor::{UnknownName, VendorSet};

use crate::error::{Result, code};
use crate::value::{Finding, PushMessage, Tap, Written, form, vendor};

// guide: message
/// Writes push options in one of Tencent's forms.
#[napi]
pub fn write_message(message: PushMessage, to: String) -> Result<Written> {
    Ok((&OfflinePushInfo::from(message).write(form(&to)?)).into())
}

/// Reads push options, or a message or request that holds them, and says what would go wrong on the vendors'
/// phones.
#[napi]
pub fn check_message(text: String, from: String, vendors: Option<Vec<String>>) -> Result<Vec<Finding>> {
    let reading = OfflinePushInfo::read(form(&from)?, &text).map_err(code(JsonError::code))?;
    let audience = match vendors {
        None => Audience::everyone(),
        Some(names) => {
            let vendors = names.iter().map(|name| name.parse());
            let vendors: std::result::Result<VendorSet, UnknownName> = vendors.collect();
            Audience::of(vendors.map_err(code(UnknownName::code))?)
        }
    };
    let checked = reading.info().check(&audience);
    Ok(reading.findings().iter().chain(&checked).map(Finding::from).collect())
}

/// Reads push options in one form and writes them in another.
#[napi]
pub fn convert_message(text: String, from: String, to: String) -> Result<Written> {
    let reading = OfflinePushInfo::read(form(&from)?, &text).map_err(code(JsonError::code))?;
    Ok((&reading.info().write(form(&to)?)).into())
}
// end

/// Reads what a tapped notification handed over.
#[napi]
pub fn read_tap(from: Option<String>, text: String) -> Result<Tap> {
    let vendor = from.as_deref().map(vendor).transpose()?;
    let tap = core::Tap::from_text(vendor, &text).map_err(code(core::notification::PayloadError::code))?;
    Ok((&tap).into())
}
