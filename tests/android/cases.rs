//! Random questions.

use crate::driver::Part;

#[derive(Clone, Copy)]
pub(crate) enum Family {
    Write,
    Parse,
    Code,
    Match,
}

impl Family {
    pub(crate) const ALL: [Self; 4] = [Self::Write, Self::Parse, Self::Code, Self::Match];

    /// The name of the driver's operation.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Parse => "parse",
            Self::Code => "code",
            Self::Match => "match",
        }
    }
}

pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % limit
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    /// Some of the pieces, one after the other.
    fn pieces(&mut self, most: usize, pieces: &[&str]) -> String {
        (0..self.below(most + 1)).map(|_| self.pick(pieces)).collect()
    }
}

/// What texts are made of. Keys whose hashes are equal, escapes of every sort, and what ends an item are
/// among it.
const PIECES: &[&str] = &[
    "a",
    "b",
    "Aa",
    "BB",
    "com.example",
    ".",
    "/",
    "_",
    "-",
    "~",
    "'",
    "(",
    "*",
    "!",
    " ",
    "+",
    "%",
    "%4",
    "%41",
    "%2F",
    "%2f",
    "%zz",
    "%E5%BC%A0",
    "%C3%A9",
    "%ff",
    "%C0%AF",
    "é",
    "张",
    "😀",
    "\u{0}",
    "\n",
    ";",
    "=",
    "#",
    ":",
    "?",
    "&",
    "@",
    "\\",
    "\"",
    "{",
    "}",
    "end",
    "null",
    "true",
    "1",
    "٣",
];

const URI_PIECES: &[&str] = &[
    "intent:",
    "android-app:",
    "//",
    "/",
    "http",
    "https:",
    "mailto:",
    ":",
    "#",
    "#Intent;",
    ";",
    ";end",
    "end",
    "SEL;",
    "action=",
    "category=",
    "type=",
    "identifier=",
    "launchFlags=",
    "extendedLaunchFlags=",
    "package=",
    "component=",
    "scheme=",
    "sourceBounds=",
    "1%202%203%204",
    "-1 2 3 4",
    "S.",
    "B.",
    "b.",
    "c.",
    "d.",
    "f.",
    "i.",
    "l.",
    "s.",
    "S.k=v;",
    "i.k=7;",
    "S.Aa=1;",
    "S.BB=2;",
    "action(",
    "categories(",
    "type(",
    "launchFlags(",
    "component(",
    "extras(",
    ")",
    "!",
    "0x80000000",
    "0xc3",
    "-0x80000000",
    "0x+5",
    "#10",
    "08",
    "2147483648",
    "99999999999999999999",
    "-1",
    "+1",
    "1e9",
    ".5",
    "5.",
    "0x1.8p3",
    "NaN",
    "Infinity",
    "1f",
    "a/.B",
    "a/a.B",
    "a/",
    "a b",
    "android.intent.action.VIEW",
    "android.intent.action.MAIN",
    "android.intent.category.DEFAULT",
    "=",
    "a=b",
];

const DATA: &[&str] = &[
    "s",
    "S",
    "http",
    "a_b",
    "content",
    "file",
    ":",
    "://",
    "//",
    "h",
    "H",
    "a.example",
    "A.Example",
    "u@",
    "@",
    ":80",
    ":0080",
    ":x",
    ":99999999999",
    "/",
    "/a",
    "/b",
    "\\",
    "?",
    "q=1",
    "&",
    "#",
    "f",
    "%41",
    "%2F",
    "%zz",
    "é",
    "+",
    "[::1]",
    "intent:",
    ";",
    "#Intent;",
    "end",
];

const PATTERNS: &[&str] = &[
    ".",
    "*",
    ".*",
    "\\",
    "\\.",
    "a",
    "b",
    "/",
    "/a",
    "/b",
    "[a-z]",
    "[^a]",
    "[",
    "]",
    "{2}",
    "{1,}",
    "{1,2}",
    "{2,1}",
    "{",
    "}",
    "+",
    "-",
    "é",
    "q=1",
    "a.example",
];

/// A case of a family. Without `floats`, floating point is a multiple of an eighth: an older Java writes
/// other digits.
pub(crate) fn case(family: Family, random: &mut Random, floats: bool) -> Vec<Part> {
    match family {
        Family::Write => {
            let mut case = intent(random, floats, true);
            if random.chance(15) {
                // Android's setters refuse a selector beside a package.
                case.retain(|part| part.kind != 'p');
                case.push(Part::new('s', []));
                case.extend(intent(random, floats, true));
            }
            case
        }
        Family::Parse => {
            let flags = random.below(8).to_string();
            let start = random.pick(&[
                "",
                "intent:",
                "intent:#Intent;",
                "intent://h/p#Intent;scheme=s;",
                "android-app://p/",
                "x#",
            ]);
            let mut pieces = URI_PIECES.to_vec();
            pieces.extend(PIECES);
            let mut uri = start.to_owned() + &random.pieces(10, &pieces);
            if random.chance(70) {
                uri += ";end";
            }
            vec![Part::new('u', [&flags, &uri])]
        }
        Family::Code => match random.below(3) {
            0 => vec![Part::new(
                'e',
                [&random.pieces(6, PIECES), random.pick(&["", "/", "a/", "é", "%", "😀"])],
            )],
            1 => vec![Part::new('d', [&random.pieces(6, PIECES)])],
            _ => vec![Part::new('u', [&random.pieces(8, DATA)])],
        },
        Family::Match => {
            let mut case = filter(random);
            case.extend(intent(random, false, false));
            case
        }
    }
}

