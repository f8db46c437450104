use std::fmt;

use super::{ConsoleRow, SetupSheet, VendorSheet};

impl fmt::Display for SetupSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# Offline push for `{}`\n", self.package)?;
        if !self.open_questions.is_empty() {
            writeln!(f, "Open:\n")?;
            for question in &self.open_questions {
                writeln!(f, "- [ ] {question}")?;
            }
            writeln!(f)?;
        }
        self.accounts(f)?;
        self.sdks(f)?;
        self.certificates(f)?;
        self.report(f)
    }
}

impl SetupSheet {
    fn accounts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## 1. Vendor accounts\n")?;
        writeln!(f, "Register the app, switch push on, and note:\n")?;
        writeln!(f, "| vendor | into the app | never into the app |\n|---|---|---|")?;
        for sheet in &self.vendors {
            let client = sheet.client_keys.join(", ");
            let server = sheet.server_only.join(", ");
            writeln!(f, "| {} | {client} ({}) | {server} |", sheet.vendor, sheet.client_place)?;
        }
        writeln!(f)
    }

    fn sdks(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## 2. Vendor SDKs\n")?;
        writeln!(f, "Wire each, and send a test message from the vendor's own console before going on.\n")?;
        writeln!(f, "| vendor | call | asks for (2021) | asks for today |\n|---|---|---|---|")?;
        for sheet in &self.vendors {
            let of_2021 = sheet.requires_2021.as_deref().unwrap_or("–");
            writeln!(f, "| {} | {} | {of_2021} | {} |", sheet.vendor, sheet.sdk_call, sheet.requires_today)?;
        }
        writeln!(f)?;
        if !self.manifest.is_empty() {
            writeln!(f, "In `AndroidManifest.xml`:\n")?;
            for element in &self.manifest {
                writeln!(f, "```xml\n{}\n```\n", element.trim_end())?;
            }
        }
        if let Some(code) = &self.channel_code {
            writeln!(f, "Before the first push, the app creates its notification channel:\n")?;
            writeln!(f, "```kotlin\n{}\n```\n", code.trim_end())?;
        }
        Ok(())
    }

    fn certificates(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## 3. Tencent's certificates\n")?;
        writeln!(
            f,
            "In the IM console, add one for each vendor. It takes effect within {} minutes.\n",
            self.takes_effect_within_minutes
        )?;
        for sheet in &self.vendors {
            certificate(f, sheet)?;
        }
        Ok(())
    }

    fn report(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## 4. Report\n")?;
        writeln!(
            f,
            "The console shows an id for each certificate. Put it into `timpush-configs.json` (`businessID`: into"
        )?;
        writeln!(
            f,
            "the file of the Apple or HarmonyOS app), and tell the registrar what the vendor's SDK says:\n"
        )?;
        writeln!(f, "| vendor | key | event |\n|---|---|---|")?;
        for sheet in &self.vendors {
            writeln!(f, "| {} | `{}` | {} |", sheet.vendor, sheet.config_key, sheet.event)?;
        }
        Ok(())
    }
}

fn certificate(f: &mut fmt::Formatter<'_>, sheet: &VendorSheet) -> fmt::Result {
    writeln!(f, "### {}\n", sheet.vendor)?;
    writeln!(f, "| field | value |\n|---|---|")?;
    for row in &sheet.console {
        console_row(f, row)?;
    }
    writeln!(f)?;
    for note in &sheet.notes {
        writeln!(f, "- {note}")?;
    }
    if !sheet.notes.is_empty() {
        writeln!(f)?;
    }
    Ok(())
}

fn console_row(f: &mut fmt::Formatter<'_>, row: &ConsoleRow) -> fmt::Result {
    let since = if row.in_2021 { "" } else { " (newer than 2021)" };
    let value = row.value.replace('|', "\\|");
    if row.literal && !value.is_empty() {
        writeln!(f, "| {}{since} | `{value}` |", row.label)
    } else {
        writeln!(f, "| {}{since} | {value} |", row.label)
    }
}
