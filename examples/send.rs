//! denny writes to vinson, who is offline: the push of Tencent's Android offline-push document (2021
//! edition), in every form.
//!
//! ```text
//! cargo run --example send
//! ```
#![allow(clippy::print_stderr, reason = "a command-line program")]

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use tim_offline_push::ext::Ext;
use tim_offline_push::message::{
    Android, Audience, Category, Envelope, Form, Huawei, MessageImportance, OfflinePushInfo, Oppo,
    VendorParams,
};

const HELP: &str = "\
Prints Tencent's example push, what a check finds in it, and each form of it. Takes no argument.
";

fn main() -> ExitCode {
    let mut out = io::stdout().lock();
    let done = match std::env::args_os().nth(1) {
        None => send(&mut out),
        Some(argument) if argument == "--help" => out.write_all(HELP.as_bytes()).map_err(Into::into),
        Some(_) => {
            eprintln!("send: takes no argument");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of the output has seen enough, as `head -1` has.
        Err(error) if is_cut(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("send: {error}");
            ExitCode::FAILURE
        }
    }
}

fn is_cut(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn send(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    // Where a tap leads, as denny's app and vinson's app have agreed.
    let ext = Ext::from_json(&serde_json::json!({"action": "jump to denny"}))?;
    let push = OfflinePushInfo::new("denny", "vinson, are you there?").with_ext(ext);

    writeln!(out, "What a check finds:")?;
    for finding in push.check(&Audience::everyone()) {
        writeln!(out, "  {finding}")?;
    }

    // What only some phones ask for.
    let push = push.with_android(
        Android::new()
            .with_oppo(Oppo::new().with_channel("tuikit").with_category(Category::IM))
            .with_huawei(Huawei::new().with_category(Category::IM))
            .with_honor_importance(MessageImportance::Normal)
            .with_vivo_category(Category::IM)
            .with_xiaomi_channel("im")
            .with_fcm_channel("im"),
    );
    // Xiaomi takes private messages with a template only.
    let push = push.with_vendor_params(VendorParams::new().with_push_template("1400000000-1"));
    writeln!(
        out,
        "\nWith notification channels and message classes: {} findings",
        push.check(&Audience::everyone()).len()
    )?;

    writeln!(out, "\nThe C API takes it inside the message:")?;
    let message = r#"{"message_elem_array":[{"elem_type":0,"text_elem_content":"vinson, are you there?"}]}"#;
    writeln!(out, "{}", Envelope::read(Form::CApi, message)?.write(&push).text())?;

    for form in Form::ALL.iter().copied() {
        let written = push.write(form);
        writeln!(out, "\n{form}:\n{}", written.text())?;
        for place in written.not_carried() {
            writeln!(out, "  not carried: {place}")?;
        }
    }
    Ok(())
}
