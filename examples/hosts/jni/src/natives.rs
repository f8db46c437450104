//! The native methods of `PushRegistrar.java`: each reads its arguments and calls the registrar.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jni::Env;
use jni::objects::{JObjectArray, JString};
use jni::sys::{jint, jlong};
use tim_offline_push::certificate::Certificates;
use tim_offline_push::device::Probe;
use tim_offline_push::notification::Payload;
use tim_offline_push::registrar::{
    FileStore, InstallId, NotificationChannel, Outcome, Registrar, SessionId, Unread,
};
use tim_offline_push::secret::Secret;
use tim_offline_push::vendor::{TokenKind, Vendor};
use tim_offline_push::{DeviceFacts, Tap, UserId};

use crate::bridge::{PushRegistrar, PushRegistrarAPI, PushRegistrarNativeInterface};
use crate::error::HostError;
use crate::hosts::{Java, release, to_java};

/// The registrars by their handles: a number that Java keeps too long names nothing, and never a freed
/// pointer.
static REGISTRARS: Mutex<Handles> = Mutex::new(Handles { last: 0, live: BTreeMap::new() });

struct Handles {
    last: jlong,
    live: BTreeMap<jlong, (Registrar, Arc<Java>)>,
}

fn handles() -> MutexGuard<'static, Handles> {
    REGISTRARS.lock().unwrap_or_else(PoisonError::into_inner)
}

type This<'local> = PushRegistrar<'local>;
type Result<T> = std::result::Result<T, HostError>;

const fn to_rust(number: jlong) -> u64 {
    u64::from_ne_bytes(number.to_ne_bytes())
}

fn open(env: &mut Env<'_>, this: &This<'_>) -> Result<(Registrar, Arc<Java>)> {
    let handle = this.handle(env)?;
    handles().live.get(&handle).cloned().ok_or(HostError::Closed)
}

fn registrar(env: &mut Env<'_>, this: &This<'_>) -> Result<Registrar> {
    open(env, this).map(|(registrar, _)| registrar)
}

fn text(env: &Env<'_>, text: &JString<'_>) -> Result<String> {
    Ok(text.try_to_string(env)?)
}

fn optional(env: &Env<'_>, given: &JString<'_>) -> Result<Option<String>> {
    if given.is_null() { Ok(None) } else { text(env, given).map(Some) }
}

fn texts(env: &mut Env<'_>, array: &JObjectArray<'_, JString<'_>>) -> Result<Vec<String>> {
    (0..array.len(env)?)
        .map(|index| {
            let element = array.get_element(env, index)?;
            let element_text = text(env, &element);
            env.delete_local_ref(element);
            element_text
        })
        .collect()
}

fn vendor(env: &Env<'_>, name: &JString<'_>) -> Result<Vendor> {
    Ok(text(env, name)?.parse()?)
}

fn optional_vendor(env: &Env<'_>, name: &JString<'_>) -> Result<Option<Vendor>> {
    Ok(optional(env, name)?.map(|name| name.parse()).transpose()?)
}

/// A dump of properties, and what services have answered: pairs of a name and `true`, `false` or a version.
fn device(
    env: &mut Env<'_>,
    properties: &JString<'_>,
    probes: &JObjectArray<'_, JString<'_>>,
) -> Result<DeviceFacts> {
    let facts = DeviceFacts::from_getprop(&text(env, properties)?)?;
    texts(env, probes)?.chunks_exact(2).try_fold(facts, |facts, pair| {
        let [service, answer] = pair else { return Ok(facts) };
        let service = serde_json::from_value(service.as_str().into()).map_err(|_| HostError::Service)?;
        let probe = match answer.parse() {
            Ok(available) => Probe::of(available),
            Err(_) => Probe::Available { version: answer.parse().ok() },
        };
        Ok(facts.with_probe(service, probe))
    })
}

fn kind(env: &Env<'_>, name: &JString<'_>) -> Result<TokenKind> {
    Ok(text(env, name)?.parse()?)
}

impl PushRegistrarNativeInterface for PushRegistrarAPI {
    type Error = HostError;

