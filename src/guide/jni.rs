#![doc = include_str!("jni.md")]
