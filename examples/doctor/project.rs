//! The files of a project: those that options name, and those that lie in a folder.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

use tim_offline_push::doctor::{BuildFile, Manifest, ManifestKind};
use tim_offline_push::vendor::Vendor;

use crate::version_catalogue::VersionCatalogue;
use crate::{files, gradle};

/// A file's name and its text.
pub(crate) type Named = (String, String);

/// What there is of a project.
#[derive(Debug, Default)]
pub(crate) struct Project {
    pub(crate) namespace: Option<String>,
    /// Whether a whole folder was read.
    pub(crate) is_whole: bool,
    pub(crate) config: Option<Named>,
    pub(crate) manifests: Vec<Named>,
    pub(crate) build_files: Vec<BuildFile>,
    /// What `libs.…` stands for in the build files that are read behind it.
    pub(crate) catalogue: VersionCatalogue,
    pub(crate) sources: Vec<Named>,
    /// The files that vendors' consoles give, by vendor.
    pub(crate) vendor_files: Vec<(Vendor, String, String)>,
    pub(crate) entitlements: Option<Named>,
    pub(crate) info_plists: Vec<Named>,
    pub(crate) module: Option<Named>,
    /// The folders of the modules, in the order of their build files.
    folders: Vec<String>,
    read: Vec<String>,
    /// Configurations of variants, of which nobody says which one ships.
    left_out: Vec<String>,
    /// Whether a click action was given.
    pub(crate) has_click: bool,
}

impl Project {
    /// Reads a folder.
    pub(crate) fn read(
        &mut self,
        folder: &str,
        open: &mut dyn FnMut(&str) -> Result<String, String>,
    ) -> Result<(), String> {
        self.is_whole = true;
        let found = files::below(Path::new(folder))?;
        let names: Vec<String> = found.iter().map(|path| path.display().to_string()).collect();
        let short =
            |name: &str| name.strip_prefix(folder).unwrap_or(name).trim_start_matches(['/', '\\']).to_owned();
        // That of the outermost build, where others are included.
        let catalogues = names.iter().filter(|name| name.ends_with("libs.versions.toml"));
        if let Some(name) = catalogues.min_by_key(|name| Path::new(name).components().count()) {
            self.catalogue = VersionCatalogue::read(&open(name)?);
            self.read.push(short(name));
        }
        let mut own_plugins = BTreeSet::new();
        for name in names.iter().filter(|name| name.ends_with(".gradle") || name.ends_with(".gradle.kts")) {
            // Of a script that is no text it is not known whether it is a plugin.
            own_plugins.extend(open(name).iter().flat_map(|text| gradle::defined_plugins(name, text)));
        }
        for name in &names {
            let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
            let in_variant = name.contains("/src/") && !name.contains("/src/main/");
            match file {
                "build.gradle" | "build.gradle.kts" => {
                    let file = gradle::read(&short(name), &open(name)?, &self.catalogue, &own_plugins);
                    self.folders.push(parent(&short(name)));
                    self.build_files.push(file);
                    self.read.push(short(name));
                }
                // Which variant ships is not known: only what all of them have is read.
                "AndroidManifest.xml" if !in_variant => {
                    self.take(name, &short, open, |project| &mut project.manifests)?;
                }
                "agconnect-services.json" => self.vendor(Vendor::Huawei, name, &short, open)?,
                "google-services.json" => self.vendor(Vendor::Fcm, name, &short, open)?,
                "mcs-services.json" => self.vendor(Vendor::Honor, name, &short, open)?,
                "timpush-configs.json" if in_variant => self.left_out.push(short(name)),
                "timpush-configs.json" if self.config.is_none() => {
                    self.config = Some((short(name), open(name)?));
                    self.read.push(short(name));
                }
                "module.json5" if self.module.is_none() || name.contains("/entry/") => {
                    self.module = Some((short(name), open(name)?));
                    self.read.push(short(name));
                }
                _ if file.ends_with(".entitlements") && self.entitlements.is_none() => {
                    self.entitlements = Some((short(name), open(name)?));
                    self.read.push(short(name));
                }
                _ if file.ends_with("Info.plist") => {
                    self.take(name, &short, open, |project| &mut project.info_plists)?;
                }
                _ if matches!(Path::new(file).extension().and_then(OsStr::to_str), Some("java" | "kt")) => {
                    let Ok(text) = open(name) else { continue };
                    if self.config.is_none() && has_constants(&text) {
                        self.config = Some((short(name), text.clone()));
                        self.read.push(short(name));
                    }
                    self.sources.push((short(name), text));
                }
                _ => {}
            }
        }
        if self.read.is_empty() {
            return Err(format!(
                "{folder}: no build file, manifest or configuration; name the folder of the app's project"
            ));
        }
        Ok(())
    }

