use super::{Audience, delivery, length, presentation, values};
use crate::message::OfflinePushInfo;
use crate::message::finding::Finding;

impl OfflinePushInfo {
    /// What would go wrong with this push at this audience: what never arrives, what is cut and where, what a channel
    /// ignores, and what costs quota. An empty answer means that nothing is known against it.
    ///
    /// ```
    /// use tim_offline_push::ext::Ext;
    /// use tim_offline_push::message::{Audience, OfflinePushInfo, Rule, Severity};
    /// use tim_offline_push::vendor::{Vendor, VendorSet};
    ///
    /// let push = OfflinePushInfo::new("denny", "hi").with_ext(Ext::from_text("jump to denny"));
    /// let findings = push.check(&Audience::of(VendorSet::EMPTY.with(Vendor::Oppo)));
    ///
    /// let finding = &findings[0];
    /// assert_eq!((finding.rule(), finding.severity()), (Rule::ExtNotObject, Severity::Error));
    /// assert_eq!(finding.to_string(), "error: ext: OPPO: the ext is no JSON object, and the push does not arrive");
    /// assert_eq!(finding.fix(), "write the ext as a JSON object");
    /// ```
    pub fn check(&self, audience: &Audience) -> Vec<Finding> {
        let mut findings = Vec::new();
        delivery::check(self, audience, &mut findings);
        length::check(self, audience, &mut findings);
        presentation::check(self, audience, &mut findings);
        values::inspect(self, &mut findings);
        findings.retain(|finding| finding.vendor().is_none_or(|vendor| audience.reaches(vendor)));
        findings
    }
}
