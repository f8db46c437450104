use std::fmt;

use super::form::Form;
use super::tables::{CALL, TOP};
use super::write::Written;
use crate::finding::Severity;
use crate::json::{self, Json, JsonError, JsonWriter, Members};
use crate::message::field::{LIMITS, NESTED};
use crate::message::{Audience, OfflinePushInfo};

/// The object around a push: a whole message of the C API, a whole REST request, the options of a send call.
///
/// Its other members stay as they were read, in their order; surrogate pairs that were escaped become raw
/// UTF-8.
///
/// ```
/// use tim_offline_push::message::{Envelope, Form, OfflinePushInfo};
///
/// let message = Envelope::read(Form::CApi, r#"{"message_elem_array":[{"elem_type":0,"text_elem_content":"hi"}]}"#)?;
/// let written = message.write(&OfflinePushInfo::new("", "hi"));
/// assert_eq!(
///     written.text(),
///     r#"{"message_elem_array":[{"elem_type":0,"text_elem_content":"hi"}],"message_offline_push_config":{"offline_push_config_desc":"hi"}}"#,
/// );
/// # Ok::<(), tim_offline_push::json::JsonError>(())
/// ```
///
/// `Debug` shows none of its other members.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Envelope {
    form: Form,
    /// All members. That of the push has no value here.
    members: Members,
    /// Which of them is the push's.
    place: usize,
    state: State,
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("form", &self.form)
            .field("key", &self.key())
            .field("other_members", &self.other_keys().count())
            .finish_non_exhaustive()
    }
}

/// How the push stood in the object when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum State {
    AsObject,
    /// As the JSON text of an object: encoded twice.
    AsText,
    AsNull,
    Absent,
}

impl Envelope {
    /// Reads the object in which a push is to stand. A push that stands in it already is left out.
    ///
    /// # Errors
    /// As [`OfflinePushInfo::read`].
    pub fn read(form: Form, text: &str) -> Result<Self, JsonError> {
        let members = json::read_object(text, LIMITS)?;
        Ok(match Self::around(form, members) {
            (Some(envelope), _) => envelope,
            (None, members) => Self::without_push(form, members),
        })
    }

    /// An object with no other member.
    pub fn new(form: Form) -> Self {
        Self { state: State::AsObject, ..Self::without_push(form, Vec::new()) }
    }

    /// A message or request in which no push stands.
    pub(super) fn without_push(form: Form, mut members: Members) -> Self {
        let key = form.table().envelope.first().copied().unwrap_or_default();
        members.push((key.into(), Json::Null));
        Self { form, place: members.len().saturating_sub(1), members, state: State::Absent }
    }

    /// Whether the push stood there as a JSON text, where an object is expected.
    pub(super) fn held_text(&self) -> bool {
        self.state == State::AsText
    }

    /// Whether it is a message or a request, whose push is null.
    pub(super) fn lacks_push(&self) -> bool {
        self.state == State::AsNull && is_request(|key| self.member(key).is_some())
    }

    /// The form of the push inside.
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The key under which the push stands.
    pub fn key(&self) -> &str {
        self.members.get(self.place).map_or("", |(key, _)| key)
    }

    /// The keys of the other members.
    pub fn other_keys(&self) -> impl Iterator<Item = &str> {
        self.others().map(|(key, _)| key.as_ref())
    }

    /// Writes the object with a push in it.
    pub fn write(&self, info: &OfflinePushInfo) -> Written {
        let mut text = String::new();
        let mut not_carried = Vec::new();
        JsonWriter::new(&mut text).open_object();
        let is_empty = *info == OfflinePushInfo::default();
        for (at, (key, value)) in self.members.iter().enumerate() {
            if at != self.place || (is_empty && self.state == State::AsNull) {
                JsonWriter::new(&mut text).key(key);
                JsonWriter::new(&mut text).value(value);
            } else if !is_empty || self.state != State::Absent {
                JsonWriter::new(&mut text).key(key);
                not_carried = info.write_into(self.form, &mut text);
            }
        }
        JsonWriter::new(&mut text).close_object();
        Written::new(text, not_carried)
    }

