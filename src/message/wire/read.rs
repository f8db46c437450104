use std::borrow::Cow;
use std::collections::HashSet;

use super::envelope::{Envelope, NoPush};
use super::form::{self, Form, PreservedMember, Reason};
use super::tables::{CALL, Row, Shape, TOP, WEB_SDK_DROPS};
use crate::finding::{Finding, RuleId, Severity};
use crate::json::{self, Json, JsonError, Members};
use crate::message::field::LIMITS;
use crate::message::value::{coerce, strict};
use crate::message::{Audience, Field, OfflinePushInfo};
use crate::message::{check_values, rules};

/// What was read: a push, the findings about the input, and the object around the push if there was one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushReading {
    info: OfflinePushInfo,
    findings: Vec<Finding>,
    envelope: Option<Envelope>,
    is_push: bool,
}

impl PushReading {
    /// A push that was not read from anything.
    pub(crate) const fn of(info: OfflinePushInfo) -> Self {
        Self { info, findings: Vec::new(), envelope: None, is_push: true }
    }

    /// The push.
    pub const fn info(&self) -> &OfflinePushInfo {
        &self.info
    }

    /// The push.
    pub fn into_info(self) -> OfflinePushInfo {
        self.info
    }

    /// Findings about the input: unknown or duplicate keys, other types, undocumented values, and values that
    /// a constructor would refuse. Nothing of it is lost: the same form is written back with it.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether the input is a push of its form at all. It is not, for example, if it is a whole request
    /// without an `OfflinePushInfo`; a finding says what it is.
    pub const fn is_push(&self) -> bool {
        self.is_push
    }

    /// All findings for an audience: those about the input, and those that [`OfflinePushInfo::check`] makes,
    /// with what the message or request around the push states. Of an input that is not a push, only the
    /// latter.
    pub fn check(&self, audience: &Audience) -> Vec<Finding> {
        let stated = self.envelope.as_ref().map(|envelope| envelope.audience(audience.clone()));
        let audience = stated.as_ref().unwrap_or(audience);
        let mut all = self.findings.clone();
        all.retain(|finding| finding.vendor().is_none_or(|vendor| audience.reaches(vendor)));
        for finding in self.info.check(audience) {
            let is_about_message =
                [rules::ONLINE_ONLY, rules::CUSTOM_WITHOUT_DESC].iter().any(|rule| rule.found(&finding));
            if (self.is_push || is_about_message) && !all.contains(&finding) {
                all.push(finding);
            }
        }
        all
    }

    /// The object around the push, if the input was a whole message or request.
    pub const fn envelope(&self) -> Option<&Envelope> {
        self.envelope.as_ref()
    }
}

impl OfflinePushInfo {
    /// Reads a push in a wire form, or a whole message or request that holds one
    /// (`message_offline_push_config` in the C API, `OfflinePushInfo` in REST, `offlinePushInfo` elsewhere).
    ///
    /// An unexpected value is a finding, never an error: Tencent's own samples hold `www.image.com` and
    /// `android.mp3`. Null counts as absent. Of duplicate members the last one counts. Memory is bounded by
    /// [`OfflinePushInfo::MAX_BYTES`] and [`MAX_DEPTH`](crate::json::MAX_DEPTH), time grows with the length.
    ///
    /// # Errors
    /// [`JsonError`] if the text is not a JSON object, is longer than [`OfflinePushInfo::MAX_BYTES`] or nests
    /// deeper than [`MAX_DEPTH`](crate::json::MAX_DEPTH).
    pub fn read(form: Form, text: &str) -> Result<PushReading, JsonError> {
        let members = json::read_object(text, LIMITS)?;
        let (mut envelope, members) = Envelope::around(form, members);
        let lacks_push = envelope.as_ref().is_some_and(Envelope::lacks_push);
        let no_push = if lacks_push { Some(NoPush::Request) } else { NoPush::of(form, &members) };
        let mut reader = Reader { form, info: Self::default(), findings: Vec::new() };
        if let Some(envelope) = envelope.as_ref().filter(|envelope| envelope.held_text()) {
            let cause = "a JSON text where an object is expected";
            reader.note(rules::ENCODED_TWICE, TOP, envelope.key(), cause);
        }
        if let Some(no_push) = no_push {
            let (severity, cause, fix) = no_push.finding();
            reader.findings.push(rules::OTHER_FORMAT.at(form::WHOLE, cause).rated(severity).with_fix(fix));
        }
        let is_push = match no_push {
            Some(NoPush::Request) => envelope.is_some() && !lacks_push,
            Some(NoPush::JavaObject) => false,
            Some(NoPush::CallKeys) => form.takes_call_keys(),
            None => true,
        };
        if is_push {
            reader.object(TOP, members);
            reader.merge_titles();
            reader.drop_what_the_web_sdk_drops();
            reader.sort_preserved();
            check_values::inspect(&reader.info, &mut reader.findings);
        } else if no_push == Some(NoPush::Request) && !lacks_push {
            envelope = Some(Envelope::without_push(form, members));
        }
        let Reader { info, findings, .. } = reader;
        Ok(PushReading { info, findings, envelope, is_push })
    }
}

