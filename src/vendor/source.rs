use std::fmt;

use serde::Serialize;

/// Where a fact about a vendor stands, and when it was read. Vendors change their pages, so a fact has a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Source {
    document: &'static str,
    read: &'static str,
}

impl Source {
    /// The fact stands in public code; the documents are silent.
    pub const PUBLIC_CODE: Self = Self::read("public code");

    /// The document the crate implements.
    pub const TENCENT_2021: Self = Self::read("Tencent's Android offline-push document (2021 edition)");

    /// A document (its address or its name) that was read on 2026-11-22, as most were.
    pub const fn read(document: &'static str) -> Self {
        Self::read_on(document, "2026-11-22")
    }

    /// A document (its address or its name) and the day on which it was read, `YYYY-MM-DD`.
    pub const fn read_on(document: &'static str, day: &'static str) -> Self {
        Self { document, read: day }
    }

    /// The document's address, or its name if it has none.
    pub const fn document(self) -> &'static str {
        self.document
    }

    /// The day on which it was read, `YYYY-MM-DD`.
    pub const fn date(self) -> &'static str {
        self.read
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, read {}", self.document, self.read)
    }
}
