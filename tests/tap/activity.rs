//! The activity counter against a model: a stack of activities that the system starts and stops.

use proptest::prelude::*;
use tim_offline_push::notification::ActivityCounter;

#[derive(Clone, Copy, Debug)]
enum Step {
    /// A new activity covers the one on top: Android starts the new one first.
    Open,
    /// The one on top ends; the one below is started first.
    Back,
    /// The screen turns: every started activity is stopped, then started anew.
    Turn,
    /// The user goes elsewhere.
    Leave,
    /// The user comes back.
    Return,
}

fn any_step() -> impl Strategy<Value = Step> {
    proptest::sample::select(&[Step::Open, Step::Back, Step::Turn, Step::Leave, Step::Return][..])
}

proptest! {
    #[test]
    fn reports_every_arrival_and_leave_once(steps in proptest::collection::vec(any_step(), 0..60)) {
        let mut counter = ActivityCounter::new();
        let (mut stack, mut seen) = (0_u32, false);
        for step in steps {
            let was = seen;
            let mut reported = Vec::new();
            match step {
                Step::Open => {
                    reported.push(counter.started());
                    if seen { reported.push(counter.stopped(false)); }
                    (stack, seen) = (stack + 1, true);
                }
                Step::Back if seen => {
                    if stack > 1 { reported.push(counter.started()); }
                    reported.push(counter.stopped(false));
                    (stack, seen) = (stack - 1, stack > 1);
                }
                Step::Turn if seen => {
                    reported.push(counter.stopped(true));
                    prop_assert!(counter.is_foreground(), "a turn is no leave");
                    reported.push(counter.started());
                }
                Step::Leave if seen => {
                    reported.push(counter.stopped(false));
                    seen = false;
                }
                Step::Return if !seen && stack > 0 => {
                    reported.push(counter.started());
                    seen = true;
                }
                Step::Back | Step::Turn | Step::Leave | Step::Return => {}
            }
            prop_assert_eq!(reported.iter().filter(|changed| **changed).count(), usize::from(was != seen));
            prop_assert_eq!(counter.is_foreground(), seen);
        }
    }
}

#[test]
fn odd_calls_do_no_harm() {
    let mut counter = ActivityCounter::new();
    assert!(!counter.stopped(false), "callbacks registered late");
    assert!(!counter.stopped(true));
    assert!(!counter.is_foreground());
    assert!(counter.started());
    assert!(!counter.stopped(true), "ended while the screen turned: never started again");
    assert!(!counter.started());
    assert!(counter.stopped(false), "the next start makes up for it");
}
