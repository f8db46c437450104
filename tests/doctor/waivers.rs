use tim_offline_push::doctor::{Preflight, Report, ReportVerdict, Waivers};
use tim_offline_push::time::UnixTime;

const SHARED: &str = r#"{"huaweiPushBussinessId": "30206", "honorPushBussinessId": "30206"}"#;

fn check(waivers: &str, today: &str) -> Report {
    let waivers = Waivers::read(waivers).unwrap();
    Preflight::new()
        .with_config_text(SHARED)
        .with_waivers(waivers, UnixTime::from_date(today).unwrap())
        .check()
}

fn rules(report: &Report) -> Vec<&str> {
    report.findings().iter().map(|finding| finding.rule().id()).collect()
}

#[test]
fn a_waived_finding_is_counted_and_not_told() {
    let report = check("# why\n\ncertificate-id-shared until 2027-01-31: on its way\n", "2027-01-31");
    assert_eq!((report.verdict(), report.waived()), (ReportVerdict::Clean, 1), "{report}");
    assert!(report.to_string().ends_with(", 1 waived"), "{report}");
    assert_eq!(serde_json::to_value(&report).unwrap()["waived"], 1);
}

#[test]
fn a_waiver_ends_with_its_last_day() {
    let report = check("certificate-id-shared until 2027-01-31: on its way", "2027-02-01");
    assert_eq!(rules(&report), ["certificate-id-shared", "waiver-expired"]);
    assert_eq!((report.verdict(), report.waived()), (ReportVerdict::Errors, 0));
}

#[test]
fn a_waiver_for_another_place_or_rule_is_a_finding() {
    for waiver in [
        "certificate-id-shared in AndroidManifest.xml until 2027-01-31: elsewhere",
        "numeric-meta-data until 2027-01-31: another rule",
    ] {
        assert_eq!(
            rules(&check(waiver, "2026-11-29")),
            ["certificate-id-shared", "waiver-unused"],
            "{waiver}"
        );
    }
}

#[test]
fn a_line_that_is_no_waiver_is_named_by_its_number_alone() {
    for (text, message) in [
        ("\nno-such-rule until 2027-01-31: x", "waivers: line 2: no such rule; doctor::rules has them all"),
        ("certificate-id-shared: x", "waivers: line 1: expected RULE [in PLACE] until YYYY-MM-DD: REASON"),
        (
            "certificate-id-shared until soon: x",
            "waivers: line 1: expected RULE [in PLACE] until YYYY-MM-DD: REASON",
        ),
        (
            "certificate-id-shared until 2027-01-31",
            "waivers: line 1: no reason; write it after the date and a colon",
        ),
        (
            "certificate-id-shared until 2027-01-31:  ",
            "waivers: line 1: no reason; write it after the date and a colon",
        ),
    ] {
        assert_eq!(Waivers::read(text).unwrap_err().to_string(), message, "{text}");
    }
    let many = "certificate-id-shared until 2027-01-31: x\n".repeat(Waivers::MAX + 1);
    assert!(Waivers::read(&many).unwrap_err().to_string().contains("more than 1000"));
}
