//! The script of a day: who logs in when, and what is down.

use tim_offline_push::vendor::Vendor;

/// A span of simulated time, in milliseconds since the start: the end does not belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: u64,
    pub(crate) to: u64,
}

impl Span {
    pub(crate) const fn seconds(from: u64, to: u64) -> Self {
        Self { from: from * 1_000, to: to * 1_000 }
    }

    pub(crate) const fn contains(self, at: u64) -> bool {
        self.from <= at && at < self.to
    }
}

/// What a vendor SDK does during a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It answers nothing.
    Silent,
    /// It answers after 8 to 14 s: some of them later than the default policy waits.
    Slow,
}

/// A day. All logins are spread evenly over the rush.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// How long the login rush takes.
    pub(crate) rush: Span,
    /// The IM server answers nothing.
    pub(crate) outage: Option<Span>,
    /// The vendor whose part of the fleet has the fault, and when.
    pub(crate) vendor: Option<(Vendor, Fault, Span)>,
    /// The certificate of this vendor is unknown to the IM server (code 22001).
    pub(crate) certificate: Option<(Vendor, Span)>,
    /// The vendor gives every phone a new token at a moment of this span.
    pub(crate) rotation: Option<(Vendor, Span)>,
    /// Every phone's network comes back at a moment of this span.
    pub(crate) reconnect: Option<Span>,
    /// The apps are in the background after their login.
    pub(crate) background: bool,
}

const RUSH: Scenario = Scenario {
    name: "rush",
    about: "everybody logs in within ten minutes",
    rush: Span::seconds(0, 600),
    outage: None,
    vendor: None,
    certificate: None,
    rotation: None,
    reconnect: None,
    background: false,
};

/// Every scenario, the default first.
pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "outage",
        about: "the rush, and from its fifth minute on the IM server is down for ten",
        outage: Some(Span::seconds(300, 900)),
        ..RUSH
    },
    RUSH,
    Scenario {
        name: "night",
        about: "the outage, with every app in the background",
        outage: Some(Span::seconds(300, 900)),
        background: true,
        ..RUSH
    },
    Scenario {
        name: "reconnect",
        about: "the outage, and at its end every app calls network_up within a minute",
        outage: Some(Span::seconds(300, 900)),
        reconnect: Some(Span::seconds(900, 960)),
        ..RUSH
    },
    Scenario {
        name: "vendor-down",
        about: "Xiaomi's SDK answers nobody for half an hour; its phones have no other vendor",
        vendor: Some((Vendor::Xiaomi, Fault::Silent, Span::seconds(0, 1_800))),
        ..RUSH
    },
    Scenario {
        name: "vendor-slow",
        about: "Xiaomi's SDK takes 8 to 14 s for a token during the rush",
        vendor: Some((Vendor::Xiaomi, Fault::Slow, Span::seconds(0, 1_200))),
        ..RUSH
    },
    Scenario {
        name: "wrong-certificate",
        about: "the IM server does not know Xiaomi's certificate for an hour (code 22001)",
        certificate: Some((Vendor::Xiaomi, Span::seconds(0, 3_600))),
        ..RUSH
    },
    Scenario {
        name: "rotation",
        about: "Xiaomi gives each of its phones a new token within the same minute",
        rotation: Some((Vendor::Xiaomi, Span::seconds(1_200, 1_260))),
        ..RUSH
    },
];

impl Scenario {
    pub(crate) fn find(name: &str) -> Option<Self> {
        SCENARIOS.iter().copied().find(|scenario| scenario.name == name)
    }

    /// When nothing of the script is left to come.
    pub(crate) fn end(&self) -> u64 {
        let spans = [
            Some(self.rush),
            self.outage,
            self.vendor.map(|(.., span)| span),
            self.certificate.map(|(_, span)| span),
            self.rotation.map(|(_, span)| span),
            self.reconnect,
        ];
        spans.into_iter().flatten().map(|span| span.to).max().unwrap_or(0)
    }

    /// The moment after which the herd is measured: the end of the fault, or of the rush.
    pub(crate) fn recovery(&self) -> u64 {
        let faults = [
            self.outage.map(|span| span.to),
            self.vendor.map(|(.., span)| span.to),
            self.certificate.map(|(_, span)| span.to),
            self.rotation.map(|(_, span)| span.from),
        ];
        faults.into_iter().flatten().max().unwrap_or(0)
    }
}
