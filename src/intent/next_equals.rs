use super::scan;

/// Where the next `=` of a text is. Remembered, since many items may ask for the same one.
#[derive(Default)]
pub(super) struct NextEquals {
    /// There is none before this place, and one at it unless it is the end of the text.
    known: Option<usize>,
}

impl NextEquals {
    pub(super) fn at_or_behind(&mut self, text: &str, from: usize) -> Option<usize> {
        if self.known.is_none_or(|known| known < from) {
            let found = scan::find(text.as_bytes().get(from..)?, b'=').and_then(|at| from.checked_add(at));
            self.known = Some(found.unwrap_or(text.len()));
        }
        self.known.filter(|known| *known < text.len())
    }
}
