use thiserror::Error;

use crate::intent::distinct::Distinct;

/// The attributes of an element, each name once, in the order in which they were first set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Attributes {
    names: Distinct<Box<str>>,
    values: Vec<Box<str>>,
}

impl Attributes {
    pub(super) fn set(&mut self, name: &str, value: impl Into<Box<str>>) {
        let value = value.into();
        match self.values.get_mut(self.names.add(name.into())) {
            Some(old) => *old = value,
            None => self.values.push(value),
        }
    }

    pub(super) fn set_checked(
        &mut self,
        name: &str,
        value: impl Into<Box<str>>,
    ) -> Result<(), ManifestError> {
        let local = name.strip_prefix(TOOLS).unwrap_or(name);
        if !local.starts_with(|first: char| first.is_ascii_alphabetic())
            || !local.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return Err(ManifestError::AttributeName);
        }
        self.set(name, value);
        Ok(())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(self.names.place(name)?).map(|value| &**value)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.as_slice().iter().zip(&self.values).map(|(name, value)| (&**name, &**value))
    }
}

/// The prefix of what is meant for the build tools alone: `tools:node="replace"`. The device never sees it.
pub(super) const TOOLS: &str = "tools:";

/// Why an element of a manifest cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// The name of an attribute is not an ASCII letter with ASCII letters and digits behind it, alone or behind `tools:`.
    #[error(
        "name of the attribute is not ASCII letters and digits, alone or behind tools:, without the android: prefix"
    )]
    AttributeName,
}
