//! The rules, one file for each kind of input.

pub(super) mod click;
pub(super) mod config;
pub(super) mod device;
pub(super) mod manifest;
pub(super) mod phone;
pub(super) mod push;
