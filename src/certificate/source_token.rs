//! Source code as the tokens that constants are made of.

use crate::vendor::WordList;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
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

/// The next token and what follows it; white space and comments are passed over, but for the break of a line.
pub(super) fn next_token(text: &str) -> Option<(Token<'_>, &str)> {
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
        let comment = if trimmed.starts_with("//") || is_hash_comment(trimmed) {
            trimmed.split_once('\n')
        } else if trimmed.starts_with("/*") {
            trimmed.split_once("*/")
        } else {
            return trimmed;
        };
        text = comment.unwrap_or_default().1;
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
    rest.strip_prefix(quote).map_or((Token::Other, rest), |rest| (Token::Quoted(content), rest))
}

fn split_while(text: &str, belongs: fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|next| !belongs(next)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
