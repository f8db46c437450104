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
