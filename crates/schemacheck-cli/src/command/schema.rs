//! `schemacheck schema`: versions of schemas in the registry.

use bumpalo::Bump;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::Sources;
use schemacheck_registry::{Action, Kind, Published};

use super::configured;
use super::registered::{finish, list, record};
use crate::args::{PublishSchemaArgs, SchemaCommand};
use crate::http::Access;
use crate::output::complain;
use crate::registry;
use crate::schemas::{self, Problems, place_text};

/// Runs the command; gives the exit code.
pub(crate) fn run(command: &SchemaCommand) -> u8 {
    match command {
        SchemaCommand::Publish(args) => publish(args),
        SchemaCommand::Deploy(args) => {
            record(&args.event, Kind::Schema, if args.keep { Action::Deploy } else { Action::Replace })
        }
        SchemaCommand::Retire(args) => record(&args.event, Kind::Schema, Action::Retire),
        SchemaCommand::List(args) => list(args, Kind::Schema),
    }
}

/// Publishes what is a schema and nothing else: a gate must be able to read it.
fn publish(args: &PublishSchemaArgs) -> u8 {
    let Ok((config, location)) = configured(&args.registry, &args.config) else { return 2 };
    let access = match Access::new(&args.http, config.headers, location.clone(), [args.schema.as_str()]) {
        Ok(access) => access,
        Err(error) => {
            complain(&error);
            return 2;
        }
    };
    let mut sources = Sources::new();
    let texts = schemas::read(std::slice::from_ref(&args.schema), &access, &mut sources);
    let arena = Bump::new();
    let mut problems = Problems::default();
    if texts.load(&arena, &sources, Limits::default(), &mut problems).is_none() {
        for problem in problems.reported.iter().filter(|problem| problem.level == "error") {
            let place = problem.place.as_ref().map_or(String::new(), |place| place_text(place) + ": ");
            complain(&format!("{place}{}", problem.message));
        }
        for reason in &problems.reasons {
            complain(reason);
        }
        return 2;
    }
    // As it was read: the result of an introspection, not the SDL that it says.
    let files: Vec<(String, String)> = texts
        .texts
        .iter()
        .map(|&id| sources.root(id))
        .map(|file| (file.name().to_owned(), file.text().to_owned()))
        .collect();
    let count = schemacheck::report::count(files.len(), "file", "files");
    let published =
        registry::open(&location).and_then(|registry| registry.publish(Kind::Schema, &args.release, files));
    finish(published.map(|published| match published {
        Published::New => format!("published {}: {count}", args.release),
        Published::Before => format!("{} was published before, with the same files", args.release),
    }))
}
