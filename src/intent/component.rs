use std::fmt;

use super::java_number;
use super::kept::Span;

/// A package and the full name of a class, as `android.content.ComponentName` keeps them.
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
    package: Box<str>,
    class: Box<str>,
}

impl Component {
    /// A component by its package and the full name of its class. A class name that begins with `.` is kept
    /// as it is.
    pub fn new(package: impl AsRef<str>, class: impl AsRef<str>) -> Self {
        Self { package: package.as_ref().into(), class: class.as_ref().into() }
    }

    /// Reads `package/class`. A class that begins with `.` gets the package in front. `None` if there is no
    /// `/`, or nothing after the first one (`ComponentName.unflattenFromString`).
    pub fn unflatten(text: &str) -> Option<Self> {
        match text.split_once('/')? {
            (_, "") => None,
            (package, class) if class.starts_with('.') => Some(Self::new(package, [package, class].concat())),
            (package, class) => Some(Self::new(package, class)),
        }
    }

    /// Whether a text is the short form of the component that is read from it.
    pub(super) fn is_short_form(text: &str) -> bool {
        text.split_once('/').is_some_and(|(package, class)| {
            let is_long = || class.strip_prefix(package).is_some_and(|rest| rest.starts_with('.'));
            class.starts_with('.') || !(class.is_empty() || is_long())
        })
    }

    /// The package.
    pub fn package(&self) -> &str {
        &self.package
    }

    /// The full name of the class.
    pub fn class(&self) -> &str {
        &self.class
    }

    /// The class without the package's text in front, if a `.` follows that.
    pub fn short_class(&self) -> &str {
        self.class.strip_prefix(&*self.package).filter(|rest| rest.starts_with('.')).unwrap_or(&self.class)
    }

    /// `package/class`, in full.
    pub fn flatten(&self) -> String {
        [&*self.package, "/", &*self.class].concat()
    }

    /// `package/class`, where the class loses the package's text if a `.` follows it: `com.foo/.Bar`.
    pub fn flatten_short(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Component {
    /// As [`Component::flatten_short`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.package(), self.short_class())
    }
}

impl fmt::Debug for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Component({self})")
    }
}

/// A component as an intent keeps it.
#[derive(Clone)]
pub(super) enum KeptComponent {
    /// Its short form stands in the source, without an escape.
    Read(Span),
    Own(Component),
}

/// Where on the screen an intent came from, in pixels: an `android.graphics.Rect`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a rectangle has four sides")]
pub struct SourceBounds {
    /// The left side.
    pub left: i32,
    /// The upper side.
    pub top: i32,
    /// The right side.
    pub right: i32,
    /// The lower side.
    pub bottom: i32,
}

impl SourceBounds {
    /// Reads four integers with one space between; anything else is no rectangle.
    ///
    /// # Errors
    /// The name of the field, if a number is outside of signed 32 bits.
    pub(super) fn read(value: &str) -> Result<Option<Self>, &'static str> {
        let Ok::<[_; 4], _>(sides) = value.splitn(5, ' ').collect::<Vec<_>>().try_into() else {
            return Ok(None);
        };
        let fits = |side: &str| {
            let digits = side.strip_prefix('-').unwrap_or(side);
            !digits.is_empty() && digits.chars().all(|c| java_number::unicode_digit(c).is_some())
        };
        if !sides.into_iter().all(fits) {
            return Ok(None);
        }
        let [Some(left), Some(top), Some(right), Some(bottom)] = sides.map(java_number::parse_int) else {
            return Err("sourceBounds");
        };
        Ok(Some(Self { left, top, right, bottom }))
    }
}
