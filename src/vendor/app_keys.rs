//! Which of a vendor's keys belong into an app, and which must never be there.

use serde::Serialize;

use super::{Source, Vendor};

/// The keys of one vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct AppKeys {
    /// Whose keys.
    pub vendor: Vendor,
    /// What the client's calls and files need.
    pub client: &'static [&'static str],
    /// Where the client keeps them.
    pub place: &'static str,
    /// What belongs to a server and to Tencent's console. There is no field for it anywhere in this crate.
    pub server_only: &'static [&'static str],
    /// Where this stands.
    pub source: Source,
}

/// The keys of a vendor.
///
/// ```
/// use tim_offline_push::vendor::{Vendor, app_keys};
///
/// // A thing called secret belongs to OPPO's client call; its MasterSecret does not.
/// let oppo = app_keys(Vendor::Oppo).ok_or("OPPO has keys")?;
/// assert!(oppo.client.contains(&"AppSecret"));
/// assert!(oppo.server_only.contains(&"MasterSecret"));
/// # Ok::<(), &str>(())
/// ```
pub fn app_keys(vendor: Vendor) -> Option<&'static AppKeys> {
    APP_KEYS.iter().find(|keys| keys.vendor == vendor)
}

/// Every vendor's keys.
pub const APP_KEYS: &[AppKeys] = &[
    AppKeys {
        vendor: Vendor::Xiaomi,
        client: &["AppID", "AppKey"],
        place: "code or manifest",
        server_only: &["AppSecret"],
        source: Source::read("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1704"),
    },
    AppKeys {
        vendor: Vendor::Huawei,
        client: &["App ID", "agconnect-services.json"],
        place: "agconnect-services.json at the module's root; the signing fingerprint in AppGallery Connect",
        server_only: &["App Secret", "OAuth client secret", "service account key"],
        source: Source::PUBLIC_CODE,
    },
    AppKeys {
        vendor: Vendor::Oppo,
        client: &["AppKey", "AppSecret"],
        place: "code",
        server_only: &["MasterSecret"],
        source: Source::TENCENT_2021,
    },
    AppKeys {
        vendor: Vendor::Vivo,
        client: &["com.vivo.push.app_id", "com.vivo.push.api_key"],
        place: "manifest",
        server_only: &["AppSecret"],
        source: Source::read("https://github.com/tencentyun/intlcloud-documents (vivo push)"),
    },
    AppKeys {
        vendor: Vendor::Meizu,
        client: &["appId", "appKey"],
        place: "code",
        server_only: &["AppSecret"],
        source: Source::read("https://github.com/MEIZUPUSH/PushAPI (README.md)"),
    },
    AppKeys {
        vendor: Vendor::Fcm,
        client: &["google-services.json"],
        place: "resources",
        server_only: &["service account private key"],
        source: Source::TENCENT_2021,
    },
    AppKeys {
        vendor: Vendor::Honor,
        client: &["com.hihonor.push.app_id", "mcs-services.json"],
        place: "manifest",
        server_only: &["Client Secret"],
        source: Source::read("https://doc.easemob.com/document/android/push/push_honor.html"),
    },
    AppKeys {
        vendor: Vendor::Apns,
        client: &["aps-environment"],
        place: "entitlements and provisioning profile",
        server_only: &["p12 certificate", "p8 key"],
        source: Source::read("https://cloud.tencent.com/document/product/269/130369"),
    },
    AppKeys {
        vendor: Vendor::HarmonyOs,
        client: &["client_id"],
        place: "module.json5",
        server_only: &["service account key"],
        source: Source::read("https://blog.csdn.net/pisceshsu/article/details/142434263"),
    },
];
