//! Hosts for desktops and tests: a clock, an alarm clock and a store. Each is replaceable.

use std::collections::hash_map::RandomState;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::hash::BuildHasher as _;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{mem, process, thread};

use crate::registrar::{Alarm, Clock, Completion, Lane, Machine, Scheduler, Store};
use crate::secret::Fnv1a;
use crate::time::{MonotonicTime, Now, UnixTime};

/// The clock of the standard library, which may stop while a phone sleeps.
pub(super) struct SystemClock {
    /// When it shows zero.
    pub(super) zero: Instant,
}

impl Clock for SystemClock {
    fn now(&self) -> Now {
        let millis = u64::try_from(self.zero.elapsed().as_millis()).unwrap_or(u64::MAX);
        // A clock that shows a time before 1970 is not set.
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let wall = UnixTime::from_secs(i64::try_from(wall).unwrap_or(i64::MAX));
        Now::new(MonotonicTime::from_millis(millis), wall)
    }
}

/// An alarm clock with a thread that waits, and a short-lived one for each alarm that rings, on which the
/// host calls run that follow. So a host that blocks stops no later alarm. Of the second kind there is at
/// most one for each host object and vendor, plus one. The thread that waits ends when this is dropped.
///
/// It measures delays with `std::time::Instant`, which may stop while a phone sleeps: for desktops and tests.
#[derive(Debug)]
pub struct ThreadScheduler {
    slot: Arc<Slot>,
}

#[derive(Debug, Default)]
struct Slot {
    next: Mutex<Next>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Next {
    alarm: Option<(Instant, Alarm)>,
    stopped: bool,
}

/// No more threads than there are lanes can be inside of a host. One more rings.
const MAX_RINGING: usize = Lane::COUNT.saturating_add(1);
/// When to try again if the system refuses a thread, or none is free.
const RETRY: Duration = Duration::from_secs(1);

impl ThreadScheduler {
    /// Starts the thread that waits.
    ///
    /// # Errors
    /// Whatever the system refused the thread for.
    pub fn start() -> io::Result<Self> {
        let slot = Arc::new(Slot::default());
        let waiting = Arc::clone(&slot);
        thread::Builder::new().name("tim-offline-push".into()).spawn(move || waiting.wait())?;
        Ok(Self { slot })
    }
}

impl Slot {
    fn next(&self) -> MutexGuard<'_, Next> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for each alarm that is set, and rings it.
    fn wait(&self) {
        let ringing = Arc::new(());
        let mut next = self.next();
        while !next.stopped {
            let due = next.alarm.as_ref().map(|(due, _)| due.saturating_duration_since(Instant::now()));
            let wait = match due {
                Some(Duration::ZERO) if Self::ring(&ringing, &next) => {
                    next.alarm = None;
                    continue;
                }
                // No thread is free.
                Some(Duration::ZERO) => Some(RETRY),
                later => later,
            };
            next = match wait {
                None => self.changed.wait(next).unwrap_or_else(PoisonError::into_inner),
                Some(wait) => self.changed.wait_timeout(next, wait).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }

    /// Rings on a thread of its own, which holds on to `ringing`. Whether there is one.
    fn ring(ringing: &Arc<()>, next: &Next) -> bool {
        let Some((_, alarm)) = &next.alarm else { return true };
        // One of those who hold on to it is the thread that waits.
        if Arc::strong_count(ringing) > MAX_RINGING {
            return false;
        }
        let (alarm, held) = (alarm.clone(), Arc::clone(ringing));
        let thread = thread::Builder::new().name("tim-offline-push-alarm".into());
        let rings = thread.spawn(move || {
            alarm.ring();
            drop(held);
        });
        rings.is_ok()
    }

    fn set(&self, alarm: Option<(Instant, Alarm)>, stopped: bool) {
        let before = mem::replace(&mut *self.next(), Next { alarm, stopped });
        self.changed.notify_one();
        drop(before);
    }
}

impl Scheduler for ThreadScheduler {
    fn schedule(&self, delay: Duration, alarm: Alarm) {
        // A delay beyond the clock's range is an alarm that never rings.
        self.slot.set(Instant::now().checked_add(delay).map(|due| (due, alarm)), false);
    }

    fn cancel(&self) {
        self.slot.set(None, false);
    }
}

impl Drop for ThreadScheduler {
    /// Ends the thread without waiting for it, since this may be dropped on any thread.
    fn drop(&mut self) {
        self.slot.set(None, true);
    }
}

/// A store in one file. A snapshot is written to a temporary file beside it, synced, and then renamed, so
/// that a crash leaves either the old bytes or the new ones. At most [`Machine::MAX_SNAPSHOT_BYTES`] bytes
/// are read; a longer file counts as unreadable.
///
/// The file holds tokens and accounts. On Unix systems only its owner can read it, and the folder if this
/// makes it; the folder should be the app's own (`noBackupFilesDir` on Android). What is no regular file (a
/// link, a FIFO, a folder) is refused.
///
/// Give each process a folder of its own. Two that share one overwrite each other's snapshots, never tear
/// them. A write that finds the snapshot of another fails once with [`io::ErrorKind::ResourceBusy`], which a
/// notice and the diagnosis then name. The temporaries of a process that was killed are removed by the next
/// [`load`](Store::load).
///
/// ```
/// use tim_offline_push::registrar::{FileStore, Store as _};
///
/// let store = FileStore::new(std::env::temp_dir().join("tim-offline-push-never-written"));
/// assert!(store.path().ends_with("tim-offline-push.json"));
/// assert_eq!(store.load()?, None);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: PathBuf,
    /// A digest of the bytes that were read or written last; `None` before that, and once another writer was
    /// seen.
    last_seen: Arc<Mutex<Option<u64>>>,
}

/// How often a write is tried whose temporary file another process has removed.
const TRIES: u32 = 4;
/// A temporary file older than this is stale, even if a process with its number runs.
const MAX_AGE: Duration = Duration::from_secs(60);

impl FileStore {
    /// The name of the file.
    pub const FILE_NAME: &'static str = "tim-offline-push.json";

