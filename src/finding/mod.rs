//! What a check says: one vocabulary for messages, configurations, manifests and phones.
//!
//! A [`Finding`] is one thing that is wrong or worth knowing: the [`Rule`] that found it, how bad it is
//! ([`Severity`]), the cause, the fix, the place and the [`Source`](crate::vendor::Source) of the rule. No
//! finding shows a token, an account, a secret, or the text of a message.

mod model;
mod shown;
mod table;
#[cfg(test)]
mod tests;

pub use model::{Cut, Finding, Rule, Severity};
pub(crate) use shown::{hidden_key, is_near, shown, shown_key, words};
pub(crate) use table::{RuleId, read_rules};
