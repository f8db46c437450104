//! The bridge to Java. All `unsafe` of this host is in this file, by hand and in what `bind_java_type`
//! writes.
//!
//! Classes and methods are looked up once, when the library is loaded, and kept as global references: on
//! Android a thread that Rust has made sees the system's classes only.
#![allow(unsafe_code, reason = "talks to a JVM")]
#![allow(clippy::too_many_arguments, reason = "Java calls with plain values")]

use std::any::Any;
use std::ffi::c_void;

use jni::errors::ErrorPolicy;
use jni::objects::{JString, JThrowable};
use jni::refs::LoaderContext;
use jni::strings::JNIString;
use jni::sys::{JNI_ERR, JNI_VERSION_1_6, jint};
use jni::vm::{AttachConfig, AttachmentExceptionPolicy, JavaVM};
use jni::{Env, bind_java_type, jni_str};

use crate::error::HostError;

bind_java_type! {
    pub(crate) PushException => com.example.push.PushException,
    is_instance_of = { throwable: JThrowable },
    constructors { fn new(code: JString, message: JString) },
}

bind_java_type! {
    pub(crate) PushRegistrar => com.example.push.PushRegistrar,
    native_methods_error_policy = ThrowPushException,
    fields { handle: jlong },
    methods {
        fn started(handle: jlong),
        fn vendors() -> JString,
        fn set_offline_push(business_id: jint, vendor: JString, token: JString, kind: JString, raw: jlong),
        fn set_presence(foreground: jboolean, unread: jint, raw: jlong),
        fn register(vendor: JString, kind: JString, raw: jlong),
        fn unregister(vendor: JString),
        fn deliver(
            route: JString, peer: JString, is_group: jboolean, ext: JString, vendor: JString, receiver: JString,
            account: JString, raw: jlong
        ),
        fn notice(code: JString, vendor: JString, text: JString),
        fn transition(text: JString),
        fn event(name: JString, verdict: JString),
        fn ensure_notification_channel(
            id: JString, name: JString, description: JString, importance: jint, raw: jlong
        ),
        fn set_badge(count: jint),
        fn clear_notifications(),
        fn elapsed_realtime() -> jlong,
        fn current_time_millis() -> jlong,
        fn schedule(delay_millis: jlong),
        fn cancel(),
        fn released(callback: jlong, session: jlong, clean: jboolean, superseded: jboolean),
    },
    native_methods {
        extern fn start(
            certificates: JString, properties: JString, probes: JString[], folder: JString, install_id: JString,
            consent_required: jboolean, channels: JString[], clock: jboolean, scheduler: jboolean,
            taps: jboolean, process: jint
        ),
        extern fn logged_in(user: JString) -> jlong,
        extern fn log_out(session: jlong, callback: jlong) -> jboolean,
        extern fn logged_out(session: jlong) -> jboolean,
        extern fn kicked_off(session: jlong) -> jboolean,
        extern fn credential_expired(session: jlong) -> jboolean,
        extern fn session() -> jlong,
        extern fn token_received(vendor: JString, kind: JString, text: JString) -> jboolean,
        extern fn vendor_failed(vendor: JString, kind: JString, code: JString) -> jboolean,
        extern fn token_invalid(vendor: JString, kind: JString) -> jboolean,
        extern fn enter_foreground() -> jboolean,
        extern fn enter_background(unread: jint) -> jboolean,
        extern fn set_unread(unread: jint) -> jboolean,
        extern fn disable_push() -> jboolean,
        extern fn enable_push() -> jboolean,
        extern fn grant_consent() -> jboolean,
        extern fn withdraw_consent() -> jboolean,
        extern fn tapped(vendor: JString, keys: JString[], values: JString[], data: JString) -> jboolean,
        extern fn tapped_text(vendor: JString, text: JString) -> jboolean,
        extern fn host_ready() -> jboolean,
        extern fn network_up() -> jboolean,
        extern fn retry() -> jboolean,
        extern fn set_device(properties: JString, probes: JString[]) -> jboolean,
        extern fn diagnose() -> JString,
        extern fn diagnose_json() -> JString,
        extern fn close(),
        extern fn complete_ok(raw: jlong) -> jboolean,
        extern fn complete_token(raw: jlong, text: JString) -> jboolean,
        extern fn complete_failed(raw: jlong, code: JString, retry_after_millis: jlong) -> jboolean,
        extern fn complete_lost(raw: jlong) -> jboolean,
        extern fn ring(),
    },
}

