//! The vendors' registration error codes, each with its meaning, its fix and where it stands.

use super::{Pace, Remedy, Source, Vendor, WordList};

/// A table of codes as text, as a table of rows takes a pointer, a length and a relocation for each of its
/// texts.
///
/// A line is `codes words | meaning | fix | what helps if it persists`. The first word is the class (`done`,
/// `retry`, `config`, `device`, `user`, `quota`), which also begins what helps if the code persists;
/// `offline` and `slow` are the pace. A word in capitals is where the row stands, and those below it up to
/// the next such word; `WORD = document` says what it stands for, which was read on 2026-11-22 if nothing
/// else is said. Without a fix a row has the usual one of its class.
#[derive(Clone, Copy)]
pub(super) struct CodeTable(pub(super) &'static str);

/// A row of a [`CodeTable`], for one of its codes. What is not said is empty.
pub(super) struct TableRow {
    table: CodeTable,
    pub(super) code: &'static str,
    pub(super) words: WordList,
    pub(super) meaning: &'static str,
    fix: &'static str,
    if_it_persists: &'static str,
    source: &'static str,
}

impl CodeTable {
    pub(super) fn rows(self) -> impl Iterator<Item = TableRow> {
        let mut source = "";
        self.0.lines().filter_map(|line| line.split_once(" | ")).flat_map(move |(head, texts)| {
            let (codes, words) = head.trim_start().split_once(' ').unwrap_or_default();
            let words = WordList(words);
            source = words.iter().find(|word| word.bytes().all(|byte| byte < b'a')).unwrap_or(source);
            let mut texts = texts.split('|').map(str::trim);
            let [meaning, fix, if_it_persists] = [(); 3].map(|()| texts.next().unwrap_or_default());
            let (table, source) = (self, source);
            let row = move |code| TableRow { table, code, words, meaning, fix, if_it_persists, source };
            codes.split(',').map(row)
        })
    }
}

impl TableRow {
    /// What to do, if the row says so.
    pub(super) fn fix_or(&self, usual: &'static str) -> &'static str {
        if self.fix.is_empty() { usual } else { self.fix }
    }

    /// The class.
    pub(super) fn remedy(&self) -> Option<Remedy> {
        remedy(self.words.iter().next()?)
    }

    /// The class of what helps if the code persists, and in words.
    pub(super) fn if_it_persists(&self) -> Option<(Remedy, &'static str)> {
        let (class, fix) = self.if_it_persists.split_once(' ')?;
        Some((remedy(class)?, fix))
    }

    pub(super) fn pace(&self) -> Pace {
        let paces = [("offline", Pace::WhenConnected), ("slow", Pace::Slow), ("quota", Pace::Quota)];
        let said = paces.into_iter().find(|(word, _)| self.words.contains(word));
        said.map_or(Pace::Normal, |(_, pace)| pace)
    }

    /// Where the row stands.
    pub(super) fn source(&self) -> Source {
        let defined = |line: &'static str| line.trim_start().strip_prefix(self.source)?.strip_prefix(" = ");
        let document = match self.source {
            "CODE" => return Source::PUBLIC_CODE,
            "FAQ" => return Source::TENCENT_FAQ,
            "IOS_FAQ" => return Source::TENCENT_IOS_FAQ,
            _ => self.table.0.lines().find_map(defined).unwrap_or_default(),
        };
        let (document, day) = document.split_once(", read ").unwrap_or((document, "2026-11-22"));
        Source::read_on(document, day)
    }
}

/// The class that a word of a table names.
fn remedy(word: &str) -> Option<Remedy> {
    Some(match word {
        "done" => Remedy::Nothing,
        "retry" => Remedy::RetryLater,
        "config" => Remedy::FixConfiguration,
        "device" => Remedy::DeviceCannot,
        "user" => Remedy::UserMustAct,
        "quota" => Remedy::Quota,
        _ => return None,
    })
}

/// The table of a vendor.
pub(super) const fn code_table(vendor: Vendor) -> CodeTable {
    CodeTable(match vendor {
        Vendor::Xiaomi => XIAOMI,
        Vendor::Huawei => HUAWEI,
        Vendor::Honor => HONOR,
        Vendor::Oppo => OPPO,
        Vendor::Vivo => VIVO,
        Vendor::Meizu => MEIZU,
        Vendor::Fcm => FCM,
        Vendor::Apns => APNS,
        Vendor::HarmonyOs => HARMONY_OS,
    })
}

/// Mi Push: `ErrorCode` of the client SDK, and the server's codes, which reach the client as `resultCode`.
const XIAOMI: &str = "\
    SDK = MiPush SDK 6.0.1 (MiPushCommandMessage), read 2026-11-29
    SERVER = https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1560
    FORUM = https://www.cnblogs.com/zhangwenju/p/14240550.html
    0 done CODE | registered | take the regId from commandArguments
    70000001 retry | the push service is unavailable
    70000002 retry | authentication failed | set the phone's clock; switch proxy or VPN off; check the network; then \
        compare AppID and AppKey with the console | config compare AppID and AppKey with the Xiaomi console; check \
        clock, proxy, VPN and network
    70000003 config | the payload is invalid | correct the arguments of the call
    70000004 retry | internal error of the client SDK
    -1 retry slow SDK | failed, without a code of the server
    10001 retry SERVER | system error at the server
    10002 retry | the server is busy
    10003 retry | error of a remote service
    10008 config | a parameter is wrong | correct the arguments of the call
    10016 config | a parameter is missing | pass AppID and AppKey
    10017 config | a parameter is illegal | correct the arguments of the call
    10027 quota | called too often
    10029 retry | the server does not know the device | try again once; if it stays, call unregisterPush, then \
        registerPush
    10031 config FAQ | the app is on the black list | ask Xiaomi; apps that are not in the store yet are answered like \
        this
    10036 config | the operation is forbidden | publish the app in Xiaomi's store, or ask Xiaomi
    21301 config SERVER | authentication failed | compare AppID and AppKey with the console
    21302 config | token authentication failed | compare AppID and AppKey with the console
    22000 config | the application is illegal | check the app's state in the Xiaomi console
    22006 config | the AppID is invalid | copy the AppID from the Xiaomi console
    22007 config | the AppKey is invalid | copy the AppKey from the Xiaomi console
    22022 config | the package name is invalid | register the package name of this build in the Xiaomi console, and \
        switch push on for the app there
    66108 config FORUM | something is wrong with the package name | compare the package name of this build with the \
        Xiaomi console";

/// HMS: `ApiException.statusCode`. Codes that only topics and upstream messages can have are left in, since
/// one callback may serve several calls; they say nothing of the registration.
const HUAWEI: &str = "\
    SDK = https://github.com/HMS-Core/hms-cordova-plugin (cordova-plugin-hms-push, HmsPushResultCode.ts)
    COMMON = https://developer.huawei.com/consumer/cn/doc/development/HMSCore-Guides/commonerror-0000001059816656
    REFERENCE = https://developer.huawei.com/consumer/cn/doc/HMSCore-References-V5/error-code-0000001050255690-V5/
    0 done SDK | done | take the token from the return value, or wait for onNewToken
    -5 config COMMON | the token task failed: classes were shrunk away | add the shrinker rules of HMS to the release \
        build
    1001 user CODE | HMS Core is not installed | install HMS Core, or use another vendor | device use another vendor: \
        this phone has no HMS Core
    6002 config SDK | there is no authentication information for the app | check the app id and agconnect-services.json
    6003 config COMMON | the signing fingerprint does not match | register this build's SHA-256 fingerprint in \
        AppGallery Connect, then clear HMS Core's data, which caches it
    6004 config | the app has no permission for Push Kit | switch Push Kit off and on in AppGallery Connect, wait \
        about 30 minutes, clear HMS Core's data
    6005 config SDK | the app is not authorized | authorize Push Kit in AppGallery Connect
    6006 config | the authorization has expired | renew it in AppGallery Connect
    907122030 retry | there is no token yet
    907122031 retry offline | no network | try again when the network is back
    907122032 retry | the token has expired | call deleteToken, then getToken
    907122034 config | over 2000 topics | unsubscribe from some
    907122035 retry | a topic operation could not be sent
    907122036 config | the push right is not enabled | enable Push Kit for the app in AppGallery Connect
    907122037 retry | the application for a token failed
    907122038 config | no data storage location is chosen | choose one for the project in AppGallery Connect
    907122041 config | an upstream message is too large | send less; no matter of registration
    907122042 config | an upstream message has wrong arguments | correct it; no matter of registration
    907122043 quota | too many upstream messages | send fewer; no matter of registration
    907122044 config | an upstream message has a wrong lifetime | correct it; no matter of registration
    907122045 retry | unknown error, or a wrapper's code for any failure | read the message that comes with it: it \
        holds the code of HMS; hand that over | config hand over the message that comes with it: it holds the code of \
        HMS, such as 6003
    907122046 retry | the service is unavailable
    907122047 retry | error of the push server
    907122048 retry | HMS Core cannot reach Push Kit
    907122049 device | the EMUI version is too old
    907122050 config | called on the main thread | call getToken on a worker thread
    907122051 device | the device certificate could not be checked
    907122052 retry | the service could not be bound
    907122053 config | a token was requested across regions | use an app whose data storage location covers the \
        device's region
    907122054 retry | the SDK is initialising itself | try again in a few seconds, or switch auto-initialisation off
    907135000 config | the arguments are wrong | compare the app id in the code with agconnect-services.json
    907135001 retry | internal error | try again, or restart the process
    907135002 config | the interface does not exist | update the HMS SDK in the app
    907135003 retry offline | the client is invalid: offline, or HMS Core too old | try again when the network is \
        back; if it stays, update HMS Core | user update HMS Core from AppGallery, and check network, proxy and VPN
    907135004 retry | HMS Core did not answer in time
    907135005 device | the service is not offered in this region
    907135006 retry | the session with HMS Core is invalid
    907135007 user REFERENCE | the privacy statement of HMS is not accepted | ask the user to finish the set-up of HMS \
        Core
    907135700 retry SDK | the list of scopes could not be queried: offline, or the app is not created | try again; if \
        it stays, create the app in AppGallery Connect | config create the app in AppGallery Connect and enable Push \
        Kit; check the network
    907135701 config | the list of scopes is empty | enable Push Kit in AppGallery Connect
    907135702 config | no signing fingerprint is configured | register this build's SHA-256 fingerprint in AppGallery \
        Connect
    907135703 config | the list of permissions is empty | enable Push Kit in AppGallery Connect";

/// Honor Push: `HonorPushErrorCode`, complete.
const HONOR: &str = "\
    AGGREGATOR = https://cloud.tencent.com/document/product/548/45659
    0 done CODE | done | take the token from onSuccess or onNewToken
    8001000 device AGGREGATOR | the device does not support Honor Push | try HMS: Honor phones from before Honor's own \
        service use it
    8001001 config CODE | called on the main thread | call it on a worker thread
    8001002 config | the app id is missing | declare com.hihonor.push.app_id in the manifest
    8001003 config AGGREGATOR | the certificate fingerprint is empty | sign the build, and register its fingerprint \
        with Honor
    8001004 retry CODE | there is no token | call getPushToken again
    8001005 config | the SDK is not initialised | call HonorPushClient.init first
    8002001 retry | the service could not be bound
    8002002 retry | the service disconnected | try again in a few seconds
    8002003 retry | the connection timed out
    8002004 config | the arguments of the service are invalid
    8002005 retry | the service was bound to nothing | try again; if it stays, use HMS or FCM | device use HMS or FCM: \
        this phone has no working service of Honor
    8002006 device | the service is invalid | use HMS or FCM
    8002007 user | the service is disabled | ask the user to enable the push service
    8002008 device | the service is missing | try HMS
    8003001 retry | error of the push server
    8003002 retry | unknown error
    8003003 retry | internal error
    8003004 config | the arguments are wrong
    8003005 quota | called too often
    8003006 retry offline | no network | try again when the network is back
    8003007 user | the user has not agreed to the statement | ask the user to agree to the statement of Honor's services
    8003008 retry | the request timed out
    10214 quota | requests are too frequent";

/// HeyTap push: `responseCode` of `onRegister`, which also fires on failure.
const OPPO: &str = "\
    TPNS = https://tencentcloud.com/document/product/1024/37006
    -2 retry CODE | the initial value, or any error | call getRegister, which repeats the call
    -1 retry | the service is unavailable | call getRegister later
    0 done | registered | take the registerID, if it is not empty
    11 config | no permission for the interface | enable push for the app in OPPO's console; that takes about five \
        minutes
    12 config | wrong HTTP verb | update the SDK
    13 quota | called too often
    14 config TPNS | the AppKey is invalid | pass AppKey and AppSecret to register; the AppId in place of the AppKey \
        ends like this
    15 config CODE | the AppKey is missing | pass AppKey and AppSecret to register
    16 config | the signature is invalid | pass the AppSecret, not the MasterSecret
    17 config | the signature is missing | pass the AppSecret
    18 user | the time stamp is missing | set the phone's clock
    19 user | the time stamp is invalid | set the phone's clock
    20 config | the method is invalid | update the SDK
    21 config | the method is missing | update the SDK
    22 config | the version is missing | update the SDK
    23 config | the version is invalid | update the SDK
    24 config | the version is not supported | update the SDK
    25 config | wrong encoding | send UTF-8
    26 config | the address is on OPPO's black list | ask OPPO
    40 config | an argument is missing | pass AppKey and AppSecret to register
    41 config | an argument is invalid | pass AppKey and AppSecret to register";

/// vivo push: `onStateChanged`. Of the SDK's internal codes only 8012, 8102 and 10001 were seen going into a
/// callback.
const VIVO: &str = "\
    STATES = https://www.yimenapp.com/kb-yimen/tag/android/page/2/amp
    SDK = vivo push 4.1.0 (class files), read 2026-11-29
    0 done STATES | push is on | take the id from getRegId
    1 done | push was on already | take the id from getRegId
    101 device | the system does not support vivo push
    102 retry | initialisation failed | call initialize again
    1001 quota | over the daily number of calls
    1002 retry | called too often in a short time | wait a little
    1003 retry | timed out
    1004 config | the app is on the black list | ask vivo
    1005 retry | the push service is unavailable
    8001 retry SDK | no service of the system is bound | | device use another vendor: the push service of this phone \
        does not answer
    8002,8003,8005,8006,8007,8008,8012,8013 retry slow | an internal code of vivo's SDK, not documented
    8100 retry slow | there is no command
    8101 retry slow | the answer of the system's push service is not readable | | user update the system of this phone
    8102 device | the system's push service does not support the call | use another vendor, or an older vivo SDK
    10000 retry STATES | unknown error
    10001 retry slow SDK | push could not be switched; not documented further
    10003 config CODE | the package name does not match | register the package name of this build in vivo's console
    10004 config | the AppKey does not match | copy com.vivo.push.api_key from vivo's console
    10005 config | the AppID does not match | copy com.vivo.push.app_id from vivo's console
    20001,20002,20003,20004 config | a topic call is faulty: push is off, or the topic is empty, too long or one too \
        many | turn push on first, and correct the call; no matter of registration | user ask the user to switch push \
        on
    30001,30002,30003 config | an alias call is faulty: push is off, or the alias is empty, too long or one too many | \
        turn push on first, and correct the call; no matter of registration | user ask the user to switch push on";

/// Flyme push: `RegisterStatus.getCode()`, a number as text. `onRegisterStatus` also fires on failure.
const MEIZU: &str = "\
    SERVER = https://npmjs.com/package/meizu-push
    SDK = Meizu push-internal 5.0.5 (class files), read 2026-11-29
    API = https://github.com/MEIZUPUSH/PushAPI (README.md)
    200 done SERVER | registered | take getPushId, if it is not empty
    201 config | refused | check the app in Meizu's console
    500 retry | any other error
    501 retry | error of the database
    513 retry | the push failed
    518 quota | over the rate limit
    519 retry | the server is overloaded
    520 quota | the notification was folded away | send less often
    1001 retry | system error
    1003 retry | the server is busy
    1005 config | a parameter is wrong
    1006 config | the signature is wrong | compare appId and appKey with Meizu's console
    20000 device SDK | the device cannot register
    20001 config | a parameter is wrong | pass appId and appKey
    110000 config API | the appId is illegal | copy the appId from Meizu's console
    110001 config | the appKey is illegal | copy the appKey from Meizu's console
    110002 retry | the pushId is not subscribed | register anew
    110003 retry | the pushId is illegal | register anew
    110004 config | a parameter is empty | pass appId and appKey
    110009 config | the app is on the black list | ask Meizu
    110010 quota | over the rate limit, or push is switched off";

/// FCM: the message of the `IOException` that the token's `Task` ends with. Names that are seen in crash
/// reports but that no document classes are retried slowly, like unknown ones.
const FCM: &str = "\
    PLAY = https://github.com/firebase/firebase-android-sdk/issues/7009
    RPC = https://github.com/firebase/firebase-android-sdk (firebase-messaging, GmsRpc.java)
    CRASHES = https://github.com/firebase/firebase-android-sdk/issues/2638
    MISSING = https://github.com/helpcrunch/android-sdk-demo/issues/35
    INSTALLATIONS = https://github.com/firebase/firebase-android-sdk/issues/3050, read 2026-11-29
    SWITCH = firebase-messaging 25.1 (class files), read 2026-11-29
    SERVICE_NOT_AVAILABLE retry offline PLAY | offline, Google out of reach or down, or Play services broken or absent \
        | try again when the network is back; without Play services use another vendor | device use another vendor: \
        Google is out of reach, or Play services are missing or frozen
    INTERNAL_SERVER_ERROR,InternalServerError retry RPC | error of the server
    TOO_MANY_SUBSCRIBERS quota | over the quota of topics | unsubscribe from some
    INSTANCE_ID_RESET retry | the app's identity was reset | fetch the token again
    AUTHENTICATION_FAILED retry slow CRASHES | authentication failed | look at Play services, the API key and the \
        google-services.json of this build | config compare google-services.json and its API key with the Firebase \
        project
    MISSING_INSTANCEID_SERVICE retry slow MISSING | a service is missing from the app | look at Play services, the API \
        key and the google-services.json of this build | config keep Firebase's services in the merged manifest
    FIS_UNAVAILABLE retry offline INSTALLATIONS | the Firebase Installations service cannot be reached | try again \
        later; without access to Google use another vendor | config allow the Firebase Installations API for the API \
        key of google-services.json, and this build's package and SHA-1 in its restrictions
    FIS_AUTH_ERROR config CRASHES | Firebase Installations refused the app: its API key may not be used for it | allow \
        the Firebase Installations API for the API key of google-services.json, and this build's package and SHA-1 in \
        its restrictions
    TOO_MANY_REGISTRATIONS device | too many apps on this phone are registered with Google | remove apps from the \
        phone, or use another vendor; FCM's SDK does not try again
    PHONE_REGISTRATION_ERROR retry slow | the phone could not be registered | look at Play services, the API key and \
        the google-services.json of this build | device use another vendor: Play services of this phone do not \
        register it
    API_DISABLED config SWITCH | the manifest switches FCM to installation ids, so that calls for a token throw | call \
        register() and report what onRegistered gives, or set firebase_messaging_installation_id_enabled to false";

/// APNs: the code of the error in `didFailToRegisterForRemoteNotificationsWithError`. Any other is a matter
/// of the network and is retried like an unknown one.
const APNS: &str = "\
    3000 config IOS_FAQ | the build has no aps-environment entitlement | add the push capability to the target, and a \
        provisioning profile that has it
    3010 device CODE | this simulator cannot register for remote notifications | run the app on a real device";

/// HarmonyOS Push Kit: `BusinessError.code`.
const HARMONY_OS: &str = "\
    ERRORS = https://developer.huawei.com/consumer/en/doc/harmonyos-references/push-error-code/
    V5 = https://developer.huawei.com/consumer/cn/doc/harmonyos-references-v5/push-error-code-V5/
    IDENTITY = https://blog.csdn.net/Mayism123/article/details/138222958
    401 config CODE | a parameter is wrong
    1000900001 retry ERRORS | internal error of the system
    1000900002 config | the extension is missing | declare the ability in module.json5
    1000900003 config | the extension's callback failed | look into the extension
    1000900004 config | the extension timed out | do less in the extension
    1000900005 config | the receiver is registered twice | register it once
    1000900006 retry V5 | the AAID service cannot be reached
    1000900007 retry | internal error of the AAID service
    1000900008 retry CODE | the push service cannot be reached
    1000900009 retry | internal error of the push service
    1000900010 config IDENTITY | the app's identity is illegal | compare client_id, signing fingerprint, bundle name \
        and app type with AppGallery Connect
    1000900011 retry offline CODE | no network | try again when the network is back; ports 5223 and 443 must be open
    1000900012 config | the push right is not activated | activate Push Kit for the app in AppGallery Connect
    1000900013 config | a token was requested across regions | use an app that is registered for the device's region
    1000900014 device | the device cannot get a token | use a real device";
