//! Reads the catalogue's examples, which are lines of options.

use tim_offline_push::doctor::{self, Preflight};
use tim_offline_push::ext::Ext;
use tim_offline_push::finding::Finding;
use tim_offline_push::message::OfflinePushInfo;

use crate::{arguments, loopbacks, phones};

/// What the doctor finds in an example.
pub(crate) fn findings(example: &str) -> Vec<Finding> {
    let findings = if let Some(situation) = example.strip_prefix("phone: ") {
        phones::situation(situation).check().findings().to_vec()
    } else if let Some(situation) = example.strip_prefix("loopback: ") {
        loopbacks::report(situation).findings().to_vec()
    } else if example == "code: Ext::from_bytes([0xff])" {
        let info = OfflinePushInfo::new("t", "d").with_ext(Ext::from_bytes([0xff]));
        Preflight::new().with_push_info(info).check().findings().to_vec()
    } else {
        preflight(example).check().findings().to_vec()
    };
    for finding in &findings {
        assert!(doctor::rule(finding.rule().id()).is_some(), "{} is not in the catalogue", finding.rule());
    }
    findings
}

/// The ids of the rules that find something, in order.
pub(crate) fn rules(example: &str) -> Vec<&'static str> {
    findings(example).iter().map(|finding| finding.rule().id()).collect()
}

pub(crate) fn preflight(example: &str) -> Preflight {
    let mut arguments: Vec<String> = Vec::new();
    for line in example.lines() {
        if line.starts_with("--") {
            let (option, value) = line.split_once(' ').unwrap_or((line, ""));
            arguments.push(option.to_owned());
            if !value.is_empty() {
                let value = value.replace("LONG", &"a".repeat(5000));
                arguments.push(if option == "--manifest" { whole(&value) } else { value });
            }
        } else {
            let last = arguments.last_mut().expect("an option");
            last.push('\n');
            last.push_str(line);
        }
    }
    let request = arguments::read(arguments, &mut |text| Ok(text.to_owned()));
    request.unwrap_or_else(|why| panic!("{why}: {example}")).preflight
}

/// A manifest around a part of one.
pub(crate) fn whole(part: &str) -> String {
    if part.starts_with("<manifest") || part.starts_with("<?xml") {
        part.to_owned()
    } else {
        format!("<manifest package=\"com.example.im\"><application>{part}</application></manifest>")
    }
}
