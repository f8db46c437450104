//! The election: which channel a device gets, and why.

use tim_offline_push::certificate::{BusinessId, Certificates, Market};
use tim_offline_push::device::{
    Acceptance, BuildField, DeviceFacts, ElectionPolicy, Eligibility, Probe, Properties, PropertiesError,
    Refusal, Service, elect,
};
use tim_offline_push::vendor::Vendor;

pub(crate) fn phone(pairs: &[(&str, &str)]) -> DeviceFacts {
    DeviceFacts::android(&Properties::from_pairs(pairs.iter().copied()))
}

fn brand(name: &str) -> DeviceFacts {
    phone(&[("ro.product.brand", name), ("ro.product.manufacturer", name)])
}

pub(crate) fn order(facts: &DeviceFacts) -> Vec<Vendor> {
    elect(facts, &ElectionPolicy::default()).accepted().collect()
}

pub(crate) fn eligibility(facts: &DeviceFacts, vendor: Vendor) -> Eligibility {
    elect(facts, &ElectionPolicy::default()).eligibility(vendor).unwrap()
}

const VERSION_OK: Probe = Probe::Available { version: Some(20_401_300) };

#[test]
fn every_family_goes_before_fcm() {
    for (name, vendor) in [
        ("Xiaomi", Vendor::Xiaomi),
        ("Redmi", Vendor::Xiaomi),
        ("POCO", Vendor::Xiaomi),
        ("blackshark", Vendor::Xiaomi),
        ("Black Shark", Vendor::Xiaomi),
        ("HUAWEI", Vendor::Huawei),
        ("OPPO", Vendor::Oppo),
        ("realme", Vendor::Oppo),
        ("vivo", Vendor::Vivo),
        ("iQOO", Vendor::Vivo),
        ("Meizu", Vendor::Meizu),
        ("22c4185e", Vendor::Meizu),
        ("\u{9b45}\u{84dd}", Vendor::Meizu),
    ] {
        assert_eq!(order(&brand(name)), [vendor, Vendor::Fcm], "{name}");
        assert_eq!(brand(name).family(), Some(vendor));
        let property = "ro.product.brand";
        let reason = if matches!(vendor, Vendor::Oppo | Vendor::Vivo) {
            Acceptance::Unprobed { property }
        } else {
            Acceptance::Family { property }
        };
        assert_eq!(eligibility(&brand(name), vendor), Eligibility::Accepted(reason));
    }
    for name in ["samsung", "Fairphone", "ZTE", "Android"] {
        assert_eq!(order(&brand(name)), [Vendor::Fcm], "{name}");
    }
    assert_eq!(order(&DeviceFacts::default()), [Vendor::Fcm]);
}

#[test]
fn apple_and_harmony_os_have_one_channel() {
    assert_eq!(order(&DeviceFacts::apple()), [Vendor::Apns]);
    assert_eq!(order(&DeviceFacts::harmony_os()), [Vendor::HarmonyOs]);
    assert_eq!(eligibility(&DeviceFacts::apple(), Vendor::Fcm), Eligibility::Refused(Refusal::OtherPlatform));
    assert_eq!(
        eligibility(&brand("HUAWEI"), Vendor::HarmonyOs),
        Eligibility::Refused(Refusal::OtherPlatform)
    );
}

#[test]
fn a_channel_without_certificate_or_sdk_is_refused_first() {
    let huawei = brand("HUAWEI");
    let policy = ElectionPolicy::default().with_configured([Vendor::Fcm]);
    let election = elect(&huawei, &policy);
    assert_eq!(election.first(), Some(Vendor::Fcm));
    assert_eq!(election.eligibility(Vendor::Huawei), Some(Eligibility::Refused(Refusal::NotConfigured)));
    let policy = ElectionPolicy::default().with_wired([Vendor::Fcm]).with_override(Some(Vendor::Huawei));
    assert_eq!(
        elect(&huawei, &policy).eligibility(Vendor::Huawei),
        Some(Eligibility::Refused(Refusal::NotWired))
    );
    let certificates = Certificates::new().with(Vendor::Huawei, BusinessId::new(1).unwrap());
    let policy = ElectionPolicy::default().with_certificates(&certificates);
    assert_eq!(elect(&huawei, &policy).accepted().collect::<Vec<_>>(), [Vendor::Huawei]);
}

