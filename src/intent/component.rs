use std::fmt;

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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Component {
    package: Box<str>,
    class: Box<str>,
}

impl Component {
    /// A component by its package and the full name of its class. A class name that begins with `.` is kept as it is.
    pub fn new(package: impl Into<Box<str>>, class: impl Into<Box<str>>) -> Self {
        Self { package: package.into(), class: class.into() }
    }

    /// Reads `package/class`. A class that begins with `.` gets the package in front. `None` if there is no `/`, or
    /// nothing behind the first one (`ComponentName.unflattenFromString`).
    pub fn unflatten(text: &str) -> Option<Self> {
        let (package, class) = text.split_once('/')?;
        if class.is_empty() {
            return None;
        }
        let class = if class.starts_with('.') { [package, class].concat() } else { class.to_owned() };
        Some(Self::new(package, class))
    }

    /// The package.
    pub fn package(&self) -> &str {
        &self.package
    }

    /// The full name of the class.
    pub fn class(&self) -> &str {
        &self.class
    }

    /// `package/class`, in full.
    pub fn flatten(&self) -> String {
        [self.package(), "/", self.class()].concat()
    }

    /// `package/class`, where the class loses the package's text if a `.` follows it: `com.foo/.Bar`.
    pub fn flatten_short(&self) -> String {
        [self.package(), "/", self.short_class()].concat()
    }

    /// The class, without the package's text in front if a `.` follows it.
    pub fn short_class(&self) -> &str {
        self.class().strip_prefix(self.package()).filter(|rest| rest.starts_with('.')).unwrap_or(&self.class)
    }
}

impl fmt::Display for Component {
    /// As [`Component::flatten_short`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.package(), self.short_class())
    }
}
