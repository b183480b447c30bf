//! `schemacheck matrix`: which client versions work with which schemas in an environment.

use bumpalo::Bump;
use schemacheck::gate::{MatrixSchema, check_matrix};
use schemacheck::report::Report;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::Sources;
use schemacheck_registry::{Action, Kind, RegistryError, ReleaseId, history};

use super::configured;
use super::gate::texts_of;
use crate::args::{MatrixArgs, MatrixFormat};
use crate::operations::Operations;
use crate::output::print;
use crate::schemas::Problems;
use crate::terminal::Palette;
use crate::{registry, render};

/// How many schemas are shown; of those that are not live any more the newest.
const MOST_SCHEMAS: usize = 12;

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &MatrixArgs) -> u8 {
    let Ok((_, location)) = configured(&args.registry, &args.config) else { return 2 };
    let report = judge(args, &location).unwrap_or_else(|error| {
        let mut report = Report::new("matrix");
        report.error(error.0);
        report
    });
    let palette = Palette::new(args.color);
    print(&match args.format {
        MatrixFormat::Human => render::matrix::human(&report, palette),
        MatrixFormat::Json => render::json::render(&report, render::Look { palette, quiet: false }),
        MatrixFormat::Markdown => render::matrix::markdown(&report),
    });
    report.state.exit_code()
}

fn judge(args: &MatrixArgs, location: &str) -> Result<Report, RegistryError> {
    let registry = registry::open(location)?;
    let events = registry.history(&args.environment)?;
    let live = history::live(&events);
    let clients = registry::live(&registry, &args.environment, Kind::Client)?;
    registry::live(&registry, &args.environment, Kind::Schema)?;
    let is_live = |id: &ReleaseId| live.iter().any(|live| live.kind == Kind::Schema && live.id == *id);
    // In the order of their last deploys.
    let mut columns: Vec<ReleaseId> = Vec::new();
    for event in events.iter().filter(|event| event.kind == Kind::Schema && event.action != Action::Retire) {
        columns.retain(|id| *id != event.id());
        columns.push(event.id());
    }
    let mut surplus = columns.len().saturating_sub(MOST_SCHEMAS);
    columns.retain(|id| {
        let left_out = surplus > 0 && !is_live(id);
        surplus -= usize::from(left_out);
        !left_out
    });

    let mut sources = Sources::new();
    let documents = registry::documents(&registry, registry.live_releases(Kind::Client, &clients)?)?;
    let operations = Operations::of_clients(documents, &mut sources);
    let mut texts = Vec::new();
    for (release, _) in registry.releases(Kind::Schema, &columns)? {
        texts.push(texts_of(&registry, &release, &mut sources)?);
    }
    let limits = Limits::default();
    let arena = Bump::new();
    let mut problems = Problems::default();
    problems.unread(&operations.unread);
    let loaded: Vec<_> =
        texts.iter().map(|texts| texts.load(&arena, &sources, limits, &mut problems)).collect();
    let columns: Vec<_> = columns
        .iter()
        .zip(&loaded)
        .map(|(id, schema)| (MatrixSchema { name: id.to_string(), live: is_live(id) }, schema.as_ref()))
        .collect();
    let mut report = check_matrix(&sources, &args.environment, &columns, &operations.documents, limits);
    problems.into_report(&mut report);
    Ok(report)
}
