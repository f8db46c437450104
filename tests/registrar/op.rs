//! What may happen to a machine, at random.

use proptest::prelude::*;

/// Ten years.
const YEARS: i64 = 10 * 365 * 86_400_000;

/// Something that happens. Numbers pick among what is there.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Configure(u8),
    Phone(u8),
    Consent(bool),
    Token {
        vendor: u8,
        text: u8,
    },
    Voip(u8),
    BadToken(u8),
    Invalid(u8),
    Login(u8),
    RequestLogout,
    LoggedOut,
    Kicked,
    Expired,
    Push(bool),
    /// Answers a report under way with one of the codes; 0 is success.
    Report {
        pick: u8,
        code: u8,
        retry_after: u8,
    },
    LoseReport(u8),
    /// A report that nobody answered reaches the server after all.
    Land(u8),
    Vendor {
        pick: u8,
        code: u8,
    },
    Channel {
        ok: bool,
    },
    Store {
        ok: bool,
    },
    Presence {
        ok: bool,
    },
    /// Says something again that was said before.
    Again(u8),
    Foreground,
    Background(i8),
    Unread(i64),
    Tap {
        message: u8,
        account: u8,
    },
    Handled(u8),
    Ready,
    Network,
    Retry,
    Wait(u32),
    Deadline,
    Jump(i64),
}

/// Jumps of the clock by up to its whole range.
pub(crate) fn jump() -> impl Strategy<Value = Op> {
    prop_oneof![Just(i64::MAX), Just(i64::MIN), any::<i64>()].prop_map(Op::Jump)
}

pub(crate) fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        1 => any::<u8>().prop_map(Op::Configure),
        1 => any::<u8>().prop_map(Op::Phone),
        1 => any::<bool>().prop_map(Op::Consent),
        4 => (0..3_u8, 0..3_u8).prop_map(|(vendor, text)| Op::Token { vendor, text }),
        1 => (0..3_u8).prop_map(Op::Voip),
        1 => any::<u8>().prop_map(Op::BadToken),
        1 => (0..3_u8).prop_map(Op::Invalid),
        4 => (0..3_u8).prop_map(Op::Login),
        1 => Just(Op::RequestLogout),
        1 => Just(Op::LoggedOut),
        1 => Just(Op::Kicked),
        1 => Just(Op::Expired),
        1 => any::<bool>().prop_map(Op::Push),
        8 => (any::<u8>(), 0..8_u8, 0..3_u8)
            .prop_map(|(pick, code, retry_after)| Op::Report { pick, code, retry_after }),
        2 => any::<u8>().prop_map(Op::LoseReport),
        3 => any::<u8>().prop_map(Op::Land),
        3 => (any::<u8>(), any::<u8>()).prop_map(|(pick, code)| Op::Vendor { pick, code }),
        1 => any::<bool>().prop_map(|ok| Op::Channel { ok }),
        6 => prop::bool::weighted(0.8).prop_map(|ok| Op::Store { ok }),
        2 => any::<bool>().prop_map(|ok| Op::Presence { ok }),
        3 => any::<u8>().prop_map(Op::Again),
        1 => Just(Op::Foreground),
        1 => any::<i8>().prop_map(Op::Background),
        1 => any::<i64>().prop_map(Op::Unread),
        2 => (0..4_u8, 0..3_u8).prop_map(|(message, account)| Op::Tap { message, account }),
        2 => any::<u8>().prop_map(Op::Handled),
        1 => Just(Op::Ready),
        1 => Just(Op::Network),
        1 => Just(Op::Retry),
        3 => (0..20_000_u32).prop_map(Op::Wait),
        6 => Just(Op::Deadline),
        1 => prop_oneof![Just(YEARS), Just(-YEARS), -YEARS..YEARS]
        .prop_map(Op::Jump),
    ]
}
