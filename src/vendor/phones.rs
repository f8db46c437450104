//! What distinguishes phones: maker names, and properties that only one system sets.

/// Who makes a phone, as far as it matters to push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Maker {
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
    /// A maker whose phones have no push service of their own here.
    Other,
}

/// A system that a maker puts on its phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PhoneSystem {
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

/// A property that identifies the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SystemMark {
    /// The property's name.
    pub(crate) property: &'static str,
    /// What its value must contain, in lower case; empty if any value will do.
    pub(crate) contains: &'static str,
    /// The system.
    pub(crate) system: PhoneSystem,
}

/// What `Build.BRAND` and `Build.MANUFACTURER` say, in lower case. Public code, read 2026-11-22; `22c4185e` and the
/// Chinese name are Meizu's.
const MAKERS: &[(Maker, &[&str])] = &[
    // `mi`: `zmhbh/tim_ui_kit_push_plugin`, and models such as `MI 8`.
    (Maker::Xiaomi, &["xiaomi", "redmi", "poco", "mi", "blackshark"]),
    (Maker::Huawei, &["huawei"]),
    (Maker::Honor, &["honor", "ptac"]),
    // `oplus`: in the fingerprints of partitions that OPPO, realme and OnePlus share: `oplus/ossi/ossi:15/…`.
    (Maker::Oppo, &["oppo", "oplus", "realme"]),
    (Maker::OnePlus, &["oneplus"]),
    (Maker::Vivo, &["vivo", "iqoo"]),
    (Maker::Meizu, &["meizu", "22c4185e", "\u{9b45}\u{84dd}"]),
    (Maker::Google, &["google"]),
    (
        Maker::Other,
        &[
            "samsung",
            "lenovo",
            "zuk",
            "motorola",
            "nubia",
            "zte",
            "smartisan",
            "sony",
            "asus",
            "lge",
            "htc",
            "nokia",
        ],
    ),
];

/// The maker of this name, in lower case.
pub(crate) fn maker_named(name: &str) -> Option<Maker> {
    MAKERS.iter().find_map(|(maker, names)| names.contains(&name).then_some(*maker))
}

