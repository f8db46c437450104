//! A host whose SDKs are async functions. The registrar needs no runtime: a completion is answered at the end
//! of a future, wherever that runs. This one brings an executor of thirty lines; with tokio or smol it is
//! their `spawn`.
//!
//! ```text
//! cargo run --example async_host
//! ```

use std::error::Error;
use std::future::{Future, poll_fn};
use std::io::Write as _;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::registrar::{
    Binding, Completion, ImClient, Observer, Presence, Region, Registrar, Release, SessionId, StateName,
    Transition, VendorSdk,
};
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};

fn main() -> Result<(), Box<dyn Error>> {
    let (executor, ready) = Executor::new();
    let bound = Arc::new(Promise::default());
    let app = Arc::new(App { executor: executor.clone(), bound: Arc::clone(&bound) });
    let certificates = Certificates::new().with(Vendor::Fcm, BusinessId::new(30210)?);
    let push = Registrar::builder(certificates, app.clone(), app.clone())
        .observer(app)
        .start(DeviceFacts::from_getprop("[ro.product.manufacturer]: [Google]")?)?;
    let alice = UserId::new("alice")?;

    executor.block_on(&ready, async move {
        let session = push.logged_in(alice);
        bound.kept().await;
        say(&format!("bound to {}", push.diagnose().elected.map_or("nothing", Vendor::as_str)));
        let release = log_out(&push, session).await;
        // A superseded one is for a session that another has followed: a logout would end that one.
        if !release.is_superseded() {
            say(&format!("logged out; clean: {}", release.is_clean()));
            push.logged_out(session);
        }
    });
    Ok(())
}

/// Asks for a logout, and waits until the IM SDK may do it.
async fn log_out(push: &Registrar, session: SessionId) -> Release {
    let released = Arc::new(Promise::default());
    let keep = Arc::clone(&released);
    push.log_out(session, move |release| keep.keep(release));
    released.kept().await
}

/// The app's bridges to its SDKs.
struct App {
    executor: Executor,
    bound: Arc<Promise<()>>,
}

impl ImClient for App {
    fn set_offline_push(&self, binding: &Binding, done: Completion) {
        let binding = binding.clone();
        self.executor.spawn(async move {
            match set_offline_push_config(&binding).await {
                Ok(()) => done.ok(),
                Err(code) => done.failed(code),
            }
        });
    }

    fn set_presence(&self, _: Presence, done: Completion) {
        done.ok();
    }
}

impl VendorSdk for App {
    fn vendors(&self) -> VendorSet {
        VendorSet::EMPTY.with(Vendor::Fcm)
    }

    fn register(&self, _: Vendor, _: TokenKind, done: Completion) {
        self.executor.spawn(async move {
            match get_token().await {
                Ok(token) => done.token(token),
                Err(name) => done.failed(name),
            }
        });
    }
}

impl Observer for App {
    fn transition(&self, transition: &Transition) {
        if (transition.region, transition.to) == (Region::Binding, StateName::Bound) {
            self.bound.keep(());
        }
    }
}

async fn get_token() -> Result<String, &'static str> {
    say("FirebaseMessaging.getToken");
    pause().await;
    Ok("fE1e1PZJFSQ:APA91bFAOjp1ahBWn9rTlbjArwBEm_".to_owned())
}

async fn set_offline_push_config(binding: &Binding) -> Result<(), i32> {
    let id = binding.business_id().map_or(0, BusinessId::as_u32);
    say(&format!("setOfflinePushConfig: certificate {id}"));
    pause().await;
    Ok(())
}

/// Lets others run once, as a future does that waits for a server.
async fn pause() {
    let mut waited = false;
    poll_fn(|context| {
        if waited {
            return Poll::Ready(());
        }
        waited = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// A value that comes once.
struct Promise<T>(Mutex<(Option<T>, Option<Waker>)>);

impl<T> Default for Promise<T> {
    fn default() -> Self {
        Self(Mutex::new((None, None)))
    }
}

impl<T> Promise<T> {
    fn keep(&self, value: T) {
        let waker = {
            let mut inner = lock(&self.0);
            inner.0 = Some(value);
            inner.1.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    async fn kept(&self) -> T {
        poll_fn(|context| {
            let mut inner = lock(&self.0);
            inner.1 = Some(context.waker().clone());
            inner.0.take().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}

/// Runs futures one after the other, on the thread that blocks on the main one.
#[derive(Clone)]
struct Executor {
    queue: Sender<Arc<Task>>,
}

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Task {
    job: Mutex<Option<Job>>,
    queue: Sender<Arc<Self>>,
}

impl Executor {
    fn new() -> (Self, Receiver<Arc<Task>>) {
        let (queue, ready) = channel();
        (Self { queue }, ready)
    }

    fn spawn(&self, job: impl Future<Output = ()> + Send + 'static) {
        Arc::new(Task { job: Mutex::new(Some(Box::pin(job))), queue: self.queue.clone() }).wake();
    }

    fn block_on(&self, ready: &Receiver<Arc<Task>>, job: impl Future<Output = ()> + Send + 'static) {
        let main = Arc::new(Task { job: Mutex::new(Some(Box::pin(job))), queue: self.queue.clone() });
        Arc::clone(&main).wake();
        while lock(&main.job).is_some() {
            if let Ok(task) = ready.recv() {
                task.run();
            }
        }
    }
}

impl Task {
    fn run(self: Arc<Self>) {
        let waker = Waker::from(Arc::clone(&self));
        let mut job = lock(&self.job);
        let polled = job.as_mut().map(|job| job.as_mut().poll(&mut Context::from_waker(&waker)));
        if polled.is_some_and(|polled| polled.is_ready()) {
            *job = None;
        }
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let queue = self.queue.clone();
        // Nobody runs tasks any more: this one is dropped, and with it the completion that it holds.
        drop(queue.send(self));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Prints a line, unless whoever reads the output has closed it.
fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}
