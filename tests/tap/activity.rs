//! The activity counter against a model: a stack of activities that the system starts and stops.

use proptest::prelude::*;
use tim_offline_push::notification::{ActivityCounter, Visibility};

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
    fn tells_every_arrival_and_leave_once(steps in proptest::collection::vec(any_step(), 0..60)) {
        let mut counter = ActivityCounter::new();
        let (mut stack, mut seen) = (0_u32, false);
        for step in steps {
            let was = seen;
            let mut told = Vec::new();
            match step {
                Step::Open => {
                    told.push(counter.started());
                    if seen { told.push(counter.stopped(false)); }
                    (stack, seen) = (stack + 1, true);
                }
                Step::Back if seen => {
                    if stack > 1 { told.push(counter.started()); }
                    told.push(counter.stopped(false));
                    (stack, seen) = (stack - 1, stack > 1);
                }
                Step::Turn if seen => {
                    told.push(counter.stopped(true));
                    prop_assert_eq!(counter.visibility(), Visibility::Foreground, "a turn is no leave");
                    told.push(counter.started());
                }
                Step::Leave if seen => {
                    told.push(counter.stopped(false));
                    seen = false;
                }
                Step::Return if !seen && stack > 0 => {
                    told.push(counter.started());
                    seen = true;
                }
                Step::Back | Step::Turn | Step::Leave | Step::Return => {}
            }
            let now = if seen { Visibility::Foreground } else { Visibility::Background };
            let told: Vec<Visibility> = told.into_iter().flatten().collect();
            prop_assert_eq!(told, if was == seen { vec![] } else { vec![now] });
            prop_assert_eq!(counter.visibility(), now);
        }
    }
}

#[test]
fn odd_calls_do_no_harm() {
    let mut counter = ActivityCounter::new();
    assert_eq!(counter.stopped(false), None, "callbacks registered late");
    assert_eq!(counter.stopped(true), None);
    assert_eq!(counter.visibility(), Visibility::Background);
    assert_eq!(counter.started(), Some(Visibility::Foreground));
    assert_eq!(counter.stopped(true), None, "ended while the screen turned: never started again");
    assert_eq!(counter.started(), None);
    assert_eq!(counter.stopped(false), Some(Visibility::Background), "the next start makes up for it");
}
