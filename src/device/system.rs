//! Which system a phone runs: the maker's or another, and for whom it is built.

use super::properties::{BUILDS, MODELS, OPLUS_REGIONS, PARTITIONS, Properties};
use crate::vendor::{
    PhoneSystem, SYSTEM_MARKS, is_build_word, is_custom_product, is_of_other_system, is_virtual_product,
    maker_named,
};

/// For whom a system is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Edition {
    Mainland,
    Global,
    /// The model is sold abroad; of its system nothing is known.
    LikelyGlobal,
}

/// Whether MIUI or HyperOS is the edition for mainland China, and the property that says so.
///
/// What the build says of itself goes before what its name shows, and the region setting, which a user can change,
/// comes last. Source: public code, read 2026-11-22.
pub(super) fn miui_edition(properties: &Properties) -> Option<(Edition, &'static str)> {
    build_region(properties)
        .or_else(|| mod_device(properties))
        .or_else(|| incremental(properties))
        .or_else(|| product(properties))
        .or_else(|| android_one(properties))
        .or_else(|| region_setting(properties))
        .or_else(|| overseas_model(properties))
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
pub(super) fn numbered_like_miui(properties: &Properties) -> Option<&'static str> {
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

/// `M2002F4LG`, `22101316G`: the numbers of models begin with their date, and `G` ends those that are sold everywhere,
/// `I` those of India, `C` those of mainland China. Recorded properties, read 2026-11-29.
fn overseas_model(properties: &Properties) -> Option<(Edition, &'static str)> {
    let is_overseas = |model: &str| {
        let number = model.strip_prefix('M').unwrap_or(model);
        let dated = number.bytes().take_while(u8::is_ascii_digit).count() >= 4;
        let plain = number.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        dated && plain && (7..=11).contains(&number.len()) && number.ends_with(['G', 'I'])
    };
    let found = MODELS.into_iter().find(|key| properties.value(key).is_some_and(is_overseas));
    found.map(|key| (Edition::LikelyGlobal, key))
}

/// `PD2026F_EX_A`: vivo's edition for abroad. Recorded properties, read 2026-11-29.
pub(super) fn vivo_edition(properties: &Properties) -> Option<(Edition, &'static str)> {
    const OVERSEAS: &str = "ro.vivo.product.overseas";
    const VERSIONS: [&str; 4] = [
        "ro.build.display.id",
        "ro.vivo.os.build.display.id",
        "ro.vivo.product.version",
        "ro.vivo.rom.version",
    ];

    let stated = properties.value(OVERSEAS).map(|value| {
        let overseas = ["yes", "true", "1"].iter().any(|yes| value.eq_ignore_ascii_case(yes));
        (if overseas { Edition::Global } else { Edition::Mainland }, OVERSEAS)
    });
    let [_, _, fingerprints, products] = PARTITIONS;
    let is_overseas = |name: &str| name.split(['_', ' ', '/', ':']).any(|word| word == "EX");
    let named = || {
        let mut keys = products.into_iter().chain(VERSIONS).chain(fingerprints);
        let found = keys.find(|key| properties.value(key).is_some_and(is_overseas));
        found.map(|key| (Edition::Global, key))
    };
    stated.or_else(named)
}

fn of_region(region: &str) -> Edition {
    if region.eq_ignore_ascii_case("cn") { Edition::Mainland } else { Edition::Global }
}

/// A OnePlus phone runs ColorOS or `HydrogenOS` in mainland China, `OxygenOS` elsewhere.
pub(super) fn one_plus_edition(
    properties: &Properties,
    systems: &Systems,
) -> Option<(Edition, &'static str)> {
    let of = |mainland: bool| if mainland { Edition::Mainland } else { Edition::Global };
    // `CN`, `CN_all`
    let is_cn = |region: &str| region.split('_').next().unwrap_or_default().eq_ignore_ascii_case("cn");
    let region = OPLUS_REGIONS
        .into_iter()
        .find_map(|key| properties.value(key).map(|region| (of(is_cn(region)), key)));
    let area = || {
        let key = "ro.oplus.image.system_ext.area";
        properties.value(key).map(|area| (of(area.eq_ignore_ascii_case("domestic")), key))
    };
    // `OnePlus/OnePlus7Pro_CH/OnePlus7Pro:11/…`
    let product = || {
        let [_, _, fingerprints, products] = PARTITIONS;
        let by_fingerprint = fingerprints.into_iter().filter_map(|key| {
            let product = properties.value(key)?.split('/').nth(1)?;
            Some((product, key))
        });
        let by_name = products.into_iter().filter_map(|key| Some((properties.value(key)?, key)));
        let chinese = by_fingerprint.chain(by_name).find(|(product, _)| product.ends_with("_CH"));
        chinese.map(|(_, key)| (Edition::Mainland, key))
    };
    // `IN2010_13.1.0.190(CN01)`
    let display = || {
        let key = "ro.build.display.id";
        let (_, suffix) = properties.value(key)?.rsplit_once('(')?;
        match suffix.get(..2) {
            Some("CN") => Some((Edition::Mainland, key)),
            Some("EX") => Some((Edition::Global, key)),
            _ => None,
        }
    };
    let system = || {
        let oxygen = systems.find(PhoneSystem::OxygenOs).map(|key| (Edition::Global, key));
        oxygen.or_else(|| systems.find(PhoneSystem::HydrogenOs).map(|key| (Edition::Mainland, key)))
    };
    region.or_else(area).or_else(product).or_else(display).or_else(system)
}

/// The property that says that the system is not the maker's.
pub(super) fn custom(properties: &Properties, systems: &Systems) -> Option<&'static str> {
    systems
        .find(PhoneSystem::Custom)
        .or_else(|| custom_product(properties))
        .or_else(|| renamed_build(properties))
        .or_else(|| other_version(properties))
}

