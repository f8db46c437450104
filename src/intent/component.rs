use std::fmt;

use super::scan::{self, Keep};

/// A package and the full name of a class in it, as `android.content.ComponentName` keeps them.
///
/// Neither is checked, as Android does not check them either.
///
/// ```
/// use tim_offline_push::intent::Component;
///
/// let chat = Component::new("com.example.im", "com.example.im.ui.ChatActivity");
/// assert_eq!(chat.flatten_short(), "com.example.im/.ui.ChatActivity");
/// assert_eq!(Component::unflatten("com.example.im/.ui.ChatActivity"), Some(chat));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Component {
    /// The class alone if it begins with the package and a `.`, else the package and the class behind it.
    text: Box<str>,
    package_len: usize,
    class_start: usize,
    /// Whether the text needs no escape, `/` being left alone.
    plain: bool,
}

impl Component {
    /// A component by its package and the full name of its class. A class name that begins with `.` is kept as it is.
    pub fn new(package: impl Into<Box<str>>, class: impl Into<Box<str>>) -> Self {
        let (package, class) = (package.into(), class.into());
        if is_inside(&class, &package) {
            return Self::inside(class, package.len());
        }
        let plain = is_plain(&package) && is_plain(&class);
        Self::joined(&package, &class, package.len(), plain)
    }

    /// A class that begins with its package.
    fn inside(class: Box<str>, package_len: usize) -> Self {
        Self { plain: is_plain(&class), text: class, package_len, class_start: 0 }
    }

    fn joined(package: &str, rest: &str, class_start: usize, plain: bool) -> Self {
        let mut text = String::with_capacity(package.len().saturating_add(rest.len()));
        text.push_str(package);
        text.push_str(rest);
        Self { text: text.into_boxed_str(), package_len: package.len(), class_start, plain }
    }

    /// Reads `package/class`. A class that begins with `.` gets the package in front. `None` if there is no `/`, or
    /// nothing behind the first one (`ComponentName.unflattenFromString`).
    pub fn unflatten(text: &str) -> Option<Self> {
        Self::unflatten_known(text, is_plain(text))
    }

    /// As [`Component::unflatten`], for a text of which it is known whether it is plain.
    pub(super) fn unflatten_known(text: &str, plain: bool) -> Option<Self> {
        let (package, class) = text.split_at_checked(scan::find(text.as_bytes(), b'/')?)?;
        let class = class.strip_prefix('/')?;
        match class.as_bytes().first()? {
            b'.' => Some(Self::joined(package, class, 0, plain)),
            _ if is_inside(class, package) => Some(Self::inside(class.into(), package.len())),
            _ => Some(Self::joined(package, class, package.len(), plain)),
        }
    }

    /// The package.
    pub fn package(&self) -> &str {
        self.text.get(..self.package_len).unwrap_or_default()
    }

    /// The full name of the class.
    pub fn class(&self) -> &str {
        self.text.get(self.class_start..).unwrap_or_default()
    }

    /// The class, without the package's text in front if a `.` follows it.
    pub fn short_class(&self) -> &str {
        self.text.get(self.package_len..).unwrap_or_default()
    }

    /// `package/class`, in full.
    pub fn flatten(&self) -> String {
        [self.package(), "/", self.class()].concat()
    }

    /// `package/class`, where the class loses the package's text if a `.` follows it: `com.foo/.Bar`.
    pub fn flatten_short(&self) -> String {
        [self.package(), "/", self.short_class()].concat()
    }

    /// How many bytes it prints, without the `/`: exactly if no char needs an escape, else more than half of it.
    pub(super) fn printed_len(&self) -> usize {
        if self.plain { self.text.len() } else { self.text.len().saturating_mul(2) }
    }

    /// Whether no char needs an escape.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }
}

/// Whether no char needs an escape, `/` being left alone.
fn is_plain(text: &str) -> bool {
    Keep::UnreservedAndSlash.keeps_all(text.as_bytes())
}

/// Whether the class begins with the package and a `.`.
fn is_inside(class: &str, package: &str) -> bool {
    class.strip_prefix(package).is_some_and(|rest| rest.starts_with('.'))
}

impl fmt::Display for Component {
    /// As [`Component::flatten_short`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.package())?;
        f.write_str("/")?;
        f.write_str(self.short_class())
    }
}

impl fmt::Debug for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Component({self})")
    }
}
