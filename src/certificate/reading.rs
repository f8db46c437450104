use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::json::{Sink, Value, walk};
use super::key::{ClientKey, Meaning, Words};
use super::source_text::{is_script_object, scan};
use super::{BusinessId, CertificateSlot, Certificates, ConfigError, Market};
use crate::vendor::{TokenKind, Vendor};

/// What a configuration file says: the certificates, and what is odd about the rest. Made by [`Certificates::read`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigReading {
    certificates: Certificates,
    unassigned: Option<(BusinessId, Market)>,
    findings: Vec<ConfigFinding>,
    left_out: usize,
}

/// Something about a configuration file that its owner should know. It names the key, never the value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct ConfigFinding {
    /// What it is.
    pub kind: ConfigFindingKind,
    /// The key as the file spells it, cut off after [`ConfigReading::MAX_KEY_CHARS`] characters. For
    /// [`ConfigFindingKind::Missing`] it is the name in Tencent's `timpush-configs.json`.
    pub key: String,
    /// Whose it is, if that is known.
    pub vendor: Option<Vendor>,
}

/// What a [`ConfigFinding`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConfigFindingKind {
    /// A secret that belongs to a server, in a file that ships with the app. Whoever has the app has it.
    ServerSecret,
    /// An id that is no number from 1 to 4294967295.
    InvalidId,
    /// The same id stands there twice with different values; the last one counts.
    Conflict,
    /// An id without a vendor (`businessID`, as iOS and HarmonyOS apps have it): see
    /// [`ConfigReading::with_unassigned_for`].
    Unassigned,
    /// An id that is 0 or empty: the vendor is not configured.
    NotConfigured,
    /// A key that is not there.
    Missing,
    /// A key that means nothing here.
    Unknown,
}

impl fmt::Display for ConfigFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = &self.key;
        match self.kind {
            ConfigFindingKind::ServerSecret => {
                write!(
                    f,
                    "{key}: a secret of the server; remove it from the app and have the vendor issue another"
                )
            }
            ConfigFindingKind::InvalidId => {
                write!(f, "{key}: not a business id, which is a number from 1 to 4294967295")
            }
            ConfigFindingKind::Conflict => {
                write!(f, "{key}: stands there twice with different values; the last counts")
            }
            ConfigFindingKind::Unassigned => {
                write!(f, "{key}: does not say whether it is APNs' or HarmonyOS's")
            }
            ConfigFindingKind::NotConfigured => {
                write!(f, "{key}: 0 or empty, so the channel is not configured")
            }
            ConfigFindingKind::Missing => write!(f, "{key}: missing"),
            ConfigFindingKind::Unknown => write!(f, "{key}: unknown"),
        }
    }
}

impl Certificates {
    /// Reads the business ids out of a configuration, whichever of the spellings in use it has:
    ///
    /// - Tencent's `timpush-configs.json` (`huaweiPushBussinessId`, spelt like that), flat or nested at any depth,
    ///   ids as text or as numbers;
    /// - the constants of Tencent's demo (`HW_PUSH_BUZID`, `HW_PUSH_BUZID_ABROAD`), as JSON or as the Java, Kotlin,
    ///   JavaScript or C source that defines them;
    /// - uni-app's `huaweiBusinessID` and the Flutter plugin's `hw_buz_id`;
    /// - the single `businessID` of iOS and HarmonyOS apps: [`ConfigReading::with_unassigned_for`].
    ///
    /// Unknown keys are findings, never errors.
    ///
    /// # Errors
    /// [`ConfigError`], with line and column where it is JSON that fails.
    ///
    /// ```
    /// use tim_offline_push::certificate::{AppleEnvironment, Certificates, ConfigFindingKind, Market};
    /// use tim_offline_push::vendor::{TokenKind, Vendor};
    ///
    /// let reading = Certificates::read(
    ///     r#"{"version": "1.0", "config": {"huaweiPushBussinessId": "30206", "xiaomiPushAppSecret": "x"}}"#,
    /// )?;
    /// assert_eq!(reading.certificates().vendors().collect::<Vec<_>>(), [Vendor::Huawei]);
    /// let secrets = reading.findings().iter().filter(|finding| finding.kind == ConfigFindingKind::ServerSecret);
    /// assert_eq!(secrets.map(|finding| finding.key.as_str()).collect::<Vec<_>>(), ["xiaomiPushAppSecret"]);
    /// # Ok::<(), tim_offline_push::certificate::ConfigError>(())
    /// ```
    pub fn read(text: &str) -> Result<ConfigReading, ConfigError> {
        if text.len() > ConfigReading::MAX_BYTES {
            return Err(ConfigError::TooLong { bytes: text.len() });
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader::default();
        match text.trim_start().chars().next() {
            None => return Err(ConfigError::Empty),
            Some('{' | '[') if !is_script_object(text) => walk(text, &mut reader)?,
            Some(_) => {
                if !scan(text, &mut reader) {
                    return Err(ConfigError::NoKeys);
                }
            }
        }
        Ok(reader.finish())
    }
}

impl ConfigReading {
    /// The longest text that is read, in bytes.
    pub const MAX_BYTES: usize = 1 << 20;

