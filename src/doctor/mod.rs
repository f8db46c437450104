//! Finds what would go wrong, before and after shipping.