#[test]
fn the_app_may_override_and_prefer_fcm() {
    let vivo = brand("vivo");
    let policy = ElectionPolicy::default().with_override(Some(Vendor::Xiaomi));
    assert_eq!(
        elect(&vivo, &policy).accepted().collect::<Vec<_>>(),
        [Vendor::Xiaomi, Vendor::Vivo, Vendor::Fcm]
    );
    let policy = ElectionPolicy::default().with_fcm_preferred(true);
    assert_eq!(elect(&vivo, &policy).accepted().collect::<Vec<_>>(), [Vendor::Fcm, Vendor::Vivo]);
    let gms_less = vivo.with_probe(Service::PlayServices, Probe::Unavailable);
    assert_eq!(elect(&gms_less, &policy).first(), Some(Vendor::Vivo));
    assert_eq!(
        elect(&DeviceFacts::apple(), &policy.with_override(Some(Vendor::Vivo))).first(),
        Some(Vendor::Apns)
    );
}

#[test]
fn overseas_only_four_channels_are_served() {
    let policy = ElectionPolicy::default().with_market(Market::Overseas);
    for name in ["Xiaomi", "HONOR", "vivo", "Meizu"] {
        let facts = brand(name).with_probe(Service::Honor, Probe::AVAILABLE);
        let election = elect(&facts, &policy);
        assert_eq!(election.accepted().next(), Some(Vendor::Fcm), "{name}");
        assert_eq!(
            election.eligibility(Vendor::Xiaomi),
            Some(Eligibility::Refused(Refusal::NotServedOverseas))
        );
    }
    for (name, vendor) in [("HUAWEI", Vendor::Huawei), ("OPPO", Vendor::Oppo)] {
        assert_eq!(elect(&brand(name), &policy).first(), Some(vendor));
    }
    assert_eq!(elect(&DeviceFacts::apple(), &policy).first(), Some(Vendor::Apns));
    // What the phone knows of itself goes before the flavour of the app.
    let abroad = elect(&brand("vivo").with_overseas(true), &ElectionPolicy::default());
    assert_eq!((abroad.first(), abroad.market), (Some(Vendor::Fcm), Market::Overseas));
    let at_home = elect(&brand("vivo").with_overseas(false), &ElectionPolicy::default());
    assert_eq!((at_home.first(), at_home.market), (Some(Vendor::Vivo), Market::Domestic));
}

#[test]
fn numbers_of_tencents_document_refuse() {
    let old = brand("HUAWEI").with_probe(Service::Hms, Probe::Available { version: Some(20_401_299) });
    let refusal = Refusal::OldHms { version: 20_401_299, required: 20_401_300 };
    assert_eq!(eligibility(&old, Vendor::Huawei), Eligibility::Refused(refusal));
    assert_eq!(refusal.to_string(), "HMS Core 20401299 is older than 20401300");
    assert_eq!(order(&brand("HUAWEI").with_probe(Service::Hms, VERSION_OK)), [Vendor::Huawei, Vendor::Fcm]);
    assert_eq!(
        order(&brand("HUAWEI").with_probe(Service::Hms, Probe::AVAILABLE)),
        [Vendor::Huawei, Vendor::Fcm]
    );

    let api = |api: &str| phone(&[("ro.product.brand", "samsung"), ("ro.build.version.sdk", api)]);
    assert_eq!(order(&api("16")), [Vendor::Fcm]);
    assert_eq!(order(&api("15")), []);
    let refusal = Refusal::OldAndroid { api: 15, required: 16 };
    assert_eq!(eligibility(&api("15"), Vendor::Fcm), Eligibility::Refused(refusal));
    // A release without an API level is no number to refuse by.
    assert_eq!(
        order(&phone(&[("ro.product.brand", "SEMC"), ("ro.build.version.release", "4.0.4")])),
        [Vendor::Fcm]
    );
}

#[test]
fn a_device_without_any_channel_is_unsupported_with_reasons() {
    let facts = brand("samsung").with_probe(Service::PlayServices, Probe::Unavailable);
    let election = elect(&facts, &ElectionPolicy::default());
    assert_eq!(election.first(), None);
    let told = election.to_string();
    assert!(told.starts_with("unsupported: no vendor can serve this device"), "{told}");
    assert!(told.contains("FCM: refused: the host's probe did not find the service"), "{told}");
    assert_eq!(told.lines().count(), 10);
}