    /// The deepest nesting of objects and arrays that is read.
    pub const MAX_DEPTH: usize = 32;

    /// The most findings that are kept.
    pub const MAX_FINDINGS: usize = 256;

    /// The longest key that a finding shows, in characters.
    pub const MAX_KEY_CHARS: usize = 64;

    /// The business ids.
    pub const fn certificates(&self) -> &Certificates {
        &self.certificates
    }

    /// The business ids, without the findings.
    pub fn into_certificates(self) -> Certificates {
        self.certificates
    }

    /// What is odd, the gravest first.
    pub fn findings(&self) -> &[ConfigFinding] {
        &self.findings
    }

    /// How many findings there were beyond [`ConfigReading::MAX_FINDINGS`].
    pub const fn findings_left_out(&self) -> usize {
        self.left_out
    }

    /// The id that the file gives without a vendor.
    pub fn unassigned(&self) -> Option<BusinessId> {
        self.unassigned.map(|(id, _)| id)
    }

    /// With the id that the file gives without a vendor taken for `vendor`'s, as only the app knows whose it is. An
    /// id that names the vendor goes before it.
    ///
    /// ```
    /// use tim_offline_push::certificate::Certificates;
    /// use tim_offline_push::vendor::Vendor;
    ///
    /// let reading = Certificates::read(r#"{"businessID": 30301}"#)?.with_unassigned_for(Vendor::Apns);
    /// assert_eq!(reading.certificates().vendors().collect::<Vec<_>>(), [Vendor::Apns]);
    /// # Ok::<(), tim_offline_push::certificate::ConfigError>(())
    /// ```
    #[must_use]
    pub fn with_unassigned_for(mut self, vendor: Vendor) -> Self {
        if let Some((id, market)) = self.unassigned.take() {
            let slot = CertificateSlot::of(vendor).with_market(market);
            if !self.certificates.iter().any(|(known, _)| known == slot) {
                self.certificates.insert(slot, id);
            }
            self.findings.retain(|finding| finding.kind != ConfigFindingKind::Unassigned);
        }
        self
    }
}

#[derive(Default)]
struct Reader {
    reading: ConfigReading,
    /// What the names of the open objects say, each together with those around it.
    objects: Vec<Words>,
    /// Vendors whose id has a key, configured or not.
    seen: BTreeSet<Vendor>,
    client: BTreeSet<(Vendor, ClientKey)>,
}

impl Sink for Reader {
    fn enter(&mut self, name: &str) {
        let words = self.words(name);
        self.objects.push(words);
    }

    fn value(&mut self, name: &str, value: Value<'_>) {
        let words = self.words(name);
        match Meaning::of(&words) {
            Meaning::Id { vendor, kind, environment, market } => {
                self.seen.extend(vendor);
                let id = match id(value) {
                    Ok(Some(id)) => id,
                    Ok(None) => return self.find(ConfigFindingKind::NotConfigured, name, vendor),
                    Err(NotAnId) => return self.find(ConfigFindingKind::InvalidId, name, vendor),
                };
                let earlier = match vendor {
                    Some(Vendor::Apns) => {
                        let slot = CertificateSlot::of(Vendor::Apns).with_market(market);
                        let slot = slot.of_kind(kind).in_environment(environment);
                        self.reading.certificates.insert(slot, id)
                    }
                    Some(vendor) if kind == TokenKind::Standard => {
                        self.reading.certificates.insert(CertificateSlot::of(vendor).with_market(market), id)
                    }
                    Some(_) => return self.find(ConfigFindingKind::Unknown, name, vendor),
                    None => {
                        self.find(ConfigFindingKind::Unassigned, name, None);
                        self.reading.unassigned.replace((id, market)).map(|(earlier, _)| earlier)
                    }
                };
                if earlier.is_some_and(|earlier| earlier != id) {
                    self.find(ConfigFindingKind::Conflict, name, vendor);
                }
            }
            Meaning::Secret(vendor) => {
                let kind = match value {
                    Value::Text("") | Value::Null => ConfigFindingKind::Unknown,
                    Value::Text(_) | Value::Natural(_) | Value::Other => ConfigFindingKind::ServerSecret,
                };
                self.find(kind, name, vendor);
            }
            Meaning::Client(vendor, key) => {
                if !matches!(value, Value::Text("") | Value::Null) {
                    self.client.insert((vendor, key));
                }
            }
            Meaning::Neutral => {}
            Meaning::Unknown => self.find(ConfigFindingKind::Unknown, name, None),
        }
    }

