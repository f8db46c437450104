//! Which build a part of source code is for: the branches of `#if DEBUG`, and what stands behind an `else`.

use super::source_token::Token;
use crate::vendor::WordList;

/// The branches that the scan is in.
#[derive(Default)]
pub(super) struct Branches {
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
    /// That of `#if 0`.
    LeftOut,
}

impl Branches {
    /// How many conditions are told apart that stand within each other.
    const MAX: usize = 32;

    pub(super) fn feed(&mut self, token: Token<'_>, depth: usize) {
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
        let build = if says(DEBUG) == is_not { Branch::Release } else { Branch::Debug };
        let said = match lower.split_whitespace().nth(1) {
            Some("0" | "false") => Some(Branch::LeftOut),
            _ => (says(DEBUG) != says(RELEASE)).then_some(build),
        };
        let before = if text.starts_with("if") { None } else { self.conditions.pop() };
        let branch = match before {
            _ if text.starts_with("end") => return,
            None | Some(Branch::LeftOut) => said.unwrap_or(Branch::First),
            Some(Branch::Debug) => said.unwrap_or(Branch::Release),
            Some(Branch::Release) => said.unwrap_or(Branch::Debug),
            Some(Branch::First | Branch::Other) => said.unwrap_or(Branch::Other),
        };
        if self.conditions.len() < Self::MAX {
            self.conditions.push(branch);
        }
    }

    /// The build that they are for.
    pub(super) fn build(&self) -> Option<&'static str> {
        self.conditions.iter().rev().find_map(|branch| match branch {
            Branch::Debug => Some("debug"),
            Branch::Release => Some("release"),
            Branch::First | Branch::Other | Branch::LeftOut => None,
        })
    }

    /// Whether no build has them.
    pub(super) fn is_left_out(&self) -> bool {
        self.conditions.contains(&Branch::LeftOut)
    }

    /// Whether a branch before it may count in its place.
    pub(super) fn is_alternative(&self) -> bool {
        self.behind_else.is_some() || !self.blocks.is_empty() || self.conditions.contains(&Branch::Other)
    }
}
