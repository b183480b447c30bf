//! A published version of a client or of a schema: the list of its texts.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{RegistryError, name};

/// What has versions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A client: its operations.
    Client,
    /// A service: its schema.
    Schema,
}

impl Kind {
    /// The folder of its versions.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Kind::Client => "clients",
            Kind::Schema => "schemas",
        }
    }

    /// What a version holds.
    pub(crate) fn content(self) -> &'static str {
        match self {
            Kind::Client => "operations",
            Kind::Schema => "files",
        }
    }
}

/// `NAME@VERSION`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ReleaseId {
    /// The client or the service.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl fmt::Display for ReleaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

impl FromStr for ReleaseId {
    type Err = String;

    /// Takes the last `@` as the one before the version: `@scope/app@1.2.0`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.rsplit_once('@') {
            Some((name, version)) if !name.is_empty() && !version.is_empty() => {
                Ok(ReleaseId { name: name.to_owned(), version: version.to_owned() })
            }
            _ => Err("expected NAME@VERSION, such as web@4.2.0".to_owned()),
        }
    }
}

/// A published version.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    format: String,
    version: u32,
    kind: Kind,
    /// The client or the service.
    pub name: String,
    /// Its version.
    pub release: String,
    /// Its texts in the order in which they were published.
    pub texts: Vec<Text>,
}

/// A text of a version.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Its hash, by which it is stored.
    pub sha256: String,
    /// Where its publisher had it.
    pub file: String,
}

impl Release {
    pub(crate) fn new(kind: Kind, id: &ReleaseId, texts: Vec<Text>) -> Self {
        let (name, release) = (id.name.clone(), id.version.clone());
        Release { format: "schemacheck-release".into(), version: 1, kind, name, release, texts }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads a list and makes sure that it is the one that was asked for.
    pub(crate) fn from_bytes(kind: Kind, id: &ReleaseId, bytes: &[u8]) -> Result<Self, String> {
        let release: Release = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if release.format != "schemacheck-release" || release.version != 1 {
            return Err("it is of a form that this schemacheck does not know".into());
        }
        let hex =
            |text: &Text| text.sha256.len() == 64 && text.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        if release.kind != kind || release.id() != *id || !release.texts.iter().all(hex) {
            return Err("it is not what its name says".into());
        }
        Ok(release)
    }

    /// Which version it is.
    pub fn id(&self) -> ReleaseId {
        ReleaseId { name: self.name.clone(), version: self.release.clone() }
    }

    /// How many texts only one of two releases has.
    pub(crate) fn differences(&self, published: &Release) -> String {
        let hashes = |release: &Release| -> BTreeSet<String> {
            release.texts.iter().map(|text| text.sha256.clone()).collect()
        };
        let (here, there) = (hashes(self), hashes(published));
        match (here.difference(&there).count(), there.difference(&here).count()) {
            (0, 0) => "the same texts from other files or in another order".to_owned(),
            (new, gone) => format!("{new} only here, {gone} only there"),
        }
    }
}

/// The key of a version's list.
pub(crate) fn key(kind: Kind, id: &ReleaseId) -> Result<String, RegistryError> {
    Ok(format!("{}/{}/{}.json", kind.folder(), name::encode(&id.name)?, name::encode(&id.version)?))
}

/// The version whose list has this key.
pub(crate) fn id_of(kind: Kind, key: &str) -> Option<ReleaseId> {
    let rest = key.strip_prefix(kind.folder())?.strip_prefix('/')?;
    let (name, version) = rest.strip_suffix(".json")?.split_once('/')?;
    Some(ReleaseId { name: name::decode(name)?, version: name::decode(version)? })
}
