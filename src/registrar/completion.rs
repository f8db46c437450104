//! How a host answers.

use std::fmt;
use std::sync::Weak;
use std::time::Duration;

use super::driver::Core;
use super::{Event, PresenceId, RegistrationId, ReportId, StoreVersion, TapId};
use crate::secret::Secret;
use crate::vendor::{ImCode, TokenKind, Vendor, VendorCode};

/// The answer to one call of a host, to be given once, at any time and on any thread.
///
/// It names the attempt and the machine that made it, and keeps neither alive: an answer to a registrar that is gone,
/// or to an attempt that is over, is ignored. Dropping it says that the outcome will never be known.
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

    /// A completion that hands its outcome to a function: for a host's own unit tests, and for a host that wraps
    /// another and wants to see its answers. Dropped unanswered, it gives [`Outcome::Lost`].
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use tim_offline_push::registrar::{Completion, FileStore, Outcome, Store as _};
    ///
    /// let folder = std::env::temp_dir().join(format!("tim-offline-push-from-fn-{}", std::process::id()));
    /// let (tell, told) = mpsc::channel();
    /// FileStore::new(&folder).save(b"{}", Completion::from_fn(move |outcome| drop(tell.send(outcome))));
    /// assert_eq!(told.recv()?, Outcome::Ok);
    /// # std::fs::remove_dir_all(folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_fn(answer: impl FnOnce(Outcome) + Send + 'static) -> Self {
        Self { to: Some(AnswerTo::Function(Box::new(answer))) }
    }

    /// It is done.
    pub fn ok(self) {
        self.complete(Outcome::Ok);
    }

    /// A vendor SDK gave this token.
    pub fn token(self, text: impl Into<Box<str>>) {
        self.complete(Outcome::Token(Secret::new(text)));
    }

    /// It failed with this code: the IM SDK's number, a vendor SDK's number, or FCM's name. A host may hand on whatever the
    /// SDK's callback said: the IM SDK's code 0 is success.
    pub fn failed(self, code: impl Into<VendorCode>) {
        self.complete(Outcome::Failed { code: code.into(), retry_after: None });
    }

    /// It failed with this code, and the other side asks to wait that long.
    pub fn failed_retry_after(self, code: impl Into<VendorCode>, retry_after: Duration) {
        self.complete(Outcome::Failed { code: code.into(), retry_after: Some(retry_after) });
    }

    /// It came out like this.
    pub fn complete(mut self, outcome: Outcome) {
        self.answer(outcome);
    }

    /// A number to carry through a foreign language, for [`Registrar::complete`](super::Registrar::complete). A registrar
    /// gives none out twice. Of those not answered it keeps the last 64. No registrar knows the number 0 of a completion made
    /// by [`Completion::from_fn`].
    pub fn into_raw(mut self) -> u64 {
        match self.to.take() {
            Some(AnswerTo::Registrar { request, core }) => {
                let raw = request.raw();
                if let Some(core) = core.upgrade() {
                    core.keep(request);
                }
                raw
            }
            function => {
                self.to = function;
                0
            }
        }
    }

    fn answer(&mut self, outcome: Outcome) {
        match self.to.take() {
            Some(AnswerTo::Registrar { request, core }) => {
                if let Some(core) = core.upgrade() {
                    core.answer(request, outcome);
                }
            }
            Some(AnswerTo::Function(answer)) => answer(outcome),
            None => {}
        }
    }
}

impl Drop for Completion {
    fn drop(&mut self) {
        self.answer(Outcome::Lost);
    }
}

impl fmt::Debug for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request = match &self.to {
            Some(AnswerTo::Registrar { request, .. }) => Some(request),
            Some(AnswerTo::Function(_)) | None => None,
        };
        f.debug_tuple("Completion").field(&request).finish()
    }
}

