//! An app in Rust on Tencent's C library: the library is loaded at run time, and the crate makes the JSON.

mod im;
mod library;

pub use im::CLibrary;
pub use library::Library;
