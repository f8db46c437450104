//! What stands in a URI as `toUri` writes it is kept as it stands. What only looks so is written anew.

use tim_offline_push::intent::{Intent, ParseFlags, UriScheme};

#[test]
fn what_is_not_as_printed_is_written_anew() {
    const NOT_UTF_8: &str = "%EF%BF%BD";
    let cases = [
        ("d.k=0.50", "d.k=0.5".to_owned()),
        ("d.k=00.5", "d.k=0.5".to_owned()),
        ("f.k=1.10", "f.k=1.1".to_owned()),
        ("f.k=01.1", "f.k=1.1".to_owned()),
        ("d.k=.5", "d.k=0.5".to_owned()),
        ("d.k=5.", "d.k=5.0".to_owned()),
        ("d.k=0.0001", "d.k=1.0E-4".to_owned()),
        ("i.k=007", "i.k=7".to_owned()),
        ("i.k=-0", "i.k=0".to_owned()),
        ("i.k=+1", "i.k=1".to_owned()),
        ("B.k=TRUE", "B.k=true".to_owned()),
        ("B.k=yes", "B.k=false".to_owned()),
        ("S.k=a/b", "S.k=a%2Fb".to_owned()),
        ("S.k=%2f", "S.k=%2F".to_owned()),
        ("S.k=%41%7E", "S.k=A~".to_owned()),
        ("S.k=%c3%a9", "S.k=%C3%A9".to_owned()),
        ("S.k=%C1%BF", format!("S.k={}", NOT_UTF_8.repeat(2))),
        ("S.k=%E0%80%80", format!("S.k={}", NOT_UTF_8.repeat(3))),
        ("S.k=%E0%9F%BF", format!("S.k={}", NOT_UTF_8.repeat(3))),
        ("S.k=%ED%A0%80", format!("S.k={}", NOT_UTF_8.repeat(3))),
        ("S.k=%F0%8F%BF%BF", format!("S.k={}", NOT_UTF_8.repeat(4))),
        ("S.k=%F4%90%80%80", format!("S.k={}", NOT_UTF_8.repeat(4))),
        ("S.k=%E5%BC", format!("S.k={NOT_UTF_8}")),
        ("S.%6B=v", "S.k=v".to_owned()),
        ("S.%c3%a9=v", "S.%C3%A9=v".to_owned()),
        ("category=%41", "category=A".to_owned()),
        ("package=a/b", "package=a%2Fb".to_owned()),
        ("component=a/a.B", "component=a/.B".to_owned()),
        ("launchFlags=0x0010", "launchFlags=0x10".to_owned()),
        ("launchFlags=16", "launchFlags=0x10".to_owned()),
    ];
    for (item, expected) in cases {
        let read =
            |item: &str| Intent::parse_uri(&format!("intent:#Intent;{item};end"), ParseFlags::INTENT_SCHEME);
        let intent = read(item).unwrap();
        let printed = format!("intent:#Intent;{expected};end");
        assert_eq!(intent.to_uri(UriScheme::Intent).as_ref(), Ok(&printed), "{item}");
        assert_eq!(read(&expected).unwrap(), intent, "{item}");
    }
}

#[test]
fn what_is_as_printed_is_written_as_it_stands() {
    for item in [
        "d.k=0.5",
        "d.k=0.001",
        "f.k=100.25",
        "d.k=0.0",
        "d.k=-0.0",
        "d.k=1.0E-4",
        "i.k=0",
        "i.k=-7",
        "l.k=123456789012345",
        "l.k=-9223372036854775808",
        "b.k=-128",
        "s.k=32767",
        "c.k=%22",
        "S.k=",
        "S.k=~%20%F0%9F%98%80%F4%8F%BF%BF%E0%A0%80%C2%80",
        "S.%C3%A9%20=%22",
        "category=%C3%A9",
        "component=a/.B",
        "component=a/b.C",
        "launchFlags=0x10",
        "launchFlags=0xffffff00",
    ] {
        let uri = format!("intent:#Intent;{item};end");
        let flags = ParseFlags::INTENT_SCHEME | ParseFlags::ALLOW_UNSAFE;
        assert_eq!(Intent::parse_uri(&uri, flags).unwrap().to_uri(UriScheme::Intent), Ok(uri));
    }
}
