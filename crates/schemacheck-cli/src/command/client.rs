//! `schemacheck client`: versions of clients in the registry.

use bumpalo::Bump;
use schemacheck::report::UnresolvedPlace;
use schemacheck_graphql::parser::{self, Limits};
use schemacheck_graphql::source::Sources;
use schemacheck_registry::{Action, Kind, Published};

use super::configured;
use super::registered::{finish, list, record};
use crate::args::{ClientCommand, PublishClientArgs};
use crate::operations;
use crate::output::{complain, note};
use crate::registry;

/// Runs the command; gives the exit code.
pub(crate) fn run(command: &ClientCommand) -> u8 {
    match command {
        ClientCommand::Publish(args) => publish(args),
        ClientCommand::Deploy(args) => {
            record(&args.event, Kind::Client, if args.replace { Action::Replace } else { Action::Deploy })
        }
        ClientCommand::Retire(args) => record(&args.event, Kind::Client, Action::Retire),
        ClientCommand::List(args) => list(args, Kind::Client),
    }
}

/// Publishes what can be checked and nothing else: a document that is no GraphQL would stop every gate.
fn publish(args: &PublishClientArgs) -> u8 {
    let Ok((config, location)) = configured(&args.registry, &args.config) else { return 2 };
    let mut sources = Sources::new();
    let Some(operations) = operations::read(&args.operations, &config, &location, &mut sources) else {
        complain("no operations were named; name them with --operations");
        return 2;
    };
    let mut wrong: Vec<String> =
        operations.unread.iter().map(|unread| format!("{}: {}", unread.name, unread.message)).collect();
    for problem in operations.documents.iter().flat_map(|document| &document.problems) {
        wrong.push(format!("{}: {}", sources.locate(problem.span.start), problem.message));
    }
    for UnresolvedPlace { place, text, reason } in operations.unresolved() {
        note(&format!("{}:{}: {text}: {reason}; it is not published", place.file, place.line));
    }
    let mut arena = Bump::new();
    let mut texts = Vec::with_capacity(operations.documents.len());
    for document in &operations.documents {
        arena.reset();
        let source = sources.get(document.source);
        let place = sources.locate(source.base());
        if let Err(errors) = parser::parse(&arena, source, Limits::default()) {
            wrong.extend(
                errors.iter().map(|error| format!("{}: {}", sources.locate(error.span.start), error.message)),
            );
        }
        // A document inside another file is told by the place that it begins at.
        let file = if source.is_embedded() { place.to_string() } else { place.file };
        texts.push((file, source.text().to_owned()));
    }
    if texts.is_empty() && wrong.is_empty() {
        wrong.push("no operations were found; a client without operations cannot be gated".to_owned());
    }
    if !wrong.is_empty() {
        for line in wrong {
            complain(&line);
        }
        return 2;
    }
    let count = schemacheck::report::count(texts.len(), "document", "documents");
    let published =
        registry::open(&location).and_then(|registry| registry.publish(Kind::Client, &args.release, texts));
    finish(published.map(|published| match published {
        Published::New => format!("published {}: {count}", args.release),
        Published::Before => format!("{} was published before, with the same operations", args.release),
    }))
}
