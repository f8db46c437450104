//! Receipts: a vendor's reports to Tencent that a push arrived or was tapped, and their set-up.

use serde::Serialize;

use super::{Source, Vendor};

/// What has to be set up so that Tencent's statistics know what became of a vendor's pushes.
///
/// Tencent counts arrivals and taps for apps that bought its push service. Whether it counts them for other apps is not
/// documented: only a live test shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct ReceiptSetup {
    /// Whose pushes.
    pub vendor: Vendor,
    /// The path of Tencent's address for the vendor's receipts, which is typed into the vendor's console behind a host of
    /// [`receipt_hosts`]; `None` where there is nothing to type.
    pub path: Option<&'static str>,
    /// What to do, step by step. Empty if nothing.
    pub steps: &'static [&'static str],
    /// What keeps receipts from coming, or harms pushes.
    pub pitfalls: &'static [&'static str],
    /// Where this stands.
    pub source: Source,
}

impl ReceiptSetup {
    /// The whole address for a data center, if the vendor takes one: `https://`, host and path.
    ///
    /// ```
    /// use tim_offline_push::vendor::{Vendor, receipt_hosts, receipt_setup};
    ///
    /// let (region, host) = receipt_hosts()[0];
    /// let vivo = receipt_setup(Vendor::Vivo).and_then(|setup| setup.address(host));
    /// assert_eq!(region, "China");
    /// assert_eq!(vivo.as_deref(), Some("https://api.im.qcloud.com/v3/offline_push_report/vivo"));
    /// ```
    pub fn address(&self, host: &str) -> Option<String> {
        self.path.map(|path| format!("https://{host}{path}"))
    }
}

/// Tencent's hosts for receipts, each with the data center of the app that it serves. For HarmonyOS only the first is
/// documented.
pub const fn receipt_hosts() -> &'static [(&'static str, &'static str)] {
    &[
        ("China", "api.im.qcloud.com"),
        ("Singapore", "apisgp.im.qcloud.com"),
        ("Korea", "apikr.im.qcloud.com"),
        ("USA", "apiusa.im.qcloud.com"),
        ("Germany", "apiger.im.qcloud.com"),
        ("Indonesia", "apiidn.im.qcloud.com"),
    ]
}

/// What has to be set up for a vendor's receipts.
///
/// ```
/// use tim_offline_push::vendor::{Vendor, receipt_setup};
///
/// assert!(receipt_setup(Vendor::Xiaomi).is_some_and(|setup| setup.steps.is_empty()));
/// ```
pub fn receipt_setup(vendor: Vendor) -> Option<&'static ReceiptSetup> {
    SETUPS.iter().find(|setup| setup.vendor == vendor)
}

const VENDORS: Source = Source::read_on("https://trtc.io/document/73891", "2026-11-29");
const ADDRESSES: Source = Source::read_on("https://trtc.io/document/73890", "2026-11-29");
const FCM: Source = Source::read_on("https://trtc.io/document/60547", "2026-11-29");

const DEFAULT_SCREEN: &str = "with the console action \"open an in-app page\" taps count only with the value that the \
                              console fills in by default";
const ADDRESS: &str = "type Tencent's receipt address into the vendor's console";

const SETUPS: &[ReceiptSetup] = &[
    nothing(Vendor::Xiaomi),
    ReceiptSetup {
        vendor: Vendor::Huawei,
        path: Some("/v3/offline_push_report/huawei"),
        steps: &[ADDRESS],
        pitfalls: &[
            "certificates with an id up to 11344 use Huawei's version 2 and give no receipts: make a new certificate",
            DEFAULT_SCREEN,
        ],
        source: ADDRESSES,
    },
    nothing(Vendor::Oppo),
    ReceiptSetup {
        vendor: Vendor::Vivo,
        path: Some("/v3/offline_push_report/vivo"),
        steps: &[
            ADDRESS,
            "type the receipt id that vivo's console then shows into the certificate in Tencent's console",
        ],
        pitfalls: &["without the receipt id in the certificate nothing comes", DEFAULT_SCREEN],
        source: ADDRESSES,
    },
    ReceiptSetup {
        vendor: Vendor::Meizu,
        path: Some("/v3/offline_push_report/meizu"),
        steps: &["switch receipts on in Meizu's console", ADDRESS],
        pitfalls: &[
            "with the switch on and a missing or wrong address the pushes themselves fail",
            DEFAULT_SCREEN,
        ],
        source: ADDRESSES,
    },
    ReceiptSetup {
        vendor: Vendor::Fcm,
        path: None,
        steps: &["choose data messages in the FCM certificate"],
        pitfalls: &["notification messages, the default, give neither arrivals nor taps"],
        source: FCM,
    },
    ReceiptSetup {
        vendor: Vendor::Honor,
        path: Some("/v3/offline_push_report/honor"),
        steps: &[ADDRESS],
        pitfalls: &[DEFAULT_SCREEN],
        source: ADDRESSES,
    },
    ReceiptSetup {
        vendor: Vendor::Apns,
        path: None,
        steps: &[
            "switch mutable-content on in the certificate",
            "hand pushes to TIMPush in the notification service extension",
            "give app and extension the same App Group, and name it in applicationGroupID",
        ],
        pitfalls: &["without mutable-content the extension does not run, and no arrival is counted"],
        source: VENDORS,
    },
    ReceiptSetup {
        vendor: Vendor::HarmonyOs,
        path: Some("/v3/offline_push_report/harmony"),
        steps: &[ADDRESS],
        pitfalls: &["only the host of the Chinese data center is documented"],
        source: ADDRESSES,
    },
];

/// The vendor's receipts need no set-up.
const fn nothing(vendor: Vendor) -> ReceiptSetup {
    ReceiptSetup { vendor, path: None, steps: &[], pitfalls: &[DEFAULT_SCREEN], source: VENDORS }
}
