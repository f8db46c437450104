#![doc = include_str!("apple.md")]
