//! How each vendor's SDK is wired, and which keys belong where. The page
//! [`guide::wiring`](crate::guide::wiring) shows it.

use serde::Serialize;

use super::{Source, Vendor};

/// How the SDK of one vendor is wired to the registrar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct Wiring {
    /// Whose SDK.
    pub(crate) vendor: Vendor,
    /// The call, or the calls in their order.
    pub(crate) call: &'static str,
    /// The call in Tencent's document of 2021 ([`Source::TENCENT_2021`]), where it was another one.
    pub(crate) call_2021: Option<&'static str>,
    /// Where the answer comes.
    pub(crate) callback: &'static str,
    /// Whether that callback also comes when the registration failed.
    pub(crate) also_on_failure: bool,
    /// What counts as success.
    pub(crate) success: &'static str,
    /// Where the token is.
    pub(crate) token: &'static str,
    /// The other way to the token, for callbacks that do not come.
    pub(crate) token_again: Option<&'static str>,
    /// The thread rule.
    pub(crate) thread: &'static str,
    /// What the host reports to the registrar.
    pub(crate) event: &'static str,
    /// The call that takes the registration back.
    pub(crate) unregister: &'static str,
    /// What else to know.
    pub(crate) note: &'static str,
    /// What is different from an SDK version on: the version, and what changed.
    pub(crate) changes: &'static [(&'static str, &'static str)],
    /// Where this stands.
    pub(crate) source: Source,
}

/// How the SDK of a vendor is wired.
pub(crate) fn wiring(vendor: Vendor) -> Option<&'static Wiring> {
    WIRING.iter().find(|wiring| wiring.vendor == vendor)
}

/// What holds of a vendor's SDK unless its row says otherwise.
const fn sdk(vendor: Vendor, source: Source) -> Wiring {
    Wiring {
        vendor,
        call: "",
        call_2021: None,
        callback: "",
        also_on_failure: false,
        success: "",
        token: "",
        token_again: None,
        thread: "none stated",
        event: "`Token`, or `VendorFailed` with the code",
        unregister: "",
        note: "",
        changes: &[],
        source,
    }
}

