//! The election over phones of any sort, sane or not.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tim_offline_push::device::{
    Candidate, DeviceFacts, Election, ElectionPolicy, Probe, Properties, Service, elect,
};
use tim_offline_push::vendor::{Vendor, VendorSet};

fn probe() -> impl Strategy<Value = Probe> {
    prop_oneof![
        Just(Probe::Unknown),
        Just(Probe::Unavailable),
        Just(Probe::AVAILABLE),
        (20_000_000_u64..70_000_000).prop_map(|version| Probe::Available { version: Some(version) }),
    ]
}

fn property() -> impl Strategy<Value = (String, String)> {
    const KEYS: [&str; 22] = [
        "ro.product.brand",
        "ro.product.manufacturer",
        "ro.product.model",
        "ro.product.name",
        "ro.product.device",
        "ro.product.cpu.abilist",
        "ro.build.fingerprint",
        "ro.build.flavor",
        "ro.build.display.id",
        "ro.build.version.sdk",
        "ro.build.version.release",
        "ro.build.version.incremental",
        "ro.product.mod_device",
        "ro.vendor.oplus.regionmark",
        "ro.build.version.emui",
        "ro.build.version.magic",
        "ro.mi.os.version.name",
        "ro.build.version.oplusrom",
        "ro.oxygen.version",
        "ro.vivo.os.version",
        "ro.flyme.published",
        "ro.axion.version",
    ];
    let values = prop_oneof![
        "(?i)xiaomi|huawei|honor|oppo|oneplus|vivo|meizu|google|samsung|cn|global|magic|oxygen|flyme",
        "[0-9]{1,3}(\\.[0-9]{1,2}){0,3}(\\.[A-Z]{7})?",
        "[a-zA-Z]{1,8}/[a-z_]{1,12}/[a-z]{1,5}:[0-9]{1,2}/[A-Z0-9.]{1,9}/[0-9A-Z.]{1,12}:user/release-keys",
        any::<String>(),
    ];
    (prop::sample::select(KEYS.as_slice()).prop_map(str::to_owned), values)
}

fn check(election: &Election, policy_configured: VendorSet) -> Result<(), TestCaseError> {
    let vendors: BTreeSet<Vendor> = election.candidates.iter().map(|candidate| candidate.vendor).collect();
    prop_assert_eq!(vendors.len(), Vendor::ALL.len());
    prop_assert_eq!(election.candidates.len(), Vendor::ALL.len());
    let accepted: Vec<bool> = election.candidates.iter().map(Candidate::is_accepted).collect();
    prop_assert!(accepted.is_sorted_by(|one, next| one >= next), "the accepted ones go first");
    prop_assert!(election.accepted().all(|vendor| policy_configured.contains(vendor)));
    for candidate in &election.candidates {
        prop_assert!(!candidate.to_string().is_empty());
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_phone_has_one_verdict_for_each_channel(
        properties in prop::collection::vec(property(), 0..12),
        probes in prop::collection::vec(probe(), 6),
        configured in prop::collection::vec(0_usize..9, 0..9),
        overseas in any::<Option<bool>>(),
        prefer_fcm in any::<bool>(),
    ) {
        let services =
            [Service::Hms, Service::Honor, Service::Oppo, Service::Vivo, Service::Meizu, Service::PlayServices];
        let mut facts = DeviceFacts::android(&Properties::from_pairs(properties));
        for (service, probe) in services.into_iter().zip(probes) {
            facts = facts.with_probe(service, probe);
            prop_assert_eq!(facts.probe(service), probe);
        }
        if let Some(overseas) = overseas {
            facts = facts.with_overseas(overseas);
        }
        let configured: VendorSet = configured.into_iter().map(|index| Vendor::ALL[index]).collect();
        let policy = ElectionPolicy::default().with_configured(configured.iter()).with_fcm_preferred(prefer_fcm);
        let election = elect(&facts, &policy);
        check(&election, configured)?;
        prop_assert_eq!(&election, &elect(&facts, &policy));
        // Without Play services FCM is out, whatever else is known.
        let gms_less = elect(&facts.with_probe(Service::PlayServices, Probe::Unavailable), &policy);
        prop_assert!(gms_less.accepted().all(|vendor| vendor != Vendor::Fcm));
    }

    #[test]
    fn any_dump_is_read_or_refused(dump in any::<String>()) {
        let kept = Properties::parse(&dump);
        prop_assert_eq!(kept.is_ok(), DeviceFacts::from_getprop(&dump).is_ok());
    }

    #[test]
    fn dump_like_text_is_read(key in "[a-z.]{1,20}", value in any::<String>()) {
        let dump = format!("[ro.product.brand]: [vivo]\n[{key}]: [{value}]\n");
        let properties = Properties::parse(&dump);
        prop_assert_eq!(properties.as_ref().ok().and_then(|all| all.value("ro.product.brand")), Some("vivo"));
    }
}
