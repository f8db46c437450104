//! Reads a version catalogue of Gradle (`gradle/libs.versions.toml`): what `libs.…` stands for in a build
//! file.

use std::collections::BTreeMap;

/// What a catalogue names. The names are those of build files, with dots.
#[derive(Debug, Default)]
pub(crate) struct VersionCatalogue {
    versions: BTreeMap<String, String>,
    /// The id of each plugin.
    plugins: BTreeMap<String, String>,
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
            for line in text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
                if entry.is_empty() && line.starts_with('[') {
                    table = line.trim_matches(['[', ']']);
                    continue;
                }
                // A list may have several lines.
                entry.push_str(line);
                if entry.contains('[') && !line.contains(']') {
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
            let id = member("id").or_else(|| plain.split(':').next()).unwrap_or_default();
            self.plugins.insert(name, id.to_owned());
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

    /// The id of the plugin `libs.plugins.NAME`.
    pub(crate) fn plugin(&self, name: &str) -> Option<&str> {
        self.plugins.get(name).map(String::as_str)
    }

    /// Package and version of each library that `libs.NAME` stands for; none if that is unknown.
    pub(crate) fn packages(&self, name: &str) -> Vec<(String, String)> {
        let one = |name: &String| self.libraries.get(name).cloned();
        match name.strip_prefix("bundles.") {
            Some(bundle) => self.bundles.get(bundle).into_iter().flatten().filter_map(one).collect(),
            None => self.libraries.get(name).cloned().into_iter().collect(),
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
