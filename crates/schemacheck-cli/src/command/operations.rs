//! `schemacheck operations`: what is stored where, and all of it as one manifest.

use schemacheck::check::list_operations;
use schemacheck::impact::{CheckedOperation, Verdict, found_operations};
use schemacheck::operation::StoredDocument;
use schemacheck::report::{Report, State, count};
use schemacheck_extract::manifest::{self, ManifestOperation, ManifestPlace, Named};
use schemacheck_extract::{ClientRef, Recorded, Traffic};
use schemacheck_graphql::ast::OperationKind;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::{Location, SourceId, Sources};

use super::unanswered;
use crate::args::{ExtractArgs, ListArgs, OperationsArgs, OperationsCommand, ReadingArgs};
use crate::config::{self, Config};
use crate::operations::{self, Operations};
use crate::output::{self, complain, print};
use crate::schemas::Problems;

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &OperationsArgs) -> u8 {
    match &args.command {
        OperationsCommand::List(args) => list(args),
        OperationsCommand::Extract(args) => extract(args),
    }
}

/// What was found.
struct Inventory {
    sources: Sources,
    operations: Operations,
    found: Vec<CheckedOperation>,
    report: Report,
}

fn inventory(paths: &[String], args: &ReadingArgs, config: &Config, command: &'static str) -> Inventory {
    let mut sources = Sources::new();
    let operations = operations::read_patterns(paths, args, config, &mut sources);
    let documents = &operations.documents;
    let found = found_operations(&sources, documents, Limits::default());
    let mut report = list_operations(&sources, documents, &found, operations.allow_empty, command);
    operations.tell_unknown(&mut report);
    let mut problems = Problems::default();
    problems.unread(&operations.unread);
    problems.into_report(&mut report);
    Inventory { sources, operations, found, report }
}

fn list(args: &ListArgs) -> u8 {
    let report = match config::read(&args.config, None) {
        Ok(config) => inventory(&args.paths, &args.reading, &config, "operations list").report,
        Err(errors) => unanswered("operations list", errors),
    };
    output::write(&report, &args.output)
}

fn extract(args: &ExtractArgs) -> u8 {
    let config = match config::read(&args.config, None) {
        Ok(config) => config,
        Err(errors) => {
            errors.iter().for_each(|error| complain(error));
            return 2;
        }
    };
    let Inventory { sources, operations, found, report } =
        inventory(&args.paths, &args.reading, &config, "operations extract");
    for reason in report.reasons.iter().filter(|_| report.state != State::Pass) {
        complain(reason);
    }
    let unclear = operations.documents.iter().any(|document| !document.problems.is_empty());
    if !operations.unread.is_empty() || unclear || found.is_empty() && !operations.allow_empty {
        for problem in operations.documents.iter().flat_map(|document| &document.problems) {
            complain(&format!("{}: {}", sources.locate(problem.span.start), problem.message));
        }
        complain(&format!("{} was not written, since it would not hold everything", args.output.display()));
        return 2;
    }
    let entries = found.iter().flat_map(|operation| {
        let document = &operations.documents[operation.document];
        entries(&sources, document, operation)
    });
    let text = manifest::write(entries.collect());
    if let Err(error) = std::fs::write(&args.output, text) {
        complain(&format!("{}: the manifest cannot be written: {error}", args.output.display()));
        return 2;
    }
    print(&format!(
        "{} of {} in {}\n",
        count(report.coverage.operations, "operation", "operations"),
        count(report.coverage.clients, "client version", "client versions"),
        args.output.display()
    ));
    report.state.exit_code()
}

/// The operation in each place that holds its document.
fn entries(
    sources: &Sources,
    document: &StoredDocument,
    operation: &CheckedOperation,
) -> Vec<ManifestOperation> {
    let source = sources.get(document.source);
    // Of a document that is no GraphQL, only its beginning is known.
    let parsed = operation.verdict != Verdict::Unparsable;
    let offset = if parsed { operation.span.start - source.base() } else { 0 };
    let entry = |id: SourceId, traffic: Option<Traffic>| {
        let source = sources.get(id);
        let Location { file, line, column, .. } = sources.locate(source.base() + offset);
        let clients = document.clients.iter();
        let recorded = Recorded {
            text: source.text().to_owned(),
            places: sources.places(id),
            clients: clients
                .map(|client| ClientRef { name: client.name.clone(), version: client.version.clone() })
                .collect(),
            holes: source.holes().to_vec(),
            traffic,
        };
        let kind = operation.kind.map(OperationKind::name);
        let origin = ManifestPlace { file, line, column };
        manifest::operation(&recorded, Named { name: operation.name.as_deref(), kind, origin })
    };
    // The traffic of all places is counted once.
    let traffic = document.traffic.clone().map(|traffic| Traffic {
        count: traffic.count,
        first_seen: traffic.first_seen,
        last_seen: traffic.last_seen,
    });
    let first = entry(document.source, traffic);
    std::iter::once(first).chain(document.duplicates.iter().map(|&id| entry(id, None))).collect()
}
