//! Which versions of clients and schemas exist, and which are live where.
//!
//! A registry is a set of objects in a folder or a bucket. Objects are only ever added, so that publishers need no lock:
//!
//! - `objects/<aa>/<sha256>`: a text, named by its hash. Whoever writes it writes the same bytes.
//! - `clients/<name>/<version>.json`, `schemas/<service>/<version>.json`: a [`Release`], the list of its texts. It is
//!   created only where there is none, behind all of its texts: a version never changes and is never half there.
//! - `deploys/<environment>/<number>.json`: an [`Event`] of an environment's history. The next number is created only where
//!   there is none, so that all writers agree on one order without a common clock.
//!
//! What is live follows from the history ([`history`]). Every text is held against its hash when it is read, and every
//! live version against the hash that its deploy recorded. This crate knows nothing of GraphQL; time and people come
//! from its caller.

mod error;
pub mod history;
mod name;
mod release;
mod store;

pub use error::RegistryError;
pub use history::{Action, Event, Live};
pub use release::{Kind, Release, ReleaseId, Text};

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::store::{Put, Store};

/// The object that says that this is a registry, and of which form.
const MARK: &str = "registry.json";
/// The mark's content.
const MARK_TEXT: &str = "{\"format\": \"schemacheck-registry\", \"version\": 1}\n";
/// How often a writer tries for the next number of a history, when others are faster.
const MOST_TRIES: usize = 100;

/// A registry, wherever it lies.
#[derive(Debug)]
pub struct Registry {
    store: Store,
}

/// What became of a publication.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Published {
    /// The version is new.
    New,
    /// The same texts were published under this version before.
    Before,
}