    /// A store in this folder, which is made when it is first needed.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), last_seen: Arc::default() }
    }

    /// The file.
    pub fn path(&self) -> PathBuf {
        self.folder.join(Self::FILE_NAME)
    }

    fn write(&self, snapshot: &[u8]) -> io::Result<()> {
        make_private_folder(&self.folder)?;
        let mut written = self.write_once(snapshot);
        for _ in 1..TRIES {
            if written.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
                written = self.write_once(snapshot);
            }
        }
        written
    }

    fn write_once(&self, snapshot: &[u8]) -> io::Result<()> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}.{}.{:x}.{number}.new", Self::FILE_NAME, process::id(), process_mark());
        let temporary = self.folder.join(name);
        let mut options = OpenOptions::new();
        // It did not exist: no planted link is followed, and no other write uses it.
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&temporary)?;
        let written = file.write_all(snapshot).and_then(|()| file.sync_all());
        drop(file);
        let renamed = written
            .and_then(|()| self.look_for_another_writer())
            .and_then(|()| fs::rename(&temporary, self.path()));
        if renamed.is_err() {
            drop(fs::remove_file(&temporary));
        }
        renamed?;
        self.see(snapshot);
        sync_folder(&self.folder)
    }

    /// Fails once where the file is not as this store left it: what was written last is lost.
    fn look_for_another_writer(&self) -> io::Result<()> {
        let Ok(Some(found)) = read(&self.path()) else { return Ok(()) };
        let mut last_seen = self.last_seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_other = last_seen.take_if(|digest| *digest != Fnv1a::default().with(&found).0).is_some();
        if is_other { Err(io::ErrorKind::ResourceBusy.into()) } else { Ok(()) }
    }

    fn see(&self, bytes: &[u8]) {
        *self.last_seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(Fnv1a::default().with(bytes).0);
    }
}

impl Store for FileStore {
    fn load(&self) -> io::Result<Option<Vec<u8>>> {
        remove_stale(&self.folder);
        let bytes = read(&self.path())?;
        if let Some(bytes) = &bytes {
            self.see(bytes);
        }
        Ok(bytes)
    }

    fn save(&self, snapshot: &[u8], done: Completion) {
        match self.write(snapshot) {
            Ok(()) => done.ok(),
            Err(error) => done.failed(error.kind()),
        }
    }
}

/// The file's bytes, at most one more than a snapshot may have, which shows that it is too long.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let found = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        found => found?,
    };
    // Before it is opened, since opening a FIFO waits for a writer.
    if !found.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the snapshot is no regular file"));
    }
    let limit = u64::try_from(Machine::MAX_SNAPSHOT_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Tells this process from an earlier one that had the same number.
fn process_mark() -> u64 {
    static MARK: OnceLock<u64> = OnceLock::new();
    *MARK.get_or_init(|| RandomState::new().hash_one(process::id()))
}

/// Removes the temporary files of processes that have ended. One that cannot be removed is left, since no
/// write uses its name.
fn remove_stale(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_stale = entry.file_name().to_str().and_then(writer_of).is_some_and(|(pid, mark)| {
            let is_old = || {
                let modified = entry.metadata().and_then(|metadata| metadata.modified());
                modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > MAX_AGE))
            };
            if pid == process::id() { mark != process_mark() } else { !is_running(pid) || is_old() }
        });
        if is_stale {
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// The process number and mark in the name of a temporary file.
fn writer_of(name: &str) -> Option<(u32, u64)> {
    let rest = name.strip_prefix(FileStore::FILE_NAME)?.strip_prefix('.')?.strip_suffix(".new")?;
    let mut parts = rest.split('.');
    let pid = parts.next()?.parse().ok()?;
    let mark = u64::from_str_radix(parts.next()?, 16).ok()?;
    Some((pid, mark))
}

/// Whether another process may still be writing. Where that cannot be known, it counts as ended: a write
/// whose file was removed is repeated.
fn is_running(pid: u32) -> bool {
    // A zombie has an empty command line.
    cfg!(any(target_os = "linux", target_os = "android"))
        && File::open(format!("/proc/{pid}/cmdline"))
            .and_then(|mut line| line.read(&mut [0]))
            .is_ok_and(|bytes| bytes > 0)
}

fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes the rename outlive a power failure.
fn sync_folder(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};

    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // A system or file system that has no such thing, or a folder that may be written and not read.
        Err(error) if matches!(error.kind(), InvalidInput | Unsupported | PermissionDenied) => Ok(()),
        result => result,
    }
}
