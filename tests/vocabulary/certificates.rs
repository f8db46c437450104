//! Business ids, and the reader of every spelling of the files that carry them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tim_offline_push::certificate::{
    AppleEnvironment, BusinessId, CertificateSlot, Certificates, ConfigError, ConfigFindingKind,
    ConfigReading, Market,
};
use tim_offline_push::vendor::{TokenKind, Vendor};

fn id(number: u32) -> BusinessId {
    BusinessId::new(number).unwrap()
}

fn ids(reading: &ConfigReading) -> BTreeMap<String, u32> {
    reading.certificates().iter().map(|(slot, id)| (slot.to_string(), id.as_u32())).collect()
}

fn read(text: &str) -> ConfigReading {
    Certificates::read(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn found(reading: &ConfigReading, kind: ConfigFindingKind) -> Vec<&str> {
    reading
        .findings()
        .iter()
        .filter(|finding| finding.kind == kind)
        .map(|finding| finding.key.as_str())
        .collect()
}

#[test]
fn an_id_is_a_number_from_1() {
    assert!(BusinessId::new(0).is_err());
    assert_eq!(id(u32::MAX).as_u32(), 4_294_967_295);
    assert_eq!(serde_json::to_string(&id(7)).unwrap(), "7");
    assert!(serde_json::from_str::<BusinessId>("0").is_err());
    assert!(serde_json::from_str::<BusinessId>("4294967296").is_err());
}

#[test]
fn a_lookup_falls_back_to_what_serves() {
    let production = CertificateSlot::apns(TokenKind::Standard, AppleEnvironment::Production);
    let all = Certificates::new()
        .with(Vendor::Huawei, id(1))
        .with(CertificateSlot::of(Vendor::Huawei).overseas(), id(2))
        .with(Vendor::Fcm, id(3))
        .with(CertificateSlot::of(Vendor::Oppo).overseas(), id(4))
        .with(production, id(5))
        .with(Vendor::Apns, id(6))
        .with(CertificateSlot::voip(), id(7));
    let look = |vendor, kind, environment, region| {
        all.business_id(vendor, kind, environment, region).map(BusinessId::as_u32)
    };
    let (standard, voip) = (TokenKind::Standard, TokenKind::Voip);
    let (development, production) = (AppleEnvironment::Development, AppleEnvironment::Production);
    assert_eq!(look(Vendor::Huawei, standard, production, Market::Domestic), Some(1));
    assert_eq!(look(Vendor::Huawei, standard, production, Market::Overseas), Some(2));
    assert_eq!(look(Vendor::Fcm, standard, production, Market::Overseas), Some(3));
    assert_eq!(look(Vendor::Oppo, standard, production, Market::Domestic), None);
    assert_eq!(look(Vendor::Oppo, standard, production, Market::Overseas), Some(4));
    assert_eq!(look(Vendor::Apns, standard, production, Market::Domestic), Some(5));
    assert_eq!(look(Vendor::Apns, standard, development, Market::Domestic), Some(6));
    assert_eq!(look(Vendor::Apns, voip, development, Market::Overseas), Some(7));
    assert_eq!(look(Vendor::Huawei, voip, production, Market::Domestic), None);
    assert_eq!(look(Vendor::Xiaomi, standard, production, Market::Domestic), None);
    assert_eq!(all.vendors().collect::<Vec<_>>(), [Vendor::Huawei, Vendor::Oppo, Vendor::Fcm, Vendor::Apns]);
}

#[test]
fn serde_names_are_frozen() {
    let all = Certificates::new()
        .with(Vendor::Xiaomi, id(30_207))
        .with(CertificateSlot::apns(TokenKind::Voip, AppleEnvironment::Development).overseas(), id(30_301));
    let json = serde_json::to_string(&all).unwrap();
    assert_eq!(
        json,
        r#"[{"vendor":"Xiaomi","kind":"standard","market":"domestic","id":30207},{"vendor":"APNs","kind":"voip","environment":"development","market":"overseas","id":30301}]"#
    );
    assert_eq!(serde_json::from_str::<Certificates>(&json).unwrap(), all);
    let tolerant = r#"[{"vendor":"xiaomi","id":30207,"owner":"me"}]"#;
    assert_eq!(serde_json::from_str::<Certificates>(tolerant).unwrap().vendors().count(), 1);
    let impossible = r#"[{"vendor":"Xiaomi","kind":"voip","id":1}]"#;
    assert!(serde_json::from_str::<Certificates>(impossible).is_err());
}

/// Every spelling in use, and one of each form.
#[test]
fn one_reader_knows_every_spelling() {
    let spellings: [(&str, &str); 31] = [
        ("huaweiPushBussinessId", "Huawei"),
        ("xiaomiPushBussinessId", "Xiaomi"),
        ("meizuPushBussinessId", "Meizu"),
        ("vivoPushBussinessId", "vivo"),
        ("oppoPushBussinessId", "OPPO"),
        ("honorPushBussinessId", "Honor"),
        ("fcmPushBussinessId", "FCM"),
        ("HW_PUSH_BUZID", "Huawei"),
        ("XM_PUSH_BUZID", "Xiaomi"),
        ("MZ_PUSH_BUZID", "Meizu"),
        ("VIVO_PUSH_BUZID", "vivo"),
        ("OPPO_PUSH_BUZID", "OPPO"),
        ("HONOR_PUSH_BUZID", "Honor"),
        ("GOOGLE_FCM_PUSH_BUZID", "FCM"),
        ("HW_PUSH_BUZID_ABROAD", "Huawei overseas"),
        ("GOOGLE_FCM_PUSH_BUZID_ABROAD", "FCM overseas"),
        ("huaweiBusinessID", "Huawei"),
        ("googleBusinessID", "FCM"),
        ("hw_buz_id", "Huawei"),
        ("mi_buz_id", "Xiaomi"),
        ("MI_PUSH_BUZID", "Xiaomi"),
        ("miBusinessID", "Xiaomi"),
        ("huaweiPushBussinessIdAbroad", "Huawei overseas"),
        ("fcmPushBussinessIdOversea", "FCM overseas"),
        ("OPPO_PUSH_BUZID_INTERNATIONAL", "OPPO overseas"),
        ("harmonyPushBussinessId", "HarmonyOS"),
        ("mz_buz_id", "Meizu"),
        ("google_buz_id", "FCM"),
        ("apple_buz_id", "APNs"),
        ("apnsProductionBusinessId", "APNs production"),
        ("voipBusinessID", "APNs VoIP"),
    ];
    for (key, slot) in spellings {
        for text in [
            format!(r#"{{"{key}": 30206}}"#),
            format!(r#"{{"{key}": "30206"}}"#),
            format!("{{{key}: '30206', // mine\n}}"),
            format!("{{ '{key}': 30206 }}"),
            format!("{{ /* mine */ {key}: 30206 }}"),
            format!(r#"{{"version": "1", "a": {{"b": [{{"{key}": "30206"}}]}}}}"#),
            format!("public static final long {key} = 30206;"),
            format!("const val {key}: Long = 30206L"),
            format!("#define {key} 30206\n"),
            format!("#define {key} @\"30206\"\n"),
            format!("#define {key} (30206)\n"),
            format!("#define {key} ( @\"30206\" )\n"),
            format!("let {key} = (30206)\n"),
            format!("$ids = ['{key}' => '30206'];"),
            format!("NSString *const {key} = @\"30206\";"),
            format!("NSDictionary *ids = @{{ @\"{key}\" : @30206 }};"),
            format!("const a = {{ b: {{ c: [{{ {key}: 30206 }}] }} }};"),
            format!("export default {{ {key}: '30206', }}"),
            format!("{key}=30206"),
        ] {
            let reading = read(&text);
            assert_eq!(ids(&reading), BTreeMap::from([(slot.to_owned(), 30206)]), "{text}");
            assert!(found(&reading, ConfigFindingKind::Unknown).is_empty(), "{text}");
        }
    }
}

#[test]
fn an_object_may_name_what_its_keys_do_not() {
    let reading = read(
        r#"{"huawei": {"businessId": 1, "overseas": {"businessId": 2}}, "ios": {"dev": {"businessID": 3}, "prod": {"businessID": 4}, "voip": {"businessID": 5}}, "abroad": {"hw_buz_id": 6, "oppo_buz_id": 7}}"#,
    );
    let expected = [
        ("APNs development", 3),
        ("APNs production", 4),
        ("APNs VoIP", 5),
        ("Huawei", 1),
        ("Huawei overseas", 6),
        ("OPPO overseas", 7),
    ];
    assert_eq!(ids(&reading), expected.map(|(slot, id)| (slot.to_owned(), id)).into());
    assert_eq!(found(&reading, ConfigFindingKind::Conflict), ["hw_buz_id"]);
}

#[test]
fn an_id_without_a_vendor_is_assigned_by_the_app() {
    for text in [r#"{"businessID": 30301}"#, r#"{"businessID": "30301"}"#, "#define sdkBusiId 30301"] {
        let reading = read(text);
        assert!(reading.certificates().is_empty());
        assert_eq!(reading.unassigned(), Some(id(30_301)));
        assert_eq!(found(&reading, ConfigFindingKind::Unassigned).len(), 1);
        for vendor in [Vendor::Apns, Vendor::HarmonyOs] {
            let assigned = reading.clone().with_unassigned_for(vendor);
            assert_eq!(assigned.certificates().vendors().collect::<Vec<_>>(), [vendor]);
            assert!(found(&assigned, ConfigFindingKind::Unassigned).is_empty());
        }
    }
    // A named id goes before it.
    let both = read(r#"{"businessID": 1, "apple_buz_id": 2}"#).with_unassigned_for(Vendor::Apns);
    assert_eq!(ids(&both), BTreeMap::from([("APNs".to_owned(), 2)]));
}

#[test]
fn what_is_not_configured_missing_unknown_or_wrong_is_named() {
    let reading = read(
        r#"{"huaweiPushBussinessId": "0", "vivoPushBussinessId": "", "meizuPushBussinessId": null, "xiaomiPushBussinessId": 5, "xiaomiPushAppId": "", "oppoPushBussinessId": "abc", "honorPushBussinessId": 4294967296, "fcmPushBussinessId": -1, "colour": "blue"}"#,
    );
    assert_eq!(ids(&reading), BTreeMap::from([("Xiaomi".to_owned(), 5)]));
    assert_eq!(
        found(&reading, ConfigFindingKind::NotConfigured),
        ["huaweiPushBussinessId", "vivoPushBussinessId", "meizuPushBussinessId"]
    );
    assert_eq!(
        found(&reading, ConfigFindingKind::InvalidId),
        ["oppoPushBussinessId", "honorPushBussinessId", "fcmPushBussinessId"]
    );
    assert_eq!(found(&reading, ConfigFindingKind::Missing), ["xiaomiPushAppId", "xiaomiPushAppKey"]);
    assert_eq!(found(&reading, ConfigFindingKind::Unknown), ["a key of 6 characters"]);
    for wrong in ["1.0", "true", "[]", "\" 5 6\"", "\"+5\"", "\"5L\"", "1e3", "\"99999999999999999999\""] {
        let reading = read(&format!(r#"{{"huaweiPushBussinessId": {wrong}}}"#));
        assert!(reading.certificates().is_empty(), "{wrong}");
    }
    let nothing = read("{}");
    assert_eq!(found(&nothing, ConfigFindingKind::Missing).len(), 7);
}

#[test]
fn white_space_around_a_number_does_not_count() {
    for text in ["\" 30207 \"", "\"30207\\n\"", "\"\\t30207\""] {
        let reading = read(&format!(r#"{{"xiaomiPushBussinessId": {text}}}"#));
        assert_eq!(ids(&reading), [("Xiaomi".to_owned(), 30207)].into(), "{text}");
    }
    assert_eq!(" 30207\n".parse(), Ok(id(30207)));
    let blank = read(r#"{"xiaomiPushBussinessId": "  "}"#);
    assert_eq!(found(&blank, ConfigFindingKind::NotConfigured), ["xiaomiPushBussinessId"]);
}

#[test]
fn a_list_without_keys_is_an_error_that_says_what_is_expected() {
    for text in ["[]", " [ ] ", "[[]]", "[30206, 30207]", "[\"huaweiPushBussinessId\"]"] {
        let error = Certificates::read(text).unwrap_err();
        assert_eq!(error, ConfigError::NoMember, "{text}");
        assert!(error.to_string().contains("huaweiPushBussinessId"));
    }
    assert!(Certificates::read(r#"[{"huaweiPushBussinessId": 30206}]"#).is_ok());
}

#[test]
fn the_block_of_the_apps_package_counts() {
    let text = r#"{"version": "1.0", "com.example.im": {"huaweiPushBussinessId": 1, "config": {"vivoPushBussinessId": 2}},
        "": {"huaweiPushBussinessId": 3, "oppoPushBussinessId": 4}}"#;
    let own = [("Huawei".to_owned(), 1), ("vivo".to_owned(), 2)];
    let reading = read(text);
    assert_eq!(ids(&reading), own.into());
    assert_eq!(found(&reading, ConfigFindingKind::SecondBlock), [""]);
    assert!(found(&reading, ConfigFindingKind::Conflict).is_empty());
    assert_eq!(reading.packages().collect::<Vec<_>>(), ["com.example.im"]);
    // In whichever order they stand.
    let turned = r#"{"": {"huaweiPushBussinessId": 3}, "com.example.im": {"huaweiPushBussinessId": 1}}"#;
    assert_eq!(ids(&read(turned)), [("Huawei".to_owned(), 1)].into());
    // Of two apps the one that is asked for counts.
    let two = r#"{"fcmPushBussinessId": 9, "com.example.a": {"huaweiPushBussinessId": 1}, "com.example.b": {"huaweiPushBussinessId": 2}}"#;
    let reading = read(two);
    assert_eq!(found(&reading, ConfigFindingKind::SecondBlock), ["com.example.b"]);
    let other = reading.clone().with_package("com.example.b");
    assert_eq!(ids(&other), [("Huawei".to_owned(), 2), ("FCM".to_owned(), 9)].into());
    assert_eq!(ids(&reading.clone().with_package("com.example.c")), ids(&reading));
    // A block without ids is none, and one alone is no second one.
    for one in [
        r#"{"com.example.im": {"huaweiPushBussinessId": 1}, "": {"version": "1.0"}}"#,
        r#"{"": {"huaweiPushBussinessId": 1}}"#,
        r#"{"com.huawei.im": {"huaweiPushBussinessId": 1}}"#,
    ] {
        let reading = read(one);
        assert_eq!(ids(&reading), [("Huawei".to_owned(), 1)].into(), "{one}");
        assert!(found(&reading, ConfigFindingKind::SecondBlock).is_empty(), "{one}");
    }
}

#[test]
fn an_id_that_is_an_expression_cannot_be_judged() {
    for text in [
        "public static final long XM_PUSH_BUZID = BuildConfig.XM_ID;",
        "const val XM_PUSH_BUZID: Long = BuildConfig.XM_ID",
        "#define XM_PUSH_BUZID kXiaomiId\n",
        "static final long XM_PUSH_BUZID = (long) 30207;",
        "val XM_PUSH_BUZID = (BuildConfig.XM_ID)",
        "export default { XM_PUSH_BUZID: process.env.XM_ID, huaweiBusinessID: 1 }",
        "static let XM_PUSH_BUZID = Int(config.id)",
        "XM_PUSH_BUZID = Long.parseLong(ids.get(0))",
    ] {
        let reading = read(text);
        assert_eq!(found(&reading, ConfigFindingKind::Expression), ["XM_PUSH_BUZID"], "{text}");
        assert!(found(&reading, ConfigFindingKind::Unknown).is_empty(), "{text}: {:?}", reading.findings());
        assert!(reading.certificates().vendors().all(|vendor| vendor == Vendor::Huawei), "{text}");
    }
    // Other names with expressions are no constants of a configuration.
    assert_eq!(Certificates::read("val name = other.name"), Err(ConfigError::NoKeys));
    for text in ["class P { let huaweiBusinessID: java.lang.Long = 5 }", "let huaweiBusinessID: Int? = 5"] {
        assert!(found(&read(text), ConfigFindingKind::Expression).is_empty(), "{text}");
    }
}

#[test]
fn an_empty_key_of_a_server_secret_is_nothing() {
    for key in ["huaweiPushAppSecret", "vivoPushAppSecret", "masterSecret"] {
        let reading = read(&format!(r#"{{"huaweiPushBussinessId": 1, "{key}": ""}}"#));
        assert!(!reading.findings().iter().any(|finding| finding.key == key), "{key}");
    }
}

#[test]
fn the_same_id_twice_is_no_conflict_and_another_one_is() {
    let same = read(r#"{"huaweiPushBussinessId": 5, "HW_PUSH_BUZID": "5"}"#);
    assert!(found(&same, ConfigFindingKind::Conflict).is_empty());
    let other = read(r#"{"huaweiPushBussinessId": 5, "huaweiPushBussinessId": 6}"#);
    assert_eq!(found(&other, ConfigFindingKind::Conflict), ["huaweiPushBussinessId"]);
    assert_eq!(ids(&other), BTreeMap::from([("Huawei".to_owned(), 6)]));
}

#[test]
fn secrets_of_a_server_are_named_and_never_shown() {
    const CANARY: &str = "c4n4ryS3cretV4lue";
    for (key, is_secret) in [
        ("xiaomiPushAppSecret", true),
        ("XM_PUSH_APPSECRET", true),
        ("mi_app_secret", true),
        ("vivoPushAppSecret", true),
        ("huaweiAppSecret", true),
        ("meizu_app_secret", true),
        ("oppoMasterSecret", true),
        ("oppo_master_secret", true),
        ("honorClientSecret", true),
        ("private_key", true),
        ("masterSecret", true),
        ("SECRETKEY", true),
        ("oppoPushAppSecret", false),
        ("OPPO_PUSH_APPSECRET", false),
        ("oppo_app_secret", false),
        ("xiaomiPushAppKey", false),
        ("vivo_app_key", false),
    ] {
        let text = format!(r#"{{"a": {{"{key}": "{CANARY}"}}}}"#);
        let reading = read(&text);
        let secrets = found(&reading, ConfigFindingKind::ServerSecret);
        assert_eq!(secrets, if is_secret { vec![key] } else { vec![] }, "{key}");
        let shown: Vec<String> = reading.findings().iter().map(ToString::to_string).collect();
        assert!(!format!("{reading:?} {shown:?}").contains(CANARY));
        assert!(found(&read(&text.replace(CANARY, "")), ConfigFindingKind::ServerSecret).is_empty());
        let errors = [
            Certificates::read(text.trim_end_matches('}')),
            Certificates::read(&text.replace(':', "=")),
            Certificates::read(CANARY),
        ];
        for error in errors {
            let error = error.unwrap_err();
            assert!(!format!("{error} {error:?}").contains("c4n4ry"));
        }
    }
    // However much else there is to tell.
    let noise = "\"colour\": 1, ".repeat(2000);
    let reading = read(&format!(r#"{{{noise}"masterSecret": "{CANARY}"}}"#));
    assert_eq!(found(&reading, ConfigFindingKind::ServerSecret), ["masterSecret"]);
    assert_eq!(reading.findings().len(), ConfigReading::MAX_FINDINGS);
    assert!(reading.findings_left_out() > 1700);
}

/// Each branch of a condition is for its build. Two ids of two builds are no conflict.
#[test]
fn the_ids_of_builds_are_told_apart() {
    for text in [
        "#if DEBUG\nlet kAPNSBusiId: Int32 = 1\n#else\nlet kAPNSBusiId: Int32 = 2\n#endif\nlet hwBuzId = 3",
        "#ifndef DEBUG\n#define kAPNSBusiId 2\n#else\n#define kAPNSBusiId (1)\n#endif\n#define HW_PUSH_BUZID 3",
        "#if PRODUCTION\n#ifdef X\nHW_PUSH_BUZID = 3\n#endif\napns = { businessID: 2 }\n#elif IS_DEBUG\napns = { businessID: 1 }\nHW_PUSH_BUZID = 4\n#endif",
        "#if DEBUG\nkAPNSBusiId = 1\n#elif STAGING\nhwBuzId = 3\n#else // the store\nkAPNSBusiId = 2\n#endif\nhwBuzId = 3",
        "#if RELEASE\nkAPNSBusiId = 2\n#elseif DEBUG\nkAPNSBusiId = 1\n#else\n#error\n#endif\nhwBuzId = 3",
        r#"{"apns": {"businessID": {"dev": 1, "prod": 2}}, "huawei": {"prod": {"buzId": 3}, "dev": {"buzId": 4}}}"#,
        r#"{"businessID": {"huawei": 3, "apns": {"debug": "1", "release": "2"}}}"#,
    ] {
        let reading = read(text);
        let expected = [("APNs development", 1), ("APNs production", 2), ("Huawei", 3)];
        assert_eq!(ids(&reading), expected.map(|(slot, id)| (slot.to_owned(), id)).into(), "{text}");
        assert!(found(&reading, ConfigFindingKind::Conflict).is_empty(), "{text}");
    }
    // A development id alone counts, and two for the same build are a conflict.
    let alone = read(r#"{"huawei": {"dev": {"buzId": 4}}}"#);
    assert_eq!(ids(&alone), BTreeMap::from([("Huawei".to_owned(), 4)]));
    let twice = read("#if DEBUG\n#define hwBuzId 1\n#define hwBuzId 2\n#endif");
    assert_eq!(found(&twice, ConfigFindingKind::Conflict), ["hwBuzId"]);
    // Tencent's iOS demo.
    let demo = read("#ifdef DEBUG\n#define sdkBusiId 15108\n#else\n#define sdkBusiId 16205\n#endif");
    assert_eq!(found(&demo, ConfigFindingKind::Conflict), [""; 0]);
    assert_eq!(found(&demo, ConfigFindingKind::Unassigned), ["sdkBusiId"]);
    assert_eq!(demo.unassigned(), Some(id(16_205)));
    let expected = [("APNs development", 15_108), ("APNs production", 16_205)];
    let apple = demo.clone().with_unassigned_for(Vendor::Apns);
    assert_eq!(ids(&apple), expected.map(|(slot, id)| (slot.to_owned(), id)).into());
    let harmony = demo.with_unassigned_for(Vendor::HarmonyOs);
    assert_eq!(ids(&harmony), BTreeMap::from([("HarmonyOS".to_owned(), 16_205)]));
}

/// Which branch counts where a condition says nothing is not known.
#[test]
fn what_stands_behind_an_else_cannot_be_judged() {
    for text in [
        "#if FLAVOR\nhwBuzId = 1\n#elif OTHER\nhwBuzId = 2\n#endif\nxmBuzId = 3",
        "if (abroad) { config.hwBuzId = 1; } else { config.hwBuzId = 2; }\nxmBuzId = 3",
        "if abroad {\n  hwBuzId = 1\n}\nelse\n{\n  ids = { hwBuzId: 2 }\n}\nxmBuzId = 3",
        "if (abroad) hwBuzId = 1; else hwBuzId = 2; xmBuzId = 3;",
        "hwBuzId = 1\nif (abroad) { x = 1 } else if (y) { hwBuzId = 2 }\nval z = if (a) 1 else 2\nxmBuzId = 3",
    ] {
        let reading = read(text);
        let expected = [("Huawei", 1), ("Xiaomi", 3)];
        assert_eq!(ids(&reading), expected.map(|(slot, id)| (slot.to_owned(), id)).into(), "{text}");
        assert!(found(&reading, ConfigFindingKind::Conflict).is_empty(), "{text}");
        assert_eq!(found(&reading, ConfigFindingKind::Expression), ["hwBuzId"], "{text}");
    }
}

/// A branch may have what the others have not: a secret, or the id of another platform's vendor.
#[test]
fn what_only_an_else_has_counts() {
    for text in [
        "if (isIOS) {\n  apnsBuzId = 1;\n} else {\n  hwBuzId = 2;\n  xmAppSecret = 's3cr3t';\n}",
        "#if UNITY_IOS\nint apnsBuzId = 1;\n#else\nint hwBuzId = 2;\nvar xmAppSecret = \"s3cr3t\";\n#endif",
        "apnsBuzId=1\n#else than before\nhwBuzId=2\nxmAppSecret=\"s3cr3t\"",
        "apnsBuzId = 1\n#if 0\nhwBuzId = 3\n#else\nhwBuzId = 2\n#endif\nxmAppSecret = \"s3cr3t\"",
    ] {
        let reading = read(text);
        let expected = [("APNs", 1), ("Huawei", 2)];
        assert_eq!(ids(&reading), expected.map(|(slot, id)| (slot.to_owned(), id)).into(), "{text}");
        assert_eq!(found(&reading, ConfigFindingKind::ServerSecret), ["xmAppSecret"], "{text}");
        assert_eq!(found(&reading, ConfigFindingKind::Expression), [""; 0], "{text}");
    }
    // Code that speaks of elements is code.
    for text in ["// into <resources>\nhwBuzId = 2", "/** For the <plist>. */\n#define hwBuzId 2"] {
        assert_eq!(ids(&read(text)), BTreeMap::from([("Huawei".to_owned(), 2)]), "{text}");
    }
    let array = "<resources><string-array name=\"a\"><item>5</item></string-array>\n\
        <integer name=\"hwBuzId\">2</integer></resources>";
    assert_eq!(found(&read(array), ConfigFindingKind::Unknown), [""; 0]);
}

/// Resources of Android, property lists of Apple, and the maps of Swift, Groovy and PHP.
#[test]
fn ids_are_read_from_elements_and_brackets() {
    for text in [
        "<?xml version=\"1.0\"?>\n<resources><!-- <integer name=\"hw_buz_id\">9</integer> -->\n<integer name=\"hw_buz_id\">1</integer>\n<string translatable=\"false\" name=\"xiaomiBusinessId\"> 2 </string><item name=\"a\" type=\"integer\">3</item></resources>",
        "<plist version=\"1.0\"><dict><key>huawei</key><dict><key>businessID</key><integer>1</integer></dict><key>xiaomiBuzId</key><string>2</string></dict></plist>",
        "let ids = [\"huawei\": [\"businessID\": 1, \"tags\": [7, 8]], \"xiaomi\": [\"businessID\": list[2]]]\nxmBuzId = 2",
        "<?php return ['huawei' => ['business_id' => 1], 'xiaomi' => ['business_id' => 2]];",
        "constexpr uint64_t kHuaweiBusinessId = 1ULL;\nconstexpr auto kXiaomiBusinessId = 2u;",
    ] {
        let reading = read(text);
        let expected = [("Huawei", 1), ("Xiaomi", 2)];
        assert_eq!(ids(&reading), expected.map(|(slot, id)| (slot.to_owned(), id)).into(), "{text}");
        assert!(found(&reading, ConfigFindingKind::Conflict).is_empty(), "{text}");
    }
}

/// The name of an object counts in source text as in JSON.
#[test]
fn an_object_in_source_text_may_name_what_its_keys_do_not() {
    let text = "export default { huawei: { businessID: 1, abroad: { businessID: 2 } }, // }\n  businessID: 3,\n  \
                'xiaomi': { appId: '}', businessID: '4' } };\nconst vivo: Ids = { businessID: 5 }; \
                if (overseas) { meizu = { push: { businessID: 6 } } }";
    let reading = read(text);
    let expected = [("Huawei", 1), ("Huawei overseas", 2), ("Xiaomi", 4), ("vivo", 5), ("Meizu", 6)];
    assert_eq!(ids(&reading), expected.map(|(slot, id)| (slot.to_owned(), id)).into());
    assert_eq!(reading.unassigned(), Some(id(3)));
    // So does what stands before a dot.
    let dotted = "huawei.businessID=1\nconfig.xiaomi.businessID = '2'\nPushIds.OPPO_PUSH_BUZID = 3L;\n\
                  let meizuBusinessID: java.lang.Long = 4; x = vivo.businessID; y = 5; fcmBusinessID = a.b(6)";
    let expected = [("Huawei", 1), ("Xiaomi", 2), ("OPPO", 3), ("Meizu", 4)];
    assert_eq!(ids(&read(dotted)), expected.map(|(slot, id)| (slot.to_owned(), id)).into());
    // A value that is no literal is none, and not the next one either.
    let indirect = "val huaweiBusinessID = DEFAULT\nval other = 5\nxiaomiBusinessID: NAME\noppoBusinessID: 6\n\
                    case HW_PUSH_BUZID: return 3; HONOR_PUSH_BUZID == 7; if (MZ_PUSH_BUZID) 8 - vivoBusinessID";
    assert_eq!(ids(&read(indirect)), [("OPPO".to_owned(), 6)].into());
    // Braces that close nothing, and that nobody closes.
    assert_eq!(ids(&read("}} huawei: { businessID: 1 }}} oppo: {{{ x: { businessID: 2")).len(), 2);
    let deep = format!("x = {}huawei: {{ businessID: 1 }}", "{".repeat(200_000));
    assert_eq!(ids(&read(&deep)), BTreeMap::new());
    assert_eq!(ids(&read(&format!("{deep}{} oppoBusinessID: 2", "}".repeat(200_000)))).len(), 1);
}

#[test]
fn source_code_is_read_without_its_comments() {
    let reading = read(
        "/* HW_PUSH_BUZID = 1 */ // XM_PUSH_BUZID = 2\npublic class PrivateConstants {\n    public static final long HW_PUSH_BUZID = 6501L;\n    // the next one is off: MZ_PUSH_BUZID = 9;\n    public static final String HW_PUSH_APPID = \"http://x\"; // \"\n    public static final long OPPO_PUSH_BUZID = 6_507;\n    public static final long VIVO_PUSH_BUZID = -1;\n    public static final long XM_PUSH_BUZID = 0;\n}",
    );
    assert_eq!(ids(&reading), [("Huawei".to_owned(), 6501), ("OPPO".to_owned(), 6507)].into());
    assert_eq!(found(&reading, ConfigFindingKind::InvalidId), ["VIVO_PUSH_BUZID"]);
    assert_eq!(found(&reading, ConfigFindingKind::NotConfigured), ["XM_PUSH_BUZID"]);
}

/// A name with a type and without a value does not take the value of the next one.
#[test]
fn a_declaration_without_a_value_takes_no_other_value() {
    for text in [
        "class P {\n  let huaweiBusinessID: Int\n  let xiaomiBusinessID = 30207\n}",
        "class P {\n  let huaweiBusinessID: Int? // later\n  let xiaomiBusinessID: Int? = 30207\n}",
        "lateinit var huaweiBusinessID: String\nval xiaomiBusinessID = \"30207\"",
        "var huaweiBusinessID: java.lang.Long /* later */ val xiaomiBusinessID: java.lang.Long = 30207",
        "huaweiBusinessID: number; xiaomiBusinessID: number = 30207",
        "switch brand {\ncase huaweiBusinessID:\n  xiaomiBusinessID = 30207\n}",
        "huaweiBusinessID:\n  xiaomiBusinessID: 30207",
    ] {
        assert_eq!(ids(&read(text)), [("Xiaomi".to_owned(), 30207)].into(), "{text}");
    }
    assert_eq!(ids(&read("huaweiBusinessID:\n  30206,\nxiaomiBusinessID =\n  30207")).len(), 2);
}

/// What a condition chooses from is nobody's id.
#[test]
fn a_branch_of_a_condition_is_no_constant() {
    for text in [
        "return overseas ? HW_PUSH_BUZID : 5;",
        "return overseas? HW_PUSH_BUZID : 5;",
        "return overseas?HW_PUSH_BUZID:5;",
        "return overseas\n    ? HW_PUSH_BUZID\n    : 5;",
        "return overseas ?\n    HW_PUSH_BUZID :\n    5;",
        "return a ? b ? XM_PUSH_BUZID : HW_PUSH_BUZID : 5;",
        "return a ? 1 : b ? HW_PUSH_BUZID : 5;",
        "return a ? f(1) + HW_PUSH_BUZID : '5';",
        "{ huaweiBusinessID: overseas ? HW_PUSH_BUZID : 5 }",
        "{ huaweiBusinessID: overseas ? 5 : 6 }",
        "return stored ?? HW_PUSH_BUZID ?: 5",
    ] {
        let text = format!("oppoBusinessID = 1;\n{text}\nvivoBusinessID: Int = 2");
        let expected = [("OPPO".to_owned(), 1), ("vivo".to_owned(), 2)];
        assert_eq!(ids(&read(&text)), expected.into(), "{text}");
    }
    // A question mark may say other things.
    let other = "int? huaweiBusinessID = 1;\nlet x = y as? Int\nlet xiaomiBusinessID: Int = 2\nlet z = try? f()\n\
                 let meizuBusinessID: Int? = 3\nvar q: Int?\nlet oppoBusinessID: Int = 4\nf(a: Int?, vivoBusinessID: 5)\n\
                 let w = a ?? b\nhonor?.businessID = 6\nlet fcmBusinessID: Int = 7";
    let expected =
        [("Huawei", 1), ("Xiaomi", 2), ("Meizu", 3), ("OPPO", 4), ("vivo", 5), ("Honor", 6), ("FCM", 7)];
    assert_eq!(ids(&read(other)), expected.map(|(slot, id)| (slot.to_owned(), id)).into());
}

/// A quote that nobody closes hides no more than its line, and one in a comment nothing at all.
#[test]
fn a_lone_quote_hides_its_line_alone() {
    let both = [("Huawei".to_owned(), 30206), ("Xiaomi".to_owned(), 30207)].into();
    for text in [
        "# don't change these\nhuaweiBusinessID=30206\nxiaomiBusinessID=30207\n",
        "huaweiBusinessID=30206 # mustn't change\nxiaomiBusinessID=30207",
        "#oppoBusinessID=1\n  ## \"\nhuaweiBusinessID=30206\n#!\nxiaomiBusinessID=30207 #vivoBusinessID=2",
        "#import \"don't.h\"\n# define huaweiBusinessID 30206\n#if X // \"\n#define xiaomiBusinessID @\"30207\"\n#endif",
        "huaweiBusinessID=30206\nnote=don't\nxiaomiBusinessID=30207",
        "char q = '\"';\nhuaweiBusinessID = '30206'\nc = \"\\\nxiaomiBusinessID: `30207`",
        "if #available(iOS 13, *) { huawei: { businessID: 30206 } }\nxiaomiBusinessID = 30207",
        "#[Id] class A { huaweiBusinessID = 30206 }\n`\noppoBusinessID = 1`; xiaomiBusinessID = 30207",
        "a = \"\"\"\noppoBusinessID = 1\n\"\"\"\nhuaweiBusinessID = '30206'\nb = '''don't'''\nxiaomiBusinessID = 30207",
    ] {
        assert_eq!(ids(&read(text)), both, "{text}");
    }
}

#[test]
fn errors_have_line_and_column() {
    assert_eq!(Certificates::read(""), Err(ConfigError::Empty));
    assert_eq!(Certificates::read(" \n"), Err(ConfigError::Empty));
    assert_eq!(Certificates::read("{\n  \"a\": trx\n}"), Err(ConfigError::Syntax { line: 2, column: 10 }));
    assert!(matches!(Certificates::read("{\"a\": [1,"), Err(ConfigError::Truncated { line: 1, .. })));
    assert!(matches!(Certificates::read("{} x"), Err(ConfigError::Syntax { line: 1, .. })));
    assert_eq!(Certificates::read("just words"), Err(ConfigError::NoKeys));
    let long = "x".repeat(ConfigReading::MAX_BYTES + 1);
    assert_eq!(Certificates::read(&long), Err(ConfigError::TooLong { bytes: long.len() }));
    assert!(Certificates::read("\u{feff}{\"hw_buz_id\": 1}").is_ok());
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| {
        format!("{}{{\"hw_buz_id\": 1}}{}", "{\"a\":".repeat(depth - 1), "}".repeat(depth - 1))
    };
    assert_eq!(ids(&read(&nested(ConfigReading::MAX_DEPTH))).len(), 1);
    assert!(matches!(
        Certificates::read(&nested(ConfigReading::MAX_DEPTH + 1)),
        Err(ConfigError::TooDeep { line: 1, .. })
    ));
    for bomb in ["[", "{\"a\":"] {
        assert!(matches!(Certificates::read(&bomb.repeat(200_000)), Err(ConfigError::TooDeep { .. })));
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        drop(Certificates::read(&text));
        drop(Certificates::read(&format!("{{{text}")));
    }

    #[test]
    fn source_like_text_is_read_or_refused(text in "[a-zA-Z_ =:;'\"/*#0-9{}\n,-]{0,200}") {
        drop(Certificates::read(&text));
    }

    #[test]
    fn any_id_comes_back(number in any::<u64>(), as_text in any::<bool>()) {
        let value = if as_text { format!("\"{number}\"") } else { number.to_string() };
        let reading = read(&format!(r#"{{"oppoPushBussinessId": {value}}}"#));
        let read = reading.certificates().iter().next().map(|(_, id)| u64::from(id.as_u32()));
        prop_assert_eq!(read, (1..=u64::from(u32::MAX)).contains(&number).then_some(number));
    }
}
