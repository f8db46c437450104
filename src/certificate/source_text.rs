use super::ConfigReading;
use crate::vendor::WordList;

/// What a configuration holds, in the order of the text, duplicates included.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    /// An object begins under this name; the outermost one has an empty name.
    Enter(&'a str),
    /// A named value that is neither object nor array.
    Value(&'a str, Value<'a>),
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
/// another name (`X = BuildConfig.X`) is given as an expression, and so is one behind `else`.
///
/// What stands in a branch of `#if DEBUG` is given in an object called `debug` or `release`.
pub(super) fn scan(text: &str, take: &mut dyn FnMut(Item<'_>)) -> bool {
    if text.contains("<resources") || text.contains("<plist") {
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
        if let Some(Constant { outer, name, value }) = state.feed(token) {
            found |= !matches!(value, Value::Expression);
            let value = if branches.is_alternative() { Value::Expression } else { value };
            let outer = branches.build().into_iter().chain([outer]);
            outer.clone().for_each(|name| take(Item::Enter(name)));
            take(Item::Value(name, value));
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
            "integer" | "string" | "item" => {
                found = true;
                take(Item::Value(name.map_or(key, |(name, _)| name), Value::Text(inside.trim())));
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Name(&'a str),
    Quoted(&'a str),
    Number(&'a str),
    Assign,
    Colon,
    Define,
    /// `#if` and what follows it, to the end of the line.
    Directive(&'a str),
    Minus,
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    Parenthesis,
    Dot,
    /// The mark of `a ? b : c`.
    Question,
    /// The mark behind a type: `Int?`.
    Optional,
    Separator,
    LineBreak,
    Other,
}

/// A constant, and what stands before the dot before its name, if there is one: `huawei.businessID = 5`.
struct Constant<'a> {
    outer: &'a str,
    name: &'a str,
    value: Value<'a>,
}

/// The branches that the scan is in.
#[derive(Default)]
struct Branches {
    /// Those of `#if`.
    conditions: Vec<Branch>,
    /// The depths at which blocks behind an `else` began.
    blocks: Vec<usize>,
    /// Whether anything has followed an `else` that has not ended.
    behind_else: Option<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    Debug,
    Release,
    /// The first one of a condition that says nothing.
    First,
    /// Another one of such a condition.
    Other,
}

impl Branches {
    /// How many conditions are told apart that stand within each other.
    const MAX: usize = 32;

    fn feed(&mut self, token: Token<'_>, depth: usize) {
        let behind_else = self.behind_else.take();
        let ends_block = self.blocks.last().is_some_and(|began| depth <= began.saturating_add(1));
        if let Token::Directive(text) = token {
            self.condition(text);
        } else if token == Token::Name("else") {
            self.behind_else = Some(false);
        } else if token == Token::Open && behind_else.is_some() && self.blocks.len() < Self::MAX {
            self.blocks.push(depth);
        } else if token == Token::Close && ends_block {
            self.blocks.pop();
        } else if token == Token::LineBreak {
            // The block may begin on its own line.
            self.behind_else = behind_else.filter(|anything| !anything);
        } else if !matches!(token, Token::Open | Token::Close | Token::Separator) {
            self.behind_else = behind_else.map(|_| true);
        }
    }

    fn condition(&mut self, text: &str) {
        const DEBUG: WordList = WordList("debug dev development sandbox");
        const RELEASE: WordList = WordList("release prod production appstore");
        let is_not = text.starts_with("ifn") || text.contains('!');
        let lower = text.to_ascii_lowercase();
        let says = |names: WordList| {
            lower.split(|char: char| !char.is_alphanumeric()).any(|word| names.contains(word))
        };
        let said = match (says(DEBUG), says(RELEASE)) {
            (true, false) => Some(if is_not { Branch::Release } else { Branch::Debug }),
            (false, true) => Some(if is_not { Branch::Debug } else { Branch::Release }),
            (true, true) | (false, false) => None,
        };
        let before = if text.starts_with("if") { None } else { self.conditions.pop() };
        let branch = match before {
            _ if text.starts_with("end") => return,
            None => said.unwrap_or(Branch::First),
            Some(Branch::Debug) => said.unwrap_or(Branch::Release),
            Some(Branch::Release) => said.unwrap_or(Branch::Debug),
            Some(Branch::First | Branch::Other) => said.unwrap_or(Branch::Other),
        };
        if self.conditions.len() < Self::MAX {
            self.conditions.push(branch);
        }
    }

    /// The build that they are for.
    fn build(&self) -> Option<&'static str> {
        self.conditions.iter().rev().find_map(|branch| match branch {
            Branch::Debug => Some("debug"),
            Branch::Release => Some("release"),
            Branch::First | Branch::Other => None,
        })
    }

    /// Whether a branch before it may count in its place.
    fn is_alternative(&self) -> bool {
        self.behind_else.is_some() || !self.blocks.is_empty() || self.conditions.contains(&Branch::Other)
    }
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

/// The next token and what follows it; white space and comments are passed over, but for the break of a line.
fn next_token(text: &str) -> Option<(Token<'_>, &str)> {
    let rest = skip(text);
    let (space, text) = text.split_at_checked(text.len().saturating_sub(rest.len()))?;
    if space.contains('\n') {
        return Some((Token::LineBreak, text));
    }
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
    if let Some((word, after)) = directive(text) {
        if word == "define" {
            return Some((Token::Define, after));
        }
        if CONDITIONS.contains(word) {
            let line = text.lines().next().unwrap_or_default();
            return Some((Token::Directive(line.trim_start_matches('#')), text.get(line.len()..)?));
        }
    }
    for (sign, token) in [("=>", Token::Assign), ("?.", Token::Dot), ("??", Token::Other)] {
        if let Some(rest) = text.strip_prefix(sign) {
            return Some((token, rest));
        }
    }
    let (_, rest) = text.split_at_checked(first.len_utf8())?;
    let token = match first {
        '=' => Token::Assign,
        ':' => Token::Colon,
        '-' => Token::Minus,
        '{' => Token::Open,
        '}' => Token::Close,
        '[' => Token::OpenBracket,
        ']' => Token::CloseBracket,
        '(' => Token::Parenthesis,
        '.' => Token::Dot,
        ';' | ',' => Token::Separator,
        '?' => question(!space.is_empty(), rest),
        _ => Token::Other,
    };
    Some((token, rest))
}

const CONDITIONS: WordList = WordList("if ifdef ifndef elif elseif else endif");

/// What begins with the next token. The sign of Objective-C's literals, `@"5"` and `@5`, is no token.
fn skip(text: &str) -> &str {
    let mut text = text;
    loop {
        let trimmed = text.trim_start_matches(|next: char| next.is_whitespace() || next == '@');
        let comment = if trimmed.starts_with("//") {
            trimmed.split_once('\n')
        } else if trimmed.starts_with("/*") {
            trimmed.split_once("*/")
        } else if is_hash_comment(trimmed) {
            trimmed.split_once('\n')
        } else {
            return trimmed;
        };
        match comment {
            Some((_, rest)) => text = rest,
            None => return "",
        }
    }
}

/// Whether a `#` begins a comment, and not a definition, a condition, an attribute (`#[Id]`) or a call
/// (`#available(iOS 13, *)`).
fn is_hash_comment(text: &str) -> bool {
    directive(text).is_some_and(|(word, rest)| {
        let code = if word.is_empty() { '[' } else { '(' };
        let is_condition = CONDITIONS.contains(word) && !text.starts_with("# ");
        word != "define" && !is_condition && !rest.starts_with(code)
    })
}

/// The word behind a `#`, and what follows it.
fn directive(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('#')?.trim_start_matches([' ', '\t']);
    Some(split_while(text, char::is_alphabetic))
}

/// What a question mark says, by what stands around it.
fn question(spaced: bool, rest: &str) -> Token<'static> {
    match rest.trim_start_matches([' ', '\t']).chars().next() {
        // `a ?: b`
        Some(':') => Token::Other,
        Some('=' | ',' | ';' | ')' | ']' | '}' | '{' | '>') => Token::Optional,
        // `a: Int?`, but `a ?` before the branches on their own lines.
        Some('\r' | '\n' | '/') | None if !spaced => Token::Optional,
        Some(_) | None => Token::Question,
    }
}

/// Text in quotes, without a look into its escapes: no id and no name has any. The end of the line ends it,
/// unless it is of a kind that may have several.
fn quoted(text: &str, quote: char) -> (Token<'_>, &str) {
    for thrice in ["\"\"\"", "'''"] {
        let inner = text.strip_prefix(thrice);
        if let Some((content, rest)) = inner.and_then(|inner| inner.split_once(thrice)) {
            return (Token::Quoted(content), rest);
        }
    }
    let inner = text.strip_prefix(quote).unwrap_or_default();
    let mut escaped = false;
    let end = inner.find(|next| {
        let ends = (next == quote && !escaped) || (next == '\n' && quote != '`');
        escaped = next == '\\' && !escaped;
        ends
    });
    let (content, rest) = end.and_then(|end| inner.split_at_checked(end)).unwrap_or((inner, ""));
    match rest.strip_prefix(quote) {
        Some(rest) => (Token::Quoted(content), rest),
        None => (Token::Other, rest),
    }
}

fn split_while(text: &str, belongs: fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|next| !belongs(next)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
