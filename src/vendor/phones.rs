//! By what phones are told apart: maker names, and properties that only one system sets.

use serde::Serialize;

use super::Source;

/// Who makes a phone, as far as it matters to push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Maker {
    /// Xiaomi, Redmi, POCO, Black Shark.
    Xiaomi,
    /// Huawei.
    Huawei,
    /// Honor.
    Honor,
    /// OPPO and realme.
    Oppo,
    /// OnePlus, whose phones outside mainland China run another system than those inside.
    OnePlus,
    /// vivo and iQOO.
    Vivo,
    /// Meizu.
    Meizu,
    /// Google.
    Google,
    /// A maker whose phones have no push channel of their own here.
    Other,
}

/// A system that a maker puts on its phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PhoneSystem {
    /// MIUI and HyperOS.
    Miui,
    /// EMUI, and HarmonyOS up to 4.
    Emui,
    /// The container in which HarmonyOS NEXT runs Android apps.
    HarmonyContainer,
    /// Magic UI and MagicOS.
    Magic,
    /// ColorOS and realme UI.
    ColorOs,
    /// `OxygenOS`: OnePlus outside mainland China.
    OxygenOs,
    /// `HydrogenOS`: OnePlus in mainland China.
    HydrogenOs,
    /// FuntouchOS and OriginOS.
    Funtouch,
    /// Flyme.
    Flyme,
    /// Another maker's system.
    Other,
    /// A system that is not the maker's. Vendor push services are missing there, whatever the brand says.
    Custom,
}

/// A property that tells the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct SystemMark {
    /// The property's name.
    pub property: &'static str,
    /// What its value must contain, in lower case; empty if any value will do.
    pub contains: &'static str,
    /// The system.
    pub system: PhoneSystem,
    /// Where this stands.
    pub source: Source,
}

/// What `Build.BRAND` and `Build.MANUFACTURER` say, in lower case. Public code, read 2026-11-22; `22c4185e` and the
/// Chinese name are Meizu's.
pub const MAKER_NAMES: &[(&str, Maker)] = &[
    ("xiaomi", Maker::Xiaomi),
    ("redmi", Maker::Xiaomi),
    ("poco", Maker::Xiaomi),
    // `zmhbh/tim_ui_kit_push_plugin`, and models such as `MI 8`.
    ("mi", Maker::Xiaomi),
    ("blackshark", Maker::Xiaomi),
    ("huawei", Maker::Huawei),
    ("honor", Maker::Honor),
    ("ptac", Maker::Honor),
    ("oppo", Maker::Oppo),
    // In the fingerprints of partitions that OPPO, realme and OnePlus share: `oplus/ossi/ossi:15/…`.
    ("oplus", Maker::Oppo),
    ("realme", Maker::Oppo),
    ("oneplus", Maker::OnePlus),
    ("vivo", Maker::Vivo),
    ("iqoo", Maker::Vivo),
    ("meizu", Maker::Meizu),
    ("22c4185e", Maker::Meizu),
    ("\u{9b45}\u{84dd}", Maker::Meizu),
    ("google", Maker::Google),
    ("samsung", Maker::Other),
    ("lenovo", Maker::Other),
    ("zuk", Maker::Other),
    ("motorola", Maker::Other),
    ("nubia", Maker::Other),
    ("zte", Maker::Other),
    ("smartisan", Maker::Other),
    ("sony", Maker::Other),
    ("asus", Maker::Other),
    ("lge", Maker::Other),
    ("htc", Maker::Other),
    ("nokia", Maker::Other),
];

