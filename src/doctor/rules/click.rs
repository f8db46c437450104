//! Rules about what a tap opens: the value in the console, against the manifest.

use crate::finding::{Rule, Severity};
use crate::vendor::Source;

const CLICK_JUMP: Source = Source::read("https://cloud.tencent.com/document/product/269/100648");
const FAQ: Source = Source::read("https://cloud.tencent.com/document/product/269/100650");
const ANDROID_13: Source =
    Source::read("https://developer.android.com/about/versions/13/behavior-changes-13");
const FILTERS: Source = Source::read("https://developer.android.com/guide/components/intents-filters");
const HUAWEI: Source = Source::read(
    "https://developer.huawei.com/consumer/cn/doc/HMSCore-Guides/andorid-basic-clickaction-0000001087554076",
);
const PLAY: Source = Source::read("https://support.google.com/faqs/answer/9101196");

pub(in crate::doctor) const ALL: &[&Rule] = &[
    UNREADABLE,
    FORM,
    NOT_OFFERED,
    TOO_LONG,
    UNTRUSTED,
    LOSES,
    CLEAR_TOP,
    OTHER_PACKAGE,
    COMPONENT_UNKNOWN,
    FILTER_MISMATCH,
    SCHEME_CASE,
    DEFAULT_CATEGORY,
    OPPO_ACTION_DATA,
    WEB_EXT,
];

pub(in crate::doctor) const UNREADABLE: &Rule = &Rule::new(
    "click-unreadable",
    Severity::Error,
    "The intent URI cannot be read by Android.",
    "let the crate write it: click_action::Screen::intent_uri",
    FAQ,
)
.with_examples("--click Xiaomi=intent://im/detail#Intent;scheme=chat;launchFlags=zzz;end", 
    "--click Xiaomi=intent://im/detail#Intent;scheme=chat;launchFlags=0x4000000;component=com.example.im/.ChatActivity;end",
);

pub(in crate::doctor) const FORM: &Rule = &Rule::new(
    "click-form",
    Severity::Error,
    "The value has another form than the vendor's console takes: an intent URI, a full class name or a web address.",
    "Xiaomi, Huawei, Honor and vivo take an intent URI, OPPO and Meizu the full name of the activity's class",
    Source::TENCENT_2021,
)
.with_examples(
    "--click OPPO=intent://im/detail#Intent;scheme=chat;component=com.example.im/.ChatActivity;end", "--click OPPO=com.example.im.ChatActivity");

pub(in crate::doctor) const NOT_OFFERED: &Rule = &Rule::new(
    "click-not-offered",
    Severity::Note,
    "The vendor's certificate has no such field; a tap opens the app.",
    "leave it empty; the app routes by ext when it is opened",
    Source::TENCENT_2021,
)
.with_examples("--click FCM=com.example.im.ChatActivity", "--click FCM=");

pub(in crate::doctor) const TOO_LONG: &Rule = &Rule::new(
    "click-too-long",
    Severity::Error,
    "The value is longer than the vendor's server takes.",
    "shorten it: what the screen needs travels in ext",
    CLICK_JUMP,
)
.with_examples(
    "--click vivo=intent://im/LONG#Intent;scheme=chat;component=com.example.im/.ChatActivity;end",
    "--click vivo=intent://im/detail#Intent;scheme=chat;component=com.example.im/.ChatActivity;end",
);

pub(in crate::doctor) const UNTRUSTED: &Rule = &Rule::new(
    "click-untrusted",
    Severity::Error,
    "The intent has a selector, hands on permissions, or reaches files, providers or script, which has no business in a push.",
    "leave it out",
    PLAY,
)
.with_examples(
    "--click Xiaomi=intent://im/detail#Intent;scheme=content;launchFlags=0x3;component=com.example.im/.ChatActivity;end", 
    "--click Xiaomi=intent://im/detail#Intent;scheme=chat;component=com.example.im/.ChatActivity;end",
);

pub(in crate::doctor) const LOSES: &Rule = &Rule::new(
    "click-loses",
    Severity::Warning,
    "Written as a URI and read again, the intent is not the same.",
    "let the crate write it: click_action::Screen refuses what is not read back",
    CLICK_JUMP,
)
.with_examples(
    "--click Xiaomi=intent:chat#Intent;component=com.example.im/.ChatActivity;end",
    "--click Xiaomi=intent://im/detail#Intent;scheme=chat;component=com.example.im/.ChatActivity;end",
);

