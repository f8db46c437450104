//! The crate's answers, in the driver's form.

use tim_offline_push::intent::filter::{
    Authority, ContentType, IntentFilter, MatchCategory, NoMatch, PatternKind, PatternMatcher,
};
use tim_offline_push::intent::{
    AndroidUri, AndroidVersion, Component, Extra, Intent, IntentFlags, ParseFlags, ParseUriError,
    SourceBounds, UriScheme,
};

use crate::cases::Family;
use crate::driver::{Part, one_replacement};

/// `None` where Android would never answer, and where it makes half a surrogate pair, which no Rust text
/// holds.
pub(crate) fn answer(family: Family, case: &[Part], version: AndroidVersion) -> Option<String> {
    if case.iter().flat_map(|part| &part.texts).any(|text| tears_a_pair(text)) {
        return None;
    }
    let answer = match family {
        Family::Write => [UriScheme::Intent, UriScheme::AndroidApp, UriScheme::Bare]
            .map(|scheme| match intent(case).to_uri_on(scheme, version) {
                Ok(uri) => uri + "\t",
                Err(_) => "!IllegalArgumentException\t".to_owned(),
            })
            .concat(),
        Family::Parse => parse(&case[0], version)?,
        Family::Code => code(&case[0], version),
        Family::Match => match filter(case) {
            Ok(filter) => {
                let matched = filter.matches(&intent(case));
                matched.map_or_else(NoMatch::value, MatchCategory::value).to_string()
            }
            Err(error) => format!("!{}", error.exception()),
        },
    };
    Some(one_replacement(&answer))
}

/// Whether a malformed escape eats one half of a char of two UTF-16 units.
fn tears_a_pair(text: &str) -> bool {
    text.split('%').skip(1).any(|behind| behind.chars().take(2).any(|char| char.len_utf16() == 2))
}

fn parse(question: &Part, version: AndroidVersion) -> Option<String> {
    let [flags, uri] = question.texts.as_slice() else { panic!("flags and a URI") };
    let flags = ParseFlags::from_bits(flags.parse().unwrap());
    Some(match Intent::parse_uri_on(uri, flags, version) {
        Ok(intent) => format!(
            "ok\t{}\t{}\t{}\t{}",
            or_null(intent.action()),
            or_null(intent.data().map(AndroidUri::as_str)),
            or_null(intent.mime_type()),
            intent.to_uri_on(UriScheme::Bare, version).unwrap()
        ),
        Err(ParseUriError::Syntax { reason, index }) => {
            format!("syntax\t{reason}\t{}", index.map_or(-1, |index| i64::try_from(index).unwrap()))
        }
        Err(ParseUriError::Number { .. }) => "number".to_owned(),
        Err(_) => return None,
    })
}

fn or_null(text: Option<&str>) -> &str {
    text.unwrap_or("\\null")
}

fn code(question: &Part, version: AndroidVersion) -> String {
    let text = question.texts[0].as_str();
    match question.kind {
        'e' => AndroidUri::encode(text, &question.texts[1]).into_owned(),
        'd' => AndroidUri::decode(text).into_owned(),
        _ => {
            let uri = AndroidUri::new(text).on(version);
            [
                uri.scheme().map(str::to_owned),
                Some(uri.scheme_specific_part().into_owned()),
                uri.authority().map(Into::into),
                uri.user_info().map(Into::into),
                uri.host().map(Into::into),
                Some(uri.port().map_or(-1, i64::from).to_string()),
                uri.path().map(Into::into),
                uri.query().map(Into::into),
                uri.fragment().map(Into::into),
            ]
            .map(|part| part.unwrap_or_else(|| "\\null".to_owned()))
            .join("\t")
        }
    }
}

fn intent(case: &[Part]) -> Intent {
    let mut base = None;
    let mut intent = Intent::new();
    for Part { kind, texts } in case {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        intent = match (kind, texts.as_slice()) {
            ('a', [action]) => intent.with_action(*action),
            ('d', [data]) => intent.with_data(*data),
            ('t', [mime_type]) => intent.with_mime_type(*mime_type),
            ('i', [identifier]) => intent.with_identifier(*identifier),
            ('p', [package]) => intent.with_package(*package),
            ('c', [package, class]) => intent.with_component(Component::new(package, class)),
            ('f', [flags]) => {
                let bits: i32 = flags.parse().unwrap();
                intent.with_flags(IntentFlags::from_bits(u32::from_ne_bytes(bits.to_ne_bytes())))
            }
            ('g', [category]) => intent.with_category(*category),
            ('b', sides) => {
                let sides: Vec<i32> = sides.iter().map(|side| side.parse().unwrap()).collect();
                let [left, top, right, bottom] = sides[..] else { panic!("four sides") };
                intent.with_source_bounds(SourceBounds { left, top, right, bottom })
            }
            ('e', [kind, key, value]) => intent.with_extra(*key, extra(kind, value)),
            ('s', []) => {
                base = Some(intent);
                Intent::new()
            }
            _ => intent,
        };
    }
    match base {
        Some(base) => base.with_selector(intent),
        None => intent,
    }
}

fn extra(kind: &str, value: &str) -> Extra {
    match kind {
        "S" => Extra::from(value),
        "B" => Extra::Boolean(value == "true"),
        "b" => Extra::Byte(value.parse().unwrap()),
        "c" => Extra::Char(value.parse().unwrap()),
        "d" => Extra::Double(f64::from_bits(value.parse().unwrap())),
        "f" => Extra::Float(f32::from_bits(value.parse().unwrap())),
        "i" => Extra::Int(value.parse().unwrap()),
        "l" => Extra::Long(value.parse().unwrap()),
        "s" => Extra::Short(value.parse().unwrap()),
        _ => panic!("unknown type {kind}"),
    }
}

fn filter(case: &[Part]) -> Result<IntentFilter, tim_offline_push::intent::filter::FilterError> {
    let mut filter = IntentFilter::new();
    for Part { kind, texts } in case {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        filter = match (kind, texts.as_slice()) {
            ('A', [action]) => filter.with_action(*action),
            ('C', [category]) => filter.with_category(*category),
            ('T', [mime_type]) => filter.with_content_type(ContentType::new(*mime_type)?),
            ('S', [scheme]) => filter.with_scheme(*scheme),
            ('H', [host, port]) => {
                let port = Some(*port).filter(|port| !port.is_empty());
                filter.with_authority(Authority::from_manifest(*host, port)?)
            }
            ('P', [kind, path]) => filter.with_path(pattern(kind, path)?),
            ('Q', [kind, part]) => filter.with_scheme_specific_part(pattern(kind, part)?),
            _ => filter,
        };
    }
    Ok(filter)
}

/// By Android's number of the kind.
fn pattern(kind: &str, text: &str) -> Result<PatternMatcher, tim_offline_push::intent::filter::FilterError> {
    PatternMatcher::new(PatternKind::ALL[kind.parse::<usize>().unwrap()], text)
}
