/// Counts the activities that are started, so that an app knows when it comes to the foreground and when it leaves it.
///
/// Call it from `Application.ActivityLifecycleCallbacks`; on systems without activities report one start and one stop. A
/// rotation or another configuration change stops an activity and starts it anew. Android says so of the activity that
/// stops (`isChangingConfigurations()`), so that such a stop is not a leave and the start after it is not an arrival.
/// A stop without a start, as after a late registration of the callbacks, changes nothing. An activity that ends in the
/// middle of a configuration change is compensated by the next start.
///
/// ```
/// use tim_offline_push::notification::{ActivityCounter, Visibility};
///
/// let mut activities = ActivityCounter::new();
/// assert_eq!(activities.started(), Some(Visibility::Foreground));
/// assert_eq!(activities.stopped(true), None); // the screen turns
/// assert_eq!(activities.started(), None);
/// assert_eq!(activities.stopped(false), Some(Visibility::Background));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ActivityCounter {
    started: u32,
    /// Stopped for a configuration change, and not started again yet.
    changing: u32,
}

/// Whether the app is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "an app is seen or it is not")]
pub enum Visibility {
    /// At least one activity is started.
    Foreground,
    /// None is.
    Background,
}

impl ActivityCounter {
    /// No activity is started.
    pub const fn new() -> Self {
        Self { started: 0, changing: 0 }
    }

    /// An activity was started (`onActivityStarted`). Answers if the app has come to the foreground by it.
    pub fn started(&mut self) -> Option<Visibility> {
        let before = self.visibility();
        self.started = self.started.saturating_add(1);
        self.changing = self.changing.saturating_sub(1);
        self.change(before)
    }

    /// An activity was stopped (`onActivityStopped`), for a configuration change or for good. Answers if the app has
    /// left the foreground by it.
    pub fn stopped(&mut self, changing_configurations: bool) -> Option<Visibility> {
        let before = self.visibility();
        if self.started > 0 && changing_configurations {
            self.changing = self.changing.saturating_add(1);
        }
        self.started = self.started.saturating_sub(1);
        self.change(before)
    }

    /// Whether the app is seen now.
    pub const fn visibility(self) -> Visibility {
        if self.started > 0 || self.changing > 0 { Visibility::Foreground } else { Visibility::Background }
    }

    fn change(self, before: Visibility) -> Option<Visibility> {
        let now = self.visibility();
        (now != before).then_some(now)
    }
}
