//! What no input may do to the reader of taps.

use tim_offline_push::ext::{Container, Ext};
use tim_offline_push::notification::{Payload, Route, Tap};
use tim_offline_push::vendor::Vendor;

/// The first byte chooses the vendor, the second the form; the rest is the text.
pub fn tap(data: &[u8]) {
    let [vendor, form, rest @ ..] = data else { return };
    let vendor = Vendor::ALL.get(usize::from(*vendor) % (Vendor::ALL.len() + 1)).copied();
    let text = String::from_utf8_lossy(rest);
    let read = match form % 5 {
        0 => Tap::from_text(vendor, &text),
        1 => Tap::from_intent_uri(vendor, &text),
        2 => Tap::from_ext(vendor, &Ext::from_bytes(rest)),
        3 => Payload::from_pairs([("key_message", &*text)]).map(|payload| Tap::new(vendor, payload)),
        _ => {
            let pairs = text.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            Payload::from_pairs(pairs).map(|payload| Tap::new(vendor, payload))
        }
    };
    match read {
        Ok(tap) => holds(&tap),
        Err(error) => assert!(error.to_string().len() < 200),
    }
}

fn holds(tap: &Tap) {
    assert!(tap.weight() <= 8 * Payload::MAX_BYTES);
    assert_eq!(tap.ext().is_none(), tap.no_ext().is_some());
    assert_eq!(tap.ext().is_none(), tap.route() == Route::None);
    assert!(tap.dedupe_key().matches(&tap.dedupe_key()));
    assert!(format!("{tap:?}").len() < 500);
    let keys = tap.user_keys().count() + tap.system_keys().count();
    assert!(keys <= 4 * Payload::MAX_KEYS);
    if let Some(ext) = tap.ext() {
        let container = ext.container();
        let peer = container.as_ref().ok().and_then(|container| container.as_ref()).and_then(Container::peer);
        if let Some(found) = tap.route().peer() {
            // The route reads less than the container does, and never more.
            assert!(!matches!(container, Ok(Some(_))) || peer.as_ref() == Some(found));
        }
    }
    let stored = serde_json::to_string(tap).expect("a tap has a JSON form");
    assert_eq!(&serde_json::from_str::<Tap>(&stored).expect("what was written is read"), tap);
}
