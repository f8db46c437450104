//! One type for each vendor's token.
