//! Intent filters, manifest snippets, round trips and the sanitiser, at the public surface.

mod manifest;
mod matching;
mod mismatch;
mod patterns;
mod properties;
mod round_trip;
mod sanitizer;
mod strategies;

use crate::filter_match;

/// The fuzz target's body, on a seeded corpus and on what a small generator makes of it.
#[test]
fn fuzz_body_runs_on_a_seeded_corpus() {
    let seeds: [&[u8]; 6] = [
        b"pushscheme://com.tencent.qcloud.tim/detail\naandroid.intent.action.VIEW\nspushscheme\nhcom.tencent.qcloud.tim\npl/detail",
        b"intent://h:80/a?b=c&d#Intent;scheme=s;type=text/plain;category=x;end\nss\nhH 80\npg/.*\nttext/*\ncx",
        b"s://h/%E4%BD%A0\nss\nh*\npa/[^/]{1,3}",
        b"mailto:x?y\nsmailto\nop\nog.*",
        b"http://\xF0\x9F\x98\x80/\nshttp\nh*\nqa.+=.*",
        b"\xFF\xFE#Intent;SEL;scheme=x;end",
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap()
    };
    for seed in seeds {
        filter_match::filter_match(seed);
        for _ in 0..2_000 {
            let mut bytes = seed.to_vec();
            for _ in 0..=random() % 4 {
                let at = random() % bytes.len();
                match random() % 3 {
                    0 => bytes[at] = u8::try_from(random() % 256).unwrap(),
                    1 => bytes.insert(at, b"\\[]{}.*^-+\n%#;"[random() % 14]),
                    _ => {
                        bytes.remove(at);
                    }
                }
            }
            filter_match::filter_match(&bytes);
        }
    }
}
