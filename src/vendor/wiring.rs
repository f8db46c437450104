#![doc = include_str!("wiring.md")]

use serde::Serialize;

use super::{Source, Vendor};

/// How the SDK of one channel is wired to the registrar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Wiring {
    /// Which channel.
    pub vendor: Vendor,
    /// The call, or the calls in their order.
    pub call: &'static str,
    /// The call in Tencent's document of 2021 ([`Source::TENCENT_2021`]), where it was another one.
    pub call_2021: Option<&'static str>,
    /// Where the answer comes.
    pub callback: &'static str,
    /// Whether that callback also comes when the registration failed.
    pub also_on_failure: bool,
    /// What counts as success.
    pub success: &'static str,
    /// Where the token is.
    pub token: &'static str,
    /// The other way to the token, for callbacks that do not come.
    pub token_again: Option<&'static str>,
    /// The thread rule.
    pub thread: &'static str,
    /// What the host tells the registrar.
    pub event: &'static str,
    /// The call that takes the registration back.
    pub unregister: &'static str,
    /// What else to know.
    pub note: &'static str,
    /// Where this stands.
    pub source: Source,
}

/// How the SDK of a channel is wired.
///
/// ```
/// use tim_offline_push::vendor::Vendor;
/// use tim_offline_push::vendor::wiring::wiring;
///
/// assert!(wiring(Vendor::Oppo).is_some_and(|oppo| oppo.also_on_failure));
/// ```
pub fn wiring(vendor: Vendor) -> Option<&'static Wiring> {
    WIRING.iter().find(|wiring| wiring.vendor == vendor)
}

const EITHER: &str = "`Token`, or `VendorFailed` with the code";

/// Every channel's wiring, in the order of [`Vendor::ALL`].
pub const WIRING: &[Wiring] = &[
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
        note: "Android 12 needs SDK 4.8.6 or newer",
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
        event: "`Token`, or `VendorFailed` with the exception's text, of which the name is kept",
        unregister: "`FirebaseMessaging.deleteToken()`",
        note: "without Play services the task fails",
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
        source: Source::read(
            "https://developer.huawei.com/consumer/cn/doc/doccenter-references/api/push-pushservice.md",
        ),
    },
];
