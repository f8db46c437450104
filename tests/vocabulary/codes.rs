//! Error codes: each that is documented, with the class that is documented for it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tim_offline_push::vendor::{
    CodeName, ImCode, ImEffect, Pace, Remedy, Vendor, VendorCode, explain, explain_im, known_codes,
    known_im_codes,
};

const SUCCESS: Remedy = Remedy::Nothing;
const T: Remedy = Remedy::RetryLater;
const C: Remedy = Remedy::FixConfiguration;
const D: Remedy = Remedy::DeviceCannot;
const U: Remedy = Remedy::UserMustAct;
const Q: Remedy = Remedy::Quota;

/// Code and class of every registration error, written down a second time.
fn numbers() -> Vec<(Vendor, Remedy, Vec<i64>)> {
    let honor = |codes: &[i64]| codes.iter().map(|code| 8_000_000 + code).collect::<Vec<_>>();
    let hms = |codes: &[i64]| codes.iter().map(|code| 907_000_000 + code).collect::<Vec<_>>();
    let kit = |codes: &[i64]| codes.iter().map(|code| 1_000_900_000 + code).collect::<Vec<_>>();
    vec![
        (Vendor::Xiaomi, SUCCESS, vec![0]),
        (Vendor::Xiaomi, T, vec![-1, 70_000_001, 70_000_002, 70_000_004, 10_001, 10_002, 10_003, 10_029]),
        (
            Vendor::Xiaomi,
            C,
            vec![
                70_000_003, 10_008, 10_016, 10_017, 10_031, 10_036, 21_301, 21_302, 22_000, 22_006, 22_007,
                22_022, 66_108,
            ],
        ),
        (Vendor::Xiaomi, Q, vec![10_027]),
        (Vendor::Huawei, SUCCESS, vec![0]),
        (Vendor::Huawei, C, vec![-5, 6002, 6003, 6004, 6005, 6006]),
        (Vendor::Huawei, U, vec![1001, 907_135_007]),
        (
            Vendor::Huawei,
            T,
            hms(&[
                122_030, 122_031, 122_032, 122_035, 122_037, 122_045, 122_046, 122_047, 122_048, 122_052,
                122_054, 135_001, 135_003, 135_004, 135_006, 135_700,
            ]),
        ),
        (
            Vendor::Huawei,
            C,
            hms(&[
                122_034, 122_036, 122_038, 122_041, 122_042, 122_044, 122_050, 122_053, 135_000, 135_002,
                135_701, 135_702, 135_703,
            ]),
        ),
        (Vendor::Huawei, D, hms(&[122_049, 122_051, 135_005])),
        (Vendor::Huawei, Q, hms(&[122_043])),
        (Vendor::Honor, SUCCESS, vec![0]),
        (Vendor::Honor, D, honor(&[1000, 2006, 2008])),
        (Vendor::Honor, C, honor(&[1001, 1002, 1003, 1005, 2004, 3004])),
        (Vendor::Honor, T, honor(&[1004, 2001, 2002, 2003, 2005, 3001, 3002, 3003, 3006, 3008])),
        (Vendor::Honor, Q, vec![8_003_005, 10_214]),
        (Vendor::Honor, U, honor(&[2007, 3007])),
        (Vendor::Oppo, SUCCESS, vec![0]),
        (Vendor::Oppo, T, vec![-2, -1]),
        (Vendor::Oppo, C, vec![11, 12, 14, 15, 16, 17, 20, 21, 22, 23, 24, 25, 26, 40, 41]),
        (Vendor::Oppo, Q, vec![13]),
        (Vendor::Oppo, U, vec![18, 19]),
        (Vendor::Vivo, SUCCESS, vec![0, 1]),
        (Vendor::Vivo, D, vec![101, 8102]),
        (
            Vendor::Vivo,
            T,
            vec![
                102, 1002, 1003, 1005, 8001, 8002, 8003, 8005, 8006, 8007, 8008, 8012, 8013, 8100, 8101,
                10_000, 10_001,
            ],
        ),
        (Vendor::Vivo, Q, vec![1001]),
        (
            Vendor::Vivo,
            C,
            vec![1004, 10_003, 10_004, 10_005, 20_001, 20_002, 20_003, 20_004, 30_001, 30_002, 30_003],
        ),
        (Vendor::Meizu, SUCCESS, vec![200]),
        (Vendor::Meizu, T, vec![500, 501, 513, 519, 1001, 1003, 110_002, 110_003]),
        (Vendor::Meizu, D, vec![20_000]),
        (Vendor::Meizu, C, vec![201, 1005, 1006, 20_001, 110_000, 110_001, 110_004, 110_009]),
        (Vendor::Meizu, Q, vec![518, 520, 110_010]),
        (Vendor::Fcm, T, vec![]),
        (Vendor::Apns, C, vec![3000]),
        (Vendor::Apns, D, vec![3010]),
        (Vendor::HarmonyOs, T, kit(&[1, 6, 7, 8, 9, 11])),
        (Vendor::HarmonyOs, C, [vec![401], kit(&[2, 3, 4, 5, 10, 12, 13])].concat()),
        (Vendor::HarmonyOs, D, kit(&[14])),
    ]
}

