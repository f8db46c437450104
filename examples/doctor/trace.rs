//! What became of a push, by what Tencent's server tells.

use std::io::{self, Write};

use tim_offline_push::doctor::PushTrace;
use tim_offline_push::registrar::Diagnosis;
use tim_offline_push::trace::ServerRecord;

/// Reads a file of the option `--trace`: one text of the server's, or several, one on each line.
pub(crate) fn read(name: &str, text: &str) -> Result<Vec<ServerRecord>, String> {
    let whole = ServerRecord::read(text);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if whole.is_err() && lines.len() > 1 && lines.iter().all(|line| line.starts_with('{')) {
        let read = |(number, line): (usize, &str)| {
            ServerRecord::read(line).map_err(|error| format!("{name}: line {number}: {error}"))
        };
        return (1..).zip(lines).map(read).collect();
    }
    whole.map(|record| vec![record]).map_err(|error| format!("{name}: {error}"))
}

/// Prints what became of the push.
pub(crate) fn print(
    records: &[ServerRecord],
    diagnoses: &[Diagnosis],
    out: &mut dyn Write,
) -> io::Result<()> {
    let trace = records.iter().fold(PushTrace::new(), PushTrace::with_record);
    let trace = match diagnoses {
        [.., last] => trace.with_diagnosis(last),
        [] => trace,
    };
    write!(out, "{trace}")
}