    fn leave(&mut self) {
        drop(self.objects.pop());
    }
}

impl Reader {
    fn words(&self, name: &str) -> Words {
        let words = Words::of(name);
        match self.objects.last() {
            Some(outer) => outer.around(words),
            None => words,
        }
    }

    fn find(&mut self, kind: ConfigFindingKind, key: &str, vendor: Option<Vendor>) {
        // A secret is told of however many other findings there are.
        let full = self.reading.findings.len() >= ConfigReading::MAX_FINDINGS;
        if full && kind != ConfigFindingKind::ServerSecret {
            self.reading.left_out = self.reading.left_out.saturating_add(1);
            return;
        }
        if full {
            let last_unknown =
                self.reading.findings.iter().rposition(|finding| finding.kind == ConfigFindingKind::Unknown);
            self.reading.left_out = self.reading.left_out.saturating_add(1);
            match last_unknown {
                Some(index) => drop(self.reading.findings.remove(index)),
                None => return,
            }
        }
        let key = key.chars().take(ConfigReading::MAX_KEY_CHARS).collect();
        self.reading.findings.push(ConfigFinding { kind, key, vendor });
    }

    fn finish(mut self) -> ConfigReading {
        for (vendor, name, companions) in EXPECTED {
            if !self.seen.contains(&vendor) {
                self.find(ConfigFindingKind::Missing, name, Some(vendor));
            }
            let configured = self.reading.certificates.vendors().any(|known| known == vendor);
            for (key, name) in companions.iter().filter(|_| configured) {
                if !self.client.contains(&(vendor, *key)) {
                    self.find(ConfigFindingKind::Missing, name, Some(vendor));
                }
            }
        }
        self.reading.findings.sort_by_key(|finding| finding.kind);
        self.reading
    }
}

/// The keys of Tencent's `timpush-configs.json`. Source: TIMPush 8.5.6865 and
/// <https://cloud.tencent.com/document/product/269/103769>, read 2026-11-22.
const EXPECTED: [(Vendor, &str, &[Companion]); 7] = [
    (Vendor::Huawei, "huaweiPushBussinessId", &[]),
    (
        Vendor::Xiaomi,
        "xiaomiPushBussinessId",
        &[(ClientKey::AppId, "xiaomiPushAppId"), (ClientKey::AppKey, "xiaomiPushAppKey")],
    ),
    (
        Vendor::Meizu,
        "meizuPushBussinessId",
        &[(ClientKey::AppId, "meizuPushAppId"), (ClientKey::AppKey, "meizuPushAppKey")],
    ),
    (Vendor::Vivo, "vivoPushBussinessId", &[]),
    (
        Vendor::Oppo,
        "oppoPushBussinessId",
        &[(ClientKey::AppKey, "oppoPushAppKey"), (ClientKey::AppSecret, "oppoPushAppSecret")],
    ),
    (Vendor::Honor, "honorPushBussinessId", &[]),
    (Vendor::Fcm, "fcmPushBussinessId", &[]),
];

/// A key that a vendor's client call needs beside the id, with its name.
type Companion = (ClientKey, &'static str);

struct NotAnId;

/// The id, or `None` for *not configured*.
fn id(value: Value<'_>) -> Result<Option<BusinessId>, NotAnId> {
    let number = match value {
        Value::Null | Value::Text("") => return Ok(None),
        Value::Natural(number) => number,
        Value::Text(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().map_err(|_| NotAnId)?
        }
        Value::Text(_) | Value::Other => return Err(NotAnId),
    };
    Ok(BusinessId::new(u32::try_from(number).map_err(|_| NotAnId)?).ok())
}
