//! What is known while the items of an intent URI are read.

use std::borrow::Cow;

use super::model::Intent;
use super::next_equals::NextEquals;
use super::reading::Reading;

/// What the items have given so far.
pub(super) struct Items<'a, 'i> {
    pub(super) reading: Reading<'a>,
    pub(super) intent: &'i mut Intent,
    /// The intent behind the last `SEL;`: all further items are its own.
    pub(super) selector: Option<Box<Intent>>,
    pub(super) scheme: Option<Cow<'a, str>>,
    pub(super) explicit_action: bool,
    pub(super) equals: NextEquals,
    /// How many bytes the names of extras have that lie over later items.
    pub(super) overlap: usize,
}

impl<'a, 'i> Items<'a, 'i> {
    /// Items that go into the intent, whose texts begin with a copy of the URI.
    pub(super) fn new(reading: Reading<'a>, intent: &'i mut Intent) -> Self {
        Self {
            reading,
            intent,
            selector: None,
            scheme: None,
            explicit_action: false,
            equals: NextEquals::default(),
            overlap: 0,
        }
    }

    /// The intent that the items are for.
    pub(super) fn current(&mut self) -> &mut Intent {
        self.selector.as_deref_mut().unwrap_or(self.intent)
    }

    /// Brings categories and extras into their order.
    pub(super) fn settle(&mut self) {
        self.intent.settle();
        if let Some(selector) = &mut self.selector {
            selector.settle();
        }
    }
}
