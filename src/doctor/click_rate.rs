//! Why Tencent's statistics show no arrivals or clicks: what the files show, and what a person has to look up.

use super::Preflight;
use crate::certificate::Certificates;
use crate::vendor::{Vendor, VendorSet, receipt_hosts, receipt_setup};

/// The last certificate id that uses Huawei's interface of version 2, which has no receipts.
///
/// Source: <https://trtc.io/document/73890>, read 2026-11-29.
const LAST_OF_HUAWEI_2: u32 = 11_344;

const NO_EXTENSION: &str = "APNs: the app has no notification service extension, so no arrival is counted; add one that \
    hands the push to TIMPush";

/// What no file can show.
const QUESTIONS: [&str; 6] = [
    "has the app Tencent's push service? Whether events of other apps are counted is not documented.",
    "does the IM client implement report_push_events and reports_push_events, and answer with the SDK's result?",
    "does every tap reach the registrar's tapped with all extras? An activity that hands its intent on must copy clickExt.",
    "does each data message of FCM that the app shows reach the registrar's arrived?",
    "was the account logged in again? Events wait on the phone for the login, see the diagnosis.",
    "is it the device that logged in last? Only that one is counted.",
];

impl Preflight {
    /// Why Tencent's statistics may show no arrivals and no clicks, as a list for people: first the certain causes with their
    /// fixes, then what has to be looked up in consoles, in the app's code or by a test.
    ///
    /// These are no findings: an app without statistics does not need them.
    ///
    /// ```
    /// use tim_offline_push::doctor::Preflight;
    ///
    /// let set_up = Preflight::new().with_config_text(r#"{"huaweiPushBussinessId": "11200"}"#);
    /// assert!(set_up.click_rate().contains("in the way: Huawei: certificate 11200"));
    /// ```
    #[must_use]
    pub fn click_rate(&self) -> String {
        let reading = self.config.as_deref().and_then(|text| Certificates::read(text).ok());
        let certificates = reading.map(|reading| reading.certificates().clone()).unwrap_or_default();
        let configured: VendorSet = certificates.vendors().collect();
        let vendors =
            self.app.vendors.unwrap_or(if configured.is_empty() { VendorSet::ALL } else { configured });
        let mut causes = Vec::new();
        let mut huawei = certificates.iter().filter(|(slot, _)| slot.vendor() == Vendor::Huawei);
        if let Some((_, id)) = huawei.find(|(_, id)| id.as_u32() <= LAST_OF_HUAWEI_2) {
            causes.push(format!(
                "Huawei: certificate {id} is one of those up to {LAST_OF_HUAWEI_2}, which give no receipts; make a new \
                 certificate in Tencent's console and put its id into the configuration"
            ));
        }
        if vendors.contains(Vendor::Apns) && self.apple.as_ref().is_some_and(|app| !app.has_service_extension)
        {
            causes.push(NO_EXTENSION.to_owned());
        }
        let mut questions = Vec::new();
        for (vendor, setup) in vendors.iter().filter_map(|vendor| Some((vendor, receipt_setup(vendor)?))) {
            questions.extend(setup.steps.iter().map(|step| format!("{vendor}: {step}.")));
            let url = receipt_hosts().first().and_then(|(_, host)| setup.address(host));
            questions.extend(url.map(|url| {
                format!("{vendor}: is the receipt address {url}, or that of the app's own data center?")
            }));
            questions.extend(setup.pitfalls.iter().map(|pitfall| format!("{vendor}: {pitfall}.")));
        }
        let heading = if causes.is_empty() {
            "The files that were given do not tell. To look up:"
        } else {
            "\nTo look up beside:"
        };
        let causes = causes.iter().map(|cause| format!("- in the way: {cause}."));
        let questions = questions.iter().map(String::as_str).chain(QUESTIONS);
        let questions = questions.map(|question| format!("- [ ] {question}"));
        let lines: Vec<String> = causes.chain([heading.to_owned()]).chain(questions).collect();
        format!("Why is the click rate 0?\n\n{}\n", lines.join("\n"))
    }
}