struct Reader {
    form: Form,
    info: OfflinePushInfo,
    findings: Vec<Finding>,
}

impl Reader {
    fn object(&mut self, group: &'static str, members: Members) {
        let mut members = self.last_of_each(group, members);
        if self.form == Form::Web {
            // A former key gives way to the one that has taken its place, whichever stands first.
            members.sort_by_key(|(key, _)| self.is_own(group, key));
        }
        for (key, value) in members {
            if let Some(row) = self.row(group, &key) {
                // A key of another format may name a field that this form cannot carry.
                if self.form.table().place_of(row.field).is_none() {
                    self.keep(group, key, value, Reason::UnknownKey);
                } else {
                    self.known(group, row, key, value);
                }
            } else if let Some(inner) = self.form.table().group(&key).filter(|_| group == TOP) {
                match value {
                    Json::Object(members) => self.object(inner, members),
                    Json::Null => {}
                    Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => {
                        self.not_understood(group, key, value, "object");
                    }
                }
            } else {
                self.note(rules::rule("push-unknown-key"), group, &key, "not a key of this form");
                self.keep(group, key, value, Reason::UnknownKey);
            }
        }
    }

    fn row(&self, group: &'static str, key: &str) -> Option<&'static Row> {
        let own = self.form.table().row(group, key);
        let sibling = || self.form.sibling().and_then(|sibling| sibling.table().row(group, key));
        own.or_else(sibling).or_else(|| self.call_row(group, key))
    }

    /// The flat keys of call pushes, which have the names of V2TIM and three of their own.
    fn call_row(&self, group: &'static str, key: &str) -> Option<&'static Row> {
        if group != TOP || !self.form.takes_call_keys() {
            return None;
        }
        let is_flat = key.starts_with("iOS") || key.starts_with("android");
        let flat = || Form::V2tim.table().row(group, key).filter(|_| is_flat);
        CALL.iter().find(|row| row.key == key).or_else(flat)
    }

    /// Whether the form itself has the key, and not only its sibling.
    fn is_own(&self, group: &'static str, key: &str) -> bool {
        let table = self.form.table();
        table.row(group, key).is_some_and(|row| !row.former) || (group == TOP && table.group(key).is_some())
    }

    fn known(&mut self, group: &'static str, row: &Row, key: Box<str>, value: Json) {
        let own = self.form.table().place_of(row.field).map_or(row.shape, |(_, own)| own.shape);
        let fits = match strict(row.shape, &value) {
            Some(Json::Null) => return,
            Some(input) => self.put(row, own, input),
            None => false,
        };
        if fits {
            // The web SDK cuts such a text, so it is preserved as it was written.
            if row.shape == Shape::Stem && matches!(&value, Json::Text(text) if text.contains('.')) {
                self.keep(group, key, value, Reason::Coerced);
            }
            return;
        }
        let expected = own.type_name();
        let taken = coerce(row.shape, &value).filter(|_| !value.is_blank());
        if taken.is_some_and(|value| self.put(row, own, value)) {
            let cause = format!("{} where {expected} is expected; the meaning is clear", value.type_name());
            self.note(rules::WRONG_TYPE, group, &key, cause);
            // Under a name of the sibling form the field is written under its own.
            if self.is_own(group, &key) {
                self.keep(group, key, value, Reason::Coerced);
            }
        } else {
            self.not_understood(group, key, value, expected);
        }
    }

    /// Sets a field. Under a key of another format its value must fit under the form's own key, too, where the
    /// field is written.
    fn put(&mut self, row: &Row, own: Shape, value: Json) -> bool {
        if own == row.shape {
            return self.info.put(row.field, value);
        }
        if own.is_bool() && !matches!(value.as_integer(), Some(0 | 1)) {
            return false;
        }
        let value = if own == Shape::Stem { strict(own, &value).unwrap_or(value) } else { value };
        if own == Shape::Stem && value.as_text().is_some_and(|text| text.contains('.')) {
            return false;
        }
        value == Json::Null || self.info.put(row.field, value)
    }

    /// A blank value of another type says nothing, so nothing of it is preserved. PHP writes an empty object
    /// as `[]`.
    fn not_understood(&mut self, group: &'static str, key: Box<str>, value: Json, expected: &str) {
        let blank = value.is_blank();
        let what = if blank { "counts as absent" } else { "not understood" };
        let cause = format!("{} where {expected} is expected: {what}", value.type_name());
        let severity = if blank { Severity::Note } else { Severity::Error };
        let finding = rules::WRONG_TYPE.at(form::path(group, &key), cause).because(self.form.table().source);
        self.findings.push(finding.rated(severity));
        if !blank {
            let why = if self.is_own(group, &key) { Reason::NotUnderstood } else { Reason::UnknownKey };
            self.keep(group, key, value, why);
        }
    }

    /// The last member of each key, in the order of the input.
    fn last_of_each(&mut self, group: &'static str, mut members: Members) -> Members {
        let (mut seen, mut doubled) = (HashSet::new(), HashSet::new());
        members.reverse();
        members.retain(|(key, _)| {
            let is_last = seen.insert(key.clone());
            doubled.extend((!is_last).then(|| key.clone()));
            is_last
        });
        members.reverse();
        for (key, _) in members.iter().filter(|(key, _)| doubled.contains(key)) {
            self.note(rules::DUPLICATE_KEY, group, key, "appears more than once; the last one counts");
        }
        members
    }

    /// The web SDK sends some unknown values on as others, or not at all. They are preserved for the web form
    /// only.
    fn drop_what_the_web_sdk_drops(&mut self) {
        if self.form != Form::Web {
            return;
        }
        for field in WEB_SDK_DROPS {
            let is_sent = self.info.value_of(field).is_none_or(|value| field.documents(value));
            let (false, Some((group, row))) = (is_sent, self.form.table().place_of(field)) else { continue };
            let Some(value) = self.info.fields.remove(field) else { continue };
            let cause = if field == Field::IosInterruptionLevel {
                "not a documented value: the web SDK sends active instead"
            } else {
                "not a documented value: the web SDK drops it"
            };
            self.note(rules::UNKNOWN_VALUE, group, row.key, cause);
            let mut preserved = self.info.preserved.iter_mut();
            match preserved.find(|member| member.group == group && member.key.as_ref() == row.key) {
                Some(member) => member.reason = Reason::NotUnderstood,
                None => self.keep(group, row.key.into(), value, Reason::NotUnderstood),
            }
        }
    }

    /// The C API has a title for each platform. What they share becomes the common title.
    fn merge_titles(&mut self) {
        if self.form != Form::CApi {
            return;
        }
        let info = &mut self.info;
        if info.title().is_empty() {
            // A title that was not understood stays what it is.
            let is_title = |preserved: &PreservedMember| {
                let row = self.form.table().row(preserved.group, &preserved.key);
                row.is_some_and(|row| row.field == Field::Title)
            };
            let titles = (info.text(Field::IosTitle), info.text(Field::AndroidTitle));
            let (Some(_), Some(common)) = titles else { return };
            if info.preserved.iter().any(is_title) {
                return;
            }
            info.put(Field::Title, common.into());
        }
        for field in [Field::IosTitle, Field::AndroidTitle] {
            if info.value_of(field) == info.value_of(Field::Title) {
                info.fields.remove(field);
            }
        }
    }

    /// Puts what is preserved into the order in which it is written, so that it is read back the same.
    fn sort_preserved(&mut self) {
        self.info.preserved.sort_by_cached_key(|member| {
            // The push itself, Apple's systems, Android, HarmonyOS.
            let place = ["ndroid", "armony"].iter().position(|name| member.group.contains(name));
            let is_unknown = member.reason == Reason::UnknownKey;
            (place, member.group, is_unknown, if is_unknown { Box::default() } else { member.key.clone() })
        });
    }

    fn note(&mut self, rule: RuleId, group: &str, key: &str, cause: impl Into<Cow<'static, str>>) {
        self.findings.push(rule.at(form::path(group, key), cause).because(self.form.table().source));
    }

    fn keep(&mut self, group: &'static str, key: Box<str>, value: Json, reason: Reason) {
        self.info.preserved.push(PreservedMember { form: self.form, group, key, value, reason });
    }
}
