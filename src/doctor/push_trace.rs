//! What became of a push, in plain sentences, from the records of Tencent's server.

use std::collections::HashMap;
use std::fmt;

use crate::registrar::Diagnosis;
use crate::secret::Secret;
use crate::trace::{
    DeviceTrace, LossItem, PushCounts, PushPlatform, PushStage, ServerContent, ServerRecord, StepOutcome,
    WebhookEvent, is_written_time,
};
use crate::vendor::{ReceiptSetup, VendorSet, explain_console, receipt_setup};

/// What became of a push: whether and by which vendor it was sent, whether it reached the phone and was
/// clicked, where it was lost and why, and what to do. `Display` is for people.
///
/// It takes any text that [`ServerRecord`] reads, one or several, and the diagnosis of the phone if there is
/// one. Pushes and users are numbered in the order in which the texts name them: no push id, account, token
/// or text of the server is shown.
///
/// ```
/// use tim_offline_push::doctor::PushTrace;
/// use tim_offline_push::trace::ServerRecord;
///
/// let sent = ServerRecord::read(
///     r#"{"CallbackCommand":"Push.OfflinePush","Events":[{"PushStage":1,"PushPlatform":2,"ErrCode":-2,
///         "EventTime":1728000000,"To_Account":"denny","PushID":"66ff0000_1"}]}"#,
/// )?;
/// let text = PushTrace::new().with_record(&sent).to_string();
/// assert!(text.contains("Not sent"), "{text}");
/// assert!(!text.contains("denny"));
/// # Ok::<(), tim_offline_push::trace::ServerRecordError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct PushTrace {
    records: Vec<ServerRecord>,
    diagnosis: Option<Box<Diagnosis>>,
}

impl PushTrace {
    /// Creates a trace without records.
    pub const fn new() -> Self {
        Self { records: Vec::new(), diagnosis: None }
    }

    /// Adds a text of the server.
    pub fn with_record(mut self, record: &ServerRecord) -> Self {
        self.records.push(record.clone());
        self
    }

    /// Adds the diagnosis of the phone that the push was for.
    pub fn with_diagnosis(self, diagnosis: &Diagnosis) -> Self {
        Self { diagnosis: Some(Box::new(diagnosis.clone())), ..self }
    }
}

impl fmt::Display for PushTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pushes(f, self.records.iter().flat_map(ServerRecord::events))?;
        for record in &self.records {
            match record.content() {
                ServerContent::Events(_) => {}
                ServerContent::Trace(devices) => self.devices(f, devices)?,
                ServerContent::Loss(items) => losses(f, items)?,
                ServerContent::Statistics(counts) => statistics(f, counts)?,
            }
        }
        let several = self.records.len() > 1;
        let mut missing = Vec::new();
        for (number, record) in (1_usize..).zip(&self.records) {
            let text = if several { format!("text {number}: ") } else { String::new() };
            missing.extend(record.missing().map(|place| format!("{text}{place}")));
        }
        let more = self.records.iter().map(ServerRecord::missing_left_out).fold(0, usize::saturating_add);
        if !missing.is_empty() {
            let more = if more > 0 { format!(", and {more} more") } else { String::new() };
            writeln!(f, "Missing or unreadable in the texts: {}{more}.", missing.join(", "))?;
        }
        self.phone(f)
    }
}

/// Joins the events of a push to a user: by its id, or by the task.
fn pushes<'a>(f: &mut fmt::Formatter<'_>, events: impl Iterator<Item = &'a WebhookEvent>) -> fmt::Result {
    let mut pushes: Vec<(Option<usize>, Vec<&WebhookEvent>)> = Vec::new();
    let (mut places, mut users) = (HashMap::new(), HashMap::new());
    for event in events {
        let next = users.len().saturating_add(1);
        let user = event.to.as_ref().map(|user| *users.entry(user).or_insert(next));
        let task = event.task_id.as_ref().filter(|_| event.push_id.is_none());
        let place = places.entry((event.push_id.as_ref(), task, user)).or_insert(pushes.len());
        match pushes.get_mut(*place) {
            Some((_, push)) => push.push(event),
            None => pushes.push((user, vec![event])),
        }
    }
    for (number, (user, push)) in (1_usize..).zip(&pushes) {
        let to = user.map_or_else(|| "a user that is not named".to_owned(), |user| format!("user {user}"));
        let to_all = push.iter().all(|event| event.push_id.is_none() && event.task_id.is_some());
        let kind = if to_all { " to all members" } else { "" };
        writeln!(f, "Push {number} of {}{kind}, for {to}:", pushes.len())?;
        one_push(f, push)?;
    }
    Ok(())
}

