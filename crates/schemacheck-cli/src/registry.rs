//! The registry as a source of schemas and operations: `registry:…` on the command line.

use std::collections::{BTreeMap, BTreeSet};

use schemacheck::operation::Client;
use schemacheck_registry::{Kind, Live, Registry, RegistryError, Release, ReleaseId, history};

use crate::source::{TextFile, Texts, Unread};

/// What begins a source that is in the registry.
pub(crate) const PREFIX: &str = "registry:";
/// The registry, where nothing else is named.
pub(crate) const DEFAULT: &str = ".schemacheck";

/// A document that clients published.
#[derive(Debug)]
pub(crate) struct Registered {
    /// As messages show it: the first client and the place that its publisher had it at.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) clients: BTreeSet<Client>,
}

/// Opens the registry at a location.
pub(crate) fn open(location: &str) -> Result<Registry, RegistryError> {
    let settings = std::env::vars_os()
        .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)));
    Registry::open(location, settings)
}

/// What is live in an environment; nothing live is an error.
pub(crate) fn live(registry: &Registry, environment: &str, kind: Kind) -> Result<Vec<Live>, RegistryError> {
    let live: Vec<Live> =
        history::live(&registry.history(environment)?).into_iter().filter(|live| live.kind == kind).collect();
    if live.is_empty() {
        let environments = registry.environments()?;
        let known = if environments.is_empty() { "none".to_owned() } else { environments.join(", ") };
        let (word, command) = match kind {
            Kind::Client => ("client", "client"),
            Kind::Schema => ("schema", "schema"),
        };
        return Err(RegistryError(format!(
            "no {word} is live in {environment}; record it with schemacheck {command} deploy; environments with a history: {known}"
        )));
    }
    Ok(live)
}

/// The files of the schema that `SERVICE@VERSION` or `SERVICE@env:ENVIRONMENT` means.
pub(crate) fn schema(spec: &str, location: &str) -> Texts {
    let files = || {
        let registry = open(location)?;
        let release = match spec.split_once("@env:") {
            Some((service, environment)) => {
                let mut live = live(&registry, environment, Kind::Schema)?;
                live.retain(|live| live.id.name == service);
                match &live[..] {
                    [_] => registry.live_releases(Kind::Schema, &live)?.remove(0),
                    [] => {
                        return Err(RegistryError(format!(
                            "no version of {service} is live in {environment}"
                        )));
                    }
                    several => {
                        let versions: Vec<String> = several.iter().map(|live| live.id.to_string()).collect();
                        let versions = versions.join(", ");
                        return Err(RegistryError(format!(
                            "several versions of {service} are live in {environment}: {versions}; name one"
                        )));
                    }
                }
            }
            None => registry.release(Kind::Schema, &spec.parse().map_err(RegistryError)?)?,
        };
        schema_files(&registry, &release)
    };
    files().map_or_else(|error| (Vec::new(), vec![unread(spec, error)]), |files| (files, Vec::new()))
}

/// The files of a published schema.
pub(crate) fn schema_files(registry: &Registry, release: &Release) -> Result<Vec<TextFile>, RegistryError> {
    let hashes = release.texts.iter().map(|text| text.sha256.as_str()).collect();
    let texts = registry.texts(&hashes)?;
    let files = release.texts.iter().map(|text| TextFile {
        name: format!("{}:{}", release.id(), text.file),
        text: texts[&text.sha256].clone(),
        explicit: true,
        remote: false,
    });
    Ok(files.collect())
}

/// The documents that `CLIENT@VERSION` or `env:ENVIRONMENT` means.
pub(crate) fn operations(spec: &str, location: &str) -> Result<Vec<Registered>, Unread> {
    let documents = || {
        let registry = open(location)?;
        let releases = match spec.strip_prefix("env:") {
            Some(environment) => {
                registry.live_releases(Kind::Client, &live(&registry, environment, Kind::Client)?)?
            }
            None => vec![registry.release(Kind::Client, &spec.parse().map_err(RegistryError)?)?],
        };
        documents(&registry, releases)
    };
    documents().map_err(|error| unread(spec, error))
}

/// The documents of clients, each text once, ordered by the client that has it first. A client without any is an error.
pub(crate) fn documents(
    registry: &Registry,
    mut releases: Vec<Release>,
) -> Result<Vec<Registered>, RegistryError> {
    releases.sort_by_key(Release::id);
    let hashes: BTreeSet<&str> =
        releases.iter().flat_map(|release| &release.texts).map(|text| text.sha256.as_str()).collect();
    let mut texts = registry.texts(&hashes)?;
    let mut by_hash: BTreeMap<&str, usize> = BTreeMap::new();
    let mut documents: Vec<Registered> = Vec::new();
    for release in &releases {
        if release.texts.is_empty() {
            return Err(RegistryError(format!(
                "{} is empty: it was published without operations",
                release.id()
            )));
        }
        for text in &release.texts {
            let at = *by_hash.entry(&text.sha256).or_insert_with(|| {
                let name = format!("{}:{}", release.id(), text.file);
                let text = texts.remove(&text.sha256).unwrap_or_default();
                documents.push(Registered { name, text, clients: BTreeSet::new() });
                documents.len() - 1
            });
            documents[at].clients.insert(client(&release.id()));
        }
    }
    Ok(documents)
}

/// A published client as reports name it.
pub(crate) fn client(id: &ReleaseId) -> Client {
    Client { name: id.name.clone(), version: Some(id.version.clone()) }
}

fn unread(spec: &str, error: RegistryError) -> Unread {
    Unread { name: format!("{PREFIX}{spec}"), message: error.0 }
}
