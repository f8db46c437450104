//! The registrar for Java: a library for `System.loadLibrary`, and the classes of `java/com/example/push`.

mod bridge;
mod error;
mod hosts;
mod natives;
