//! What goes wrong in real life, one thing at a time. A scenario says what people, SDKs and servers do; what
//! the registrar makes of it is up to the registrar.

use std::time::Duration;

use tim_offline_push::testing::Reply;

use crate::stage::{Person, Stage};

pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) play: fn(&mut Stage<'_>),
}

/// The whole story, which is played if no scenario is asked for.
pub(crate) const STORY: Scenario =
    Scenario { name: "story", about: "one phone, and everything that follows, in a row", play: story };

pub(crate) const SCENARIOS: &[Scenario] = &[
    STORY,
    Scenario { name: "slow-sdk", about: "the vendor SDK takes its time", play: slow_sdk },
    Scenario { name: "empty-token", about: "the first token is an empty text", play: empty_token },
    Scenario { name: "token-first", about: "the token is there before anyone logs in", play: token_first },
    Scenario { name: "lost-report", about: "nobody ever answers a report", play: lost_report },
    Scenario { name: "too-frequent", about: "the server says \"too frequent\"", play: too_frequent },
    Scenario { name: "refresh", about: "a new token comes while a report waits for its turn", play: refresh },
    Scenario {
        name: "account-switch",
        about: "bob logs in while alice's report is under way",
        play: account_switch,
    },
    Scenario { name: "kicked-off", about: "another phone takes the account over", play: kicked_off },
    Scenario { name: "killed", about: "the app is killed between token and report", play: killed },
    Scenario { name: "logout", about: "the user logs out while a report is under way", play: logout },
    Scenario {
        name: "dead-sdk",
        about: "the vendor SDK never answers, and the next vendor takes over",
        play: dead_sdk,
    },
    Scenario {
        name: "new-certificate",
        about: "the server does not know the certificate yet",
        play: new_certificate,
    },
    Scenario { name: "broken-store", about: "the snapshot cannot be stored", play: broken_store },
    Scenario { name: "no-network", about: "the phone is offline, then connected again", play: no_network },
    Scenario { name: "background", about: "the app goes away and comes back", play: background },
    Scenario { name: "cold-tap", about: "a tapped notification starts the app", play: cold_tap },
    Scenario { name: "receipts", about: "an arrival and a click wait for the login", play: receipts },
    Scenario { name: "push-off", about: "the user turns pushes off and on again", play: push_off },
    Scenario { name: "host", about: "what the programs under examples/hosts play", play: host },
];

const TOO_FREQUENT: i32 = 22006;
const DISCONNECTED: i32 = 9508;
const NO_SUCH_CERTIFICATE: i32 = 22001;

fn story(stage: &mut Stage<'_>) {
    for scenario in SCENARIOS.iter().filter(|scenario| scenario.name != STORY.name) {
        stage.chapter(scenario.name, scenario.about);
        (scenario.play)(stage);
    }
}

fn slow_sdk(stage: &mut Stage<'_>) {
    let vendor = stage.best();
    stage.install();
    let token = stage.text(vendor, 1);
    stage.sdk(vendor, [Reply::token(token).after(Duration::from_secs(7))]);
    stage.start_app();
    stage.wait_secs(2);
    stage.log_in(Person::Alice);
    stage.wait_secs(10);
}

fn empty_token(stage: &mut Stage<'_>) {
    let vendor = stage.best();
    stage.install();
    stage.sdk(vendor, [Reply::token("").after(Duration::from_secs(1))]);
    stage.start_app();
    stage.log_in(Person::Alice);
    stage.wait_secs(4);
    let token = stage.text(vendor, 1);
    stage.token(vendor, &token);
    stage.wait_secs(5);
}

fn token_first(stage: &mut Stage<'_>) {
    stage.install();
    stage.start_app();
    stage.wait_secs(30);
    stage.log_in(Person::Alice);
    stage.wait_secs(5);
}

fn lost_report(stage: &mut Stage<'_>) {
    stage.ready();
    stage.server([Reply::silence()]);
    stage.log_in(Person::Alice);
    stage.wait_secs(120);
}

fn too_frequent(stage: &mut Stage<'_>) {
    stage.ready();
    let busy = Reply::failed(TOO_FREQUENT).after(Duration::from_millis(200));
    stage.server([busy.clone().retry_after(Duration::from_secs(30)), busy]);
    stage.log_in(Person::Alice);
    stage.wait_secs(120);
}

fn refresh(stage: &mut Stage<'_>) {
    let vendor = stage.best();
    stage.ready();
    stage.server([Reply::failed(TOO_FREQUENT).after(Duration::from_millis(200))]);
    stage.log_in(Person::Alice);
    stage.wait(Duration::from_millis(400));
    let token = stage.text(vendor, 2);
    stage.token(vendor, &token);
    stage.wait_secs(10);
}

