//! `SipHash-2-4`: a keyed hash, so that nobody who sees a hash can search for what was hashed.
//!
//! Written out from its specification (Aumasson and Bernstein, "`SipHash`: a fast short-input PRF", 2012), since the
//! standard library offers no keyed and stable hash.

/// A key of 128 bits.
#[derive(Clone, Copy)]
pub(super) struct HashKey {
    low: u64,
    high: u64,
}

impl HashKey {
    /// The key that a text of any length makes.
    pub(super) fn of(text: &[u8]) -> Self {
        let low = Self { low: 0, high: 0 }.hash(text);
        let high = Self { low: 0, high: 1 }.hash(text);
        Self { low, high }
    }

    /// The hash of these bytes under this key.
    pub(super) fn hash(self, bytes: &[u8]) -> u64 {
        let mut lanes = [
            self.low ^ 0x736f_6d65_7073_6575,
            self.high ^ 0x646f_7261_6e64_6f6d,
            self.low ^ 0x6c79_6765_6e65_7261,
            self.high ^ 0x7465_6462_7974_6573,
        ];
        let chunks = bytes.chunks_exact(8);
        let rest = chunks.remainder();
        for chunk in chunks {
            mix(&mut lanes, little_endian(chunk));
        }
        // The last word holds what is left, and the length in its highest byte.
        let [length, ..] = bytes.len().to_le_bytes();
        mix(&mut lanes, little_endian(rest) | (u64::from(length) << 56));
        let [_, _, third, _] = &mut lanes;
        *third ^= 0xff;
        for _ in 0..4 {
            round(&mut lanes);
        }
        lanes.into_iter().fold(0, |hash, lane| hash ^ lane)
    }
}

fn mix(lanes: &mut [u64; 4], word: u64) {
    let [.., last] = lanes;
    *last ^= word;
    round(lanes);
    round(lanes);
    let [first, ..] = lanes;
    *first ^= word;
}

/// At most eight bytes, the first one lowest.
fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte))
}

const fn round(lanes: &mut [u64; 4]) {
    let [mut a, mut b, mut c, mut d] = *lanes;
    a = a.wrapping_add(b);
    b = b.rotate_left(13) ^ a;
    a = a.rotate_left(32);
    c = c.wrapping_add(d);
    d = d.rotate_left(16) ^ c;
    a = a.wrapping_add(d);
    d = d.rotate_left(21) ^ a;
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    c = c.rotate_left(32);
    *lanes = [a, b, c, d];
}

#[cfg(test)]
mod tests {
    use super::HashKey;

    /// The test vectors of the reference implementation: key 00 01 … 0f, inputs 00, 00 01, 00 01 02 and so on.
    #[test]
    fn the_reference_vectors_come_out() {
        let expected: [u64; 16] = [
            0x726f_db47_dd0e_0e31,
            0x74f8_39c5_93dc_67fd,
            0x0d6c_8009_d9a9_4f5a,
            0x8567_6696_d7fb_7e2d,
            0xcf27_94e0_2771_87b7,
            0x1876_5564_cd99_a68d,
            0xcbc9_466e_58fe_e3ce,
            0xab02_00f5_8b01_d137,
            0x93f5_f579_9a93_2462,
            0x9e00_82df_0ba9_e4b0,
            0x7a5d_bbc5_94dd_b9f3,
            0xf4b3_2f46_226b_ada7,
            0x751e_8fbc_860e_e5fb,
            0x14ea_5627_c084_3d90,
            0xf723_ca90_8e7a_f2ee,
            0xa129_ca61_49be_45e5,
        ];
        let key = HashKey { low: 0x0706_0504_0302_0100, high: 0x0f0e_0d0c_0b0a_0908 };
        let input: Vec<u8> = (0..16).collect();
        for (length, hash) in expected.into_iter().enumerate() {
            assert_eq!(key.hash(input.get(..length).unwrap_or_default()), hash, "{length}");
        }
    }

    #[test]
    fn it_agrees_with_the_standard_library_at_every_length() {
        #[expect(deprecated, reason = "it is the same function with keys, kept for this comparison")]
        fn standard(key: HashKey, bytes: &[u8]) -> u64 {
            use std::hash::{Hasher as _, SipHasher};
            let mut hasher = SipHasher::new_with_keys(key.low, key.high);
            hasher.write(bytes);
            hasher.finish()
        }
        let input: Vec<u8> = (0..=255).cycle().take(600).collect();
        for length in 0..input.len() {
            let bytes = input.get(..length).unwrap_or_default();
            let key = HashKey::of(bytes);
            assert_eq!(key.hash(bytes), standard(key, bytes), "{length}");
        }
    }
}
