//! Secrets by name and by shape. No value is ever kept or shown.

/// Whether a name says that its value is a secret of a server. OPPO's `AppSecret` belongs to the client call.
pub(super) fn is_secret_name(name: &str) -> bool {
    const SECRETS: [&str; 5] = ["mastersecret", "clientsecret", "serversecret", "privatekey", "serverkey"];
    let name = normal(name);
    let oppo = ["oppo", "heytap", "coloros", "mcssdk"].iter().any(|maker| name.contains(maker));
    SECRETS.iter().any(|secret| name.contains(secret)) || (name.contains("appsecret") && !oppo)
}

/// What sort of secret a value has the shape of. `names` is the value's key behind those of the objects around it.
///
/// The shapes are those of public samples: they are hints.
pub(super) fn secret_shape(names: &str, value: &str) -> Option<&'static str> {
    let value = value.trim();
    let name = normal(names);
    if value.contains("-----BEGIN") && value.contains("PRIVATE KEY") {
        return Some("a private key in PEM form");
    }
    if name.ends_with("type") && value == "service_account" {
        return Some("a service account's key file");
    }
    if value.len() == 24 && value.ends_with("==") && is_base64(value) {
        return Some("a Xiaomi AppSecret: 24 characters of Base64");
    }
    let digest =
        ["sha256", "fingerprint", "hash", "digest", "checksum"].iter().any(|word| name.contains(word));
    if value.len() == 64 && !digest && value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some("a Huawei App Secret: 64 hexadecimal digits");
    }
    let vivo = name.contains("secret") || name.contains("vivo");
    (vivo && is_uuid(value)).then_some("a vivo AppSecret: a UUID")
}

/// Whether a name is OPPO's `AppKey`. `names` is the key behind those of the objects around it.
pub(super) fn is_oppo_app_key(names: &str) -> bool {
    let name = normal(names);
    let oppo = name.contains("oppo") || name.contains("heytap");
    oppo && name.ends_with("appkey")
}

/// Letters and digits in lower case.
pub(super) fn normal(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect()
}

fn is_base64(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

fn is_uuid(value: &str) -> bool {
    let mut lengths = [8, 4, 4, 4, 12].into_iter();
    let parts_fit = value
        .split('-')
        .all(|part| lengths.next() == Some(part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit()));
    parts_fit && lengths.next().is_none()
}