fn account_switch(stage: &mut Stage<'_>) {
    stage.ready();
    stage.server([Reply::ok().after(Duration::from_secs(8))]);
    stage.log_in(Person::Alice);
    stage.wait_secs(3);
    stage.log_in(Person::Bob);
    stage.wait_secs(120);
}

fn kicked_off(stage: &mut Stage<'_>) {
    let vendor = stage.best();
    stage.at_rest(Person::Alice);
    stage.kicked_off();
    let token = stage.text(vendor, 3);
    stage.token(vendor, &token);
    stage.wait_secs(60);
    stage.log_in(Person::Alice);
    stage.wait_secs(5);
}

fn killed(stage: &mut Stage<'_>) {
    let vendor = stage.best();
    stage.install();
    stage.start_app();
    stage.wait_secs(5);
    stage.kill_app();
    stage.wait_secs(600);
    // Some SDKs do not repeat their callback in the next process.
    stage.sdk(vendor, [Reply::silence()]);
    stage.start_app();
    stage.wait_secs(1);
    stage.log_in(Person::Alice);
    stage.wait_secs(20);
}

fn logout(stage: &mut Stage<'_>) {
    stage.ready();
    stage.server([Reply::ok().after(Duration::from_secs(3))]);
    stage.log_in(Person::Alice);
    stage.wait_secs(1);
    stage.log_out();
    stage.wait_secs(10);
}

fn dead_sdk(stage: &mut Stage<'_>) {
    let dead = stage.best();
    stage.install();
    stage.sdk(dead, [Reply::silence()]);
    stage.start_app();
    stage.log_in(Person::Alice);
    stage.wait_secs(40);
    // Late, but better than what is there.
    let token = stage.text(dead, 1);
    stage.token(dead, &token);
    stage.wait_secs(5);
}

fn new_certificate(stage: &mut Stage<'_>) {
    stage.ready();
    let unknown = Reply::failed(NO_SUCH_CERTIFICATE).after(Duration::from_millis(200));
    stage.server([unknown.clone(), unknown.clone(), unknown]);
    stage.log_in(Person::Alice);
    stage.wait_secs(600);
}

fn broken_store(stage: &mut Stage<'_>) {
    stage.install();
    stage.store([Reply::failed(28), Reply::silence()]);
    stage.start_app();
    stage.log_in(Person::Alice);
    stage.wait_secs(120);
}

fn no_network(stage: &mut Stage<'_>) {
    stage.ready();
    stage.network_down();
    let offline = Reply::failed(DISCONNECTED);
    stage.server([offline.clone(), offline.clone(), offline.clone(), offline]);
    stage.log_in(Person::Alice);
    stage.wait_secs(6);
    stage.network_up();
    stage.wait_secs(90);
}

fn background(stage: &mut Stage<'_>) {
    stage.at_rest(Person::Alice);
    stage.background(3);
    stage.wait_secs(60);
    stage.foreground();
    stage.wait_secs(5);
}

fn cold_tap(stage: &mut Stage<'_>) {
    let vendor = stage.best();
    stage.at_rest(Person::Alice);
    stage.kill_app();
    stage.wait_secs(3_600);
    stage.start_app();
    stage.tap(vendor);
    stage.wait_secs(1);
    stage.screens_up();
    stage.log_in(Person::Alice);
    stage.wait_secs(5);
}

fn receipts(stage: &mut Stage<'_>) {
    let vendor = stage.best();
    stage.at_rest(Person::Alice);
    stage.log_out();
    stage.wait_secs(5);
    stage.push_arrives();
    stage.kill_app();
    stage.wait_secs(60);
    stage.start_app();
    stage.tap_push(vendor);
    stage.wait_secs(5);
    stage.log_in(Person::Alice);
    stage.wait_secs(5);
}

fn push_off(stage: &mut Stage<'_>) {
    stage.at_rest(Person::Alice);
    stage.push_off();
    stage.wait_secs(5);
    stage.push_on();
    stage.wait_secs(5);
}

fn host(stage: &mut Stage<'_>) {
    let vendor = stage.best();
    stage.install();
    let token = stage.text(vendor, 1);
    stage.sdk(vendor, [Reply::token(token).after(Duration::from_secs(7))]);
    stage.server([Reply::failed(TOO_FREQUENT).after(Duration::from_millis(200))]);
    stage.start_app();
    stage.wait_secs(2);
    stage.log_in(Person::Alice);
    stage.wait_secs(120);
    stage.background(3);
    stage.wait_secs(1);
    stage.foreground();
    stage.wait_secs(1);
    stage.log_in(Person::Bob);
    stage.wait_secs(120);
    stage.log_out();
    stage.wait_secs(10);
    stage.tap(vendor);
    stage.wait_secs(1);
    stage.screens_up();
    stage.log_in(Person::Alice);
    stage.wait_secs(120);
}
