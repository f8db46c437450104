//! What public types promise without a word: values can be shared between threads, cloned, compared, hashed
//! and debugged; errors travel. The compiler checks it.

use std::error::Error;
use std::fmt::Debug;
use std::hash::Hash;
use std::panic::{RefUnwindSafe, UnwindSafe};

use tim_offline_push::intent::{filter, manifest};
use tim_offline_push::{
    account, certificate, click_action, device, ext, finding, intent, json, message, notification, registrar,
    secret, token, trace, vendor,
};

#[allow(dead_code, reason = "Rust 1.85 does not count a use in a constant without a name")]
const fn shared<T: Clone + Debug + Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + 'static>() {}

#[allow(dead_code, reason = "Rust 1.85 does not count a use in a constant without a name")]
const fn value<T: Eq + Hash>() {}

#[allow(dead_code, reason = "Rust 1.85 does not count a use in a constant without a name")]
const fn error<T: Error + Eq>() {}

/// Each type with what is promised of it.
macro_rules! promise {
    ($($promise:ident: $($ty:ty),+;)+) => { $($(const _: () = { shared::<$ty>(); $promise::<$ty>(); };)+)+ };
}

promise! {
    value: account::UserId, secret::Secret, secret::Fingerprint;
    value: vendor::Vendor, vendor::TokenKind, vendor::VendorSet, vendor::VendorCode,
        vendor::CodeName, vendor::ImCode, vendor::ImEffect, vendor::Pace, vendor::Remedy, vendor::Source,
        vendor::Bound;
    value: token::Token, token::Suspicion;
    value: certificate::BusinessId, certificate::CertificateSlot, certificate::Certificates,
        certificate::Market, certificate::AppleEnvironment, certificate::ConfigFinding;
    value: device::DeviceFacts, device::Properties, device::ElectionPolicy, device::Election,
        device::Candidate, device::Eligibility, device::Probe, device::Service;
    value: click_action::ClickAction, click_action::Screen, click_action::WebLink,
        click_action::ConsoleEntry;
    value: ext::Ext, ext::Container, ext::PushFeatures, account::Peer, account::GroupId;
    value: message::OfflinePushInfo, finding::Finding, message::Envelope, message::TokenObject, message::Field,
        message::Form, message::Audience;
    value: notification::Tap, notification::Payload, notification::PayloadValue, notification::Route,
        notification::DedupeKey, notification::PushId, notification::ActivityCounter;
    value: filter::IntentFilter, filter::MatchCategory, filter::NoMatch, filter::PatternMatcher,
        manifest::FilterElement, manifest::DataElement, manifest::ComponentElement;
    error: account::IdError, vendor::UnknownName,
        token::TokenError, certificate::BusinessIdError,
        certificate::ConfigError, device::PropertiesError, click_action::ClickActionError,
        click_action::ScreenError, click_action::WebLinkError, ext::ExtError,
        message::PushInfoError, json::JsonError, message::TokenObjectError,
        notification::PayloadError, filter::FilterError, manifest::ManifestError;
}

#[test]
fn errors_have_codes_that_a_bridge_can_match_on() {
    let codes = [
        account::UserId::new("").unwrap_err().code(),
        account::UserId::new("x".repeat(33)).unwrap_err().code(),
        account::GroupId::new("").unwrap_err().code(),
        "0".parse::<certificate::BusinessId>().unwrap_err().code(),
        certificate::Certificates::read("").unwrap_err().code(),
        device::DeviceFacts::from_getprop("").unwrap_err().code(),
        click_action::WebLink::new("ftp://a").unwrap_err().code(),
        token::Token::parse(vendor::Vendor::Fcm, vendor::TokenKind::Standard, "").unwrap_err().code(),
        "Nokia".parse::<vendor::Vendor>().unwrap_err().code(),
        "both".parse::<vendor::TokenKind>().unwrap_err().code(),
        notification::Payload::from_json("[").unwrap_err().code(),
        message::OfflinePushInfo::read(message::Form::Rest, "{").unwrap_err().code(),
        message::IosSound::file("").unwrap_err().code(),
        intent::Intent::parse_uri("intent:#Intent;x;end", intent::ParseFlags::INTENT_SCHEME)
            .unwrap_err()
            .code(),
        registrar::Diagnosis::read("").unwrap_err().code(),
        trace::ServerRecord::read("{}").unwrap_err().code(),
    ];
    assert_eq!(
        codes,
        [
            "id_empty",
            "id_too_long",
            "id_empty",
            "business_id_zero",
            "config_empty",
            "properties_no_property",
            "web_link_not_web",
            "token_empty",
            "unknown_vendor",
            "unknown_token_kind",
            "payload_not_json",
            "json_ends_early",
            "push_info_sound_without_suffix",
            "parse_uri_syntax",
            "diagnosis_cut_off",
            "server_record_unrecognized",
        ]
    );
}
