//! Device facts, and which push channel they elect, with reasons.
