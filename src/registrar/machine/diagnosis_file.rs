//! A diagnosis that somebody sent: read as far as it makes sense.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use thiserror::Error;

use super::Diagnosis;
use crate::error_code::error_code;

/// Why a text is no diagnosis. It shows nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum DiagnosisError {
    /// The text is longer than [`Diagnosis::MAX_BYTES`].
    #[error("diagnosis is {bytes} bytes long, and at most 1 MiB is read")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// The text ends in the middle of the JSON.
    #[error("diagnosis ends too early, at line {line}, column {column}: the file was cut off")]
    CutOff {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// The text is not JSON.
    #[error("diagnosis is not JSON at line {line}, column {column}")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// The text is JSON, but no diagnosis: it has neither `regions` nor `reachable`.
    #[error("not a diagnosis: it has neither \"regions\" nor \"reachable\"")]
    NotADiagnosis,
}

impl DiagnosisError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("diagnosis", self)
    }
}

impl Diagnosis {
    /// The longest file that is read, in bytes.
    pub const MAX_BYTES: usize = 1024 * 1024;

    /// Reads the JSON form of a diagnosis, or of a [`PhoneReport`](crate::doctor::PhoneReport) that holds
    /// one.
    ///
    /// A member that is missing, as in a file of an earlier version, has its default value. So has one that
    /// is damaged or of a later version, which is named in [`Diagnosis::unread`]. Where
    /// [`schema`](Diagnosis::schema) is over [`Diagnosis::SCHEMA`], the rest may mean other things.
    ///
    /// # Errors
    /// [`DiagnosisError`] if the text is too long, not JSON, or no diagnosis.
    ///
    /// ```
    /// use tim_offline_push::registrar::{Diagnosis, InstallId, Machine, Origin, Policy};
    ///
    /// let machine = Machine::new(Origin::new(InstallId::new("2b0fbe5e")?, 1), Policy::default());
    /// let sent = serde_json::to_string(&machine.diagnose())?;
    ///
    /// let read = Diagnosis::read(&sent)?;
    /// assert_eq!(read, machine.diagnose());
    /// assert!(read.unread.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(text: &str) -> Result<Self, DiagnosisError> {
        if text.len() > Self::MAX_BYTES {
            return Err(DiagnosisError::TooLong { bytes: text.len() });
        }
        let value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            if error.is_eof() {
                DiagnosisError::CutOff { line, column }
            } else {
                DiagnosisError::NotJson { line, column }
            }
        })?;
        let Value::Object(mut members) = value else { return Err(DiagnosisError::NotADiagnosis) };
        if let Some(Value::Object(inner)) = members.remove("diagnosis") {
            members = inner;
        }
        if !members.contains_key("regions") && !members.contains_key("reachable") {
            return Err(DiagnosisError::NotADiagnosis);
        }
        let mut reader = Reader { members, unread: Vec::new() };
        let mut diagnosis = Self {
            schema: reader.one("schema"),
            crate_version: reader.one("crate_version"),
            written_at: reader.optional("written_at"),
            summary: reader.one("summary"),
            shut_down: reader.one("shut_down"),
            reachable: reader.one("reachable"),
            blocked_by: reader.optional("blocked_by"),
            also: reader.list("also"),
            regions: reader.list("regions"),
            elected: reader.optional("elected"),
            ranking: reader.list("ranking"),
            election: reader.list("election"),
            tokens: reader.list("tokens"),
            account: reader.optional("account"),
            beliefs: reader.list("beliefs"),
            possibly_bound: reader.list("possibly_bound"),
            runs_for: reader.optional("runs_for_ms").map(Duration::from_millis),
            confirmed_ago: reader.optional("confirmed_ago_ms").map(Duration::from_millis),
            left_out: reader.list("left_out"),
            held_taps: reader.one("held_taps"),
            kept_push_events: reader.one("kept_push_events"),
            last_codes: reader.list("last_codes"),
            counters: reader.one("counters"),
            unread: Vec::new(),
        };
        diagnosis.unread = reader.unread;
        // Unknown members are counted, not named: a name may be anything.
        if !reader.members.is_empty() {
            diagnosis.unread.push(format!("{} unknown members", reader.members.len()));
        }
        Ok(diagnosis)
    }
}

struct Reader {
    members: Map<String, Value>,
    unread: Vec<String>,
}

impl Reader {
    /// The most members that are named as not read.
    const MAX_UNREAD: usize = 64;

    fn one<T: DeserializeOwned + Default>(&mut self, name: &str) -> T {
        self.optional(name).unwrap_or_default()
    }

    fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let value = self.members.remove(name).filter(|value| !value.is_null())?;
        let read = serde_json::from_value(value).ok();
        if read.is_none() {
            self.note(format!("{name}: not readable"));
        }
        read
    }

    /// The elements that can be read.
    fn list<T: DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        let Some(list) = self.members.remove(name) else { return Vec::new() };
        let Value::Array(elements) = list else {
            self.note(format!("{name}: not a list"));
            return Vec::new();
        };
        let mut read = Vec::new();
        for (place, element) in elements.into_iter().enumerate() {
            match serde_json::from_value(element) {
                Ok(element) => read.push(element),
                Err(_) => self.note(format!("{name}[{place}]: not readable")),
            }
        }
        read
    }

    fn note(&mut self, what: String) {
        if self.unread.len() < Self::MAX_UNREAD {
            self.unread.push(what);
        }
    }
}
