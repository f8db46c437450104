//! What each sort of input is looked through for. One file for each.

mod click;
mod config;
mod device;
mod manifest;
mod phone;
mod push;
mod secret;
mod source;

pub(super) use click::clicks;
pub(super) use config::config;
pub(super) use device::device;
pub(super) use manifest::manifest;
pub(super) use phone::phone;
pub(super) use push::push;
pub(super) use source::sources;
