//! `android.content.Intent`, `Uri` and `IntentFilter`, off the device. Knows nothing of push.
