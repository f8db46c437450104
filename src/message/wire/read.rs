use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::envelope::Envelope;
use super::form::{Form, PreservedMember, Reason};
use super::tables::{Group, Row};
use crate::finding::{Finding, Rule, Severity};
use crate::json::{self, Json, JsonError, Members};
use crate::message::check::{rules, values};
use crate::message::field::LIMITS;
use crate::message::text::RedactedText;
use crate::message::value::{Coercion, coerce, strict};
use crate::message::{Field, OfflinePushInfo, Place};

/// What was read: a push, what is odd about it, and the object around it if there was one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushReading {
    info: OfflinePushInfo,
    findings: Vec<Finding>,
    envelope: Option<Envelope>,
}

impl PushReading {
    /// A push that was not read from anything.
    pub(crate) const fn of(info: OfflinePushInfo) -> Self {
        Self { info, findings: Vec::new(), envelope: None }
    }

    /// The push.
    pub const fn info(&self) -> &OfflinePushInfo {
        &self.info
    }

    /// The push.
    pub fn into_info(self) -> OfflinePushInfo {
        self.info
    }

    /// What is odd about the input: unknown or doubled keys, other types, undocumented values, and values that a
    /// constructor would refuse. Nothing of it is lost: the same form is written back with it.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The object around the push, if the input was a whole message or request.
    pub const fn envelope(&self) -> Option<&Envelope> {
        self.envelope.as_ref()
    }
}

impl OfflinePushInfo {
    /// Reads a push in a wire form, or a whole message or request that holds one (`message_offline_push_config` in the C
    /// API, `OfflinePushInfo` in REST, `offlinePushInfo` elsewhere).
    ///
    /// A value that is odd is a finding, never an error: Tencent's own samples hold `www.image.com` and `android.mp3`. Null
    /// counts as absent. Of a member that stands there twice the last one counts. Memory is bounded by
    /// [`OfflinePushInfo::MAX_BYTES`] and [`MAX_DEPTH`](crate::json::MAX_DEPTH), time grows with the length.
    ///
    /// # Errors
    /// [`JsonError`] if the text is not a JSON object, is longer than [`OfflinePushInfo::MAX_BYTES`] or nests deeper than
    /// [`MAX_DEPTH`](crate::json::MAX_DEPTH).
    pub fn read(form: Form, text: &str) -> Result<PushReading, JsonError> {
        let members = json::read_object(text, LIMITS)?;
        let (envelope, members) = Envelope::around(form, members);
        let mut reader = Reader { form, info: Self::default(), findings: Vec::new() };
        reader.object(Group::Top, members);
        reader.merge_titles();
        reader.sort_preserved();
        let Reader { info, mut findings, .. } = reader;
        values::inspect(&info, &mut findings);
        Ok(PushReading { info, findings, envelope })
    }
}

struct Reader {
    form: Form,
    info: OfflinePushInfo,
    findings: Vec<Finding>,
}

impl Reader {
    fn object(&mut self, group: Group, members: Members) {
        for (key, value) in self.last_of_each(group, members) {
            if let Some(row) = self.row(group, &key) {
                self.known(group, row, key, value);
            } else if let Some(inner) = self.inner_group(group, &key) {
                match value {
                    Json::Object(members) => self.object(inner, members),
                    Json::Null => {}
                    Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => {
                        self.not_understood(group, key, value, "object");
                    }
                }
            } else {
                self.note(rules::UNKNOWN_KEY, group, &key, "the form has no such key");
                self.keep(group, key, value, Reason::UnknownKey);
            }
        }
    }