#[test]
fn every_documented_number_has_its_class_and_no_other_is_in_the_tables() {
    for vendor in Vendor::ALL.iter().copied() {
        let mut known = BTreeSet::new();
        for (_, remedy, codes) in numbers().into_iter().filter(|(of, ..)| *of == vendor) {
            for code in codes {
                let explanation = explain(vendor, &code.into());
                assert!(explanation.is_known(), "{vendor} {code} is missing");
                assert_eq!(explanation.remedy(), remedy, "{vendor} {code}");
                assert!(known.insert(VendorCode::Number(code)), "{vendor} {code} stands twice in the test");
            }
        }
        let numbers = known_codes(vendor).map(|known| known.code().clone());
        let numbers: Vec<_> = numbers.filter(|code| matches!(code, VendorCode::Number(_))).collect();
        assert_eq!(numbers.iter().cloned().collect::<BTreeSet<_>>(), known, "{vendor}");
        assert_eq!(numbers.len(), known.len(), "{vendor}: a code twice");
    }
}

#[test]
fn fcm_errors_are_names() {
    for (name, remedy) in [
        ("SERVICE_NOT_AVAILABLE", T),
        ("INTERNAL_SERVER_ERROR", T),
        ("InternalServerError", T),
        ("TOO_MANY_SUBSCRIBERS", Q),
        ("INSTANCE_ID_RESET", T),
        ("FIS_UNAVAILABLE", T),
        ("FIS_AUTH_ERROR", C),
        ("TOO_MANY_REGISTRATIONS", D),
        ("API_DISABLED", C),
    ] {
        let thrown = format!("java.util.concurrent.ExecutionException: java.io.IOException: {name}");
        let explanation = explain(Vendor::Fcm, &VendorCode::find(Vendor::Fcm, &thrown));
        assert!(explanation.is_known() && explanation.pace() != Pace::Slow, "{name}");
        assert_eq!(explanation.remedy(), remedy);
        assert!(explanation.to_string().contains(name));
    }
    // Seen in crash reports, but no document says what helps.
    for name in ["AUTHENTICATION_FAILED", "MISSING_INSTANCEID_SERVICE", "PHONE_REGISTRATION_ERROR"] {
        let explanation = explain(Vendor::Fcm, &VendorCode::find(Vendor::Fcm, name));
        assert!(explanation.is_known() && explanation.pace() == Pace::Slow);
        assert_eq!(explanation.remedy(), T);
    }
    assert!(explain(Vendor::Fcm, &VendorCode::find(Vendor::Fcm, "NOT_HEARD_OF")).pace() == Pace::Slow);
}

