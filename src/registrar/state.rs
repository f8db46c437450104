//! All that decides.

use std::sync::Arc;

use super::Configuration;
use crate::account::UserId;
use crate::device::DeviceFacts;

/// All that decides: two machines with equal states, policies and clocks do the same. `Debug` shows no token and no
/// account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    pub(super) configuration: Option<Arc<Configuration>>,
    pub(super) device: Option<DeviceFacts>,
    pub(super) possibly_bound: Vec<UserId>,
}
