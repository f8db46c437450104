//! Reads `build.gradle` and `build.gradle.kts` as text: what stands there as a literal. Gradle is not run.

use std::collections::{BTreeMap, BTreeSet};

use tim_offline_push::doctor::BuildFile;

use crate::version_catalogue::VersionCatalogue;

/// Reads a build file. What is computed is left out, or named as unread where it could apply a plugin: so
/// are the build's own plugins, which may apply others.
pub(crate) fn read(
    name: &str,
    text: &str,
    catalogue: &VersionCatalogue,
    own_plugins: &BTreeSet<String>,
) -> BuildFile {
    let file = BuildFile::new(name);
    let (variables, in_placeholders) = (BTreeMap::new(), false);
    let mut reader = Reader { catalogue, own_plugins, file, variables, in_placeholders };
    let mut in_comment = false;
    for (number, line) in (1_usize..).zip(text.lines()) {
        let (code, comment) = split(line, &mut in_comment);
        reader.line(number, &code);
        // A plugin that somebody has commented out explains what is missing.
        for id in plugin_ids(&comment) {
            reader.file = std::mem::take(&mut reader.file).with_plugin(number, id, false);
        }
    }
    reader.file
}

/// The code of a line, and what its comments say.
fn split(line: &str, in_comment: &mut bool) -> (String, String) {
    let (mut code, mut comment) = (String::new(), String::new());
    let mut quote = None;
    let mut rest = line.chars().peekable();
    while let Some(char) = rest.next() {
        let next = rest.peek().copied();
        if *in_comment {
            if char == '*' && next == Some('/') {
                rest.next();
                *in_comment = false;
            } else {
                comment.push(char);
            }
            continue;
        }
        match (quote, char, next) {
            (Some(open), _, _) if char == open => quote = None,
            (None, '"' | '\'', _) => quote = Some(char),
            (None, '/', Some('/')) => {
                comment.extend(rest);
                break;
            }
            (None, '/', Some('*')) => {
                rest.next();
                *in_comment = true;
                continue;
            }
            (Some(_) | None, _, _) => {}
        }
        code.push(char);
    }
    (code, comment)
}

struct Reader<'a> {
    catalogue: &'a VersionCatalogue,
    own_plugins: &'a BTreeSet<String>,
    file: BuildFile,
    /// Texts that are given a name, such as `def timpush_version = "8.5.6864"`.
    variables: BTreeMap<String, String>,
    in_placeholders: bool,
}

