//! The IM client: what the registrar asks for, as calls of the C library.

use std::sync::Arc;

use tim_offline_push::message::TokenObject;
use tim_offline_push::registrar::{Binding, Completion, ImClient, Presence};

use crate::library::{Library, c_text};

/// Tencent's C library as the registrar's IM client.
pub struct CLibrary(pub Arc<Library>);

// guide: im-client
impl ImClient for CLibrary {
    fn set_offline_push(&self, binding: &Binding, done: Completion) {
        // The library takes the hex digits of a token's bytes; an empty object would turn pushes off.
        let object =
            binding.business_id().zip(binding.token()).map(|(id, token)| TokenObject::new(id, token));
        let json = object.map(|object| c_text(object.json().expose_secret()));
        self.0.set_offline_push_token(json.as_deref(), move |code| done.failed(code)); // 0 is success
    }

    fn set_presence(&self, presence: Presence, done: Completion) {
        match presence {
            Presence::Foreground => self.0.do_foreground(move |code| done.failed(code)),
            Presence::Background { unread } => {
                self.0.do_background(unread.as_u32(), move |code| done.failed(code));
            }
        }
    }
}
// end