#[test]
fn a_code_is_found_in_the_text_of_an_error() {
    for (vendor, text, code) in [
        (Vendor::Huawei, "907135000: arguments invalid", "907135000"),
        (Vendor::Huawei, "ApiException: -5: unknown", "-5"),
        (Vendor::Huawei, "com.huawei.hms.common.ApiException: 6003: certificate fingerprint error", "6003"),
        (Vendor::Huawei, "Error: 907122045: 6003: certificate fingerprint error", "6003"),
        (Vendor::Huawei, "907122045: java.lang.NullPointerException", "907122045"),
        // The process of a log line is no code.
        (Vendor::Huawei, "E/HmsInstanceId( 6003): getToken failed: 907135004", "907135004"),
        (Vendor::Huawei, "11-29 10:11:12.123 W/Push(6004): [token] error 6003", "6003"),
        (Vendor::Honor, "E/Push(10214): HonorPushErrorEnum.ERROR_NOT_SUPPORT(8001000)", "8001000"),
        (Vendor::Huawei, "{\"code\":907135003,\"message\":\"not 907135000\"}", "907135003"),
        (
            Vendor::Fcm,
            "java.io.IOException: SERVICE_NOT_AVAILABLE\n\tat a.b(GmsRpc.java:7)",
            "SERVICE_NOT_AVAILABLE",
        ),
        (Vendor::Fcm, "[messaging/unknown] java.io.IOException: FIS_AUTH_ERROR", "FIS_AUTH_ERROR"),
        (
            Vendor::Fcm,
            "E\n at a.b(C.java:1)\nCaused by: java.io.IOException: INSTANCE_ID_RESET",
            "INSTANCE_ID_RESET",
        ),
        (Vendor::Fcm, "IllegalStateException: API disabled, use register()", "API_DISABLED"),
        (Vendor::Apns, "Error Domain=NSCocoaErrorDomain Code=3010 \"x\"", "3010"),
        (
            Vendor::Apns,
            "The operation couldn\u{2019}t be completed. (NSCocoaErrorDomain error 3000.)",
            "3000",
        ),
        (Vendor::Apns, "未找到应用程序的\u{201c}aps-environment\u{201d}的授权字符串", "3000"),
        (Vendor::Apns, "Error Domain=NSURLErrorDomain Code=3000 \"x\"", "unnamed error"),
        (Vendor::Oppo, "注册失败，错误码：14", "14"),
        (Vendor::Oppo, "onRegister failed, code 15 (missing)", "15"),
        (Vendor::Oppo, "CallBackResult{, mContent='code=11', mResponseCode=16}", "16"),
        (Vendor::Xiaomi, "resultCode={-1}, reason={70000002}", "-1"),
        (Vendor::Xiaomi, "MiPush register error 22022 package", "22022"),
        (Vendor::Vivo, "onStateChanged, state=10003", "10003"),
        (Vendor::Meizu, "BasicStatus{appId='110001'code='200', message='110000'}", "200"),
        (Vendor::HarmonyOs, "BusinessError 1000900010: Illegal application identity.", "1000900010"),
    ] {
        assert_eq!(VendorCode::find(vendor, text).to_string(), code, "{vendor} {text}");
    }
}

#[test]
fn nothing_but_a_code_is_found_in_a_text() {
    for (vendor, text) in [
        (Vendor::Oppo, "timeout after 15 seconds"),
        (Vendor::Oppo, "10:15:14 no network"),
        (Vendor::Oppo, "version 3.14 is too old"),
        (Vendor::Oppo, "2026-11-14 failed"),
        (Vendor::Oppo, "failed 15 times"),
        (Vendor::Vivo, "uid 10003 may not do that"),
        (Vendor::Vivo, "D/VivoPush(10003): turnOnPush"),
        (Vendor::Vivo, "11-29 10:11:12.123 E/VivoPush( 1001): no answer"),
        (Vendor::Vivo, "requestCode=1001"),
        (Vendor::Vivo, "versionCode: 10004"),
        (Vendor::Vivo, "java.lang.Exception\n\tat a.b.c(D.java:101)"),
        (Vendor::Vivo, "java.lang.Exception at a.b.c(D.java:101)"),
        (Vendor::Meizu, "call 13800110000 or 110001110000"),
        (Vendor::Huawei, "70000002"),
        (Vendor::Fcm, "907135000 is Huawei's"),
        (Vendor::Fcm, "MY_SERVICE_NOT_AVAILABLE_YET"),
        (Vendor::Xiaomi, "13812345678"),
        (Vendor::Xiaomi, ""),
    ] {
        let found = VendorCode::find(vendor, text);
        let known = explain(vendor, &found).is_known();
        assert!(!known, "{vendor} {text}: {found}");
        assert!(matches!(found, VendorCode::Name(_)) || text == "70000002", "{vendor} {text}: {found}");
    }
}

