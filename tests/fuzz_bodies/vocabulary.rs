//! What no input may do to the readers of tokens, configuration files and device properties.

use tim_offline_push::certificate::{Certificates, ConfigReading};
use tim_offline_push::device::{DeviceFacts, ElectionPolicy, Properties, elect};
use tim_offline_push::token::Token;
use tim_offline_push::vendor::{TokenKind, Vendor, VendorCode, explain};

/// The first byte chooses the vendor, the rest is the text, which is read as each of the three.
pub fn vocabulary(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    let vendor = Vendor::ALL[usize::from(*choice) % Vendor::ALL.len()];
    let text = String::from_utf8_lossy(rest);
    token(vendor, &text);
    config(&text);
    device(&text);
    let explanation = explain(vendor, &VendorCode::find(vendor, &text));
    assert!(explanation.to_string().len() < 400);
}

fn token(vendor: Vendor, text: &str) {
    for kind in TokenKind::ALL.iter().copied() {
        match Token::parse(vendor, kind, text) {
            Ok(token) => {
                assert!((1..=2 * Token::MAX_BYTES).contains(&token.len()));
                let again = Token::parse(vendor, kind, token.expose_secret());
                assert_eq!(again.as_ref(), Ok(&token), "a token is read again as another one");
                assert_eq!(token.to_hex().len(), 2 * token.expose_secret_bytes().len());
            }
            Err(error) => assert!(error.to_string().len() < 200),
        }
    }
}

fn config(text: &str) {
    match Certificates::read(text) {
        Ok(reading) => {
            assert!(reading.findings().len() <= ConfigReading::MAX_FINDINGS);
            let json = serde_json::to_string(reading.certificates()).expect("certificates can be written");
            let again: Certificates = serde_json::from_str(&json).expect("what was written can be read");
            assert_eq!(&again, reading.certificates());
        }
        Err(error) => assert!(error.to_string().len() < 200),
    }
}

fn device(text: &str) {
    let Ok(properties) = Properties::parse(text) else { return };
    let election = elect(&DeviceFacts::android(&properties), &ElectionPolicy::default());
    assert_eq!(election.candidates.len(), Vendor::ALL.len());
}
