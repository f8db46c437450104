use super::properties::{PARTITIONS, Properties};

/// For whom a system is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Edition {
    Mainland,
    Global,
}

/// Whether MIUI or HyperOS is the edition for mainland China, and the property that says so.
///
/// What the build says of itself goes before what its name shows, and the region setting, which a user can change,
/// comes last. Source: public code, read 2026-11-22.
pub(super) fn edition(properties: &Properties) -> Option<(Edition, &'static str)> {
    build_region(properties)
        .or_else(|| mod_device(properties))
        .or_else(|| incremental(properties))
        .or_else(|| product(properties))
        .or_else(|| android_one(properties))
        .or_else(|| region_setting(properties))
}

/// `cn`, or `global` and regions outside mainland China.
fn build_region(properties: &Properties) -> Option<(Edition, &'static str)> {
    let key = "ro.miui.build.region";
    properties.value(key).map(|region| (of_region(region), key))
}

/// `veux_global`; without the word it says nothing, as editions for one country may lack it.
fn mod_device(properties: &Properties) -> Option<(Edition, &'static str)> {
    let key = "ro.product.mod_device";
    properties.value(key).filter(|device| device.contains("_global")).map(|_| (Edition::Global, key))
}

/// The letters at the end of a version, `V12.0.13.0.QJDEUXM`: one for the Android release, two for the device, two
/// for the region.
fn incremental(properties: &Properties) -> Option<(Edition, &'static str)> {
    const VERSIONS: [&str; 4] = [
        "ro.mi.os.version.incremental",
        "ro.build.version.incremental",
        "ro.system.build.version.incremental",
        "ro.product.build.version.incremental",
    ];
    let by_version =
        VERSIONS.into_iter().find_map(|key| Some((of_region(region_letters(properties.value(key)?)?), key)));
    let [_, _, fingerprints, _] = PARTITIONS;
    let by_fingerprint = || {
        fingerprints.into_iter().find_map(|key| {
            // brand/product/device:release/id/incremental:type/tags
            let version = properties.value(key)?.split('/').nth(4)?.split(':').next()?;
            Some((of_region(region_letters(version)?), key))
        })
    };
    by_version.or_else(by_fingerprint)
}

/// The property with a version as MIUI and HyperOS number theirs: `V9.6.1.0.MHOCNFD`, `OS1.0.3.0.TKXCNXM`.
pub(super) fn numbered(properties: &Properties) -> Option<&'static str> {
    let key = "ro.build.version.incremental";
    let version = properties.value(key)?;
    let numbers = version.strip_prefix('V').or_else(|| version.strip_prefix("OS"))?;
    let (numbers, letters) = numbers.rsplit_once('.')?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (letters.len() == 7 && region_letters(letters).is_some() && numbers.split('.').all(is_number))
        .then_some(key)
}

fn region_letters(version: &str) -> Option<&str> {
    version.split('.').find_map(|part| {
        let letters =
            part.get(..7).filter(|letters| letters.bytes().all(|byte| byte.is_ascii_uppercase()))?;
        // Black Shark's have the region behind: `V11.0.0.0.SPROSCN`.
        letters.get(5..).filter(|last| *last == "CN").or_else(|| letters.get(3..5))
    })
}

/// `apollo_eea`, `monet_global`, `equuleus_ru`, `phoenix_in`.
fn product(properties: &Properties) -> Option<(Edition, &'static str)> {
    const REGIONS: [&str; 12] =
        ["global", "eea", "ru", "in", "india", "id", "indonesia", "tw", "tr", "jp", "kr", "mx"];
    let [_, _, fingerprints, products] = PARTITIONS;
    let is_global = |product: &str| product.split('_').skip(1).any(|word| REGIONS.contains(&word));
    let by_fingerprint = fingerprints
        .into_iter()
        .find(|key| properties.value(key).and_then(|value| value.split('/').nth(1)).is_some_and(is_global));
    by_fingerprint
        .or_else(|| products.into_iter().find(|key| properties.value(key).is_some_and(is_global)))
        .map(|key| (Edition::Global, key))
}

/// `xiaomi/tissot/tissot_sprout:8.0.0/…`: Android One, without MIUI.
/// <https://www.bgr.in/news/xiaomi-mi-a3-android-one-smartphone-codename-leak-mi-a2-mi-a2-lite-redmi-go-android-go/>,
/// read 2026-11-22.
fn android_one(properties: &Properties) -> Option<(Edition, &'static str)> {
    let [_, _, fingerprints, _] = PARTITIONS;
    let is_sprout = |fingerprint: &str| {
        let device = fingerprint.split('/').nth(2).and_then(|device| device.split(':').next());
        device.is_some_and(|device| device.ends_with("_sprout"))
    };
    let found = fingerprints.into_iter().find(|key| properties.value(key).is_some_and(is_sprout));
    found.map(|key| (Edition::Global, key))
}

fn region_setting(properties: &Properties) -> Option<(Edition, &'static str)> {
    ["ro.miui.region", "ro.vendor.miui.region"]
        .into_iter()
        .find_map(|key| properties.value(key).map(|region| (of_region(region), key)))
}

fn of_region(region: &str) -> Edition {
    if region.eq_ignore_ascii_case("cn") { Edition::Mainland } else { Edition::Global }
}
