//! Which messages are over: delivered, and handled or given up.

use std::num::NonZeroU64;

use crate::notification::{DedupeKey, Tap};

/// The last messages that are over, as 64 bits each, the newest first. Nothing of their content is kept.
///
/// A message that its vendor gave no id is not in it: two of them may well look alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Over([Option<NonZeroU64>; Self::KEPT]);

impl Over {
    const KEPT: usize = 8;

    pub(super) fn has(&self, key: &DedupeKey) -> bool {
        key.message().is_some_and(|message| self.0.contains(&Some(message)))
    }

    pub(super) fn add(&mut self, tap: &Tap) {
        if let Some(message) = tap.dedupe_key().message() {
            self.push(message);
        }
    }

    /// As stored, oldest first.
    pub(super) fn to_stored(self) -> Vec<u64> {
        self.0.iter().rev().flatten().map(|message| message.get()).collect()
    }

    pub(super) fn of_stored(stored: &[u64]) -> Self {
        let mut over = Self::default();
        stored.iter().filter_map(|message| NonZeroU64::new(*message)).for_each(|message| over.push(message));
        over
    }

    fn push(&mut self, message: NonZeroU64) {
        if !self.0.contains(&Some(message)) {
            self.0.rotate_right(1);
            if let Some(newest) = self.0.first_mut() {
                *newest = Some(message);
            }
        }
    }
}
