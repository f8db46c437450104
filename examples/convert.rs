//! Converts push options from one of Tencent's forms to another, line by line, and checks them.
//!
//! ```text
//! echo '{"Title":"denny","Desc":"hi","AndroidInfo":{"Sound":"ring"}}' | cargo run --example convert -- --from rest --to web
//! echo '{"Title":"denny","Desc":"hi","Ext":"jump to denny"}' | cargo run --example convert -- --from rest --check
//! ```
#![allow(clippy::print_stderr, reason = "a command-line program")]

use std::ffi::OsString;
use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;

use tim_offline_push::finding::{Finding, Severity};
use tim_offline_push::message::{Audience, Form, OfflinePushInfo, PushReading, Written};
use tim_offline_push::vendor::{LimitProfile, Vendor, VendorSet};

const HELP: &str = "\
Converts push options (OfflinePushInfo) from one of Tencent's forms to another: one JSON object a line on standard
input, one a line on standard output. A line may be the options alone or a whole message or request that holds them.

Usage: convert --from FORM --to FORM
       convert --from FORM --check [OPTIONS]

  --from FORM       rest, c-api, v2tim, v2tim-arkts or web
  --to FORM         the same
  --check           print a table of what would go wrong; with --to, of what that form cannot carry too
  --vendors LIST    check for these vendors only, such as Xiaomi,OPPO,APNs   [all]
  --custom          check as the push of a custom message
  --strict          check against the smallest limit of any source   [the newest]
  --help            this text

Errors, and what a form cannot carry, go to standard error with the number of the line.
Exit code: 0, 1 if a line could not be read or --check found an error, 2 for bad arguments.
";

fn main() -> ExitCode {
    let arguments: Result<Vec<_>, _> = std::env::args_os().skip(1).map(OsString::into_string).collect();
    let command = arguments
        .map_err(|_| "an argument is not UTF-8".to_owned())
        .and_then(|arguments| Command::parse(arguments.into_iter()));
    let result = match command {
        Ok(None) => io::stdout().write_all(HELP.as_bytes()).map(|()| ExitCode::SUCCESS),
        Ok(Some(command)) => command.run(&mut io::stdin().lock(), &mut io::stdout().lock()),
        Err(message) => {
            eprintln!("convert: {message}\nTry --help.");
            Ok(ExitCode::from(2))
        }
    };
    match result {
        Ok(code) => code,
        // The reader of the output has seen enough, as `head -1` has.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("convert: {error}");
            ExitCode::FAILURE
        }
    }
}

struct Command {
    from: Form,
    task: Task,
}

enum Task {
    Convert(Form),
    Check { audience: Audience, to: Option<Form> },
}

impl Command {
    /// `None` asks for help.
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let (mut from, mut to, mut check) = (None, None, false);
        let (mut wanted, mut is_custom, mut profile) = (None, false, None);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--help" => return Ok(None),
                "--from" => from = Some(form(&value()?)?),
                "--to" => to = Some(form(&value()?)?),
                "--check" => check = true,
                "--vendors" | "--channels" => wanted = Some(vendors(&value()?)?),
                "--custom" => is_custom = true,
                "--strict" => profile = Some(LimitProfile::Strict),
                other => return Err(format!("unknown option {other}")),
            }
        }
        let from = from.ok_or("--from is missing")?;
        let options = wanted.is_some() || is_custom || profile.is_some();
        let task = match (check, to) {
            (true, to) => {
                let audience = Audience::of(wanted.unwrap_or(VendorSet::ALL))
                    .with_limits(profile.unwrap_or(LimitProfile::Latest));
                let audience = if is_custom { audience.with_custom_message() } else { audience };
                Task::Check { audience, to }
            }
            (false, _) if options => {
                return Err("--vendors, --custom and --strict go with --check".to_owned());
            }
            (false, Some(to)) => Task::Convert(to),
            (false, None) => return Err("--to or --check is missing".to_owned()),
        };
        Ok(Some(Self { from, task }))
    }

    fn run(&self, input: &mut impl BufRead, out: &mut impl Write) -> io::Result<ExitCode> {
        let mut lines = Lines { input, number: 0 };
        let mut failed = false;
        let mut table = Vec::new();
        while let Some(line) = lines.next()? {
            let number = lines.number;
            let reading = line.and_then(|text| self.read(&text));
            match (reading, &self.task) {
                (Err(error), _) => {
                    eprintln!("line {number}: {error}");
                    failed = true;
                }
                (Ok(reading), Task::Convert(to)) => {
                    let (written, lost) = convert(&reading, *to);
                    writeln!(out, "{}", written.text())?;
                    for place in lost {
                        eprintln!("line {number}: not carried: {place}");
                    }
                }
                (Ok(reading), Task::Check { audience, to }) => {
                    let lost = to.map(|to| (to, convert(&reading, to).1));
                    table.extend(rows(number, &reading, audience, lost));
                }
            }
        }
        if let Task::Check { .. } = self.task {
            if !table.is_empty() || !failed {
                print_table(&table, out)?;
            }
            failed |= table.iter().any(|row| row.is_error);
        }
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    /// Reads a line. One that says nothing in this form and something in another is refused.
    fn read(&self, text: &str) -> Result<PushReading, String> {
        let read = |form| OfflinePushInfo::read(form, text);
        let says_something = |info: &OfflinePushInfo, own: Form| {
            Form::ALL.iter().copied().any(|form| form != own && info.write(form).text() != "{}")
        };
        let reading = read(self.from).map_err(|error| error.to_string())?;
        if !says_something(reading.info(), self.from) {
            let is_of = |form: &Form| {
                read(*form)
                    .is_ok_and(|other| other.findings().is_empty() && says_something(other.info(), *form))
            };
            if let Some(form) = Form::ALL.iter().copied().find(is_of) {
                return Err(format!("nothing of it is of the {} form: it looks like {form}", self.from));
            }
        }
        Ok(reading)
    }
}