    fn row(&self, group: Group, key: &str) -> Option<&'static Row> {
        let own = self.form.table().row(group, key);
        own.or_else(|| self.form.sibling().and_then(|sibling| sibling.table().row(group, key)))
    }

    /// Whether the form itself has the key, and not only its sibling.
    fn is_own(&self, group: Group, key: &str) -> bool {
        let table = self.form.table();
        table.row(group, key).is_some() || (group == Group::Top && table.group(key).is_some())
    }

    fn inner_group(&self, group: Group, key: &str) -> Option<Group> {
        self.form.table().group(key).filter(|_| group == Group::Top)
    }

    fn known(&mut self, group: Group, row: &Row, key: Box<str>, value: Json) {
        match strict(row.shape, &value) {
            Coercion::Default => return,
            Coercion::Value(input) => {
                if self.info.put(row.field, input) {
                    return;
                }
            }
            Coercion::OtherType => {}
        }
        let expected = row.shape.type_name();
        let taken = coerce(row.shape, &value).filter(|_| !value.is_blank());
        if taken.is_some_and(|coerced| coerced.put(&mut self.info, row.field)) {
            let detail = format!("{} where {expected} is due; what is meant is plain", value.type_name());
            self.note(rules::WRONG_TYPE, group, &key, detail);
            // Under a name of the sibling form the field is written under its own.
            if self.is_own(group, &key) {
                self.keep(group, key, value, Reason::Coerced);
            }
        } else {
            self.not_understood(group, key, value, expected);
        }
    }

    /// A blank value of another type says nothing, so nothing of it is preserved. PHP writes an empty object as `[]`.
    fn not_understood(&mut self, group: Group, key: Box<str>, value: Json, expected: &str) {
        let blank = value.is_blank();
        let what = if blank { "counts as absent" } else { "not understood" };
        let detail = format!("{} where {expected} is due: {what}", value.type_name());
        let finding = self.finding(rules::WRONG_TYPE, group, &key, detail);
        let severity = if blank { Severity::Note } else { Severity::Error };
        self.findings.push(finding.rated(severity));
        if !blank {
            let why = if self.is_own(group, &key) { Reason::NotUnderstood } else { Reason::UnknownKey };
            self.keep(group, key, value, why);
        }
    }

    /// The last member of each key, in the order of the input.
    fn last_of_each(&mut self, group: Group, members: Members) -> Members {
        let mut doubled = HashMap::with_capacity(members.len());
        let mut last: Members = Vec::with_capacity(members.len());
        for (key, value) in members.into_iter().rev() {
            match doubled.entry(key) {
                Entry::Vacant(new) => {
                    last.push((new.key().clone(), value));
                    new.insert(false);
                }
                Entry::Occupied(mut known) => {
                    known.insert(true);
                }
            }
        }
        last.reverse();
        for (key, _) in last.iter().filter(|(key, _)| doubled.get(key).is_some_and(|doubled| *doubled)) {
            self.note(rules::DUPLICATE_KEY, group, key, "stands here more than once; the last one counts");
        }
        last
    }

    /// The C API has a title for each platform. What they share becomes the common title.
    fn merge_titles(&mut self) {
        if self.form != Form::CApi {
            return;
        }
        let info = &mut self.info;
        if info.title.as_str().is_empty() {
            let (ios, android) = (info.ios.title.as_str(), info.android.title.as_str());
            // A title that was not understood stays what it is.
            let is_title = |preserved: &PreservedMember| {
                let row = self.form.table().row(preserved.group, &preserved.key);
                row.is_some_and(|row| row.field == Field::Title)
            };
            if ios.is_empty() || android.is_empty() || info.preserved.iter().any(is_title) {
                return;
            }
            info.title = info.android.title.clone();
        }
        if info.ios.title == info.title {
            info.ios.title = RedactedText::default();
        }
        if info.android.title == info.title {
            info.android.title = RedactedText::default();
        }
    }

    /// Puts what is preserved into the order in which it is written, so that it is read back the same.
    fn sort_preserved(&mut self) {
        self.info.preserved.sort_by(|one, other| {
            let rank =
                |preserved: &PreservedMember| (preserved.group, preserved.reason == Reason::UnknownKey);
            rank(one).cmp(&rank(other)).then_with(|| match one.reason {
                Reason::UnknownKey => Ordering::Equal,
                Reason::Coerced | Reason::NotUnderstood => one.key.cmp(&other.key),
            })
        });
    }

    fn note(&mut self, rule: &'static Rule, group: Group, key: &str, detail: impl Into<Cow<'static, str>>) {
        let finding = self.finding(rule, group, key, detail);
        self.findings.push(finding);
    }

    fn finding(
        &self,
        rule: &'static Rule,
        group: Group,
        key: &str,
        detail: impl Into<Cow<'static, str>>,
    ) -> Finding {
        let place = Place::key(self.form, self.form.group_key(group), key);
        Finding::new(rule, place, detail).because(self.form.table().source)
    }

    fn keep(&mut self, group: Group, key: Box<str>, value: Json, reason: Reason) {
        self.info.preserved.push(PreservedMember { form: self.form, group, key, value, reason });
    }
}
