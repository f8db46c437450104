//! Which build a part of source code is for: the branches of `#if DEBUG`, and what stands behind an `else`.

use super::source_token::Token;
use crate::vendor::WordList;

/// The branches that the scan is in.
#[derive(Default)]
pub(super) struct Branches {
    /// Those of `#if`.
    conditions: Vec<Branch>,
    /// The first ones of the same conditions.
    firsts: Vec<Branch>,
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
        let lower = text.to_ascii_lowercase();
        let words: Vec<&str> = lower.split(|char: char| !char.is_alphanumeric()).collect();
        let says = |names: WordList| words.iter().any(|word| names.contains(word));
        let directive = words.first().copied().unwrap_or_default();
        let is_not = directive == "ifndef" || text.contains('!');
        let build = if says(DEBUG) == is_not { Branch::Release } else { Branch::Debug };
        let said = match words.get(1) {
            Some(&("0" | "false")) => Some(Branch::LeftOut),
            _ => (says(DEBUG) != says(RELEASE)).then_some(build),
        };
        let is_new = directive.starts_with("if");
        let before = if is_new { None } else { self.firsts.pop().zip(self.conditions.pop()) };
        let branch = said.unwrap_or(match before {
            _ if directive == "endif" => return,
            None | Some((_, Branch::LeftOut)) => Branch::First,
            Some((Branch::Debug, _)) if directive == "else" => Branch::Release,
            Some((Branch::Release, _)) if directive == "else" => Branch::Debug,
            Some(_) => Branch::Other,
        });
        if self.conditions.len() < Self::MAX {
            // What is left behind a second build that is named is not known.
            let first = before.filter(|_| said.is_none()).map(|(first, _)| first);
            self.firsts.push(first.unwrap_or(if is_new { branch } else { Branch::Other }));
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
