use super::form::Form;
use super::meaning::{lenient, unsigned};
use super::table::{Entry, Row, Shape};
use crate::json::Json;
use crate::json::JsonWriter;
use crate::message::kept::{Group, Kept, Why};
use crate::message::leaf::Leaf;
use crate::message::{Field, OfflinePushInfo, Place};

/// A push in a wire form, and what the form could not carry.
///
/// `Debug` shows the length of the text only.
#[derive(Clone, PartialEq, Eq, Hash)]
#[must_use = "what a form cannot carry must be looked at"]
pub struct Written {
    text: String,
    not_carried: Vec<Place>,
}

impl Written {
    pub(super) const fn new(text: String, not_carried: Vec<Place>) -> Self {
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

    /// What is set and not in the text: fields that the form has no key for, values that its types cannot hold, and members
    /// that were kept from another form.
    pub fn not_carried(&self) -> &[Place] {
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
    /// use tim_offline_push::message::{Android, Form, OfflinePushInfo};
    ///
    /// let push = OfflinePushInfo::new("denny", "hi").with_android(Android::new().with_sound("ring")?);
    /// let written = push.write(Form::Web);
    /// assert_eq!(written.text(), r#"{"title":"denny","description":"hi"}"#);
    /// assert_eq!(written.not_carried()[0].to_string(), "android.sound");
    /// # Ok::<(), tim_offline_push::message::PushInfoError>(())
    /// ```
    pub fn write(&self, form: Form) -> Written {
        let mut text = String::with_capacity(self.room());
        let not_carried = self.write_into(form, &mut text);
        Written { text, not_carried }
    }

    /// As [`OfflinePushInfo::write`], to the end of a text that may be used again and again. Returns what the form could
    /// not carry.
    #[must_use = "what a form cannot carry must be looked at"]
    pub fn write_into(&self, form: Form, text: &mut String) -> Vec<Place> {
        let mut writer = Writer { info: self, form, out: JsonWriter::new(text), not_carried: Vec::new() };
        writer.out.open_object();
        for entry in form.table().entries {
            match entry {
                Entry::Leaf(row) => writer.row(Group::Top, row),
                Entry::Group { key, group, rows, .. } => writer.group(key, *group, rows),
            }
        }
        writer.unknown(Group::Top);
        writer.out.close_object();
        writer.absent();
        writer.kept();
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
    not_carried: Vec<Place>,
}

/// What a field is in a form.
enum Cell<'a> {
    Default,
    Text(&'a str),
    Number(i64),
    Truth(bool),
    Json(&'a Json),
    CannotHold,
}

impl<'a> Writer<'a, '_> {
    fn group(&mut self, key: &'static str, group: Group, rows: &'static [Row]) {
        let odd = self.odd(Group::Top, key);
        // The common title alone does not take the place of what was read.
        let stays = odd.is_some() && rows.iter().all(|row| self.is_default(row)) && !self.has_unknown(group);
        let mut empty = true;
        if !stays {
            let mark = self.out.open_member(key);
            for row in rows {
                self.row(group, row);
            }
            self.unknown(group);
            empty = self.out.close_member(mark);
        }
        if let Some(kept) = odd.filter(|_| empty) {
            self.out.constant_key(key);
            self.out.json(&kept.value);
        }
    }

    fn row(&mut self, group: Group, row: &Row) {
        let cell = self.cell(row);
        if matches!(cell, Cell::Default) && self.info.kept.is_empty() {
            return;
        }
        if let Some(kept) = self.odd(group, row.key) {
            let unchanged = match kept.why {
                Why::Understood => {
                    lenient(row.shape, &kept.value).is_some_and(|loose| loose.is(row.field, self.leaf(row)))
                }
                Why::NotUnderstood | Why::UnknownKey => self.is_default(row),
            };
            if unchanged {
                self.out.constant_key(row.key);
                self.out.json(&kept.value);
                return;
            }
        }
        match cell {
            Cell::Default => {}
            Cell::Text(text) => {
                self.out.constant_key(row.key);
                self.out.text(text);
            }
            Cell::Number(number) => {
                self.out.constant_key(row.key);
                self.out.number(number);
            }
            Cell::Truth(truth) => {
                self.out.constant_key(row.key);
                self.out.bool(truth);
            }
            Cell::Json(value) => {
                self.out.constant_key(row.key);
                self.out.json(value);
            }
            Cell::CannotHold => self.not_carried.push(row.field.into()),
        }
    }

    /// Whether the row's own field has its default, whatever the common title is.
    fn is_default(&self, row: &Row) -> bool {
        match self.info.leaf(row.field) {
            Leaf::Unset => true,
            Leaf::Number(number) => number == 0 && matches!(row.shape, Shape::Truth | Shape::Untruth),
            Leaf::Text(_) | Leaf::Json(_) | Leaf::Bytes => false,
        }
    }

    #[inline]
    fn leaf(&self, row: &Row) -> Leaf<'a> {
        let leaf = self.info.leaf(row.field);
        let common = leaf.is_unset() && row.shape == Shape::TitleOrCommon;
        if common { self.info.leaf(Field::Title) } else { leaf }
    }

    #[inline]
    fn cell(&self, row: &Row) -> Cell<'a> {
        let leaf = self.leaf(row);
        if leaf.is_unset() {
            return Cell::Default;
        }
        match (row.shape, leaf) {
            (Shape::Truth | Shape::Untruth, Leaf::Number(0)) => Cell::Default,
            (Shape::Text | Shape::TitleOrCommon, Leaf::Text(text)) => Cell::Text(text),
            (Shape::Number, Leaf::Number(number)) => Cell::Number(number),
            (Shape::Unsigned, Leaf::Number(number)) => {
                unsigned(Some(number)).map_or(Cell::CannotHold, Cell::Number)
            }
            (Shape::Truth, Leaf::Number(1)) => Cell::Truth(true),
            (Shape::Untruth, Leaf::Number(1)) => Cell::Truth(false),
            (Shape::Object | Shape::Array | Shape::Any, Leaf::Json(value)) => Cell::Json(value),
            _ => Cell::CannotHold,
        }
    }

    /// The kept member of another type that may stand under a known key.
    fn odd(&self, group: Group, key: &str) -> Option<&'a Kept> {
        self.info.kept.iter().find(|kept| {
            kept.why != Why::UnknownKey
                && kept.form == self.form
                && kept.group == group
                && kept.key.as_ref() == key
        })
    }