#[test]
fn a_persisting_code_has_other_words() {
    for vendor in Vendor::ALL.iter().copied() {
        for known in known_codes(vendor).filter(|known| known.remedy().is_transient()) {
            assert_ne!(known.fix_if_it_persists(), known.fix(), "{known}");
        }
    }
    let clock = explain(Vendor::Xiaomi, &VendorCode::Number(70_000_002));
    let places: Vec<_> =
        ["clock", "proxy", "VPN", "network", "AppID"].map(|word| clock.fix().find(word)).into();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{}", clock.fix());
    assert_ne!(
        explain_im(ImCode::from(-10_005)).fix_if_it_persists(),
        explain_im(ImCode::from(-10_005)).fix()
    );
}

#[test]
fn meizu_sends_numbers_as_text() {
    assert_eq!(explain(Vendor::Meizu, &VendorCode::find(Vendor::Meizu, "110001")).remedy(), C);
    assert_eq!(explain(Vendor::Meizu, &VendorCode::find(Vendor::Meizu, " 200 ")).remedy(), SUCCESS);
}

#[test]
fn a_quota_is_not_hurried_and_a_network_is_waited_for() {
    for vendor in Vendor::ALL.iter().copied() {
        for known in known_codes(vendor) {
            assert_eq!(known.remedy() == Q, known.pace() == Pace::Quota, "{known}");
            assert!(!known.meaning().is_empty() && !known.fix().is_empty());
            assert_ne!(known.remedy_if_it_persists(), Some(known.remedy()), "{known}");
        }
    }
    for (vendor, code) in
        [(Vendor::Huawei, 907_122_031), (Vendor::Honor, 8_003_006), (Vendor::HarmonyOs, 1_000_900_011)]
    {
        assert_eq!(explain(vendor, &VendorCode::Number(code)).pace(), Pace::WhenConnected);
    }
}

/// Every code of the IM SDK, its C interface and TIMPush, with its effect on a report.
fn im_effects() -> Vec<(ImEffect, Vec<i32>)> {
    vec![
        (ImEffect::Success, vec![0]),
        (ImEffect::SessionNotReady, vec![-1, -2, 6013, 6014, 6026, 9503, 21_005]),
        (
            ImEffect::SessionOver,
            vec![6206, 6208, 70_001, 70_002, 70_003, 70_005, 70_009, 70_013, 70_050, 70_051, 70_052],
        ),
        (ImEffect::TokenRefused, vec![22_003, 22_004]),
        (ImEffect::CertificateUnknown, vec![22_001]),
        (
            ImEffect::Permanent,
            vec![
                -3, -4, -5, -6, 6017, 6027, 7013, 7014, 9522, 22_005, 70_014, 70_016, 70_020, 70_404,
                800_001, 800_002, 800_011, 800_012, 800_013, 800_014, 800_015, 800_016,
            ],
        ),
        (
            ImEffect::Retry(Pace::WhenConnected),
            vec![6012, 6200, 6201, 6250, 6251, 9508, 9510, 9512, 9514, 9516, 9517, 9523, 9524, 9525],
        ),
        (ImEffect::Retry(Pace::Slow), vec![800_006, 800_007]),
        (
            ImEffect::Retry(Pace::Normal),
            vec![
                6015, 7008, 7009, 7012, 7501, 7502, 9501, 9502, 9504, 9505, 9506, 9507, 9509, 9511, 9513,
                9515, 9518, 9519, 9520, 9521, 20_004, 20_005, 22_002, 22_006, 800_003, 800_004, 800_005,
                800_008, 800_009, 800_010,
            ],
        ),
    ]
}

