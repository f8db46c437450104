//! Keys and their values: secrets, sample text, ids, misspelt names. No value is kept or shown.

use super::rules::rule_id;
use crate::finding::{Finding, RuleId, Severity};
use crate::vendor::Vendor;

const SERVER_SECRET: RuleId = rule_id("server-secret");
const SECRET_SHAPE: RuleId = rule_id("secret-shape");
pub(super) const SAMPLE_TEXT: RuleId = rule_id("sample-text");
pub(super) const CLIENT_KEY_MISSING: RuleId = rule_id("client-key-missing");

/// A secret of the server, by its name.
pub(super) fn servers_secret(at: String) -> Finding {
    SERVER_SECRET.at(at, "by its name a secret of the server")
}

/// vivo's `AppSecret` in the place of its `AppKey`, as far as the `AppID` beside it shows: a UUID is the key
/// of an old app, with a short id; any other app has it by mistake.
pub(super) fn vivo_secret(key: &str, app_id: &str, at: String) -> Option<Finding> {
    let digits = app_id.trim();
    if !is_uuid(key.trim()) || digits.len() <= 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let cause = "the value looks like vivo's AppSecret, a UUID; the AppKey is 32 hexadecimal digits";
    Some(SECRET_SHAPE.at(at, cause).on(Vendor::Vivo).rated(Severity::Error))
}

/// The text of a sample.
pub(super) fn sample(at: String) -> Finding {
    SAMPLE_TEXT.at(at, "the text of a sample, not a value of the vendor's console")
}

/// Letters and digits in lower case.
pub(super) fn normal(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect()
}

/// A secret by its name: of a server, or one that an SDK in the app asks for. OPPO's `AppSecret` is an
/// argument of the client call; Aliyun's and Getui's are read by their SDKs from the manifest. Master secrets
/// never belong into an app.
pub(super) fn secret_by_name(key: &str, at: String) -> Option<Finding> {
    const SERVER: &str = "mastersecret clientsecret serversecret privatekey serverkey";
    const OF_CLIENTS: &str = "oppo heytap coloros mcssdk alibaba aliyun getui igexin umeng";
    let name = normal(key);
    if has_word(&name, SERVER) {
        return Some(servers_secret(at));
    }
    if !name.contains("appsecret") {
        return None;
    }
    // Getui's key has no name of Getui in it. Other SDKs have secrets of their own, which are not about push.
    let client = has_word(&name, OF_CLIENTS) || name == "pushappsecret";
    let of_push = vendor_of(key).is_some() || name.contains("push");
    if of_push && !client {
        return Some(servers_secret(at));
    }
    let finding = SERVER_SECRET.at(at, "a secret by its name that an SDK in the app asks for");
    Some(finding.rated(Severity::Note).with_fix("keep it out of public code"))
}

/// Whether one of the words, which spaces divide, stands in a name.
pub(super) fn has_word(name: &str, words: &str) -> bool {
    words.split(' ').any(|word| name.contains(word))
}

/// A value that looks like a secret. `names` is its key after those of the objects around it.
///
/// The shapes are those of public samples: they are hints.
pub(super) fn secret_by_shape(names: &str, value: &str, at: &str) -> Option<Finding> {
    let name = normal(names);
    let text = value.trim();
    // Keys of other SDKs may look alike.
    let of_push = vendor_of(names).is_some() || name.contains("push") || name.contains("secret");
    let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_base64 =
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
    let is_digest = has_word(&name, "sha256 fingerprint hash digest checksum");
    let is_pem = text.contains("-----BEGIN") && text.contains("PRIVATE KEY");
    let is_account = name.ends_with("type") && text == "service_account";
    let of_xiaomi = of_push && text.len() == 24 && text.ends_with("==") && is_base64;
    let shapes = [
        (is_pem, "a private key in PEM form"),
        (is_account, "a service account's key file"),
        (of_xiaomi, "a Xiaomi AppSecret: 24 characters of Base64"),
        (of_push && is_hex && !is_digest, "a Huawei App Secret: 64 hexadecimal digits"),
        (name.contains("secret") && is_uuid(text), "a vivo AppSecret: a UUID"),
    ];
    let (_, shape) = shapes.into_iter().find(|(holds, _)| *holds)?;
    let cause = format!("the value looks like {shape}; it is {} bytes long and not shown", value.len());
    Some(SECRET_SHAPE.at(at.to_owned(), cause))
}

/// Whether this is vivo's `AppKey` by its name. Its value is 32 hexadecimal digits; that of an app with a
/// short `AppID` is a UUID, as is vivo's `AppSecret`.
pub(super) fn is_vivo_key(names: &str) -> bool {
    let name = normal(names);
    name.contains("vivo") && (name.ends_with("appkey") || name.ends_with("apikey")) || names == "api_key"
}

/// Whether this is vivo's `AppID` by its name.
pub(super) fn is_vivo_id(names: &str) -> bool {
    let name = normal(names);
    name.contains("vivo") && name.ends_with("appid") && !is_vivo_key(names)
}

/// Whether a key is OPPO's `AppKey`. `names` is the key after those of the objects around it.
pub(super) fn is_oppo_app_key(names: &str) -> bool {
    let name = normal(names);
    (name.contains("oppo") || name.contains("heytap")) && name.ends_with("appkey")
}

