use crate::vendor::code::{CodeName, CodeRow, VendorCode};
use crate::vendor::{Pace, Source, Unblocks};

/// A row with a number. The pace follows from what unblocks it; [`CodeRow::at`] sets another.
pub(super) const fn row(
    number: i64,
    unblocks: Unblocks,
    meaning: &'static str,
    fix: &'static str,
    source: Source,
) -> CodeRow {
    of(VendorCode::Number(number), unblocks, meaning, fix, source)
}

/// A row with a name.
pub(super) const fn named(
    name: &'static str,
    unblocks: Unblocks,
    meaning: &'static str,
    fix: &'static str,
    source: Source,
) -> CodeRow {
    of(VendorCode::Name(CodeName::known(name)), unblocks, meaning, fix, source)
}

impl CodeRow {
    /// With another pace than the one that follows from its class.
    pub(super) const fn at(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// With what unblocks it if the first remedy does not help.
    pub(super) const fn then(mut self, unblocks: Unblocks) -> Self {
        self.if_it_persists = Some(unblocks);
        self
    }
}

const fn of(
    code: VendorCode,
    unblocks: Unblocks,
    meaning: &'static str,
    fix: &'static str,
    source: Source,
) -> CodeRow {
    let pace = match unblocks {
        Unblocks::Quota => Pace::Quota,
        Unblocks::Nothing
        | Unblocks::RetryLater
        | Unblocks::FixConfiguration
        | Unblocks::DeviceCannot
        | Unblocks::UserMustAct => Pace::Normal,
    };
    CodeRow { code, meaning, unblocks, pace, if_it_persists: None, fix, source }
}
