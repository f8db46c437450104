//! Constants in source code, resources and property lists, whatever the language.

use super::ConfigReading;
use super::source_branches::Branches;
use super::source_token::{Token, next_token};

/// What a configuration holds, in the order of the text, duplicates included.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    /// An object begins under this name; the outermost one has an empty name.
    Enter(&'a str),
    /// A named value that is neither object nor array.
    Value(&'a str, Value<'a>),
    /// One that stands in a branch behind another one: of two ids it is not known which counts.
    Alternative(&'a str, Value<'a>),
    /// The object entered last ends.
    Leave,
}

/// A value that is neither object nor array.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Natural(u64),
    /// A number of another sort, or a truth value.
    Other,
    /// Source code whose value is only known when it runs: `BuildConfig.XM_ID`.
    Expression,
    Null,
}

/// Gives every constant that source code defines to `take`, and says whether any has a literal value:
/// `static final long HW_PUSH_BUZID = 0;`, `const val X: Long = 5L`, `#define X 5`, `huaweiBusinessID: "5"`,
/// `huawei: { businessID: 5 }`, `huawei.businessID = 5`, `@"X": @5`, `'X' => 5`, `X=5`, `#define X (5)`.
/// Comments are passed over, and what a condition chooses from (`a ? X : 5`) is no constant. It recognizes
/// only the syntax that these languages share; anything else is no constant. A constant whose value is
/// another name (`X = BuildConfig.X`) is given as an expression, and one behind `else` as an alternative.
///
/// What stands in a branch of `#if DEBUG` is given in an object called `debug` or `release`; what is behind
/// `#if 0` is not given.
pub(super) fn scan(text: &str, take: &mut dyn FnMut(Item<'_>)) -> bool {
    if text.trim_start().starts_with('<') && ["<resources", "<plist"].iter().any(|tag| text.contains(tag)) {
        return scan_elements(text, take);
    }
    let mut rest = text;
    let mut found = false;
    let mut state = State::default();
    let mut depth = 0_usize;
    let mut branches = Branches::default();
    // Whether what a bracket encloses has a name: `huawei: [businessID: 5]`.
    let mut brackets = Vec::new();
    while let Some((mut token, after)) = next_token(rest) {
        rest = after;
        if token == Token::OpenBracket {
            brackets.push(state.takes_value());
            token = if state.takes_value() { Token::Open } else { Token::Other };
        } else if token == Token::CloseBracket {
            token = if brackets.pop() == Some(true) { Token::Close } else { Token::Other };
        }
        branches.feed(token, depth);
        // What stands deeper has no name that counts.
        if token == Token::Open {
            depth = depth.saturating_add(1);
            if depth <= ConfigReading::MAX_DEPTH {
                take(Item::Enter(state.named()));
            }
        } else if token == Token::Close {
            if (1..=ConfigReading::MAX_DEPTH).contains(&depth) {
                take(Item::Leave);
            }
            depth = depth.saturating_sub(1);
        }
        if let Some(Constant { outer, name, value }) = state.feed(token).filter(|_| !branches.is_left_out()) {
            found |= !matches!(value, Value::Expression);
            let item = if branches.is_alternative() { Item::Alternative } else { Item::Value };
            let outer = branches.build().into_iter().chain([outer]);
            outer.clone().for_each(|name| take(Item::Enter(name)));
            take(item(name, value));
            outer.for_each(|_| take(Item::Leave));
        }
    }
    found
}

/// Gives the values of Android's resources (`<integer name="X">5</integer>`) and of Apple's property lists
/// (`<key>X</key><string>5</string>`) to `take`, and says whether there is any.
fn scan_elements(text: &str, take: &mut dyn FnMut(Item<'_>)) -> bool {
    let (mut key, mut depth, mut found) = ("", 0_usize, false);
    let parts = text.split("<!--").enumerate();
    let code =
        parts.map(|(at, part)| if at == 0 { part } else { part.split_once("-->").unwrap_or_default().1 });
    for (tag, inside) in code.flat_map(|code| code.split('<')).filter_map(|part| part.split_once('>')) {
        let name = tag.split_once("name=\"").and_then(|(_, rest)| rest.split_once('"'));
        let name = name.map_or(key, |(name, _)| name);
        match tag.split_whitespace().next().unwrap_or_default() {
            "key" => key = inside.trim(),
            "dict" if depth < ConfigReading::MAX_DEPTH => {
                depth = depth.saturating_add(1);
                take(Item::Enter(std::mem::take(&mut key)));
            }
            "/dict" if depth > 0 => {
                depth = depth.saturating_sub(1);
                take(Item::Leave);
            }
            "integer" | "string" | "item" if !name.is_empty() => {
                found = true;
                take(Item::Value(name, Value::Text(inside.trim())));
            }
            _ => {}
        }
    }
    found
}

/// Whether `text` is an object as JavaScript writes it and JSON does not: its first key is bare or in single
/// quotes, or a comment stands before it.
pub(super) fn is_script_object(text: &str) -> bool {
    let Some(inside) = text.trim_start().strip_prefix('{') else { return false };
    let inside = inside.trim_start();
    inside.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '$' | '\'' | '/'))
}

