//! The fuzz bodies, run over mutated samples.

use serde_json::Value;

use crate::{parse_uri, round_trip, uri_decode};

struct XorShift(u64);

impl XorShift {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap()
    }
}

/// The URIs of the records, and those that the recorded intents are printed as.
fn texts() -> Vec<String> {
    let read = |lines: &'static str| lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let parsed = read(include_str!("../data/parse_uri.jsonl"));
    let printed = read(include_str!("../data/to_uri.jsonl"));
    let forms = ["uri_intent_scheme", "uri_android_app_scheme", "uri_scheme_0"];
    parsed
        .map(|record| record["uri"].as_str().unwrap().to_owned())
        .chain(printed.flat_map(|record| {
            forms.iter().filter_map(|form| record[form].as_str().map(str::to_owned)).collect::<Vec<_>>()
        }))
        .collect()
}

const PIECES: [&[u8]; 28] = [
    b";",
    b"=",
    b"%",
    b"#",
    b"#Intent;",
    b";end",
    b"SEL;",
    b"intent:",
    b"android-app://",
    b"action=",
    b"category=",
    b"scheme=",
    b"package=",
    b"component=",
    b"launchFlags=",
    b"0xffffffff",
    b"S.",
    b"c.",
    b"l.",
    b"d.AaAa=",
    b"extras(",
    b"categories(",
    b")",
    b"!",
    b"//",
    b"\xF0\x9F\x98\x80",
    b"\xff",
    b"%ED%A0%80",
];

/// Changes up to four places behind the first `fixed` bytes.
fn mutated(random: &mut XorShift, mut data: Vec<u8>, fixed: usize, corpus: &[Vec<u8>]) -> Vec<u8> {
    for _ in 0..random.below(5) {
        let at = fixed + random.below(data.len() - fixed + 1);
        match random.below(5) {
            0 => data.insert(at, random.byte()),
            1 => drop(data.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied())),
            2 => data.truncate(at),
            3 => {
                let end = data.len().min(at + random.below(8));
                drop(data.drain(at..end));
            }
            _ => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len());
                drop(data.splice(at..at, other[from..].iter().copied()));
            }
        }
    }
    data
}

#[test]
fn texts_are_read_without_harm() {
    let corpus: Vec<Vec<u8>> = texts().into_iter().map(String::into_bytes).collect();
    let mut random = XorShift(0x2026_1122);
    for text in &corpus {
        for flags in [0, 1, 5] {
            parse_uri::parse_uri(&[&[flags, 13], text.as_slice()].concat());
        }
    }
    for _ in 0..40_000 {
        let text = &corpus[random.below(corpus.len())];
        let data = [&[random.byte() % 8, random.byte()], text.as_slice()].concat();
        let data = mutated(&mut random, data, 2, &corpus);
        parse_uri::parse_uri(&data);
        uri_decode::uri_decode(&data[1..]);
    }
}

/// Pieces of all sorts, texts of the samples in them.
#[test]
fn intents_come_back_as_is_said() {
    let corpus: Vec<Vec<u8>> = texts().into_iter().map(String::into_bytes).collect();
    let mut random = XorShift(0x2026_1122);
    for _ in 0..20_000 {
        let mut data = Vec::new();
        for _ in 0..random.below(12) {
            let text = &corpus[random.below(corpus.len())];
            let from = random.below(text.len());
            let len = random.below(24).min(text.len() - from);
            let mut piece = text[from..from + len].to_vec();
            if random.below(3) == 0 {
                piece.insert(random.below(piece.len() + 1), b'\n');
            }
            if random.below(4) == 0 {
                piece.splice(0..0, std::iter::repeat_n(random.byte(), 8));
            }
            data.extend([random.byte(), u8::try_from(piece.len()).unwrap()]);
            data.extend(piece);
        }
        round_trip::round_trip(&mutated(&mut random, data, 0, &corpus));
    }
}
