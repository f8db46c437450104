//! What a tap on a notification opens, as each vendor wants it said.
