//! How each vendor's SDK is wired, and which keys belong where. The page [`guide::wiring`](crate::guide::wiring) shows it.

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

const EITHER: &str = "`Token`, or `VendorFailed` with the code";

/// Every vendor's wiring, in the order of [`Vendor::ALL`].
const WIRING: &[Wiring] = &[
    Wiring {
        vendor: Vendor::Xiaomi,
        call: "`MiPushClient.registerPush(context, appId, appKey)`",
        call_2021: None,
        callback: "`PushMessageReceiver.onReceiveRegisterResult(context, message)`",
        also_on_failure: true,
        success: "command `register` and `resultCode` 0",
        token: "`commandArguments[0]`",
        token_again: Some("`MiPushClient.getRegId(context)`"),
        thread: "main process only; the callback comes off the main thread",
        event: EITHER,
        unregister: "`MiPushClient.unregisterPush(context)`",
        note: "targetSdk 31 needs SDK 4.8.6 or newer",
        changes: &[(
            "3.6.12 to 6.0.1",
            "the result's `getResultCode()`, the message's `getExtra()` and what both print of themselves are the same; a message that went through a `Bundle` has null where alias and description were empty",
        )],
        source: Source::read("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1544"),
    },
    Wiring {
        vendor: Vendor::Huawei,
        call: "`HmsInstanceId.getInstance(context).getToken(appId, \"HCM\")`",
        call_2021: None,
        callback: "the return value, or `HmsMessageService.onNewToken(token)`",
        also_on_failure: false,
        success: "the token is not empty",
        token: "the return value or the argument",
        token_again: None,
        thread: "never on the main thread (907122050)",
        event: "`Token`; `VendorFailed` with the `ApiException`'s or `onTokenError`'s code; nothing for an empty return value",
        unregister: "`HmsInstanceId.deleteToken(appId, \"HCM\")`",
        note: "below EMUI 10 the return value is empty and `onNewToken` follows",
        changes: &[],
        source: Source::read(
            "https://developer.huawei.com/consumer/cn/doc/HMS-Guides/push-basic-capability/",
        ),
    },
    Wiring {
        vendor: Vendor::Oppo,
        call: "`HeytapPushManager.init(context, log)`, then `register(context, appKey, appSecret, callback)`",
        call_2021: Some("`PushManager.getInstance().register(…)`"),
        callback: "`ICallBackResultService.onRegister(responseCode, registerID)`",
        also_on_failure: true,
        success: "`responseCode` 0 and an id that is not empty",
        token: "`registerID`",
        token_again: Some("`HeytapPushManager.getRegisterID()`"),
        thread: "none stated",
        event: EITHER,
        unregister: "`HeytapPushManager.unRegister()`",
        note: "takes `AppKey` and `AppSecret`, not the `AppId`; after a failure call `getRegister()`",
        changes: &[(
            "3.5.2",
            "`onRegister(responseCode, registerID, packageName, miniProgramPkg)`, `onUnRegister(responseCode, packageName, miniProgramPkg)`, `onError(code, message, packageName, miniProgramPkg)`; the permission dialog's callback has codes 2000 to 2005, which are no registration",
        )],
        source: Source::PUBLIC_CODE,
    },
    Wiring {
        vendor: Vendor::Vivo,
        call: "`PushClient.getInstance(context).initialize()`, then `turnOnPush(listener)`, then `getRegId()`",
        call_2021: None,
        callback: "`IPushActionListener.onStateChanged(state)`",
        also_on_failure: true,
        success: "`state` 0 or 1, and an id that is not empty",
        token: "`PushClient.getRegId()`",
        token_again: Some("`OpenClientPushMessageReceiver.onReceiveRegId`, for a first or a changed id only"),
        thread: "none stated",
        event: EITHER,
        unregister: "`PushClient.turnOffPush(listener)`",
        note: "clearing the app's data makes another id",
        changes: &[(
            "4.0.4",
            "`initialize(PushConfig)` and `getRegId(IPushQueryActionListener)`; `getTragetContent` is now `getTargetContent`; `onNotificationMessageArrived` returns a value; `onForegroundMessageArrived` and `onTransmissionMessageExpired` are new; `onNotificationMessageClicked` is still there",
        )],
        source: Source::read("https://www.yimenapp.com/kb-yimen/tag/android/page/2/amp"),
    },
    Wiring {
        vendor: Vendor::Meizu,
        call: "`PushManager.register(context, appId, appKey)`",
        call_2021: None,
        callback: "`MzPushMessageReceiver.onRegisterStatus(context, status)`",
        also_on_failure: true,
        success: "`status.getCode()` is `200` and the id is not empty",
        token: "`status.getPushId()`",
        token_again: Some("`PushManager.getPushId(context)`"),
        thread: "none stated",
        event: EITHER,
        unregister: "`PushManager.unRegister(context, appId, appKey)`",
        note: "`onRegister(context, pushId)` is the old callback",
        changes: &[(
            "5.0.5",
            "`RegisterStatus` prints its code as text in `code='…'`; `getSelfDefineContentString()` is the web URL if there is one, else the parameter `sk`, else all parameters as JSON",
        )],
        source: Source::PUBLIC_CODE,
    },
    Wiring {
        vendor: Vendor::Fcm,
        call: "`FirebaseMessaging.getInstance().getToken()`",
        call_2021: Some("`FirebaseInstanceId.getInstance().getInstanceId()`"),
        callback: "the `Task`, or `FirebaseMessagingService.onNewToken(token)`",
        also_on_failure: true,
        success: "`task.isSuccessful()`",
        token: "`task.getResult()`, which throws after a failure, or the argument",
        token_again: None,
        thread: "none stated",
        event: "`Token`, or `VendorFailed` with the exception's text, in which the code is found",
        unregister: "`FirebaseMessaging.deleteToken()`",
        note: "without Play services the task fails",
        changes: &[(
            "25.1",
            "with `firebase_messaging_installation_id_enabled` in the merged manifest, which a dependency may set, calls for a token throw \"API disabled\": call `register()` and report what `onRegistered(installationId)` gives; needs Play services 261200000",
        )],
        source: Source::read("https://github.com/firebase/firebase-android-sdk (FirebaseMessaging.java)"),
    },
    Wiring {
        vendor: Vendor::Honor,
        call: "`HonorPushClient.getInstance().init(context, autoToken)`, then `getPushToken(callback)`",
        call_2021: None,
        callback: "`HonorPushCallback.onSuccess(token)` and `onFailure(code, text)`, or `HonorMessageService.onNewToken(token)`",
        also_on_failure: false,
        success: "`onSuccess` or `onNewToken`, and the token is not empty",
        token: "the argument",
        token_again: None,
        thread: "not on the main thread (8001001)",
        event: EITHER,
        unregister: "`HonorPushClient.deletePushToken(callback)`",
        note: "needs a signed build",
        changes: &[],
        source: Source::PUBLIC_CODE,
    },
    Wiring {
        vendor: Vendor::Apns,
        call: "`registerForRemoteNotifications()`, at every launch",
        call_2021: None,
        callback: "`didRegisterForRemoteNotificationsWithDeviceToken(data)` or `didFailToRegisterForRemoteNotificationsWithError(error)`",
        also_on_failure: false,
        success: "the first of the two",
        token: "the bytes of `data`",
        token_again: None,
        thread: "on the main thread",
        event: "`Token` with the bytes as hex digits, or `VendorFailed` with the error's code",
        unregister: "`unregisterForRemoteNotifications()`",
        note: "offline at the first launch neither callback comes",
        changes: &[],
        source: Source::read(
            "https://developer.apple.com/documentation/uikit/uiapplicationdelegate/application(_:didregisterforremotenotificationswithdevicetoken:)",
        ),
    },
    Wiring {
        vendor: Vendor::HarmonyOs,
        call: "`pushService.getToken()`",
        call_2021: None,
        callback: "the promise, or `pushService.on('tokenUpdate')`",
        also_on_failure: false,
        success: "the promise is fulfilled",
        token: "its value",
        token_again: None,
        thread: "none stated",
        event: EITHER,
        unregister: "`pushService.deleteToken()`",
        note: "real devices only; `client_id` in module.json5",
        changes: &[("TIMPush 9.0.7652", "the listener of TIMPush is `onMessageReceived`")],
        source: Source::read(
            "https://developer.huawei.com/consumer/cn/doc/doccenter-references/api/push-pushservice.md",
        ),
    },
];

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
    AppKeys {
        vendor: Vendor::Xiaomi,
        client: &["AppID", "AppKey"],
        place: "code or manifest",
        aliases: &[],
        server_only: &["AppSecret"],
        source: Source::read("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1704"),
    },
    AppKeys {
        vendor: Vendor::Huawei,
        client: &["App ID", "agconnect-services.json"],
        place: "agconnect-services.json at the module's root; the signing fingerprint in AppGallery Connect",
        aliases: &[],
        server_only: &["App Secret", "OAuth client secret", "service account key"],
        source: Source::PUBLIC_CODE,
    },
    AppKeys {
        vendor: Vendor::Oppo,
        client: &["AppKey", "AppSecret"],
        place: "code",
        aliases: &[],
        server_only: &["MasterSecret"],
        source: Source::TENCENT_2021,
    },
    AppKeys {
        vendor: Vendor::Vivo,
        client: &["com.vivo.push.app_id", "com.vivo.push.api_key"],
        place: "manifest",
        aliases: &["app_id", "api_key"],
        server_only: &["AppSecret"],
        source: Source::read("https://github.com/tencentyun/intlcloud-documents (vivo push)"),
    },
    AppKeys {
        vendor: Vendor::Meizu,
        client: &["appId", "appKey"],
        place: "code",
        aliases: &[],
        server_only: &["AppSecret"],
        source: Source::read("https://github.com/MEIZUPUSH/PushAPI (README.md)"),
    },
    AppKeys {
        vendor: Vendor::Fcm,
        client: &["google-services.json"],
        place: "resources",
        aliases: &[],
        server_only: &["service account private key"],
        source: Source::TENCENT_2021,
    },
    AppKeys {
        vendor: Vendor::Honor,
        client: &["com.hihonor.push.app_id", "mcs-services.json"],
        place: "manifest",
        aliases: &[],
        server_only: &["Client Secret"],
        source: Source::read("https://doc.easemob.com/document/android/push/push_honor.html"),
    },
    AppKeys {
        vendor: Vendor::Apns,
        client: &["aps-environment"],
        place: "entitlements and provisioning profile",
        aliases: &[],
        server_only: &["p12 certificate", "p8 key"],
        source: Source::TENCENT_IOS_FAQ,
    },
    AppKeys {
        vendor: Vendor::HarmonyOs,
        client: &["client_id"],
        place: "module.json5",
        aliases: &[],
        server_only: &["service account key"],
        source: Source::read("https://blog.csdn.net/pisceshsu/article/details/142434263"),
    },
];
