//! How Java writes and reads numbers.

use proptest::prelude::*;
use tim_offline_push::intent::{Extra, Intent, ParseFlags, UriScheme};

/// What a value prints as.
fn text(value: impl Into<Extra>) -> String {
    let uri = Intent::new().with_extra("k", value).to_uri(UriScheme::Intent).unwrap();
    uri.rsplit_once('=').unwrap().1.strip_suffix(";end").unwrap().to_owned()
}

/// What an extra reads as; `None` where Java throws.
fn read(letter: char, value: &str) -> Option<Extra> {
    let uri = format!("intent:#Intent;{letter}.k={};end", value.replace(' ', "%20"));
    Intent::parse_uri(&uri, ParseFlags::INTENT_SCHEME).ok().map(|intent| intent.extra("k").unwrap())
}

fn double(value: &str) -> Option<f64> {
    read('d', value).map(|value| if let Extra::Double(value) = value { value } else { panic!("no double") })
}

fn float(value: &str) -> Option<f32> {
    read('f', value).map(|value| if let Extra::Float(value) = value { value } else { panic!("no float") })
}

#[test]
fn doubles_are_written_in_javas_notation() {
    let cases: [(f64, &str); 24] = [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (1.0, "1.0"),
        (-1.5, "-1.5"),
        (0.1, "0.1"),
        (0.001, "0.001"),
        (0.000_999, "9.99E-4"),
        (999.999, "999.999"),
        (1000.0, "1000.0"),
        (123_456.789, "123456.789"),
        (9_999_999.0, "9999999.0"),
        (9_999_999.999_999_998, "9999999.999999998"),
        (1e7, "1.0E7"),
        (1.5e300, "1.5E300"),
        (-1e-300, "-1.0E-300"),
        (2e23, "2.0E23"),
        (f64::MAX, "1.7976931348623157E308"),
        (f64::MIN_POSITIVE, "2.2250738585072014E-308"),
        (f64::from_bits(1), "4.9E-324"),
        (f64::from_bits(2), "9.9E-324"),
        (2.0_f64.powi(-25), "2.9802322387695312E-8"),
        (f64::NAN, "NaN"),
        (f64::INFINITY, "Infinity"),
        (f64::NEG_INFINITY, "-Infinity"),
    ];
    for (value, expected) in cases {
        assert_eq!(text(value), expected);
    }
    assert_eq!(text(-f64::NAN), "NaN");
}

#[test]
fn floats_are_written_in_javas_notation() {
    let cases: [(f32, &str); 12] = [
        (0.0, "0.0"),
        (1.5, "1.5"),
        (0.1, "0.1"),
        (3.3, "3.3"),
        (999.999, "999.999"),
        (16_777_216.0, "1.6777216E7"),
        (f32::MAX, "3.4028235E38"),
        (f32::MIN_POSITIVE, "1.1754944E-38"),
        (f32::from_bits(1), "1.4E-45"),
        (f32::from_bits(3), "4.2E-45"),
        (f32::from_bits(7), "9.8E-45"),
        (1e10, "1.0E10"),
    ];
    for (value, expected) in cases {
        assert_eq!(text(value), expected);
    }
}

