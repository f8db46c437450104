//! Which system a phone runs: the maker's or another, and for whom it is built.

use super::properties::{BUILDS, FINGERPRINTS, MODELS, OPLUS_REGIONS, PRODUCTS, Properties};
use crate::vendor::{
    BUILD_WORDS, CUSTOM_PRODUCTS, Family, SYSTEM_MARKS, VIRTUAL_PRODUCTS, WordList, is_of_other_system,
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

/// An edition, and the property that says so.
type Stated = (Edition, &'static str);

const fn global(property: &'static str) -> Stated {
    (Edition::Global, property)
}

const fn mainland(property: &'static str) -> Stated {
    (Edition::Mainland, property)
}

/// Whether MIUI or HyperOS is the edition for mainland China.
///
/// What the build says of itself goes before what its name shows, and the region setting, which a user can
/// change, comes last. Source: public code, read 2026-11-22.
pub(super) fn miui_edition(properties: &Properties) -> Option<Stated> {
    // `cn`, or `global` and regions outside mainland China.
    let region = |keys| properties.find_map(keys, |region| Some(of_region(region)));
    // `veux_global`; without the word it says nothing, as editions for one country may lack it.
    let mod_device =
        || properties.find(WordList("ro.product.mod_device"), |device| device.contains("_global"));
    region(WordList("ro.miui.build.region"))
        .or_else(|| mod_device().map(global))
        .or_else(|| incremental(properties))
        .or_else(|| product(properties, has_region).map(global))
        .or_else(|| properties.find(FINGERPRINTS, is_android_one).map(global))
        .or_else(|| region(WordList("ro.miui.region ro.vendor.miui.region")))
        .or_else(|| properties.find(MODELS, is_overseas_model).map(|key| (Edition::LikelyGlobal, key)))
}

/// The letters at the end of a version, `V12.0.13.0.QJDEUXM`: one for the Android release, two for the
/// device, two for the region.
fn incremental(properties: &Properties) -> Option<Stated> {
    const VERSIONS: WordList = WordList(
        "ro.mi.os.version.incremental ro.build.version.incremental ro.system.build.version.incremental \
         ro.product.build.version.incremental",
    );
    let edition = |version: &str| region_letters(version).map(of_region);
    properties.find_map(VERSIONS, edition).or_else(|| {
        properties.find_map(FINGERPRINTS, |value| edition(part(value, INCREMENTAL)?.split(':').next()?))
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
fn has_region(product: &str) -> bool {
    const REGIONS: WordList = WordList("global eea ru in india id indonesia tw tr jp kr mx");
    product.split('_').skip(1).any(|word| REGIONS.contains(word))
}

/// The property with a product name that passes the test: fingerprints go first.
fn product(properties: &Properties, test: fn(&str) -> bool) -> Option<&'static str> {
    let by_fingerprint = properties.find(FINGERPRINTS, |value| part(value, PRODUCT).is_some_and(test));
    by_fingerprint.or_else(|| properties.find(PRODUCTS, test))
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
fn is_android_one(fingerprint: &str) -> bool {
    let device = part(fingerprint, DEVICE).and_then(|device| device.split(':').next());
    device.is_some_and(|device| device.ends_with("_sprout"))
}

/// `M2002F4LG`, `22101316G`: the numbers of models begin with their date, and `G` ends those that are sold
/// everywhere, `I` those of India, `C` those of mainland China. Recorded properties, read 2026-11-29.
fn is_overseas_model(model: &str) -> bool {
    let number = model.strip_prefix('M').unwrap_or(model);
    let dated = number.bytes().take_while(u8::is_ascii_digit).count() >= 4;
    let plain = number.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    dated && plain && (7..=11).contains(&number.len()) && number.ends_with(['G', 'I'])
}

/// `PD2026F_EX_A`: vivo's edition for abroad. Recorded properties, read 2026-11-29.
pub(super) fn vivo_edition(properties: &Properties) -> Option<Stated> {
    const VERSIONS: WordList = WordList(
        "ro.build.display.id ro.vivo.os.build.display.id ro.vivo.product.version ro.vivo.rom.version",
    );
    let stated = properties.find_map(WordList("ro.vivo.product.overseas"), |value| {
        let overseas = ["yes", "true", "1"].iter().any(|yes| value.eq_ignore_ascii_case(yes));
        Some(if overseas { Edition::Global } else { Edition::Mainland })
    });
    let is_overseas = |name: &str| name.split(['_', ' ', '/', ':']).any(|word| word == "EX");
    let named = |keys| properties.find(keys, is_overseas).map(global);
    stated.or_else(|| [PRODUCTS, VERSIONS, FINGERPRINTS].into_iter().find_map(named))
}

fn of_region(region: &str) -> Edition {
    if region.eq_ignore_ascii_case("cn") { Edition::Mainland } else { Edition::Global }
}

/// A OnePlus phone runs ColorOS or `HydrogenOS` in mainland China, `OxygenOS` elsewhere.
pub(super) fn one_plus_edition(properties: &Properties) -> Option<Stated> {
    // `CN`, `CN_all`
    let region = |region: &str| Some(of_region(region.split('_').next().unwrap_or_default()));
    let area = |area: &str| {
        Some(if area.eq_ignore_ascii_case("domestic") { Edition::Mainland } else { Edition::Global })
    };
    // `IN2010_13.1.0.190(CN01)`
    let display = |display: &str| match display.rsplit_once('(')?.1.get(..2)? {
        "CN" => Some(Edition::Mainland),
        "EX" => Some(Edition::Global),
        _ => None,
    };
    let rom = |rom: &str| {
        let named = |names: &[&str]| names.iter().any(|name| rom.to_ascii_lowercase().contains(name));
        let hydrogen = || named(&["h2os", "hydrogen"]).then_some(Edition::Mainland);
        if named(&["oxygen"]) { Some(Edition::Global) } else { hydrogen() }
    };
    properties
        .find_map(OPLUS_REGIONS, region)
        .or_else(|| properties.find_map(WordList("ro.oplus.image.system_ext.area"), area))
        // `OnePlus/OnePlus7Pro_CH/OnePlus7Pro:11/…`
        .or_else(|| product(properties, |product| product.ends_with("_CH")).map(mainland))
        .or_else(|| properties.find_map(WordList("ro.build.display.id"), display))
        .or_else(|| properties.find_map(WordList("ro.oxygen.version"), |_| Some(Edition::Global)))
        .or_else(|| properties.find_map(WordList("ro.rom.version"), rom))
}

/// The property that says that the system is not the maker's.
pub(super) fn custom(properties: &Properties, systems: &Systems) -> Option<&'static str> {
    systems
        .find(Family::Custom)
        .or_else(|| custom_product(properties))
        .or_else(|| renamed_build(properties))
        .or_else(|| other_version(properties))
}

/// A build that puts a word of its own before the device's code name: `axion_ruby` or `axion_rubyx` on a
/// `ruby`. Makers that do so use their own name (`meizu_M5c`), and chip makers words of their own.
fn renamed_build(properties: &Properties) -> Option<&'static str> {
    const FINGERPRINT: &str = "ro.build.fingerprint";
    let part_at = |index: usize| part(properties.value(FINGERPRINT)?, index)?.split(':').next();
    let names = [properties.value("ro.product.device"), part_at(DEVICE), part_at(PRODUCT)];
    let is_renamed = |product: &str| {
        let Some((word, rest)) = product.split_once('_') else { return false };
        let word = word.to_ascii_lowercase();
        word.len() >= 2
            && word.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !BUILD_WORDS.contains(&word)
            && maker_named(&word).is_none()
            && names.iter().flatten().any(|name| name.len() >= 3 && rest.starts_with(name))
            // `ruby_ruby`
            && !names.iter().flatten().any(|name| name.eq_ignore_ascii_case(&word))
    };
    properties
        .find(WordList("ro.product.name"), is_renamed)
        .or_else(|| part_at(PRODUCT).is_some_and(is_renamed).then_some(FINGERPRINT))
        .or_else(|| properties.find(BUILDS, |build| is_renamed(product_of(build))))
}

/// `lineage_sagit` of `lineage_sagit-userdebug 15 BP1A.250505.005 3d4c0a27a6`.
fn product_of(build: &str) -> &str {
    build.split([' ', '-']).next().unwrap_or_default()
}

/// The version of a system that no maker has: `ro.axion.version`, `ro.derpfest.version`.
fn other_version(properties: &Properties) -> Option<&'static str> {
    let is_version = |value: &str| value.parse::<u32>().map_or(true, |number| number < 1000);
    let found = properties.iter().any(|(key, value)| is_of_other_system(key) && is_version(value));
    found.then_some("ro.*.version")
}

/// The property whose product name is that of a build that is not the maker's, or of no phone at all.
fn custom_product(properties: &Properties) -> Option<&'static str> {
    let is_custom = |product: &str| {
        let product = product.to_ascii_lowercase();
        let begins = product.split_once('_').is_some_and(|(first, _)| CUSTOM_PRODUCTS.contains(first));
        begins || product.split('_').any(|word| VIRTUAL_PRODUCTS.contains(word))
    };
    // Partitions that a maker of chips built may be of another type than the whole.
    let is_for_debugging = |fingerprint: &str| {
        let build_type = part(fingerprint, INCREMENTAL).and_then(|part| part.split_once(':'));
        build_type.is_some_and(|(_, build_type)| matches!(build_type, "userdebug" | "eng"))
    };
    properties
        .find(FINGERPRINTS, |value| part(value, PRODUCT).is_some_and(is_custom))
        .or_else(|| properties.find(WordList("ro.build.fingerprint"), is_for_debugging))
        .or_else(|| properties.find(PRODUCTS, is_custom))
        .or_else(|| properties.find(BUILDS, |build| is_custom(product_of(build))))
}

/// The marks of systems that are there.
pub(super) struct Systems(pub(super) Vec<(Family, &'static str)>);

impl Systems {
    pub(super) fn of(properties: &Properties) -> Self {
        let found = SYSTEM_MARKS.iter().flat_map(|mark| {
            let shown = |key: &&str| properties.value(key).is_some_and(|value| mark.is_shown_by(value));
            mark.properties.iter().filter(shown).map(|property| (mark.system, property))
        });
        Self(found.collect())
    }

    pub(super) fn find(&self, system: Family) -> Option<&'static str> {
        self.properties_of(system).next()
    }

    /// The properties that identify a system.
    pub(super) fn properties_of(&self, system: Family) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().filter(move |(found, _)| *found == system).map(|(_, property)| *property)
    }
}
