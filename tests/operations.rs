//! x
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests")]
