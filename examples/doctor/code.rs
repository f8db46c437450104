//! What a code says.

use std::io::{self, Write};

use tim_offline_push::vendor::{ImCode, Vendor, VendorCode, explain, explain_im};

/// Prints the rows of a number, one for each table that has it, or what a vendor's code says:
/// `Huawei=907135003`. Returns whether a table has it.
pub(crate) fn print(text: &str, out: &mut dyn Write) -> io::Result<bool> {
    let (vendors, text) = match text.split_once('=') {
        Some((name, text)) => {
            let vendor: Vendor = name.trim().parse().map_err(invalid)?;
            (vec![vendor], text.trim())
        }
        None => (Vendor::ALL.to_vec(), text.trim()),
    };
    let mut rows = Vec::new();
    if let (true, Ok(number)) = (vendors.len() > 1, text.parse::<i32>()) {
        let known = explain_im(ImCode::from(number));
        rows.extend(known.source().map(|source| (known.to_string(), source)));
    }
    for vendor in vendors.iter().copied() {
        let known = explain(vendor, &VendorCode::find(vendor, text));
        rows.extend(known.source().map(|source| (known.to_string(), source)));
    }
    for (row, source) in &rows {
        writeln!(out, "{row}\n    {source}")?;
    }
    if rows.is_empty() {
        writeln!(out, "no table has this code: look it up in the current list of its SDK, or ask its maker")?;
    }
    Ok(!rows.is_empty())
}

fn invalid(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("--code: {error}"))
}
