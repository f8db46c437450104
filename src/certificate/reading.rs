use std::borrow::Cow;

use super::key::{Meaning, Words, is_package, walk};
use super::source_text::{Item, Value, is_script_object, scan};
use super::{
    AppleEnvironment, BusinessId, BusinessIdError, CertificateSlot, Certificates, ConfigError, ConfigFinding,
    ConfigFindingKind,
};
use crate::finding::shown_key;
use crate::vendor::{TokenKind, Vendor, VendorSet};

/// What a configuration file says: the certificates, and what is odd about the rest. Made by
/// [`Certificates::read`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct ConfigReading {
    /// The ids of the app, or of the first one.
    chosen: Block,
    findings: Vec<ConfigFinding>,
    left_out: usize,
    /// The blocks of apps, where there are several: what holds for all, and what each has of its own.
    blocks: Vec<Block>,
}

/// What stands under one app's package in a file with several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Block {
    package: String,
    certificates: Certificates,
    /// Ids for a vendor's development builds, which count where there is no other. Only APNs tells builds
    /// apart.
    development: Certificates,
    /// Ids without a vendor, in the slots of APNs.
    unassigned: Certificates,
}

impl Certificates {
    /// Reads the business ids out of a configuration, whichever of the spellings in use it has:
    ///
    /// - Tencent's `timpush-configs.json` (`huaweiPushBussinessId`, spelt like that), flat or nested at any
    ///   depth, ids as text or as numbers;
    /// - the constants of Tencent's demo (`HW_PUSH_BUZID`, `HW_PUSH_BUZID_ABROAD`), as JSON or as the Java,
    ///   Kotlin, JavaScript or C source that defines them;
    /// - uni-app's `huaweiBusinessID` and the Flutter plugin's `hw_buz_id`;
    /// - the single `businessID` of iOS and HarmonyOS apps: [`ConfigReading::with_unassigned_for`];
    /// - any of these as an Android resource, or in an Apple property list.
    ///
    /// Of the branches of `#if DEBUG` each is for its build: APNs then has an id for each environment, and
    /// for other vendors that of the release counts. Which of the branches of another condition counts is not
    /// known: an id behind an `else` cannot be judged where there is another one before it.
    ///
    /// Unknown keys are findings, never errors. A file with blocks for several apps gives the ids of the
    /// first that has a package: [`ConfigReading::with_package`].
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
        let is_json = text.trim_start().starts_with(['{', '[']) && !is_script_object(text);
        let mut reader = Reader { is_json, ..Reader::default() };
        if text.trim_start().is_empty() {
            return Err(ConfigError::Empty);
        } else if is_json {
            walk(text, &mut |item| reader.take(item))?;
            if !reader.entered {
                return Err(ConfigError::NoMember);
            }
        } else if !scan(text, &mut |item| reader.take(item)) && !reader.has_expression {
            return Err(ConfigError::NoKeys);
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
        &self.chosen.certificates
    }

    /// The business ids, without the findings.
    pub fn into_certificates(self) -> Certificates {
        self.chosen.certificates
    }

    /// What is odd, the gravest first.
    pub fn findings(&self) -> &[ConfigFinding] {
        &self.findings
    }

    /// How many findings there were beyond [`ConfigReading::MAX_FINDINGS`].
    pub const fn findings_left_out(&self) -> usize {
        self.left_out
    }

    /// The packages of the apps for which the file has blocks of their own.
    pub fn packages(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().map(|block| block.package.as_str()).filter(|package| !package.is_empty())
    }

    /// With the ids of this app, where the file has blocks for several. The ids stay as they are if there is
    /// none for it.
    ///
    /// ```
    /// use tim_offline_push::certificate::{BusinessId, Certificates};
    ///
    /// let text = r#"{"": {"huaweiPushBussinessId": 1}, "com.example.im": {"huaweiPushBussinessId": 30206}}"#;
    /// let reading = Certificates::read(text)?.with_package("com.example.im");
    /// assert_eq!(reading.certificates().iter().map(|(_, id)| id).collect::<Vec<_>>(), [BusinessId::new(30206)?]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_package(mut self, package: &str) -> Self {
        if let Some(block) = self.blocks.iter().find(|block| block.package == package) {
            self.chosen = block.clone();
        }
        self
    }

    /// The id that the file gives without a vendor; of several the one for production.
    pub fn unassigned(&self) -> Option<BusinessId> {
        self.chosen.unassigned.iter().min_by_key(|(slot, _)| is_development(*slot)).map(|(_, id)| id)
    }

    /// With the id that the file gives without a vendor taken for `vendor`'s, as only the app knows whose it
    /// is. An id that names the vendor goes before it.
    ///
    /// ```
    /// use tim_offline_push::certificate::Certificates;
    /// use tim_offline_push::vendor::Vendor;
    ///
    /// let reading = Certificates::read(r#"{"businessID": 30301}"#)?.with_unassigned_for(Vendor::Apns);
    /// assert_eq!(reading.certificates().vendors().collect::<Vec<_>>(), [Vendor::Apns]);
    /// # Ok::<(), tim_offline_push::certificate::ConfigError>(())
    /// ```
    pub fn with_unassigned_for(mut self, vendor: Vendor) -> Self {
        let mut unassigned: Vec<_> = std::mem::take(&mut self.chosen.unassigned).iter().collect();
        unassigned.sort_by_key(|(slot, _)| is_development(*slot));
        let certificates = &mut self.chosen.certificates;
        let is_its = |slot: CertificateSlot| slot.vendor == vendor && slot.kind == TokenKind::Standard;
        let is_named = certificates.iter().any(|(slot, _)| is_its(slot));
        certificates.fill(unassigned.into_iter().filter(|_| !is_named).map(|(slot, id)| {
            let environment = slot.environment.filter(|_| vendor == Vendor::Apns);
            (CertificateSlot { vendor, environment, ..slot }, id)
        }));
        self.findings.retain(|finding| finding.kind != ConfigFindingKind::Unassigned);
        self
    }
}

