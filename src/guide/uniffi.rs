#![doc = include_str!("uniffi.md")]