    fn unknown(&mut self, group: Group) {
        for kept in &self.info.kept {
            if kept.why == Why::UnknownKey && kept.group == group && self.takes_unknown(kept) {
                self.out.key(&kept.key);
                self.out.json(&kept.value);
            }
        }
    }

    fn has_unknown(&self, group: Group) -> bool {
        let mut kept = self.info.kept.iter();
        kept.any(|kept| kept.why == Why::UnknownKey && kept.group == group && self.takes_unknown(kept))
    }

    fn takes_unknown(&self, kept: &Kept) -> bool {
        self.form.takes_unknown(kept.form, kept.group, &kept.key)
    }

    /// Names the fields that the form has no key for.
    fn absent(&mut self) {
        for field in self.form.table().absent {
            if self.is_lost(*field) {
                self.not_carried.push((*field).into());
            }
        }
    }

    /// Whether a field that the form has no key for says something.
    fn is_lost(&self, field: Field) -> bool {
        if field == Field::VendorParams && self.form == Form::Rest {
            // REST has fields for what the text says; only what it says beyond them is lost.
            return self.info.vendor_params.says_more();
        }
        match self.info.leaf(field) {
            Leaf::Unset => false,
            // A title for one platform that is the common title goes with that.
            Leaf::Text(text) if field.is_title() => text != self.info.title(),
            Leaf::Text(_) | Leaf::Number(_) | Leaf::Json(_) | Leaf::Bytes => true,
        }
    }

    /// Names the kept members that the form has no place for.
    fn kept(&mut self) {
        for kept in &self.info.kept {
            let carried = match kept.why {
                Why::UnknownKey => self.takes_unknown(kept),
                Why::Understood => true,
                Why::NotUnderstood => {
                    let row = kept.form.table().row(kept.group, &kept.key);
                    let replaced = row.is_some_and(|row| !self.info.leaf(row.field).is_unset());
                    replaced || kept.form == self.form
                }
            };
            if !carried {
                self.not_carried.push(kept.place());
            }
        }
    }
}
