//! The `ext` payload: bytes that travel through the vendor, and Tencent's container in them.
