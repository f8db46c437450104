//! The short names of errors.

use std::fmt::Debug;

/// What a bridge calls an error: the prefix of its type and the name of its variant, such as `id_too_long`.
/// Derived `Debug` begins with that name.
pub(crate) fn error_code(prefix: &str, error: &dyn Debug) -> String {
    let text = format!("{error:?}");
    let variant = text.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    variant.chars().fold(prefix.to_owned(), |code, char| match char {
        'A'..='Z' => code + "_" + &char.to_ascii_lowercase().to_string(),
        _ => code + &char.to_string(),
    })
}