    fn take(
        &mut self,
        name: &str,
        short: &dyn Fn(&str) -> String,
        open: &mut dyn FnMut(&str) -> Result<String, String>,
        list: fn(&mut Self) -> &mut Vec<Named>,
    ) -> Result<(), String> {
        let text = open(name)?;
        self.read.push(short(name));
        list(self).push((short(name), text));
        Ok(())
    }

    fn vendor(
        &mut self,
        vendor: Vendor,
        name: &str,
        short: &dyn Fn(&str) -> String,
        open: &mut dyn FnMut(&str) -> Result<String, String>,
    ) -> Result<(), String> {
        self.vendor_files.push((vendor, short(name), open(name)?));
        self.read.push(short(name));
        Ok(())
    }

    /// One file of each kind: of those that variants have, the one for the app.
    pub(crate) fn chosen_vendor_files(&mut self, app: Option<&str>) -> Vec<(Vendor, String, String)> {
        let id =
            app.or_else(|| self.build_files.iter().find_map(BuildFile::application_id)).map(str::to_owned);
        let mut files = std::mem::take(&mut self.vendor_files);
        let fits = |text: &str| id.as_ref().is_some_and(|id| text.contains(&format!("\"{id}\"")));
        // The sort is stable: what stands in the module's folder was found first.
        files.sort_by_key(|(vendor, name, text)| (*vendor, !fits(text), name.contains("/src/")));
        files.dedup_by_key(|(vendor, ..)| *vendor);
        files
    }

    /// The build file of the module that a manifest belongs to.
    pub(crate) fn build_file_of(&self, manifest: &str) -> Option<&BuildFile> {
        if self.folders.len() != self.build_files.len() {
            // Named one by one: a single one belongs to a single manifest.
            return self.build_files.first().filter(|_| self.build_files.len() == 1);
        }
        let module = match manifest.split_once("/src/") {
            Some((module, _)) => module,
            None => "",
        };
        let at = self.folders.iter().position(|folder| folder == module)?;
        self.build_files.get(at)
    }

    /// Whose manifest it is: what the build file says of it goes before what the manifest looks like.
    pub(crate) fn placed(&self, name: &str, manifest: Manifest) -> Manifest {
        match self.build_file_of(name) {
            Some(file) if self.is_whole && !manifest.is_merged() => {
                manifest.of_kind(if file.is_app() { ManifestKind::Source } else { ManifestKind::Library })
            }
            Some(_) | None => manifest,
        }
    }

    /// Which files were read, where their values come from, and what was not looked at.
    pub(crate) fn provenance(&self) -> Vec<String> {
        if self.read.is_empty() && self.build_files.is_empty() {
            return Vec::new();
        }
        let files = self.read.iter().map(|name| format!("file {name}"));
        let variants = self.left_out.iter().filter(|_| self.config.is_none());
        let variants = variants
            .map(|name| format!("not {name}: it is a variant's; name the one that ships with --config"));
        let no_click = "not what a tap opens: give each click action with --click VENDOR=VALUE".to_owned();
        let no_click = Some(no_click).filter(|_| self.is_whole && !self.has_click);
        let values = self.build_files.iter().flat_map(BuildFile::provenance);
        files.chain(values).chain(variants).chain(no_click).collect()
    }
}

fn parent(name: &str) -> String {
    Path::new(name).parent().map(|parent| parent.display().to_string()).unwrap_or_default()
}

/// Whether a source file defines the ids of Tencent's certificates.
fn has_constants(text: &str) -> bool {
    ["_BUZID", "BuzId", "BussinessId", "businessID", "_buz_id"].iter().any(|mark| text.contains(mark))
        && text.contains('=')
}
