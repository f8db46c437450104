//! Reads a manifest snippet back: XML first, then the escapes of Android's resource compiler.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with its attributes, without `android:`, in document order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) tag: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Self>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find_map(|(own, value)| (own == name).then_some(value.as_str()))
    }
}

/// The one root element of a well-formed snippet.
#[allow(clippy::wildcard_enum_match_arm, reason = "a snippet has elements and white space, and nothing else")]
pub(crate) fn read(snippet: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(snippet);
    reader.config_mut().check_end_names = true;
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| format!("not well-formed: {error}"))?;
        match event {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => {
                let leaf = element(&start)?;
                open.last_mut().unwrap().children.push(leaf);
            }
            Event::End(_) => {
                let closed = open.pop().unwrap();
                open.last_mut().ok_or("an end tag too many")?.children.push(closed);
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|error| error.to_string())?;
                if !text.trim().is_empty() {
                    return Err(format!("text between elements: {text:?}"));
                }
            }
            Event::Eof => break,
            other => return Err(format!("unexpected {other:?}")),
        }
    }
    let [Element { children, .. }] = &mut open[..] else { return Err("an element is not closed".to_owned()) };
    match &mut children[..] {
        [root] => Ok(std::mem::take(root)),
        roots => Err(format!("{} root elements", roots.len())),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| format!("not well-formed: {error}"))?;
        let name = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
        let own = name.strip_prefix("android:").or_else(|| name.starts_with("tools:").then_some(&*name));
        let name = own.ok_or_else(|| format!("{name} is not in android:"))?;
        let value = attribute.unescape_value().map_err(|error| format!("not well-formed: {error}"))?;
        attributes.push((name.to_owned(), resource_text(&value)?));
    }
    Ok(Element {
        tag: String::from_utf8(start.name().as_ref().to_vec()).unwrap(),
        attributes,
        children: Vec::new(),
    })
}

/// What the resource compiler makes of `\\` and `\uXXXX`.
fn resource_text(value: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            text.push(char);
            continue;
        }
        match chars.next() {
            Some('\\') => text.push('\\'),
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                let code = u32::from_str_radix(&digits, 16).map_err(|error| error.to_string())?;
                text.push(char::from_u32(code).ok_or("a surrogate")?);
            }
            other => return Err(format!("unknown escape of {other:?}")),
        }
    }
    Ok(text)
}
