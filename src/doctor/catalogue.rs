//! Every rule, with an input that breaks it and one that keeps it.
//!
//! The page is written from the rules themselves ([`Rule::catalogue`](super::Rule::catalogue)), and the examples are run.
//! Their lines are options of the example program `doctor`, with the text itself where it takes the name of a file; `LONG`
//! stands for 5000 letters, a manifest without its root lies in the package `com.example.im`, and `phone:` names a
//! situation of a registrar.
//!
#![doc = include_str!("rules.md")]
#![expect(clippy::doc_markdown, reason = "sentences of findings are plain text, on terminals too")]