/// Every vendor's wiring, in the order of [`Vendor::ALL`].
const WIRING: &[Wiring] = &[
    Wiring {
        call: "`MiPushClient.registerPush(context, appId, appKey)`",
        callback: "`PushMessageReceiver.onReceiveRegisterResult(context, message)`",
        also_on_failure: true,
        success: "command `register` and `resultCode` 0",
        token: "`commandArguments[0]`",
        token_again: Some("`MiPushClient.getRegId(context)`"),
        thread: "main process only; the callback comes off the main thread",
        unregister: "`MiPushClient.unregisterPush(context)`",
        note: "targetSdk 31 needs SDK 4.8.6 or newer",
        changes: &[(
            "3.6.12 to 6.0.1",
            "the result's `getResultCode()`, the message's `getExtra()` and what both print of themselves are the same; a message that went through a `Bundle` has null where alias and description were empty",
        )],
        ..sdk(Vendor::Xiaomi, Source::read("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1544"))
    },
    Wiring {
        call: "`HmsInstanceId.getInstance(context).getToken(appId, \"HCM\")`",
        callback: "the return value, or `HmsMessageService.onNewToken(token)`",
        success: "the token is not empty",
        token: "the return value or the argument",
        thread: "never on the main thread (907122050)",
        event: "`Token`; `VendorFailed` with the `ApiException`'s or `onTokenError`'s code; nothing for an empty return value",
        unregister: "`HmsInstanceId.deleteToken(appId, \"HCM\")`",
        note: "below EMUI 10 the return value is empty and `onNewToken` follows",
        ..sdk(Vendor::Huawei, HUAWEI_SDK)
    },
    Wiring {
        call: "`HeytapPushManager.init(context, log)`, then `register(context, appKey, appSecret, callback)`",
        call_2021: Some("`PushManager.getInstance().register(…)`"),
        callback: "`ICallBackResultService.onRegister(responseCode, registerID)`",
        also_on_failure: true,
        success: "`responseCode` 0 and an id that is not empty",
        token: "`registerID`",
        token_again: Some("`HeytapPushManager.getRegisterID()`"),
        unregister: "`HeytapPushManager.unRegister()`",
        note: "takes `AppKey` and `AppSecret`, not the `AppId`; after a failure call `getRegister()`",
        changes: &[(
            "3.5.2",
            "`onRegister(responseCode, registerID, packageName, miniProgramPkg)`, `onUnRegister(responseCode, packageName, miniProgramPkg)`, `onError(code, message, packageName, miniProgramPkg)`; the permission dialog's callback has codes 2000 to 2005, which are no registration",
        )],
        ..sdk(Vendor::Oppo, Source::PUBLIC_CODE)
    },
    Wiring {
        call: "`PushClient.getInstance(context).initialize()`, then `turnOnPush(listener)`, then `getRegId()`",
        callback: "`IPushActionListener.onStateChanged(state)`",
        also_on_failure: true,
        success: "`state` 0 or 1, and an id that is not empty",
        token: "`PushClient.getRegId()`",
        token_again: Some("`OpenClientPushMessageReceiver.onReceiveRegId`, for a first or a changed id only"),
        unregister: "`PushClient.turnOffPush(listener)`",
        note: "clearing the app's data makes another id",
        changes: &[(
            "4.0.4",
            "`initialize(PushConfig)` and `getRegId(IPushQueryActionListener)`; `getTragetContent` is now `getTargetContent`; `onNotificationMessageArrived` returns a value; `onForegroundMessageArrived` and `onTransmissionMessageExpired` are new; `onNotificationMessageClicked` is still there",
        )],
        ..sdk(Vendor::Vivo, Source::read("https://www.yimenapp.com/kb-yimen/tag/android/page/2/amp"))
    },
    Wiring {
        call: "`PushManager.register(context, appId, appKey)`",
        callback: "`MzPushMessageReceiver.onRegisterStatus(context, status)`",
        also_on_failure: true,
        success: "`status.getCode()` is `200` and the id is not empty",
        token: "`status.getPushId()`",
        token_again: Some("`PushManager.getPushId(context)`"),
        unregister: "`PushManager.unRegister(context, appId, appKey)`",
        note: "`onRegister(context, pushId)` is the old callback",
        changes: &[(
            "5.0.5",
            "`RegisterStatus` prints its code as text in `code='…'`; `getSelfDefineContentString()` is the web URL if there is one, else the parameter `sk`, else all parameters as JSON",
        )],
        ..sdk(Vendor::Meizu, Source::PUBLIC_CODE)
    },
    Wiring {
        call: "`FirebaseMessaging.getInstance().getToken()`",
        call_2021: Some("`FirebaseInstanceId.getInstance().getInstanceId()`"),
        callback: "the `Task`, or `FirebaseMessagingService.onNewToken(token)`",
        also_on_failure: true,
        success: "`task.isSuccessful()`",
        token: "`task.getResult()`, which throws after a failure, or the argument",
        event: "`Token`, or `VendorFailed` with the exception's text, in which the code is found",
        unregister: "`FirebaseMessaging.deleteToken()`",
        note: "without Play services the task fails",
        changes: &[(
            "25.1",
            "with `firebase_messaging_installation_id_enabled` in the merged manifest, which a dependency may set, calls for a token throw \"API disabled\": call `register()` and report what `onRegistered(installationId)` gives; needs Play services 261200000",
        )],
        ..sdk(Vendor::Fcm, FCM_SDK)
    },
    Wiring {
        call: "`HonorPushClient.getInstance().init(context, autoToken)`, then `getPushToken(callback)`",
        callback: "`HonorPushCallback.onSuccess(token)` and `onFailure(code, text)`, or `HonorMessageService.onNewToken(token)`",
        success: "`onSuccess` or `onNewToken`, and the token is not empty",
        token: "the argument",
        thread: "not on the main thread (8001001)",
        unregister: "`HonorPushClient.deletePushToken(callback)`",
        note: "needs a signed build",
        ..sdk(Vendor::Honor, Source::PUBLIC_CODE)
    },
    Wiring {
        call: "`registerForRemoteNotifications()`, at every launch",
        callback: "`didRegisterForRemoteNotificationsWithDeviceToken(data)` or `didFailToRegisterForRemoteNotificationsWithError(error)`",
        success: "the first of the two",
        token: "the bytes of `data`",
        thread: "on the main thread",
        event: "`Token` with the bytes as hex digits, or `VendorFailed` with the error's code",
        unregister: "`unregisterForRemoteNotifications()`",
        note: "offline at the first launch neither callback comes",
        ..sdk(Vendor::Apns, APNS_SDK)
    },
    Wiring {
        call: "`pushService.getToken()`",
        callback: "the promise, or `pushService.on('tokenUpdate')`",
        success: "the promise is fulfilled",
        token: "its value",
        unregister: "`pushService.deleteToken()`",
        note: "real devices only; `client_id` in module.json5",
        changes: &[("TIMPush 9.0.7652", "the listener of TIMPush is `onMessageReceived`")],
        ..sdk(Vendor::HarmonyOs, HARMONY_OS_SDK)
    },
];
const HUAWEI_SDK: Source =
    Source::read("https://developer.huawei.com/consumer/cn/doc/HMS-Guides/push-basic-capability/");