/// Properties that tell the system, the telling ones first.
pub const SYSTEM_MARKS: &[SystemMark] = &[
    custom("ro.lineage.version", ""),
    custom("ro.lineage.build.version", ""),
    custom("ro.lineage.display.version", ""),
    custom("ro.lineage.device", ""),
    custom("ro.lineage.releasetype", ""),
    custom("ro.cm.version", ""),
    custom("ro.modversion", ""),
    custom("ro.crdroid.version", ""),
    custom("ro.pixelexperience.version", ""),
    custom("org.pixelexperience.version", ""),
    custom("ro.evolution.version", ""),
    custom("ro.rising.version", ""),
    custom("ro.havoc.version", ""),
    custom("ro.aospa.version", ""),
    custom("ro.arrow.version", ""),
    custom("ro.bliss.version", ""),
    custom("ro.derp.version", ""),
    custom("ro.calyxos.version", ""),
    custom("ro.grapheneos.version", ""),
    custom("ro.build.display.id", "lineage"),
    custom("ro.build.display.id", "crdroid"),
    custom("ro.build.display.id", "aosp_"),
    custom("ro.build.flavor", "lineage"),
    custom("ro.build.flavor", "aosp_"),
    // Systems that are sold are `user` builds: <https://source.android.com/docs/setup/build/building>, read 2026-11-23.
    custom("ro.build.type", "userdebug"),
    custom("ro.build.type", "eng"),
    // Emulators.
    custom("ro.kernel.qemu", "1"),
    custom("ro.boot.qemu", "1"),
    custom("ro.hardware", "goldfish"),
    custom("ro.hardware", "ranchu"),
    custom("ro.hardware", "vbox"),
    custom("ro.hardware", "ttvm"),
    custom("ro.hardware", "nox"),
    custom("ro.hardware", "redroid"),
    mark("ro.sys.anco.product.software.version", PhoneSystem::HarmonyContainer),
    mark("ro.product.anco.devicetype", PhoneSystem::HarmonyContainer),
    mark("ro.product.os.dist.anco.apiversion", PhoneSystem::HarmonyContainer),
    mark("ro.product.os.dist.anco.releasetype", PhoneSystem::HarmonyContainer),
    mark("msc.config.magic.version", PhoneSystem::Magic),
    mark("ro.build.version.magic", PhoneSystem::Magic),
    SystemMark { contains: "magic", ..mark("ro.build.version.emui", PhoneSystem::Magic) },
    mark("ro.honor.build.display.id", PhoneSystem::Magic),
    mark("hw_sc.build.platform.version", PhoneSystem::Emui),
    mark("ro.huawei.build.display.id", PhoneSystem::Emui),
    mark("hwouc.hwpatch.version", PhoneSystem::Emui),
    mark("persist.mygote.build.id", PhoneSystem::Emui),
    mark("persist.sys.hiview.base_version", PhoneSystem::Emui),
    mark("ro.comp.hl.product_base_version", PhoneSystem::Emui),
    mark("ro.build.version.emui", PhoneSystem::Emui),
    mark("ro.build.hw_emui_api_level", PhoneSystem::Emui),
    mark("ro.confg.hw_systemversion", PhoneSystem::Emui),
    mark("ro.huawei.build.version.incremental", PhoneSystem::Emui),
    mark("ro.build.ohos.devicetype", PhoneSystem::Emui),
    mark("ro.mi.os.version.name", PhoneSystem::Miui),
    mark("ro.mi.os.version.code", PhoneSystem::Miui),
    mark("ro.mi.os.version.incremental", PhoneSystem::Miui),
    mark("ro.miui.ui.version.name", PhoneSystem::Miui),
    mark("ro.miui.ui.version.code", PhoneSystem::Miui),
    mark("ro.miui.build.region", PhoneSystem::Miui),
    mark("ro.miui.region", PhoneSystem::Miui),
    mark("ro.vendor.miui.region", PhoneSystem::Miui),
    mark("ro.miui.cust_device", PhoneSystem::Miui),
    mark("ro.miui.internal.storage", PhoneSystem::Miui),
    mark("ro.build.version.realmeui", PhoneSystem::ColorOs),
    mark("ro.build.version.opporom", PhoneSystem::ColorOs),
    mark("ro.build.version.oplusrom", PhoneSystem::ColorOs),
    mark("ro.build.version.oplusrom.confidential", PhoneSystem::ColorOs),
    mark("ro.build.version.oplusrom.display", PhoneSystem::ColorOs),
    mark("ro.build.version.oplus.api", PhoneSystem::ColorOs),
    mark("ro.vendor.oplus.regionmark", PhoneSystem::ColorOs),
    mark("ro.oplus.pipeline.region", PhoneSystem::ColorOs),
    SystemMark { contains: "coloros", ..mark("ro.rom.different.version", PhoneSystem::ColorOs) },
    mark("ro.oppo.version", PhoneSystem::ColorOs),
    mark("ro.oppo.market.name", PhoneSystem::ColorOs),
    mark("ro.vendor.oplus.market.name", PhoneSystem::ColorOs),
    mark("ro.oxygen.version", PhoneSystem::OxygenOs),
    SystemMark { contains: "oxygen", ..mark("ro.rom.version", PhoneSystem::OxygenOs) },
    SystemMark { contains: "h2os", ..mark("ro.rom.version", PhoneSystem::HydrogenOs) },
    SystemMark { contains: "hydrogen", ..mark("ro.rom.version", PhoneSystem::HydrogenOs) },
    mark("ro.vivo.os.version", PhoneSystem::Funtouch),
    mark("ro.vivo.os.build.display.id", PhoneSystem::Funtouch),
    mark("ro.vivo.os.name", PhoneSystem::Funtouch),
    mark("ro.vivo.rom", PhoneSystem::Funtouch),
    mark("ro.vivo.rom.version", PhoneSystem::Funtouch),
    mark("ro.vivo.product.version", PhoneSystem::Funtouch),
    mark("ro.vivo.product.release.name", PhoneSystem::Funtouch),
    mark("ro.vivo.product.overseas", PhoneSystem::Funtouch),
    mark("ro.vivo.market.name", PhoneSystem::Funtouch),
    mark("ro.vivo.internet.name", PhoneSystem::Funtouch),
    SystemMark { contains: "flyme", ..mark("ro.build.display.id", PhoneSystem::Flyme) },
    SystemMark { contains: "flyme", ..mark("ro.build.version.incremental", PhoneSystem::Flyme) },
    mark("ro.flyme.version.id", PhoneSystem::Flyme),
    mark("ro.flyme.published", PhoneSystem::Flyme),
    mark("ro.meizu.setupwizard.flyme", PhoneSystem::Flyme),
    mark("ro.product.flyme.model", PhoneSystem::Flyme),
    mark("ro.meizu.product.model", PhoneSystem::Flyme),
    mark("ro.vendor.meizu.product.model", PhoneSystem::Flyme),
    mark("ro.smartisan.version", PhoneSystem::Other),
    mark("ro.smartisan.sa", PhoneSystem::Other),
    mark("ro.build.version.oneui", PhoneSystem::Other),
    mark("ro.build.MiFavor_version", PhoneSystem::Other),
    mark("ro.build.nubia.rom.name", PhoneSystem::Other),
    mark("ro.letv.release.version", PhoneSystem::Other),
    mark("ro.com.zui.version", PhoneSystem::Other),
    mark("ro.config.lgsi.os.name", PhoneSystem::Other),
    mark("ro.build.uiversion", PhoneSystem::Other),
];

