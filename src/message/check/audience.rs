use crate::message::Field;
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
pub struct Audience {
    vendors: VendorSet,
    custom_message: bool,
    online_only: bool,
    before_android_8: bool,
    console: Vec<Field>,
    profile: LimitProfile,
    body_bytes: usize,
}

impl Audience {
    /// Every vendor, Android 8 and newer, an ordinary message to everyone, nothing set in the console, and the limits by
    /// which Tencent cuts ([`LimitProfile::Latest`]).
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
    #[must_use]
    pub fn without(mut self, vendor: Vendor) -> Self {
        self.vendors = self.vendors.without(vendor);
        self
    }

    /// The message is a custom one: without a desc it is never pushed (Tencent's Android offline-push document, 2021
    /// edition). Tencent has words of its own for all others.
    #[must_use]
    pub fn with_custom_message(mut self) -> Self {
        self.custom_message = true;
        self
    }

    /// The message goes to users who are online, and to nobody else.
    #[must_use]
    pub fn with_online_only(mut self) -> Self {
        self.online_only = true;
        self
    }

    /// All phones have Android 7 or older, which has no notification channels.
    #[must_use]
    pub fn with_android_before_8(mut self) -> Self {
        self.before_android_8 = true;
        self
    }

    /// The console certificate sets this field (a channel, a category, [`Field::IosMutableContent`]), so that the message
    /// need not.
    #[must_use]
    pub fn with_console(mut self, field: Field) -> Self {
        self.console.push(field);
        self
    }

    /// Which limits count where sources differ.
    #[must_use]
    pub fn with_limits(mut self, profile: LimitProfile) -> Self {
        self.profile = profile;
        self
    }

    /// How many bytes the message has without its push.
    #[must_use]
    pub fn with_body_bytes(mut self, bytes: usize) -> Self {
        self.body_bytes = bytes;
        self
    }

    /// Whether a vendor is among them.
    pub const fn reaches(&self, vendor: Vendor) -> bool {
        self.vendors.contains(vendor)
    }

    pub(super) const fn vendors(&self) -> VendorSet {
        self.vendors
    }

    pub(super) const fn is_custom_message(&self) -> bool {
        self.custom_message
    }

    pub(super) const fn is_online_only(&self) -> bool {
        self.online_only
    }

    pub(super) const fn has_notification_channels(&self) -> bool {
        !self.before_android_8
    }

    pub(super) fn console_sets(&self, field: Field) -> bool {
        self.console.contains(&field)
    }

    pub(super) const fn profile(&self) -> LimitProfile {
        self.profile
    }

    pub(super) const fn body_bytes(&self) -> usize {
        self.body_bytes
    }
}

impl Default for Audience {
    fn default() -> Self {
        Self::everyone()
    }
}
