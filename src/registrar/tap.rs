//! The part of a tap that the inbox needs.

use serde::{Deserialize, Serialize};

use crate::account::UserId;
use crate::ext::Ext;
use crate::vendor::Vendor;

/// What a tapped notification carried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tap {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vendor: Option<Vendor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ext: Option<Ext>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<UserId>,
}

impl Tap {
    /// A tap with this ext.
    pub fn new(ext: impl Into<Option<Ext>>) -> Self {
        Self { ext: ext.into(), ..Self::default() }
    }

    /// With the message id that the vendor gave.
    #[must_use]
    pub fn with_message_id(self, id: impl Into<String>) -> Self {
        Self { message_id: Some(id.into()), ..self }
    }

    /// With the account that the notification was for, where the host knows it.
    #[must_use]
    pub fn with_account(self, account: UserId) -> Self {
        Self { account: Some(account), ..self }
    }

    /// The ext.
    pub const fn ext(&self) -> Option<&Ext> {
        self.ext.as_ref()
    }

    /// The message id that the vendor gave.
    pub fn message_id(&self) -> Option<&str> {
        self.message_id.as_deref()
    }

    /// The account that the notification was for, if stated.
    pub const fn account(&self) -> Option<&UserId> {
        self.account.as_ref()
    }
}
