//! Scripted vendor SDKs, IM client, store, virtual clock and scheduler for tests of your own integration.
