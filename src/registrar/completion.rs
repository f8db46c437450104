//! How a host answers.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Weak;
use std::time::Duration;

use super::Lost;
use super::driver::{Core, Request};
use crate::secret::Secret;
use crate::vendor::{ImCode, Vendor, VendorCode};

/// The answer to one call of a host, to be given once, at any time and on any thread.
///
/// It names the attempt and the machine that made it, and keeps neither alive: an answer to a registrar that
/// is gone, or to an attempt that is over, is ignored. Dropping it says that the outcome will never be known.
///
/// ```
/// use tim_offline_push::registrar::{Binding, Completion, ImClient, Presence};
///
/// struct Im;
///
/// impl ImClient for Im {
///     fn set_offline_push(&self, binding: &Binding, done: Completion) {
///         match binding.business_id() {
///             Some(_) => done.ok(),
///             None => done.failed(6017),
///         }
///     }
///
///     fn set_presence(&self, _: Presence, done: Completion) {
///         done.ok();
///     }
/// }
/// ```
#[must_use = "dropping it says that the outcome will never be known"]
pub struct Completion {
    /// Taken by the answer.
    to: Option<AnswerTo>,
}

/// Who gets the answer.
enum AnswerTo {
    Registrar { request: Request, core: Weak<Core> },
    Function(Box<dyn FnOnce(Outcome) + Send>),
}

impl Completion {
    pub(super) const fn new(request: Request, core: Weak<Core>) -> Self {
        Self { to: Some(AnswerTo::Registrar { request, core }) }
    }

    /// A completion that passes its outcome to a function: for a host's own unit tests, and for a host that
    /// wraps another and wants to see its answers. Dropped unanswered, it passes [`Outcome::Lost`].
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use tim_offline_push::registrar::{Completion, FileStore, Outcome, Store as _};
    ///
    /// let folder = std::env::temp_dir().join(format!("tim-offline-push-from-fn-{}", std::process::id()));
    /// let (sender, answers) = mpsc::channel();
    /// FileStore::new(&folder).save(b"{}", Completion::from_fn(move |outcome| drop(sender.send(outcome))));
    /// assert_eq!(answers.recv()?, Outcome::Ok);
    /// # std::fs::remove_dir_all(folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_fn(answer: impl FnOnce(Outcome) + Send + 'static) -> Self {
        Self { to: Some(AnswerTo::Function(Box::new(answer))) }
    }

    /// Answers that it is done.
    pub fn ok(self) {
        self.complete(Outcome::Ok);
    }

    /// Answers with a vendor SDK's token.
    pub fn token(self, text: impl Into<Box<str>>) {
        self.complete(Outcome::Token(Secret::new(text)));
    }

    /// Answers that it failed, with whatever the SDK's callback said: a number, a text such as an
    /// exception's, or for a store the kind of I/O error. The IM SDK's code 0 is success.
    pub fn failed(self, code: impl Into<Failure>) {
        self.complete(Outcome::Failed { code: code.into(), retry_after: None });
    }

    /// Answers as [`Completion::failed`] does, and that the other side asks to wait that long.
    pub fn failed_retry_after(self, code: impl Into<Failure>, retry_after: Duration) {
        self.complete(Outcome::Failed { code: code.into(), retry_after: Some(retry_after) });
    }

    /// Answers with an outcome.
    pub fn complete(mut self, outcome: Outcome) {
        self.answer(outcome, Lost::Host);
    }

    /// A number to carry through a foreign language, for [`Registrar::complete`](super::Registrar::complete).
    /// A registrar gives none out twice. Of those not answered it keeps the last 64. No registrar knows the
    /// number 0, which a completion made by [`Completion::from_fn`] has.
    ///
    /// If the foreign call may fail, use [`Completion::lend`], which then answers for the number.
    pub fn into_raw(self) -> u64 {
        self.kept().0
    }

    /// Leaves the answer to a number. The registrar that knows it, if one does.
    fn kept(mut self) -> (u64, Weak<Core>) {
        let to = self.to.take_if(|to| matches!(to, AnswerTo::Registrar { .. }));
        let Some(AnswerTo::Registrar { request, core }) = to else { return (0, Weak::new()) };
        if let Some(core) = core.upgrade() {
            core.keep(request);
        }
        (request.raw(), core)
    }

    /// Passes the number of [`Completion::into_raw`] to foreign code. If `call` fails or panics and the
    /// number has not been answered by then, it is answered as lost at once, without waiting for a deadline.
    ///
    /// ```
    /// use tim_offline_push::registrar::{Binding, Completion, ImClient, Presence};
    /// # struct JavaException;
    /// # fn call_java(id: u32, token: &str, done: u64) -> Result<(), JavaException> { Err(JavaException) }
    ///
    /// struct Bridge;
    ///
    /// impl ImClient for Bridge {
    ///     fn set_offline_push(&self, binding: &Binding, done: Completion) {
    ///         let id = binding.business_id().map_or(0, |id| id.as_u32());
    ///         let token = binding.token().map_or("", |token| token.expose_secret());
    ///         if done.lend(|raw| call_java(id, token, raw)).is_err() {
    ///             eprintln!("setOfflinePushConfig has thrown");
    ///         }
    ///     }
    ///
    ///     fn set_presence(&self, _: Presence, done: Completion) {
    ///         done.ok();
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    /// The error of `call`.
    pub fn lend<T, E>(self, call: impl FnOnce(u64) -> Result<T, E>) -> Result<T, E> {
        let (raw, core) = self.kept();
        let called = catch_unwind(AssertUnwindSafe(|| call(raw)));
        let lost = called.as_ref().map_or(Some(Lost::Panicked), |it| it.is_err().then_some(Lost::Host));
        if let (Some(lost), Some(core)) = (lost, core.upgrade()) {
            core.complete(raw, Outcome::Lost, lost);
        }
        called.unwrap_or_else(|panic| resume_unwind(panic))
    }

    fn answer(&mut self, outcome: Outcome, lost: Lost) {
        match self.to.take() {
            Some(AnswerTo::Registrar { request, core }) => {
                if let Some(core) = core.upgrade() {
                    core.answer(request, outcome, lost);
                }
            }
            Some(AnswerTo::Function(answer)) => answer(outcome),
            None => {}
        }
    }
}

