//! What outlives the process.

use serde::Serialize;
use thiserror::Error;

/// What [`Machine::restore`](super::Machine::restore) found in the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Restored {
    /// No bytes: nothing was ever stored here.
    Fresh,
    /// The snapshot of this installation.
    Resumed,
    /// The snapshot of another installation. Its tokens are dropped.
    OtherInstall,
    /// Bytes that are no snapshot. The machine starts anew, in doubt.
    Unreadable(SnapshotError),
}

/// Why bytes are no snapshot. No variant carries any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SnapshotError {
    /// Over the limit.
    #[error("snapshot has {bytes} bytes, at most {max} are read", max = super::Machine::MAX_SNAPSHOT_BYTES)]
    TooLong {
        /// How many.
        bytes: usize,
    },
    /// Not the JSON that is expected.
    #[error("snapshot is malformed at line {line}, column {column}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// Written by a later version of this crate.
    #[error("snapshot has version {version}, the newest known is {known}", known = super::Machine::SNAPSHOT_VERSION)]
    Version {
        /// The version it states.
        version: u32,
    },
}
