//! The table of vendors' keys.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

use crate::vendor::Vendor;

#[test]
fn the_table_of_keys_is_read_whole() {
    let lines = include_str!("keys.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines {
        let (head, keys) = line.split_once(": ").unwrap();
        let (vendor, table) = head.split_once(' ').unwrap();
        let vendor: Vendor = vendor.parse().unwrap();
        assert!(["unmistakable", "system", "message_id", "envelope"].contains(&table), "{vendor} {table}");
        let is_word = |key: &str| key.bytes().all(|byte| byte.is_ascii_graphic());
        assert!(table != "envelope" || keys.split(' ').nth(1).unwrap().ends_with('.'), "{keys}");
        assert!(keys.split(' ').all(|key| !key.is_empty() && is_word(key)), "{vendor} {table}");
    }
}