pub(in crate::doctor) const CLEAR_TOP: &Rule = &Rule::new(
    "click-clear-top",
    Severity::Warning,
    "FLAG_ACTIVITY_CLEAR_TOP (launchFlags=0x4000000) is not set, without which Huawei shows the page twice.",
    "add the flag, as click_action::Screen::new does",
    HUAWEI,
)
.with_examples("--click Huawei=intent://im/detail#Intent;scheme=chat;component=com.example.im/.ChatActivity;end", 
    "--click Huawei=intent://im/detail#Intent;scheme=chat;launchFlags=0x4000000;component=com.example.im/.ChatActivity;end",
);

pub(in crate::doctor) const OTHER_PACKAGE: &Rule = &Rule::new(
    "click-other-package",
    Severity::Error,
    "The intent names a component of another app.",
    "write the application id of this build before the slash",
    FAQ,
)
.with_examples(
    "--app com.example.im\n--click Xiaomi=intent://im/detail#Intent;scheme=chat;component=com.example.old/com.example.im.ChatActivity;end", 
    "--app com.example.im\n--click Xiaomi=intent://im/detail#Intent;scheme=chat;component=com.example.im/.ChatActivity;end",
);

pub(in crate::doctor) const COMPONENT_UNKNOWN: &Rule = &Rule::new(
    "component-not-declared",
    Severity::Error,
    "The activity that a tap opens is not in the manifest, so that the tap does nothing.",
    "declare it, or correct the name in the console",
    FAQ,
)
.with_examples("--click OPPO=com.example.im.Chat\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\" />", 
    "--click OPPO=com.example.im.ChatActivity\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\" />",
);

/// The example's activity.
const CHAT: &str = "--click vivo=intent://im/detail#Intent;scheme=chat;component=com.example.im/.ChatActivity;end\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.VIEW\" /><category android:name=\"android.intent.category.DEFAULT\" /><data android:scheme=\"chat\" android:host=\"im\" android:path=\"/detail\" /></intent-filter></activity>";

pub(in crate::doctor) const FILTER_MISMATCH: &Rule = &Rule::new(
    "filter-mismatch",
    Severity::Error,
    "No intent filter takes the intent: without a component nothing is found, and with one Android 13 refuses it.",
    "paste the lines of click_action::Screen::manifest into the manifest, or correct the URI in the console",
    ANDROID_13,
)
.with_examples(
    "--click vivo=intent://im/details#Intent;scheme=chat;component=com.example.im/.ChatActivity;end\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.VIEW\" /><data android:scheme=\"chat\" android:host=\"im\" android:path=\"/detail\" /></intent-filter></activity>", CHAT);

pub(in crate::doctor) const SCHEME_CASE: &Rule = &Rule::new(
    "click-scheme-case",
    Severity::Warning,
    "The URI's scheme or host has other capital letters than the filter, or has any; Android compares letter by letter.",
    "write it in small letters, in the console and in the manifest",
    FILTERS,
)
.with_examples("--click vivo=intent://im/detail#Intent;scheme=Chat;component=com.example.im/.ChatActivity;end", CHAT);

pub(in crate::doctor) const DEFAULT_CATEGORY: &Rule = &Rule::new(
    "default-category-missing",
    Severity::Error,
    "The filter lacks the category DEFAULT: nothing is found by an intent that names no component, and OPPO finds nothing by action.",
    "add <category android:name=\"android.intent.category.DEFAULT\" />",
    FILTERS,
)
.with_examples(
    "--click vivo=intent://im/detail#Intent;scheme=chat;end\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.VIEW\" /><data android:scheme=\"chat\" android:host=\"im\" android:path=\"/detail\" /></intent-filter></activity>", CHAT);

pub(in crate::doctor) const OPPO_ACTION_DATA: &Rule = &Rule::new(
    "oppo-action-data",
    Severity::Error,
    "OPPO is to open the screen by an intent action, and the filter with that action has data, with which OPPO does not find it.",
    "give the action a filter of its own without <data>, or type the class name into the console",
    Source::TENCENT_2021,
)
.with_examples(
    "--click OPPO=com.example.im.CHAT\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"><intent-filter><action android:name=\"com.example.im.CHAT\" /><category android:name=\"android.intent.category.DEFAULT\" /><data android:scheme=\"chat\" /></intent-filter></activity>", 
    "--click OPPO=com.example.im.CHAT\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"><intent-filter><action android:name=\"com.example.im.CHAT\" /><category android:name=\"android.intent.category.DEFAULT\" /></intent-filter></activity>",
);

pub(in crate::doctor) const WEB_EXT: &Rule = &Rule::new(
    "click-web-ext",
    Severity::Warning,
    "A tap opens a web page: the app does not see it, and ext does not reach it.",
    "open the app or a screen of it, if ext is wanted",
    CLICK_JUMP,
)
.with_examples(
    "--app com.example.im\n--click Xiaomi=https://example.com/chat",
    "--app com.example.im\n--no-ext\n--click Xiaomi=https://example.com/chat",
);
