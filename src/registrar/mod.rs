//! Makes a phone reachable: the pure state machine, and the handle that drives it.
