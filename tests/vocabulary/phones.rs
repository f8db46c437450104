//! What properties tell of a phone: its family, whether its system is the maker's, whether to believe any of
//! it.

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
        ("ro.axion.version", "2.7"),
        ("ro.derpfest.version", "15.2"),
        ("ro.risingos.version", "7.0"),
        ("ro.matrixx.build.version", "11"),
        ("ro.voltage.maintainer", "somebody"),
        ("org.evolution.version", "10"),
        ("ro.product.cpu.abilist", "x86_64,arm64-v8a,x86,armeabi-v7a,armeabi"),
        ("ro.product.cpu.abi", "x86"),
        ("ro.dalvik.vm.native.bridge", "libhoudini.so"),
        ("ro.boot.hardware", "ranchu"),
        ("ro.build.flavor", "infinity_gsi_gapps-user"),
        ("ro.product.name", "voltage_alioth"),
        ("ro.build.display.id", "matrixx_alioth-user 15 AP4A.250205.002 11"),
        (
            "ro.build.fingerprint",
            "Xiaomi/axion_ruby/ruby:14/UP1A.230620.001/V816.0.5.0.UMOCNXM:user/release-keys",
        ),
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
fn a_build_with_a_word_before_the_devices_name_is_not_the_makers() {
    let named = |device: &str, name: &str| {
        phone(&[("ro.product.brand", "Redmi"), ("ro.product.device", device), ("ro.product.name", name)])
    };
    for (device, name) in [("ruby", "axion_ruby"), ("whyred", "yaap_whyred"), ("spes", "matrixx_spes")] {
        assert_eq!(order(&named(device, name)), [Vendor::Fcm], "{name}");
    }
    let flavor = phone(&[
        ("ro.product.brand", "Redmi"),
        ("ro.build.fingerprint", "Redmi/ruby/ruby:14/UP1A.230620.001/V816.0.5.0.UMOCNXM:user/release-keys"),
        ("ro.build.flavor", "voltage_ruby-user"),
    ]);
    assert_eq!(order(&flavor), [Vendor::Fcm]);
    // One build for the devices of a family.
    let family = phone(&[
        ("ro.product.brand", "Redmi"),
        ("ro.build.fingerprint", "Redmi/ruby/ruby:14/UP1A.230620.001/V816.0.5.0.UMOCNXM:user/release-keys"),
        ("ro.product.name", "axion_rubyx"),
    ]);
    assert_eq!(order(&family), [Vendor::Fcm]);
    // Stock builds put a region behind the name, and makers and makers of chips a word of their own before
    // it.
    for (device, name) in
        [("apollo", "apollo"), ("ruby", "full_ruby"), ("ruby", "xiaomi_ruby"), ("ruby", "ruby_k419")]
    {
        assert_eq!(order(&named(device, name)).first(), Some(&Vendor::Xiaomi), "{name}");
    }
}

/// Versions of parts of a phone, and of the makers' own systems, are on stock phones too.
#[test]
fn a_version_of_a_part_is_no_other_system() {
    for (key, value) in [
        ("ro.opengles.version", "196610"),
        ("ro.rom.version", "1.2"),
        ("ro.vndk.version", "30"),
        ("ro.baseband.version", "M1.2"),
        ("ro.fota.version", "5.29"),
        ("ro.miui.version", "14"),
        ("ro.vendor.build.version", "1.0"),
        ("ro.huaqin.version", "7.0"),
        ("ro.dalvik.vm.native.bridge", "0"),
        ("ro.product.cpu.abilist", "arm64-v8a,armeabi-v7a,armeabi"),
    ] {
        let stock = phone(&[("ro.product.brand", "Xiaomi"), (key, value)]);
        assert_eq!(order(&stock).first(), Some(&Vendor::Xiaomi), "{key}");
    }
}

#[test]
fn an_edition_for_abroad_goes_behind_fcm() {
    for (key, value) in [
        ("ro.product.name", "PD2026F_EX_A"),
        ("ro.build.display.id", "PD2026F_EX_A_11_W_2021.06.01_15:40:47"),
        ("ro.vivo.product.overseas", "yes"),
        (
            "ro.build.fingerprint",
            "vivo/PD2026F_EX/PD2026F:11/RP1A.200720.012/compiler06011540:user/release-keys",
        ),
    ] {
        let abroad = phone(&[("ro.product.brand", "vivo"), (key, value)]);
        assert_eq!(order(&abroad), [Vendor::Fcm, Vendor::Vivo], "{key}");
        assert_eq!(
            order(&abroad.with_probe(Service::Vivo, Probe::AVAILABLE)),
            [Vendor::Vivo, Vendor::Fcm],
            "{key}"
        );
        assert_eq!(order(&abroad.with_probe(Service::Vivo, Probe::Unavailable)), [Vendor::Fcm], "{key}");
    }
    for (key, value) in [
        ("ro.vivo.product.overseas", "no"),
        ("ro.product.name", "PD2362B"),
        ("ro.build.display.id", "PD2362B_A_16.2.12.0.W10"),
        ("ro.product.model", "V2362A EXTRA"),
    ] {
        let mainland = phone(&[("ro.product.brand", "vivo"), (key, value)]);
        assert_eq!(order(&mainland), [Vendor::Vivo, Vendor::Fcm], "{key}");
    }
    for model in ["M2002F4LG", "22101316G", "23122PCD1G", "M2007J17I"] {
        let abroad = phone(&[("ro.product.brand", "Xiaomi"), ("ro.product.model", model)]);
        assert_eq!(order(&abroad), [Vendor::Fcm, Vendor::Xiaomi], "{model}");
        // What the system says goes before what the model says.
        let flashed = phone(&[
            ("ro.product.brand", "Xiaomi"),
            ("ro.product.model", model),
            ("ro.build.version.incremental", "V12.5.6.0.RFACNXM"),
        ]);
        assert_eq!(order(&flashed), [Vendor::Xiaomi, Vendor::Fcm], "{model}");
    }
    for model in ["22101316C", "25113PN0EC", "MI 8", "Redmi Note 8", "2014811", "MIX G"] {
        let mainland = phone(&[("ro.product.brand", "Xiaomi"), ("ro.product.model", model)]);
        assert_eq!(order(&mainland), [Vendor::Xiaomi, Vendor::Fcm], "{model}");
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

/// Where a maker is named that has no channel here, its system was ported there, or is a licensed one:
/// Huawei's alone.
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