fn one_push(f: &mut fmt::Formatter<'_>, events: &[&WebhookEvent]) -> fmt::Result {
    let platform = events.iter().find_map(|event| event.platform);
    let by = by_words(platform);
    let at = |stage| events.iter().find(|event| event.stage == stage).map(|event| &event.outcome);
    match at(PushStage::Sent) {
        Some(failed) if failed.is_failure() => return lost(f, &format!("Not sent{by}"), failed, platform),
        Some(sent) => writeln!(f, "  Sent{by}{}.", at_words(sent))?,
        None => writeln!(f, "  No event says that it was sent{by}.")?,
    }
    let clicked = at(PushStage::Clicked);
    match at(PushStage::Reached) {
        Some(failed) if failed.is_failure() => {
            return lost(f, "Lost between the vendor and the phone", failed, platform);
        }
        Some(reached) => writeln!(f, "  Reached the phone{}.", at_words(reached))?,
        None if clicked.is_some() => {
            f.write_str("  It was clicked, so it reached the phone, though no event says that.\n")?;
        }
        None => {
            f.write_str(
                "  No event says that it reached the phone: it was lost there, or no receipt came.\n",
            )?;
            return receipts(f, platform);
        }
    }
    if let Some(clicked) = clicked {
        return writeln!(f, "  Clicked{}. Nothing to do.", at_words(clicked));
    }
    f.write_str(
        "  Not clicked, as far as the server knows.\n  \
         What to do: nothing if the user did not tap it; else see why clicks are not counted:\n",
    )?;
    clicks(f, platform)
}

fn by_words(platform: Option<PushPlatform>) -> String {
    match platform {
        Some(platform) if platform.vendor().is_some() => format!(" by {platform}"),
        Some(platform) if platform.as_number() != 0 => {
            format!(" by {platform}, a number that is not documented")
        }
        Some(_) => " (online, or by a vendor that is not stated)".to_owned(),
        None => " (the vendor is not stated)".to_owned(),
    }
}

fn at_words(outcome: &StepOutcome) -> String {
    outcome.unix_time().map_or_else(String::new, |time| format!(" at {}", time.utc()))
}

/// Words for a token that the vendor no longer knows, as vendors' servers write them.
const DEAD_TOKEN: [&str; 5] = ["410", "regid_invalid", "Unregistered", "BadDeviceToken", "NotRegistered"];

/// A code in words, and what to do about it. A number is shown, and a word that vendors' servers are known to
/// write; anything else may hold anything.
fn explained(code: Option<&str>, platform: Option<PushPlatform>) -> (String, String) {
    const DEAD: &str = "the token is dead: the app was removed, its data were cleared or the vendor changed it; it comes \
        back when the app starts, logs in and reports the new one";
    // The row of the console's table; the vendors' codes are their servers' own.
    let row = code.and_then(|code| explain_console(code.parse().ok()?));
    let is_dead = code.is_some_and(|code| DEAD_TOKEN.iter().any(|word| word.eq_ignore_ascii_case(code)));
    let words = match (code, row) {
        (Some(code), Some(row)) => format!("code {code}, {}", row.meaning),
        (Some(code), None) if is_dead || code.parse::<i64>().is_ok() => {
            format!("code {code}, one of the vendor's server")
        }
        (Some(_), None) => "a word of the vendor's server, which stands in the text as the code".to_owned(),
        (None, _) => "without a code".to_owned(),
    };
    let fix = match (row, platform.and_then(PushPlatform::vendor)) {
        (Some(row), _) => row.fix.to_owned(),
        (None, _) if is_dead => DEAD.to_owned(),
        (None, Some(vendor)) => format!(
            "look the code up in the list of {vendor}'s push server, and compare certificate and secrets in Tencent's \
             console with those of the vendor's"
        ),
        (None, None) => "look the code up in Tencent's list of push codes".to_owned(),
    };
    (words, fix)
}

/// What happened, with its code and what to do about that.
fn lost(f: &mut fmt::Formatter<'_>, what: &str, step: &StepOutcome, by: Option<PushPlatform>) -> fmt::Result {
    let (words, fix) = explained(step.code(), by);
    writeln!(f, "  {what}: {words}.\n  What to do: {fix}.")
}