/// How a call of a host came out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It is done.
    Ok,
    /// A vendor SDK gave a token. To another call than a registration this is as good as [`Outcome::Lost`].
    Token(Secret),
    /// It failed.
    Failed {
        /// The code. The IM SDK's are numbers; a name, or a number beyond 32 bits, is none of its codes and as good as
        /// [`Outcome::Lost`].
        code: VendorCode,
        /// How long the other side asks to wait, if it says. Counts for reports.
        retry_after: Option<Duration>,
    },
    /// Nobody will ever tell.
    Lost,
}

/// What a completion answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Request {
    Report(ReportId),
    Presence(PresenceId),
    Registration { id: RegistrationId, vendor: Vendor, kind: TokenKind },
    Channel(RegistrationId),
    Store(StoreVersion),
    Tap(TapId),
}

impl Request {
    pub(super) const fn raw(&self) -> u64 {
        match self {
            Self::Report(id) => id.as_u64(),
            Self::Presence(id) => id.as_u64(),
            Self::Registration { id, .. } | Self::Channel(id) => id.as_u64(),
            Self::Store(version) => version.as_u64(),
            Self::Tap(id) => id.as_u64(),
        }
    }

    /// The event that an answer is; `None` where the machine needs none: a registration is over when the token comes,
    /// and what is lost is over at its deadline.
    pub(super) fn event(self, outcome: Outcome) -> Option<Event> {
        match (self, outcome) {
            (Self::Report(id), Outcome::Ok) => Some(Event::ReportDone { id }),
            (Self::Report(id), Outcome::Failed { code, retry_after }) => Some(match im_code(&code) {
                Some(code) => Event::ReportFailed { id, code, retry_after },
                None => Event::ReportLost { id },
            }),
            (Self::Report(id), Outcome::Lost | Outcome::Token(_)) => Some(Event::ReportLost { id }),
            (Self::Presence(id), Outcome::Ok) => Some(Event::PresenceDone { id }),
            (Self::Presence(id), Outcome::Failed { code, .. }) => {
                im_code(&code).map(|code| Event::PresenceFailed { id, code })
            }
            (Self::Registration { vendor, kind, .. }, Outcome::Token(text)) => {
                Some(Event::Token { vendor: vendor, kind, text })
            }
            (Self::Registration { id, .. }, Outcome::Failed { code, .. }) => {
                Some(Event::VendorFailed { id, code })
            }
            (Self::Channel(id), Outcome::Ok) => Some(Event::NotificationChannelReady { id }),
            (Self::Channel(id), _) => Some(Event::NotificationChannelFailed { id }),
            (Self::Store(version), Outcome::Ok) => Some(Event::Stored { version }),
            (Self::Store(version), _) => Some(Event::StoreFailed { version }),
            (Self::Tap(id), Outcome::Ok) => Some(Event::TapHandled { id }),
            (Self::Presence(_), Outcome::Lost | Outcome::Token(_))
            | (Self::Registration { .. }, Outcome::Ok | Outcome::Lost)
            | (Self::Tap(_), Outcome::Failed { .. } | Outcome::Token(_) | Outcome::Lost) => None,
        }
    }
}

fn im_code(code: &VendorCode) -> Option<ImCode> {
    match code {
        VendorCode::Number(number) => i32::try_from(*number).ok().map(ImCode::new),
        VendorCode::Name(_) => None,
    }
}

/// The registrar's alarm clock rings. Held by a [`Scheduler`](super::Scheduler); keeps nothing alive.
#[derive(Clone)]
pub struct Alarm {
    core: Weak<Core>,
}

impl Alarm {
    pub(super) const fn new(core: Weak<Core>) -> Self {
        Self { core }
    }

    /// Does what is due. Harmless when nothing is, and when the registrar is gone.
    pub fn ring(&self) {
        if let Some(core) = self.core.upgrade() {
            core.ring();
        }
    }
}

impl fmt::Debug for Alarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Alarm").finish_non_exhaustive()
    }
}
