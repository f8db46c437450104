use super::row::row;
use crate::vendor::Remedy::{FixConfiguration, Nothing, Quota, RetryLater, UserMustAct};
use crate::vendor::{CodeRow, Source};

const CODE: Source = Source::PUBLIC_CODE;
const TPNS: Source = Source::read("https://tencentcloud.com/document/product/1024/37006");

/// HeyTap push: `responseCode` of `onRegister`, which also fires on failure.
pub(in crate::vendor) const OPPO: &[CodeRow] = &[
    row(-2, RetryLater, "the initial value, or any error", "call getRegister, which repeats the call", CODE),
    row(-1, RetryLater, "the service is unavailable", "call getRegister later", CODE),
    row(0, Nothing, "registered", "take the registerID, if it is not empty", CODE),
    row(
        11,
        FixConfiguration,
        "no permission for the interface",
        "enable push for the app in OPPO's console; that takes about five minutes",
        CODE,
    ),
    row(12, FixConfiguration, "wrong HTTP verb", "update the SDK", CODE),
    row(13, Quota, "called too often", "call once a launch at most", CODE),
    row(
        14,
        FixConfiguration,
        "the AppKey is invalid",
        "pass AppKey and AppSecret to register; the AppId in place of the AppKey ends like this",
        TPNS,
    ),
    row(15, FixConfiguration, "the AppKey is missing", "pass AppKey and AppSecret to register", CODE),
    row(16, FixConfiguration, "the signature is invalid", "pass the AppSecret, not the MasterSecret", CODE),
    row(17, FixConfiguration, "the signature is missing", "pass the AppSecret", CODE),
    row(18, UserMustAct, "the time stamp is missing", "set the phone's clock", CODE),
    row(19, UserMustAct, "the time stamp is invalid", "set the phone's clock", CODE),
    row(20, FixConfiguration, "the method is invalid", "update the SDK", CODE),
    row(21, FixConfiguration, "the method is missing", "update the SDK", CODE),
    row(22, FixConfiguration, "the version is missing", "update the SDK", CODE),
    row(23, FixConfiguration, "the version is invalid", "update the SDK", CODE),
    row(24, FixConfiguration, "the version is not supported", "update the SDK", CODE),
    row(25, FixConfiguration, "wrong encoding", "send UTF-8", CODE),
    row(26, FixConfiguration, "the address is on OPPO's black list", "ask OPPO", CODE),
    row(40, FixConfiguration, "an argument is missing", "pass AppKey and AppSecret to register", CODE),
    row(41, FixConfiguration, "an argument is invalid", "pass AppKey and AppSecret to register", CODE),
];
