//! The registrar for Java: a library for `System.loadLibrary`, and the classes of `java/com/example/push`.

mod bridge;
mod error;
mod hosts;
mod natives;

use tim_offline_push::registrar::Notice;

/// The stable name of a notice.
fn notice_name(notice: &Notice) -> String {
    let name = serde_json::to_value(notice.code()).ok();
    name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned()
}