fn intent(random: &mut Random, floats: bool, all: bool) -> Vec<Part> {
    let mut case = Vec::new();
    let actions = ["", "a", "b", "android.intent.action.VIEW", "android.intent.action.MAIN"];
    if random.chance(50) {
        case.push(Part::new('a', [random.pick(&actions)]));
    }
    if random.chance(70) {
        let data = if random.chance(60) {
            random.pick(&["s://", "s:", "http://h"]).to_owned()
        } else {
            String::new()
        };
        case.push(Part::new('d', [&(data + &random.pieces(5, DATA))]));
    }
    if random.chance(25) {
        case.push(Part::new('t', [random.pick(&["", "a", "a/b", "a/*", "*/*", "text/plain; q=1", "A/b"])]));
    }
    for _ in 0..random.below(3) {
        case.push(Part::new(
            'g',
            [random.pick(&["a", "Aa", "BB", "android.intent.category.DEFAULT", "x y"])],
        ));
    }
    if !all {
        return case;
    }
    if random.chance(20) {
        case.push(Part::new('i', [&random.pieces(3, PIECES)]));
    }
    if random.chance(40) {
        case.push(Part::new('p', [&random.pieces(3, PIECES)]));
    }
    if random.chance(30) {
        let package = random.pieces(2, PIECES);
        let class = if random.chance(50) { package.clone() + "." } else { String::new() };
        case.push(Part::new('c', [&package, &(class + &random.pieces(2, PIECES))]));
    }
    if random.chance(30) {
        let bits = i32::from_ne_bytes(u32::try_from(random.next() >> 32).unwrap().to_ne_bytes());
        case.push(Part::new('f', [&bits.to_string()]));
    }
    if random.chance(10) {
        let sides = [0; 4].map(|_| (i64::try_from(random.below(2_000_000)).unwrap() - 1_000_000).to_string());
        case.push(Part::new('b', sides.each_ref().map(String::as_str)));
    }
    for _ in 0..random.below(5) {
        case.push(extra(random, floats));
    }
    case
}

fn extra(random: &mut Random, floats: bool) -> Part {
    let key = random.pieces(3, PIECES);
    let bits = random.next() >> random.below(64);
    let signed = i64::from_ne_bytes(bits.to_ne_bytes());
    let eighths = f64::from(u32::try_from(bits & 0xFFFF).unwrap()) / 8.0;
    let [kind, value] = match random.below(9) {
        0 => ["B", if bits & 1 == 0 { "true" } else { "false" }].map(str::to_owned),
        1 => ["b".to_owned(), (signed % 128).to_string()],
        2 => ["c".to_owned(), (bits & 0xFFFF).to_string()],
        3 => ["d".to_owned(), if floats { bits } else { eighths.to_bits() }.to_string()],
        4 if floats => ["f".to_owned(), (bits & 0xFFFF_FFFF).to_string()],
        5 => ["i".to_owned(), (signed % (1 << 31)).to_string()],
        6 => ["l".to_owned(), signed.to_string()],
        7 => ["s".to_owned(), (signed % (1 << 15)).to_string()],
        _ => ["S".to_owned(), random.pieces(5, PIECES)],
    };
    Part::new('e', [&kind, &key, &value])
}

fn filter(random: &mut Random) -> Vec<Part> {
    let mut case = Vec::new();
    for _ in 0..random.below(3) {
        case.push(Part::new('A', [random.pick(&["", "a", "b", "android.intent.action.VIEW"])]));
    }
    for _ in 0..random.below(3) {
        case.push(Part::new('C', [random.pick(&["a", "Aa", "BB", "android.intent.category.DEFAULT"])]));
    }
    if random.chance(25) {
        case.push(Part::new(
            'T',
            [random.pick(&["a/b", "a/*", "*/*", "a", "/b", "a/", "A/b", "text/plain"])],
        ));
    }
    for _ in 0..random.below(3) {
        case.push(Part::new('S', [random.pick(&["s", "s", "S", "http", "", "content", "a_b"])]));
    }
    for _ in 0..random.below(3) {
        let host =
            random.pick(&["h", "H", "*", "*h", "*.example", "a.example", "A.EXAMPLE", "", "*é", "[::1]"]);
        case.push(Part::new('H', [host, random.pick(&["", "", "80", "-1", "x", "0080", "99999999999"])]));
    }
    for kind in ['P', 'Q'] {
        if random.chance(40) {
            let pattern = random.pieces(5, PATTERNS);
            case.push(Part::new(kind, [random.pick(&["0", "1", "2", "3", "4"]), &pattern]));
        }
    }
    case
}
