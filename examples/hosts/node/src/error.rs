//! Errors are exceptions whose `code` is the crate's own.

/// What a function gives, or the exception it throws.
pub(crate) type Result<T> = std::result::Result<T, napi::Error<String>>;

/// For `map_err`: the exception of an error of the crate, whose text holds nothing of what was given.
pub(crate) fn code<E: std::fmt::Display>(
    code: impl FnOnce(&E) -> String,
) -> impl FnOnce(E) -> napi::Error<String> {
    move |error| napi::Error::new(code(&error), error)
}
