//! The C API's token object.

use tim_offline_push::certificate::BusinessId;
use tim_offline_push::message::{LiveActivityConfig, TokenObject, TokenObjectError};
use tim_offline_push::token::Token;
use tim_offline_push::vendor::{TokenKind, Vendor};

fn object(vendor: Vendor, kind: TokenKind, text: &str) -> String {
    let token = Token::parse(vendor, kind, text).unwrap();
    TokenObject::new(BusinessId::new(15108).unwrap(), &token).json().expose_secret().to_owned()
}

#[test]
fn an_android_token_is_written_as_the_hex_of_its_bytes() {
    assert_eq!(
        object(Vendor::Oppo, TokenKind::Standard, "CN_b6bbd94b59cdb5df8391642c1509b7fe"),
        concat!(
            r#"{"offline_push_token_token":"#,
            r#""434e5f6236626264393462353963646235646638333931363432633135303962376665","#,
            r#""offline_push_token_business_id":15108}"#
        )
    );
}

/// An APNs token is bytes already; hex of hex would be another token.
#[test]
fn an_apns_token_is_not_written_as_hex_of_hex() {
    let digits = "9fda406a".repeat(8);
    assert_eq!(
        object(Vendor::Apns, TokenKind::Standard, &digits.to_uppercase()),
        format!(r#"{{"offline_push_token_token":"{digits}","offline_push_token_business_id":15108}}"#)
    );
    assert_eq!(
        object(Vendor::Apns, TokenKind::Voip, &digits),
        format!(
            r#"{{"offline_push_token_token":"{digits}","offline_push_token_business_id":15108,"offline_push_token_type":2}}"#
        )
    );
}

#[test]
fn it_is_read_back() {
    for (vendor, kind, text) in [
        (Vendor::Meizu, TokenKind::Standard, "RA50c6348036344485d01776773577c64740465480a6b".to_owned()),
        (Vendor::Apns, TokenKind::Voip, "0a".repeat(32)),
    ] {
        let token = Token::parse(vendor, kind, &text).unwrap();
        let written = TokenObject::new(BusinessId::new(u32::MAX).unwrap(), &token);
        let read = TokenObject::read(written.json().expose_secret()).unwrap();
        assert_eq!(read, written);
        assert_eq!((read.kind(), read.business_id().as_u32()), (kind, u32::MAX));
    }
}

/// The library takes all of these in silence: as "push off", as other bytes, or as whatever stands in memory.
#[test]
fn what_the_library_would_misread_is_an_error() {
    let token = r#""offline_push_token_token":"0a0b""#;
    let business = r#""offline_push_token_business_id":1"#;
    for (text, error) in [
        ("{}".to_owned(), TokenObjectError::NoToken),
        (format!("{{{business}}}"), TokenObjectError::NoToken),
        (format!(r#"{{"offline_push_token_token":"",{business}}}"#), TokenObjectError::NoToken),
        (format!("{{{token}}}"), TokenObjectError::NoBusinessId),
        (format!(r#"{{{token},"offline_push_token_business_id":0}}"#), TokenObjectError::NoBusinessId),
        (format!(r#"{{{token},"offline_push_token_business_id":-1}}"#), TokenObjectError::NoBusinessId),
        (
            format!(r#"{{{token},"offline_push_token_business_id":4294967296}}"#),
            TokenObjectError::NoBusinessId,
        ),
        (
            format!(r#"{{{token},"offline_push_token_business_id":"1"}}"#),
            TokenObjectError::WrongType { key: "offline_push_token_business_id" },
        ),
        (
            format!(r#"{{"offline_push_token_token":7,{business}}}"#),
            TokenObjectError::WrongType { key: "offline_push_token_token" },
        ),
        (format!(r#"{{"offline_push_token_token":"xyz0",{business}}}"#), TokenObjectError::NotHex),
        (format!(r#"{{"offline_push_token_token":"0a0",{business}}}"#), TokenObjectError::OddDigits),
        (format!(r#"{{{token},{business},"offline_push_token_type":1}}"#), TokenObjectError::Tpns),
        (
            format!(r#"{{{token},{business},"offline_push_token_is_tpns_token":true}}"#),
            TokenObjectError::Tpns,
        ),
        (
            format!(r#"{{{token},{business},"offline_push_token_is_tpns_token":1}}"#),
            TokenObjectError::WrongType { key: "offline_push_token_is_tpns_token" },
        ),
        (format!(r#"{{{token},{business},"offline_push_token_type":3}}"#), TokenObjectError::UnknownType),
    ] {
        assert_eq!(TokenObject::read(&text), Err(error), "{text}");
        assert!(!error.to_string().contains("0a0b"));
    }
    assert!(matches!(TokenObject::read("[]"), Err(TokenObjectError::Json(_))));
    let lenient = format!(
        r#"{{{token},{business},"offline_push_token_is_tpns_token":false,"offline_push_token_type":0,"x":1}}"#
    );
    assert!(TokenObject::read(&lenient).is_ok());
}

#[test]
fn debug_hides_the_token() {
    let token =
        Token::parse(Vendor::Meizu, TokenKind::Standard, "CANARY00000000000000000000000000000000000000a")
            .unwrap();
    let object = TokenObject::new(BusinessId::new(1).unwrap(), &token);
    let shown = format!("{object:?} {:?}", object.json());
    assert!(!shown.contains("CANARY") && !shown.contains("43414e415259"), "{shown}");
}

#[test]
fn a_live_activity_has_an_id_of_1_to_64_bytes() {
    let token = Token::parse(Vendor::Apns, TokenKind::Standard, &"0a1b2c3d".repeat(8)).unwrap();
    let config = |id: &str| LiveActivityConfig::new(id, &token, BusinessId::new(30301).unwrap());
    for id in ["", &"x".repeat(65), &"长".repeat(22)] {
        assert_eq!(config(id), Err(TokenObjectError::ActivityId), "{id}");
    }
    let longest = config(&"x".repeat(64)).unwrap();
    assert_eq!((longest.activity_id().len(), longest.business_id().as_u32()), (64, 30301));
    assert!(
        !format!("{longest:?}").contains("0a1b") && longest.token_hex().expose_secret().starts_with("0a1b")
    );
}
