//! `schemacheck gate`: may this schema, or this client, go live in an environment?

use std::collections::BTreeSet;
use std::path::Path;

use bumpalo::Bump;
use schemacheck::gate::{Candidate, GateRequest, NamedSchema, check_gate};
use schemacheck::partition::Verdicts;
use schemacheck::report::{Report, SchemaSource};
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{Schema, Valid};
use schemacheck_graphql::source::{SourceId, Sources};
use schemacheck_registry::{Kind, Live, Registry, RegistryError, ReleaseId, history};

use super::merge::{Answer, hash_of, run_part};
use super::registry_of;
use crate::args::{Bar, GateArgs};
use crate::operations::Operations;
use crate::schemas::{self, Problems, SchemaTexts};
use crate::{config, registry};

/// How many of the schemas that were live before a stale client is held against.
const MOST_EARLIER: usize = 10;

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &GateArgs) -> u8 {
    run_part(args.partition, &args.output, |verdicts| answer(args, verdicts))
}

/// The report and what goes with it.
pub(super) fn answer(args: &GateArgs, verdicts: &Verdicts) -> Result<Answer, ()> {
    let location = registry_of(&args.registry, args.policy.config.as_deref())?;
    let mut sources = Sources::new();
    let mut report = Report::new("gate");
    let config = config::read(&args.policy);
    let read = Inputs::read(args, &location, &mut sources);
    let inputs = hash_of(&sources, &(&config, &read));
    let today = config.as_ref().ok().map(|config| config.policy.today);
    match (config, read) {
        (Ok(config), Ok(inputs)) => report = inputs.judge(args, &config, &sources, verdicts),
        (Ok(_), Err(error)) => report.error(error.0),
        (Err(errors), _) => errors.into_iter().for_each(|error| report.error(error)),
    }
    if let Some(gate) = &mut report.gate {
        gate.dry_run = args.dry_run;
    }
    Ok(Answer { report, sources, arguments: String::new(), inputs, today, dry_run: args.dry_run })
}

/// What a gate reads.
#[derive(Debug)]
struct Inputs {
    /// The schema that is to go live; nothing where a client is.
    candidate: Option<SchemaTexts>,
    /// The schemas that are live, in the order of their deploys.
    live: Vec<SchemaTexts>,
    /// The schemas that were live before, the newest first.
    earlier: Vec<SchemaTexts>,
    operations: Operations,
}

impl Inputs {
    fn read(args: &GateArgs, location: &str, sources: &mut Sources) -> Result<Self, RegistryError> {
        let registry = registry::open(location)?;
        let events = registry.history(&args.environment)?;
        let live = history::live(&events);
        let mut schemas: Vec<Live> = live.iter().filter(|live| live.kind == Kind::Schema).cloned().collect();
        let mut inputs = Inputs {
            candidate: None,
            live: Vec::new(),
            earlier: Vec::new(),
            operations: Operations::default(),
        };
        let documents = match &args.candidate_client {
            Some(client) => {
                if schemas.is_empty() {
                    registry::live(&registry, &args.environment, Kind::Schema)?;
                }
                let services: BTreeSet<&str> = schemas.iter().map(|live| live.id.name.as_str()).collect();
                let mut earlier: Vec<ReleaseId> = Vec::new();
                for event in events.iter().rev().filter(|event| event.kind == Kind::Schema) {
                    let id = event.id();
                    let is_live = schemas.iter().any(|live| live.id == id);
                    if !is_live && !earlier.contains(&id) && services.contains(id.name.as_str()) {
                        earlier.push(id);
                    }
                }
                earlier.truncate(MOST_EARLIER);
                for (release, _) in registry.releases(Kind::Schema, &earlier)? {
                    let files = registry::schema_files(&registry, &release)?;
                    let name = release.id().to_string();
                    inputs.earlier.push(schemas::of_files(&name, files, Vec::new(), sources));
                }
                registry::documents(&registry, vec![registry.release(Kind::Client, client)?])?
            }
            None => {
                let candidate = args.schema.as_deref().unwrap_or_default();
                let spec = registered(candidate);
                if let Some(spec) = spec
                    && let Ok(id) = spec.parse::<ReleaseId>()
                    && schemas.iter().any(|live| live.id.name == id.name)
                {
                    // Other services of the environment are none of its business.
                    schemas.retain(|live| live.id.name == id.name);
                }
                let services: BTreeSet<&str> = schemas.iter().map(|live| live.id.name.as_str()).collect();
                if services.len() > 1 {
                    let services: Vec<&str> = services.into_iter().collect();
                    return Err(RegistryError(format!(
                        "several services are live in {}: {}; publish the schema and gate it as SERVICE@VERSION, so that it is \
                         clear which of them it follows",
                        args.environment,
                        services.join(", ")
                    )));
                }
                let candidate =
                    spec.map_or_else(|| candidate.to_owned(), |spec| format!("{}{spec}", registry::PREFIX));
                inputs.candidate = Some(schemas::read(&candidate, location, sources));
                let clients = registry::live(&registry, &args.environment, Kind::Client)?;
                registry::documents(&registry, registry.live_releases(Kind::Client, &clients)?)?
            }
        };
        inputs.operations = Operations::of_clients(documents, sources);
        inputs.live = read_live(&registry, &schemas, sources)?;
        Ok(inputs)
    }

