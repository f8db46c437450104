//! What distinguishes phones: maker names, and properties that only one system sets.

use super::WordList;

/// Whose phone it is, or whose system it runs, as far as it matters to push.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// Properties that identify the system, the most specific first. Public code, read 2026-11-22; those of
/// emulators also recorded properties, read 2026-11-29.
pub(crate) const SYSTEM_MARKS: &[SystemMark] = &[
    mark(Family::Custom, OTHER_SYSTEMS, ""),
    mark(Family::Custom, "ro.build.display.id", "lineage crdroid aosp_"),
    mark(Family::Custom, "ro.build.flavor", "lineage aosp_"),
    // Systems that are sold are `user` builds: <https://source.android.com/docs/setup/build/building>, read
    // 2026-11-23.
    mark(Family::Custom, "ro.build.type", "userdebug eng"),
    // Emulators: computers, and what translates for them. No phone of a maker with a push service has such a
    // processor.
    mark(Family::Custom, ABIS, "x86"),
    mark(Family::Custom, "ro.dalvik.vm.native.bridge", "lib"),
    mark(Family::Custom, "ro.kernel.qemu ro.boot.qemu", "1"),
    mark(Family::Custom, "ro.hardware", "goldfish ranchu vbox ttvm nox redroid cutf x86"),
    mark(Family::Custom, "ro.boot.hardware", "goldfish ranchu vbox redroid cutf x86"),
    mark(Family::HarmonyContainer, ANCO, ""),
    mark(Family::Honor, "msc.config.magic.version ro.build.version.magic", ""),
    mark(Family::Honor, "ro.build.version.emui", "magic"),
    mark(Family::Honor, "ro.honor.build.display.id", ""),
    mark(Family::Huawei, EMUI, ""),
    mark(Family::Xiaomi, MIUI, ""),
    mark(Family::Oppo, COLOR_OS, ""),
    mark(Family::Oppo, "ro.rom.different.version", "coloros"),
    mark(Family::Oppo, "ro.oppo.version ro.oppo.market.name ro.vendor.oplus.market.name", ""),
    mark(Family::OnePlus, "ro.oxygen.version", ""),
    mark(Family::OnePlus, "ro.rom.version", "oxygen h2os hydrogen"),
    mark(Family::Vivo, FUNTOUCH, ""),
    mark(Family::Meizu, "ro.build.display.id ro.build.version.incremental", "flyme"),
    mark(Family::Meizu, FLYME, ""),
    mark(Family::NoVendor, OTHER_MAKERS, ""),
];

const OTHER_SYSTEMS: &str = "\
    ro.lineage.version ro.lineage.build.version ro.lineage.display.version ro.lineage.device \
    ro.lineage.releasetype ro.cm.version ro.modversion ro.crdroid.version ro.pixelexperience.version \
    org.pixelexperience.version ro.evolution.version ro.rising.version ro.havoc.version \
    ro.aospa.version ro.arrow.version ro.bliss.version ro.derp.version ro.calyxos.version \
    ro.grapheneos.version";

const ABIS: &str = "\
    ro.product.cpu.abilist ro.product.cpu.abilist32 ro.product.cpu.abilist64 ro.product.cpu.abi \
    ro.system.product.cpu.abilist ro.vendor.product.cpu.abilist ro.odm.product.cpu.abilist";

const ANCO: &str = "\
    ro.sys.anco.product.software.version ro.product.anco.devicetype \
    ro.product.os.dist.anco.apiversion ro.product.os.dist.anco.releasetype";

const EMUI: &str = "\
    hw_sc.build.platform.version ro.huawei.build.display.id hwouc.hwpatch.version \
    persist.mygote.build.id persist.sys.hiview.base_version ro.comp.hl.product_base_version \
    ro.build.version.emui ro.build.hw_emui_api_level ro.confg.hw_systemversion \
    ro.huawei.build.version.incremental ro.build.ohos.devicetype";

const MIUI: &str = "\
    ro.mi.os.version.name ro.mi.os.version.code ro.mi.os.version.incremental ro.miui.ui.version.name \
    ro.miui.ui.version.code ro.miui.build.region ro.miui.region ro.vendor.miui.region \
    ro.miui.cust_device ro.miui.internal.storage";

const COLOR_OS: &str = "\
    ro.build.version.realmeui ro.build.version.opporom ro.build.version.oplusrom \
    ro.build.version.oplusrom.confidential ro.build.version.oplusrom.display \
    ro.build.version.oplus.api ro.vendor.oplus.regionmark ro.oplus.pipeline.region";

const FUNTOUCH: &str = "\
    ro.vivo.os.version ro.vivo.os.build.display.id ro.vivo.os.name ro.vivo.rom ro.vivo.rom.version \
    ro.vivo.product.version ro.vivo.product.release.name ro.vivo.product.overseas \
    ro.vivo.market.name ro.vivo.internet.name";

const FLYME: &str = "\
    ro.flyme.version.id ro.flyme.published ro.meizu.setupwizard.flyme ro.product.flyme.model \
    ro.meizu.product.model ro.vendor.meizu.product.model";

const OTHER_MAKERS: &str = "\
    ro.smartisan.version ro.smartisan.sa ro.build.version.oneui ro.build.MiFavor_version \
    ro.build.nubia.rom.name ro.letv.release.version ro.com.zui.version ro.config.lgsi.os.name \
    ro.build.uiversion";

/// The first word of a build's product name where the build is not the maker's: `lineage_cherryplus`. A word
/// before the device's own name is found without it. Public code, read 2026-11-22 and 2026-11-29.
pub(crate) const CUSTOM_PRODUCTS: WordList = WordList(
    "lineage cm aosp slim omni treble phhgsi crdroid evolution rising havoc aospa arrow bliss derp \
     mokee mk rr du aicp axion derpfest risingos risingosrevived infinity matrixx voltage yaap pixelos \
     superior spark cherish elixir alphadroid lunaris euclid sigma calyx iode statix nusantara xtended \
     syberia corvus octavi project bootleg",
);

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
const STOCK_WORDS: WordList = WordList(
    "miui hyperos miuios bbk funtouch originos coloros oppo oxygen hydrogen oplusrom emui magic magicui \
     magicos harmony harmonyos hmos ohos anco flyme smartisan mflyme letv zui zuk lgsi nubia gionee gn \
     hisense hmct tcl tct coolpad yulong qiku tranos hios xos itel nothing knox oneui semc rom build \
     system vendor product odm boot bootimage bootloader recovery kernel board hardware hw opengles \
     vulkan baseband modem radio ril gsm sim carrier operator cust custom customer oem odms sku region \
     base release software firmware fw internal external inner ota fota update patch security secure \
     tee trustzone crypto vndk llndk treble apex mediatek mtk qti qcom qualcomm sprd unisoc exynos \
     kirin soc cpu gpu ddr emmc ufs storage usb adb bt bluetooth wifi wlan nfc gps gnss fm camera audio \
     display lcd tp touch sensor fingerprint mcu hal sdk api gms gmscore google com arch netflix \
     widevine drm theme launcher config sys factory test dev device phone tuner se app logo frp expect \
     property zygote huaqin wingtech longcheer tinno",
);

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

const fn mark(system: Family, properties: &'static str, contains: &'static str) -> SystemMark {
    SystemMark { system, properties: WordList(properties), contains: WordList(contains) }
}