/// The JVM calls this when `System.loadLibrary` has loaded the library.
#[unsafe(no_mangle)]
pub extern "system" fn JNI_OnLoad(vm: *mut jni::sys::JavaVM, _: *mut c_void) -> jint {
    // SAFETY: the JVM passes a pointer to itself, which is valid as long as the process lives.
    let vm = unsafe { JavaVM::from_raw(vm) };
    // The log that support asks for: `adb logcat -s push`.
    #[cfg(target_os = "android")]
    android_logger::init_once(
        android_logger::Config::default().with_tag("push").with_max_level(log::LevelFilter::Info),
    );
    let loaded = vm.attach_current_thread(|env| -> jni::errors::Result<()> {
        // Here, and only here, FindClass sees the classes of the loader that has loaded this library.
        let class = env.find_class(jni_str!("com/example/push/PushRegistrar"))?;
        let loader = class.get_class_loader(env)?;
        PushRegistrarAPI::get(env, &LoaderContext::Loader(&loader))?;
        PushExceptionAPI::get(env, &LoaderContext::Loader(&loader))?;
        Ok(())
    });
    match loaded {
        Ok(()) => JNI_VERSION_1_6,
        Err(error) => {
            refuse(&vm, &error);
            JNI_ERR
        }
    }
}

/// Says what does not match. A JVM throws the exception that is left; Android drops it, and has the log.
fn refuse(vm: &JavaVM, error: &jni::errors::Error) {
    let what = format!("PushRegistrar and PushException do not match the library: {error:?}");
    log::error!(target: "host_jni", "{what}");
    let config = || AttachConfig::default().exceptions_policy(AttachmentExceptionPolicy::Ignore);
    let _thrown = vm.attach_current_thread_with_config(config, None, |env| {
        env.throw_new(jni_str!("java/lang/UnsatisfiedLinkError"), JNIString::from(what))
    });
}

/// An error or a panic of a native method becomes a `PushException`.
pub(crate) struct ThrowPushException;

impl<T: Default> ErrorPolicy<T, HostError> for ThrowPushException {
    type Captures<'unowned_env_local: 'native_method, 'native_method> = ();

    fn on_error<'unowned_env_local: 'native_method, 'native_method>(
        env: &mut Env<'unowned_env_local>,
        (): &mut Self::Captures<'unowned_env_local, 'native_method>,
        error: HostError,
    ) -> jni::errors::Result<T> {
        throw(env, &error.code(), &error.to_string())
    }

    fn on_panic<'unowned_env_local: 'native_method, 'native_method>(
        env: &mut Env<'unowned_env_local>,
        (): &mut Self::Captures<'unowned_env_local, 'native_method>,
        _: Box<dyn Any + Send + 'static>,
    ) -> jni::errors::Result<T> {
        throw(env, "panic", "the bridge failed; see the log")
    }
}

fn throw<T: Default>(env: &mut Env<'_>, code: &str, message: &str) -> jni::errors::Result<T> {
    if !env.exception_check() {
        let (code, message) = (JString::from_str(env, code)?, JString::from_str(env, message)?);
        let exception = PushException::new(env, &code, &message)?;
        // A successful throw is reported as an error.
        let _thrown = env.throw(JThrowable::from(exception));
    }
    Ok(T::default())
}
