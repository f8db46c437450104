use super::UnixTime;

#[test]
fn dates_are_counted_from_1970() {
    for (date, day) in [
        ("1970-01-01", 0),
        ("1970-12-31", 364),
        ("1969-12-31", -1),
        ("2000-02-29", 11_016),
        ("2000-03-01", 11_017),
        ("2026-11-29", 20_786),
        ("2100-03-01", 47_541),
    ] {
        assert_eq!(UnixTime::from_date(date), Some(UnixTime::from_secs(day * 86_400)), "{date}");
    }
    for wrong in
        ["2026-02-29", "2100-02-29", "2026-13-01", "2026-00-01", "2026-1-1", "+026-01-01", "2026-01-01-1", ""]
    {
        assert_eq!(UnixTime::from_date(wrong), None, "{wrong}");
    }
    assert_eq!(UnixTime::from_secs(-1).start_of_day(), UnixTime::from_secs(-86_400));
}
