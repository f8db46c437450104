//! What must not be seen: secrets and accounts.

use proptest::prelude::*;
use tim_offline_push::account::{IdError, UserId};
use tim_offline_push::secret::{Fingerprint, Secret};

#[test]
fn a_user_id_has_1_to_32_bytes() {
    assert_eq!(UserId::new(""), Err(IdError::Empty { id: "user id" }));
    assert_eq!(UserId::new("a".repeat(32)).map(|user| user.as_str().len()), Ok(32));
    // Bytes, not characters.
    assert_eq!(
        UserId::new("\u{6d88}".repeat(11)),
        Err(IdError::TooLong { id: "user id", bytes: 33, max: 32 })
    );
    assert_eq!(serde_json::to_string(&UserId::new("denny").unwrap()).unwrap(), "\"denny\"");
    assert!(serde_json::from_str::<UserId>("\"\"").is_err());
}

#[test]
fn a_fingerprint_is_the_same_on_every_machine() {
    // Logs of two versions must be comparable.
    assert_eq!(Fingerprint::of(b"").to_string(), "4fd0bfc1");
    assert_eq!(
        Fingerprint::of(b"d//igwEhgBGCI2TG6lWq").to_string(),
        Secret::new("d//igwEhgBGCI2TG6lWq").fingerprint().to_string()
    );
    assert_ne!(Fingerprint::of(b"a"), Fingerprint::of(b"b"));
    assert_eq!(format!("{:?}", Fingerprint::of(b"")), "4fd0bfc1");
}

proptest! {
    #[test]
    fn nothing_of_a_secret_or_an_account_is_shown(text in "[G-Zg-z]{8,32}") {
        let secret = format!("{:?}", Secret::new(text.as_str()));
        let account = format!("{:?}", UserId::new(text.as_str()).unwrap());
        // The texts have no character that a hex digit has.
        for shown in [secret, account] {
            prop_assert!(!shown.contains(&text));
            let words = ["redacted", "bytes", "UserId"];
            let rest = words.iter().fold(shown, |rest, word| rest.replace(word, ""));
            prop_assert!(!rest.contains(|character: char| matches!(character, 'g'..='z' | 'G'..='Z')), "{rest}");
        }
    }

    #[test]
    fn any_text_is_an_account_or_none(text in any::<String>()) {
        prop_assert_eq!(UserId::new(text.as_str()).is_ok(), (1..=UserId::MAX_BYTES).contains(&text.len()));
    }
}