#[test]
fn javas_numbers_are_read() {
    let cases: [(&str, Option<f64>); 38] = [
        ("1", Some(1.0)),
        ("1.", Some(1.0)),
        (".5", Some(0.5)),
        ("123456", Some(123_456.0)),
        ("1234567", Some(1_234_567.0)),
        ("0.30000000000000004", Some(0.300_000_000_000_000_04)),
        ("-.5e-3", Some(-0.000_5)),
        ("+1E+2", Some(100.0)),
        (" 1 ", Some(1.0)),
        ("1d", Some(1.0)),
        ("1F", Some(1.0)),
        ("1e400", Some(f64::INFINITY)),
        ("1e-400", Some(0.0)),
        ("0e99999999999999999999", Some(0.0)),
        ("Infinity", Some(f64::INFINITY)),
        ("-Infinity", Some(f64::NEG_INFINITY)),
        ("0x1p0", Some(1.0)),
        ("0x1.8p1", Some(3.0)),
        ("0x.8P0d", Some(0.5)),
        ("-0X1.p-1074", Some(-f64::from_bits(1))),
        ("0x0.8p-1074", Some(0.0)),
        ("0x0.81p-1074", Some(f64::from_bits(1))),
        ("0x1.fffffffffffff8p1023", Some(f64::INFINITY)),
        ("0x1.fffffffffffff7p1023", Some(f64::MAX)),
        ("0x1p99999999999999999999", Some(f64::INFINITY)),
        ("0x0p99999999999999999999", Some(0.0)),
        ("", None),
        (".", None),
        ("1e", None),
        ("e1", None),
        ("1e+", None),
        ("1 2", None),
        ("1_0", None),
        ("infinity", None),
        ("NaNf", None),
        ("0x1", None),
        ("0x.p1", None),
        ("٣", None),
    ];
    for (value, expected) in cases {
        assert_eq!(double(value).map(f64::to_bits), expected.map(f64::to_bits), "{value}");
    }
    assert!(double("-NaN").is_some_and(f64::is_nan));
}

/// Rounded once: between two floats, the decimal text decides, not its nearest double.
#[test]
fn floats_are_rounded_once() {
    for value in
        ["1.00000017881393432617187499", "1.00000017881393432617187500", "1.00000017881393432617187501"]
    {
        assert_eq!(float(value), value.parse().ok(), "{value}");
    }
    assert_eq!(float("0x1.000001p0"), Some(1.0));
    assert_eq!(float("0x1.0000010000000000000000001p0"), Some(1.000_000_1));
    assert_eq!(float("0x1.fffffefp127"), Some(f32::MAX));
    assert_eq!(float("0x1.ffffffp127"), Some(f32::INFINITY));
}

/// Digits of any script of the Basic Multilingual Plane, a sign, nothing else.
#[test]
fn integers_are_read_as_java_reads_them() {
    let cases = [
        ("0", Some(0)),
        ("-0", Some(0)),
        ("+7", Some(7)),
        ("-9223372036854775808", Some(i64::MIN)),
        ("9223372036854775807", Some(i64::MAX)),
        ("0000000000000000000000000001", Some(1)),
        ("٣٤", Some(34)),
        ("１２", Some(12)),
        ("-๙", Some(-9)),
        ("9223372036854775808", None),
        ("", None),
        ("-", None),
        ("+-1", None),
        (" 1", None),
        ("0x1", None),
        ("1.0", None),
        ("𝟏", None),
        ("²", None),
        ("Ａ", None),
    ];
    for (value, expected) in cases {
        assert_eq!(read('l', value), expected.map(Extra::Long), "{value}");
    }
    assert_eq!(read('b', "-128"), Some(Extra::Byte(-128)));
    assert_eq!(read('s', "32768"), None);
    for (value, expected) in [("true", true), ("TrUe", true), ("1", false), ("", false)] {
        assert_eq!(read('B', value), Some(Extra::Boolean(expected)));
    }
}

/// Full-width letters are hex digits too.
#[test]
fn flags_are_decoded_as_java_decodes_them() {
    let flags = |value: &str| {
        let uri = format!("intent:#Intent;launchFlags={value};end");
        let flags = ParseFlags::INTENT_SCHEME | ParseFlags::ALLOW_UNSAFE;
        Intent::parse_uri(&uri, flags).ok().map(|intent| intent.flags().bits())
    };
    let cases = [
        ("0", Some(0)),
        ("0x0", Some(0)),
        ("0XfF", Some(0xFF)),
        ("0xＡｆ", Some(0xAF)),
        ("+0x10", Some(0x10)),
        ("-0x10", Some(0xFFFF_FFF0)),
        ("-0x80000000", Some(0x8000_0000)),
        ("0xffffffff", Some(0xFFFF_FFFF)),
        ("0x+5", Some(5)),
        ("017", Some(0o17)),
        ("08", None),
        ("0x", None),
        ("0x-5", None),
        ("-0x80000001", None),
        ("0X80000000", None),
        ("4294967295", None),
        ("0x100000000", None),
        ("--1", None),
        ("", None),
    ];
    for (value, expected) in cases {
        assert_eq!(flags(value), expected, "{value}");
    }
}

