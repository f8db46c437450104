use std::borrow::Cow;

use super::form::{Form, PreservedMember, Reason};
use super::tables::{Part, Row, Shape, TOP, WEB_SDK_DROPS};
use crate::json::JsonWriter;
use crate::message::field::FieldValue;
use crate::message::value::{coerce, unsigned};
use crate::message::{Field, OfflinePushInfo};

/// A push in a wire form, and what the form could not carry.
///
/// `Debug` shows the length of the text only.
#[derive(Clone, PartialEq, Eq, Hash)]
#[must_use = "what a form cannot carry must be looked at"]
pub struct Written {
    text: String,
    not_carried: Vec<Cow<'static, str>>,
}

impl Written {
    pub(super) const fn new(text: String, not_carried: Vec<Cow<'static, str>>) -> Self {
        Self { text, not_carried }
    }

    /// The JSON text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The JSON text.
    pub fn into_text(self) -> String {
        self.text
    }

    /// What is set and not in the text: fields that the form has no key for, values that its types cannot
    /// hold, and members that were preserved from another form. Fields have the paths that [`Field`] writes,
    /// members their keys in their form.
    pub fn not_carried(&self) -> &[Cow<'static, str>] {
        &self.not_carried
    }
}

impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Written")
            .field("bytes", &self.text.len())
            .field("not_carried", &self.not_carried)
            .finish()
    }
}

impl OfflinePushInfo {
    /// Writes the push in a wire form: compact JSON in raw UTF-8, keys in a fixed order, defaults left out.
    ///
    /// ```
    /// use tim_offline_push::message::{Form, Harmony, OfflinePushInfo};
    ///
    /// let push = OfflinePushInfo::new("denny", "hi").with_harmony(Harmony::new().with_title("on HarmonyOS"));
    /// let written = push.write(Form::Web);
    /// assert_eq!(written.text(), r#"{"title":"denny","description":"hi"}"#);
    /// assert_eq!(written.not_carried()[0].to_string(), "harmony.title");
    /// ```
    pub fn write(&self, form: Form) -> Written {
        let mut text = String::with_capacity(self.room());
        let not_carried = self.write_into(form, &mut text);
        Written { text, not_carried }
    }

    /// As [`OfflinePushInfo::write`], to the end of a text that may be used again and again. Returns what the
    /// form could not carry.
    #[must_use = "what a form cannot carry must be looked at"]
    pub fn write_into(&self, form: Form, text: &mut String) -> Vec<Cow<'static, str>> {
        let mut writer = Writer { info: self, form, out: JsonWriter::new(text), not_carried: Vec::new() };
        writer.out.open_object();
        let Some((outermost, inner)) = form.table().parts.split_first() else { return Vec::new() };
        writer.members(outermost);
        for part in inner {
            writer.part(part);
        }
        writer.unknown(TOP);
        writer.out.close_object();
        writer.absent();
        writer.preserved();
        writer.not_carried
    }

    /// Enough room for most pushes in any form, so that the text is allocated once.
    fn room(&self) -> usize {
        let texts = [self.title(), self.title(), self.title(), self.desc(), self.vendor_params.text()];
        let texts = texts.iter().map(|text| text.len()).fold(self.ext.len(), usize::saturating_add);
        texts.saturating_mul(5).saturating_div(4).saturating_add(KEYS)
    }
}

/// Room for the keys and short values of a push.
const KEYS: usize = 640;

struct Writer<'a, 'o> {
    info: &'a OfflinePushInfo,
    form: Form,
    out: JsonWriter<'o>,
    not_carried: Vec<Cow<'static, str>>,
}

impl<'a, 'o> Writer<'a, 'o> {
    fn part(&mut self, part: &'static Part) {
        let Part { key, rows } = *part;
        let preserved = self.preserved_at(TOP, key);
        // The common title alone does not take the place of what was read.
        let stays = preserved.is_some()
            && rows.iter().all(|row| self.is_default(row))
            && self.unknown_of(key).next().is_none();
        let mut empty = true;
        if !stays {
            let mark = self.out.open_member(key);
            self.members(part);
            self.unknown(key);
            empty = self.out.close_member(mark);
        }
        if let Some(preserved) = preserved.filter(|_| empty) {
            self.member(key).value(&preserved.value);
        }
    }

    fn members(&mut self, part: &Part) {
        part.rows.iter().filter(|row| !row.former).for_each(|row| self.row(part.key, row));
    }

