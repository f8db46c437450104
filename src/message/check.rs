//! Who may receive a push, whether it arrives there, how it looks and sounds, and how often it may.

use std::borrow::Cow;

use super::wire::WHOLE;
use super::{Field, InterruptionLevel, OfflinePushInfo};
use super::{check_values, rules};
use crate::finding::{Finding, Severity};
use crate::json::{Json, JsonWriter};
use crate::vendor::{LimitProfile, Vendor, VendorSet};

/// Who may receive a push, and what is known about the message and the console.
///
/// ```
/// use tim_offline_push::message::{Audience, Field};
/// use tim_offline_push::vendor::Vendor;
///
/// let audience = Audience::everyone()
///     .without(Vendor::Meizu)
///     .with_custom_message()
///     .with_console(Field::OppoChannel);
/// assert!(!audience.reaches(Vendor::Meizu));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Audience {
    pub(super) vendors: VendorSet,
    custom_message: bool,
    online_only: bool,
    before_android_8: bool,
    console: Vec<Field>,
    pub(super) profile: LimitProfile,
    pub(super) body_bytes: usize,
}

impl Audience {
    /// Every vendor, Android 8 and newer, an ordinary message to everyone, nothing set in the console, and
    /// the limits by which Tencent cuts ([`LimitProfile::Latest`]).
    pub const fn everyone() -> Self {
        Self::of(VendorSet::ALL)
    }

    /// These vendors only, the rest as for [`Audience::everyone`].
    pub const fn of(vendors: VendorSet) -> Self {
        Self {
            vendors,
            custom_message: false,
            online_only: false,
            before_android_8: false,
            console: Vec::new(),
            profile: LimitProfile::Latest,
            body_bytes: 0,
        }
    }

    /// Without a vendor.
    pub fn without(self, vendor: Vendor) -> Self {
        Self { vendors: self.vendors.without(vendor), ..self }
    }

    /// The message is a custom one: without a desc it is never pushed (Tencent's Android offline-push
    /// document, 2021 edition). Tencent has words of its own for all others.
    pub fn with_custom_message(self) -> Self {
        Self { custom_message: true, ..self }
    }

    /// The message goes to users who are online, and to nobody else.
    pub fn with_online_only(self) -> Self {
        Self { online_only: true, ..self }
    }

    /// All phones have Android 7 or older, which has no notification channels.
    pub fn with_android_before_8(self) -> Self {
        Self { before_android_8: true, ..self }
    }

    /// The console certificate sets this field (a channel, a category, [`Field::IosMutableContent`]), so that
    /// the message need not.
    pub fn with_console(mut self, field: Field) -> Self {
        self.console.push(field);
        self
    }

    /// Which limits count where sources differ.
    pub fn with_limits(self, profile: LimitProfile) -> Self {
        Self { profile, ..self }
    }

    /// How many bytes the message has without its push.
    pub fn with_body_bytes(self, bytes: usize) -> Self {
        Self { body_bytes: bytes, ..self }
    }

    /// Whether a vendor is among them.
    pub const fn reaches(&self, vendor: Vendor) -> bool {
        self.vendors.contains(vendor)
    }
}

impl OfflinePushInfo {
    /// Lists what would go wrong for this audience: what never arrives, what is cut and where, what a vendor
    /// ignores, and what costs quota. An empty list means that no problem is known.
    ///
    /// ```
    /// use tim_offline_push::ext::Ext;
    /// use tim_offline_push::finding::Severity;
    /// use tim_offline_push::message::{Audience, OfflinePushInfo};
    /// use tim_offline_push::vendor::{Vendor, VendorSet};
    ///
    /// let push = OfflinePushInfo::new("denny", "hi").with_ext(Ext::from_text("jump to denny"));
    /// let findings = push.check(&Audience::of(VendorSet::EMPTY.with(Vendor::Oppo)));
    ///
    /// let finding = &findings[0];
    /// assert_eq!((finding.rule().id(), finding.severity()), ("push-ext-not-object", Severity::Error));
    /// assert_eq!((finding.place(), finding.vendor()), ("ext", Some(Vendor::Oppo)));
    /// assert_eq!(finding.fix(), "write the ext as a JSON object");
    /// ```
    pub fn check(&self, audience: &Audience) -> Vec<Finding> {
        let mut check = Check { push: self, audience, findings: Vec::new() };
        check.delivery();
        check_values::lengths(&mut check);
        check.presentation();
        let mut findings = check.findings;
        check_values::inspect(self, &mut findings);
        // The rules look at every vendor.
        findings.retain(|finding| finding.vendor().is_none_or(|vendor| audience.reaches(vendor)));
        findings
    }
}