/// The first word of a build's product name where the build is not the maker's: `lineage_cherryplus`. Public code,
/// read 2026-11-22.
pub const CUSTOM_PRODUCTS: &[&str] = &[
    "lineage",
    "cm",
    "aosp",
    "slim",
    "omni",
    "treble",
    "phhgsi",
    "crdroid",
    "evolution",
    "rising",
    "havoc",
    "aospa",
    "arrow",
    "bliss",
    "derp",
    "mokee",
    "mk",
    "rr",
    "du",
    "aicp",
];

/// Words in a build's product name that an emulator or a cloud phone has: `redroid_arm64`, `rk3588_docker`,
/// `sdk_gphone64_x86_64`. What such a build says of its brand is a mask. Public code, read 2026-11-23.
pub const VIRTUAL_PRODUCTS: &[&str] =
    &["redroid", "docker", "emulator", "gphone", "gphone64", "goldfish", "vbox86p"];

/// Honor's service is on phones from Magic UI 4.0 on, overseas from 4.2 on; earlier ones use HMS.
/// <https://trtc.io/zh/document/60576>, read 2026-11-22. Other sources draw the line later, which is why a probe goes
/// before it.
pub const HONOR_MAGIC: (u16, u16) = (4, 0);

/// The same overseas.
pub const HONOR_MAGIC_OVERSEAS: (u16, u16) = (4, 2);

/// Where no Magic UI version is known: Honor's own service is on Honor phones above this API level. Public code, read
/// 2026-11-22.
pub const HONOR_ABOVE_API: u32 = 29;

const fn mark(property: &'static str, system: PhoneSystem) -> SystemMark {
    SystemMark { property, contains: "", system, source: Source::PUBLIC_CODE }
}

const fn custom(property: &'static str, contains: &'static str) -> SystemMark {
    SystemMark { property, contains, system: PhoneSystem::Custom, source: Source::PUBLIC_CODE }
}
