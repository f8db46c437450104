use std::borrow::Cow;
use std::fmt;

use super::scan;

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
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Component<'a> {
    package: &'a str,
    /// Without the text of the package if a `.` follows that.
    short_class: &'a str,
    shortened: bool,
}

/// How the short form of a component is to be read, `package/class`.
#[derive(Clone, Copy)]
pub(super) struct ShortForm {
    package_len: usize,
    shortened: bool,
}

impl<'a> Component<'a> {
    /// A component by its package and the full name of its class. A class name that begins with `.` is kept as it is.
    pub fn new(package: &'a str, class: &'a str) -> Self {
        let inside = class.strip_prefix(package).filter(|rest| rest.starts_with('.'));
        Self { package, short_class: inside.unwrap_or(class), shortened: inside.is_some() }
    }

    /// Reads `package/class`. A class that begins with `.` gets the package in front. `None` if there is no `/`, or
    /// nothing behind the first one (`ComponentName.unflattenFromString`).
    pub fn unflatten(text: &'a str) -> Option<Self> {
        let (package, class) = text.split_at_checked(scan::find(text.as_bytes(), b'/')?)?;
        match class.strip_prefix('/')? {
            "" => None,
            short_class if short_class.starts_with('.') => {
                Some(Self { package, short_class, shortened: true })
            }
            class => Some(Self::new(package, class)),
        }
    }

    /// The component with this short form.
    pub(super) fn of_short_form(text: &'a str, form: ShortForm) -> Self {
        let (package, short_class) = text.split_at_checked(form.package_len).unwrap_or_default();
        let short_class = short_class.strip_prefix('/').unwrap_or_default();
        Self { package, short_class, shortened: form.shortened }
    }

    /// How its short form is to be read.
    pub(super) fn short_form(self) -> ShortForm {
        ShortForm { package_len: self.package.len(), shortened: self.shortened }
    }

    /// How many bytes the short form takes.
    pub(super) fn short_len(self) -> usize {
        self.package.len().saturating_add(1).saturating_add(self.short_class.len())
    }

    /// The package.
    pub const fn package(self) -> &'a str {
        self.package
    }

    /// The full name of the class. It is put together if it begins with the package.
    pub fn class(self) -> Cow<'a, str> {
        if self.shortened {
            Cow::Owned([self.package, self.short_class].concat())
        } else {
            Cow::Borrowed(self.short_class)
        }
    }

    /// The class, without the package's text in front if a `.` follows it.
    pub const fn short_class(self) -> &'a str {
        self.short_class
    }

    /// `package/class`, in full.
    pub fn flatten(self) -> String {
        [self.package, "/", &self.class()].concat()
    }

    /// `package/class`, where the class loses the package's text if a `.` follows it: `com.foo/.Bar`.
    pub fn flatten_short(self) -> String {
        [self.package, "/", self.short_class].concat()
    }
}

impl fmt::Display for Component<'_> {
    /// As [`Component::flatten_short`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.package)?;
        f.write_str("/")?;
        f.write_str(self.short_class)
    }
}

impl fmt::Debug for Component<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Component({self})")
    }
}
