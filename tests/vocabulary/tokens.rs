//! Tokens: what is certainly none is refused, the rest is taken as it is, and nothing of it is ever shown.

use proptest::prelude::*;
use tim_offline_push::token::{Suspicion, Token, TokenError};
use tim_offline_push::vendor::{TokenKind, Vendor};

/// A token of each channel, of the shape seen in public samples.
const SAMPLES: [(Vendor, &str); 12] = [
    (
        Vendor::Xiaomi,
        "d//igwEhgBGCI2TG6lWqlNMOQ5yDzAtYkRlQ3cWVtW9Jb2tlbkZvclRlc3RzT25seUFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaYWJjZGVm5k=",
    ),
    (Vendor::Huawei, "0867830021234567300000123400CN01"),
    (
        Vendor::Huawei,
        "AAWWHI94sgUR2RU5_P1ZfdASaN3WoAIfOLGXCtmEWHVDHvRDY1ddUzYsmVD7LWaj6bqEfmFxGzfiO5nnz3Ns1Ku3TAa4w9Dv3AmPl_7Lq1F2xTjcQx6PE_9w",
    ),
    (
        Vendor::Huawei,
        "IQAAAACy0DummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummy-_abc",
    ),
    (
        Vendor::Honor,
        "BAEAAAAAB.jkuDmfDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyDummyqxo8Y",
    ),
    (Vendor::Oppo, "b6bbd94b59cdb5df8391642c1509b7fe"),
    (Vendor::Oppo, "OPPO_CN_b6bbd94b59cdb5df8391642c1509b7fe"),
    (Vendor::Vivo, "16569158930123456700064"),
    (Vendor::Meizu, "RA50c6348036344485d01776773577c64740465480a6b"),
    (
        Vendor::Fcm,
        "fE1e1PZJFSQ:APA91bFAOjp1ahBWn9rTlbjArwBEmDummyDummyDummyDummyDummyDummyDummyDummyDummyDummy_-dummy",
    ),
    (Vendor::Apns, "9fda406a04bde017a2f53eb9831846fbf5308567de9a4e986d96512136f72c3d"),
    (Vendor::HarmonyOs, "MAMzLgDummyDummyDummyDummyDummyDummyDummyDummyDummylPW"),
];

fn parse(vendor: Vendor, text: &str) -> Result<Token, TokenError> {
    Token::parse(vendor, TokenKind::Standard, text)
}

#[test]
fn samples_are_taken_as_they_are_without_suspicion() {
    for (vendor, text) in SAMPLES {
        let token = parse(vendor, text).unwrap();
        assert_eq!((token.vendor(), token.kind(), token.len()), (vendor, TokenKind::Standard, text.len()));
        assert_eq!(token.expose_secret(), text);
        assert_eq!(token.suspicions(), [], "{vendor}");
    }
}

#[test]
fn no_length_is_suspicious() {
    for (vendor, text) in SAMPLES {
        for end in 1..=text.len() {
            let Some(part) = text.get(..end).filter(|_| vendor != Vendor::Apns || end % 2 == 0) else {
                continue;
            };
            let mut suspicions = parse(vendor, part).unwrap().suspicions();
            // "0" is a code of Huawei's, "1" and "16" are codes of others.
            suspicions.retain(|suspicion| *suspicion != Suspicion::IsErrorCode(vendor));
            assert_eq!(suspicions, [], "{vendor} {end}");
        }
        let longest: String = text.chars().cycle().take(Token::MAX_BYTES).collect();
        let longest = if vendor == Vendor::Oppo { "0".repeat(Token::MAX_BYTES) } else { longest };
        assert!(parse(vendor, &longest).is_ok(), "{vendor}");
    }
}

