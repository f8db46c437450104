//! Tests of codes.