impl Reader<'_> {
    fn change(&mut self, change: impl FnOnce(BuildFile) -> BuildFile) {
        self.file = change(std::mem::take(&mut self.file));
    }

    fn line(&mut self, number: usize, code: &str) {
        for statement in statements(code.trim()) {
            self.placeholders(number, statement);
            self.variable(statement);
            self.identity(number, statement);
            self.plugins(number, statement);
            self.dependency(number, statement);
        }
    }

    fn variable(&mut self, code: &str) {
        let Some((left, right)) = code.split_once('=') else { return };
        let name = left.trim().rsplit([' ', '.', '\t']).next().unwrap_or_default();
        if let Some(value) = quoted(right).next() {
            self.variables.insert(name.to_owned(), value.to_owned());
        }
    }

    fn identity(&mut self, number: usize, code: &str) {
        if let Some(id) = value_of(code, "applicationId") {
            match self.filled(&id) {
                Some(id) => self.change(|file| file.with_application_id(number, id)),
                None => self.change(|file| file.with_unread(number, "applicationId").of_app()),
            }
        }
        if let Some(suffix) = value_of(code, "applicationIdSuffix") {
            // A build for tests does not ship; a flavor's suffix makes another application.
            const TESTS: [&str; 6] = ["debug", "dev", "test", "staging", "beta", "qa"];
            let id = self.file.application_id().map(|id| format!("{id}{suffix}"));
            if let Some(id) = id.filter(|_| !TESTS.iter().any(|word| suffix.contains(word))) {
                self.change(|file| file.with_application_id(number, id));
            }
        }
        if let Some(id) = value_of(code, "namespace").and_then(|id| self.filled(&id)) {
            self.change(|file| file.with_namespace(number, id));
        }
        for key in ["targetSdkVersion", "targetSdk"] {
            let Some(rest) = code.strip_prefix(key) else { continue };
            let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
            let plain = rest.chars().all(|char| char.is_ascii_digit() || " =()\t".contains(char));
            let named = rest.split_once("libs.versions.").and_then(|(_, name)| name.split_once(".get"));
            let named = named.and_then(|(name, _)| self.catalogue.version(name)?.parse().ok());
            if let Some(level) = named.or_else(|| digits.parse().ok().filter(|_| plain)) {
                self.change(|file| file.with_target_sdk(number, level));
                break;
            }
        }
    }

    fn plugins(&mut self, number: usize, code: &str) {
        if code.starts_with("apply") && code.contains("from") && !code.contains("plugin") {
            let what = quoted(code).next().unwrap_or("apply from");
            return self.change(|file| file.with_unread(number, what));
        }
        let applied = !code.contains("apply false") && !code.contains("apply(false)");
        for id in plugin_ids(code) {
            let is_own = self.own_plugins.contains(&id);
            self.plugin(number, &id, applied, is_own);
        }
        if code.starts_with("alias(libs.plugins.") || code.starts_with("alias libs.plugins.") {
            let name: String = code
                .trim_start_matches("alias")
                .trim_start_matches(['(', ' '])
                .trim_start_matches("libs.plugins.")
                .chars()
                .take_while(|char| char.is_alphanumeric() || matches!(char, '.' | '_'))
                .collect();
            // Without the catalogue, its name usually says which it is.
            let plain = name.to_ascii_lowercase();
            let (id, is_own) = if let Some(known) = self.catalogue.plugin(&name) {
                known
            } else if plain.contains("agconnect") {
                ("com.huawei.agconnect", false)
            } else if plain.contains("google") && plain.contains("services") || plain.contains("gms") {
                ("com.google.gms.google-services", false)
            } else if is_app_plugin(&plain) {
                ("com.android.application", false)
            } else {
                return self.change(|file| file.with_unread(number, format!("libs.plugins.{name}")));
            };
            self.plugin(number, id, applied, is_own);
        }
    }

    fn plugin(&mut self, number: usize, id: &str, applied: bool, is_own: bool) {
        let is_app = applied && if is_own { is_app_plugin(id) } else { id == "com.android.application" };
        self.change(|file| {
            let file =
                if is_own { file.with_unread(number, id) } else { file.with_plugin(number, id, applied) };
            if is_app { file.of_app() } else { file }
        });
    }

    /// `manifestPlaceholders = ["A": "1", B: "2"]`, on one line or several,
    /// `manifestPlaceholders["A"] = "1"`, `manifestPlaceholders.put("A", "1")` and `.putAll(mapOf(…))`.
    fn placeholders(&mut self, number: usize, code: &str) {
        let begins = code.contains("anifestPlaceholders");
        if !begins && !self.in_placeholders {
            return;
        }
        let rest =
            if begins { code.split_once("anifestPlaceholders").map_or("", |(_, rest)| rest) } else { code };
        let set = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let set = set.map(|(name, value)| (name, value.split_once('=').map_or("", |(_, value)| value)));
        let put = || rest.strip_prefix(".put(").and_then(|rest| rest.split_once(','));
        if let Some((name, value)) = set.or_else(put) {
            if let Some(name) = quoted(name).next().filter(|_| !value.is_empty()) {
                self.placeholder(number, name, value);
            }
            return;
        }
        for entry in rest.split(',') {
            let entry =
                entry.trim_start_matches(".putAll").trim_start_matches([' ', '=', '+', '[', '(', ':']);
            let pair = entry.split_once(" to ").or_else(|| entry.split_once(':'));
            let Some((name, value)) = pair else { continue };
            let name = name.rsplit(['(', '[']).next().unwrap_or_default().trim_matches(['"', '\'', ' ']);
            let is_name = !name.is_empty()
                && name.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '.' | '-'));
            if is_name {
                self.placeholder(number, name, value);
            }
        }
        let opens = rest.matches(['[', '(']).count();
        let closes = rest.matches([']', ')']).count();
        self.in_placeholders = if begins { opens > closes } else { closes == 0 || opens >= closes };
    }

    fn placeholder(&mut self, number: usize, name: &str, value: &str) {
        // What is computed stays unknown.
        let value = match quoted(value).next() {
            Some(value) => self.filled(value).unwrap_or_else(|| "${…}".to_owned()),
            None => value
                .trim()
                .trim_end_matches([']', ')'])
                .split('.')
                .next_back()
                .and_then(|name| self.variables.get(name.trim()).cloned())
                .unwrap_or_else(|| "${…}".to_owned()),
        };
        self.change(|file| file.with_placeholder(number, name, &value));
    }

    fn dependency(&mut self, number: usize, code: &str) {
        let first = code.split(['(', ' ', '"', '\'']).next().unwrap_or_default();
        let is_used = ["implementation", "api", "compile", "runtimeOnly", "Implementation", "Api"]
            .iter()
            .any(|word| first.ends_with(word));
        // What only tests use does not ship.
        if !is_used || first.starts_with("test") || first.starts_with("androidTest") {
            return;
        }
        if let Some((_, alias)) = code.split_once("libs.") {
            let name = alias.split(|char: char| !char.is_alphanumeric() && !matches!(char, '.' | '_')).next();
            let name = name.unwrap_or_default();
            for (package, version) in self.catalogue.packages(name) {
                self.change(|file| file.with_dependency(number, &package, &version));
            }
        } else if !code.contains(['"', '\'', '=']) && !code.contains("projects.") {
            // A name that stands elsewhere, or on the next line, may be any package.
            self.change(|file| file.with_dependency(number, "${…}", ""));
        }
        // `group: "x", name: "y", version: "z"`
        let named = |key: &str| {
            let (_, value) = code.split_once(key)?;
            quoted(value.trim_start().strip_prefix([':', '='])?).next()
        };
        if let (Some(group), Some(name)) = (named("group"), named("name")) {
            let version = named("version").and_then(|version| self.filled(version)).unwrap_or_default();
            return self.change(|file| file.with_dependency(number, &format!("{group}:{name}"), &version));
        }
        for text in quoted(code) {
            let mut parts = text.split(':');
            let (Some(group), Some(name)) = (parts.next(), parts.next()) else { continue };
            let version = parts.next().unwrap_or_default().split('@').next().unwrap_or_default();
            let version = self.filled(version).unwrap_or_default();
            self.change(|file| file.with_dependency(number, &format!("{group}:{name}"), &version));
        }
    }

    /// A text with its variables filled in; nothing where one is unknown.
    fn filled(&self, text: &str) -> Option<String> {
        let Some((before, rest)) = text.split_once('$') else { return Some(text.to_owned()) };
        let braced = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let end = rest.find(|char: char| !(char.is_alphanumeric() || char == '_')).unwrap_or(rest.len());
        let (name, after) = braced.or_else(|| rest.split_at_checked(end))?;
        let value = self.variables.get(name.rsplit('.').next()?.trim())?;
        Some(format!("{before}{value}{}", self.filled(after)?))
    }
}

