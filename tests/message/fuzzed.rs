//! The fuzz body, run over mutated samples.

use serde_json::Value;
use tim_offline_push::message::{Field, Form};

use crate::fields;

#[allow(unreachable_pub, reason = "the fuzz target calls it from another package")]
#[path = "../fuzz_bodies/push_info.rs"]
mod body;

/// The samples, and each field in each form, with the byte that chooses the form.
fn corpus() -> Vec<Vec<u8>> {
    let mut corpus: Vec<_> = include_str!("../data/push_info.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|record| {
            let text = record["raw"].as_str().map_or_else(|| record["json"].to_string(), str::to_owned);
            let form = u8::from(record["form"] != "c_api");
            [&[form], text.as_bytes()].concat()
        })
        .collect();
    corpus.extend(ODD_TITLES.iter().map(|text| [&[0], text.as_bytes()].concat()));
    for (choice, form) in (0..).zip(Form::ALL.iter().copied()) {
        for field in Field::ALL.iter().copied() {
            corpus.push([&[choice], fields::with(field).write(form).text().as_bytes()].concat());
        }
    }
    corpus
}

/// Titles of the C API of another type, beside titles that are understood.
const ODD_TITLES: [&str; 3] = [
    r#"{"offline_push_config_title":"t","offline_push_config_ios_config":{"ios_offline_push_config_title":true}}"#,
    concat!(
        r#"{"offline_push_config_title":{"k":1},"#,
        r#""offline_push_config_ios_config":{"ios_offline_push_config_title":"t"},"#,
        r#""offline_push_config_android_config":{"android_offline_push_config_title":"t"}}"#,
    ),
    r#"{"offline_push_config_title":"t","offline_push_config_ios_config":true}"#,
];

struct XorShift(u64);

impl XorShift {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

/// Values put in place of others keep the text well formed, which random bytes seldom do.
const VALUES: [&str; 16] = [
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "1.0",
    "1e99",
    "\"\"",
    "\"1\"",
    "\"{}\"",
    "[]",
    "{}",
    "[[1]]",
    "\"\\ud83d\\ude00\"",
    "{\"LaId\":\"x\",\"LaId\":1}",
];

#[test]
fn fuzz_body_over_the_corpus() {
    let corpus = corpus();
    let mut random = XorShift(0x2026_1122);
    for sample in &corpus {
        body::push_info(sample);
    }
    for _ in 0..20_000 {
        let mut data = corpus[random.below(corpus.len())].clone();
        data[0] = u8::try_from(random.below(5)).unwrap();
        for _ in 0..=random.below(3) {
            let at = 1 + random.below(data.len() - 1);
            match random.below(6) {
                0 => data[at] = u8::try_from(random.below(256)).unwrap(),
                1 => data.truncate(at.max(2)),
                2 => {
                    let other = &corpus[random.below(corpus.len())];
                    drop(data.splice(at..at, other[1..].iter().copied()));
                }
                // After a colon: another value. After a comma or brace: a member of another sample.
                3 | 4 => {
                    let Some(colon) = data[at..].iter().position(|byte| *byte == b':') else { continue };
                    let start = at + colon + 1;
                    let end = data[start..].iter().position(|byte| matches!(byte, b',' | b'}'));
                    let end = end.map_or(data.len(), |end| start + end);
                    let value = VALUES[random.below(VALUES.len())];
                    drop(data.splice(start..end, value.bytes()));
                }
                _ => {
                    let other = &corpus[random.below(corpus.len())];
                    let Some(brace) = data[at..].iter().position(|byte| *byte == b'{') else { continue };
                    let Some(end) = other.iter().rposition(|byte| *byte == b'}') else { continue };
                    let start = at + brace + 1;
                    let mut member = other[2.min(end)..end].to_vec();
                    if !member.is_empty() && data.get(start) != Some(&b'}') {
                        member.push(b',');
                    }
                    drop(data.splice(start..start, member));
                }
            }
            if data.len() < 2 {
                break;
            }
        }
        body::push_info(&data);
    }
}
