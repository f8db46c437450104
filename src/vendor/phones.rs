//! What distinguishes phones: maker names, and properties that only one system sets.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::{self, IntoDeserializer, value::StrDeserializer};

use super::WordList;

/// Whose phone it is, or whose system it runs, as far as it matters to push.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub(crate) enum Family {
    /// Nothing is known.
    #[default]
    Unknown,
    /// A maker without a push service of its own here.
    NoVendor,
    /// Google.
    Google,
    /// Statements that cannot all be true: an emulator, a cloud phone, or a system that pretends.
    Contradictory,
    /// A system that is not the maker's. Vendor push services are missing there, whatever the brand says.
    Custom,
    /// Xiaomi, Redmi, POCO, Black Shark; MIUI and HyperOS.
    Xiaomi,
    /// Huawei; EMUI, and HarmonyOS up to 4. As the family of a phone also Honor.
    Huawei,
    /// Honor; Magic UI and MagicOS.
    Honor,
    /// The container in which HarmonyOS NEXT runs Android apps.
    HarmonyContainer,
    /// OPPO and realme; ColorOS and realme UI.
    Oppo,
    /// OnePlus; `OxygenOS` outside mainland China, `HydrogenOS` inside.
    OnePlus,
    /// vivo and iQOO; FuntouchOS and OriginOS.
    Vivo,
    /// Meizu; Flyme.
    Meizu,
}

/// Properties that identify a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SystemMark {
    /// The system.
    pub(crate) system: Family,
    /// The names of the properties.
    pub(crate) properties: WordList,
    /// What a value must contain one of, in lower case; empty if any value will do.
    pub(crate) contains: WordList,
}

impl SystemMark {
    /// Whether a value of one of its properties identifies the system.
    pub(crate) fn is_shown_by(&self, value: &str) -> bool {
        let value = value.to_ascii_lowercase();
        self.contains.is_empty() || self.contains.iter().any(|part| value.contains(part))
    }
}

/// What `Build.BRAND` and `Build.MANUFACTURER` say, in lower case. Public code, read 2026-11-22; `22c4185e`
/// and the Chinese name are Meizu's.
const MAKERS: [(Family, WordList); 9] = [
    // `mi`: `zmhbh/tim_ui_kit_push_plugin`, and models such as `MI 8`.
    (Family::Xiaomi, WordList("xiaomi redmi poco mi blackshark")),
    (Family::Huawei, WordList("huawei")),
    (Family::Honor, WordList("honor ptac")),
    // `oplus`: in the fingerprints of partitions that OPPO, realme and OnePlus share: `oplus/ossi/ossi:15/…`.
    (Family::Oppo, WordList("oppo oplus realme")),
    (Family::OnePlus, WordList("oneplus")),
    (Family::Vivo, WordList("vivo iqoo")),
    (Family::Meizu, WordList("meizu 22c4185e \u{9b45}\u{84dd}")),
    (Family::Google, WordList("google")),
    (Family::NoVendor, WordList("samsung lenovo zuk motorola nubia zte smartisan sony asus lge htc nokia")),
];

/// The maker of this name, in lower case.
pub(crate) fn maker_named(name: &str) -> Option<Family> {
    MAKERS.iter().find_map(|(maker, names)| names.contains(name).then_some(*maker))
}

/// Properties that identify the system, the most specific first.
pub(crate) static SYSTEM_MARKS: LazyLock<Vec<SystemMark>> = LazyLock::new(|| {
    let lines = include_str!("system_marks.txt").lines().filter_map(|line| line.split_once(": "));
    let marks = lines.filter_map(|(system, mark)| {
        let name: StrDeserializer<'_, de::value::Error> = system.into_deserializer();
        let (properties, contains) = mark.split_once(" = ").unwrap_or((mark, ""));
        let (properties, contains) = (WordList(properties), WordList(contains));
        Some(SystemMark { system: Family::deserialize(name).ok()?, properties, contains })
    });
    marks.collect()
});

/// The first word of a build's product name where the build is not the maker's: `lineage_cherryplus`. A word
/// before the device's own name is found without it. Public code, read 2026-11-22 and 2026-11-29.
pub(crate) const CUSTOM_PRODUCTS: WordList = WordList(include_str!("custom_products.txt"));

/// Words in a build's product name that an emulator or a cloud phone has: `redroid_arm64`, `rk3588_docker`,
/// `sdk_gphone64_x86_64`. The brand that such a build states is not its own. Public code, read 2026-11-23.
pub(crate) const VIRTUAL_PRODUCTS: WordList =
    WordList("redroid docker emulator gphone gphone64 goldfish vbox86p gsi tdgsi cf waydroid");

/// Words that makers of chips put before a device's name in a stock build: `full_k63v2_64`. Public code, read
/// 2026-11-29.
pub(crate) const BUILD_WORDS: WordList =
    WordList("full sys vnd vext hal qssi mssi missi msi product system vendor oplus");

/// First words of `ro.….version` that are no custom system's name: makers, their systems, and parts of a
/// phone.
const STOCK_WORDS: WordList = WordList(include_str!("stock_words.txt"));

/// Whether a property is named like the version of a system that no maker has: `ro.axion.version`,
/// `ro.crdroid.build.version`, `ro.axion.releasetype`. Public code, read 2026-11-29.
pub(crate) fn is_of_other_system(property: &str) -> bool {
    const TAILS: WordList =
        WordList("version build.version display.version branding.version releasetype maintainer codename");
    let Some(rest) = property.strip_prefix("ro.").or_else(|| property.strip_prefix("org.")) else {
        return false;
    };
    let Some((name, tail)) = rest.split_once('.') else { return false };
    let is_name = name.len() >= 3 && name.starts_with(|first: char| first.is_ascii_alphabetic());
    let name = name.split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase();
    is_name && TAILS.contains(tail) && !STOCK_WORDS.contains(&name) && maker_named(&name).is_none()
}

/// Honor's service is on phones from Magic UI 4.0 on, overseas from 4.2 on; earlier ones use HMS.
/// <https://trtc.io/zh/document/60576>, read 2026-11-22. Other sources draw the line later, which is why a
/// probe goes before it.
pub(crate) const HONOR_MAGIC: (u16, u16) = (4, 0);

/// The same overseas.
pub(crate) const HONOR_MAGIC_OVERSEAS: (u16, u16) = (4, 2);

/// Where no Magic UI version is known: Honor's own service is on Honor phones above this API level. Public
/// code, read 2026-11-22.
pub(crate) const HONOR_ABOVE_API: u32 = 29;