/// Whether a plugin's name says that it makes an app.
fn is_app_plugin(name: &str) -> bool {
    name.contains("android") && name.contains("application")
}

/// The plugins that a build defines in this file of it: a script `NAME.gradle.kts` among its sources, or
/// `id = "NAME"` in its build file.
pub(crate) fn defined_plugins(name: &str, text: &str) -> Vec<String> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let script = file.trim_end_matches(".kts").strip_suffix(".gradle");
    match script {
        Some("build") => text
            .lines()
            .filter_map(|line| value_of(line.trim(), "id").filter(|_| line.contains('=')))
            .collect(),
        Some(script) if name.contains("/src/main/") => vec![script.to_owned()],
        Some(_) | None => Vec::new(),
    }
}

/// The statements of a line: what stands between braces and semicolons that are not in quotes.
fn statements(code: &str) -> Vec<&str> {
    let mut statements = Vec::new();
    let (mut quote, mut start) = (None, 0_usize);
    for (at, char) in code.char_indices() {
        match quote {
            Some(open) if char == open => quote = None,
            None if matches!(char, '"' | '\'') => quote = Some(char),
            None if matches!(char, '{' | '}' | ';') => {
                statements.push(code.get(start..at).unwrap_or_default().trim());
                start = at.saturating_add(1);
            }
            Some(_) | None => {}
        }
    }
    statements.push(code.get(start..).unwrap_or_default().trim());
    statements.retain(|statement| !statement.is_empty());
    statements
}

/// The texts in quotes.
fn quoted(code: &str) -> impl Iterator<Item = &str> {
    let mut rest = code;
    std::iter::from_fn(move || {
        let at = rest.find(['"', '\''])?;
        let quote = rest.get(at..)?.chars().next()?;
        let (text, after) = rest.get(at.saturating_add(1)..)?.split_once(quote)?;
        rest = after;
        Some(text)
    })
}

/// `key "value"`, `key = "value"`, `key("value")`.
fn value_of(code: &str, key: &str) -> Option<String> {
    let at = code.find(key)?;
    let before = code.get(..at)?;
    let rest = code.get(at.saturating_add(key.len())..)?;
    let alone = before.is_empty() || before.ends_with([' ', '{', '.', ';']);
    let follows = rest.trim_start().starts_with(['=', '(', '"', '\'']);
    // `applicationIdSuffix` is another key.
    if !(alone && follows && rest.starts_with([' ', '=', '(', '\t'])) {
        return None;
    }
    // What is put together is computed.
    if rest.contains('+') { Some("${…}".to_owned()) } else { quoted(rest).next().map(str::to_owned) }
}

/// The plugins that a line applies: `id 'x'`, `id("x") version "1"`, `apply plugin: 'x'`,
/// `apply(plugin = "x")`.
fn plugin_ids(code: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut rest = code;
    for (word, end) in [("plugin:", 7_usize), ("plugin =", 8), ("plugin=", 7)] {
        if let Some(at) = rest.find(word) {
            ids.extend(
                quoted(rest.get(at.saturating_add(end)..).unwrap_or_default()).next().map(str::to_owned),
            );
            return ids;
        }
    }
    while let Some(at) = rest.find("id") {
        let before = rest.get(..at).unwrap_or_default();
        let behind = rest.get(at.saturating_add(2)..).unwrap_or_default();
        let alone = before.is_empty() || before.ends_with([' ', '{', ';', '\t']);
        // The quote comes next, or this is another word.
        if alone && behind.trim_start_matches([' ', '(']).starts_with(['"', '\'']) {
            ids.extend(quoted(behind).next().filter(|id| id.contains('.')).map(str::to_owned));
        }
        rest = behind;
    }
    ids
}
