//! The stand-in library, and what a test tells it.
#![allow(unsafe_code, reason = "calls the stand-in's own functions")]

use std::ffi::{CStr, c_char, c_int};
use std::path::PathBuf;

/// Where cargo has put the stand-in.
pub fn path() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let deps = test.parent().unwrap();
    let name = format!("{}imsdk_standin{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    deps.join(name)
}

pub struct StandIn(libloading::Library);

impl StandIn {
    pub fn load() -> Self {
        // SAFETY: the library is ours and has no initialiser.
        Self(unsafe { libloading::Library::new(path()) }.unwrap())
    }

    /// Answers the oldest call that waits, so often, on a thread of its own.
    pub fn answer(&self, code: i32, times: u32) -> bool {
        // SAFETY: this is the function's type.
        unsafe { self.0.get::<extern "C" fn(i32, u32) -> bool>(b"StandInAnswer\0").unwrap()(code, times) }
    }

    /// What the next calls return.
    pub fn returns(&self, value: c_int) {
        // SAFETY: this is the function's type.
        unsafe { self.0.get::<extern "C" fn(c_int)>(b"StandInReturn\0").unwrap()(value) }
    }

    /// The oldest call that was not read yet.
    pub fn take_call(&self) -> Option<String> {
        // SAFETY: this is the function's type, and the text lives until the next call.
        unsafe {
            let text = self.0.get::<extern "C" fn() -> *const c_char>(b"StandInTakeCall\0").unwrap()();
            (!text.is_null()).then(|| CStr::from_ptr(text).to_str().unwrap().to_owned())
        }
    }
}
