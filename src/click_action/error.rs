use thiserror::Error;

use super::{ClickKind, server_row};
use crate::vendor::{Bound, Source, Vendor};

/// Which rule keeps a click action from being said to a vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ClickActionError {
    /// The vendor's console form, or its server interface, has no such action.
    #[error("{vendor} does not offer to {kind} here")]
    NotOffered {
        /// The vendor.
        vendor: Vendor,
        /// What was wanted.
        kind: ClickKind,
    },
    /// The channel opens a screen by an intent action, and the screen has none.
    #[error("{vendor} opens a screen by its intent action, and the screen names none")]
    NoAction {
        /// The vendor.
        vendor: Vendor,
    },
    /// A `want` needs an action or a data URI, and the screen has neither.
    #[error(
        "{vendor} opens a screen by a want, which needs a data uri or an action, and the screen has neither"
    )]
    NoWant {
        /// The vendor.
        vendor: Vendor,
    },
    /// OPPO finds a screen by its action only if the filter takes that action.
    #[error("filter of the screen does not take the action that OPPO is to open it by")]
    OppoFilterAction,
    /// OPPO finds a screen by its action only if the filter has the category `DEFAULT`.
    #[error(
        "filter of the screen lacks the category android.intent.category.DEFAULT, without which OPPO does not find it by its action"
    )]
    OppoFilterCategory,
    /// OPPO does not find a screen by its action if the filter has data.
    #[error("filter of the screen has data, with which OPPO does not find it by its action")]
    OppoFilterData,
    /// The value is longer than the vendor takes.
    #[error("{field} for {vendor} has {length} {unit}, at most {max} are allowed", unit = bound.unit, max = bound.max)]
    TooLong {
        /// The vendor.
        vendor: Vendor,
        /// The field of the vendor's server interface.
        field: &'static str,
        /// Length of the refused value, in the unit of the bound.
        length: usize,
        /// The bound, and who says so.
        bound: Bound,
    },
}

impl ClickActionError {
    /// Where the rule stands.
    pub const fn rule(&self) -> Source {
        match self {
            Self::NotOffered { vendor: Vendor::HarmonyOs, .. } | Self::NoWant { .. } => {
                server_row::HARMONY_SOURCE
            }
            Self::NoAction { .. } => server_row::FCM_SOURCE,
            Self::NotOffered { .. }
            | Self::OppoFilterAction
            | Self::OppoFilterCategory
            | Self::OppoFilterData => Source::TENCENT_2021,
            Self::TooLong { bound, .. } => bound.source,
        }
    }
}
