//! Why Tencent's statistics show no arrivals or clicks: what a set-up tells, and what only a person can look up.

use std::fmt;

use super::Preflight;
use crate::certificate::Certificates;
use crate::vendor::{Vendor, VendorSet, receipt_hosts, receipt_setup};

/// Answers "why is my click rate 0?" for a set-up. Made by [`Preflight::click_rate`]. It is no finding: an app that wants
/// no statistics needs none of it. `Display` is for people.
///
/// ```
/// use tim_offline_push::doctor::Preflight;
///
/// let set_up = Preflight::new().with_config_text(r#"{"huaweiPushBussinessId": "11200"}"#);
/// let report = set_up.click_rate();
/// assert!(report.causes().iter().any(|cause| cause.contains("11200")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClickRateReport {
    causes: Vec<String>,
    questions: Vec<String>,
}

impl ClickRateReport {
    /// What is certainly in the way, with the fix.
    pub fn causes(&self) -> &[String] {
        &self.causes
    }

    /// What has to be looked up in consoles, in the app's code or by a test.
    pub fn questions(&self) -> &[String] {
        &self.questions
    }
}

/// The last certificate id that uses Huawei's interface of version 2, which has no receipts.
///
/// Source: <https://trtc.io/document/73890>, read 2026-11-29.
const LAST_OF_HUAWEI_2: u32 = 11_344;

impl Preflight {
    /// Why Tencent's statistics may show neither arrivals nor clicks, by what is known of the set-up.
    #[must_use]
    pub fn click_rate(&self) -> ClickRateReport {
        let reading = self.config.as_deref().and_then(|text| Certificates::read(text).ok());
        let certificates = reading.map(|reading| reading.certificates().clone()).unwrap_or_default();
        let wanted = self.app.as_ref().and_then(super::App::wanted);
        let configured: VendorSet = certificates.vendors().collect();
        let vendors = wanted.unwrap_or(if configured.is_empty() { VendorSet::ALL } else { configured });
        let mut report = ClickRateReport { causes: Vec::new(), questions: Vec::new() };
        let mut huawei = certificates.iter().filter(|(slot, _)| slot.vendor() == Vendor::Huawei);
        if let Some((_, id)) = huawei.find(|(_, id)| id.as_u32() <= LAST_OF_HUAWEI_2) {
            report.causes.push(format!(
                "Huawei: certificate {id} is one of those up to {LAST_OF_HUAWEI_2}, which give no receipts; make a new \
                 certificate in Tencent's console and put its id into the configuration"
            ));
        }
        if self.apple.as_ref().is_some_and(|apple| !apple.has_service_extension())
            && vendors.contains(Vendor::Apns)
        {
            report.causes.push(
                "APNs: the app has no notification service extension, so no arrival is counted; add one that hands the \
                 push to TIMPush"
                    .to_owned(),
            );
        }
        for vendor in vendors.iter() {
            let Some(setup) = receipt_setup(vendor) else { continue };
            report.questions.extend(setup.steps.iter().map(|step| format!("{vendor}: {step}")));
            if let Some((_, host)) = receipt_hosts().first() {
                let address = setup.address(host);
                report.questions.extend(address.map(|url| {
                    format!("{vendor}: is the receipt address {url}, or that of the app's own data center?")
                }));
            }
            report.questions.extend(setup.pitfalls.iter().map(|pitfall| format!("{vendor}: {pitfall}")));
        }
        report.questions.extend(QUESTIONS.iter().map(|question| (*question).to_owned()));
        report
    }
}

const QUESTIONS: [&str; 6] = [
    "has the app Tencent's push service? Whether events of other apps are counted is not documented",
    "does the IM client implement report_push_events and reports_push_events, and answer with the SDK's result?",
    "does every tap reach the registrar's tapped with all extras? An activity that hands its intent on must copy clickExt",
    "does each data message of FCM that the app shows reach the registrar's arrived?",
    "was the account logged in again? Events wait on the phone for the login, see the diagnosis",
    "is it the device that logged in last? Only that one is counted",
];

impl fmt::Display for ClickRateReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Why is the click rate 0?\n")?;
        if self.causes.is_empty() {
            writeln!(f, "The files that were given do not tell. To look up:")?;
        } else {
            self.causes.iter().try_for_each(|cause| writeln!(f, "- in the way: {cause}."))?;
            writeln!(f, "\nTo look up beside:")?;
        }
        for question in &self.questions {
            let end = if question.ends_with('?') { "" } else { "." };
            writeln!(f, "- [ ] {question}{end}")?;
        }
        Ok(())
    }
}
