use super::row::row;
use crate::vendor::Remedy::{DeviceCannot, FixConfiguration, Nothing, Quota, RetryLater, UserMustAct};
use crate::vendor::{CodeRow, Pace, Source};

const STATES: Source = Source::read("https://www.yimenapp.com/kb-yimen/tag/android/page/2/amp");
const CODE: Source = Source::PUBLIC_CODE;
/// Of these only 8012, 8102 and 10001 were seen going into a callback.
const CLASSES: Source = Source::read_on("vivo push 4.1.0 (class files)", "2026-11-29");

const UNDOCUMENTED: &str = "an internal code of vivo's SDK, not documented";

const TOPIC: &str = "a topic call is faulty: push is off, or the topic is empty, too long or one too many";
const ALIAS: &str = "an alias call is faulty: push is off, or the alias is empty, too long or one too many";

/// vivo push: `onStateChanged`.
pub(in crate::vendor) const VIVO: &[CodeRow] = &[
    row(0, Nothing, "push is on", "take the id from getRegId", STATES),
    row(1, Nothing, "push was on already", "take the id from getRegId", STATES),
    row(101, DeviceCannot, "the system does not support vivo push", "use another channel", STATES),
    row(102, RetryLater, "initialisation failed", "call initialize again", STATES),
    row(1001, Quota, "over the daily number of calls", "call once a launch at most", STATES),
    row(1002, RetryLater, "called too often in a short time", "wait a little", STATES),
    row(1003, RetryLater, "timed out", "try again later", STATES),
    row(1004, FixConfiguration, "the app is on the black list", "ask vivo", STATES),
    row(1005, RetryLater, "the push service is unavailable", "try again later", STATES),
    row(8001, RetryLater, "no service of the system is bound", "try again later", CLASSES)
        .then(DeviceCannot, "use another vendor: the push service of this phone does not answer"),
    row(8002, RetryLater, UNDOCUMENTED, "try again later", CLASSES).at(Pace::Slow),
    row(8003, RetryLater, UNDOCUMENTED, "try again later", CLASSES).at(Pace::Slow),
    row(8005, RetryLater, UNDOCUMENTED, "try again later", CLASSES).at(Pace::Slow),
    row(8006, RetryLater, UNDOCUMENTED, "try again later", CLASSES).at(Pace::Slow),
    row(8007, RetryLater, UNDOCUMENTED, "try again later", CLASSES).at(Pace::Slow),
    row(8008, RetryLater, UNDOCUMENTED, "try again later", CLASSES).at(Pace::Slow),
    row(8012, RetryLater, UNDOCUMENTED, "try again later", CLASSES).at(Pace::Slow),
    row(8013, RetryLater, UNDOCUMENTED, "try again later", CLASSES).at(Pace::Slow),
    row(8100, RetryLater, "there is no command", "try again later", CLASSES).at(Pace::Slow),
    row(
        8101,
        RetryLater,
        "the answer of the system's push service is not readable",
        "try again later",
        CLASSES,
    )
    .at(Pace::Slow)
    .then(UserMustAct, "update the system of this phone"),
    row(
        8102,
        DeviceCannot,
        "the system's push service does not support the call",
        "use another vendor, or an older vivo SDK",
        CLASSES,
    ),
    row(10_000, RetryLater, "unknown error", "try again later", STATES),
    row(10_001, RetryLater, "push could not be switched; not documented further", "try again later", CLASSES)
        .at(Pace::Slow),
    row(
        10_003,
        FixConfiguration,
        "the package name does not match",
        "register the package name of this build in vivo's console",
        CODE,
    ),
    row(
        10_004,
        FixConfiguration,
        "the AppKey does not match",
        "copy com.vivo.push.api_key from vivo's console",
        CODE,
    ),
    row(
        10_005,
        FixConfiguration,
        "the AppID does not match",
        "copy com.vivo.push.app_id from vivo's console",
        CODE,
    ),
    row(
        20_001,
        FixConfiguration,
        TOPIC,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        20_002,
        FixConfiguration,
        TOPIC,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        20_003,
        FixConfiguration,
        TOPIC,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        20_004,
        FixConfiguration,
        TOPIC,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        30_001,
        FixConfiguration,
        ALIAS,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        30_002,
        FixConfiguration,
        ALIAS,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        30_003,
        FixConfiguration,
        ALIAS,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
];
