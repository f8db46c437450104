//! Tokens, configuration files and device properties as they are met in the field.

use std::collections::BTreeMap;

use serde_json::Value;
use tim_offline_push::certificate::{Certificates, Market};
use tim_offline_push::device::{DeviceFacts, ElectionPolicy, Properties, elect};
use tim_offline_push::token::Token;
use tim_offline_push::vendor::{TokenKind, Vendor, VendorCode};

use crate::records;

#[test]
fn tokens() {
    let Some(tally) = records::run("tokens", "tokens.jsonl", token) else { return };
    tally.finish("tk-");
}

/// A valid token is taken as it is, without suspicion. One that is not is refused, or suspect, or taken in a
/// form that differs from the input.
fn token(record: &Value) -> Result<(), String> {
    let vendor: Vendor =
        record["vendor"].as_str().and_then(|name| name.parse().ok()).ok_or("the record names no vendor")?;
    let text = record["token"].as_str().ok_or("the record has no token")?;
    let kind = match record["kind"].as_str() {
        Some("voip") => TokenKind::Voip,
        _ => TokenKind::Standard,
    };
    let parsed = Token::parse(vendor, kind, text);
    let odd = match &parsed {
        Err(_) => true,
        Ok(token) => !token.suspicions().is_empty() || !token.expose_secret().eq_ignore_ascii_case(text),
    };
    match record["valid"].as_bool() {
        Some(true) if odd => {
            Err(format!("a valid token: {parsed:?}, {:?}", parsed.as_ref().map(Token::suspicions)))
        }
        Some(false) if !odd => Err(format!("taken without suspicion: {parsed:?}")),
        Some(_) => Ok(()),
        None => Err("the record does not say whether the token is valid".to_owned()),
    }
}

#[test]
fn codes() {
    let Some(tally) = records::run("codes", "codes.jsonl", code) else { return };
    tally.finish("vc-");
}

/// The number or name is found, `unnamed` where there is none.
fn code(record: &Value) -> Result<(), String> {
    let vendor: Vendor =
        record["vendor"].as_str().and_then(|name| name.parse().ok()).ok_or("the record names no vendor")?;
    let text = record["text"].as_str().ok_or("the record has no text")?;
    let expected = record["expected"]["code"].as_str().ok_or("the record expects nothing")?;
    let expected = if expected == "unnamed" { "unnamed error" } else { expected };
    let found = VendorCode::find(vendor, text).to_string();
    if found == expected { Ok(()) } else { Err(format!("{found}, expected {expected}")) }
}

#[test]
fn devices() {
    let mut exact = 0_usize;
    let Some(tally) = records::run("devices", "devices.jsonl", |record| {
        let elected = elected(record)?;
        let first = record["expected"]["first"].as_array().ok_or("the record expects nothing")?;
        exact += usize::from(first.first().is_some_and(|best| *best == elected.as_str()));
        if first.iter().any(|good| *good == elected.as_str()) {
            Ok(())
        } else {
            Err(format!("{elected}, expected {first:?}: {}", record["expected"]["reason"]))
        }
    }) else {
        return;
    };
    tally.remark(format!("({exact} exact)")).finish("dv-");
}

/// The first accepted channel under the default policy and without any probe, in the records' spelling.
fn elected(record: &Value) -> Result<String, String> {
    let properties = record["props"].as_object().ok_or("the record has no properties")?;
    let pairs = properties.iter().filter_map(|(key, value)| Some((key, value.as_str()?)));
    let facts = DeviceFacts::android(&Properties::from_pairs(pairs));
    let first = elect(&facts, &ElectionPolicy::default()).first();
    Ok(first.map_or_else(|| "none".to_owned(), |vendor| vendor.to_string().to_lowercase()))
}

#[test]
fn configs() {
    let Some(tally) = records::run("configs", "configs.jsonl", config) else { return };
    tally.finish("cf-");
}

fn config(record: &Value) -> Result<(), String> {
    let text = record["config"].as_str().map_or_else(|| record["config"].to_string(), str::to_owned);
    let reading = Certificates::read(&text).map_err(|error| error.to_string())?;
    for (member, region) in [("ids", Market::Domestic), ("overseas", Market::Overseas)] {
        let expected = expected_ids(&record["expected"][member])?;
        let ids: BTreeMap<_, _> = reading
            .certificates()
            .iter()
            .filter(|(slot, _)| slot.market() == region)
            .map(|(slot, id)| (slot.vendor(), u64::from(id.as_u32())))
            .collect();
        if ids != expected {
            return Err(format!("{member}: {ids:?}, expected {expected:?}; {:?}", reading.findings()));
        }
    }
    Ok(())
}

fn expected_ids(ids: &Value) -> Result<BTreeMap<Vendor, u64>, String> {
    let ids = ids.as_object().ok_or("the record expects no ids")?;
    ids.iter()
        .map(|(vendor, id)| {
            let vendor = vendor.parse().map_err(|_| format!("{vendor} is no vendor"))?;
            Ok((vendor, id.as_u64().ok_or("an id is no number")?))
        })
        .collect()
}