/// A check under way.
pub(super) struct Check<'a> {
    pub(super) push: &'a OfflinePushInfo,
    pub(super) audience: &'a Audience,
    findings: Vec<Finding>,
}

impl Check<'_> {
    pub(super) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn add_if(&mut self, holds: bool, finding: Finding) {
        self.findings.extend(holds.then_some(finding));
    }

    /// Whether neither the push nor the console sets the field.
    fn lacks(&self, field: Field) -> bool {
        !self.push.has(field) && !self.audience.console.contains(&field)
    }

    fn delivery(&mut self) {
        let online = "the message is sent to online users only and is never pushed";
        self.add_if(self.audience.online_only, rules::ONLINE_ONLY.at(WHOLE, online));
        let disabled = rules::PUSH_DISABLED.at(Field::PushFlag, "push is disabled for this message");
        self.add_if(self.push.is_push_disabled(), disabled);
        self.words();
        self.ext();
        if !self.audience.before_android_8 {
            self.channels();
        }
        self.xiaomi_template();
    }

    /// Xiaomi takes a private message only with a template. Whether a channel is private, only Xiaomi's
    /// console knows.
    fn xiaomi_template(&mut self) {
        let is_sent = self.push.has(Field::XiaomiChannel) && !self.push.is_push_disabled();
        let cause =
            "no template id: a private message needs one beside its channel; a public channel needs none";
        let missing = rules::rule("push-template-missing").at(Field::TemplateId, cause).on(Vendor::Xiaomi);
        self.add_if(is_sent && self.lacks(Field::TemplateId), missing);
        let params = self.push.vendor_params.fields.json(Field::TemplateParam);
        let Some(variables) = params.and_then(Json::as_object) else { return };
        let any = |is_wrong: fn(&str) -> bool| variables.iter().any(|(_, value)| is_wrong(&shown(value)));
        let cause = if variables.len() > 9 {
            "more than 9 variables"
        } else if any(|text| !(1..=128).contains(&text.chars().count())) {
            "a variable is not of 1 to 128 characters"
        } else if any(|text| text.chars().any(is_emoji)) {
            "a variable holds an emoji"
        } else {
            return;
        };
        self.add(rules::rule("push-template-params").at(Field::TemplateParam, cause).on(Vendor::Xiaomi));
    }

    fn words(&mut self) {
        if self.push.has(Field::Desc) {
            return;
        }
        let titles = [Field::Title, Field::IosTitle, Field::AndroidTitle, Field::HarmonyTitle];
        let mut speaking = titles.into_iter().chain([Field::TemplateId, Field::MultiLanguage]);
        let only_wakes =
            self.push.has(Field::IosBackground) || self.push.number(Field::IosPushType) == Some(1);
        let is_silent = !speaking.any(|field| self.push.has(field)) && !only_wakes;
        let is_custom = self.audience.custom_message;
        let cause = "empty: a custom message without it is never pushed";
        self.add_if(is_custom, rules::CUSTOM_WITHOUT_DESC.at(Field::Desc, cause));
        let cause = "title and desc are empty: Tencent chooses the text that is shown";
        self.add_if(is_silent && !is_custom, rules::rule("push-nothing-to-show").at(WHOLE, cause));
    }

    fn ext(&mut self) {
        let ext = &self.push.ext;
        if ext.is_empty() {
            return;
        }
        let not_text = rules::EXT_NOT_TEXT.at(Field::Ext, "not UTF-8 text, which every form requires");
        self.add_if(ext.text().is_none(), not_text);
        if let Some((_, encoding)) = ext.unwrapped() {
            let cause = format!("{encoding}, where the object itself is expected");
            self.add(rules::rule("push-ext-encoded").at(Field::Ext, cause));
        }
        let cause = "the ext is not a JSON object, so the push does not arrive";
        self.add_if(!ext.is_json_object(), rules::EXT_NOT_OBJECT.at(Field::Ext, cause).on(Vendor::Oppo));
    }

    /// Android 8 and newer shows nothing without a notification channel where the vendor asks for one.
    fn channels(&mut self) {
        let nothing = "no notification channel: Android 8 and newer shows nothing";
        let fcm =
            "no notification channel: FCM uses one on Android 8 and newer, and plays a sound only with one";
        for (vendor, field, cause, severity, source) in [
            (
                Vendor::Oppo,
                Field::OppoChannel,
                nothing,
                Severity::Error,
                rules::CHANNEL_MISSING.rule().source(),
            ),
            (Vendor::Xiaomi, Field::XiaomiChannel, nothing, Severity::Error, rules::REST_2026),
            (Vendor::Fcm, Field::FcmChannel, fcm, Severity::Warning, rules::HEADER),
        ] {
            let finding = rules::CHANNEL_MISSING.at(field, cause).on(vendor);
            self.add_if(self.lacks(field), finding.rated(severity).because(source));
        }
    }

    fn presentation(&mut self) {
        if !self.push.is_push_disabled() {
            self.classes();
        }
        if self.push.has(Field::AndroidSound) {
            self.sound();
        }
        self.ios();
    }

    /// Without a message class the vendors count a push as marketing, of which they let little through.
    fn classes(&mut self) {
        let marketing = "no message class: it counts as marketing, 2 a day (news apps 5)";
        let vivo = "no message class: Tencent lists a quota of 20x for system messages, of 2x to 3x for operation messages";
        let oppo = "no message class: it counts as content and marketing, 2 a day (news apps 5)";
        for (vendor, field, cause) in [
            (Vendor::Huawei, Field::HuaweiCategory, marketing),
            (Vendor::Honor, Field::HonorImportance, marketing),
            (Vendor::Vivo, Field::VivoCategory, vivo),
            (Vendor::Oppo, Field::OppoCategory, oppo),
        ] {
            self.add_if(self.lacks(field), rules::rule("push-category-missing").at(field, cause).on(vendor));
        }
    }

    fn sound(&mut self) {
        for vendor in self.audience.vendors.iter() {
            let cause = match vendor {
                Vendor::Xiaomi => "takes the sound of its notification channel, not this one",
                Vendor::Honor | Vendor::Oppo | Vendor::Vivo | Vendor::Meizu => "ignores the sound",
                Vendor::Fcm if !self.audience.before_android_8 && self.lacks(Field::FcmChannel) => {
                    "plays the sound on Android 8 and newer only with a notification channel"
                }
                Vendor::Fcm | Vendor::Huawei | Vendor::Apns | Vendor::HarmonyOs => continue,
            };
            self.add(rules::rule("push-sound-ignored").at(Field::AndroidSound, cause).on(vendor));
        }
    }

    fn ios(&mut self) {
        let is_mutable = self.push.number(Field::IosMutableContent) == Some(1)
            || self.audience.console.contains(&Field::IosMutableContent);
        let cause = if is_mutable {
            "shown only by an app with a notification service extension"
        } else {
            "shown only by an app with a notification service extension, and with mutable-content switched on"
        };
        let needs_extension = rules::IMAGE_NEEDS_EXTENSION.at(Field::IosImage, cause).on(Vendor::Apns);
        self.add_if(self.push.has(Field::IosImage), needs_extension);
        let level = self.push.text(Field::IosInterruptionLevel);
        for (own, cause) in [
            (
                InterruptionLevel::TimeSensitive,
                "the app needs the entitlement for time-sensitive notifications",
            ),
            (InterruptionLevel::Critical, "the app needs Apple's approval for critical alerts"),
        ] {
            let finding = rules::LEVEL_NEEDS_APPROVAL.at(Field::IosInterruptionLevel, cause).on(Vendor::Apns);
            self.add_if(level == Some(own.as_str()), finding);
        }
    }
}

fn shown(value: &Json) -> Cow<'_, str> {
    if let Json::Text(text) = value { text.as_ref().into() } else { JsonWriter::text_of(value).into() }
}

/// Whether the character is shown as an emoji: pictographs, symbols, flags and the selector that asks for
/// one.
const fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{fe0f}' | '\u{20e3}')
}
