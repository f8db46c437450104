use super::codec;
use super::extra::Extra;
use super::hash_ordered::Entry;
use super::item;
use super::java_hash::java_hash;
use super::primitive::{Kind, Primitive};
use super::print_value;
use super::texts::{KeyedItem, Span, Texts};

/// The value of an extra as an intent keeps it, beside the item as it is printed.
#[derive(Clone, Copy)]
pub(super) enum KeptExtra {
    /// A text: so many last bytes of the item, with escapes or without.
    String {
        len: usize,
        escaped: bool,
    },
    Primitive(Primitive),
    /// The item is empty.
    Unprintable,
}

impl KeptExtra {
    /// How many bytes a value that is no text takes at most in a URI, with the `=` before it: a double does.
    const LONGEST_PRIMITIVE: usize = "=-2.2250738585072014E-308".len();

    /// Keeps a key and a value.
    pub(super) fn keep(texts: &mut Texts, key: &str, extra: &Extra<'_>) -> Entry<Self> {
        let hash = java_hash(key);
        let value = match *extra {
            Extra::String(ref text) => {
                let len = codec::encoded_len(text);
                let item = texts.keep_item(item::STRING_EXTRA, key, len.saturating_add(1), |all| {
                    all.push('=');
                    codec::push_encoded(all, text);
                });
                return Entry::new(hash, item, Self::String { len, escaped: len != text.len() });
            }
            Extra::Unprintable => {
                let key = texts.keep([key]);
                return Entry::new(hash, KeyedItem { key, item: Span::NOTHING }, Self::Unprintable);
            }
            Extra::Boolean(value) => Primitive::boolean(value),
            Extra::Byte(value) => Primitive::whole(Kind::Byte, value.into()),
            Extra::Char(unit) => Primitive::char(unit),
            Extra::Double(value) => Primitive::double(value),
            Extra::Float(value) => Primitive::float(value),
            Extra::Int(value) => Primitive::whole(Kind::Int, value.into()),
            Extra::Long(value) => Primitive::whole(Kind::Long, value),
            Extra::Short(value) => Primitive::whole(Kind::Short, value.into()),
        };
        let item = texts.keep_item(value.item_begin(), key, Self::LONGEST_PRIMITIVE, |all| {
            all.push('=');
            print_value::push_value(all, value);
        });
        Entry::new(hash, item, Self::Primitive(value))
    }

    /// The value of this item.
    pub(super) fn value(self, item: Span, texts: &Texts) -> Extra<'_> {
        match self {
            Self::String { len, escaped } => {
                let text = texts.get(item.last(len));
                Extra::String(if escaped { codec::decode(text) } else { text.into() })
            }
            Self::Primitive(value) => value.into(),
            Self::Unprintable => Extra::Unprintable,
        }
    }
}