fn setup_of(platform: Option<PushPlatform>) -> Option<ReceiptSetup> {
    platform?.vendor().map(receipt_setup)
}

/// Why no receipt came of a push that may have arrived.
fn receipts(f: &mut fmt::Formatter<'_>, platform: Option<PushPlatform>) -> fmt::Result {
    f.write_str(
        "  What to do: look at the phone (notifications allowed, network, not force-stopped), and at the receipts:\n",
    )?;
    let Some(setup) = setup_of(platform) else {
        return f.write_str("    - of which vendor is not known; the set-up sheet lists each one's.\n");
    };
    if setup.steps.is_empty() {
        return writeln!(f, "    - {}'s receipts need no set-up.", setup.vendor);
    }
    let mut advice = setup.steps.iter().chain(&setup.pitfalls);
    advice.try_for_each(|advice| writeln!(f, "    - {}: {advice}.", setup.vendor))
}

/// Why a click may not be counted.
fn clicks(f: &mut fmt::Formatter<'_>, platform: Option<PushPlatform>) -> fmt::Result {
    if let Some(setup) = setup_of(platform) {
        // That it arrived is known, so receipts do come.
        let mut of_taps = setup.pitfalls.iter().filter(|pitfall| pitfall.contains("taps"));
        of_taps.try_for_each(|pitfall| writeln!(f, "    - {}: {pitfall}.", setup.vendor))?;
    }
    CLICK_CHECKS.lines().try_for_each(|check| writeln!(f, "    - {check}."))
}

/// What neither the server's texts nor a configuration can tell.
const CLICK_CHECKS: &str = include_str!("click_checks.txt");

impl PushTrace {
    fn devices(&self, f: &mut fmt::Formatter<'_>, devices: &[DeviceTrace]) -> fmt::Result {
        if devices.is_empty() {
            f.write_str(
                "The trace has no device: nobody was logged in who could get the push, or it is over 7 days old.\n",
            )?;
        }
        for (number, device) in (1_usize..).zip(devices) {
            let by = by_words(device.platform);
            writeln!(f, "Device {number} of {} in the trace{by}:", devices.len())?;
            for (name, step) in &device.steps {
                let time = step.time.as_ref().map(Secret::expose_secret).filter(|time| is_written_time(time));
                let time = time.map_or_else(String::new, |time| format!(" at {time}"));
                match step.code() {
                    Some("0") => writeln!(f, "  {name}: yes{time}.")?,
                    None => writeln!(f, "  {name}: the trace does not say.")?,
                    code => writeln!(f, "  {name}: no, {}.", explained(code, None).0)?,
                }
            }
            self.device_facts(f, device)?;
            if let Some((name, step)) = device.failed_step() {
                let (_, fix) = explained(step.code(), device.platform);
                writeln!(f, "  Lost where it should have been {name}.\n  What to do: {fix}.")?;
                continue;
            }
            match device.steps.iter().rfind(|(_, step)| step.code() == Some("0")) {
                Some(("clicked", _)) => f.write_str("  Nothing to do.\n")?,
                Some(("reached the device", _)) => {
                    f.write_str("  It arrived, and no click is known of. If it was tapped:\n")?;
                    clicks(f, device.platform)?;
                }
                Some((name, _)) => {
                    writeln!(f, "  The last that is known is \"{name}\".")?;
                    receipts(f, device.platform)?;
                }
                None => f.write_str("  Nothing is known of it.\n")?,
            }
        }
        Ok(())
    }

