//! Reads Apple's property lists and HarmonyOS's `module.json5`.

use jsonc_parser::{ParseOptions, parse_to_serde_value};
use plist::Value;
use tim_offline_push::doctor::{AppleApp, HarmonyModule};

/// Adds an entitlements file.
pub(crate) fn entitlements(app: AppleApp, name: &str, text: &str) -> Result<AppleApp, String> {
    let document = property_list(text)?;
    let dictionary = document.as_dictionary().ok_or("the property list is not a dictionary")?;
    let environment = ["aps-environment", "com.apple.developer.aps-environment"]
        .into_iter()
        .find_map(|key| dictionary.get(key).and_then(Value::as_string));
    Ok(app.with_entitlements(name, environment))
}

/// Adds an `Info.plist`: the app's, or that of a notification service extension.
pub(crate) fn info_plist(app: AppleApp, name: &str, text: &str) -> Result<AppleApp, String> {
    let document = property_list(text)?;
    let dictionary = document.as_dictionary().ok_or("the property list is not a dictionary")?;
    if let Some(extension) = dictionary.get("NSExtension").and_then(Value::as_dictionary) {
        let point = extension.get("NSExtensionPointIdentifier").and_then(Value::as_string);
        return Ok(match point {
            Some("com.apple.usernotifications.service") => app.with_service_extension(),
            Some(_) | None => app,
        });
    }
    // A framework or a bundle of tests has one too.
    if let Some("BNDL" | "FMWK") = dictionary.get("CFBundlePackageType").and_then(Value::as_string) {
        return Ok(app);
    }
    let modes: Vec<&str> = match dictionary.get("UIBackgroundModes") {
        Some(Value::Array(modes)) => modes.iter().filter_map(Value::as_string).collect(),
        _ => Vec::new(),
    };
    Ok(app.with_info_plist(name, &modes))
}

fn property_list(text: &str) -> Result<Value, String> {
    Value::from_reader_xml(std::io::Cursor::new(text.as_bytes()))
        .map_err(|_| "not a property list in XML; plutil -convert xml1 FILE writes one".to_owned())
}

/// The deepest nesting that is read. The parser calls itself for each level.
const MAX_DEPTH: usize = 64;

/// How deep the brackets of a text nest, those in its strings and comments included.
fn depth(text: &str) -> usize {
    let mut depth = 0_usize;
    let levels = text.bytes().map(|byte| {
        match byte {
            b'[' | b'{' => depth = depth.saturating_add(1),
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth
    });
    levels.max().unwrap_or_default()
}

/// Reads a `module.json5`.
pub(crate) fn module(name: &str, text: &str) -> Result<HarmonyModule, String> {
    if depth(text) > MAX_DEPTH {
        return Err(format!("brackets nest deeper than {MAX_DEPTH} levels, which is more than is read"));
    }
    let document = parse_to_serde_value(text, &ParseOptions::default())
        .ok()
        .flatten()
        .ok_or("not JSON5; check its brackets, commas and quotes")?;
    let module = document.get("module").ok_or("not a module.json5: it has no member module")?;
    let mut read = HarmonyModule::new(name);
    if let Some(kind) = module.get("type").and_then(serde_json::Value::as_str) {
        read = read.of_type(kind);
    }
    let list = |value: &serde_json::Value, key: &str| {
        value.get(key).and_then(|list| list.as_array().cloned()).unwrap_or_default()
    };
    let text = |value: &serde_json::Value, key: &str| {
        let value = value.get(key).filter(|value| !value.is_null());
        value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).unwrap_or_default()
    };
    for metadata in list(module, "metadata") {
        read = read.with_metadata(text(&metadata, "name"), text(&metadata, "value"));
    }
    for ability in list(module, "abilities") {
        let exported = ability.get("exported").and_then(serde_json::Value::as_bool).unwrap_or_default();
        let (mut actions, mut uris) = (Vec::new(), Vec::new());
        for skill in list(&ability, "skills") {
            actions.extend(
                list(&skill, "actions").iter().filter_map(|action| action.as_str().map(str::to_owned)),
            );
            for uri in list(&skill, "uris") {
                uris.push(address(
                    &text(&uri, "scheme"),
                    &text(&uri, "host"),
                    &text(&uri, "port"),
                    &text(&uri, "path"),
                ));
            }
        }
        let [actions, uris] =
            [&actions, &uris].map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
        read = read.with_ability(&text(&ability, "name"), exported, &actions, &uris);
    }
    Ok(read)
}

fn address(scheme: &str, host: &str, port: &str, path: &str) -> String {
    let mut address = if host.is_empty() { format!("{scheme}:") } else { format!("{scheme}://{host}") };
    if !port.is_empty() {
        address.push(':');
        address.push_str(port);
    }
    if !path.is_empty() {
        if !path.starts_with('/') {
            address.push('/');
        }
        address.push_str(path);
    }
    address
}
