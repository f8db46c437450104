use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::registrar::{Completion, Machine, Store};

/// A store in one file. A snapshot is written beside it and then renamed, so that a crash leaves either the old bytes
/// or the new ones. At most [`Machine::MAX_SNAPSHOT_BYTES`] bytes are read; a longer file counts as unreadable.
///
/// The file holds tokens and accounts. On Unix systems it is made readable by its owner only; the folder should be the
/// app's own (`noBackupFilesDir` on Android).
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
}

impl FileStore {
    /// The name of the file.
    pub const FILE_NAME: &'static str = "tim-offline-push.json";

    /// A store in this folder, which is made when it is first needed.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The file.
    pub fn path(&self) -> PathBuf {
        self.folder.join(Self::FILE_NAME)
    }

    fn write(&self, snapshot: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let beside = self.folder.join(format!("{}.new", Self::FILE_NAME));
        let mut file = create_private(&beside)?;
        file.write_all(snapshot)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&beside, self.path())
    }
}

impl Store for FileStore {
    fn load(&self) -> io::Result<Option<Vec<u8>>> {
        let file = match File::open(self.path()) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let limit = u64::try_from(Machine::MAX_SNAPSHOT_BYTES).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        // One byte more than is taken shows that the file is too long.
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    fn save(&self, snapshot: &[u8], done: Completion) {
        match self.write(snapshot) {
            Ok(()) => done.ok(),
            Err(error) => done.failed(error.raw_os_error().unwrap_or_default()),
        }
    }
}

fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