/// A constant, and what stands before the dot before its name, if there is one: `huawei.businessID = 5`.
struct Constant<'a> {
    outer: &'a str,
    name: &'a str,
    value: Value<'a>,
}

/// Where the scan stands in `outer.name : type = value`.
#[derive(Default)]
struct State<'a> {
    outer: &'a str,
    key: Option<&'a str>,
    after: After,
    /// The conditions whose colon is still to come.
    questions: usize,
}

/// What was read last that matters.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum After {
    #[default]
    Name,
    Dot,
    Define,
    Colon,
    /// A colon at the end of its line. What follows may be a value, but no type.
    ColonOfLine,
    /// A word behind the colon: a type, if an equals sign follows on its line, or else a value that is no
    /// literal.
    Type,
    /// A dot in a type: `java.lang.Long`.
    DotInType,
    /// A word behind such a dot. It ends a type, if an equals sign follows on its line, or else an
    /// expression: `BuildConfig.XM_ID`.
    Path,
    /// An equals sign, or the name of a definition.
    Assign,
    Minus,
}

impl<'a> State<'a> {
    /// The name that what begins now is given: `huawei` in `huawei: {` and `huawei = {`; else an empty one.
    fn named(&self) -> &'a str {
        self.key.filter(|_| self.takes_value()).unwrap_or_default()
    }

    fn takes_value(&self) -> bool {
        matches!(self.after, After::Assign | After::Colon | After::ColonOfLine)
    }

    fn feed(&mut self, token: Token<'a>) -> Option<Constant<'a>> {
        let negative = self.after == After::Minus;
        match token {
            Token::Name("null" | "nil" | "undefined") if self.takes_value() => return self.end(Value::Null),
            Token::Name("true" | "false") if self.takes_value() => return self.end(Value::Other),
            Token::Quoted(text) if self.takes_value() => return self.end(Value::Text(text)),
            Token::Number(digits) if self.takes_value() || negative => {
                let number = digits.trim_end_matches(['l', 'L', 'u', 'U']).replace('_', "").parse();
                return self.end(match number {
                    Ok(number) if !negative => Value::Natural(number),
                    _ => Value::Other,
                });
            }
            Token::Name(_) if matches!(self.after, After::Colon | After::DotInType) => {
                let is_path = self.after == After::DotInType;
                self.after = if is_path { After::Path } else { After::Type };
            }
            Token::Separator | Token::LineBreak | Token::Close if self.after == After::Path => {
                return self.end(Value::Expression);
            }
            Token::Dot if matches!(self.after, After::Colon | After::Type | After::Path) => {
                self.after = After::DotInType;
            }
            Token::Name(name) if self.after == After::Assign => {
                let constant = self.end(Value::Expression);
                self.key = Some(name);
                return constant;
            }
            Token::Name(name) => {
                let outer = if self.after == After::Dot { self.outer } else { "" };
                let after = if self.after == After::Define { After::Assign } else { After::Name };
                *self = Self { outer, key: Some(name), after, questions: self.questions };
            }
            Token::Quoted(text) => *self = Self { key: Some(text), ..self.forgotten() },
            // Two of them compare.
            Token::Assign if self.key.is_some() && self.after != After::Assign => self.after = After::Assign,
            // It parts the branches of a condition.
            Token::Colon if self.questions > 0 => {
                *self = Self { questions: self.questions.saturating_sub(1), ..Self::default() };
            }
            Token::Colon if self.key.is_some() && self.after == After::Name => self.after = After::Colon,
            Token::Dot => {
                let outer = self.key.unwrap_or_default();
                *self = Self { outer, after: After::Dot, ..self.forgotten() };
            }
            Token::Minus if self.takes_value() => self.after = After::Minus,
            Token::Define => *self = Self { after: After::Define, ..Self::default() },
            // `a as? Type` and `try? call()` are no conditions.
            Token::Question if !matches!(self.key, Some("as" | "try")) => {
                *self = Self { questions: self.questions.saturating_add(1), ..Self::default() };
            }
            Token::Optional if matches!(self.after, After::Type | After::Path) => {}
            Token::LineBreak if matches!(self.after, After::Type | After::DotInType | After::Path) => {
                *self = self.forgotten();
            }
            Token::LineBreak if self.after == After::Colon => self.after = After::ColonOfLine,
            // `(30206)`, `(long) 30206`.
            Token::Parenthesis if self.after == After::Assign => {}
            Token::LineBreak => {}
            Token::Open | Token::Close | Token::Separator | Token::Directive(_) => *self = Self::default(),
            Token::Assign
            | Token::OpenBracket
            | Token::CloseBracket
            | Token::Colon
            | Token::Minus
            | Token::Number(_)
            | Token::Question
            | Token::Optional
            | Token::Parenthesis
            | Token::Other => *self = self.forgotten(),
        }
        None
    }

    /// Without the name, but with the conditions around it.
    fn forgotten(&self) -> Self {
        Self { questions: self.questions, ..Self::default() }
    }

    fn end(&mut self, value: Value<'a>) -> Option<Constant<'a>> {
        let after = self.forgotten();
        let Self { outer, key, .. } = std::mem::replace(self, after);
        key.map(|name| Constant { outer, name, value })
    }
}
