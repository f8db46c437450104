/// Counts the activities that are started, so that an app knows when it comes to the foreground and when it
/// leaves it.
///
/// Call it from `Application.ActivityLifecycleCallbacks`; on systems without activities report one start and
/// one stop. A rotation or another configuration change stops an activity and starts it anew. Android says so
/// of the activity that stops (`isChangingConfigurations()`), so that such a stop is not a leave and the
/// start after it is not an arrival. A stop without a start, as after a late registration of the callbacks,
/// changes nothing. An activity that ends in the middle of a configuration change is compensated by the next
/// start.
///
/// ```
/// use tim_offline_push::notification::ActivityCounter;
///
/// let mut activities = ActivityCounter::new();
/// assert!(activities.started()); // the app enters the foreground
/// assert!(!activities.stopped(true)); // the screen turns
/// assert!(!activities.started());
/// assert!(activities.stopped(false)); // the app leaves the foreground
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ActivityCounter {
    started: u32,
    /// Stopped for a configuration change, and not started again yet.
    changing: u32,
}

impl ActivityCounter {
    /// No activity is started.
    pub const fn new() -> Self {
        Self { started: 0, changing: 0 }
    }

    /// An activity was started (`onActivityStarted`). Returns whether the app enters the foreground by it.
    pub fn started(&mut self) -> bool {
        let was_seen = self.is_foreground();
        self.started = self.started.saturating_add(1);
        self.changing = self.changing.saturating_sub(1);
        !was_seen
    }

    /// An activity was stopped (`onActivityStopped`), for a configuration change or for good. Returns whether
    /// the app leaves the foreground by it.
    pub fn stopped(&mut self, changing_configurations: bool) -> bool {
        let was_seen = self.is_foreground();
        if self.started > 0 && changing_configurations {
            self.changing = self.changing.saturating_add(1);
        }
        self.started = self.started.saturating_sub(1);
        was_seen && !self.is_foreground()
    }

    /// Whether at least one activity is started, or is about to be after a configuration change.
    pub const fn is_foreground(self) -> bool {
        self.started > 0 || self.changing > 0
    }
}
