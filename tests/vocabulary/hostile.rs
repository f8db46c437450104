//! The fuzz body on a corpus and on what a small generator makes of it.

use super::fuzz_body::vocabulary;

const CORPUS: [&str; 9] = [
    "d//igwEhgBGCI2TG6lWq5k=",
    "<9fda406a 04bde017>",
    "OPPO_CN_b6bbd94b59cdb5df8391642c1509b7fe",
    r#"{"version": "1", "config": {"huaweiPushBussinessId": "30206", "oppoMasterSecret": "x"}}"#,
    "public static final long HW_PUSH_BUZID = 6501L; // comment\n#define kAPNSBusiId 5\n",
    "export default { huaweiBusinessID: '30206', \"xiaomiBusinessID\": \"\", }",
    "[ro.product.brand]: [HONOR]\n[ro.build.version.magic]: [MagicOS_9.0.0]\n[ro.build.version.sdk]: [34]\n",
    "ro.product.brand=Xiaomi\nro.build.version.incremental=V12.0.13.0.QJDEUXM\n",
    "java.io.IOException: SERVICE_NOT_AVAILABLE",
];

#[test]
fn no_input_breaks_a_reader() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    vocabulary(&[]);
    for seed in CORPUS {
        for round in 0..3000_u32 {
            let mut bytes = vec![u8::try_from(random(256)).unwrap()];
            bytes.extend_from_slice(seed.as_bytes());
            for _ in 0..random(6).min(usize::try_from(round).unwrap()) {
                let at = random(bytes.len());
                match random(4) {
                    0 => bytes[at] = u8::try_from(random(256)).unwrap(),
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, b"{}[]\"':=,\\\n %<>_0aZ/"[random(20)]),
                    _ => bytes.truncate(at + 1),
                }
                if bytes.is_empty() {
                    bytes.push(0);
                }
            }
            vocabulary(&bytes);
        }
    }
}
