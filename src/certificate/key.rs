//! The names in a configuration and what they stand for, and the values under them, in whatever form it is
//! written.

use super::source_text::{Item, Value, scan};
use super::{AppleEnvironment, ConfigError, ConfigReading, Market};
use crate::json::{Json, JsonError, Limits, read};
use crate::vendor::{TokenKind, Vendor, WordList};

/// What a name in a configuration stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A business id.
    Id,
    /// A key that the vendor's client needs, as it ends in `timpush-configs.json`; empty for what else its
    /// SDK reads.
    Client(Vendor, &'static str),
    /// A secret that must not leave the server.
    Secret,
    /// Known, and not needed here.
    Neutral,
    Unknown,
}

/// A name taken apart. Letter case, underscores and hyphens do not count, so that `huaweiPushBussinessId`,
/// `HW_PUSH_BUZID`, `hw_buz_id` and `huaweiBusinessID` are one.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// `None`: the name does not say whose it is.
    pub(super) vendor: Option<Vendor>,
    pub(super) kind: TokenKind,
    pub(super) environment: Option<AppleEnvironment>,
    pub(super) market: Market,
    rest: String,
}

/// What a business id is called.
const ID_WORDS: WordList = WordList("buzid busiid buzzid bizid businessid bussinessid certificateid certid");

/// Names of vendors as they begin a key, in lower case without separators; of one vendor, a longer one before
/// what begins it. The iOS demo's constant is `kAPNSBusiId`.
const VENDORS: [(Vendor, WordList); 9] = [
    (Vendor::Fcm, WordList("googlefcm firebase google fcm")),
    (Vendor::HarmonyOs, WordList("harmonyos harmony")),
    (Vendor::Honor, WordList("hihonor honor")),
    (Vendor::Huawei, WordList("huawei hw")),
    (Vendor::Xiaomi, WordList("xiaomi xm")),
    (Vendor::Oppo, WordList("heytap oppo")),
    (Vendor::Meizu, WordList("meizu mz")),
    (Vendor::Apns, WordList("apple apns ios")),
    (Vendor::Vivo, WordList("vivo")),
];

impl Words {
    /// No name that means anything is longer, in bytes. What is longer is not looked into.
    const MAX_BYTES: usize = 128;

    pub(super) fn of(name: &str) -> Self {
        if name.len() > Self::MAX_BYTES {
            return Self::default();
        }
        let mut rest: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        rest.make_ascii_lowercase();
        let mut take = |word: &str| {
            let found = rest.find(word);
            if let Some(start) = found {
                rest.replace_range(start..start.saturating_add(word.len()), "");
            }
            found.is_some()
        };
        let overseas = ["abroad", "overseas", "oversea", "international"].into_iter().any(&mut take);
        let voip = take("voip");
        let market = if overseas { Market::Overseas } else { Market::Domestic };
        let kind = if voip { TokenKind::Voip } else { TokenKind::Standard };
        let (mut vendor, rest) = vendor_of(&rest);
        if voip {
            vendor = vendor.or(Some(Vendor::Apns));
        }
        let (environment, rest) = environment_of(without_push(rest));
        Self { vendor, kind, environment, market, rest: rest.to_owned() }
    }

    /// What the name stands for, taken apart together with the names around it.
    pub(super) fn meaning(&self) -> Meaning {
        match self.rest.as_str() {
            rest if ID_WORDS.contains(rest) => Meaning::Id,
            rest if is_secret(rest, self.vendor) => Meaning::Secret,
            rest => self.vendor.and_then(|vendor| client_key(rest, vendor)).unwrap_or(match rest {
                "version" | "sdkappid" | "appkey" | "comment" | "description" => Meaning::Neutral,
                _ => Meaning::Unknown,
            }),
        }
    }

    /// What `inner` says, and where it is silent what the object around it says.
    pub(super) fn around(&self, inner: Self) -> Self {
        Self {
            vendor: inner.vendor.or(self.vendor),
            kind: if inner.kind == TokenKind::Standard { self.kind } else { inner.kind },
            environment: inner.environment.or(self.environment),
            market: if inner.market == Market::Domestic { self.market } else { inner.market },
            // `businessID: { huawei: 5 }`
            rest: if inner.rest.is_empty() { self.rest.clone() } else { inner.rest },
        }
    }
}

fn vendor_of(name: &str) -> (Option<Vendor>, &str) {
    // Too short to be cut off any names but these: `mi_buz_id`, `MI_PUSH_BUZID`, `mi_app_key`.
    let of_mi = |rest: &str| {
        let rest = without_push(rest);
        ID_WORDS.contains(rest) || matches!(rest, "appid" | "appkey" | "appsecret")
    };
    if let Some(rest) = name.strip_prefix("mi").filter(|rest| of_mi(rest)) {
        return (Some(Vendor::Xiaomi), rest);
    }
    let mut known = VENDORS.iter().flat_map(|(vendor, names)| names.iter().map(|name| (*vendor, name)));
    // `kHuaweiBusinessId`
    let plain = name.strip_prefix('k').unwrap_or(name);
    let found = known.find_map(|(vendor, word)| Some((Some(vendor), plain.strip_prefix(word)?)));
    // A constant of the iOS demo.
    found.unwrap_or((None, if name == "sdkbusiid" { "busiid" } else { name }))
}

