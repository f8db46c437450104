//! denny writes to vinson, who is offline: the push of Tencent's Android offline-push document (2021 edition), in every
//! form.
//!
//! ```text
//! cargo run --example send
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program")]

use std::error::Error;
use std::process::ExitCode;

use tim_offline_push::ext::Ext;
use tim_offline_push::message::{
    Android, Audience, Envelope, Form, HonorImportance, Huawei, HuaweiCategory, OfflinePushInfo, Oppo,
    OppoCategory, VivoCategory,
};

fn main() -> ExitCode {
    match std::env::args_os().nth(1) {
        None => {}
        Some(argument) if argument == "--help" => {
            println!(
                "Prints Tencent's example push, what is known against it, and each form of it. Takes no argument."
            );
            return ExitCode::SUCCESS;
        }
        Some(_) => {
            eprintln!("send: takes no argument");
            return ExitCode::from(2);
        }
    }
    match send() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("send: {error}");
            ExitCode::FAILURE
        }
    }
}

fn send() -> Result<(), Box<dyn Error>> {
    // Where a tap leads, as denny's app and vinson's app have agreed.
    let ext = Ext::from_json(&serde_json::json!({"action": "jump to denny"}))?;
    let push = OfflinePushInfo::new("denny", "vinson, are you there?").with_ext(ext);

    println!("What is known against it:");
    for finding in push.check(&Audience::everyone()) {
        println!("  {finding}");
        println!("      {}", finding.fix());
    }

    // What only some phones ask for.
    let push = push.with_android(
        Android::new()
            .with_oppo(Oppo::new().with_channel("tuikit").with_category(OppoCategory::Im))
            .with_huawei(Huawei::new().with_category(HuaweiCategory::Im))
            .with_honor_importance(HonorImportance::Normal)
            .with_vivo_category(VivoCategory::Im)
            .with_xiaomi_channel("im")
            .with_fcm_channel("im"),
    );
    println!("\nAnd with channels and message classes: {} findings", push.check(&Audience::everyone()).len());

    println!("\nThe C API takes it inside the message:");
    let message = r#"{"message_elem_array":[{"elem_type":0,"text_elem_content":"vinson, are you there?"}]}"#;
    println!("{}", Envelope::read(Form::CApi, message)?.write(&push).text());

    for form in Form::ALL {
        let written = push.write(form);
        println!("\n{form}:\n{}", written.text());
        for place in written.not_carried() {
            println!("  not carried: {place}");
        }
    }
    Ok(())
}
