use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::journal::{Call, Record};
use super::{Journal, VirtualTime};
use crate::registrar::{Completion, Failure, Outcome};
use crate::secret::Secret;

/// How a scripted host answers one call.
///
/// ```
/// use std::time::Duration;
/// use tim_offline_push::testing::Reply;
///
/// let script = [
///     Reply::failed(22006).retry_after(Duration::from_secs(30)),
///     Reply::ok().after(Duration::from_millis(200)),
///     Reply::silence(),
/// ];
/// # assert_eq!(script.len(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    what: What,
    delay: Duration,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Answer(Outcome),
    Drop,
    Silence,
    Panic,
}

impl Reply {
    /// Success.
    pub const fn ok() -> Self {
        Self::of(What::Answer(Outcome::Ok))
    }

    /// A vendor SDK's token.
    pub fn token(text: impl Into<Box<str>>) -> Self {
        Self::of(What::Answer(Outcome::Token(Secret::new(text))))
    }

    /// A failure with this code or text.
    pub fn failed(code: impl Into<Failure>) -> Self {
        Self::of(What::Answer(Outcome::Failed { code: code.into(), retry_after: None }))
    }

    /// [`Outcome::Lost`]: the host says that the outcome will never be known.
    pub const fn lost() -> Self {
        Self::of(What::Answer(Outcome::Lost))
    }

    /// The host drops the completion.
    pub const fn dropped() -> Self {
        Self::of(What::Drop)
    }

    /// No answer, and the completion is kept: an SDK that hangs.
    pub const fn silence() -> Self {
        Self::of(What::Silence)
    }

    /// The host panics.
    pub const fn panic() -> Self {
        Self::of(What::Panic)
    }

    /// With the time that the other side asks to wait, where this is a failure.
    #[must_use]
    pub fn retry_after(mut self, wait: Duration) -> Self {
        if let What::Answer(Outcome::Failed { retry_after, .. }) = &mut self.what {
            *retry_after = Some(wait);
        }
        self
    }

    /// Given that much later. A panic happens inside of the call or not at all: it comes at once.
    #[must_use]
    pub const fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    const fn of(what: What) -> Self {
        Self { what, delay: Duration::ZERO }
    }
}

/// Replies in order, and what to reply when they have run out.
#[derive(Debug)]
pub(super) struct Script(Mutex<(VecDeque<Reply>, Reply)>);

impl Script {
    pub(super) fn new(otherwise: Reply) -> Self {
        Self(Mutex::new((VecDeque::new(), otherwise)))
    }

    pub(super) fn add(&self, replies: impl IntoIterator<Item = Reply>) {
        let replies: Vec<Reply> = replies.into_iter().collect();
        self.lock().0.extend(replies);
    }

    pub(super) fn otherwise(&self, reply: Reply) {
        self.lock().1 = reply;
    }

    /// Answers a call with the next reply, and records both. `then` sees the answer just before it is given.
    pub(super) fn play(
        &self,
        call: Call,
        done: Completion,
        time: &VirtualTime,
        journal: &Journal,
        then: impl FnOnce(&Outcome) + Send + 'static,
    ) {
        journal.record(Record::Call(call.clone()));
        let reply = self.next();
        let (outcome, drops) = match reply.what {
            What::Answer(outcome) => (outcome, false),
            What::Drop => (Outcome::Lost, true),
            // An answer that is never due: the completion stays where it is.
            What::Silence => return time.after(Duration::MAX, move || drop(done)),
            What::Panic => resume_unwind(Box::new("a scripted panic")),
        };
        let journal = journal.clone();
        let answer = move || {
            journal.record(Record::Answer { to: call, outcome: outcome.clone() });
            then(&outcome);
            if drops { drop(done) } else { done.complete(outcome) }
        };
        if reply.delay.is_zero() {
            answer();
        } else {
            time.after(reply.delay, answer);
        }
    }

    fn next(&self) -> Reply {
        let (script, otherwise) = &mut *self.lock();
        script.pop_front().unwrap_or_else(|| otherwise.clone())
    }

    fn lock(&self) -> MutexGuard<'_, (VecDeque<Reply>, Reply)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
