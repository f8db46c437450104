//! Prints the click action of the Android test: the intent URI for the vendors' consoles, then the lines for
//! the manifest.

use tim_offline_push::Screen;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let screen =
        Screen::new("com.example.im", "com.example.im.PushActivity", "pushscheme://com.example.im/detail")?;
    println!("{}\n{}", screen.intent_uri(), screen.manifest());
    Ok(())
}
