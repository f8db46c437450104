//! How Java writes integers.

use std::fmt::{self, Write};

/// A short ASCII text on the stack: what a number prints as.
pub(super) struct NumberText {
    bytes: [u8; Self::CAPACITY],
    len: usize,
}

impl NumberText {
    const CAPACITY: usize = 48;

    pub(super) fn new() -> Self {
        Self { bytes: [0; Self::CAPACITY], len: 0 }
    }

    pub(super) fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    pub(super) fn push(&mut self, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(self.len) {
            *slot = byte;
            self.len = self.len.saturating_add(1);
        }
    }

    pub(super) fn extend(&mut self, text: &[u8]) {
        for byte in text {
            self.push(*byte);
        }
    }
}

impl Write for NumberText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.extend(text.as_bytes());
        Ok(())
    }
}

/// `Integer.toString`, `Long.toString` and so on.
pub(super) fn decimal(value: i64) -> NumberText {
    radix(value.unsigned_abs(), 10, value < 0)
}

pub(super) fn unsigned(value: u64) -> NumberText {
    radix(value, 10, false)
}

/// `Integer.toHexString`.
pub(super) fn hex(bits: u32) -> NumberText {
    radix(u64::from(bits), 16, false)
}

fn radix(mut rest: u64, radix: u64, negative: bool) -> NumberText {
    let mut text = NumberText::new();
    let mut reversed = [0_u8; 24];
    let mut digits = 0_usize;
    for slot in &mut reversed {
        let digit = u8::try_from(rest.checked_rem(radix).unwrap_or(0)).unwrap_or(0);
        *slot = if digit < 10 { b'0'.wrapping_add(digit) } else { b'a'.wrapping_sub(10).wrapping_add(digit) };
        digits = digits.saturating_add(1);
        rest = rest.checked_div(radix).unwrap_or(0);
        if rest == 0 {
            break;
        }
    }
    if negative {
        text.push(b'-');
    }
    for digit in reversed.iter().take(digits).rev() {
        text.push(*digit);
    }
    text
}
