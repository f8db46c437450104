//! Vendors, their names and numbers.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};

#[test]
fn names_are_tencents_and_come_back() {
    let names: Vec<String> = Vendor::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["Xiaomi", "Huawei", "OPPO", "vivo", "Meizu", "FCM", "Honor", "APNs", "HarmonyOS"]);
    for (vendor, name) in Vendor::ALL.iter().copied().zip(names) {
        for spelling in [name.clone(), name.to_lowercase(), name.to_uppercase()] {
            assert_eq!(spelling.parse(), Ok(vendor));
        }
        let json = serde_json::to_string(&vendor).unwrap();
        assert_eq!(json, format!("\"{name}\""));
        assert_eq!(serde_json::from_str::<Vendor>(&json).unwrap(), vendor);
    }
    for kind in TokenKind::ALL.iter().copied() {
        assert_eq!(kind.to_string().parse(), Ok(kind));
    }
    assert_eq!(serde_json::to_string(&TokenKind::ALL).unwrap(), r#"["standard","voip"]"#);
}

#[test]
fn sister_brands_name_the_vendor_they_share() {
    for (name, vendor) in [
        ("realme", Vendor::Oppo),
        ("OnePlus", Vendor::Oppo),
        ("iQOO", Vendor::Vivo),
        ("Redmi", Vendor::Xiaomi),
        ("Google FCM", Vendor::Fcm),
    ] {
        assert_eq!(name.parse(), Ok(vendor));
    }
    let error = "nokia-s3cret".parse::<Vendor>().unwrap_err().to_string();
    assert!(error.contains("expected Xiaomi") && !error.contains("s3cret"));
}

#[test]
fn brand_ids_go_both_ways() {
    let expected = [
        (2000, Vendor::Xiaomi),
        (2001, Vendor::Huawei),
        (2002, Vendor::Fcm),
        (2003, Vendor::Meizu),
        (2004, Vendor::Oppo),
        (2005, Vendor::Vivo),
        (2006, Vendor::Honor),
        (2008, Vendor::HarmonyOs),
        (1000, Vendor::Apns),
    ];
    for (number, vendor) in expected {
        assert_eq!((vendor.brand_id(), Vendor::from_brand_id(number)), (number, Some(vendor)));
    }
    assert_eq!(
        Vendor::ALL.iter().map(|vendor| vendor.brand_id()).collect::<BTreeSet<_>>().len(),
        Vendor::ALL.len()
    );
    // 2007 is NIO and 4000 Linux, which have no push service here.
    for number in [0, 999, 1999, 2007, 2009, 4000, u32::MAX] {
        assert_eq!(Vendor::from_brand_id(number), None);
    }
}

proptest! {
    #[test]
    fn a_set_behaves_like_a_set(changes in prop::collection::vec((0_usize..9, any::<bool>()), 0..40)) {
        let mut set = VendorSet::EMPTY;
        let mut model = BTreeSet::new();
        for (index, add) in changes {
            let vendor = Vendor::ALL[index];
            set = if add { set.with(vendor) } else { set.without(vendor) };
            if add { model.insert(vendor); } else { model.remove(&vendor); }
            prop_assert_eq!(set.iter().collect::<BTreeSet<_>>(), model.clone());
            prop_assert_eq!(set.is_empty(), model.is_empty());
            prop_assert!(Vendor::ALL.iter().all(|vendor| set.contains(*vendor) == model.contains(vendor)));
        }
        let json = serde_json::to_string(&set).unwrap();
        prop_assert_eq!(serde_json::from_str::<VendorSet>(&json).unwrap(), set);
        prop_assert_eq!(VendorSet::ALL.iter().count(), Vendor::ALL.len());
    }

    #[test]
    fn any_text_is_a_vendor_or_none(text in any::<String>()) {
        if let Ok(vendor) = text.parse::<Vendor>() {
            prop_assert!(Vendor::ALL.contains(&vendor));
        }
    }
}