/// A build that puts a word of its own before the device's code name: `axion_ruby` or `axion_rubyx` on a `ruby`. Makers
/// that do so use their own name (`meizu_M5c`), and chip makers words of their own.
fn renamed_build(properties: &Properties) -> Option<&'static str> {
    const PRODUCT: &str = "ro.product.name";
    const FINGERPRINT: &str = "ro.build.fingerprint";
    // brand/product/device:release/…
    let part = |index: usize| properties.value(FINGERPRINT)?.split('/').nth(index)?.split(':').next();
    let names = [properties.value("ro.product.device"), part(2), part(1)];
    let is_renamed = |product: &str| {
        let Some((word, rest)) = product.split_once('_') else { return false };
        let word = word.to_ascii_lowercase();
        word.len() >= 2
            && word.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !is_build_word(&word)
            && maker_named(&word).is_none()
            && names.iter().flatten().any(|name| name.len() >= 3 && rest.starts_with(name))
            // `ruby_ruby`
            && !names.iter().flatten().any(|name| name.eq_ignore_ascii_case(&word))
    };
    let product_of = |build: &str| build.split([' ', '-']).next().is_some_and(is_renamed);
    let by_name = || properties.value(PRODUCT).is_some_and(is_renamed).then_some(PRODUCT);
    let by_fingerprint = || part(1).is_some_and(is_renamed).then_some(FINGERPRINT);
    let by_build = || BUILDS.into_iter().find(|key| properties.value(key).is_some_and(product_of));
    by_name().or_else(by_fingerprint).or_else(by_build)
}

/// The version of a system that no maker has: `ro.axion.version`, `ro.derpfest.version`.
fn other_version(properties: &Properties) -> Option<&'static str> {
    let is_version = |value: &str| {
        let number = value.parse::<u32>();
        !value.is_empty() && number.map_or(true, |number| number < 1000)
    };
    let found = properties.iter().any(|(key, value)| is_of_other_system(key) && is_version(value));
    found.then_some("ro.*.version")
}

/// The property whose product name is that of a build that is not the maker's, or of no phone at all.
fn custom_product(properties: &Properties) -> Option<&'static str> {
    let [_, _, fingerprints, products] = PARTITIONS;
    let is_custom = |product: &str| {
        let product = product.to_ascii_lowercase();
        let mut words = product.split('_');
        let begins = words.next().is_some_and(|first| first != product && is_custom_product(first));
        begins || product.split('_').any(is_virtual_product)
    };
    // `lineage_sagit-userdebug 15 BP1A.250505.005 3d4c0a27a6`
    let product_of = |build: &str| build.split([' ', '-']).next().is_some_and(is_custom);
    let by_fingerprint = fingerprints
        .into_iter()
        .find(|key| properties.value(key).and_then(|value| value.split('/').nth(1)).is_some_and(is_custom));
    // brand/product/device:release/id/incremental:type/tags. Partitions that a maker of chips built may be of another
    // type than the whole.
    let for_debugging = || {
        let key = "ro.build.fingerprint";
        let (_, build_type) = properties.value(key)?.split('/').nth(4)?.split_once(':')?;
        matches!(build_type, "userdebug" | "eng").then_some(key)
    };
    by_fingerprint
        .or_else(for_debugging)
        .or_else(|| products.into_iter().find(|key| properties.value(key).is_some_and(is_custom)))
        .or_else(|| BUILDS.into_iter().find(|key| properties.value(key).is_some_and(product_of)))
}

/// The marks of systems that are there.
pub(super) struct Systems(Vec<(PhoneSystem, &'static str)>);

impl Systems {
    pub(super) fn of(properties: &Properties) -> Self {
        let found = SYSTEM_MARKS.iter().filter(|mark| {
            properties
                .value(mark.property)
                .is_some_and(|value| mark.contains.is_empty() || value.to_lowercase().contains(mark.contains))
        });
        Self(found.map(|mark| (mark.system, mark.property)).collect())
    }

    pub(super) fn find(&self, system: PhoneSystem) -> Option<&'static str> {
        self.0.iter().find(|(found, _)| *found == system).map(|(_, property)| *property)
    }

    /// The properties that identify a system.
    pub(super) fn properties_of(&self, system: PhoneSystem) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().filter(move |(found, _)| *found == system).map(|(_, property)| *property)
    }

    /// The makers' systems: all but [`PhoneSystem::Custom`].
    pub(super) fn makers(&self) -> impl Iterator<Item = (PhoneSystem, &'static str)> + '_ {
        self.0.iter().copied().filter(|(system, _)| *system != PhoneSystem::Custom)
    }
}