#[test]
fn what_is_certainly_no_token_is_refused_for_every_channel() {
    for (vendor, good) in SAMPLES {
        let refused = |text: &str| parse(vendor, text).unwrap_err();
        assert_eq!(refused(""), TokenError::Empty { vendor });
        for blank in [" ", "\n", "\t \u{3000}"] {
            assert_eq!(refused(blank), TokenError::Blank { vendor });
        }
        for null in ["null", "NULL", "Null", "(null)", "undefined", "nil", "<nil>", "None", " null\n"] {
            assert_eq!(refused(null), TokenError::Null { vendor }, "{null}");
        }
        let at_end = good.len();
        for space in [' ', '\n', '\t', '\r', '\u{a0}', '\u{3000}'] {
            assert_eq!(refused(&format!("{space}{good}")), TokenError::WhiteSpace { vendor, position: 0 });
            assert_eq!(
                refused(&format!("{good}{space}")),
                TokenError::WhiteSpace { vendor, position: at_end }
            );
        }
        assert_eq!(refused(&format!("{good}\u{0}")), TokenError::Control { vendor, position: at_end });
        assert_eq!(refused(&format!("\"{good}\"")), TokenError::Quote { vendor, position: 0 });
        assert_eq!(refused(&format!("{good}%3D")), TokenError::Percent { vendor, position: at_end });
    }
}

#[test]
fn over_256_bytes_are_refused() {
    for vendor in Vendor::ALL.iter().copied().filter(|vendor| *vendor != Vendor::Apns) {
        assert!(parse(vendor, &"1".repeat(256)).is_ok());
        assert_eq!(parse(vendor, &"1".repeat(257)), Err(TokenError::TooLong { vendor, bytes: 257 }));
    }
    // For APNs the bytes count, not the digits.
    let vendor = Vendor::Apns;
    assert!(parse(vendor, &"ab".repeat(256)).is_ok());
    assert_eq!(parse(vendor, &"ab".repeat(257)), Err(TokenError::TooLong { vendor, bytes: 257 }));
    assert!(Token::from_apns_bytes(TokenKind::Voip, &[7; 256]).is_ok());
    assert!(Token::from_apns_bytes(TokenKind::Voip, &[7; 257]).is_err());
    assert!(Token::from_apns_bytes(TokenKind::Voip, &[]).is_err());
    assert!(matches!(parse(vendor, &"x".repeat(1 << 20)), Err(TokenError::TooLong { .. })));
}

#[test]
fn a_space_in_a_xiaomi_id_raises_the_question() {
    let hint = parse(Vendor::Xiaomi, "d//igwEhgBGC 2TG6lWq").unwrap_err().to_string();
    assert!(hint.contains("byte 12") && hint.contains("URL-decoded"), "{hint}");
    let plain = parse(Vendor::Oppo, "CN_b6bb d94b59").unwrap_err().to_string();
    assert!(!plain.contains("URL-decoded"), "{plain}");
}

#[test]
fn apns_text_is_hex_in_any_of_its_forms() {
    let good = parse(Vendor::Apns, "9fda406a04bde017").unwrap();
    for form in ["9FDA406A04BDE017", "<9fda406a 04bde017>", "<9FDA406A 04bde017>"] {
        assert_eq!(parse(Vendor::Apns, form).unwrap(), good);
    }
    assert_eq!(good.expose_secret_bytes(), [0x9f, 0xda, 0x40, 0x6a, 0x04, 0xbd, 0xe0, 0x17]);
    assert_eq!(parse(Vendor::Apns, "9fd"), Err(TokenError::OddHex { digits: 3 }));
    assert_eq!(parse(Vendor::Apns, "9fdg"), Err(TokenError::NotHex { position: 3 }));
    assert_eq!(parse(Vendor::Apns, "<9fda>x"), Err(TokenError::NotHex { position: 0 }));
    assert_eq!(parse(Vendor::Apns, "<9f>a>"), Err(TokenError::NotHex { position: 3 }));
    assert_eq!(parse(Vendor::Apns, "<>"), Err(TokenError::Empty { vendor: Vendor::Apns }));
    assert!(matches!(parse(Vendor::Apns, "9fda 406a"), Err(TokenError::WhiteSpace { position: 4, .. })));
    assert_eq!(parse(Vendor::Apns, "{length = 32, bytes = 0x9fda ... 2c3d }"), Err(TokenError::Description));
}

