#![doc = include_str!("android.md")]