    /// The audience with what the message or request says of itself: that it is a custom message without a
    /// text of its own, or for online users only.
    ///
    /// ```
    /// use tim_offline_push::message::{Audience, Envelope, Form, OfflinePushInfo};
    ///
    /// let request = r#"{"To_Account":"u1","MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"x"}}]}"#;
    /// let audience = Envelope::read(Form::Rest, request)?.audience(Audience::everyone());
    /// let findings = OfflinePushInfo::new("title only", "").check(&audience);
    /// assert!(findings.iter().any(|finding| finding.rule().id() == "push-custom-without-desc"));
    /// # Ok::<(), tim_offline_push::json::JsonError>(())
    /// ```
    pub fn audience(&self, mut audience: Audience) -> Audience {
        if self.is_custom() {
            audience = audience.with_custom_message();
        }
        if self.is_online_only() { audience.with_online_only() } else { audience }
    }

    /// Whether the message has custom elements only, none with a desc of its own, which the server would
    /// show.
    fn is_custom(&self) -> bool {
        let lists =
            ["MsgBody", "message_elem_array"].into_iter().filter_map(|key| self.member(key)?.as_array());
        let mut elements = lists.flatten().peekable();
        match elements.peek() {
            Some(_) => elements.all(|element| is_custom(|key| element.get(key))),
            None => is_custom(|key| self.member(key)),
        }
    }

    /// Whether the message is for online users only.
    fn is_online_only(&self) -> bool {
        let is_true = |value: &Json| match value {
            Json::Bool(flag) => *flag,
            Json::Text(text) => text.eq_ignore_ascii_case("true") || text.as_ref() == "1",
            Json::Number(_) => value.as_integer() == Some(1),
            Json::Null | Json::Array(_) | Json::Object(_) => false,
        };
        ["onlineUserOnly", "message_is_online_msg", "OnlineOnlyFlag"]
            .into_iter()
            .any(|key| self.member(key).is_some_and(is_true))
            // A message of REST that lives for no time is not stored, and so not pushed.
            || self.member("MsgLifeTime").and_then(Json::as_integer) == Some(0)
    }

    fn others(&self) -> impl DoubleEndedIterator<Item = &(Box<str>, Json)> {
        let others = self.members.iter().enumerate().filter(|(at, _)| *at != self.place);
        others.map(|(_, member)| member)
    }

    fn member(&self, key: &str) -> Option<&Json> {
        self.others().rev().find(|(name, _)| name.as_ref() == key).map(|(_, value)| value)
    }

    /// Parts the members of an object from those of the push in it. Without one, they are the push.
    pub(super) fn around(form: Form, mut members: Members) -> (Option<Self>, Members) {
        let may_hold = |(key, value): &(Box<str>, Json)| {
            form.table().envelope.contains(&key.as_ref())
                && (matches!(value, Json::Object(_) | Json::Null) || inner_object(value).is_some())
        };
        let Some(place) = members.iter().rposition(may_hold) else { return (None, members) };
        let value =
            members.get_mut(place).map_or(Json::Null, |(_, value)| std::mem::replace(value, Json::Null));
        let (push, state) = match (inner_object(&value), value) {
            (Some(push), _) => (push, State::AsText),
            (None, Json::Object(push)) => (push, State::AsObject),
            (None, _) => (Members::new(), State::AsNull),
        };
        (Some(Self { form, members, place, state }), push)
    }
}

/// The object whose JSON text the value is.
fn inner_object(value: &Json) -> Option<Members> {
    let Json::Text(text) = value else { return None };
    json::read_object(text, NESTED).ok()
}