#[test]
fn voip_is_apples_alone() {
    for vendor in Vendor::ALL.iter().copied() {
        let parsed = Token::parse(vendor, TokenKind::Voip, "9fda406a");
        if vendor == Vendor::Apns {
            assert_eq!(parsed.unwrap().kind(), TokenKind::Voip);
        } else {
            assert_eq!(parsed, Err(TokenError::Kind { vendor, kind: TokenKind::Voip }));
        }
    }
    assert_ne!(parse(Vendor::Apns, "9fda406a"), Token::parse(Vendor::Apns, TokenKind::Voip, "9fda406a"));
}

/// Shapes of public samples, and Base64 where no alphabet is known.
#[test]
fn a_shape_that_is_the_channels_own_is_not_suspect() {
    for (vendor, text) in [
        (Vendor::Oppo, "Realme_CN_b6bbd94b59cdb5df8391642c1509b7fe"),
        (Vendor::Oppo, "OnePlus_IN_b6bbd94b59cdb5df8391642c1509b7fe"),
        (Vendor::Honor, "0862848040691494300003689500CN01"),
        // What onRegistered gives with firebase-messaging 25.1.
        (Vendor::Fcm, "dQw4w9WgXcQ_-aB3dE5fGh"),
        (Vendor::Fcm, "c0123456789abcdef01234"),
        (Vendor::Fcm, "APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx_QiLhvXfs"),
        (Vendor::HarmonyOs, "MAMzLg/kEUWSaAAAAW+X/lPW=="),
    ] {
        assert_eq!(parse(vendor, text).unwrap().suspicions(), [], "{vendor} {text}");
    }
}

#[test]
fn another_channels_token_is_suspect() {
    for (issuer, text) in SAMPLES {
        for vendor in Vendor::ALL.iter().copied() {
            let Ok(token) = parse(vendor, text) else { continue };
            let suspicions = token.suspicions();
            if let Some(Suspicion::LooksLike(other)) = suspicions.first() {
                assert_eq!(*other, issuer, "reported for {vendor}");
                assert_ne!(*other, vendor);
            }
        }
    }
    for (issuer, text, vendor) in [
        (Vendor::Fcm, SAMPLES[9].1, Vendor::HarmonyOs),
        (Vendor::Oppo, SAMPLES[6].1, Vendor::Fcm),
        (Vendor::Vivo, SAMPLES[7].1, Vendor::Meizu),
        (Vendor::Apns, SAMPLES[10].1, Vendor::Meizu),
        (Vendor::Xiaomi, SAMPLES[0].1, Vendor::Huawei),
        (Vendor::Honor, SAMPLES[4].1, Vendor::Huawei),
    ] {
        assert_eq!(
            parse(vendor, text).unwrap().suspicions().first(),
            Some(&Suspicion::LooksLike(issuer)),
            "{vendor}"
        );
    }
}

#[test]
fn a_strange_character_is_suspect_with_its_place() {
    for (vendor, text, position) in [
        (Vendor::Xiaomi, "abc-def", 3),
        (Vendor::Huawei, "abc/def", 3),
        (Vendor::Honor, "abc+def", 3),
        (Vendor::Oppo, "CN_ab:cd", 5),
        (Vendor::Oppo, "AND_wf_O1_jP", 9),
        (Vendor::Oppo, "wf-O1_jP", 2),
        (Vendor::Vivo, "12345a", 5),
        (Vendor::Meizu, "RA50_", 4),
        (Vendor::Fcm, "abc.def", 3),
        (Vendor::HarmonyOs, "abcé", 3),
    ] {
        assert_eq!(
            parse(vendor, text).unwrap().suspicions(),
            [Suspicion::Character(position)],
            "{vendor} {text}"
        );
    }
    assert_eq!(
        Suspicion::Character(3).to_string(),
        "has a character at byte 3 that no token of this vendor has been seen with"
    );
}

