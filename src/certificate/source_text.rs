use super::Reading;
use super::json::{Sink, Value};

/// Gives every constant that source code defines to `sink`, and says whether there was any:
/// `static final long HW_PUSH_BUZID = 0;`, `const val X: Long = 5L`, `#define X 5`, `huaweiBusinessID: "5"`,
/// `huawei: { businessID: 5 }`, `huawei.businessID = 5`, `@"X": @5`, `'X' => 5`, `X=5`. Comments are passed over. It knows
/// no language, so that it reads what all of them have in common; whatever it cannot make out is no constant.
pub(super) fn scan(text: &str, sink: &mut dyn Sink) -> bool {
    let mut rest = text;
    let mut found = false;
    let mut state = State::default();
    let mut depth = 0_usize;
    while let Some((token, after)) = next_token(rest) {
        rest = after;
        // What stands deeper has no name that counts.
        match token {
            Token::Open => {
                depth = depth.saturating_add(1);
                if depth <= Reading::MAX_DEPTH {
                    sink.enter(state.named());
                }
            }
            Token::Close => {
                if (1..=Reading::MAX_DEPTH).contains(&depth) {
                    sink.leave();
                }
                depth = depth.saturating_sub(1);
            }
            Token::Name(_)
            | Token::Quoted(_)
            | Token::Number(_)
            | Token::Assign
            | Token::Colon
            | Token::Define
            | Token::Minus
            | Token::Dot
            | Token::Other => {}
        }
        if let Some(Constant { outer, name, value }) = state.feed(token) {
            found = true;
            sink.enter(outer);
            sink.value(name, value);
            sink.leave();
        }
    }
    found
}

/// Whether `text` is an object as JavaScript writes it and JSON does not: its first key is bare or in single quotes, or a
/// comment stands before it.
pub(super) fn is_script_object(text: &str) -> bool {
    let Some(inside) = text.trim_start().strip_prefix('{') else { return false };
    let inside = inside.trim_start();
    inside.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '$' | '\'' | '/'))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Name(&'a str),
    Quoted(&'a str),
    Number(&'a str),
    Assign,
    Colon,
    Define,
    Minus,
    Open,
    Close,
    Dot,
    Other,
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
    /// The last word behind the colon: of a type, if an equals sign follows, or else a value that is no literal.
    word: Option<&'a str>,
    after: After,
}

/// What was read last that matters.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum After {
    #[default]
    Name,
    Dot,
    Define,
    Colon,
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
        self.after == After::Assign || (self.after == After::Colon && self.word.is_none())
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
            Token::Name(word) if self.after == After::Colon => self.word = Some(word),
            Token::Dot if self.after == After::Colon => {}
            Token::Name(name) => {
                let outer = if self.after == After::Dot { self.outer } else { "" };
                let after = if self.after == After::Define { After::Assign } else { After::Name };
                *self = Self { outer, key: Some(name), after, word: None };
            }
            Token::Quoted(text) => *self = Self { key: Some(text), ..Self::default() },
            // Two of them compare.
            Token::Assign if self.key.is_some() && self.after != After::Assign => self.after = After::Assign,
            // `a: b` and on the next line `c: 5`
            Token::Colon if self.word.is_some() => {
                *self = Self { key: self.word, after: After::Colon, ..Self::default() };
            }
            Token::Colon if self.key.is_some() => self.after = After::Colon,
            Token::Dot => {
                *self = Self { outer: self.key.unwrap_or_default(), after: After::Dot, ..Self::default() };
            }
            Token::Minus if self.takes_value() => self.after = After::Minus,
            Token::Define => *self = Self { after: After::Define, ..Self::default() },
            Token::Assign
            | Token::Colon
            | Token::Minus
            | Token::Number(_)
            | Token::Open
            | Token::Close
            | Token::Other => *self = Self::default(),
        }
        None
    }

    fn end(&mut self, value: Value<'a>) -> Option<Constant<'a>> {
        let Self { outer, key, .. } = std::mem::take(self);
        key.map(|name| Constant { outer, name, value })
    }
}

/// The next token and what follows it; white space and comments are passed over.
fn next_token(text: &str) -> Option<(Token<'_>, &str)> {
    let text = skip(text);
    let first = text.chars().next()?;
    if first == '"' || first == '\'' || first == '`' {
        return Some(quoted(text, first));
    }
    if first.is_ascii_digit() {
        let (number, rest) =
            split_while(text, |next| next.is_ascii_alphanumeric() || matches!(next, '_' | '.'));
        return Some((Token::Number(number), rest));
    }
    if first.is_alphabetic() || first == '_' || first == '$' {
        let (name, rest) = split_while(text, |next| next.is_alphanumeric() || matches!(next, '_' | '$'));
        return Some((Token::Name(name), rest));
    }
    if let Some(rest) = text.strip_prefix('#') {
        let (word, after) = split_while(skip(rest), char::is_alphabetic);
        return Some(if word == "define" { (Token::Define, after) } else { (Token::Other, rest) });
    }
    if let Some(rest) = text.strip_prefix("=>") {
        return Some((Token::Assign, rest));
    }
    let (_, rest) = text.split_at_checked(first.len_utf8())?;
    let token = match first {
        '=' => Token::Assign,
        ':' => Token::Colon,
        '-' => Token::Minus,
        '{' => Token::Open,
        '}' => Token::Close,
        '.' => Token::Dot,
        _ => Token::Other,
    };
    Some((token, rest))
}

/// What begins with the next token. The sign of Objective-C's literals, `@"5"` and `@5`, is no token.
fn skip(text: &str) -> &str {
    let mut text = text;
    loop {
        let trimmed = text.trim_start_matches(|next: char| next.is_whitespace() || next == '@');
        let comment = if trimmed.starts_with("//") {
            trimmed.split_once('\n')
        } else if trimmed.starts_with("/*") {
            trimmed.split_once("*/")
        } else {
            return trimmed;
        };
        match comment {
            Some((_, rest)) => text = rest,
            None => return "",
        }
    }
}

/// Text in quotes, without a look into its escapes: no id and no name has any.
fn quoted(text: &str, quote: char) -> (Token<'_>, &str) {
    let inner = text.strip_prefix(quote).unwrap_or_default();
    let mut escaped = false;
    let end = inner.find(|next| {
        let ends = next == quote && !escaped;
        escaped = next == '\\' && !escaped;
        ends
    });
    match end.and_then(|end| inner.split_at_checked(end)) {
        Some((content, rest)) => (Token::Quoted(content), rest.strip_prefix(quote).unwrap_or_default()),
        None => (Token::Other, ""),
    }
}

fn split_while(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|next| !belongs(next)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
