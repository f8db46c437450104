//! A file store against other processes, files that are none, and links that somebody left there.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use tim_offline_push::registrar::{Completion, FileStore, Machine, Outcome, Store as _};

/// A folder of its own, gone when it is dropped.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("tim-offline-push-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&path));
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn save(store: &FileStore, bytes: &[u8]) -> Outcome {
    let (tell, told) = channel();
    store.save(bytes, Completion::from_fn(move |outcome| tell.send(outcome).unwrap()));
    told.try_recv().expect("an answer before save returns")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// What the writers write: one byte over and over, in a length that the byte tells.
fn content(byte: u8) -> Vec<u8> {
    vec![byte; usize::from(byte) * 500]
}

fn is_whole(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|byte| bytes == content(*byte))
}

const WRITER: &str = "TIM_OFFLINE_PUSH_TEST_WRITER";

/// The other process of the test below; as a test it does nothing.
#[test]
fn writer_process() {
    let Ok(folder) = env::var(WRITER) else { return };
    let store = FileStore::new(folder);
    // Longer than the test that ends it.
    let end = Instant::now() + Duration::from_secs(60);
    while Instant::now() < end {
        for byte in [b'a', b'M', b'!', b'z'] {
            let saved = save(&store, &content(byte));
            let is_other_told = saved == Outcome::from_code(io::ErrorKind::ResourceBusy);
            assert!(saved == Outcome::Ok || is_other_told, "{saved:?}");
        }
    }
}

/// Killed when it is dropped.
struct Writer(Child);

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn spawn_writer(folder: &Path) -> Writer {
    let child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "file_store::writer_process", "--quiet"])
        .env(WRITER, folder)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    Writer(child)
}

#[test]
fn processes_never_tear_the_file_and_leave_nothing_behind() {
    let folder = Folder::new("processes");
    let store = FileStore::new(&folder.0);
    let mut writers = [spawn_writer(&folder.0), spawn_writer(&folder.0)];
    let end = Instant::now() + Duration::from_secs(4);
    let mut next_kill = Instant::now() + Duration::from_millis(300);
    let (mut reads, mut torn, mut kills) = (0_u32, 0_u32, 0_usize);
    while Instant::now() < end {
        if let Some(bytes) = store.load().unwrap() {
            reads += 1;
            torn += u32::from(!is_whole(&bytes));
        }
        if Instant::now() > next_kill {
            let writer = &mut writers[kills % 2];
            assert_eq!(writer.0.try_wait().unwrap(), None, "a writer failed by itself");
            *writer = spawn_writer(&folder.0);
            kills += 1;
            next_kill = Instant::now() + Duration::from_millis(250);
        }
    }
    for writer in &mut writers {
        assert_eq!(writer.0.try_wait().unwrap(), None, "a writer failed by itself");
        writer.0.kill().unwrap();
    }
    // Nobody has waited for them yet: a process that was killed counts as gone all the same.
    thread::sleep(Duration::from_millis(100));
    let last = store.load().unwrap();
    let left = names(&folder.0);
    assert!(reads > 100 && kills > 5, "{reads} reads, {kills} kills");
    assert_eq!(torn, 0, "torn of {reads} reads");
    assert!(is_whole(&last.unwrap()));
    assert_eq!(left, [FileStore::FILE_NAME]);
}

#[test]
fn a_store_leaves_the_files_of_writes_under_way_alone() {
    let folder = Folder::new("busy");
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let store = FileStore::new(&folder.0);
            (0..200).filter(|_| save(&store, &content(b'q')) == Outcome::Ok).count()
        });
        let reader = FileStore::new(&folder.0);
        while !writer.is_finished() {
            reader.load().unwrap();
        }
        assert_eq!(writer.join().unwrap(), 200);
    });
    assert_eq!(names(&folder.0), [FileStore::FILE_NAME]);
}

