//! What can happen next: every choice of the environment, as a value, so that a path can be replayed and
//! printed.

use super::fixtures::Account;
use super::scene::Aftermath;
use crate::registrar::Lane;

/// One step of the environment. Numbers are positions: of a slot in the scene, a request on the wire, a code
/// in the scene's list, a tap in the order of their coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Action {
    /// The root of a walk.
    Start,
    /// Nothing happens until the next deadline, of the machine or of a request on the wire.
    Wait,
    /// So many milliseconds pass. Whether the host's timer rings then, too.
    Pass(u32, bool),
    /// The clock shows less than before at the next event.
    SetBack,
    /// The host takes the first effect.
    Take,
    /// All host objects but this one are busy: the host takes what is due on its lane first.
    TakeOn(Lane),
    /// The host takes all effects.
    TakeAll,
    /// The SDK makes a new token and tells it, asked or not.
    Mint(u8),
    /// The SDK answers with the token it has.
    Answer(u8),
    /// A token that the SDK made earlier is passed late.
    Retell(u8, u8),
    /// The SDK refuses, with the nth code.
    Refuse(u8, u8),
    /// The token in use is declared dead.
    Die(u8),
    /// The notification channel was made, or not.
    ChannelMade(bool),
    Login(Account),
    RequestLogout,
    /// The IM SDK has logged out, as the machine allowed.
    FinishLogout,
    /// The IM SDK could not log out, and the host logs in again.
    FailLogout,
    /// The IM SDK logs out, although nobody has asked the machine.
    Leave,
    /// The server ends the session because another device logged in.
    Kick,
    /// The server ends the session because its credential ran out.
    Expire,
    /// The open report reaches the server, and so does its answer the machine.
    Acknowledge,
    /// A report reaches the server; no answer is on its way yet, or none is waited for.
    Land(u8),
    /// The server has taken a report for which nobody waits any more, and its answer comes all the same.
    AnswerLate(u8),
    /// The open report is refused with the nth code, and maybe a wish to wait.
    RefuseReport(u8, bool),
    /// The IM SDK drops the callback of the open report.
    LoseReport,
    /// The write is done and confirmed.
    Write,
    /// The write is done; nobody confirms it.
    WriteSilently,
    FailWrite,
    /// The process is killed and starts again.
    Crash(Aftermath),
    /// The user gives the consent, or takes it back.
    Consent(bool),
    /// The user turns pushes on or off.
    Push(bool),
    /// The host passes again how the app is configured.
    Configure,
    /// A new version of the app.
    Upgrade,
    /// The certificate of a slot goes, or comes back.
    Certify(u8),
    /// The certificate of a slot gets another number.
    Renumber(u8),
    /// From now on the user must agree first, or need not.
    AskConsent,
    /// An answer comes again.
    Echo(u8),
    /// The SDK of a slot is unwired, or wired again.
    Wire(u8),
    /// The host passes again what is known of the phone.
    Describe,
    /// It turns out to be another phone.
    Redescribe(u8),
    /// The user asks to try again.
    Retry,
    /// The network is back.
    Network,
    Foreground,
    /// To the background, with this many unread messages.
    Background(u16),
    /// This many unread messages.
    Unread(u16),
    PresenceDone,
    /// The presence call is refused with the nth code.
    PresenceRefused(u8),
    HostReady,
    /// A notification is tapped: for a stated account, or for nobody in particular.
    Tap(Option<Account>),
    /// The same tap is passed again.
    TapAgain(u8),
    /// The host is done with the tap.
    TapHandled(u8),
    /// A push arrives: for a stated account, or for nobody in particular.
    Arrive(Option<Account>),
    /// The same arrival is passed again.
    ArriveAgain(u8),
    /// The server has the arrivals and clicks.
    ReceiptsDone,
    /// The answer to arrivals and clicks is lost.
    LoseReceipts,
    /// Arrivals and clicks are refused with the nth code.
    ReceiptsRefused(u8),
}
