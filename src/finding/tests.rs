//! Which names of an input are shown, and which words are near.

use super::{is_near, shown, shown_key};

#[test]
fn keys_of_push_configurations_are_shown() {
    for key in [
        "huaweiPushBusinessKey",
        "HW_PUSH_BUZIDD",
        "xiaomi_push_app_keyy",
        "fcmPushChannelNames",
        "oppoPushSecret2",
        "MI_PUSH_BUZ_ID",
        "vivoPushBuisnessId",
        "push-token-url",
        "huaweiPushBussinesId",
        "meizuPushAppkey",
    ] {
        assert_eq!(shown_key(key), key);
    }
}

#[test]
fn a_key_that_could_be_a_secret_is_not_shown() {
    for key in [
        "AAAAAAAAAAAAAAAAAAAAAA==",
        "0123456789abcdef0123456789abcdef",
        "canary-secret",
        "Canary7",
        "pushCanary7",
        "xiaomi_8fJ2kqLmZx",
        "alice",
        "a",
        "",
        "推送密钥",
        "push推送",
        "sk-live-push",
        "12345678901",
    ] {
        assert!(shown_key(key).starts_with(&format!("a key of {} character", key.chars().count())));
    }
    assert_eq!(shown_key(&"push".repeat(100)), "a key of 400 characters");
}

#[test]
fn near_words_are_near() {
    assert!(is_near("buzidd", "buzid") && is_near("huawie", "huawei") && is_near("bussines", "bussiness"));
    assert!(!is_near("oppo", "vivo") && !is_near("canary", "category"));
}

#[test]
fn control_characters_are_escaped() {
    assert_eq!(shown("a\u{1b}[2J\n"), "a\\u{1b}[2J\\n");
}