#[test]
fn a_probe_goes_before_the_brand() {
    for (name, service, vendor) in [
        ("OPPO", Service::Oppo, Vendor::Oppo),
        ("vivo", Service::Vivo, Vendor::Vivo),
        ("Meizu", Service::Meizu, Vendor::Meizu),
        ("HUAWEI", Service::Hms, Vendor::Huawei),
    ] {
        let no = brand(name).with_probe(service, Probe::Unavailable);
        assert_eq!(order(&no), [Vendor::Fcm], "{name}");
        assert_eq!(eligibility(&no, vendor), Eligibility::Refused(Refusal::Unavailable));
        let yes = brand(name).with_probe(service, Probe::AVAILABLE);
        assert_eq!(order(&yes), [vendor, Vendor::Fcm], "{name}");
        assert_eq!(eligibility(&yes, vendor), Eligibility::Accepted(Acceptance::Probed));
    }
    // A service on a phone of an unknown brand serves it; HMS can be installed anywhere, so it goes last.
    let found = brand("CarrierPhone").with_probe(Service::Oppo, Probe::AVAILABLE);
    assert_eq!(order(&found), [Vendor::Oppo, Vendor::Fcm]);
    let hms = brand("samsung").with_probe(Service::Hms, VERSION_OK);
    assert_eq!(order(&hms), [Vendor::Fcm, Vendor::Huawei]);
    let only_hms = hms.with_probe(Service::PlayServices, Probe::Unavailable);
    assert_eq!(order(&only_hms), [Vendor::Huawei]);
}

#[test]
fn the_edition_of_miui_decides() {
    let with = |key: &str, value: &str| phone(&[("ro.product.brand", "Xiaomi"), (key, value)]);
    for (key, value) in [
        ("ro.miui.build.region", "global"),
        ("ro.miui.build.region", "eea"),
        ("ro.product.mod_device", "veux_in_global"),
        ("ro.build.version.incremental", "V14.0.3.0.SJSINXM"),
        ("ro.build.version.incremental", "V10.0.2.0.PDIMIFJ"),
        ("ro.build.version.incremental", "V12.0.3.0.RJOGTXM"),
        ("ro.mi.os.version.incremental", "OS1.0.5.0.UKQEUXM"),
        (
            "ro.build.fingerprint",
            "Xiaomi/apollo/apollo:10/QKQ1.200419.002/V12.0.13.0.QJDEUXM:user/release-keys",
        ),
        (
            "ro.build.fingerprint",
            "xiaomi/tissot/tissot_sprout:8.0.0/OPR1.170623.026/8.1.10:user/release-keys",
        ),
        ("ro.build.fingerprint", "Xiaomi/equuleus_ru/equuleus:10/QKQ1.190828.002/20.1.2:user/release-keys"),
        ("ro.product.name", "monet_global"),
        ("ro.miui.region", "IN"),
    ] {
        assert_eq!(order(&with(key, value)), [Vendor::Fcm], "{key} {value}");
        assert_eq!(
            eligibility(&with(key, value), Vendor::Xiaomi),
            Eligibility::Refused(Refusal::GlobalMiui { property: key_of(key) })
        );
        // The host knows better.
        assert_eq!(order(&with(key, value).with_global_miui(false)), [Vendor::Xiaomi, Vendor::Fcm]);
    }
    for (key, value) in [
        ("ro.miui.build.region", "cn"),
        ("ro.build.version.incremental", "V12.0.3.0.QJDCNXM"),
        ("ro.build.version.incremental", "V6.4.4.0.KHKCNCB"),
        ("ro.mi.os.version.incremental", "OS1.0.3.0.TKXCNXM"),
        ("ro.miui.region", "CN"),
        ("ro.build.version.incremental", "21.10.20"),
        ("ro.build.version.incremental", "V11.0.0.0.SPROSCN"),
    ] {
        assert_eq!(order(&with(key, value)), [Vendor::Xiaomi, Vendor::Fcm], "{key} {value}");
        assert_eq!(order(&with(key, value).with_global_miui(true)), [Vendor::Fcm]);
    }
    // The build goes before the setting, which a user can change.
    let both = phone(&[("ro.miui.build.region", "global"), ("ro.miui.region", "CN")]);
    assert_eq!(order(&both), [Vendor::Fcm]);
}