/// Properties that identify the system, the most specific first. Public code, read 2026-11-22; those of emulators also
/// recorded properties, read 2026-11-29.
pub(crate) const SYSTEM_MARKS: &[SystemMark] = &[
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
    // Emulators: computers, and what translates for them. No phone of a maker with a push service has such a processor.
    custom("ro.product.cpu.abilist", "x86"),
    custom("ro.product.cpu.abilist32", "x86"),
    custom("ro.product.cpu.abilist64", "x86"),
    custom("ro.product.cpu.abi", "x86"),
    custom("ro.system.product.cpu.abilist", "x86"),
    custom("ro.vendor.product.cpu.abilist", "x86"),
    custom("ro.odm.product.cpu.abilist", "x86"),
    custom("ro.dalvik.vm.native.bridge", "lib"),
    custom("ro.kernel.qemu", "1"),
    custom("ro.boot.qemu", "1"),
    custom("ro.hardware", "goldfish"),
    custom("ro.hardware", "ranchu"),
    custom("ro.hardware", "vbox"),
    custom("ro.hardware", "ttvm"),
    custom("ro.hardware", "nox"),
    custom("ro.hardware", "redroid"),
    custom("ro.hardware", "cutf"),
    custom("ro.hardware", "x86"),
    custom("ro.boot.hardware", "goldfish"),
    custom("ro.boot.hardware", "ranchu"),
    custom("ro.boot.hardware", "vbox"),
    custom("ro.boot.hardware", "redroid"),
    custom("ro.boot.hardware", "cutf"),
    custom("ro.boot.hardware", "x86"),
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

/// The first word of a build's product name where the build is not the maker's: `lineage_cherryplus`. A word before the
/// device's own name is found without it. Public code, read 2026-11-22 and 2026-11-29.
const CUSTOM_PRODUCTS: &str = "lineage cm aosp slim omni treble phhgsi crdroid evolution rising havoc aospa arrow \
                               bliss derp mokee mk rr du aicp axion derpfest risingos risingosrevived infinity \
                               matrixx voltage yaap pixelos superior spark cherish elixir alphadroid lunaris \
                               euclid sigma calyx iode statix nusantara xtended syberia corvus octavi project \
                               bootleg";

/// Words in a build's product name that an emulator or a cloud phone has: `redroid_arm64`, `rk3588_docker`,
/// `sdk_gphone64_x86_64`. What such a build says of its brand is a mask. Public code, read 2026-11-23.
const VIRTUAL_PRODUCTS: &str =
    "redroid docker emulator gphone gphone64 goldfish vbox86p gsi tdgsi cf waydroid";

/// Words that makers of chips put before a device's name in a stock build: `full_k63v2_64`. Public code, read 2026-11-29.
const BUILD_WORDS: &str = "full sys vnd vext hal qssi mssi missi msi product system vendor oplus";

fn has_word(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// Whether the first word of a product name is that of a build which is not the maker's.
pub(crate) fn is_custom_product(word: &str) -> bool {
    has_word(CUSTOM_PRODUCTS, word)
}

/// Whether a word of a product name is that of an emulator or a cloud phone.
pub(crate) fn is_virtual_product(word: &str) -> bool {
    has_word(VIRTUAL_PRODUCTS, word)
}

/// Whether a word stands before the device's name in stock builds.
pub(crate) fn is_build_word(word: &str) -> bool {
    has_word(BUILD_WORDS, word)
}

/// First words of `ro.….version` that are no custom system's name: makers, their systems, and parts of a phone.
const STOCK_WORDS: &str = "miui hyperos miuios bbk funtouch originos coloros oppo oxygen hydrogen oplusrom emui magic magicui \
                           magicos harmony harmonyos hmos ohos anco flyme smartisan mflyme letv zui zuk lgsi nubia gionee gn \
                           hisense hmct tcl tct coolpad yulong qiku tranos hios xos itel nothing knox oneui semc rom build \
                           system vendor product odm boot bootimage bootloader recovery kernel board hardware hw opengles \
                           vulkan baseband modem radio ril gsm sim carrier operator cust custom customer oem odms sku region \
                           base release software firmware fw internal external inner ota fota update patch security secure tee \
                           trustzone crypto vndk llndk treble apex mediatek mtk qti qcom qualcomm sprd unisoc exynos kirin soc \
                           cpu gpu ddr emmc ufs storage usb adb bt bluetooth wifi wlan nfc gps gnss fm camera audio display lcd \
                           tp touch sensor fingerprint mcu hal sdk api gms gmscore google com arch netflix widevine drm theme \
                           launcher config sys factory test dev device phone tuner se app logo frp expect property zygote \
                           huaqin wingtech longcheer tinno";

/// Whether a property is named like the version of a system that no maker has: `ro.axion.version`,
/// `ro.crdroid.build.version`, `ro.axion.releasetype`. Public code, read 2026-11-29.
pub(crate) fn is_of_other_system(property: &str) -> bool {
    const TAILS: [&str; 7] = [
        "version",
        "build.version",
        "display.version",
        "branding.version",
        "releasetype",
        "maintainer",
        "codename",
    ];
    let Some(rest) = property.strip_prefix("ro.").or_else(|| property.strip_prefix("org.")) else {
        return false;
    };
    let Some((name, tail)) = rest.split_once('.') else { return false };
    let is_name = name.len() >= 3 && name.starts_with(|first: char| first.is_ascii_alphabetic());
    let name = name.split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase();
    is_name && TAILS.contains(&tail) && !has_word(STOCK_WORDS, &name) && maker_named(&name).is_none()
}

/// Honor's service is on phones from Magic UI 4.0 on, overseas from 4.2 on; earlier ones use HMS.
/// <https://trtc.io/zh/document/60576>, read 2026-11-22. Other sources draw the line later, which is why a probe goes
/// before it.
pub(crate) const HONOR_MAGIC: (u16, u16) = (4, 0);

/// The same overseas.
pub(crate) const HONOR_MAGIC_OVERSEAS: (u16, u16) = (4, 2);

/// Where no Magic UI version is known: Honor's own service is on Honor phones above this API level. Public code, read
/// 2026-11-22.
pub(crate) const HONOR_ABOVE_API: u32 = 29;

const fn mark(property: &'static str, system: PhoneSystem) -> SystemMark {
    SystemMark { property, contains: "", system }
}

const fn custom(property: &'static str, contains: &'static str) -> SystemMark {
    SystemMark { property, contains, system: PhoneSystem::Custom }
}
