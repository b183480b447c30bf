//! Why a registry gives no answer.

use std::fmt;

use crate::store::Store;

/// Why the registry gives no answer: one line that says what, where and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegistryError(pub String);

impl RegistryError {
    /// An object that is not what it has to be.
    pub(crate) fn damaged(store: &Store, key: &str, reason: &str) -> Self {
        RegistryError(format!(
            "{}: {key} is damaged: {reason}; publish the version it belongs to again, or restore it from a backup",
            store.location()
        ))
    }
}

impl fmt::Display for RegistryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RegistryError {}