fn form(name: &str) -> Result<Form, String> {
    name.parse().map_err(|error| format!("{error}"))
}

fn vendors(list: &str) -> Result<VendorSet, String> {
    list.split(',').map(|name| name.trim().parse::<Vendor>().map_err(|error| error.to_string())).collect()
}

/// Writes a push in a form, inside the message or request in which it was if that is of the same form. With
/// what is lost.
fn convert(reading: &PushReading, to: Form) -> (Written, Vec<String>) {
    let around = reading.envelope();
    let (written, left_behind) = match around.filter(|around| around.form() == to) {
        Some(around) => (around.write(reading.info()), None),
        None => (reading.info().write(to), around),
    };
    let mut lost: Vec<_> = written.not_carried().iter().map(ToString::to_string).collect();
    for key in left_behind.iter().flat_map(|around| around.other_keys()) {
        lost.push(format!("{} around the push", key.escape_debug()));
    }
    (written, lost)
}

/// The lines of a text, one after the other, of which no more than [`OfflinePushInfo::MAX_BYTES`] is held at
/// a time.
struct Lines<'a, R> {
    input: &'a mut R,
    number: usize,
}

impl<R: BufRead> Lines<'_, R> {
    /// The next line that is not blank, or what is wrong with it; `None` at the end.
    fn next(&mut self) -> io::Result<Option<Result<String, String>>> {
        loop {
            let mut line = Vec::new();
            let most = u64::try_from(OfflinePushInfo::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(2);
            if self.input.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            self.number = self.number.saturating_add(1);
            if line.len() > OfflinePushInfo::MAX_BYTES && !line.ends_with(b"\n") {
                self.skip_line()?;
                return Ok(Some(Err(format!("over {} bytes", OfflinePushInfo::MAX_BYTES))));
            }
            match String::from_utf8(line) {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => return Ok(Some(Ok(line))),
                Err(error) => {
                    let place = error.utf8_error().valid_up_to();
                    return Ok(Some(Err(format!("not UTF-8 after byte {place}"))));
                }
            }
        }
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            let (length, end) = match buffer.iter().position(|byte| *byte == b'\n') {
                Some(place) => (place.saturating_add(1), true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.input.consume(length);
            if end {
                return Ok(());
            }
        }
    }
}

/// Line, severity, field, vendor, finding, and what to do.
struct TableRow {
    cells: [String; 5],
    fix: String,
    is_error: bool,
}

fn rows(
    line: usize,
    reading: &PushReading,
    audience: &Audience,
    lost: Option<(Form, Vec<String>)>,
) -> Vec<TableRow> {
    let mut findings = reading.check(audience);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    let row = |finding: &Finding| TableRow {
        cells: [
            line.to_string(),
            finding.severity().to_string(),
            finding.place().to_string(),
            finding.vendor().map_or_else(String::new, |vendor| vendor.to_string()),
            finding.cause().to_owned(),
        ],
        fix: format!("{} ({})", finding.fix(), finding.source()),
        is_error: finding.severity() == Severity::Error,
    };
    let mut rows: Vec<_> = findings.iter().map(row).collect();
    for (form, place) in
        lost.into_iter().flat_map(|(form, lost)| lost.into_iter().map(move |place| (form, place)))
    {
        rows.push(TableRow {
            cells: [
                line.to_string(),
                "warning".to_owned(),
                place,
                String::new(),
                format!("the {form} form cannot carry it"),
            ],
            fix: "send it in a form that can".to_owned(),
            is_error: false,
        });
    }
    rows
}

fn print_table(rows: &[TableRow], out: &mut impl Write) -> io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "nothing found");
    }
    let head = ["line", "severity", "field", "vendor", "finding"].map(str::to_owned);
    let mut widths = head.each_ref().map(|cell| cell.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut print = |cells: &[String; 5]| {
        let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(out, "{}", padded.collect::<Vec<_>>().join("  ").trim_end())
    };
    print(&head)?;
    for row in rows {
        print(&row.cells)?;
        let fix = format!("-> {}", row.fix);
        print(&[String::new(), String::new(), String::new(), String::new(), fix])?;
    }
    Ok(())
}
