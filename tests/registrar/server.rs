//! What the IM server has, and what is on its way to it.

use std::collections::BTreeMap;

use tim_offline_push::account::UserId;
use tim_offline_push::registrar::SessionId;
use tim_offline_push::vendor::TokenKind;

/// A report on its way.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) session: SessionId,
    pub(crate) account: UserId,
    pub(crate) kind: TokenKind,
    pub(crate) token: Option<String>,
    pub(crate) issued: u64,
}

/// Two servers in one: each account has a binding of its own, or the device has one. Neither asks whether the
/// session of a report is still alive.
#[derive(Clone, Debug, Default)]
pub(crate) struct Server {
    pub(crate) accounts: BTreeMap<(UserId, TokenKind), String>,
    pub(crate) device: BTreeMap<TokenKind, (UserId, String)>,
}

impl Server {
    pub(crate) fn land(&mut self, sent: Sent) {
        let key = (sent.account.clone(), sent.kind);
        if let Some(token) = sent.token {
            self.accounts.insert(key, token.clone());
            self.device.insert(sent.kind, (sent.account, token));
        } else {
            self.accounts.remove(&key);
            self.device.remove(&sent.kind);
        }
    }

    pub(crate) fn forget(&mut self, account: &UserId) {
        self.accounts.retain(|(known, _), _| known != account);
        self.device.retain(|_, (known, _)| known != account);
    }
}
