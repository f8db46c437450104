//! Reads a version catalogue of Gradle (`gradle/libs.versions.toml`): what `libs.…` stands for in a build
//! file.

use std::collections::BTreeMap;

/// What a catalogue names. The names are those of build files, with dots.
#[derive(Debug, Default)]
pub(crate) struct VersionCatalogue {
    versions: BTreeMap<String, String>,
    /// The id of each plugin, and whether a version of it is published.
    plugins: BTreeMap<String, (String, bool)>,
    /// The package of each library, and its version, which may be unknown.
    libraries: BTreeMap<String, (String, String)>,
    bundles: BTreeMap<String, Vec<String>>,
}

impl VersionCatalogue {
    /// Reads the tables that matter. What is written in another way is unknown.
    pub(crate) fn read(text: &str) -> Self {
        let mut catalogue = Self::default();
        // The versions may stand behind the libraries that have them.
        for _ in 0..2 {
            let (mut table, mut entry) = ("", String::new());
            // Brackets in quotes are those of a version's range.
            let has = |line: &str, bracket: char| {
                line.split(['"', '\'']).step_by(2).any(|code| code.contains(bracket))
            };
            for line in text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
                if entry.is_empty() && line.starts_with('[') {
                    table = line.trim_matches(['[', ']']);
                    continue;
                }
                // A list may have several lines.
                let is_list = !entry.is_empty() || has(line, '[');
                entry.push_str(line);
                if is_list && !has(line, ']') {
                    continue;
                }
                if let Some((name, value)) = entry.split_once('=') {
                    catalogue.take(table, dotted(name), value);
                }
                entry.clear();
            }
        }
        catalogue
    }

    fn take(&mut self, table: &str, name: String, value: &str) {
        let plain = texts(value).next().unwrap_or_default();
        let member = |key: &str| {
            let members = value.split([',', '{', '}']).filter_map(|member| member.split_once('='));
            let mut named = members.filter(|(name, _)| name.trim() == key);
            named.find_map(|(_, value)| texts(value).next())
        };
        if table == "versions" {
            self.versions.insert(name, plain.to_owned());
        } else if table == "plugins" {
            let short = plain.split_once(':').map(|(_, version)| version);
            let keys = ["version", "version.ref", "ref", "strictly", "require", "prefer"];
            let version = keys.into_iter().find_map(member).or(short);
            let id = member("id").or_else(|| plain.split(':').next()).unwrap_or_default();
            let is_published = version.is_some_and(|version| version != "unspecified");
            self.plugins.insert(name, (id.to_owned(), is_published));
        } else if table == "bundles" {
            self.bundles.insert(name, texts(value).map(dotted).collect());
        } else if table == "libraries" {
            let grouped = || Some(format!("{}:{}", member("group")?, member("name")?));
            let library = match member("module").map(str::to_owned).or_else(grouped) {
                Some(package) => {
                    let named = member("version.ref").or_else(|| member("ref")).map(dotted);
                    let version = named.and_then(|name| self.versions.get(&name).map(String::as_str));
                    (package, version.or_else(|| member("version")).unwrap_or_default().to_owned())
                }
                None => match plain.rsplit_once(':') {
                    Some((package, version)) => (package.to_owned(), version.to_owned()),
                    None => return,
                },
            };
            self.libraries.insert(name, library);
        }
    }

    /// The version called `libs.versions.NAME`.
    pub(crate) fn version(&self, name: &str) -> Option<&str> {
        self.versions.get(name).map(String::as_str)
    }

    /// The id of the plugin `libs.plugins.NAME`, and whether it may be one of the build's own, which may apply
    /// others.
    pub(crate) fn plugin(&self, name: &str) -> Option<(&str, bool)> {
        const KNOWN: [&str; 4] = ["com.android.", "com.google.", "com.huawei.", "org.jetbrains."];
        let (id, is_published) = self.plugins.get(name)?;
        Some((id, !is_published && !KNOWN.iter().any(|known| id.starts_with(known))))
    }

    /// Package and version of each library that `libs.NAME` stands for. One that is unknown keeps that name.
    pub(crate) fn packages(&self, name: &str) -> Vec<(String, String)> {
        let one = |name: &str| {
            let library = self.libraries.get(name).cloned();
            library.unwrap_or_else(|| (format!("libs.{name}"), String::new()))
        };
        match name.strip_prefix("bundles.").and_then(|bundle| self.bundles.get(bundle)) {
            Some(names) => names.iter().map(|name| one(name)).collect(),
            None => vec![one(name)],
        }
    }
}

/// A name as build files write it: `timpush-huawei` is `timpush.huawei`.
fn dotted(name: &str) -> String {
    name.trim().trim_matches(['"', '\'']).replace(['-', '_'], ".")
}

/// The texts in quotes.
fn texts(value: &str) -> impl Iterator<Item = &str> {
    value.split(['"', '\'']).skip(1).step_by(2)
}