    fn start<'local>(
        env: &mut Env<'local>,
        this: This<'local>,
        certificates: JString<'local>,
        properties: JString<'local>,
        probes: JObjectArray<'local, JString<'local>>,
        folder: JString<'local>,
        install_id: JString<'local>,
        consent_required: bool,
        channels: JObjectArray<'local, JString<'local>>,
        clock: bool,
        scheduler: bool,
        taps: bool,
        process: jint,
    ) -> Result<()> {
        let reading = Certificates::read(&text(env, &certificates)?)?;
        let findings: Vec<_> = reading.findings().iter().map(ToString::to_string).collect();
        let device = device(env, &properties, &probes)?;
        let store = match (optional(env, &folder)?, optional(env, &install_id)?) {
            (Some(folder), Some(id)) => Some((FileStore::new(folder), InstallId::new(id)?)),
            _ => None,
        };
        let channels = texts(env, &channels)?;
        let java = Arc::new(Java::new(env.new_global_ref(&this)?));

        let mut builder = Registrar::builder(reading.certificates().clone(), java.clone(), java.clone())
            .observer(java.clone())
            .notification_channels(java.clone())
            .badge(java.clone());
        if let Some((store, install)) = store {
            builder = builder.store(Arc::new(store), install);
        }
        if clock {
            builder = builder.clock(java.clone());
        }
        if scheduler {
            builder = builder.scheduler(java.clone());
        }
        if taps {
            builder = builder.taps(java.clone());
        }
        if let Some(process) = u32::try_from(process).ok().filter(|process| *process > 0) {
            builder = builder.seeded(process, process.into());
        }
        for channel in channels.chunks_exact(4) {
            if let [vendor, id, name, description] = channel {
                let vendor: Vendor = vendor.parse()?;
                let channel = NotificationChannel::new(id.as_str(), name.as_str())
                    .with_description(description.as_str());
                builder = builder
                    .configure(|configuration| configuration.with_notification_channel(vendor, channel));
            }
        }
        // guide: start
        // An SDK may answer before `start` returns, so Java gets the handle first.
        builder
            .configure(|configuration| configuration.with_consent_required(consent_required))
            .announce(move |registrar| {
                let handle = {
                    let mut handles = handles();
                    handles.last += 1;
                    let handle = handles.last;
                    handles.live.insert(handle, (registrar.clone(), java.clone()));
                    handle
                };
                java.call("started", |env, java| java.started(env, handle));
                findings.iter().for_each(|finding| java.finding(finding));
            })
            .start(device)?;
        // end
        Ok(())
    }

    fn logged_in<'local>(env: &mut Env<'local>, this: This<'local>, user: JString<'local>) -> Result<jlong> {
        let user = UserId::new(text(env, &user)?)?;
        Ok(to_java(registrar(env, &this)?.logged_in(user).as_u64()))
    }

    fn log_out<'local>(
        env: &mut Env<'local>,
        this: This<'local>,
        session: jlong,
        callback: jlong,
    ) -> Result<bool> {
        let (registrar, java) = open(env, &this)?;
        let session = SessionId::from(to_rust(session));
        Ok(registrar.log_out(session, move |released| release(&java, callback, released)).is_applied())
    }

    fn logged_out<'local>(env: &mut Env<'local>, this: This<'local>, session: jlong) -> Result<bool> {
        Ok(registrar(env, &this)?.logged_out(to_rust(session).into()).is_applied())
    }

    fn kicked_off<'local>(env: &mut Env<'local>, this: This<'local>, session: jlong) -> Result<bool> {
        Ok(registrar(env, &this)?.kicked_off(to_rust(session).into()).is_applied())
    }

    fn credential_expired<'local>(env: &mut Env<'local>, this: This<'local>, session: jlong) -> Result<bool> {
        Ok(registrar(env, &this)?.credential_expired(to_rust(session).into()).is_applied())
    }

    fn session<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<jlong> {
        Ok(registrar(env, &this)?.session().map_or(0, |session| to_java(session.as_u64())))
    }

    fn token_received<'local>(
        env: &mut Env<'local>,
        this: This<'local>,
        from: JString<'local>,
        of: JString<'local>,
        token: JString<'local>,
    ) -> Result<bool> {
        let (vendor, kind, token) = (vendor(env, &from)?, kind(env, &of)?, text(env, &token)?);
        Ok(registrar(env, &this)?.token_received(vendor, kind, token).is_applied())
    }

    fn vendor_failed<'local>(
        env: &mut Env<'local>,
        this: This<'local>,
        from: JString<'local>,
        of: JString<'local>,
        code: JString<'local>,
    ) -> Result<bool> {
        let (vendor, kind, code) = (vendor(env, &from)?, kind(env, &of)?, text(env, &code)?);
        Ok(registrar(env, &this)?.vendor_failed(vendor, kind, code.as_str()).is_applied())
    }

    fn token_invalid<'local>(
        env: &mut Env<'local>,
        this: This<'local>,
        from: JString<'local>,
        of: JString<'local>,
    ) -> Result<bool> {
        let (vendor, kind) = (vendor(env, &from)?, kind(env, &of)?);
        Ok(registrar(env, &this)?.token_invalid(vendor, kind).is_applied())
    }

    fn enter_foreground<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<bool> {
        Ok(registrar(env, &this)?.enter_foreground().is_applied())
    }

    fn enter_background<'local>(env: &mut Env<'local>, this: This<'local>, unread: jint) -> Result<bool> {
        Ok(registrar(env, &this)?.enter_background(Unread::new(unread.into())).is_applied())
    }

    fn set_unread<'local>(env: &mut Env<'local>, this: This<'local>, unread: jint) -> Result<bool> {
        Ok(registrar(env, &this)?.set_unread(Unread::new(unread.into())).is_applied())
    }

    fn disable_push<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<bool> {
        Ok(registrar(env, &this)?.disable_push().is_applied())
    }

    fn enable_push<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<bool> {
        Ok(registrar(env, &this)?.enable_push().is_applied())
    }

    fn grant_consent<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<bool> {
        Ok(registrar(env, &this)?.grant_consent().is_applied())
    }

    fn withdraw_consent<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<bool> {
        Ok(registrar(env, &this)?.withdraw_consent().is_applied())
    }

    // guide: tapped
    fn tapped<'local>(
        env: &mut Env<'local>,
        this: This<'local>,
        from: JString<'local>,
        keys: JObjectArray<'local, JString<'local>>,
        values: JObjectArray<'local, JString<'local>>,
        data: JString<'local>,
    ) -> Result<bool> {
        let (vendor, data) = (optional_vendor(env, &from)?, optional(env, &data)?);
        let extras = texts(env, &keys)?.into_iter().zip(texts(env, &values)?);
        let payload = Payload::from_texts(extras, data.as_deref())?;
        Ok(registrar(env, &this)?.tapped(Tap::new(vendor, payload)).is_applied())
    }
    // end

    fn tapped_text<'local>(
        env: &mut Env<'local>,
        this: This<'local>,
        from: JString<'local>,
        given: JString<'local>,
    ) -> Result<bool> {
        let vendor = optional_vendor(env, &from)?;
        let tap = Tap::from_text(vendor, &text(env, &given)?)?;
        Ok(registrar(env, &this)?.tapped(tap).is_applied())
    }

    fn host_ready<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<bool> {
        Ok(registrar(env, &this)?.host_ready().is_applied())
    }

    fn network_up<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<bool> {
        Ok(registrar(env, &this)?.network_up().is_applied())
    }

    fn retry<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<bool> {
        Ok(registrar(env, &this)?.retry().is_applied())
    }

    fn set_device<'local>(
        env: &mut Env<'local>,
        this: This<'local>,
        properties: JString<'local>,
        probes: JObjectArray<'local, JString<'local>>,
    ) -> Result<bool> {
        let device = device(env, &properties, &probes)?;
        Ok(registrar(env, &this)?.set_device(device).is_applied())
    }

    fn diagnose<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<JString<'local>> {
        let diagnosis = registrar(env, &this)?.diagnose();
        Ok(JString::from_str(env, diagnosis.to_string())?)
    }

    fn diagnose_json<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<JString<'local>> {
        let diagnosis = registrar(env, &this)?.diagnose();
        let json = serde_json::to_string(&diagnosis).unwrap_or_default();
        Ok(JString::from_str(env, json)?)
    }

    fn close<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<()> {
        let handle = this.handle(env)?;
        let closed = handles().live.remove(&handle);
        if let Some((registrar, _)) = closed {
            registrar.shutdown();
        }
        Ok(())
    }

    // guide: complete
    fn complete_ok<'local>(env: &mut Env<'local>, this: This<'local>, raw: jlong) -> Result<bool> {
        complete(env, &this, raw, Outcome::Ok)
    }

    fn complete_token<'local>(
        env: &mut Env<'local>,
        this: This<'local>,
        raw: jlong,
        token: JString<'local>,
    ) -> Result<bool> {
        let token = Secret::new(text(env, &token)?);
        complete(env, &this, raw, Outcome::Token(token))
    }

    fn complete_failed<'local>(
        env: &mut Env<'local>,
        this: This<'local>,
        raw: jlong,
        code: JString<'local>,
        retry_after_millis: jlong,
    ) -> Result<bool> {
        let mut outcome = Outcome::from_code(optional(env, &code)?.unwrap_or_default()); // 0 is success
        if let Outcome::Failed { retry_after, .. } = &mut outcome {
            *retry_after = u64::try_from(retry_after_millis).ok().map(Duration::from_millis);
        }
        complete(env, &this, raw, outcome)
    }

    fn complete_lost<'local>(env: &mut Env<'local>, this: This<'local>, raw: jlong) -> Result<bool> {
        complete(env, &this, raw, Outcome::Lost)
    }
    // end

    fn ring<'local>(env: &mut Env<'local>, this: This<'local>) -> Result<()> {
        // An alarm may ring after the end.
        if let Ok(registrar) = registrar(env, &this) {
            registrar.ring();
        }
        Ok(())
    }
}

/// An answer that comes after the end is ignored like any other that comes too late.
fn complete(env: &mut Env<'_>, this: &This<'_>, raw: jlong, outcome: Outcome) -> Result<bool> {
    match registrar(env, this) {
        Ok(registrar) => Ok(registrar.complete(to_rust(raw), outcome)),
        Err(HostError::Closed) => Ok(false),
        Err(error) => Err(error),
    }
}
