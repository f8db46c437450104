//! Stands in for `libImSDK` in tests. It exports the names that the host loads, with the types of Tencent's
//! headers, and `StandIn…` functions by which a test says how calls are answered and reads what came.
#![allow(unsafe_code, reason = "is a C library")]
#![allow(non_snake_case, reason = "the names are Tencent's")]

use std::collections::VecDeque;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

type CommCallback = extern "C" fn(i32, *const c_char, *const c_char, *const c_void);

struct State {
    /// Calls that wait for [`StandInAnswer`], oldest first.
    waiting: VecDeque<(CommCallback, usize)>,
    /// What came, as a text for each call.
    calls: VecDeque<String>,
    /// What the next calls return.
    returns: c_int,
    last: Vec<u8>,
}

static STATE: Mutex<State> =
    Mutex::new(State { waiting: VecDeque::new(), calls: VecDeque::new(), returns: 0, last: Vec::new() });

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn called(call: String, callback: CommCallback, user_data: *const c_void) -> c_int {
    let mut state = state();
    state.calls.push_back(call);
    if state.returns == 0 {
        state.waiting.push_back((callback, user_data.addr()));
    }
    state.returns
}

/// See Tencent's `TIMOfflinePushManager.h`.
///
/// # Safety
/// `json_token` is null or a C string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgSetOfflinePushToken(
    json_token: *const c_char,
    callback: CommCallback,
    user_data: *const c_void,
) -> c_int {
    let json = if json_token.is_null() {
        "off".into()
    } else {
        // SAFETY: the caller passes a C string.
        unsafe { CStr::from_ptr(json_token) }.to_string_lossy().into_owned()
    };
    called(format!("report {json}"), callback, user_data)
}

/// See Tencent's `TIMOfflinePushManager.h`.
#[unsafe(no_mangle)]
pub extern "C" fn TIMMsgDoForeground(callback: CommCallback, user_data: *const c_void) -> c_int {
    called("foreground".into(), callback, user_data)
}

/// See Tencent's `TIMOfflinePushManager.h`.
#[unsafe(no_mangle)]
pub extern "C" fn TIMMsgDoBackground(unread: u32, callback: CommCallback, user_data: *const c_void) -> c_int {
    called(format!("background {unread}"), callback, user_data)
}

/// See Tencent's `TIMManager.h`.
#[unsafe(no_mangle)]
pub extern "C" fn TIMGetSDKVersion() -> *const c_char {
    c"stand-in".as_ptr()
}

/// Answers the oldest call that waits, `times` times, on a thread of its own, and waits for that thread. 0
/// times: never. Returns whether a call waited.
#[unsafe(no_mangle)]
pub extern "C" fn StandInAnswer(code: i32, times: u32) -> bool {
    let Some((callback, user_data)) = state().waiting.pop_front() else { return false };
    let answer = move || {
        for _ in 0..times {
            callback(code, c"".as_ptr(), c"".as_ptr(), std::ptr::without_provenance(user_data));
        }
    };
    thread::spawn(answer).join().is_ok()
}

/// What the next calls return. Anything but 0 means that no answer follows.
#[unsafe(no_mangle)]
pub extern "C" fn StandInReturn(value: c_int) {
    state().returns = value;
}

/// The oldest call that was not read yet; null if there is none. Valid until this is called again.
#[unsafe(no_mangle)]
pub extern "C" fn StandInTakeCall() -> *const c_char {
    let mut state = state();
    let Some(call) = state.calls.pop_front() else { return std::ptr::null() };
    state.last = call.into_bytes();
    state.last.push(0);
    state.last.as_ptr().cast()
}