fn is_development(slot: CertificateSlot) -> bool {
    slot.environment == Some(AppleEnvironment::Development)
}

#[derive(Default)]
struct Reader {
    reading: ConfigReading,
    /// What the names of the open objects say, each together with those around it.
    objects: Vec<Words>,
    /// Vendors whose id has a key, configured or not.
    seen: VendorSet,
    /// Vendors and keys of which a client call needs the value, each once.
    client: Vec<(Vendor, &'static str)>,
    is_json: bool,
    /// Whether any object was entered.
    entered: bool,
    /// Whether any id is an expression.
    has_expression: bool,
    /// The blocks of apps, the one that is open last, and the depth at which that began.
    blocks: Vec<Block>,
    open_at: Option<usize>,
    /// What stands outside of any block, and holds for all.
    shared: Block,
}

impl Reader {
    fn take(&mut self, item: Item<'_>) {
        match item {
            Item::Enter(name) => self.enter(name),
            Item::Value(name, value) => self.value(name, value, false),
            Item::Alternative(name, value) => self.value(name, value, true),
            Item::Leave => {
                drop(self.objects.pop());
                self.open_at = self.open_at.filter(|depth| *depth != self.objects.len());
            }
        }
    }

    fn enter(&mut self, name: &str) {
        let depth = self.objects.len();
        self.entered = true;
        let is_package = is_package(name);
        // In source code an object without a name is nothing in particular.
        if self.open_at.is_none() && (is_package || (self.is_json && name.is_empty() && depth > 0)) {
            self.open_at = Some(depth);
            self.blocks.push(Block { package: name.to_owned(), ..Block::default() });
        }
        let words = self.words(if is_package { "" } else { name });
        self.objects.push(words);
    }

    fn value(&mut self, name: &str, value: Value<'_>, is_alternative: bool) {
        let words = self.words(name);
        let is_empty = matches!(value, Value::Text("") | Value::Null);
        let is_expression = matches!(value, Value::Expression);
        match words.meaning() {
            Meaning::Id => self.id(name, &words, value, is_alternative),
            Meaning::Client(vendor, key) if !is_empty && !self.client.contains(&(vendor, key)) => {
                self.client.push((vendor, key));
            }
            Meaning::Secret if !is_empty && !is_expression => {
                self.find(ConfigFindingKind::ServerSecret, name, words.vendor);
            }
            // Source code has names of all sorts with values that are none.
            Meaning::Unknown if !is_expression => self.find(ConfigFindingKind::Unknown, name, None),
            Meaning::Client(..) | Meaning::Secret | Meaning::Neutral | Meaning::Unknown => {}
        }
    }

    fn id(&mut self, name: &str, words: &Words, value: Value<'_>, is_alternative: bool) {
        let Words { vendor, kind, environment, market, .. } = *words;
        self.seen = vendor.map_or(self.seen, |vendor| self.seen.with(vendor));
        self.has_expression |= matches!(value, Value::Expression);
        let id = match id(value) {
            Ok(id) => id,
            Err(kind) => return self.find(kind, name, vendor),
        };
        if vendor.is_some_and(|vendor| vendor != Vendor::Apns) && kind != TokenKind::Standard {
            return self.find(ConfigFindingKind::Unknown, name, vendor);
        }
        let slot = CertificateSlot { vendor: vendor.unwrap_or(Vendor::Apns), kind, environment, market };
        let block = self.block();
        let ids = match vendor {
            None => &mut block.unassigned,
            Some(vendor) if vendor != Vendor::Apns && is_development(slot) => &mut block.development,
            Some(_) => &mut block.certificates,
        };
        let environment = environment.filter(|_| slot.vendor == Vendor::Apns);
        let slot = CertificateSlot { environment, ..slot };
        if is_alternative && ids.iter().any(|(known, other)| known == slot && other != id) {
            return self.find(ConfigFindingKind::Expression, name, vendor);
        }
        let earlier = ids.insert(slot, id);
        let is_conflict = earlier.is_some_and(|earlier| earlier != id);
        if vendor.is_none() && (is_conflict || block.unassigned.iter().count() == 1) {
            self.find(ConfigFindingKind::Unassigned, name, None);
        }
        if is_conflict {
            self.find(ConfigFindingKind::Conflict, name, vendor);
        }
    }

