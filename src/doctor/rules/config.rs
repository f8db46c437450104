//! Rules about the configuration: business ids, the app's keys, and what must not be there.

use crate::finding::{Rule, Severity};
use crate::vendor::Source;

const TIMPUSH: Source = Source::read("https://cloud.tencent.com/document/product/269/103769");
const ERROR_CODES: Source = Source::read("https://www.tencentcloud.com/document/product/1047/34348");
const CONSOLE: Source = Source::read("https://cloud.tencent.com/document/product/269/117847");
const FAQ: Source = Source::read("https://cloud.tencent.com/document/product/269/100650");
const IOS_FAQ: Source = Source::read("https://cloud.tencent.com/document/product/269/130369");
const OPPO_KEYS: Source = Source::read("https://tencentcloud.com/document/product/1024/37006");
const C_HEADER: Source = Source::read("Tencent's header TIMOfflinePushManager.h (im_electron_sdk 8.0.5906)");

pub(in crate::doctor) const ALL: &[&Rule] = &[
    UNREADABLE,
    SERVER_SECRET,
    SECRET_SHAPE,
    CERTIFICATE_MISSING,
    CERTIFICATE_ZERO,
    CERTIFICATE_INVALID,
    CERTIFICATE_SHARED,
    CERTIFICATE_CONFLICT,
    CERTIFICATE_UNASSIGNED,
    APNS_ENVIRONMENT,
    OPPO_KEY_IS_ID,
    CLIENT_KEY_MISSING,
    KEY_UNKNOWN,
];

