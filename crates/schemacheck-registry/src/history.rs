//! The history of an environment: what was deployed and retired, in one order, and what is live after it.

use serde::{Deserialize, Serialize};

use crate::{Kind, RegistryError, ReleaseId, name};

/// The folder of all histories.
pub(crate) const FOLDER: &str = "deploys";

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// The version is live from now on, beside those that are.
    Deploy,
    /// The version is live from now on, and no other version of its name.
    Replace,
    /// The version is not live any more.
    Retire,
}

/// One entry of a history.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// What happened.
    pub action: Action,
    /// To what.
    pub kind: Kind,
    /// The client or the service.
    pub name: String,
    /// Its version.
    pub release: String,
    /// The hash of the version's list at that time.
    pub sha256: String,
    /// When, as the one who recorded it says.
    pub at: String,
    /// Who.
    pub by: String,
}

impl Event {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(bytes).map_err(|error| error.to_string())
    }

    /// Which version it is about.
    pub fn id(&self) -> ReleaseId {
        ReleaseId { name: self.name.clone(), version: self.release.clone() }
    }
}

/// A version that is live.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Live {
    /// A client or a schema.
    pub kind: Kind,
    /// Which version.
    pub id: ReleaseId,
    /// The hash of its list when it was deployed.
    pub sha256: String,
    /// When it was deployed last.
    pub at: String,
    /// Who did it.
    pub by: String,
}

/// What is live after a history, in the order of the last deploys.
pub fn live(events: &[Event]) -> Vec<Live> {
    let mut live: Vec<Live> = Vec::new();
    for event in events {
        let id = event.id();
        let all = event.action == Action::Replace;
        live.retain(|other| other.kind != event.kind || other.id.name != id.name || (!all && other.id != id));
        if event.action != Action::Retire {
            let Event { kind, sha256, at, by, .. } = event.clone();
            live.push(Live { kind, id, sha256, at, by });
        }
    }
    live
}

/// The folder of an environment's history.
pub(crate) fn folder(environment: &str) -> Result<String, RegistryError> {
    Ok(format!("{FOLDER}/{}", name::encode(environment)?))
}

/// The key of an entry, numbered from 1.
pub(crate) fn key(environment: &str, number: usize) -> Result<String, RegistryError> {
    Ok(format!("{}/{number:010}.json", folder(environment)?))
}

/// The environment whose history holds this key.
pub(crate) fn environment_of(key: &str) -> Option<String> {
    name::decode(key.strip_prefix(FOLDER)?.strip_prefix('/')?.split_once('/')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_live_follows_from_the_history() {
        let event = |action, kind, text: &str| {
            let id: ReleaseId = text.parse().unwrap();
            let (at, by) = (String::new(), String::new());
            Event { action, kind, name: id.name, release: id.version, sha256: String::new(), at, by }
        };
        let history = [
            event(Action::Deploy, Kind::Client, "a@1"),
            event(Action::Deploy, Kind::Client, "b@1"),
            event(Action::Replace, Kind::Schema, "a@1"),
            event(Action::Deploy, Kind::Client, "a@2"),
            event(Action::Deploy, Kind::Client, "a@1"),
            event(Action::Replace, Kind::Schema, "a@2"),
            event(Action::Retire, Kind::Client, "b@1"),
        ];
        let live_after = |count: usize| -> Vec<String> {
            live(&history[..count]).iter().map(|live| format!("{:?} {}", live.kind, live.id)).collect()
        };
        assert_eq!(live_after(0), [""; 0]);
        assert_eq!(live_after(4), ["Client a@1", "Client b@1", "Schema a@1", "Client a@2"]);
        assert_eq!(live_after(7), ["Client a@2", "Client a@1", "Schema a@2"]);
    }
}