fn key_of(key: &str) -> &'static str {
    let read = [
        "ro.miui.build.region",
        "ro.product.mod_device",
        "ro.build.version.incremental",
        "ro.mi.os.version.incremental",
        "ro.build.fingerprint",
        "ro.product.name",
        "ro.miui.region",
    ];
    read.into_iter().find(|known| *known == key).unwrap()
}

#[test]
fn honor_goes_by_probe_and_else_by_the_documented_boundary() {
    let honor = |manufacturer: &str, more: &[(&str, &str)]| {
        let mut pairs = vec![("ro.product.brand", "HONOR"), ("ro.product.manufacturer", manufacturer)];
        pairs.extend(more);
        phone(&pairs)
    };
    // Made by Huawei: before the split.
    assert_eq!(order(&honor("HUAWEI", &[])), [Vendor::Huawei, Vendor::Fcm]);
    assert_eq!(
        order(&honor("HUAWEI", &[("ro.build.version.magic", "3.1.1")])),
        [Vendor::Huawei, Vendor::Fcm]
    );
    // But Tencent's boundary knows no maker: beyond it both are tried.
    let beyond = honor("HUAWEI", &[("ro.build.version.emui", "MagicUI_4.0.0")]);
    assert_eq!(order(&beyond), [Vendor::Honor, Vendor::Huawei, Vendor::Fcm]);
    assert_eq!(order(&beyond.with_probe(Service::Honor, Probe::Unavailable)), [Vendor::Huawei, Vendor::Fcm]);
    let overseas = ElectionPolicy::default().with_market(Market::Overseas);
    assert_eq!(elect(&beyond, &overseas).first(), Some(Vendor::Huawei));
    // Made by Honor: by Magic UI, else by API level, else Honor's own.
    for (more, first) in [
        (&[][..], Vendor::Honor),
        (&[("ro.build.version.magic", "MagicOS_9.0.0")], Vendor::Honor),
        (&[("ro.build.version.emui", "MagicUI_4.0.0")], Vendor::Honor),
        (&[("ro.build.version.emui", "MagicUI_3.1.1")], Vendor::Huawei),
        (&[("ro.build.version.sdk", "29")], Vendor::Huawei),
        (&[("ro.build.version.sdk", "30")], Vendor::Honor),
        (&[("ro.build.version.release", "10")], Vendor::Huawei),
        (&[("ro.build.version.release", "11")], Vendor::Honor),
        (&[("ro.build.version.magic", "4.1"), ("ro.build.version.sdk", "29")], Vendor::Honor),
    ] {
        let facts = honor("HONOR", more);
        assert_eq!(order(&facts), [first, Vendor::Fcm], "{more:?}");
        // The probes know better.
        let is_new =
            facts.with_probe(Service::Honor, Probe::AVAILABLE).with_probe(Service::Hms, Probe::Unavailable);
        assert_eq!(order(&is_new), [Vendor::Honor, Vendor::Fcm], "{more:?}");
        let is_old =
            facts.with_probe(Service::Honor, Probe::Unavailable).with_probe(Service::Hms, VERSION_OK);
        assert_eq!(order(&is_old), [Vendor::Huawei, Vendor::Fcm], "{more:?}");
        let both = facts.with_probe(Service::Honor, Probe::AVAILABLE).with_probe(Service::Hms, VERSION_OK);
        assert_eq!(order(&both), [Vendor::Honor, Vendor::Huawei, Vendor::Fcm], "{more:?}");
    }
    // Overseas the line lies at 4.2, and Tencent does not serve Honor there.
    let abroad = honor("HONOR", &[("ro.build.version.magic", "4.1")]).with_overseas(true);
    assert_eq!(order(&abroad), [Vendor::Huawei, Vendor::Fcm]);
    // Nobody says who made it: both are tried.
    assert_eq!(order(&phone(&[("ro.product.brand", "HONOR")])), [Vendor::Honor, Vendor::Huawei, Vendor::Fcm]);
    // Honor's probe is known to say no on phones that have the service.
    let doubt =
        honor("HONOR", &[("ro.build.version.sdk", "33")]).with_probe(Service::Honor, Probe::Unavailable);
    let doubt = doubt.with_probe(Service::Hms, Probe::Unavailable);
    assert_eq!(order(&doubt), [Vendor::Fcm, Vendor::Honor]);
    assert_eq!(eligibility(&doubt, Vendor::Honor), Eligibility::Accepted(Acceptance::ProbeInDoubt));
}