pub(in crate::doctor) const UNREADABLE: &Rule = &Rule::new(
    "config-unreadable",
    Severity::Error,
    "The configuration is neither JSON nor source code with constants, or is too large or too deep.",
    "correct the file at the place named",
    TIMPUSH,
)
.with_examples(r#"--config {"huaweiPushBussinessId": }"#, r#"--config {"huaweiPushBussinessId": "30206"}"#);

pub(in crate::doctor) const SERVER_SECRET: &Rule = &Rule::new(
    "server-secret",
    Severity::Error,
    "A secret of the server ships with the app; whoever has the app has it.",
    "remove it from the app, have the vendor issue another one, and type that into Tencent's console only",
    Source::TENCENT_2021,
)
.with_examples(
    r#"--config {"xiaomiPushBussinessId": "30207", "xiaomiPushAppSecret": "AAAAAAAAAAAAAAAAAAAAAA=="}"#,
    r#"--config {"xiaomiPushBussinessId": "30207", "xiaomiPushAppKey": "5000000000000"}"#,
);

pub(in crate::doctor) const SECRET_SHAPE: &Rule = &Rule::new(
    "secret-shape",
    Severity::Warning,
    "A value has the shape of a server's secret: a private key, a service account, a Xiaomi, Huawei or vivo AppSecret.",
    "see what it is; if it is a secret, remove it from the app and have the vendor issue another one",
    Source::PUBLIC_CODE,
)
.with_examples(r#"--config {"xiaomiPushBussinessId": "30207", "xiaomiPushAppKey": "AAAAAAAAAAAAAAAAAAAAAA=="}"#, r#"--config {"xiaomiPushBussinessId": "30207", "xiaomiPushAppKey": "5000000000000"}"#);

pub(in crate::doctor) const CERTIFICATE_MISSING: &Rule = &Rule::new(
    "certificate-missing",
    Severity::Error,
    "The app wants a channel for which the configuration has no business id, or the configuration has none at all: tokens are never reported.",
    "upload the certificate to Tencent's console and write its id into the configuration",
    TIMPUSH,
)
.with_examples("--vendors Huawei,vivo\n--config {\"huaweiPushBussinessId\": \"30206\"}", "--vendors Huawei\n--config {\"huaweiPushBussinessId\": \"30206\"}");

pub(in crate::doctor) const CERTIFICATE_ZERO: &Rule = &Rule::new(
    "certificate-id-zero",
    Severity::Warning,
    "A business id is 0 or empty, which means that the channel is not configured; reported, it is error 22001.",
    "write the certificate's id from Tencent's console, or leave the channel out",
    ERROR_CODES,
)
.with_examples("--vendors Huawei\n--config {\"huaweiPushBussinessId\": 0}", "--vendors Huawei\n--config {\"huaweiPushBussinessId\": 30206}");

pub(in crate::doctor) const CERTIFICATE_INVALID: &Rule = &Rule::new(
    "certificate-id-invalid",
    Severity::Error,
    "A business id is no number from 1 to 4294967295.",
    "write the id that Tencent's console shows, not the AppID of the vendor",
    C_HEADER,
)
.with_examples(
    r#"--config {"xiaomiPushBussinessId": "2882303761500000000"}"#,
    r#"--config {"xiaomiPushBussinessId": "30207"}"#,
);

pub(in crate::doctor) const CERTIFICATE_SHARED: &Rule = &Rule::new(
    "certificate-id-shared",
    Severity::Error,
    "Two channels have one business id; a certificate belongs to one channel, so the other's tokens are not valid.",
    "write each channel's own id from Tencent's console",
    CONSOLE,
)
.with_examples(r#"--config {"huaweiPushBussinessId": "30206", "honorPushBussinessId": "30206"}"#, r#"--config {"huaweiPushBussinessId": "30206", "honorPushBussinessId": "30211"}"#);

pub(in crate::doctor) const CERTIFICATE_CONFLICT: &Rule = &Rule::new(
    "certificate-id-conflict",
    Severity::Error,
    "The same business id stands there twice with different values; the last one counts.",
    "keep the one that Tencent's console shows",
    TIMPUSH,
)
.with_examples(
    r#"--config {"HW_PUSH_BUZID": 30206, "huaweiPushBussinessId": "30216"}"#,
    r#"--config {"HW_PUSH_BUZID": 30206, "HW_PUSH_BUZID_ABROAD": 30216}"#,
);

pub(in crate::doctor) const CERTIFICATE_UNASSIGNED: &Rule = &Rule::new(
    "certificate-id-unassigned",
    Severity::Note,
    "A business id does not say whether it is of APNs or of HarmonyOS.",
    "name the channel when the file is read (ConfigReading::with_unassigned_for)",
    TIMPUSH,
)
.with_examples(r#"--config {"businessID": 30301}"#, "--vendors APNs\n--config {\"businessID\": 30301}");

pub(in crate::doctor) const APNS_ENVIRONMENT: &Rule = &Rule::new(
    "apns-environment",
    Severity::Warning,
    "APNs has a certificate for development only, and builds of TestFlight and the App Store need one for production.",
    "upload the production certificate too and configure both ids, or use a P8 key",
    IOS_FAQ,
)
.with_examples(r#"--config {"apns": {"development": {"businessId": 30301}}}"#, 
    r#"--config {"apns": {"development": {"businessId": 30301}, "production": {"businessId": 30302}}}"#,
);

pub(in crate::doctor) const OPPO_KEY_IS_ID: &Rule = &Rule::new(
    "oppo-key-is-id",
    Severity::Error,
    "OPPO's AppKey is made of digits only, as its AppID is; registered with the AppID, OPPO answers code 14.",
    "write the AppKey of OPPO's console, which the client call takes together with the AppSecret",
    OPPO_KEYS,
)
.with_examples(r#"--config {"oppoPushBussinessId": "30209", "oppoPushAppKey": "30000000", "oppoPushAppSecret": "0123456789abcdef0123456789abcdef"}"#, r#"--config {"oppoPushBussinessId": "30209", "oppoPushAppKey": "0123456789abcdef0123456789abcdef", "oppoPushAppSecret": "fedcba9876543210fedcba9876543210"}"#);

pub(in crate::doctor) const CLIENT_KEY_MISSING: &Rule = &Rule::new(
    "client-key-missing",
    Severity::Note,
    "A channel has a business id, and not the key that its client call takes.",
    "write the key into the configuration, unless the app has it elsewhere",
    FAQ,
)
.with_examples(r#"--config {"meizuPushBussinessId": "30208", "meizuPushAppId": "000000"}"#, r#"--config {"meizuPushBussinessId": "30208", "meizuPushAppId": "000000", "meizuPushAppKey": "0123456789abcdef"}"#);

pub(in crate::doctor) const KEY_UNKNOWN: &Rule = &Rule::new(
    "config-key-unknown",
    Severity::Note,
    "A key of the configuration means nothing here.",
    "check its spelling; Tencent's own keys say Bussiness",
    TIMPUSH,
)
.with_examples(
    r#"--config {"huaweiPushBusinessKey": "30206"}"#,
    r#"--config {"huaweiPushBussinessId": "30206"}"#,
);