/// Whether an element of a message, in any form, is a custom one without a desc.
fn is_custom<'a>(member: impl Fn(&str) -> Option<&'a Json>) -> bool {
    let is_text =
        |key: &str, expected: &str| matches!(member(key), Some(Json::Text(text)) if **text == *expected);
    let is_number = |key: &str, expected: i64| member(key).and_then(Json::as_integer) == Some(expected);
    let custom = is_text("MsgType", "TIMCustomElem")
        || is_text("type", "TIMCustomElem")
        // The C API's number, and that of V2TIM.
        || is_number("elem_type", 3)
        || is_number("elemType", 2);
    let inside = ["MsgContent", "payload", "customElem"].into_iter().filter_map(&member);
    let descs = inside.flat_map(|inside| ["Desc", "description", "desc"].map(|key| inside.get(key)));
    let mut descs = descs.chain([member("custom_elem_desc")]).flatten();
    custom && !descs.any(|desc| matches!(desc, Json::Text(text) if !text.is_empty()))
}

/// What an object is that was given as a push and is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoPush {
    /// A whole message or request in which no push stands.
    Request,
    /// The fields of the Java SDK's object, as a JSON writer of Java dumps them.
    JavaObject,
    /// The flat keys of `TUICallKit`'s call pushes.
    CallKeys,
}

impl NoPush {
    /// How bad it is, what it is, and what to do about it.
    pub(super) const fn finding(self) -> (Severity, &'static str, &'static str) {
        match self {
            Self::Request => (
                Severity::Note,
                "a whole message or request without a push in it: Tencent words the push of an ordinary message itself",
                "add an OfflinePushInfo if the push should say something else",
            ),
            Self::JavaObject => (
                Severity::Error,
                "a dump of the Java SDK's V2TIMOfflinePushInfo, which no interface of Tencent's takes",
                "write the fields of the form, such as Title and Desc, instead of the object's private fields",
            ),
            Self::CallKeys => (
                Severity::Warning,
                "the flat keys of a call push (TUICallKit), which only its own call interface takes",
                "pass them to TUICallKit, or write the keys of the form",
            ),
        }
    }

    /// `None`: the members may be a push of the form.
    pub(super) fn of(form: Form, members: &Members) -> Option<Self> {
        let has = |key: &str| members.iter().any(|(name, _)| name.as_ref() == key);
        if ["messageOfflinePushInfo", "apnsConfig", "androidConfig", "harmonyConfig"].into_iter().any(has) {
            return Some(Self::JavaObject);
        }
        // Of the keys for Android V2TIM has only flat ones, and the web form all but one in an object.
        let is_flat = |name: &str| {
            let web = ["androidInfo", "androidOPPOChannelID"];
            name.starts_with("iOS") || (name.starts_with("android") && !web.contains(&name))
        };
        let flat = members.iter().any(|(name, _)| is_flat(name));
        if has("isDisablePush") || (flat && CALL.iter().any(|row| has(row.key))) {
            return Some(Self::CallKeys);
        }
        let table = form.table();
        let is_known = |name: &str| table.row(TOP, name).is_some() || table.group(name).is_some();
        (is_request(has) && !members.iter().any(|(name, _)| is_known(name))).then_some(Self::Request)
    }
}

/// Whether an object with these keys is a message or a request.
fn is_request(has: impl Fn(&str) -> bool) -> bool {
    MESSAGE_KEYS.split_ascii_whitespace().any(&has)
        || REQUEST_KEYS.split_ascii_whitespace().filter(|key| has(key)).count() >= 2
}

/// Keys that only a message has, in one of Tencent's interfaces.
const MESSAGE_KEYS: &str =
    "MsgBody MsgRandom message_elem_array elemType customElem textElem conversationType";

/// Keys that a message or request has. One of them alone may be anything.
const REQUEST_KEYS: &str = "To_Account From_Account GroupId MsgSeq MsgTimeStamp SyncOtherMachine MsgLifeTime \
    message_conv_id message_conv_type message_sender message_server_time to payload receiver groupID onlineUserOnly";
