use super::form::Form;
use super::write::Written;
use crate::json::{self, Json, JsonError, JsonWriter, Members};
use crate::message::field::LIMITS;
use crate::message::{OfflinePushInfo, Place};

/// The object around a push: a whole message of the C API, a whole REST request, the options of a send call.
///
/// Its other members stay as they were read, in their order; surrogate pairs that were escaped become raw UTF-8.
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Envelope {
    form: Form,
    key: Box<str>,
    before: Members,
    after: Members,
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
            (None, members) => Self::with(form, Self::default_key(form).into(), members, Vec::new()),
        })
    }

    /// An object with no other member.
    pub fn new(form: Form) -> Self {
        Self::with(form, Self::default_key(form).into(), Vec::new(), Vec::new())
    }

    /// The form of the push inside.
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The key under which the push stands.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The keys of the other members.
    pub fn other_keys(&self) -> impl Iterator<Item = &str> {
        self.before.iter().chain(&self.after).map(|(key, _)| key.as_ref())
    }

    /// Writes the object with a push in it.
    pub fn write(&self, info: &OfflinePushInfo) -> Written {
        let mut text = String::new();
        let not_carried = self.write_into(info, &mut text);
        Written::new(text, not_carried)
    }

    fn write_into(&self, info: &OfflinePushInfo, text: &mut String) -> Vec<Place> {
        let members = |members: &Members, text: &mut String| {
            let mut out = JsonWriter::new(text);
            for (key, value) in members {
                out.key(key);
                out.json(value);
            }
        };
        JsonWriter::new(text).open_object();
        members(&self.before, text);
        JsonWriter::new(text).key(&self.key);
        let not_carried = info.write_into(self.form, text);
        members(&self.after, text);
        JsonWriter::new(text).close_object();
        not_carried
    }

    /// Parts the members of an object from those of the push in it. Without one, they are the push.
    pub(super) fn around(form: Form, members: Members) -> (Option<Self>, Members) {
        let place = members.iter().rposition(|(key, value)| {
            form.table().envelope.contains(&key.as_ref()) && matches!(value, Json::Object(_) | Json::Null)
        });
        let Some(place) = place else { return (None, members) };
        let mut before = members;
        let mut rest = before.split_off(place).into_iter();
        match rest.next() {
            Some((key, Json::Object(push))) => (Some(Self::with(form, key, before, rest.collect())), push),
            Some((key, _)) => (Some(Self::with(form, key, before, rest.collect())), Vec::new()),
            None => (None, before),
        }
    }

    fn with(form: Form, key: Box<str>, before: Members, after: Members) -> Self {
        Self { form, key, before, after }
    }

    fn default_key(form: Form) -> &'static str {
        form.table().envelope.first().copied().unwrap_or_default()
    }
}
