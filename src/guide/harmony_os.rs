#![doc = include_str!("harmony_os.md")]
