//! Who takes part: accounts, phones, the vendor SDKs and the tokens they make.

use std::cell::RefCell;
use std::sync::Arc;

use crate::account::UserId;
use crate::certificate::{AppleEnvironment, BusinessId, CertificateSlot, Certificates};
use crate::device::{DeviceFacts, Properties};
use crate::registrar::{Configuration, NotificationChannel};
use crate::secret::Secret;
use crate::vendor::{TokenKind, Vendor};

/// The people who log in on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Account {
    Alice,
    Bob,
    Carol,
}

impl Account {
    pub(super) const ALL: [Self; 3] = [Self::Alice, Self::Bob, Self::Carol];

    pub(super) const fn index(self) -> usize {
        self as usize
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Alice => "alice",
            Self::Bob => "bob",
            Self::Carol => "carol",
        }
    }

    pub(super) fn user(self) -> UserId {
        UserId::new(self.name()).expect("a short name")
    }

    pub(super) fn of(user: &UserId) -> Option<Self> {
        Self::ALL.into_iter().find(|account| account.name() == user.as_str())
    }
}

/// The position of a kind in the environment's tables.
pub(super) const fn index(kind: TokenKind) -> usize {
    if matches!(kind, TokenKind::Voip) { 1 } else { 0 }
}

/// One kind of token that one vendor's SDK makes.
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
    pub(super) const fn business_id(self, renumbered: bool) -> u32 {
        let first = match (self.vendor, self.kind) {
            (Vendor::Xiaomi, _) => 101,
            (Vendor::Fcm, _) => 102,
            (Vendor::Oppo, _) => 103,
            (Vendor::Apns, TokenKind::Standard) => 104,
            (Vendor::Apns, TokenKind::Voip) => 105,
            _ => 106,
        };
        if renumbered { first + 100 } else { first }
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
    /// Under the certificate's new number.
    pub(super) renumbered: bool,
}

/// What a report carries to the server: a token, or nothing, which turns pushes off.
pub(super) type Cargo = Option<Minted>;

thread_local! {
    /// A walk tells the same facts and configurations all the time.
    static PHONES: Made<Phone, DeviceFacts> = const { RefCell::new(Vec::new()) };
    static APPS: Made<(App, &'static [Slot]), Configuration> = const { RefCell::new(Vec::new()) };
}

/// What was made for each key.
type Made<K, V> = RefCell<Vec<(K, Arc<V>)>>;

/// What was made for this key, or is made now.
fn remembered<K: PartialEq, V>(known: &Made<K, V>, key: K, make: impl FnOnce() -> V) -> Arc<V> {
    if let Some((_, value)) = known.borrow().iter().find(|(known, _)| *known == key) {
        return Arc::clone(value);
    }
    let value = Arc::new(make());
    known.borrow_mut().push((key, Arc::clone(&value)));
    value
}

/// A phone's make. It decides which vendors can serve it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Phone {
    Of(Vendor),
    /// Of a maker without a push service.
    NoBrand,
}

impl Phone {
    pub(super) fn facts(self) -> Arc<DeviceFacts> {
        PHONES.with(|phones| remembered(phones, self, || self.described()))
    }

    fn described(self) -> DeviceFacts {
        let brand = match self {
            Self::Of(Vendor::Apns) => return DeviceFacts::apple(),
            Self::Of(vendor) => vendor.as_str(),
            Self::NoBrand => "nobody",
        };
        let dump = format!(
            "[ro.product.brand]: [{brand}]\n[ro.product.manufacturer]: [{brand}]\n[ro.build.version.sdk]: [33]"
        );
        DeviceFacts::android(&Properties::parse(&dump).expect("three properties"))
    }

    /// How well a vendor serves it: its maker best, then FCM, and nobody else.
    pub(super) fn rank(self, vendor: Vendor) -> Option<u8> {
        match (self, vendor) {
            (Self::Of(own), vendor) if own == vendor => Some(0),
            (Self::Of(Vendor::Apns), _) => None,
            (_, Vendor::Fcm) => Some(1),
            _ => None,
        }
    }
}

/// What the app is configured for. Slots are bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct App {
    pub(super) version: u8,
    pub(super) wired: u8,
    pub(super) certified: u8,
    /// The certificates that have another number than at first.
    pub(super) renumbered: u8,
    pub(super) asks_consent: bool,
    pub(super) names_channel: bool,
}

impl App {
    pub(super) const fn has(mask: u8, slot: usize) -> bool {
        mask & (1 << slot) != 0
    }

    pub(super) fn configuration(self, slots: &'static [Slot]) -> Arc<Configuration> {
        APPS.with(|apps| remembered(apps, (self, slots), || self.configured(slots)))
    }

    fn configured(self, slots: &[Slot]) -> Configuration {
        let with = |mask: u8| slots.iter().enumerate().filter(move |(at, _)| Self::has(mask, *at));
        let certificates = with(self.certified).fold(Certificates::new(), |certificates, (at, slot)| {
            let id = BusinessId::new(slot.business_id(Self::has(self.renumbered, at))).expect("not zero");
            if slot.vendor == Vendor::Apns {
                certificates.with(CertificateSlot::apns(slot.kind, AppleEnvironment::Production), id)
            } else {
                certificates.with(slot.vendor, id)
            }
        });
        let plain = Configuration::new(certificates, with(self.wired).map(|(_, slot)| slot.vendor))
            .with_consent_required(self.asks_consent)
            .with_app_version(self.version.to_string());
        match slots {
            [first, ..] if self.names_channel => {
                plain.with_notification_channel(first.vendor, NotificationChannel::new("walk", "Walk"))
            }
            _ => plain,
        }
    }

    /// Whether it says the same: a number of a certificate that is not there says nothing.
    pub(super) fn says_the_same(self, other: Self) -> bool {
        let said = |app: Self| Self { renumbered: app.renumbered & app.certified, ..app };
        said(self) == said(other)
    }

    /// Whether the vendor of this slot has a wired SDK.
    pub(super) fn is_wired(self, slots: &[Slot], at: usize) -> bool {
        (0..slots.len()).any(|other| slots[other].vendor == slots[at].vendor && Self::has(self.wired, other))
    }
}
