//! The catalogue: what the doctor knows to look for. One file for each sort of input.

pub(super) mod catalogue;
pub(super) mod click;
pub(super) mod config;
pub(super) mod device;
pub(super) mod manifest;
pub(super) mod phone;
pub(super) mod push;