    /// What the trace and the diagnosis know of the device, and where they differ.
    fn device_facts(&self, f: &mut fmt::Formatter<'_>, device: &DeviceTrace) -> fmt::Result {
        const OFF: &str =
            "  Its notifications are switched off: ask the user to allow them in the system's settings.\n";
        const NO_ID: &str = "  The server has no certificate id of it: report the token with its business id after each login.\n";
        const NO_TOKEN: &str =
            "  The server has no token of it: the app has not reported one since it logged in.\n";
        const NOT_LAST: &str = "  It is not the device that logged in last, so statistics do not count it.\n";
        let facts = [
            (device.notifications_on == Some(false), OFF),
            (device.certificate == Some(0), NO_ID),
            (!device.has_token, NO_TOKEN),
            (device.is_last_active == Some(false), NOT_LAST),
        ];
        facts.iter().filter(|(holds, _)| *holds).try_for_each(|(_, fact)| f.write_str(fact))?;
        let vendor = device.platform.and_then(PushPlatform::vendor);
        let Some(diagnosis) = &self.diagnosis else { return Ok(()) };
        if let Some((vendor, elected)) = vendor.zip(diagnosis.elected).filter(|(one, other)| one != other) {
            writeln!(
                f,
                "  The server pushed by {vendor}, and the phone of the diagnosis has elected {elected}: it is another \
                 device, or its report has not arrived."
            )?;
        }
        let Some(id) = device.certificate.filter(|id| *id != 0) else { return Ok(()) };
        let reported =
            || diagnosis.tokens.iter().filter_map(|token| Some((token.vendor, token.business_id?)));
        let owners = reported().filter(|(_, own)| i64::from(own.as_u32()) == id);
        let owners: VendorSet = owners.map(|(owner, _)| owner).collect();
        match (owners.iter().next(), vendor) {
            (None, _) if reported().next().is_some() => {
                writeln!(f, "  The server pushed under certificate {id}, which is none of the phone's.")
            }
            (Some(owner), Some(vendor)) if !owners.contains(vendor) => writeln!(
                f,
                "  The server pushed by {vendor} under certificate {id}, which is the phone's for {owner}."
            ),
            (_, _) => Ok(()),
        }
    }

    /// What the phone itself says.
    fn phone(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(diagnosis) = &self.diagnosis else { return Ok(()) };
        if !diagnosis.summary.is_empty() {
            writeln!(f, "The phone's diagnosis: {}.", diagnosis.summary)?;
        }
        if let Some(blocker) = &diagnosis.blocked_by {
            writeln!(f, "  What to do: {}.", blocker.fix)?;
        }
        let counters = &diagnosis.counters;
        let kept = u32::try_from(diagnosis.kept_push_events).unwrap_or(u32::MAX);
        let counts = [kept, counters.push_events_unreported, counters.push_events_dropped];
        let mut counts = counts.into_iter().zip(UNCOUNTED).filter(|(count, _)| *count > 0);
        counts.try_for_each(|(count, what)| writeln!(f, "  {count} arrivals and clicks {what}."))
    }
}

/// What became of arrivals and clicks that are in no statistics.
const UNCOUNTED: [&str; 3] = [
    "wait on the phone until the account that they are of is logged in and the server confirms them",
    "were not reported, since the IM client does not implement report_push_events",
    "were dropped on the phone",
];

fn losses(f: &mut fmt::Formatter<'_>, items: &[LossItem]) -> fmt::Result {
    let none = if items.is_empty() { "\n  none." } else { "" };
    writeln!(f, "Losses, the most frequent first:{none}")?;
    let mut items: Vec<&LossItem> = items.iter().collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.count.unwrap_or_default()));
    for LossItem { is_after_sending, platform, outcome, count } in items.iter().take(20) {
        let place = if *is_after_sending { "after" } else { "before" };
        let count = count.map_or_else(|| "some".to_owned(), |count| count.to_string());
        let by = platform.map_or_else(String::new, |platform| format!(" ({platform})"));
        let what = format!("{count} pushes{by} lost {place} they were sent");
        lost(f, &what, outcome, *platform)?;
    }
    match items.len().saturating_sub(20) {
        0 => Ok(()),
        more => writeln!(f, "  And {more} more."),
    }
}

fn statistics(f: &mut fmt::Formatter<'_>, counts: &[PushCounts]) -> fmt::Result {
    for PushCounts { platform, total, sent, reached, clicked, .. } in counts {
        let words = |count: &Option<i64>| count.map_or_else(|| "?".to_owned(), |count| count.to_string());
        let [could, were, arrived, taps] = [total, sent, reached, clicked].map(words);
        let whose = platform.map_or_else(|| "All vendors".to_owned(), |platform| platform.to_string());
        writeln!(
            f,
            "{whose}: {could} could be sent, {were} were sent, {arrived} reached their phone, {taps} were clicked."
        )?;
        if *sent > Some(0) && *reached == Some(0) {
            receipts(f, *platform)?;
        } else if *reached > Some(0) && *clicked == Some(0) {
            f.write_str("  Why is the click rate 0?\n")?;
            clicks(f, *platform)?;
        }
    }
    Ok(())
}
