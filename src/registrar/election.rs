//! Which vendor: the election region, its ranking and its requests to vendor SDKs.

use super::{RegistrationId, StateName};
use crate::time::MonotonicTime;
use crate::vendor::{Pace, Vendor, VendorSet};

/// Which vendor is tried, and whose token is reported.
///
/// Election proposes, tokens dispose: `proposed` walks down the ranking as vendors fail, while `elected` moves only to
/// a vendor whose token is in hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct ElectionRegion {
    /// The vendors that this phone can use, best first.
    pub(super) ranking: Vec<Vendor>,
    /// How far down the ranking this epoch has come; its length once every vendor has failed.
    pub(super) proposed: usize,
    /// The vendor whose token is wanted on the server.
    pub(super) elected: Option<Vendor>,
    pub(super) course: Course,
    /// What the SDK of a vendor was asked for its standard token.
    pub(super) request: Option<Request>,
    /// Requests that are needed no longer, and that their SDKs may yet answer: until its deadline an SDK is not asked
    /// again, but its request taken up. At most one for each vendor.
    pub(super) set_aside: Vec<Request>,
    /// The vendors asked in this process for the token they have now.
    pub(super) asked: VendorSet,
    /// The vendors whose SDK was started in this process: the host has taken the request.
    pub(super) started: VendorSet,
    /// The vendors whose SDK an earlier process started. With those of this one they are part of the snapshot, and are
    /// unregistered when the consent is taken back.
    pub(super) started_before: VendorSet,
    /// The vendors whose notification channel was seen to in this process.
    pub(super) ensured: VendorSet,
    /// The soonest pace at which a vendor that failed in this pass may be tried again.
    pub(super) retry: Option<Pace>,
    /// How many passes down the ranking failed in a row, up to where it makes no difference.
    pub(super) failures: u8,
    pub(super) voip: VoipRegistration,
}

/// How the election goes, once configuration, consent and device are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Course {
    /// Not begun.
    #[default]
    Halted,
    /// The proposed vendor was asked for a token.
    Registering,
    /// The proposed vendor's token is in hand, or a worse one and the better ones failed.
    Elected,
    /// All failed; the best is proposed again then.
    BackingOff { until: MonotonicTime },
    /// All failed for good.
    Stalled,
    /// There is no vendor.
    Unsupported,
}

/// A request to a vendor SDK.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Request {
    pub(super) id: RegistrationId,
    pub(super) vendor: Vendor,
    pub(super) step: Step,
    pub(super) deadline: MonotonicTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// The notification channel comes first.
    Ensuring,
    /// The SDK was asked for a token.
    Asking,
}

/// The registration for VoIP tokens, which APNs alone has. It runs beside the election and never decides it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct VoipRegistration {
    pub(super) asked: bool,
    pub(super) request: Option<Request>,
    pub(super) retry_at: Option<MonotonicTime>,
    pub(super) failures: u8,
}

impl Course {
    pub(super) const fn name(self) -> StateName {
        match self {
            Self::Halted => StateName::Electing,
            Self::Registering => StateName::Registering,
            Self::Elected => StateName::Elected,
            Self::BackingOff { .. } => StateName::BackingOff,
            Self::Stalled => StateName::Stalled,
            Self::Unsupported => StateName::Unsupported,
        }
    }
}

impl ElectionRegion {
    pub(super) fn rank(&self, vendor: Vendor) -> Option<usize> {
        self.ranking.iter().position(|ranked| *ranked == vendor)
    }

    /// The vendor that is to be tried now.
    pub(super) fn proposal(&self) -> Option<Vendor> {
        self.ranking.get(self.proposed).copied()
    }

    /// Takes up the request of this vendor that was set aside.
    pub(super) fn take_aside(&mut self, vendor: Vendor) -> Option<Request> {
        let place = self.set_aside.iter().position(|aside| aside.vendor == vendor)?;
        Some(self.set_aside.swap_remove(place))
    }

    /// The vendors whose SDK was ever started here.
    pub(super) fn ever_started(&self) -> VendorSet {
        self.started_before.iter().fold(self.started, VendorSet::with)
    }

    pub(super) const fn deadlines(&self) -> [Option<MonotonicTime>; 4] {
        const fn of(request: Option<&Request>) -> Option<MonotonicTime> {
            match request {
                Some(request) => Some(request.deadline),
                None => None,
            }
        }
        let until = match self.course {
            Course::BackingOff { until } => Some(until),
            Course::Halted
            | Course::Registering
            | Course::Elected
            | Course::Stalled
            | Course::Unsupported => None,
        };
        [of(self.request.as_ref()), until, of(self.voip.request.as_ref()), self.voip.retry_at]
    }
}