impl Drop for Completion {
    fn drop(&mut self) {
        let lost = if std::thread::panicking() { Lost::Panicked } else { Lost::Dropped };
        // The host may be unwinding, and a second panic that leaves this would abort the process.
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer(Outcome::Lost, lost)));
        std::mem::forget(answered);
    }
}

impl fmt::Debug for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = self.to.as_ref();
        let request =
            to.and_then(|to| if let AnswerTo::Registrar { request, .. } = to { Some(request) } else { None });
        f.debug_tuple("Completion").field(&request).finish()
    }
}

/// How a call of a host came out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It is done.
    Ok,
    /// A vendor SDK gave a token. To another call than a registration this counts as [`Outcome::Lost`].
    Token(Secret),
    /// It failed.
    Failed {
        /// What the SDK said. To a report or a presence call, whatever is no number of 32 bits counts as
        /// [`Outcome::Lost`].
        code: Failure,
        /// How long the other side asks to wait, if it says. Counts for reports.
        retry_after: Option<Duration>,
    },
    /// The outcome will never be known.
    Lost,
}

impl Outcome {
    /// The outcome that an SDK's callback tells by a code: 0 is success, any other number and any text a
    /// failure.
    ///
    /// ```
    /// use tim_offline_push::registrar::Outcome;
    ///
    /// assert_eq!(Outcome::from_code(0), Outcome::Ok);
    /// assert_eq!(Outcome::from_code("0"), Outcome::Ok);
    /// assert!(matches!(Outcome::from_code(6014), Outcome::Failed { .. }));
    /// assert!(matches!(Outcome::from_code("SERVICE_NOT_AVAILABLE"), Outcome::Failed { .. }));
    /// ```
    pub fn from_code(code: impl Into<Failure>) -> Self {
        let code = code.into();
        if code.number() == Some(0) { Self::Ok } else { Self::Failed { code, retry_after: None } }
    }

