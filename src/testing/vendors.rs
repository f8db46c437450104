use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::journal::{Call, Record};
use super::reply::Script;
use super::token::sample_token;
use super::{Journal, Reply, VirtualTime};
use crate::registrar::{Completion, VendorSdk};
use crate::vendor::{TokenKind, Vendor, VendorSet};

/// Vendor SDKs that answer as they are told, each vendor and kind by a script of its own. What no script says is
/// answered with [`sample_token`], at once.
#[derive(Debug)]
pub struct ScriptedVendors {
    time: VirtualTime,
    journal: Journal,
    wired: VendorSet,
    scripts: Mutex<BTreeMap<(Vendor, TokenKind), Arc<Script>>>,
}

impl ScriptedVendors {
    /// The SDKs of these vendors.
    pub fn new(time: VirtualTime, journal: Journal, wired: VendorSet) -> Self {
        Self { time, journal, wired, scripts: Mutex::default() }
    }

    /// Adds answers to the requests for a standard token that come next.
    pub fn script(&self, vendor: Vendor, replies: impl IntoIterator<Item = Reply>) {
        self.of(vendor, TokenKind::Standard).add(replies);
    }

    /// Adds answers to the requests for a `VoIP` token that come next.
    pub fn script_voip(&self, vendor: Vendor, replies: impl IntoIterator<Item = Reply>) {
        self.of(vendor, TokenKind::Voip).add(replies);
    }

    /// Answers like this whatever a vendor's scripts say nothing about.
    pub fn otherwise(&self, vendor: Vendor, reply: Reply) {
        self.of(vendor, TokenKind::Standard).otherwise(reply.clone());
        self.of(vendor, TokenKind::Voip).otherwise(reply);
    }

    fn of(&self, vendor: Vendor, kind: TokenKind) -> Arc<Script> {
        let mut scripts = self.scripts();
        let script = scripts
            .entry((vendor, kind))
            .or_insert_with(|| Arc::new(Script::new(Reply::token(sample_token(vendor, 0)))));
        Arc::clone(script)
    }

    fn scripts(&self) -> MutexGuard<'_, BTreeMap<(Vendor, TokenKind), Arc<Script>>> {
        self.scripts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl VendorSdk for ScriptedVendors {
    fn vendors(&self) -> VendorSet {
        self.wired
    }

    fn register(&self, vendor: Vendor, kind: TokenKind, done: Completion) {
        let call = Call::Register { vendor, kind };
        self.journal.record(Record::Call(call.clone()));
        self.of(vendor, kind).next().give(call, done, &self.time, &self.journal, |_| {});
    }

    fn unregister(&self, vendor: Vendor) {
        self.journal.record(Record::Call(Call::Unregister { vendor }));
    }
}