/// Whether a value is the placeholder of a document or a sample.
pub(super) fn is_sample(value: &str) -> bool {
    const PHRASES: &str = "您的 你的 请填 填写 替换 申请的 申请到 自己的 在此";
    const WORDS: &str = "todo tbd changeme replaceme placeholder example sample dummy appid appkey appsecret apikey fillme insertkeyhere";
    const YOURS: &str =
        "app key id push secret api vivo oppo xiaomi mi huawei honor meizu package sender fcm client";
    let value = value.trim();
    let plain = normal(value);
    // A word that is filled in by the build is none.
    if value.is_empty() || value.contains("${") || value.starts_with('@') {
        return false;
    }
    let within = |open: char, close: char| value.starts_with(open) && value.ends_with(close);
    let same = |letter: char| {
        let mut letters = value.chars().filter(|char| !matches!(char, '-' | '_' | '='));
        value.len() >= 3 && letters.all(|char| char.eq_ignore_ascii_case(&letter))
    };
    let is_yours = |rest: &str| rest.is_empty() || YOURS.split(' ').any(|word| rest.starts_with(word));
    within('<', '>')
        || within('[', ']')
        || plain.strip_prefix("your").is_some_and(is_yours)
        || same('x')
        || same('*')
        || has_word(value, PHRASES)
        || value.contains("your own")
        || WORDS.split(' ').any(|word| word == plain)
        || plain.contains("xxxx")
}

/// Whether a name is that of a key which TIMPush hands to a vendor's client call.
pub(super) fn is_client_key(name: &str, vendor: Vendor) -> bool {
    const ENDS: [(Vendor, [&str; 2]); 3] = [
        (Vendor::Xiaomi, ["appid", "appkey"]),
        (Vendor::Meizu, ["appid", "appkey"]),
        (Vendor::Oppo, ["appkey", "appsecret"]),
    ];
    let name = normal(name);
    ENDS.iter().any(|(own, ends)| *own == vendor && ends.iter().any(|end| name.ends_with(end)))
}

/// Whether a name is one of a push SDK's ids or keys: of a vendor's, or of an SDK that collects several.
pub(super) fn is_push_id(name: &str) -> bool {
    const SDKS: &str = "push xiaomi huawei hms honor oppo heytap vivo meizu flyme fcm gcm getui igexin";
    const ENDS: [&str; 5] = ["id", "key", "secret", "number", "sender"];
    let plain = normal(name);
    // `…android` is the end of many a package.
    (has_word(&plain, SDKS) || vendor_by_prefix(name).is_some())
        && !plain.ends_with("android")
        && ENDS.iter().any(|end| plain.ends_with(end))
}

/// The words by which keys name a vendor, and what short names begin with.
const VENDORS: [(Vendor, &str, &[&str]); 9] = [
    (Vendor::Honor, "honor", &[]),
    (Vendor::Xiaomi, "xiaomi mipush", &["xm_", "mi_"]),
    (Vendor::Huawei, "huawei hms", &["hw_"]),
    (Vendor::Oppo, "oppo heytap", &["op_"]),
    (Vendor::Vivo, "vivo", &[]),
    (Vendor::Meizu, "meizu flyme", &["mz_"]),
    (Vendor::Fcm, "fcm firebase", &[]),
    (Vendor::Apns, "apns", &[]),
    (Vendor::HarmonyOs, "harmony", &[]),
];

/// The vendor that a key belongs to, by its name in configurations, manifests and placeholders.
pub(super) fn vendor_of(name: &str) -> Option<Vendor> {
    let plain = normal(name);
    let by_word = VENDORS.iter().find(|(_, words, _)| has_word(&plain, words)).map(|(vendor, ..)| *vendor);
    by_word.or_else(|| vendor_by_prefix(name))
}

/// The vendor whose prefix one of the names between dots has.
fn vendor_by_prefix(names: &str) -> Option<Vendor> {
    let lower = names.to_ascii_lowercase();
    let begins = |prefix: &str| lower.split('.').any(|name| name.starts_with(prefix));
    VENDORS.iter().find(|(.., prefixes)| prefixes.iter().any(|own| begins(own))).map(|(vendor, ..)| *vendor)
}

/// The vendor that a value of the configuration belongs to. A package around it may have a vendor's name in
/// it.
pub(super) fn vendor_of_setting(name: &str, path: &str) -> Option<Vendor> {
    vendor_of(name).or_else(|| vendor_of(path))
}

/// Whether a key of a configuration is misspelt: close to a known one, but not equal.
pub(super) fn is_misspelt(name: &str) -> bool {
    const VENDORS: &str = "xiaomi huawei honor oppo vivo meizu fcm apns harmony hw xm mz googlefcm google mi";
    const KEYS: &str =
        "bussinessid businessid buzid appid appkey appsecret channelid badgeclassname channelsoundname";
    let plain = normal(name);
    if plain.len() > 40 {
        return false;
    }
    VENDORS.split(' ').any(|vendor| {
        ["push", ""].iter().any(|push| {
            KEYS.split(' ').any(|key| {
                let known = vendor.len().saturating_add(push.len()).saturating_add(key.len());
                known.abs_diff(plain.len()) <= 2
                    && (plain.starts_with(vendor) || plain.ends_with(key))
                    && crate::finding::is_near(&plain, &format!("{vendor}{push}{key}"))
            })
        })
    })
}

fn is_uuid(value: &str) -> bool {
    value.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && value.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}