const FCM_SDK: Source =
    Source::read("https://github.com/firebase/firebase-android-sdk (FirebaseMessaging.java)");
const APNS_SDK: Source = Source::read(
    "https://developer.apple.com/documentation/uikit/uiapplicationdelegate/application(_:didregisterforremotenotificationswithdevicetoken:)",
);
const HARMONY_OS_SDK: Source =
    Source::read("https://developer.huawei.com/consumer/cn/doc/doccenter-references/api/push-pushservice.md");

/// The keys of one vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct AppKeys {
    /// Whose keys.
    pub(crate) vendor: Vendor,
    /// What the client's calls and files need.
    pub(crate) client: &'static [&'static str],
    /// Where the client keeps them.
    pub(crate) place: &'static str,
    /// Other names under which the vendor's SDK reads them from the manifest; the value is a text there.
    pub(crate) aliases: &'static [&'static str],
    /// What belongs to a server and to Tencent's console. There is no field for it anywhere in this crate.
    pub(crate) server_only: &'static [&'static str],
    /// Where this stands.
    pub(crate) source: Source,
}

/// The keys of a vendor.
pub(crate) fn app_keys(vendor: Vendor) -> Option<&'static AppKeys> {
    APP_KEYS.iter().find(|keys| keys.vendor == vendor)
}

/// Every vendor's keys.
const APP_KEYS: &[AppKeys] = &[
    keys(Vendor::Xiaomi, "code or manifest", XIAOMI).client(&["AppID", "AppKey"]).server_only(&["AppSecret"]),
    keys(Vendor::Huawei, HUAWEI_FILE, Source::PUBLIC_CODE)
        .client(&["App ID", "agconnect-services.json"])
        .server_only(&["App Secret", "OAuth client secret", "service account key"]),
    keys(Vendor::Oppo, "code", Source::TENCENT_2021)
        .client(&["AppKey", "AppSecret"])
        .server_only(&["MasterSecret"]),
    AppKeys { aliases: &["app_id", "api_key"], ..keys(Vendor::Vivo, "manifest", VIVO) }
        .client(&["com.vivo.push.app_id", "com.vivo.push.api_key"])
        .server_only(&["AppSecret"]),
    keys(Vendor::Meizu, "code", MEIZU).client(&["appId", "appKey"]).server_only(&["AppSecret"]),
    keys(Vendor::Fcm, "resources", Source::TENCENT_2021)
        .client(&["google-services.json"])
        .server_only(&["service account private key"]),
    keys(Vendor::Honor, "manifest", HONOR)
        .client(&["com.hihonor.push.app_id", "mcs-services.json"])
        .server_only(&["Client Secret"]),
    keys(Vendor::Apns, "entitlements and provisioning profile", Source::TENCENT_IOS_FAQ)
        .client(&["aps-environment"])
        .server_only(&["p12 certificate", "p8 key"]),
    keys(Vendor::HarmonyOs, "module.json5", HARMONY)
        .client(&["client_id"])
        .server_only(&["service account key"]),
];

const HUAWEI_FILE: &str =
    "agconnect-services.json at the module's root; the signing fingerprint in AppGallery Connect";
const VIVO: Source = Source::read("https://github.com/tencentyun/intlcloud-documents (vivo push)");
const HONOR: Source = Source::read("https://doc.easemob.com/document/android/push/push_honor.html");
const XIAOMI: Source = Source::read("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1704");
const MEIZU: Source = Source::read("https://github.com/MEIZUPUSH/PushAPI (README.md)");
const HARMONY: Source = Source::read("https://blog.csdn.net/pisceshsu/article/details/142434263");

const fn keys(vendor: Vendor, place: &'static str, source: Source) -> AppKeys {
    AppKeys { vendor, client: &[], place, aliases: &[], server_only: &[], source }
}

impl AppKeys {
    const fn client(self, client: &'static [&'static str]) -> Self {
        Self { client, ..self }
    }

    const fn server_only(self, server_only: &'static [&'static str]) -> Self {
        Self { server_only, ..self }
    }
}
