use super::properties::{BRANDS, FINGERPRINTS, MANUFACTURERS, MODELS, Properties};
use super::system::{self, Edition, Systems};
use crate::vendor::{Family, HONOR_ABOVE_API, HONOR_MAGIC, HONOR_MAGIC_OVERSEAS, WordList, maker_named};

/// What an Android phone's properties say of it, each statement with the property that makes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Identity {
    pub(super) family: Family,
    /// The property that names the family; empty if none does.
    pub(super) evidence: &'static str,
    /// The property that says that the system is not the maker's.
    pub(super) custom: Option<&'static str>,
    /// Whether a system that a maker builds in two editions is the one for mainland China.
    pub(super) edition: Option<(Edition, &'static str)>,
    /// In mainland China and outside, where the boundary is another one.
    pub(super) honor: [Side; 2],
    /// The API level, if it is stated.
    pub(super) api: Option<u32>,
}

/// On which side of the documented boundary an Honor phone lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Side {
    /// It is no Honor phone.
    #[default]
    NoHonor,
    /// From before Honor's own service.
    Before,
    After,
    Unsure,
}

impl Identity {
    pub(super) fn of(properties: &Properties) -> Self {
        let names = Names::of(properties);
        let systems = Systems::of(properties);
        let (family, evidence) = family(properties, &names, &systems);
        let edition = if family == Family::Xiaomi {
            system::miui_edition(properties)
        } else if family == Family::OnePlus {
            system::one_plus_edition(properties)
        } else if family == Family::Vivo {
            system::vivo_edition(properties)
        } else {
            None
        };
        let custom = system::custom(properties, &systems);
        let honor = if family == Family::Huawei {
            [HONOR_MAGIC, HONOR_MAGIC_OVERSEAS].map(|boundary| side(properties, &names, &systems, boundary))
        } else {
            [Side::NoHonor; 2]
        };
        Self { family, evidence, custom, edition, honor, api: api(properties) }
    }
}

