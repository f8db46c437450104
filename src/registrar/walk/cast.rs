//! Who takes part: two accounts, the vendor SDKs of one phone, and the tokens they make.

use crate::account::UserId;
use crate::certificate::{AppleEnvironment, BusinessId, CertificateSlot, Certificates};
use crate::secret::Secret;
use crate::vendor::{TokenKind, Vendor};

/// The people who log in on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Account {
    Alice,
    Bob,
}

impl Account {
    pub(super) const ALL: [Self; 2] = [Self::Alice, Self::Bob];

    pub(super) const fn index(self) -> usize {
        match self {
            Self::Alice => 0,
            Self::Bob => 1,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Alice => "alice",
            Self::Bob => "bob",
        }
    }

    pub(super) fn user(self) -> UserId {
        UserId::new(self.name()).expect("a short name")
    }

    pub(super) fn of(user: &UserId) -> Option<Self> {
        Self::ALL.into_iter().find(|account| account.name() == user.as_str())
    }
}

/// One kind of token that one vendor's SDK makes. A scene lists its slots by rank, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    pub(super) vendor: Vendor,
    pub(super) kind: TokenKind,
}

impl Slot {
    pub(super) const fn standard(vendor: Vendor) -> Self {
        Self { vendor, kind: TokenKind::Standard }
    }

    pub(super) const fn voip() -> Self {
        Self { vendor: Vendor::Apns, kind: TokenKind::Voip }
    }

    /// The certificate's number under which the slot's tokens belong: a table of its own, not the machine's.
    pub(super) const fn business_id(self) -> u32 {
        match (self.vendor, self.kind) {
            (Vendor::Xiaomi, _) => 101,
            (Vendor::Fcm, _) => 102,
            (Vendor::Oppo, _) => 103,
            (Vendor::Apns, TokenKind::Standard) => 104,
            (Vendor::Apns, TokenKind::Voip) => 105,
            (Vendor::Huawei | Vendor::Vivo | Vendor::Meizu | Vendor::Honor | Vendor::HarmonyOs, _) => 106,
        }
    }

    /// The text of the slot's token in its nth version.
    pub(super) fn text(self, version: u8) -> Secret {
        Secret::new(match (self.vendor, self.kind) {
            (Vendor::Apns, TokenKind::Standard) => format!("{:064x}", 0xa000_u32 + u32::from(version)),
            (Vendor::Apns, TokenKind::Voip) => format!("{:064x}", 0xb000_u32 + u32::from(version)),
            (vendor, _) => format!("walk-token-of-{}-{version}", vendor.as_str()),
        })
    }
}

/// One token: which slot's, and in which version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Minted {
    pub(super) slot: u8,
    pub(super) version: u8,
}

/// What a report carries to the server: a token, or nothing, which turns pushes off.
pub(super) type Cargo = Option<Minted>;

/// The slot of a report's token; none for the empty binding.
pub(super) type Origin = Option<u8>;

/// The position of a kind in the environment's tables.
pub(super) const fn index(kind: TokenKind) -> usize {
    match kind {
        TokenKind::Standard => 0,
        TokenKind::Voip => 1,
    }
}

/// A certificate for each slot.
pub(super) fn certificates(slots: &[Slot]) -> Certificates {
    slots.iter().fold(Certificates::new(), |certificates, slot| {
        let id = BusinessId::new(slot.business_id()).expect("not zero");
        match slot.vendor {
            Vendor::Apns => {
                certificates.with(CertificateSlot::apns(slot.kind, AppleEnvironment::Production), id)
            }
            Vendor::Xiaomi
            | Vendor::Huawei
            | Vendor::Honor
            | Vendor::Oppo
            | Vendor::Vivo
            | Vendor::Meizu
            | Vendor::Fcm
            | Vendor::HarmonyOs => certificates.with(slot.vendor, id),
        }
    })
}