#[test]
fn an_error_code_in_a_tokens_place_is_suspect() {
    for (vendor, text) in [
        (Vendor::Fcm, "SERVICE_NOT_AVAILABLE"),
        (Vendor::Fcm, "FIS_AUTH_ERROR"),
        (Vendor::Vivo, "10003"),
        (Vendor::Huawei, "907135000"),
        (Vendor::Oppo, "-2"),
        (Vendor::Apns, "3000"),
        (Vendor::Meizu, "110001"),
    ] {
        assert_eq!(
            parse(vendor, text).unwrap().suspicions(),
            [Suspicion::IsErrorCode(vendor)],
            "{vendor} {text}"
        );
    }
    for (vendor, text) in [(Vendor::Meizu, "110005"), (Vendor::Huawei, "SERVICE_NOT_AVAILABLE")] {
        assert_eq!(parse(vendor, text).unwrap().suspicions(), [], "{vendor} {text}");
    }
}

#[test]
fn an_oppo_prefix_is_known_in_any_case() {
    for text in ["realme_CN_", "Realme_CN_", "REALME_IN_", "oneplus_cn_", "cn_"] {
        let text = format!("{text}0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d");
        let suspicions = parse(Vendor::Huawei, &text).unwrap().suspicions();
        assert_eq!(suspicions.first(), Some(&Suspicion::LooksLike(Vendor::Oppo)), "{text}");
        assert_eq!(parse(Vendor::Oppo, &text).unwrap().suspicions(), [], "{text}");
    }
}

#[test]
fn the_c_interface_takes_hex() {
    let android = parse(Vendor::Oppo, "CN_ab").unwrap();
    assert_eq!(android.expose_secret_bytes(), b"CN_ab");
    assert_eq!(android.to_hex().expose_secret(), "434e5f6162");
    let apns = parse(Vendor::Apns, "9FDA").unwrap();
    assert_eq!(apns.to_hex().expose_secret(), "9fda");
}

#[test]
fn nothing_of_a_token_is_shown() {
    const CANARY: &str = "cafe0123babe4567";
    for vendor in Vendor::ALL.iter().copied() {
        let token = parse(vendor, CANARY).unwrap();
        for shown in [
            format!("{token:?}"),
            format!("{token:#?}"),
            format!("{:?}", token.suspicions()),
            token.fingerprint().to_string(),
            format!("{:?}", token.to_hex()),
        ] {
            assert!(!shown.contains("cafe") && !shown.contains("babe"), "{shown}");
        }
        for bad in [
            format!("{CANARY} "),
            format!("\"{CANARY}\""),
            format!("{CANARY}%"),
            format!("{CANARY}\u{1}"),
            CANARY.repeat(40),
            format!("{{{CANARY}"),
        ] {
            if let Err(error) = parse(vendor, &bad) {
                let shown = format!("{error} {error:?}");
                assert!(!shown.contains("cafe") && !shown.contains("babe"), "{shown}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_a_token_as_it_is_or_none(index in 0_usize..9, text in any::<String>()) {
        let vendor = Vendor::ALL[index];
        if let Ok(token) = parse(vendor, &text) {
            prop_assert!(!text.is_empty());
            if vendor != Vendor::Apns {
                prop_assert_eq!(token.expose_secret(), &text);
                prop_assert!(text.len() <= Token::MAX_BYTES);
                let forbidden = |character: char| {
                    character.is_whitespace() || character.is_control() || matches!(character, '"' | '\'' | '%')
                };
                prop_assert!(!text.contains(forbidden));
            }
            drop(token.suspicions());
        }
    }

    #[test]
    fn hex_like_text_is_read_or_refused(text in "[<]?[0-9a-fA-F {}=x]{0,40}[>]?") {
        if let Ok(token) = parse(Vendor::Apns, &text) {
            let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
            prop_assert_eq!(token.expose_secret(), digits.to_ascii_lowercase());
        }
    }

    #[test]
    fn apns_bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 1..=256)) {
        let token = Token::from_apns_bytes(TokenKind::Standard, &bytes).unwrap();
        prop_assert_eq!(token.expose_secret_bytes(), bytes);
        let again = parse(Vendor::Apns, token.expose_secret()).unwrap();
        prop_assert_eq!(again, token);
    }
}