    fn words(&self, name: &str) -> Words {
        self.objects.last().map_or_else(|| Words::of(name), |outer| outer.around(Words::of(name)))
    }

    /// Where an id goes: into the open block, or to what holds for all.
    fn block(&mut self) -> &mut Block {
        let open = self.blocks.last_mut().filter(|_| self.open_at.is_some());
        open.unwrap_or(&mut self.shared)
    }

    /// Gives the reading the ids of the first block that has a package, else of the first.
    fn choose_block(&mut self) {
        let mut blocks = std::mem::take(&mut self.blocks);
        for block in blocks.iter_mut().chain([&mut self.shared]) {
            block.certificates.fill(block.development.iter());
        }
        blocks.retain(|block| !block.certificates.is_empty() || !block.unassigned.is_empty());
        let chosen = blocks.iter().position(|block| !block.package.is_empty()).unwrap_or_default();
        for (index, block) in blocks.iter_mut().enumerate() {
            if index != chosen {
                self.find(ConfigFindingKind::SecondBlock, &block.package, None);
            }
            block.certificates.fill(self.shared.certificates.iter());
            block.unassigned.fill(self.shared.unassigned.iter());
        }
        self.reading.chosen = blocks.get(chosen).unwrap_or(&self.shared).clone();
        self.reading.blocks = blocks;
    }

    fn find(&mut self, kind: ConfigFindingKind, key: &str, vendor: Option<Vendor>) {
        let findings = &mut self.reading.findings;
        if findings.len() >= ConfigReading::MAX_FINDINGS {
            self.reading.left_out = self.reading.left_out.saturating_add(1);
            // A secret is reported however many other findings there are.
            let is_secret = kind == ConfigFindingKind::ServerSecret;
            let unknown = |finding: &ConfigFinding| finding.kind == ConfigFindingKind::Unknown;
            match findings.iter().rposition(unknown).filter(|_| is_secret) {
                Some(index) => drop(findings.remove(index)),
                None => return,
            }
        }
        // What names nothing known may be a secret itself.
        let key = if kind == ConfigFindingKind::Unknown { shown_key(key) } else { Cow::Borrowed(key) };
        let key = key.chars().take(ConfigReading::MAX_KEY_CHARS).collect();
        // The gravest first.
        let at = findings.partition_point(|known| known.kind <= kind);
        findings.insert(at, ConfigFinding { kind, key, vendor });
    }

    fn finish(mut self) -> ConfigReading {
        self.choose_block();
        for (vendor, companions) in EXPECTED {
            let name = |end| format!("{}Push{end}", vendor.as_str().to_ascii_lowercase());
            if !self.seen.contains(vendor) {
                self.find(ConfigFindingKind::Missing, &name("BussinessId"), Some(vendor));
            }
            let configured = self.reading.certificates().vendors().any(|known| known == vendor);
            for key in companions.iter().filter(|_| configured) {
                if !self.client.contains(&(vendor, key)) {
                    self.find(ConfigFindingKind::Missing, &name(key), Some(vendor));
                }
            }
        }
        self.reading
    }
}

/// The vendors of Tencent's `timpush-configs.json`, with the ends of the keys that a client call needs beside
/// the id. Source: TIMPush 8.5.6865 and <https://cloud.tencent.com/document/product/269/103769>, read
/// 2026-11-22.
const EXPECTED: [(Vendor, &[&str]); 7] = [
    (Vendor::Huawei, &[]),
    (Vendor::Xiaomi, &["AppId", "AppKey"]),
    (Vendor::Meizu, &["AppId", "AppKey"]),
    (Vendor::Vivo, &[]),
    (Vendor::Oppo, &["AppKey", "AppSecret"]),
    (Vendor::Honor, &[]),
    (Vendor::Fcm, &[]),
];

/// The id, or what is found instead of one.
fn id(value: Value<'_>) -> Result<BusinessId, ConfigFindingKind> {
    let id = match value {
        Value::Expression => return Err(ConfigFindingKind::Expression),
        Value::Null => Err(BusinessIdError::Zero),
        Value::Text(text) if text.trim().is_empty() => Err(BusinessIdError::Zero),
        Value::Text(text) => text.parse(),
        Value::Natural(number) => {
            u32::try_from(number).map_err(|_| BusinessIdError::NotANumber).and_then(BusinessId::new)
        }
        Value::Other => Err(BusinessIdError::NotANumber),
    };
    id.map_err(|error| match error {
        BusinessIdError::Zero => ConfigFindingKind::NotConfigured,
        BusinessIdError::NotANumber => ConfigFindingKind::InvalidId,
    })
}