/// The makers that brand, manufacturer and fingerprint name.
struct Names {
    brand: Option<(Family, &'static str)>,
    manufacturer: Option<(Family, &'static str)>,
    fingerprint: Option<(Family, &'static str)>,
}

impl Names {
    fn of(properties: &Properties) -> Self {
        let named = |keys, part: fn(&str) -> &str| properties.find_map(keys, |value| maker(part(value)));
        Self {
            brand: named(BRANDS, |value| value),
            manufacturer: named(MANUFACTURERS, |value| value),
            fingerprint: named(FINGERPRINTS, |value| value.split('/').next().unwrap_or_default()),
        }
    }

    fn all(&self) -> impl Iterator<Item = (Family, &'static str)> {
        [self.brand, self.manufacturer, self.fingerprint].into_iter().flatten()
    }
}

/// The maker whose name `text` is, or begins with.
fn maker(text: &str) -> Option<Family> {
    let text = text.trim().to_ascii_lowercase();
    let first = text.split(|separator: char| !separator.is_alphanumeric()).next().unwrap_or_default();
    // `Black Shark`
    let joined = text.replace(' ', "");
    maker_named(first).or_else(|| maker_named(&joined))
}

fn family(properties: &Properties, names: &Names, systems: &Systems) -> (Family, &'static str) {
    if let Some(property) = systems.find(Family::HarmonyContainer) {
        return (Family::HarmonyContainer, property);
    }
    // A Google phone is Google's whoever made it: the Nexus phones were made by others.
    if let Some((Family::Google, property)) = names.brand {
        return (Family::NoVendor, property);
    }
    let by_name: Vec<_> = names.all().map(|(maker, property)| (served_as(maker), property)).collect();
    let makers = systems.0.iter().filter(|(system, _)| *system != Family::Custom);
    let by_system: Vec<_> = makers.map(|(system, property)| (served_as(*system), *property)).collect();
    let Some((family, property)) = by_name.first().copied() else {
        // Somebody is named, if only a maker that no table knows. What partitions say beside the whole phone
        // may be the name of a board.
        let whole = WordList("ro.product.brand ro.product.manufacturer ro.build.fingerprint");
        let is_named = properties.find(whole, |_| true).is_some();
        return if is_named { stranger(systems) } else { nameless(properties, &by_system) };
    };
    let agrees = |(other, _): &(Family, &str)| same(family, *other);
    if !by_name.iter().all(agrees) || !(by_system.is_empty() || by_system.iter().any(agrees)) {
        return (Family::Contradictory, property);
    }
    // OnePlus phones carry OPPO's name here and there.
    let one_plus = by_name.into_iter().find(|(family, _)| *family == Family::OnePlus);
    one_plus.unwrap_or((family, property))
}

/// A phone of a maker that no table knows. Systems have been ported to phones of all makers, which says
/// nothing of a vendor. Huawei's alone is also sold on phones of others, with EMUI (Hi nova:
/// <https://www.schmidtisblog.de/hi-nova-will-ab-2-dezember-huawei-smartphones-ohne-sanktionen-verkaufen-1657496/>)
/// or as the `HarmonyOS` that is Android (WIKO:
/// <https://nextpit.de/trotz-us-embargo-wiko-bringt-huawei-smartphone-mit-5g-support>; both read 2026-11-23).
fn stranger(systems: &Systems) -> (Family, &'static str) {
    // Magic UI has EMUI's marks too, and is Honor's.
    let emui = systems.find(Family::Huawei).filter(|_| systems.find(Family::Honor).is_none());
    emui.map_or((Family::NoVendor, ""), |property| (Family::Huawei, property))
}

/// A phone that names no maker.
fn nameless(properties: &Properties, by_system: &[(Family, &'static str)]) -> (Family, &'static str) {
    // The maker that begins the model's name: `MEIZU M6`.
    let by_model = || properties.find_map(MODELS, |model| maker(model).map(served_as));
    let miui = || system::numbered_like_miui(properties).map(|key| (Family::Xiaomi, key));
    // Numbers alone, as OxygenOS and HydrogenOS both have them.
    let one_plus = || properties.find_map(WordList("ro.rom.version"), |_| Some(Family::OnePlus));
    let first = by_system.first().copied();
    // OxygenOS and HydrogenOS have OPPO's marks too.
    let oppo = first.is_some_and(|(family, _)| family == Family::Oppo);
    let one_plus_system = by_system.iter().copied().find(|(family, _)| oppo && *family == Family::OnePlus);
    let found = one_plus_system.or(first).or_else(by_model).or_else(miui).or_else(one_plus);
    found.unwrap_or((Family::Unknown, ""))
}

/// The family by the vendor that would serve it: which of the two vendors of Huawei's is
/// [`Identity::honor`]'s matter.
fn served_as(family: Family) -> Family {
    let served = [(Family::Honor, Family::Huawei), (Family::Google, Family::NoVendor)];
    served.iter().find(|(own, _)| *own == family).map_or(family, |(_, as_one)| *as_one)
}

fn same(one: Family, other: Family) -> bool {
    let oppo = |family| matches!(family, Family::Oppo | Family::OnePlus);
    one == other || (oppo(one) && oppo(other))
}

fn side(properties: &Properties, names: &Names, systems: &Systems, boundary: (u16, u16)) -> Side {
    let of = |after| if after { Side::After } else { Side::Before };
    let magic = systems.find(Family::Honor);
    if magic.is_none() && names.all().all(|(maker, _)| maker != Family::Honor) {
        return Side::NoHonor;
    }
    let made_by = |maker| names.manufacturer.is_some_and(|(named, _)| named == maker);
    let mut versions = systems.properties_of(Family::Honor).filter(|key| *key != "ro.honor.build.display.id");
    match versions.find_map(|key| version(properties.value(key)?)) {
        // Tencent's boundary says Honor's service, the maker says HMS: both may be there.
        Some(version) if made_by(Family::Huawei) && version >= boundary => Side::Unsure,
        Some(version) => of(version >= boundary),
        None if made_by(Family::Huawei) => Side::Before,
        None => match api(properties).or_else(|| api_of_release(properties)) {
            Some(api) => of(api > HONOR_ABOVE_API),
            None if made_by(Family::Honor) || magic.is_some() => Side::After,
            None => Side::Unsure,
        },
    }
}

/// The first version number in `text`: `MagicOS_9.0.0`, `9.0`, `MagicUI_6.1.0`.
fn version(text: &str) -> Option<(u16, u16)> {
    let digits = text.split(|character: char| !character.is_ascii_digit() && character != '.');
    digits.filter(|part| !part.is_empty()).find_map(|part| {
        let mut numbers = part.split('.');
        let major = numbers.next()?.parse().ok()?;
        Some((major, numbers.next().and_then(|minor| minor.parse().ok()).unwrap_or_default()))
    })
}

/// The API level, if it is stated.
fn api(properties: &Properties) -> Option<u32> {
    properties.value("ro.build.version.sdk")?.parse().ok()
}

/// The API level behind an Android release of 10 or newer: 29 for 10, 30 for 11, and so on (32 is 12L). It
/// serves the question alone whether a phone is above [`HONOR_ABOVE_API`].
fn api_of_release(properties: &Properties) -> Option<u32> {
    let major: u32 = properties.value("ro.build.version.release")?.split('.').next()?.trim().parse().ok()?;
    Some(major.saturating_add(19))
}
