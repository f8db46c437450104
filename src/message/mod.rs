//! `OfflinePushInfo`: how one message looks as a push, in every wire form that Tencent reads.