/// The number with its exponent, and how many digits it has.
fn significant_digits(text: &str) -> usize {
    let digits = text.split('E').next().unwrap();
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').trim_end_matches('0').len()
}

fn check_notation(text: &str, magnitude: f64) {
    let plain = magnitude == 0.0 || (1e-3..1e7).contains(&magnitude);
    assert_eq!(plain, !text.contains('E'), "{text}");
    let (digits, _) = text.split_once('E').unwrap_or((text, ""));
    let (whole, fraction) = digits.trim_start_matches('-').split_once('.').unwrap();
    assert!(!whole.is_empty() && !fraction.is_empty(), "{text}");
    assert!(fraction == "0" || !fraction.ends_with('0'), "{text}");
    assert!(plain || whole.len() == 1, "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// It reads back, no shorter text does, and none of the same length is nearer.
    #[test]
    fn doubles_are_shortest(bits: u64) {
        let value = f64::from_bits(bits);
        prop_assume!(value.is_finite());
        let text = text(value);
        prop_assert_eq!(text.parse::<f64>().map(f64::to_bits), Ok(bits));
        check_notation(&text, value.abs());
        let rust = significant_digits(&format!("{value:e}").replace('e', "E"));
        prop_assert!(significant_digits(&text) <= rust.max(2));
    }

    #[test]
    fn floats_are_shortest(bits: u32) {
        let value = f32::from_bits(bits);
        prop_assume!(value.is_finite());
        let text = text(value);
        prop_assert_eq!(text.parse::<f32>().map(f32::to_bits), Ok(bits));
        check_notation(&text, f64::from(value.abs()));
        let rust = significant_digits(&format!("{value:e}").replace('e', "E"));
        prop_assert!(significant_digits(&text) <= rust.max(2));
    }

    /// Numbers of few digits, which are written and read in a quicker way.
    #[test]
    fn everyday_numbers(thousandths in -1_100_000_i32..1_100_000, places in 0..7_usize) {
        for scale in [1.0, 10.0, 1000.0] {
            let value = f64::from(thousandths) / scale;
            prop_assert_eq!(text(value).parse::<f64>(), Ok(value));
            let expected = format!("{value:?}");
            prop_assert!(text(value) == expected || value.abs() < 1e-3 || value.abs() >= 1e7, "{}", value);
            let decimal = format!("{value:.places$}");
            prop_assert_eq!(double(&decimal), decimal.parse().ok());
            prop_assert_eq!(float(&decimal), decimal.parse().ok());
            let near: f32 = decimal.parse().unwrap();
            prop_assert_eq!(text(near), format!("{near:?}").replace("1e7", "1.0E7"));
        }
    }

    #[test]
    fn integers(value: i64) {
        prop_assert_eq!(text(value), value.to_string());
        prop_assert_eq!(read('l', &value.to_string()), Some(Extra::Long(value)));
    }

    #[test]
    fn any_text_as_a_number(value in "[-+0-9.eExXpPfFdDaANnIity ]{0,10}") {
        let rust = value.trim().trim_end_matches(['f', 'F', 'd', 'D']).parse::<f64>().ok();
        let lower = value.to_ascii_lowercase();
        match double(&value) {
            Some(number) if lower.contains('x') => prop_assert!(number.is_finite() || number.is_infinite()),
            Some(number) => prop_assert_eq!(Some(number.to_bits()), rust.map(|rust| if rust.is_nan() { f64::NAN } else { rust }.to_bits())),
            None => {}
        }
    }
}