    /// A token, as the vendor SDK gave it.
    ///
    /// ```
    /// use tim_offline_push::registrar::Outcome;
    ///
    /// let outcome = Outcome::token("d//igwEhgBGCI2TG6lWq");
    /// assert!(!format!("{outcome:?}").contains("igwEhg"));
    /// ```
    pub fn token(text: impl Into<Box<str>>) -> Self {
        Self::Token(Secret::new(text))
    }
}

/// What an SDK said of a failure, as the host holds it: a number, a text, or a kind of I/O error. What it
/// means is found when it is known whose it is, and nothing else of a text is kept: see [`VendorCode::find`].
///
/// `Debug` and `Display` show of a text no more than the name of an error, if it is one.
///
/// ```
/// use tim_offline_push::registrar::Failure;
/// use tim_offline_push::vendor::{Vendor, VendorCode};
///
/// let thrown = Failure::from("com.huawei.hms.common.ApiException: 907122036: no right");
/// assert_eq!(thrown.vendor_code(Vendor::Huawei), VendorCode::Number(907_122_036));
/// assert_eq!(Failure::from(6014).number(), Some(6014));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Failure(What);

#[derive(Clone, PartialEq, Eq, Hash)]
enum What {
    Number(i64),
    Text(Secret),
    Io(io::ErrorKind),
}

impl Failure {
    /// The number, also where a text is nothing but one.
    pub fn number(&self) -> Option<i64> {
        match &self.0 {
            What::Number(number) => Some(*number),
            What::Text(text) => text.expose_secret().trim().parse().ok(),
            What::Io(_) => None,
        }
    }

    /// The error as one of this vendor's SDK.
    pub fn vendor_code(&self, vendor: Vendor) -> VendorCode {
        match &self.0 {
            What::Number(number) => VendorCode::Number(*number),
            What::Text(text) => VendorCode::find(vendor, text.expose_secret()),
            What::Io(_) => VendorCode::find(vendor, ""),
        }
    }

    /// The error as one of the IM SDK, whose codes are numbers of 32 bits.
    pub fn im_code(&self) -> Option<ImCode> {
        self.number().and_then(|number| i32::try_from(number).ok()).map(ImCode::from)
    }

    /// The kind of I/O error, where a store said one.
    pub const fn io_kind(&self) -> Option<io::ErrorKind> {
        match self.0 {
            What::Io(kind) => Some(kind),
            What::Number(_) | What::Text(_) => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            What::Number(number) => number.fmt(f),
            // Only FCM's codes are names.
            What::Text(text) => VendorCode::find(Vendor::Fcm, text.expose_secret()).fmt(f),
            What::Io(kind) => kind.fmt(f),
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failure({self})")
    }
}

impl From<i32> for Failure {
    fn from(number: i32) -> Self {
        Self(What::Number(number.into()))
    }
}

impl From<i64> for Failure {
    fn from(number: i64) -> Self {
        Self(What::Number(number))
    }
}

impl From<&str> for Failure {
    fn from(text: &str) -> Self {
        Self(What::Text(Secret::new(text)))
    }
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self(What::Text(Secret::new(text)))
    }
}

impl From<io::ErrorKind> for Failure {
    fn from(kind: io::ErrorKind) -> Self {
        Self(What::Io(kind))
    }
}

/// The registrar's alarm clock rings. Held by a [`Scheduler`](super::Scheduler); keeps nothing alive.
#[derive(Clone, Debug)]
pub struct Alarm {
    core: Weak<Core>,
}

impl Alarm {
    pub(super) const fn new(core: Weak<Core>) -> Self {
        Self { core }
    }

    /// Does what is due, which includes calls of hosts: ring from a thread that may wait. Harmless when
    /// nothing is due, and when the registrar is gone.
    pub fn ring(&self) {
        if let Some(core) = self.core.upgrade() {
            core.ring();
        }
    }
}