    fn judge(
        &self,
        args: &GateArgs,
        config: &config::Config,
        sources: &Sources,
        verdicts: &Verdicts,
    ) -> Report {
        let limits = Limits::default();
        let arena = Bump::new();
        let mut problems = Problems::default();
        problems.unread(&self.operations.unread);
        let load = |texts: &SchemaTexts, problems: &mut Problems| {
            let schema = texts.load(&arena, sources, limits, problems)?;
            Some(Loaded { source: texts.source(sources), schema, texts: texts.texts.clone() })
        };
        let live: Option<Vec<Loaded<'_>>> =
            self.live.iter().map(|texts| load(texts, &mut problems)).collect();
        let candidate = self.candidate.as_ref().map(|texts| load(texts, &mut problems));
        // An old schema that cannot be loaded explains nothing, and is no problem of this deploy.
        let earlier: Vec<Loaded<'_>> =
            self.earlier.iter().filter_map(|texts| load(texts, &mut Problems::default())).collect();
        let earlier: Vec<NamedSchema<'_, '_>> = earlier.iter().map(Loaded::named).collect();
        let client = args.candidate_client.as_ref().map(registry::client);
        let candidate = match (&client, &candidate) {
            (Some(client), _) => Some(Candidate::Client(client, &earlier)),
            (None, Some(Some(schema))) => Some(Candidate::Schema(schema.named())),
            (None, _) => None,
        };
        let mut report = match (candidate, &live) {
            (Some(candidate), Some(live)) => {
                let live: Vec<NamedSchema<'_, '_>> = live.iter().map(Loaded::named).collect();
                check_gate(&GateRequest {
                    sources,
                    environment: &args.environment,
                    candidate,
                    live: &live,
                    documents: &self.operations.documents,
                    fail_on: config.fail_on.unwrap_or(Bar::Breaking).into(),
                    policy: &config.policy,
                    limits,
                    verdicts,
                })
            }
            _ => Report::new("gate"),
        };
        problems.into_report(&mut report);
        report
    }
}

/// A schema with what a report says of it.
struct Loaded<'a> {
    source: SchemaSource,
    schema: Valid<Schema<'a>>,
    texts: Vec<SourceId>,
}

impl<'a> Loaded<'a> {
    fn named(&self) -> NamedSchema<'_, '_> {
        NamedSchema { source: &self.source, schema: &self.schema, texts: &self.texts }
    }
}

/// The texts of published schemas, in the order of `live`.
pub(super) fn read_live(
    registry: &Registry,
    live: &[Live],
    sources: &mut Sources,
) -> Result<Vec<SchemaTexts>, RegistryError> {
    let mut schemas = Vec::with_capacity(live.len());
    for release in registry.live_releases(Kind::Schema, live)? {
        let files = registry::schema_files(registry, &release)?;
        schemas.push(schemas::of_files(&release.id().to_string(), files, Vec::new(), sources));
    }
    Ok(schemas)
}

/// What of the candidate is in the registry: behind the prefix, or a NAME@VERSION that is no file.
fn registered(candidate: &str) -> Option<&str> {
    candidate.strip_prefix(registry::PREFIX).or_else(|| {
        let is_name = candidate.parse::<ReleaseId>().is_ok() && !candidate.contains(['*', '?', ':']);
        (is_name && !Path::new(candidate).exists()).then_some(candidate)
    })
}
