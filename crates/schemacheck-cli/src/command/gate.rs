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
use schemacheck_registry::{Event, Kind, Live, Registry, RegistryError, Release, ReleaseId, history};

use super::merge::{Answer, hash_of, run_part};
use super::unanswered;
use crate::args::{Bar, GateArgs};
use crate::http::Access;
use crate::operations::Operations;
use crate::schemas::{self, Problems, SchemaTexts};
use crate::{config, registry};

/// How many of the schemas that were live before a stale client is held against.
const MOST_EARLIER: usize = 10;

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &GateArgs) -> u8 {
    run_part(args.partition, &args.after, &args.output, |verdicts| answer(args, verdicts))
}

/// The report and what goes with it.
pub(super) fn answer(args: &GateArgs, verdicts: &Verdicts) -> Answer {
    let mut answer =
        judge(args, verdicts).unwrap_or_else(|errors| Answer::without_inputs(unanswered("gate", errors)));
    answer.dry_run = args.dry_run;
    if let Some(gate) = &mut answer.report.gate {
        gate.dry_run = args.dry_run;
    }
    answer
}

fn judge(args: &GateArgs, verdicts: &Verdicts) -> Result<Answer, Vec<String>> {
    let mut config = config::read(&args.config, Some(&args.policy))?;
    let headers = std::mem::take(&mut config.headers);
    let access = Access::new(&args.http, headers, config.registry(&args.registry), args.schema.as_deref())
        .map_err(|error| vec![error])?;
    let mut sources = Sources::new();
    let read = Inputs::read(args, &access, &mut sources).map_err(|error| vec![error.0])?;
    let inputs = hash_of(&sources, &(&read, &config.policy, config.fail_on));
    let report = read.judge(args, &config, &sources, verdicts);
    Ok(Answer { report, inputs, today: Some(config.policy.today), dry_run: false })
}

/// What a gate reads.
#[derive(Debug, Default)]
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
    fn read(args: &GateArgs, access: &Access, sources: &mut Sources) -> Result<Self, RegistryError> {
        let registry = registry::open(&access.registry)?;
        let events = registry.history(&args.environment)?;
        let mut live = history::live(&events);
        live.retain(|live| live.kind == Kind::Schema);
        let mut inputs = Inputs::default();
        let releases = if let Some(client) = &args.candidate_client {
            if live.is_empty() {
                registry::live(&registry, &args.environment, Kind::Schema)?;
            }
            for (release, _) in registry.releases(Kind::Schema, &earlier(&events, &live))? {
                inputs.earlier.push(texts_of(&registry, &release, sources)?);
            }
            vec![registry.release(Kind::Client, client)?]
        } else {
            let candidate = args.schema.as_deref().unwrap_or_default();
            let spec = registered(candidate);
            retain_followed(&mut live, spec, &args.environment)?;
            let name =
                spec.map_or_else(|| candidate.to_owned(), |spec| format!("{}{spec}", registry::PREFIX));
            inputs.candidate = Some(schemas::read(&[name], access, sources));
            let clients = registry::live(&registry, &args.environment, Kind::Client)?;
            registry.live_releases(Kind::Client, &clients)?
        };
        inputs.operations = Operations::of_clients(registry::documents(&registry, releases)?, sources);
        for release in registry.live_releases(Kind::Schema, &live)? {
            inputs.live.push(texts_of(&registry, &release, sources)?);
        }
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

impl Loaded<'_> {
    fn named(&self) -> NamedSchema<'_, '_> {
        NamedSchema { source: &self.source, schema: &self.schema, texts: &self.texts }
    }
}

/// The texts of a published schema.
pub(super) fn texts_of(
    registry: &Registry,
    release: &Release,
    sources: &mut Sources,
) -> Result<SchemaTexts, RegistryError> {
    let files = registry::schema_files(registry, release)?;
    Ok(schemas::of_files(release.id().to_string(), files, Vec::new(), sources))
}

/// The schemas of the live services that were live before, the newest first.
fn earlier(events: &[Event], live: &[Live]) -> Vec<ReleaseId> {
    let mut earlier: Vec<ReleaseId> = Vec::new();
    for event in events.iter().rev().filter(|event| event.kind == Kind::Schema) {
        let id = event.id();
        let is_live = live.iter().any(|live| live.id == id);
        if !is_live && live.iter().any(|live| live.id.name == id.name) && !earlier.contains(&id) {
            earlier.push(id);
        }
    }
    earlier.truncate(MOST_EARLIER);
    earlier
}

/// Leaves of the live schemas those that a candidate follows: those of its service, else those of the only one.
fn retain_followed(live: &mut Vec<Live>, spec: Option<&str>, environment: &str) -> Result<(), RegistryError> {
    let service = spec.and_then(|spec| spec.parse::<ReleaseId>().ok()).map(|id| id.name);
    if let Some(service) = service.filter(|service| live.iter().any(|live| live.id.name == *service)) {
        live.retain(|live| live.id.name == service);
    }
    let services: BTreeSet<&str> = live.iter().map(|live| live.id.name.as_str()).collect();
    if services.len() > 1 {
        let services: Vec<&str> = services.into_iter().collect();
        let services = services.join(", ");
        return Err(RegistryError(format!(
            "several services are live in {environment}: {services}; publish the schema and gate it as SERVICE@VERSION, so that it \
             is clear which of them it follows"
        )));
    }
    Ok(())
}

/// What of the candidate is in the registry: behind the prefix, or a NAME@VERSION that is no file.
fn registered(candidate: &str) -> Option<&str> {
    candidate.strip_prefix(registry::PREFIX).or_else(|| {
        let is_name = candidate.parse::<ReleaseId>().is_ok() && !candidate.contains(['*', '?', ':']);
        (is_name && !Path::new(candidate).exists()).then_some(candidate)
    })
}
