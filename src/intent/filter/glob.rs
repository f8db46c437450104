//! Android's two globs, over UTF-16 code units: the simple one (`pathPattern`) with `.`, `c*`, `.*` and `\`,
//! and the advanced one (`pathAdvancedPattern`) with `.`, `[set]`, `[^set]`, `\`, and the modifiers `*`, `+`,
//! `{n}`, `{n,}`, `{n,m}`.
//!
//! Both are greedy and never go back, so a match reads the text once. A set is compared range by range:
//! Android's buffer takes no more than about a thousand of them.

use thiserror::Error;

use crate::error_code::error_code;
use crate::intent::java_number::parse_int;

/// The number of entries above which Android takes no further character of a pattern (its buffer holds 2,048
/// and the largest step writes three).
const MAX_ENTRIES: usize = 2045;

/// A unit as ASCII, or NUL, which no glob reads as anything but itself.
fn ascii(unit: u16) -> u8 {
    u8::try_from(unit).unwrap_or(0)
}

/// A compiled glob.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Glob {
    tokens: Box<[Token]>,
    /// Whether it is a simple one: of one that goes on after the text, only a final `.*` matches, not even
    /// `c*`.
    is_simple: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Token {
    class: Class,
    repetition: Option<Repetition>,
}

/// `.*`, or what `*` repeats.
const ANY_NUMBER: Option<Repetition> = Some(Repetition { min: 0, max: i32::MAX });

/// Android reads both numbers as signed integers and takes negative ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Repetition {
    min: i32,
    max: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Class {
    Any,
    One(u16),
    Not(u16),
    In(Ranges),
    NotIn(Ranges),
}

/// Of each, both ends are included. One whose first end is above its second, such as `[z-a]`, holds nothing.
type Ranges = Box<[(u16, u16)]>;

impl Glob {
    /// Compiles a simple glob: `.` any one unit, `c*` any number of `c`, `.*` up to the next character of the
    /// pattern, `\` escapes.
    pub(super) fn simple(pattern: &str) -> Self {
        let mut tokens = Vec::new();
        let mut push = |class, repetition| tokens.push(Token { class, repetition });
        let mut units = pattern.encode_utf16().peekable();
        while let Some(first) = units.next() {
            let escaped = ascii(first) == b'\\';
            // A lone `\` at the end stands for U+0000, as it does in Android's matcher.
            let unit = if escaped { units.next().unwrap_or(0) } else { first };
            if units.next_if(|unit| ascii(*unit) == b'*').is_none() {
                // Even an escaped dot is any one unit.
                push(if ascii(unit) == b'.' { Class::Any } else { Class::One(unit) }, None);
            } else if escaped || ascii(unit) != b'.' {
                push(Class::One(unit), ANY_NUMBER);
            } else if let Some(next) = units.next() {
                let end = if ascii(next) == b'\\' { units.next().unwrap_or(0) } else { next };
                push(Class::Not(end), ANY_NUMBER);
                push(Class::One(end), None);
            } else {
                push(Class::Any, ANY_NUMBER);
            }
        }
        Self { tokens: tokens.into_boxed_slice(), is_simple: true }
    }

    pub(super) fn advanced(pattern: &str) -> Result<Self, FilterError> {
        let units: Vec<u16> = pattern.encode_utf16().collect();
        let mut compiler = Compiler { units: &units, at: 0, tokens: Vec::new(), entries: 0 };
        while compiler.at < units.len() {
            compiler.step()?;
        }
        Ok(Self { tokens: compiler.tokens.into_boxed_slice(), is_simple: false })
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let mut text = text.encode_utf16().peekable();
        for token in &self.tokens {
            if self.is_simple && text.peek().is_none() {
                return token.class == Class::Any && token.repetition.is_some();
            }
            let Repetition { min, max } = token.repetition.unwrap_or(Repetition { min: 1, max: 1 });
            let mut matched = 0_i32;
            while matched < max && text.next_if(|unit| token.class.holds(*unit)).is_some() {
                matched = matched.saturating_add(1);
            }
            if matched < min {
                return false;
            }
        }
        text.peek().is_none()
    }
}