#[test]
fn one_plus_goes_by_the_edition_of_its_system() {
    let one_plus = |more: &[(&str, &str)]| {
        let mut pairs = vec![("ro.product.brand", "OnePlus"), ("ro.product.manufacturer", "OnePlus")];
        pairs.extend(more);
        phone(&pairs)
    };
    for more in [&[][..], &[("ro.oxygen.version", "9.0.4")], &[("ro.vendor.oplus.regionmark", "IN")]] {
        let facts = one_plus(more);
        assert_eq!(order(&facts), [Vendor::Fcm, Vendor::Oppo], "{more:?}");
        assert_eq!(order(&facts.with_probe(Service::Oppo, Probe::AVAILABLE)), [Vendor::Oppo, Vendor::Fcm]);
        assert_eq!(order(&facts.with_probe(Service::Oppo, Probe::Unavailable)), [Vendor::Fcm]);
    }
    for more in [
        ("ro.build.display.id", "IN2010_13.1.0.190(CN01)"),
        ("ro.rom.version", "H2OS V3.5"),
        (
            "ro.build.fingerprint",
            "OnePlus/OnePlus7Pro_CH/OnePlus7Pro:11/RKQ1.201022.002/2104052320:user/release-keys",
        ),
        ("ro.vendor.oplus.regionmark", "CN"),
        ("ro.oplus.image.system_ext.area", "domestic"),
        ("ro.oplus.pipeline.region", "CN"),
        ("ro.oplus.image.my_region.type", "CN_all"),
    ] {
        assert_eq!(order(&one_plus(&[more])), [Vendor::Oppo, Vendor::Fcm], "{more:?}");
    }
}

#[test]
fn a_dump_is_read_in_both_of_its_forms() {
    let getprop = "[ro.product.brand]: [OPPO]\r\n[ro.product.manufacturer]: [OPPO]\r\n[persist.x]: [a\nb]\n[ro.empty]: []\n";
    let build_prop =
        "# begin\n\nimport /x\nro.product.brand=OPPO\nro.product.brand=vivo\nro.product.manufacturer=OPPO\n";
    for dump in [getprop, build_prop] {
        let properties = Properties::parse(dump).unwrap();
        assert_eq!(properties.value("ro.product.brand"), Some("OPPO"));
        assert_eq!(order(&DeviceFacts::from_getprop(dump).unwrap()), [Vendor::Oppo, Vendor::Fcm]);
    }
    assert_eq!(Properties::parse(""), Err(PropertiesError::NoProperty));
    assert_eq!(Properties::parse("hello\nworld"), Err(PropertiesError::NoProperty));
    let long = "x".repeat(Properties::MAX_BYTES + 1);
    assert_eq!(Properties::parse(&long), Err(PropertiesError::TooLong { bytes: long.len() }));
    // A dump without any telling property is a dump all the same.
    assert_eq!(DeviceFacts::from_getprop("[a]: [b]").unwrap(), DeviceFacts::default());
}

#[test]
fn properties_keep_what_is_read_and_no_more() {
    let secret = [("ro.serialno", "s3cret"), ("ro.boot.serialno", "s3cret"), ("gsm.imei", "s3cret")];
    assert_eq!(Properties::from_pairs(secret), Properties::default());
    let long = "x".repeat(Properties::MAX_VALUE_BYTES + 1);
    assert_eq!(Properties::from_pairs([("ro.product.brand", long.as_str())]), Properties::default());
    let built = Properties::from_pairs([("ro.product.brand", "OPPO")]).with_build(BuildField::Brand, "vivo");
    assert_eq!(built.value("ro.product.brand"), Some("vivo"));
}

#[test]
fn serde_names_are_frozen() {
    let election = elect(&brand("Meizu"), &ElectionPolicy::default().with_configured([Vendor::Meizu]));
    let json = serde_json::to_value(&election).unwrap();
    assert_eq!(json["market"], "domestic");
    assert_eq!(json["candidates"][0]["vendor"], "Meizu");
    assert_eq!(json["candidates"][0]["eligibility"]["accepted"]["family"]["property"], "ro.product.brand");
    assert_eq!(json["candidates"][1]["eligibility"]["refused"], "not_configured");
}
