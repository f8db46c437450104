//! Android's own classes beside the crate: random intents, URIs, texts and filters are answered by both, and
//! what differs is shrunk and shown.
//!
//! `tests/android/run` fetches the classes and starts the driver; without it (`ANDROID_DRIVER` is not set)
//! nothing is compared.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test stops at the first thing that is not as expected"
)]

mod cases;
mod crate_side;
mod driver;
mod timing;

use cases::{Family, Random};
use driver::{Driver, Part};

/// A number of the environment.
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn android_and_the_crate_agree() {
    let Some(mut driver) = Driver::start() else {
        println!("skipped: no Android classes, see tests/android/run");
        return;
    };
    let cases = number("ANDROID_CASES", 20_000);
    let seed = number("ANDROID_SEED", 1);
    let mut failures = 0;
    for family in Family::ALL {
        let mut random = Random::new(seed);
        let mut differences = 0;
        for _ in 0..cases {
            let case = cases::case(family, &mut random, driver.shortest_floats());
            if differs(&mut driver, family, &case).is_some() {
                differences += 1;
                let small = shrunk(&mut driver, family, case);
                let (android, own) = differs(&mut driver, family, &small).expect("still a difference");
                println!("{}: {small:?}\n  android {android}\n  crate   {own}", family.name());
                if differences == 5 {
                    println!("{}: no further ones are looked for", family.name());
                    break;
                }
            }
        }
        println!("{}: {cases} cases, {differences} differ", family.name());
        failures += differences;
    }
    assert_eq!(failures, 0, "seed {seed}");
}

/// Both answers, if they are not the same.
fn differs(driver: &mut Driver, family: Family, case: &[Part]) -> Option<(String, String)> {
    // What Android would never finish is not asked.
    let own = crate_side::answer(family, case, driver.version())?;
    let android = driver.ask(family.name(), case);
    (android != own).then_some((android, own))
}

/// A case that differs too, and from which nothing can be left out.
fn shrunk(driver: &mut Driver, family: Family, mut case: Vec<Part>) -> Vec<Part> {
    loop {
        let smaller = smaller(&case).into_iter().find(|smaller| differs(driver, family, smaller).is_some());
        match smaller {
            Some(smaller) => case = smaller,
            None => return case,
        }
    }
}

/// The case without one of its parts, or without a piece of one of its texts, the largest pieces first.
fn smaller(case: &[Part]) -> Vec<Vec<Part>> {
    let mut smaller = Vec::new();
    for at in 0..case.len() {
        if case.len() > 1 {
            let mut without = case.to_vec();
            without.remove(at);
            smaller.push(without);
        }
        for text_at in case[at].free_texts() {
            let text: Vec<char> = case[at].texts[text_at].chars().collect();
            let mut len = text.len();
            while len > 0 {
                for start in (0..=text.len() - len).step_by(len) {
                    let mut cut = case.to_vec();
                    cut[at].texts[text_at] =
                        text[..start].iter().chain(&text[start + len..]).collect::<String>();
                    smaller.push(cut);
                }
                len /= 2;
            }
        }
    }
    smaller
}

/// `tests/android/run --time` asks for it, since figures need an optimised build.
#[test]
fn time_beside_android() {
    if let Some(mut driver) = Driver::start().filter(|_| number("ANDROID_TIME", 0) != 0) {
        timing::compare(&mut driver);
    }
}
