#![doc = include_str!("table.md")]
#![expect(clippy::doc_markdown, reason = "the cells are names, all of them")]
