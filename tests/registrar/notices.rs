//! Every notice has its row in the table of the documentation, which has the words.

use tim_offline_push::registrar::{NoticeCode, Region, StateName};

const SOURCE: &str = include_str!("../../src/registrar/machine/notice/code.rs");
const STATES: &str = include_str!("../../src/registrar/machine/transition.rs");
const PAGE: &str = include_str!("../../src/registrar/notices.md");

/// All codes, in the order of their source.
pub(super) fn codes() -> Vec<NoticeCode> {
    let names = variants(SOURCE, "NoticeCode").into_iter().map(snake_case);
    names.map(|name| serde_json::from_value(name.into()).unwrap()).collect()
}

#[test]
fn every_code_has_its_row() {
    let head = "| name | severity | what has happened | what to do |\n|---|---|---|---|\n".to_owned();
    let rows = codes()
        .into_iter()
        .map(|code| format!("| `{code}` | {} | {} | {} |\n", code.severity(), code.cause(), code.fix()));
    assert_eq!(PAGE, head + &rows.collect::<String>());
}

/// `ReportParked` as `report_parked`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// The variants of an enum, as its source writes them.
fn variants<'a>(source: &'a str, name: &str) -> Vec<&'a str> {
    let (_, variants) = source.split_once(&format!("pub enum {name} {{\n")).unwrap();
    let (variants, _) = variants.split_once("\n}").unwrap();
    let lines = variants.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.filter_map(|line| line.strip_suffix(',')).collect()
}

#[test]
fn names_and_serde_form_agree() {
    for code in codes() {
        let name = code.as_str();
        assert_eq!(name, snake_case(&format!("{code:?}")));
        assert_eq!(serde_json::to_value(code).unwrap(), name);
        assert!(!code.cause().is_empty() && !code.fix().ends_with('.'), "{name}");
    }
    assert!(serde_json::from_value::<NoticeCode>("vendor silent".into()).is_err());
}

#[test]
fn regions_and_states_are_read_by_their_names() {
    let states = variants(STATES, "StateName");
    assert!(states.len() > 20, "{states:?}");
    for name in states {
        let state: StateName = serde_json::from_value(snake_case(name).into()).unwrap();
        assert_eq!(state.to_string(), name);
    }
    for region in Region::ALL {
        let form = serde_json::to_value(region).unwrap();
        assert_eq!(serde_json::from_value::<Region>(form).unwrap(), *region);
    }
    assert!(serde_json::from_value::<StateName>("Bound".into()).is_err());
}
