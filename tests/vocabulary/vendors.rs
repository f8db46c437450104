//! Tests of vendors.