    fn member(&mut self, key: &str) -> &mut JsonWriter<'o> {
        self.out.constant_key(key);
        &mut self.out
    }

    fn row(&mut self, group: &'static str, row: &Row) {
        let value = self.value_of(row);
        if value.is_none() && self.info.preserved.is_empty() {
            return;
        }
        if let Some(preserved) = self.preserved_at(group, row.key) {
            let unchanged = match preserved.reason {
                Reason::Coerced => coerce(row.shape, &preserved.value).is_some_and(|coerced| {
                    let mut alone = OfflinePushInfo::default();
                    alone.put(row.field, coerced) && alone.value_of(row.field) == value
                }),
                Reason::NotUnderstood | Reason::UnknownKey => self.is_default(row),
            };
            if unchanged {
                self.member(row.key).value(&preserved.value);
                return;
            }
        }
        let said = value.filter(|value| !(row.shape.is_bool() && *value == FieldValue::Number(0)));
        if said.is_some_and(|value| !self.put(row, value)) {
            self.not_carried.push(row.field.into());
        }
    }

    /// Writes a value under its key. Whether the form can hold it.
    fn put(&mut self, row: &Row, value: FieldValue<'_>) -> bool {
        // The web SDK sends some values on as others, or not at all.
        if self.form == Form::Web && WEB_SDK_DROPS.contains(&row.field) && !row.field.documents(value) {
            return false;
        }
        let fits = match (row.shape, value) {
            (Shape::Stem, FieldValue::Text(text)) => !text.contains('.'),
            (Shape::Unsigned, FieldValue::Number(number)) => unsigned(Some(number)).is_some(),
            (Shape::Text | Shape::TitleOrCommon, FieldValue::Text(_))
            | (Shape::Number, FieldValue::Number(_))
            | (Shape::Object | Shape::Array | Shape::Any, FieldValue::Json(_)) => true,
            (shape, value) => shape.is_bool() && value == FieldValue::Number(1),
        };
        if let (true, FieldValue::Text(text)) = (fits, value) {
            self.member(row.key).text(text);
        } else if fits && row.shape.is_bool() {
            self.member(row.key).value(&(row.shape != Shape::InvertedBool));
        } else if fits {
            self.member(row.key).value(&value);
        }
        fits
    }

    /// Whether the row's own field has its default, whatever the common title is.
    fn is_default(&self, row: &Row) -> bool {
        let value = self.info.value_of(row.field);
        value.is_none_or(|value| row.shape.is_bool() && value == FieldValue::Number(0))
    }

    fn value_of(&self, row: &Row) -> Option<FieldValue<'a>> {
        let common =
            || (row.shape == Shape::TitleOrCommon).then(|| self.info.value_of(Field::Title)).flatten();
        self.info.value_of(row.field).or_else(common)
    }

    /// The preserved member of another type that may stand under a known key.
    fn preserved_at(&self, group: &'static str, key: &str) -> Option<&'a PreservedMember> {
        self.info.preserved.iter().find(|preserved| {
            preserved.reason != Reason::UnknownKey
                && preserved.form == self.form
                && preserved.group == group
                && preserved.key.as_ref() == key
        })
    }

    fn unknown(&mut self, group: &'static str) {
        for preserved in self.unknown_of(group) {
            self.out.key(&preserved.key);
            self.out.value(&preserved.value);
        }
    }

    fn unknown_of(&self, group: &'static str) -> impl Iterator<Item = &'a PreservedMember> + use<'a, 'o> {
        let form = self.form;
        self.info.preserved.iter().filter(move |preserved| {
            preserved.reason == Reason::UnknownKey && preserved.group == group && form.takes(preserved)
        })
    }

    /// Names the fields that the form has no key for.
    fn absent(&mut self) {
        let mut absent: Vec<Field> = self.info.fields.iter().filter(|field| self.is_lost(*field)).collect();
        if self.info.has(Field::VendorParams) && self.is_lost(Field::VendorParams) {
            absent.insert(absent.partition_point(|field| *field < Field::VendorParams), Field::VendorParams);
        }
        self.not_carried.extend(absent.into_iter().map(Cow::from));
        // REST has fields for what the text says; only what it says beyond them is lost.
        if self.form == Form::Rest && self.info.vendor_params.says_more() {
            self.not_carried.push(Field::VendorParams.into());
        }
    }

    /// Whether the form has no key for a field that is set.
    fn is_lost(&self, field: Field) -> bool {
        let in_rest = field == Field::VendorParams && self.form == Form::Rest;
        // A title for one platform that is the common title goes with that.
        let is_title = matches!(field, Field::IosTitle | Field::AndroidTitle | Field::HarmonyTitle);
        let is_common = is_title && self.info.value_of(field) == self.info.value_of(Field::Title);
        !in_rest && !is_common && self.form.table().place_of(field).is_none()
    }

    /// Names the preserved members that the form has no place for.
    fn preserved(&mut self) {
        for preserved in &self.info.preserved {
            let carried = match preserved.reason {
                Reason::UnknownKey => self.form.takes(preserved),
                Reason::Coerced => true,
                Reason::NotUnderstood => {
                    let row = preserved.form.table().row(preserved.group, &preserved.key);
                    let replaced = row.is_some_and(|row| self.info.value_of(row.field).is_some());
                    replaced || preserved.form == self.form
                }
            };
            if !carried {
                self.not_carried.push(preserved.path());
            }
        }
    }
}