impl Class {
    fn holds(&self, unit: u16) -> bool {
        let is_in = |ranges: &[(u16, u16)]| ranges.iter().any(|(low, high)| (*low..=*high).contains(&unit));
        match self {
            Self::Any => true,
            Self::One(one) => *one == unit,
            Self::Not(other) => *other != unit,
            Self::In(ranges) => is_in(ranges),
            Self::NotIn(ranges) => !is_in(ranges),
        }
    }
}

struct Compiler<'u> {
    units: &'u [u16],
    at: usize,
    tokens: Vec<Token>,
    /// What Android's buffer would hold by now.
    entries: usize,
}

impl Compiler<'_> {
    fn rest(&self) -> &[u16] {
        self.units.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<u16> {
        let unit = *self.units.get(self.at)?;
        self.at = self.at.saturating_add(1);
        Some(unit)
    }

    /// Takes the next token or modifier.
    fn step(&mut self) -> Result<(), FilterError> {
        self.room()?;
        let at = self.at;
        let unit = self.next().unwrap_or(0);
        match ascii(unit) {
            b'[' => return self.set(at),
            b'{' => return self.repetition(at),
            b'*' => return self.modify(at, 0, i32::MAX, 1),
            b'+' => return self.modify(at, 1, i32::MAX, 1),
            b'.' => self.token(Class::Any),
            b'\\' => {
                let unit = self.next().ok_or(FilterError::EscapeAtEnd(at))?;
                self.token(Class::One(unit));
            }
            // Android drops a `}` that closes nothing.
            b'}' => {}
            _ => self.token(Class::One(unit)),
        }
        Ok(())
    }

    /// A set, from after the `[` at a place. Inside it only `]`, `\` and a `-` between two members are
    /// special.
    fn set(&mut self, opened: usize) -> Result<(), FilterError> {
        let (class, skipped): (fn(Ranges) -> Class, _) = match self.rest() {
            [] => return Err(FilterError::SetAtEnd(opened)),
            [first, ..] if ascii(*first) == b'^' => (Class::NotIn, 1),
            [..] => (Class::In, 0),
        };
        self.at = self.at.saturating_add(skipped);
        self.count(1);
        let mut ranges = Vec::new();
        let mut low = None;
        loop {
            let at = self.at;
            let unit = self.next().ok_or(FilterError::UnterminatedSet(opened))?;
            self.room()?;
            let unit = match ascii(unit) {
                b']' if ranges.is_empty() => return Err(FilterError::EmptySet(opened)),
                b']' => {
                    self.token(class(ranges.into()));
                    return Ok(());
                }
                b'\\' => self.next().ok_or(FilterError::EscapeAtEnd(at))?,
                _ => unit,
            };
            if let Some(low) = low.take() {
                ranges.push((low, unit));
                self.count(1);
            } else if matches!(self.rest(), [dash, next, ..] if ascii(*dash) == b'-' && ascii(*next) != b']')
            {
                low = Some(unit);
                self.at = self.at.saturating_add(1);
                self.count(1);
            } else {
                ranges.push((unit, unit));
                self.count(2);
            }
        }
    }

    /// `{n}`, `{n,}` or `{n,m}`, from after the `{` at a place.
    fn repetition(&mut self, at: usize) -> Result<(), FilterError> {
        self.last(at)?;
        let inside: Vec<u16> = self.rest().iter().copied().take_while(|unit| ascii(*unit) != b'}').collect();
        self.at = self.at.saturating_add(inside.len());
        self.next().ok_or(FilterError::UnterminatedRepetition(at))?;
        let inside = String::from_utf16_lossy(&inside);
        let number = |text| parse_int(text).ok_or(FilterError::RepetitionNumber(at));
        let (min, max) = match inside.split_once(',') {
            None => (number(&inside)?, number(&inside)?),
            Some((min, "")) => (number(min)?, i32::MAX),
            Some((min, max)) => (number(min)?, number(max)?),
        };
        if min > max {
            return Err(FilterError::RepetitionOrder(at));
        }
        self.modify(at, min, max, 3)?;
        self.room()?;
        self.count(1);
        Ok(())
    }

    fn token(&mut self, class: Class) {
        self.tokens.push(Token { class, repetition: None });
        self.count(1);
    }

    fn modify(&mut self, at: usize, min: i32, max: i32, entries: usize) -> Result<(), FilterError> {
        self.count(entries);
        self.last(at)?.repetition = Some(Repetition { min, max });
        Ok(())
    }

    /// The token that a modifier at a place repeats.
    fn last(&mut self, at: usize) -> Result<&mut Token, FilterError> {
        let last = self.tokens.last_mut().filter(|token| token.repetition.is_none());
        last.ok_or(FilterError::ModifierWithoutToken(at))
    }

    fn room(&self) -> Result<(), FilterError> {
        if self.entries > MAX_ENTRIES { Err(FilterError::PatternTooLarge) } else { Ok(()) }
    }

    fn count(&mut self, entries: usize) {
        self.entries = self.entries.saturating_add(entries);
    }
}