#[test]
fn every_im_code_has_its_effect() {
    let mut known = BTreeSet::new();
    for (effect, codes) in im_effects() {
        for code in codes {
            let explanation = explain_im(ImCode::from(code));
            assert!(explanation.is_known(), "{code} is missing");
            assert_eq!(explanation.effect(), effect, "{code}");
            assert!(known.insert(code), "{code} twice");
        }
    }
    assert_eq!(known_im_codes().map(|known| known.code().as_i32()).collect::<BTreeSet<_>>(), known);
    assert_eq!(known_im_codes().count(), known.len());
    assert_eq!(explain_im(ImCode::from(22_001)).pace(), Pace::Slow);
    assert_eq!(explain_im(ImCode::from(800_016)).remedy(), U);
}

#[test]
fn serde_names_are_frozen() {
    let codes = [VendorCode::from(-5_i64), VendorCode::find(Vendor::Fcm, "SERVICE_NOT_AVAILABLE")];
    assert_eq!(serde_json::to_string(&codes).unwrap(), r#"[-5,"SERVICE_NOT_AVAILABLE"]"#);
    let back: Vec<VendorCode> = serde_json::from_str(r#"[-5,"SERVICE_NOT_AVAILABLE"]"#).unwrap();
    assert_eq!(back, codes);
    assert_eq!(serde_json::to_string(&ImCode::from(6014)).unwrap(), "6014");
    let classes = [SUCCESS, T, C, D, U, Q];
    assert_eq!(
        serde_json::to_string(&classes).unwrap(),
        r#"["nothing","retry_later","fix_configuration","device_cannot","user_must_act","quota"]"#
    );
    let effects = [ImEffect::Success, ImEffect::Retry(Pace::WhenConnected), ImEffect::CertificateUnknown];
    assert_eq!(
        serde_json::to_string(&effects).unwrap(),
        r#"["success",{"retry":"when_connected"},"certificate_unknown"]"#
    );
    let row = serde_json::to_value(explain(Vendor::Apns, &VendorCode::Number(3000))).unwrap();
    assert_eq!(row["vendor"], "APNs");
    assert_eq!(row["code"], 3000);
    assert_eq!(row["row"]["remedy"], "fix_configuration");
}

proptest! {
    /// Whatever the text, what is found is a number of 32 bits or a row of the table.
    #[test]
    fn only_codes_are_found(index in 0_usize..9, text in "([a-z=: {}\\n-]{0,4}(code|code=|error )?[0-9A-Z_]{0,12}){0,8}") {
        let vendor = Vendor::ALL[index];
        match VendorCode::find(vendor, &text) {
            VendorCode::Number(number) => prop_assert!(i32::try_from(number).is_ok()),
            VendorCode::Name(name) => {
                let known = explain(vendor, &VendorCode::Name(name.clone())).is_known();
                prop_assert!(known || name.as_str() == "unnamed error");
            }
        }
    }

    /// A stored name is letters and underscores, so that no token and no account gets into a log as one.
    #[test]
    fn no_text_but_a_name_is_read_back(text in any::<String>()) {
        let stored = serde_json::to_string(&text).unwrap();
        let name: CodeName = serde_json::from_str(&stored).unwrap();
        let kept = name.as_str();
        prop_assert!(kept.len() <= CodeName::MAX_BYTES);
        let is_name = kept.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
        prop_assert!(is_name && text.contains(kept) || kept == "unnamed error");
    }

    #[test]
    fn unknown_numbers_are_kept_and_retried_slowly(index in 0_usize..9, number in any::<i64>()) {
        let code = VendorCode::Number(number);
        let explanation = explain(Vendor::ALL[index], &code);
        prop_assert_eq!(explanation.code(), &code);
        if !explanation.is_known() {
            prop_assert_eq!((explanation.remedy(), explanation.pace()), (T, Pace::Slow));
            prop_assert!(explanation.to_string().contains(&number.to_string()));
        }
    }

    #[test]
    fn unknown_im_codes_are_kept_and_retried_slowly(number in any::<i32>()) {
        let explanation = explain_im(ImCode::from(number));
        prop_assert_eq!(explanation.code().as_i32(), number);
        if !explanation.is_known() {
            prop_assert_eq!(explanation.effect(), ImEffect::Retry(Pace::Slow));
            prop_assert!(explanation.to_string().contains(&number.to_string()));
        }
    }
}
