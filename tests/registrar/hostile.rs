//! The fuzz bodies of the machine, on bytes that are always the same.

#[expect(unreachable_pub, reason = "the fuzz target takes the same file")]
#[path = "../fuzz_bodies/machine.rs"]
mod machine;

use super::rig::{Rig, login, steady, tap, token};
use tim_offline_push::registrar::Event;
use tim_offline_push::vendor::Vendor;

/// A generator of bytes that needs no package (xorshift).
struct Bytes(u64);

impl Bytes {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn take(&mut self, count: usize) -> Vec<u8> {
        std::iter::repeat_with(|| self.next().to_le_bytes()).flatten().take(count).collect()
    }
}

#[test]
fn no_bytes_harm_a_machine_as_a_life() {
    let mut bytes = Bytes(0x2545_f491_4f6c_dd1d);
    for round in 0..600 {
        machine::life(&bytes.take(4 * (round % 200)));
    }
}

#[test]
fn no_damage_to_a_snapshot_harms_a_machine() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([token(Vendor::Fcm, "fcm-1"), login("bob"), Event::Tapped(tap("m1", Some("alice")))]);
    let whole = rig.machine.snapshot().into_bytes();
    let mut bytes = Bytes(0x9e37_79b9_7f4a_7c15);
    machine::snapshot(&whole);
    for end in 0..whole.len() {
        machine::snapshot(&whole[..end]);
    }
    for _ in 0..4_000 {
        let mut damaged = whole.clone();
        for _ in 0..=bytes.next() % 3 {
            let place = usize::try_from(bytes.next()).unwrap() % damaged.len();
            damaged[place] = bytes.take(1)[0];
        }
        machine::snapshot(&damaged);
    }
    machine::snapshot("[".repeat(100_000).as_bytes());
    machine::snapshot(&vec![b'{'; 3_000_000]);
}

/// Whoever adds a body adds its target: `cargo fuzz` finds targets in fuzz/Cargo.toml only.
#[test]
fn every_fuzz_body_has_a_target() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = std::fs::read_to_string(root.join("fuzz/Cargo.toml")).unwrap();
    let mut bodies = 0;
    for file in std::fs::read_dir(root.join("tests/fuzz_bodies")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let target = format!("fuzz_targets/{name}");
        assert!(manifest.contains(&format!("path = \"{target}\"")), "{target} is not in fuzz/Cargo.toml");
        let shim = std::fs::read_to_string(root.join("fuzz").join(&target)).unwrap();
        assert!(shim.contains(&format!("tests/fuzz_bodies/{name}")), "{target} is about something else");
        bodies += 1;
    }
    assert!(bodies >= 8, "{bodies}");
}
