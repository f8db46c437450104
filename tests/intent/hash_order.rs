//! The order of Android's collections: by Java's signed hash, equal hashes by first insertion.

use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;
use tim_offline_push::intent::{AndroidUri, Extra, Intent, ParseFlags, UriScheme};

/// `String.hashCode` by its definition: s[0]·31^(n−1) + … + s[n−1].
fn java_hash(text: &str) -> i32 {
    let sum = text.encode_utf16().fold(0_u32, |sum, unit| sum.wrapping_mul(31).wrapping_add(u32::from(unit)));
    i32::from_ne_bytes(sum.to_ne_bytes())
}

/// Each key once, where it came first, with the value that came last; then sorted by the hash alone.
fn model<V: Clone>(entries: &[(String, V)]) -> Vec<(String, V)> {
    let mut ordered: Vec<(String, V)> = Vec::new();
    for (key, value) in entries {
        match ordered.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => *old = value.clone(),
            None => ordered.push((key.clone(), value.clone())),
        }
    }
    ordered.sort_by_key(|(key, _)| java_hash(key));
    ordered
}

/// Few keys, many of an equal hash, many of a negative one.
fn key() -> impl Strategy<Value = String> {
    prop_oneof!["(Aa|BB|C#){1,3}", "[a-z]{1,2}", "[a-zA-Z.]{6,20}", ".{0,3}"]
}

fn check(entries: &[(String, i64)]) -> Result<(), TestCaseError> {
    let expected = model(entries);
    let mut intent = Intent::new();
    let mut uri = String::from("intent:#Intent;");
    for (key, value) in entries {
        let known = intent.extra(key);
        prop_assert_eq!(intent.set_extra(key.as_str(), *value), known);
        intent.add_category(key.as_str());
        let key = AndroidUri::encode(key, "");
        write!(uri, "category={key};l.{key}={value};").expect("a string takes all");
    }
    uri += "end";
    let read = Intent::parse_uri(&uri, ParseFlags::INTENT_SCHEME)?;
    for intent in [&intent, &read] {
        let categories: Vec<&str> = intent.categories().collect();
        prop_assert_eq!(&categories, &expected.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>());
        let extras: Vec<_> = intent.extras().map(|(key, value)| (key.unwrap(), value)).collect();
        let expected: Vec<_> =
            expected.iter().map(|(key, value)| (key.as_str(), Extra::Long(*value))).collect();
        prop_assert_eq!(extras, expected);
        prop_assert_eq!(intent.extras().count(), expected_len(entries));
    }
    let printed = intent.to_uri(UriScheme::Intent)?;
    let keys = printed.split(';').filter_map(|item| item.strip_prefix("category="));
    let keys: Vec<_> = keys.map(|key| AndroidUri::decode(key).into_owned()).collect();
    prop_assert_eq!(keys, expected.into_iter().map(|(key, _)| key).collect::<Vec<_>>());
    Ok(())
}

fn expected_len<V: Clone>(entries: &[(String, V)]) -> usize {
    model(entries).len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn few_entries(entries in vec((key(), any::<i64>()), 0..20)) {
        check(&entries)?;
    }

    /// More than are put in order one by one.
    #[test]
    fn many_entries(entries in vec((key(), any::<i64>()), 60..200)) {
        check(&entries)?;
    }

    /// Insertions and removals, in any order.
    #[test]
    fn removals_keep_the_order(steps in vec((key(), any::<bool>()), 0..60)) {
        let mut intent = Intent::new();
        let mut live: Vec<(String, i64)> = Vec::new();
        for ((key, insert), number) in steps.into_iter().zip(0_i64..) {
            let known = live.iter().position(|(live, _)| *live == key);
            if insert {
                intent.set_extra(key.as_str(), number);
                match known {
                    Some(at) => live[at].1 = number,
                    None => live.push((key.clone(), number)),
                }
                prop_assert_eq!(intent.add_category(key.as_str()), known.is_none());
            } else {
                let value = known.map(|at| Extra::Long(live.remove(at).1));
                prop_assert_eq!(intent.remove_extra(&key), value);
                prop_assert_eq!(intent.remove_category(&key), known.is_some());
            }
        }
        let expected = model(&live);
        prop_assert!(intent.categories().eq(expected.iter().map(|(key, _)| key.as_str())));
        prop_assert!(intent.extras().map(|(key, _)| key).eq(expected.iter().map(|(key, _)| Some(key.as_str()))));
    }
}

/// A later type takes the earlier one's place among equal hashes.
#[test]
fn an_equal_key_replaces_in_place() {
    let uri = "intent:#Intent;S.AaAa=1;S.AaBB=2;S.BBAa=3;i.AaAa=4;end";
    let intent = Intent::parse_uri(uri, ParseFlags::INTENT_SCHEME).unwrap();
    let extras: Vec<_> = intent.extras().collect();
    let [two, three] = ["2", "3"].map(Extra::from);
    assert_eq!(extras, [(Some("AaAa"), Extra::Int(4)), (Some("AaBB"), two), (Some("BBAa"), three)]);
}
