//! Objects in a folder or a bucket: whole or not at all, each request with an end.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};
use tokio::runtime::{Builder, Runtime};
use url::Url;

use crate::RegistryError;

/// How long a request may take, retries included.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many requests are under way at once.
const AT_ONCE: usize = 32;
/// The largest object that is read, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// Where objects lie.
pub(crate) struct Store {
    objects: Arc<dyn ObjectStore>,
    runtime: Runtime,
    location: String,
    /// The folder, where it is one; it is made by the first write.
    folder: Option<std::path::PathBuf>,
}

/// Whether an object was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Put {
    /// It was made.
    Created,
    /// There was one already, and it is untouched.
    Exists,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("location", &self.location).finish_non_exhaustive()
    }
}

impl Store {
    pub(crate) fn open(
        location: &str,
        settings: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, RegistryError> {
        let failed =
            |reason: String| RegistryError(format!("{location}: cannot be opened as a registry: {reason}"));
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(|error| failed(error.to_string()))?;
        // A letter and a colon begin a path on Windows.
        let url =
            location.contains("://").then(|| Url::parse(location).map_err(|error| failed(error.to_string())));
        let (objects, folder): (Arc<dyn ObjectStore>, _) = match url.transpose()? {
            Some(url) if ["s3", "gs", "az"].contains(&url.scheme()) => {
                let (store, prefix) =
                    object_store::parse_url_opts(&url, settings).map_err(|error| failed(told(&error)))?;
                (Arc::new(PrefixStore::new(store, prefix)), None)
            }
            Some(_) => return Err(failed("it is a folder, or begins with s3://, gs:// or az://".into())),
            None => {
                let folder = std::path::absolute(location).map_err(|error| failed(error.to_string()))?;
                let store = LocalFileSystem::new().with_fsync(true);
                let prefix = Path::from_absolute_path(&folder).map_err(|error| failed(error.to_string()))?;
                (Arc::new(PrefixStore::new(store, prefix)), Some(folder))
            }
        };
        Ok(Store { objects, runtime, location: location.to_owned(), folder })
    }

    /// As the user named it.
    pub(crate) fn location(&self) -> &str {
        &self.location
    }

    /// The objects with these keys, in their order; nothing for one that is not there.
    pub(crate) fn get_all(&self, keys: &[String]) -> Result<Vec<Option<Vec<u8>>>, RegistryError> {
        let answers = stream::iter(keys).map(|key| self.get(key)).buffered(AT_ONCE);
        self.runtime.block_on(answers.try_collect())
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, RegistryError> {
        let request = async {
            let path = Path::parse(key)?;
            let found = self.objects.get(&path).await?;
            if found.meta.size > MOST_BYTES {
                let source = format!("it has more than {} MiB", MOST_BYTES >> 20).into();
                return Err(Error::Generic { store: "registry", source });
            }
            found.bytes().await
        };
        match self.patiently(key, request).await? {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.failed(key, &error)),
        }
    }

    /// Writes objects whose names say their content: what is there is the same, or damaged.
    pub(crate) fn put_all(&self, objects: Vec<(String, Vec<u8>)>) -> Result<(), RegistryError> {
        let answers = stream::iter(objects)
            .map(|(key, bytes)| async move { self.put(&key, bytes, PutMode::Overwrite).await })
            .buffered(AT_ONCE);
        self.runtime.block_on(answers.try_for_each(|_| async { Ok(()) }))
    }

    /// Makes an object where there is none; one that is there stays as it is.
    pub(crate) fn create(&self, key: &str, bytes: Vec<u8>) -> Result<Put, RegistryError> {
        self.runtime.block_on(self.put(key, bytes, PutMode::Create))
    }

    async fn put(&self, key: &str, bytes: Vec<u8>, mode: PutMode) -> Result<Put, RegistryError> {
        let request = async {
            let options = PutOptions { mode, ..PutOptions::default() };
            self.objects.put_opts(&Path::parse(key)?, PutPayload::from(bytes), options).await
        };
        match self.patiently(key, request).await? {
            Ok(_) => Ok(Put::Created),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Ok(Put::Exists),
            Err(error) => Err(self.failed(key, &error)),
        }
    }

    /// The keys below a folder, sorted.
    pub(crate) fn list(&self, folder: &str) -> Result<Vec<String>, RegistryError> {
        // A folder that is not there holds nothing.
        if self.folder.as_ref().is_some_and(|root| !root.join(folder).exists()) {
            return Ok(Vec::new());
        }
        let request = async {
            let found = self.objects.list(Some(&Path::parse(folder)?));
            found.map_ok(|object| object.location.to_string()).try_collect::<Vec<_>>().await
        };
        let answer = self.runtime.block_on(async { self.patiently(folder, request).await })?;
        let mut keys = answer.map_err(|error| self.failed(folder, &error))?;
        keys.sort();
        Ok(keys)
    }

    /// Waits for a request as long as is decent.
    async fn patiently<T>(&self, key: &str, request: impl Future<Output = T>) -> Result<T, RegistryError> {
        tokio::time::timeout(PATIENCE, request).await.map_err(|_| {
            let seconds = PATIENCE.as_secs();
            RegistryError(format!("{}: no answer for {key} within {seconds} seconds", self.location))
        })
    }

    fn failed(&self, key: &str, error: &Error) -> RegistryError {
        RegistryError(format!("{}: {key}: {}", self.location, told(error)))
    }
}

/// An error and its causes in one line.
fn told(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        if !line.contains(&words) {
            line.push_str(": ");
            line.push_str(&words);
        }
        cause = error.source();
    }
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