impl Registry {
    /// Opens the registry at a folder or at an `s3://`, `gs://` or `az://` address. `settings` are the variables of the
    /// environment, of which the ones of the clouds (`AWS_…`, `GOOGLE_…`, `AZURE_…`) count.
    pub fn open(
        location: &str,
        settings: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Registry, RegistryError> {
        Ok(Registry { store: Store::open(location, settings)? })
    }

    /// Publishes a version. Its texts come first and its list last, so that a publisher that dies leaves nothing half
    /// published. The same texts under the same version are no error, other texts are.
    pub fn publish(
        &self,
        kind: Kind,
        id: &ReleaseId,
        texts: Vec<(String, String)>,
    ) -> Result<Published, RegistryError> {
        let key = release::key(kind, id)?;
        self.prepare()?;
        let mut listed = Vec::with_capacity(texts.len());
        let mut objects: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (file, text) in texts {
            let sha256 = sha256(text.as_bytes());
            objects.insert(sha256.clone(), text.into_bytes());
            listed.push(Text { sha256, file });
        }
        let keys: Vec<String> = objects.keys().map(|sha256| object_key(sha256)).collect();
        // What is there and whole stays; what another program damaged is written again.
        let found = self.store.get_all(&keys)?;
        let missing: Vec<(String, Vec<u8>)> = keys
            .into_iter()
            .zip(objects.into_values())
            .zip(found)
            .filter(|((_, bytes), found)| found.as_ref() != Some(bytes))
            .map(|(missing, _)| missing)
            .collect();
        self.store.put_all(missing)?;
        let release = Release::new(kind, id, listed);
        let bytes = release.to_bytes();
        match self.store.create(&key, bytes.clone())? {
            Put::Created => Ok(Published::New),
            Put::Exists => {
                let published = self.bytes(&key)?.unwrap_or_default();
                if published == bytes {
                    return Ok(Published::Before);
                }
                let published = Release::from_bytes(kind, id, &published)
                    .map_err(|reason| RegistryError::damaged(&self.store, &key, &reason))?;
                let other = release.differences(&published);
                Err(RegistryError(format!(
                    "{id} is published already with other {}: {other}; a version never changes, publish under a new one",
                    kind.content()
                )))
            }
        }
    }

    /// A published version.
    pub fn release(&self, kind: Kind, id: &ReleaseId) -> Result<Release, RegistryError> {
        self.releases(kind, std::slice::from_ref(id)).map(|mut releases| releases.remove(0).0)
    }

    /// Published versions in the order of `ids`, each with the hash of its list.
    pub fn releases(&self, kind: Kind, ids: &[ReleaseId]) -> Result<Vec<(Release, String)>, RegistryError> {
        self.require()?;
        let keys = ids.iter().map(|id| release::key(kind, id)).collect::<Result<Vec<_>, _>>()?;
        let mut releases = Vec::with_capacity(ids.len());
        for ((id, key), bytes) in ids.iter().zip(&keys).zip(self.store.get_all(&keys)?) {
            let Some(bytes) = bytes else {
                return Err(self.unknown(kind, id)?);
            };
            let release = Release::from_bytes(kind, id, &bytes)
                .map_err(|reason| RegistryError::damaged(&self.store, key, &reason))?;
            releases.push((release, sha256(&bytes)));
        }
        Ok(releases)
    }

    /// The live versions of one kind, each held against the hash that its deploy recorded.
    pub fn live_releases(&self, kind: Kind, live: &[Live]) -> Result<Vec<Release>, RegistryError> {
        let live: Vec<&Live> = live.iter().filter(|live| live.kind == kind).collect();
        let ids: Vec<ReleaseId> = live.iter().map(|live| live.id.clone()).collect();
        let mut releases = Vec::with_capacity(ids.len());
        for (live, (release, sha256)) in live.iter().zip(self.releases(kind, &ids)?) {
            if live.sha256 != sha256 {
                let key = release::key(kind, &live.id)?;
                return Err(RegistryError::damaged(&self.store, &key, "it was changed after its deploy"));
            }
            releases.push(release);
        }
        Ok(releases)
    }

    /// The texts with these hashes, each once.
    pub fn texts(&self, hashes: &BTreeSet<&str>) -> Result<BTreeMap<String, String>, RegistryError> {
        let keys: Vec<String> = hashes.iter().map(|sha256| object_key(sha256)).collect();
        let mut texts = BTreeMap::new();
        for ((expected, key), bytes) in hashes.iter().zip(&keys).zip(self.store.get_all(&keys)?) {
            let Some(bytes) = bytes else {
                return Err(RegistryError::damaged(&self.store, key, "it is missing"));
            };
            if sha256(&bytes) != **expected {
                return Err(RegistryError::damaged(
                    &self.store,
                    key,
                    "its content is not what its name says",
                ));
            }
            let text = String::from_utf8(bytes)
                .map_err(|_| RegistryError::damaged(&self.store, key, "it is no text"))?;
            texts.insert((*expected).to_owned(), text);
        }
        Ok(texts)
    }

    /// All published versions of a kind, ordered by name, then by version.
    pub fn published(&self, kind: Kind) -> Result<Vec<ReleaseId>, RegistryError> {
        self.require()?;
        let keys = self.store.list(kind.folder())?;
        let ids = keys.iter().filter_map(|key| release::id_of(kind, key));
        Ok(ids.collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// The environments that something was ever deployed to.
    pub fn environments(&self) -> Result<Vec<String>, RegistryError> {
        self.require()?;
        let keys = self.store.list(history::FOLDER)?;
        let names = keys.iter().filter_map(|key| history::environment_of(key));
        Ok(names.collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// The history of an environment, oldest first; empty where nothing was ever deployed there.
    pub fn history(&self, environment: &str) -> Result<Vec<Event>, RegistryError> {
        self.require()?;
        let keys = self.history_keys(environment)?;
        let mut events = Vec::with_capacity(keys.len());
        for (key, bytes) in keys.iter().zip(self.store.get_all(&keys)?) {
            let event = Event::from_bytes(&bytes.unwrap_or_default())
                .map_err(|reason| RegistryError::damaged(&self.store, key, &reason))?;
            events.push(event);
        }
        Ok(events)
    }

    /// The keys of a history. A number that is missing is a deploy that is missing.
    fn history_keys(&self, environment: &str) -> Result<Vec<String>, RegistryError> {
        let keys = self.store.list(&history::folder(environment)?)?;
        for (at, key) in keys.iter().enumerate() {
            let expected = history::key(environment, at + 1)?;
            if *key != expected {
                return Err(RegistryError::damaged(&self.store, &expected, "it is missing"));
            }
        }
        Ok(keys)
    }

    /// Adds an event to the history of an environment: at the next number that nobody else took. A version that is
    /// deployed must be published, one that is retired must be live.
    pub fn record(
        &self,
        environment: &str,
        kind: Kind,
        id: &ReleaseId,
        action: Action,
        at: &str,
        by: &str,
    ) -> Result<(), RegistryError> {
        history::folder(environment)?;
        let (_, sha256) = self.releases(kind, std::slice::from_ref(id))?.remove(0);
        let event = Event {
            action,
            kind,
            name: id.name.clone(),
            release: id.version.clone(),
            sha256,
            at: at.to_owned(),
            by: by.to_owned(),
        };
        self.prepare()?;
        for _ in 0..MOST_TRIES {
            if action == Action::Retire {
                let live = history::live(&self.history(environment)?);
                if !live.iter().any(|live| live.kind == kind && live.id == *id) {
                    return Err(RegistryError(format!(
                        "{id} is not live in {environment}; nothing to retire"
                    )));
                }
            }
            let key = history::key(environment, self.history_keys(environment)?.len() + 1)?;
            let bytes = event.to_bytes();
            // A request that was answered too late may have made the object all the same.
            if self.store.create(&key, bytes.clone())? == Put::Created || self.bytes(&key)? == Some(bytes) {
                return Ok(());
            }
        }
        Err(RegistryError(format!(
            "{}: {MOST_TRIES} times another deploy to {environment} was faster; try again",
            self.store.location()
        )))
    }

    /// Makes sure that this is a registry, and that the store keeps two writers apart: creating the mark a second time
    /// has to be refused.
    fn prepare(&self) -> Result<(), RegistryError> {
        let mark = || self.store.create(MARK, MARK_TEXT.as_bytes().to_vec());
        if mark()? == Put::Created && mark()? == Put::Created {
            return Err(RegistryError(format!(
                "{}: the store overwrites an object that was to be created only where there is none (If-None-Match), so two \
                 publishers could lose each other's work; use a store that knows conditional writes",
                self.store.location()
            )));
        }
        self.require()
    }

    /// Makes sure that there is a registry of a form that this program knows.
    fn require(&self) -> Result<(), RegistryError> {
        match self.bytes(MARK)? {
            Some(bytes) if bytes == MARK_TEXT.as_bytes() => Ok(()),
            Some(_) => Err(RegistryError(format!(
                "{}: its {MARK} is damaged, or of a newer schemacheck; restore it or update",
                self.store.location()
            ))),
            None => Err(RegistryError(format!(
                "{}: there is no registry; schemacheck client publish and schema publish make one",
                self.store.location()
            ))),
        }
    }

    fn bytes(&self, key: &str) -> Result<Option<Vec<u8>>, RegistryError> {
        Ok(self.store.get_all(&[key.to_owned()])?.remove(0))
    }

    /// That a version was never published, with those of its name that were.
    fn unknown(&self, kind: Kind, id: &ReleaseId) -> Result<RegistryError, RegistryError> {
        let published = self.published(kind)?;
        let versions: Vec<&str> = published
            .iter()
            .filter(|other| other.name == id.name)
            .map(|other| other.version.as_str())
            .collect();
        let known = match &versions[..] {
            [] => {
                let names: BTreeSet<&str> = published.iter().map(|other| other.name.as_str()).collect();
                let names: Vec<&str> = names.into_iter().take(10).collect();
                format!("no version of {} is; published are: {}", id.name, names.join(", "))
            }
            versions => {
                format!("versions that are: {}", versions[versions.len().saturating_sub(10)..].join(", "))
            }
        };
        Ok(RegistryError(format!("{}: {id} is not published; {known}", self.store.location())))
    }
}

fn object_key(sha256: &str) -> String {
    format!("objects/{}/{sha256}", sha256.get(..2).unwrap_or_default())
}

/// The hash of bytes in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
