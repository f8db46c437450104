//! What properties tell of a phone: its family, whether its system is the maker's, whether to believe any of it.

use tim_offline_push::device::{Eligibility, Probe, Refusal, Service};
use tim_offline_push::vendor::Vendor;

use crate::devices::{eligibility, order, phone};

#[test]
fn a_system_that_is_not_the_makers_has_no_vendor_service() {
    for (key, value) in [
        ("ro.lineage.version", "20-20230101-NIGHTLY-dipper"),
        ("ro.modversion", "crDroid-13"),
        ("ro.build.display.id", "lineage_dipper-userdebug 13"),
        (
            "ro.build.fingerprint",
            "Xiaomi/lineage_dipper/dipper:13/TQ1A.230205.002/123:userdebug/release-keys",
        ),
        ("ro.product.name", "aosp_dipper"),
        ("ro.lineage.display.version", "22-20260123-NIGHTLY-sagit"),
        ("ro.build.flavor", "rr_whyred-user"),
        ("ro.build.description", "aosp_whyred-userdebug 13 TQ2A.230305.008.C1 1679718073 release-keys"),
        ("ro.build.fingerprint", "Xiaomi/whyred/whyred:13/TQ2A.230305.008.C1/0421:userdebug/release-keys"),
        ("ro.build.type", "eng"),
        ("ro.kernel.qemu", "1"),
        ("ro.boot.qemu", "1"),
        ("ro.hardware", "ranchu"),
        (
            "ro.system.build.fingerprint",
            "redroid/redroid_arm64/redroid_arm64:12/SQ1D.220205.004/1:userdebug/test-keys",
        ),
        ("ro.system_ext.build.fingerprint", "ntimespace/rk3588_docker/device:12/build:user/test-keys"),
    ] {
        let custom =
            phone(&[("ro.product.brand", "Xiaomi"), ("ro.product.manufacturer", "Xiaomi"), (key, value)]);
        assert_eq!(order(&custom), [Vendor::Fcm], "{key}");
        let vivo = phone(&[("ro.product.brand", "vivo"), (key, &value.replace("Xiaomi", "vivo"))]);
        assert_eq!(order(&vivo), [Vendor::Fcm], "{key}");
        // Unless a probe finds one.
        assert_eq!(order(&vivo.with_probe(Service::Vivo, Probe::AVAILABLE)).first(), Some(&Vendor::Vivo));
    }
}

#[test]
fn contradictions_are_not_believed() {
    for pairs in [
        &[("ro.product.brand", "OPPO"), ("ro.product.manufacturer", "vivo")][..],
        &[
            ("ro.product.brand", "Xiaomi"),
            ("ro.build.fingerprint", "google/husky/husky:14/AP1A/1:user/release-keys"),
        ],
        &[("ro.product.brand", "samsung"), ("ro.miui.ui.version.name", "V140")],
        &[("ro.product.brand", "OnePlus"), ("ro.build.version.emui", "EmotionUI_8.0.0")],
    ] {
        let facts = phone(pairs);
        assert_eq!(order(&facts), [Vendor::Fcm], "{pairs:?}");
        assert_eq!(facts.family(), None);
        assert_eq!(eligibility(&facts, Vendor::Xiaomi), Eligibility::Refused(Refusal::Contradictory));
    }
    // A Google phone is Google's whoever made it.
    let nexus = phone(&[("ro.product.brand", "google"), ("ro.product.manufacturer", "Huawei")]);
    assert_eq!(order(&nexus), [Vendor::Fcm]);
    // A brand that no table knows contradicts nothing.
    let carrier = phone(&[("ro.product.brand", "Vodafone"), ("ro.product.manufacturer", "HUAWEI")]);
    assert_eq!(order(&carrier), [Vendor::Huawei, Vendor::Fcm]);
    // Nor does a model that is called like a maker.
    let blu = phone(&[("ro.product.brand", "BLU"), ("ro.product.model", "Vivo 5R")]);
    assert_eq!(order(&blu), [Vendor::Fcm]);
}