/// Apple's environment, where it stands beside the word for an id or alone.
fn environment_of(name: &str) -> (Option<AppleEnvironment>, &str) {
    const ENVIRONMENTS: [(AppleEnvironment, WordList); 2] = [
        (AppleEnvironment::Development, WordList("development sandbox debug dev")),
        (AppleEnvironment::Production, WordList("production release prod dis")),
    ];
    let mut known = ENVIRONMENTS.iter().flat_map(|(of, words)| words.iter().map(|word| (*of, word)));
    let found = known.find_map(|(environment, word)| {
        let rest = without_push(name.strip_prefix(word).or_else(|| name.strip_suffix(word))?);
        (rest.is_empty() || ID_WORDS.contains(rest)).then_some((Some(environment), rest))
    });
    found.unwrap_or((None, name))
}

fn without_push(name: &str) -> &str {
    let name = name.strip_prefix("offline").unwrap_or(name);
    name.strip_prefix("push").unwrap_or(name)
}

/// OPPO's `AppSecret` belongs to the client call; every other secret belongs to a server.
/// Sources, read 2026-11-22: vendors' documents as named in `vendor::app_keys`.
fn is_secret(rest: &str, vendor: Option<Vendor>) -> bool {
    const SECRETS: WordList = WordList(
        "secret mastersecret clientsecret privatekey secretkey serverkey legacyserverkey serviceaccountkey \
         p12password",
    );
    SECRETS.contains(rest) || (rest == "appsecret" && vendor != Some(Vendor::Oppo))
}

fn client_key(rest: &str, vendor: Vendor) -> Option<Meaning> {
    let key = match (vendor, rest) {
        (_, "appid") => "AppId",
        (Vendor::Xiaomi | Vendor::Meizu | Vendor::Vivo | Vendor::Oppo, "appkey")
        | (Vendor::Vivo, "apikey") => "AppKey",
        (Vendor::Oppo, "appsecret") => "AppSecret",
        (Vendor::Huawei | Vendor::Honor, "badgeclassname" | "badgeclass")
        | (_, "channelid" | "channelname" | "channelsoundname") => "",
        _ => return None,
    };
    Some(Meaning::Client(vendor, key))
}

/// Whether a name is that of an app: `com.example.im`.
pub(super) fn is_package(name: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphabetic())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    name.len() <= Words::MAX_BYTES && name.contains('.') && name.split('.').all(is_part)
}

/// Gives every named value of a JSON text to `take`.
pub(super) fn walk(text: &str, take: &mut dyn FnMut(Item<'_>)) -> Result<(), ConfigError> {
    let limits = Limits { bytes: ConfigReading::MAX_BYTES, depth: ConfigReading::MAX_DEPTH };
    let value = read(text, limits).map_err(|error| match error {
        JsonError::TooLarge { bytes, .. } => ConfigError::TooLong { bytes },
        JsonError::TooDeep { line, column, .. } => ConfigError::TooDeep { line, column },
        JsonError::EndsEarly { line, column } => ConfigError::Truncated { line, column },
        JsonError::Syntax { line, column } | JsonError::NotAnObject { line, column } => {
            ConfigError::Syntax { line, column }
        }
    })?;
    give("", &value, take);
    Ok(())
}

/// The items of an array have the array's name.
fn give(name: &str, value: &Json, take: &mut dyn FnMut(Item<'_>)) {
    let plain = match value {
        Json::Array(items) => return items.iter().for_each(|item| give(name, item, take)),
        Json::Object(members) => {
            take(Item::Enter(name));
            for (name, value) in members {
                give(name, value, take);
            }
            return take(Item::Leave);
        }
        Json::Text(text) => Value::Text(text),
        Json::Number(number) => number.as_u64().map_or(Value::Other, Value::Natural),
        Json::Bool(_) => Value::Other,
        Json::Null => Value::Null,
    };
    if !name.is_empty() {
        take(Item::Value(name, plain));
    }
}

/// A named value of a configuration.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    /// The name, as long as it is.
    pub(crate) name: &'a str,
    /// The value, if it is text.
    pub(crate) text: Option<&'a str>,
    outer: &'a [String],
}

impl Setting<'_> {
    /// How many of the objects around a value give their names to its path, and how much of each, in
    /// characters.
    const OUTER: usize = 3;
    const NAME: usize = 64;

    /// The names of the objects around it, and its own.
    pub(crate) fn path(self) -> String {
        let skipped = self.outer.len().saturating_sub(Self::OUTER);
        let mut path = self.outer.iter().skip(skipped).fold(String::new(), |path, name| path + name + ".");
        path.extend(self.name.chars().take(Self::NAME));
        path
    }
}

/// Gives every named value of a configuration to `take`, as far as it can be read. One that is too long has
/// none.
pub(crate) fn settings(text: &str, take: &mut dyn FnMut(Setting<'_>)) {
    if text.len() > ConfigReading::MAX_BYTES {
        return;
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut outer: Vec<String> = Vec::new();
    let mut visit = |item: Item<'_>| match item {
        Item::Enter(name) => outer.push(name.chars().take(Setting::NAME).collect()),
        Item::Leave => drop(outer.pop()),
        Item::Value(name, value) | Item::Alternative(name, value) => {
            let text = if let Value::Text(text) = value { Some(text) } else { None };
            take(Setting { name, text, outer: &outer });
        }
    };
    if text.trim_start().starts_with(['{', '[']) {
        // Where it breaks off, the reader of configurations says so.
        let _ = walk(text, &mut visit);
    } else {
        scan(text, &mut visit);
    }
}
