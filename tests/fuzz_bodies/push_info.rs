//! Whatever is read as a push can be written, and is read again as the same.

use tim_offline_push::message::{Audience, Envelope, Field, Form, OfflinePushInfo, TokenObject};
use tim_offline_push::trace::ServerRecord;

/// The first byte chooses the form, the rest is the text.
pub fn push_info(data: &[u8]) {
    let Some((choice, text)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let form = Form::ALL[usize::from(*choice) % Form::ALL.len()];
    drop(TokenObject::read(text));
    drop(ServerRecord::read(text));
    if let Ok(envelope) = Envelope::read(form, text) {
        let written = envelope.write(&OfflinePushInfo::new("t", "d"));
        let again = OfflinePushInfo::read(form, written.text()).expect("what was written is JSON");
        assert_eq!(again.info().title(), "t");
    }
    let Ok(reading) = OfflinePushInfo::read(form, text) else { return };
    let info = reading.info();
    let written = info.write(form);
    let again = OfflinePushInfo::read(form, written.text()).expect("what was written is JSON").into_info();
    assert_eq!(&again, info);
    assert!(written.not_carried().is_empty());
    for other in Form::ALL.iter().copied() {
        let elsewhere = info.write(other);
        let read = OfflinePushInfo::read(other, elsewhere.text()).expect("what was written is JSON");
        assert_eq!(read.info().write(other).text(), elsewhere.text());
    }
    for finding in info.check(&Audience::everyone()) {
        assert!(!finding.to_string().is_empty());
        let Some(cut) = finding.cut() else { continue };
        assert!(cut.limit < cut.length);
        let fields = [Field::Title, Field::Desc, Field::IosTitle, Field::AndroidTitle, Field::HarmonyTitle];
        let mut texts = fields.into_iter().filter_map(|field| info.value(field));
        assert!(texts.any(|text| text.as_str().unwrap().is_char_boundary(cut.keeps_bytes)));
    }
}
