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
    properties.find_map(["ro.miui.build.region"], |region| Some(of_region(region)))
}

/// `veux_global`; without the word it says nothing, as editions for one country may lack it.
fn mod_device(properties: &Properties) -> Option<(Edition, &'static str)> {
    let found = properties.find(["ro.product.mod_device"], |device| device.contains("_global"));
    found.map(|key| (Edition::Global, key))
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
    let edition = |version: &str| region_letters(version).map(of_region);
    let [_, _, fingerprints, _] = PARTITIONS;
    properties.find_map(VERSIONS, edition).or_else(|| {
        properties.find_map(fingerprints, |value| edition(part(value, INCREMENTAL)?.split(':').next()?))
    })
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
    let by_fingerprint = properties.find(fingerprints, |value| part(value, PRODUCT).is_some_and(is_global));
    by_fingerprint.or_else(|| properties.find(products, is_global)).map(|key| (Edition::Global, key))
}

/// The parts of a fingerprint: `brand/product/device:release/id/incremental:type/tags`.
const PRODUCT: usize = 1;
const DEVICE: usize = 2;
const INCREMENTAL: usize = 4;

fn part(fingerprint: &str, index: usize) -> Option<&str> {
    fingerprint.split('/').nth(index)
}

/// `xiaomi/tissot/tissot_sprout:8.0.0/…`: Android One, without MIUI.
/// <https://www.bgr.in/news/xiaomi-mi-a3-android-one-smartphone-codename-leak-mi-a2-mi-a2-lite-redmi-go-android-go/>,
/// read 2026-11-22.
fn android_one(properties: &Properties) -> Option<(Edition, &'static str)> {
    let [_, _, fingerprints, _] = PARTITIONS;
    let is_sprout = |fingerprint: &str| {
        let device = part(fingerprint, DEVICE).and_then(|device| device.split(':').next());
        device.is_some_and(|device| device.ends_with("_sprout"))
    };
    properties.find(fingerprints, is_sprout).map(|key| (Edition::Global, key))
}

fn region_setting(properties: &Properties) -> Option<(Edition, &'static str)> {
    properties.find_map(["ro.miui.region", "ro.vendor.miui.region"], |region| Some(of_region(region)))
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
    properties.find(MODELS, is_overseas).map(|key| (Edition::LikelyGlobal, key))
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

    let stated = properties.find_map([OVERSEAS], |value| {
        let overseas = ["yes", "true", "1"].iter().any(|yes| value.eq_ignore_ascii_case(yes));
        Some(if overseas { Edition::Global } else { Edition::Mainland })
    });
    let [_, _, fingerprints, products] = PARTITIONS;
    let is_overseas = |name: &str| name.split(['_', ' ', '/', ':']).any(|word| word == "EX");
    let named = || {
        let keys = products.into_iter().chain(VERSIONS).chain(fingerprints);
        properties.find(keys, is_overseas).map(|key| (Edition::Global, key))
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
    let region = properties.find_map(OPLUS_REGIONS, |region| Some(of(is_cn(region))));
    let area = || {
        let is_domestic = |area: &str| area.eq_ignore_ascii_case("domestic");
        properties.find_map(["ro.oplus.image.system_ext.area"], |area| Some(of(is_domestic(area))))
    };
    // `OnePlus/OnePlus7Pro_CH/OnePlus7Pro:11/…`
    let product = || {
        let [_, _, fingerprints, products] = PARTITIONS;
        let is_chinese = |product: &str| product.ends_with("_CH");
        let by_fingerprint =
            properties.find(fingerprints, |value| part(value, PRODUCT).is_some_and(is_chinese));
        by_fingerprint.or_else(|| properties.find(products, is_chinese)).map(|key| (Edition::Mainland, key))
    };
    // `IN2010_13.1.0.190(CN01)`
    let display = || {
        properties.find_map(["ro.build.display.id"], |display| {
            match display.rsplit_once('(')?.1.get(..2)? {
                "CN" => Some(Edition::Mainland),
                "EX" => Some(Edition::Global),
                _ => None,
            }
        })
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
    const FINGERPRINT: &str = "ro.build.fingerprint";
    let part_at = |index: usize| part(properties.value(FINGERPRINT)?, index)?.split(':').next();
    let names = [properties.value("ro.product.device"), part_at(DEVICE), part_at(PRODUCT)];
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
    let by_fingerprint = || part_at(PRODUCT).is_some_and(is_renamed).then_some(FINGERPRINT);
    properties
        .find(["ro.product.name"], is_renamed)
        .or_else(by_fingerprint)
        .or_else(|| properties.find(BUILDS, product_of))
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
    // Partitions that a maker of chips built may be of another type than the whole.
    let is_for_debugging = |fingerprint: &str| {
        let build_type = part(fingerprint, INCREMENTAL).and_then(|part| part.split_once(':'));
        build_type.is_some_and(|(_, build_type)| matches!(build_type, "userdebug" | "eng"))
    };
    properties
        .find(fingerprints, |value| part(value, PRODUCT).is_some_and(is_custom))
        .or_else(|| properties.find(["ro.build.fingerprint"], is_for_debugging))
        .or_else(|| properties.find(products, is_custom))
        .or_else(|| properties.find(BUILDS, product_of))
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
