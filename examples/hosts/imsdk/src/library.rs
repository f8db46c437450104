//! The bridge to Tencent's C library, loaded at run time. All `unsafe` of this host is in this file.
#![allow(unsafe_code, reason = "calls a C library")]

use std::collections::BTreeMap;
use std::ffi::{CStr, CString, OsStr, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

/// `TIMCommCallback`.
type CommCallback = unsafe extern "C" fn(i32, *const c_char, *const c_char, *const c_void);
type SetOfflinePushToken = unsafe extern "C" fn(*const c_char, CommCallback, *const c_void) -> c_int;
type DoForeground = unsafe extern "C" fn(CommCallback, *const c_void) -> c_int;
type DoBackground = unsafe extern "C" fn(u32, CommCallback, *const c_void) -> c_int;
type GetSdkVersion = unsafe extern "C" fn() -> *const c_char;

/// The functions of `libImSDK` that push needs.
pub struct Library {
    set_offline_push_token: SetOfflinePushToken,
    do_foreground: DoForeground,
    do_background: DoBackground,
    get_sdk_version: GetSdkVersion,
    // Dropping it would unload the code that the pointers above point to.
    _library: libloading::Library,
}

impl Library {
    /// Loads the library at `path`.
    ///
    /// # Errors
    /// It cannot be loaded, or lacks one of the functions.
    pub fn load(path: impl AsRef<OsStr>) -> Result<Self, libloading::Error> {
        // SAFETY: loading runs the library's initialisers. The user names the library, and trusts it as if it
        // were linked.
        let library = unsafe { libloading::Library::new(path.as_ref()) }?;
        // SAFETY: the types are those of TIMOfflinePushManager.h and TIMManager.h.
        let (set_offline_push_token, do_foreground, do_background, get_sdk_version) = unsafe {
            (
                *library.get::<SetOfflinePushToken>(b"TIMMsgSetOfflinePushToken\0")?,
                *library.get::<DoForeground>(b"TIMMsgDoForeground\0")?,
                *library.get::<DoBackground>(b"TIMMsgDoBackground\0")?,
                *library.get::<GetSdkVersion>(b"TIMGetSDKVersion\0")?,
            )
        };
        Ok(Self { set_offline_push_token, do_foreground, do_background, get_sdk_version, _library: library })
    }

    /// Reports a token; without one, pushes are off.
    pub fn set_offline_push_token(&self, json: Option<&CStr>, answer: impl FnOnce(i32) + Send + 'static) {
        let json = json.map_or(std::ptr::null(), CStr::as_ptr);
        lend(answer, |slot| {
            // SAFETY: `json` is null or a C string that outlives the call; the library only hands `slot`
            // back.
            unsafe { (self.set_offline_push_token)(json, answered, slot) }
        });
    }

    /// Tells that the app is in the foreground.
    pub fn do_foreground(&self, answer: impl FnOnce(i32) + Send + 'static) {
        // SAFETY: the library only hands `slot` back.
        lend(answer, |slot| unsafe { (self.do_foreground)(answered, slot) });
    }

    /// Tells that the app is in the background, with the number that the server counts on from.
    pub fn do_background(&self, unread: u32, answer: impl FnOnce(i32) + Send + 'static) {
        // SAFETY: the library only hands `slot` back.
        lend(answer, |slot| unsafe { (self.do_background)(unread, answered, slot) });
    }

    /// The library's own version.
    pub fn version(&self) -> String {
        // SAFETY: the function takes nothing and returns null or a C string that the library keeps.
        let text = unsafe {
            let text = (self.get_sdk_version)();
            if text.is_null() { c"unknown" } else { CStr::from_ptr(text) }
        };
        text.to_string_lossy().into_owned()
    }
}

// guide: slots
/// Who waits for an answer. `user_data` is the number of a slot and never a pointer, so that a second answer,
/// or one that comes too late, finds nothing. A number fits into a pointer on 32-bit phones too.
static SLOTS: Mutex<Slots> = Mutex::new(Slots { last: 0, waiting: BTreeMap::new() });

struct Slots {
    last: usize,
    waiting: BTreeMap<usize, Answer>,
}

type Answer = Box<dyn FnOnce(i32) + Send>;

impl Slots {
    /// The library may never answer. The registrar has given up on calls as old as these.
    const MAX_WAITING: usize = 64;
}

/// Calls the library with a slot for the answer. A return value other than 0 is the answer: no callback
/// follows it.
fn lend(answer: impl FnOnce(i32) + Send + 'static, call: impl FnOnce(*const c_void) -> c_int) {
    let (slot, dropped) = {
        let mut slots = SLOTS.lock().unwrap_or_else(PoisonError::into_inner);
        slots.last = slots.last.wrapping_add(1).max(1);
        let slot = slots.last;
        slots.waiting.insert(slot, Box::new(answer));
        let is_full = slots.waiting.len() > Slots::MAX_WAITING;
        (slot, if is_full { slots.waiting.pop_first() } else { None })
    };
    drop(dropped); // outside of the lock: it answers `Lost`
    let code = call(std::ptr::without_provenance(slot));
    if code != 0 {
        answer_slot(slot, code);
    }
}

fn answer_slot(slot: usize, code: i32) {
    let answer = SLOTS.lock().unwrap_or_else(PoisonError::into_inner).waiting.remove(&slot);
    if let Some(answer) = answer {
        answer(code);
    }
}

/// The library calls this on a thread of its own, or before the call returns.
extern "C" fn answered(code: i32, _: *const c_char, _: *const c_char, user_data: *const c_void) {
    // A panic must not leave through C. The completion is dropped on the way, which answers it.
    let outcome = catch_unwind(AssertUnwindSafe(|| answer_slot(user_data.addr(), code)));
    drop(outcome);
}
// end

/// The JSON text of a token, as the library takes it.
pub fn c_text(json: &str) -> CString {
    // JSON writes a null character as an escape, so that there is none in the text.
    CString::new(json).unwrap_or_default()
}