#[test]
fn a_write_that_finds_the_snapshot_of_another_fails_once() {
    let folder = Folder::new("second-writer");
    let busy = Outcome::from_code(io::ErrorKind::ResourceBusy);
    let (mine, other) = (FileStore::new(&folder.0), FileStore::new(&folder.0));
    assert_eq!(save(&mine, b"1"), Outcome::Ok);
    assert_eq!(save(&mine, b"2"), Outcome::Ok);
    // Whoever has read it goes on from it.
    assert_eq!(other.load().unwrap().unwrap(), b"2");
    assert_eq!(save(&other, b"3"), Outcome::Ok);
    assert_eq!(save(&mine, b"4"), busy);
    assert_eq!(mine.load().unwrap().unwrap(), b"3", "nothing is written by then");
    assert_eq!(save(&mine, b"5"), Outcome::Ok);
    assert_eq!(save(&mine, b"6"), Outcome::Ok);
    assert_eq!(names(&folder.0), [FileStore::FILE_NAME]);
}

#[test]
fn a_write_that_fails_leaves_nothing_and_keeps_what_was_there() {
    let folder = Folder::new("fails");
    let store = FileStore::new(&folder.0);
    // A folder in the file's place: the rename fails.
    fs::create_dir_all(store.path().join("inside")).unwrap();
    assert_ne!(save(&store, b"{}"), Outcome::Ok);
    assert_eq!(names(&folder.0), [FileStore::FILE_NAME]);
}

#[test]
fn what_is_no_file_is_refused_and_what_is_too_long_cut() {
    let folder = Folder::new("no-file");
    let store = FileStore::new(&folder.0);
    fs::create_dir_all(store.path()).unwrap();
    assert!(store.load().is_err());
    fs::remove_dir(store.path()).unwrap();
    fs::write(store.path(), vec![b' '; Machine::MAX_SNAPSHOT_BYTES * 2]).unwrap();
    assert_eq!(store.load().unwrap().unwrap().len(), Machine::MAX_SNAPSHOT_BYTES + 1);
    fs::write(store.path(), "").unwrap();
    assert_eq!(store.load().unwrap().unwrap(), b"");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    #[test]
    fn a_fifo_does_not_hang_the_start() {
        let folder = Folder::new("fifo");
        fs::create_dir_all(&folder.0).unwrap();
        let store = FileStore::new(&folder.0);
        assert!(Command::new("mkfifo").arg(store.path()).status().unwrap().success());
        let (tell, told) = channel();
        let reader = store.clone();
        thread::spawn(move || tell.send(reader.load().map_err(|error| error.kind())));
        let loaded = told.recv_timeout(Duration::from_secs(10)).expect("load hangs on a FIFO");
        assert_eq!(loaded, Err(io::ErrorKind::InvalidData));
        // The next snapshot takes its place.
        assert_eq!(save(&store, b"{}"), Outcome::Ok);
        assert_eq!(store.load().unwrap().unwrap(), b"{}");
    }

    #[test]
    fn links_are_not_followed() {
        let folder = Folder::new("links");
        fs::create_dir_all(&folder.0).unwrap();
        let foreign = folder.0.join("foreign");
        let store = FileStore::new(&folder.0);
        // At every name that a temporary has been seen to have, and at the file's own.
        for name in ["tim-offline-push.json.new", "tim-offline-push.json.tmp", FileStore::FILE_NAME] {
            fs::write(&foreign, "precious").unwrap();
            symlink(&foreign, folder.0.join(name)).unwrap();
        }
        assert!(store.load().is_err(), "a link was followed");
        assert_eq!(save(&store, b"{}"), Outcome::Ok);
        assert_eq!(fs::read(&foreign).unwrap(), b"precious");
        assert_eq!(store.load().unwrap().unwrap(), b"{}");
        assert!(fs::symlink_metadata(store.path()).unwrap().is_file());
    }

    #[test]
    fn the_file_and_the_folder_are_the_owners_alone() {
        let folder = Folder::new("mode");
        let store = FileStore::new(&folder.0);
        assert_eq!(save(&store, b"{}"), Outcome::Ok);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&store.path()), 0o600);
        assert_eq!(mode(&folder.0), 0o700);
    }
}
