//! Android's simple glob (`pathPattern`): `.` any one unit, `c*` any number of `c`, `.*` up to the next character of the
//! pattern, `\` escapes.
//!
//! It is greedy and never goes back, so a match reads the text once.

const BACKSLASH: u16 = 0x5C;
const DOT: u16 = 0x2E;
const STAR: u16 = 0x2A;

/// A compiled simple glob, over UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct SimpleGlob {
    steps: Box<[Step]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Step {
    Any,
    One(u16),
    /// `c*`
    Repeat(u16),
    /// `.*c`: everything up to the first `c`, and that `c`.
    SkipTo(u16),
    /// `.*` at the end.
    Rest,
}

impl SimpleGlob {
    pub(super) fn new(pattern: &str) -> Self {
        let mut steps = Vec::new();
        let mut units = pattern.encode_utf16().peekable();
        while let Some(first) = units.next() {
            let escaped = first == BACKSLASH;
            // A lone `\` at the end stands for U+0000, as it does in Android's matcher.
            let unit = if escaped { units.next().unwrap_or(0) } else { first };
            steps.push(if units.next_if_eq(&STAR).is_none() {
                // Even an escaped dot is any one unit.
                if unit == DOT { Step::Any } else { Step::One(unit) }
            } else if escaped || unit != DOT {
                Step::Repeat(unit)
            } else {
                match units.next() {
                    None => Step::Rest,
                    Some(BACKSLASH) => Step::SkipTo(units.next().unwrap_or(0)),
                    Some(next) => Step::SkipTo(next),
                }
            });
        }
        Self { steps: steps.into_boxed_slice() }
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let mut text = text.encode_utf16().peekable();
        for step in &self.steps {
            if text.peek().is_none() {
                // Of a pattern that goes on after the text, only a final `.*` matches: not even `c*`.
                return matches!(step, Step::Rest);
            }
            match *step {
                Step::Any => {
                    text.next();
                }
                Step::One(unit) => {
                    if text.next() != Some(unit) {
                        return false;
                    }
                }
                Step::Repeat(unit) => while text.next_if_eq(&unit).is_some() {},
                Step::SkipTo(unit) => {
                    if !text.any(|found| found == unit) {
                        return false;
                    }
                }
                Step::Rest => return true,
            }
        }
        text.peek().is_none()
    }
}