/// Why a part of an intent filter cannot be built.
///
/// Positions are UTF-16 code units from the start of the pattern, as Android counts them.
/// [`exception`](Self::exception) is what Android throws in the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum FilterError {
    /// A type has no `/`, begins with it, or has nothing after it.
    #[error("mime type of the filter is not of the form type/subtype")]
    MalformedMimeType,
    /// A port is not a decimal 32-bit integer.
    #[error("port of the filter is not a decimal 32-bit integer")]
    PortNumber,
    /// An advanced pattern compiles to more entries than Android's fixed buffer takes.
    #[error("advanced pattern is too large: more than {MAX_ENTRIES} entries")]
    PatternTooLarge,
    /// A `\` stands at the end of an advanced pattern, at this index.
    #[error("advanced pattern: nothing follows the escape at index {0}")]
    EscapeAtEnd(usize),
    /// The `[` that opens a set is the last character, at this index.
    #[error("advanced pattern: ends with the '[' at index {0}")]
    SetAtEnd(usize),
    /// A set has no member: `[]` or `[^]`. Its `[` is at this index.
    #[error("advanced pattern: the set at index {0} has no member")]
    EmptySet(usize),
    /// A set has no closing `]`. Its `[` is at this index.
    #[error("advanced pattern: the set at index {0} is not closed")]
    UnterminatedSet(usize),
    /// A `*`, `+` or `{` stands first, or after another one, at this index.
    #[error("advanced pattern: the modifier at index {0} follows nothing that it can repeat")]
    ModifierWithoutToken(usize),
    /// A `{` has no closing `}`. It is at this index.
    #[error("advanced pattern: the repetition at index {0} is not closed")]
    UnterminatedRepetition(usize),
    /// What stands between `{` and `}` is not `n`, `n,` or `n,m`. The `{` is at this index.
    #[error("advanced pattern: the repetition at index {0} is not {{n}}, {{n,}} or {{n,m}}")]
    RepetitionNumber(usize),
    /// `{n,m}` with n greater than m. The `{` is at this index.
    #[error("advanced pattern: the repetition at index {0} has a minimum above its maximum")]
    RepetitionOrder(usize),
}

impl FilterError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("filter", self)
    }

    /// The Java class, without its package, of the exception that Android throws for this.
    pub const fn exception(self) -> &'static str {
        match self {
            Self::MalformedMimeType => "MalformedMimeTypeException",
            Self::PortNumber => "NumberFormatException",
            Self::SetAtEnd(_) => "StringIndexOutOfBoundsException",
            Self::PatternTooLarge
            | Self::EscapeAtEnd(_)
            | Self::EmptySet(_)
            | Self::UnterminatedSet(_)
            | Self::ModifierWithoutToken(_)
            | Self::UnterminatedRepetition(_)
            | Self::RepetitionNumber(_)
            | Self::RepetitionOrder(_) => "IllegalArgumentException",
        }
    }
}