/// Where a maker is named that has no channel here, its system was ported there, or is a licensed one: Huawei's alone.
#[test]
fn a_ported_system_tells_no_family() {
    for brand in ["alps", "WIKO", "TECNO"] {
        for (key, value) in [
            ("ro.miui.ui.version.name", "V5"),
            ("ro.build.display.id", "Flyme 6.7.4.14R beta"),
            ("ro.build.version.oplusrom", "V12"),
            ("ro.vivo.os.version", "3.0"),
            ("ro.oxygen.version", "9.0.4"),
            ("ro.rom.version", "H2OS 3.0"),
            ("ro.build.version.magic", "6.0"),
            ("ro.build.version.emui", "MagicUI_4.0.0"),
            ("ro.build.version.oneui", "80000"),
        ] {
            for name in ["ro.product.brand", "ro.product.manufacturer"] {
                let facts = phone(&[(name, brand), (key, value)]);
                assert_eq!(order(&facts), [Vendor::Fcm], "{brand} {key}");
            }
        }
        let partner =
            phone(&[("ro.product.manufacturer", brand), ("ro.build.version.emui", "EmotionUI_12.0.0")]);
        assert_eq!(order(&partner), [Vendor::Huawei, Vendor::Fcm]);
    }
}

#[test]
fn a_system_tells_the_family_where_no_name_does() {
    for (key, value, first) in [
        ("persist.sys.hiview.base_version", "NOH-LGRP1-CHN 2.0.0.165", Vendor::Huawei),
        ("ro.build.version.realmeui", "V5.0", Vendor::Oppo),
        ("ro.vivo.market.name", "iQOO Neo 855", Vendor::Vivo),
        ("ro.rom.different.version", "ColorOS 2.1", Vendor::Oppo),
        ("ro.build.ohos.devicetype", "phone", Vendor::Huawei),
        ("msc.config.magic.version", "7.0", Vendor::Honor),
        ("ro.flyme.published", "true", Vendor::Meizu),
        ("ro.product.model", "MEIZU M6", Vendor::Meizu),
        ("ro.product.model", "Redmi Note 8 Pro", Vendor::Xiaomi),
        ("ro.product.model", "MI 8", Vendor::Xiaomi),
        ("ro.build.version.incremental", "V9.6.1.0.MHOCNFD", Vendor::Xiaomi),
        ("ro.build.version.incremental", "OS1.0.3.0.TKXCNXM", Vendor::Xiaomi),
        ("ro.build.version.incremental", "V14.0.3.0.SJSINXM", Vendor::Fcm),
        ("ro.build.version.incremental", "V0412.201806271453", Vendor::Fcm),
        (
            "ro.product.build.fingerprint",
            "oplus/ossi/ossi:15/AP3A.240617.008/1752157171174:user/release-keys",
            Vendor::Oppo,
        ),
        ("ro.rom.version", "11.1.2.2", Vendor::Fcm),
        ("ro.build.version.oneui", "80000", Vendor::Fcm),
    ] {
        assert_eq!(order(&phone(&[(key, value)])).first(), Some(&first), "{key}");
    }
    // OxygenOS and HydrogenOS have OPPO's marks too.
    for (key, value) in
        [("ro.oxygen.version", "13"), ("ro.rom.version", "Oxygen OS 12"), ("ro.rom.version", "H2OS 11")]
    {
        let (alone, beside) =
            (phone(&[(key, value)]), phone(&[("ro.build.version.oplus.api", "30"), (key, value)]));
        assert_eq!(order(&beside), order(&alone), "{key} {value}");
    }
    let oxygen = phone(&[("ro.build.version.oplus.api", "30"), ("ro.oxygen.version", "13")]);
    assert_eq!(order(&oxygen).first(), Some(&Vendor::Fcm));
    // A number that others set too contradicts no name.
    let vivo = phone(&[("ro.product.brand", "vivo"), ("ro.rom.version", "9.0.11")]);
    assert_eq!(order(&vivo), [Vendor::Vivo, Vendor::Fcm]);
}
