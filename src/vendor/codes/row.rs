use crate::vendor::code::{CodeName, CodeRow, VendorCode};
use crate::vendor::{Pace, Remedy, Source};

/// A row with a number. The pace follows from the remedy; [`CodeRow::at`] sets another.
pub(super) const fn row(
    number: i64,
    remedy: Remedy,
    meaning: &'static str,
    fix: &'static str,
    source: Source,
) -> CodeRow {
    of(VendorCode::Number(number), remedy, meaning, fix, source)
}

/// A row with a name.
pub(super) const fn named(
    name: &'static str,
    remedy: Remedy,
    meaning: &'static str,
    fix: &'static str,
    source: Source,
) -> CodeRow {
    of(VendorCode::Name(CodeName::known(name)), remedy, meaning, fix, source)
}

impl CodeRow {
    /// With another pace than the one that follows from its class.
    pub(super) const fn at(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// With the class and the words of what helps if the code persists all the same.
    pub(super) const fn then(mut self, remedy: Remedy, fix: &'static str) -> Self {
        self.if_it_persists = Some(remedy);
        self.fix_if_it_persists = Some(fix);
        self
    }
}

const fn of(
    code: VendorCode,
    remedy: Remedy,
    meaning: &'static str,
    fix: &'static str,
    source: Source,
) -> CodeRow {
    let pace = match remedy {
        Remedy::Quota => Pace::Quota,
        Remedy::Nothing
        | Remedy::RetryLater
        | Remedy::FixConfiguration
        | Remedy::DeviceCannot
        | Remedy::UserMustAct => Pace::Normal,
    };
    CodeRow { code, meaning, remedy, pace, if_it_persists: None, fix_if_it_persists: None, fix, source }
}
