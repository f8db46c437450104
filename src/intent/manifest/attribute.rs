use thiserror::Error;

/// The attributes of an element, each name once, in the order in which they were first set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Attributes(Vec<(Box<str>, Box<str>)>);

impl Attributes {
    pub(super) fn set(&mut self, name: &str, value: impl Into<Box<str>>) {
        match self.0.iter_mut().find(|(own, _)| **own == *name) {
            Some((_, old)) => *old = value.into(),
            None => self.0.push((name.into(), value.into())),
        }
    }

    pub(super) fn set_checked(
        &mut self,
        name: &str,
        value: impl Into<Box<str>>,
    ) -> Result<(), ManifestError> {
        if !name.starts_with(|first: char| first.is_ascii_alphabetic())
            || !name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return Err(ManifestError::AttributeName);
        }
        self.set(name, value);
        Ok(())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.iter().find_map(|(own, value)| (own == name).then_some(value))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }
}

/// Why an element of a manifest cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// The name of an attribute is not an ASCII letter with ASCII letters and digits behind it.
    #[error("name of the attribute is not ASCII letters and digits, without the android: prefix")]
    AttributeName,
}
