//! `schemacheck validate`: every operation against one schema.

use bumpalo::Bump;
use schemacheck::check::check_validate;
use schemacheck::partition::Verdicts;
use schemacheck::report::Report;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::Sources;

use super::merge::{Answer, hash_of, run_part};
use super::unanswered;
use crate::args::ValidateArgs;
use crate::config::{self, Config};
use crate::http::Access;
use crate::schemas::Problems;
use crate::{operations, schemas};

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &ValidateArgs) -> u8 {
    run_part(args.partition.partition, &args.after, &args.output, |verdicts| answer(args, verdicts))
}

/// The report and what goes with it.
pub(super) fn answer(args: &ValidateArgs, verdicts: &Verdicts) -> Answer {
    config::read(&args.config, None)
        .and_then(|config| check(args, config, verdicts).map_err(|error| vec![error]))
        .unwrap_or_else(|errors| Answer::without_inputs(unanswered("validate", errors)))
}

fn check(args: &ValidateArgs, mut config: Config, verdicts: &Verdicts) -> Result<Answer, String> {
    let mut sources = Sources::new();
    let registry = config.registry(&args.registry);
    let names = config.schema(args.schema.as_ref(), "SCHEMA")?;
    let headers = std::mem::take(&mut config.headers);
    let access = Access::new(&args.http, headers, registry.clone(), names.iter().map(String::as_str))?;
    let texts = schemas::read(&names, &access, &mut sources);
    let operations = operations::read(&args.operations, &config, &registry, &mut sources);
    let inputs = hash_of(&sources, &(&texts, &operations));
    let limits = Limits::default();
    let arena = Bump::new();
    let mut problems = Problems::default();
    let schema = texts.load(&arena, &sources, limits, &mut problems);
    let mut report = match (&schema, &operations) {
        (Some(schema), Some(operations)) => {
            problems.unread(&operations.unread);
            let (documents, allow_empty) = (&operations.documents, operations.allow_empty);
            check_validate(&sources, schema, documents, allow_empty, limits, verdicts)
        }
        (_, operations) => {
            let mut report = Report::new("validate");
            if operations.is_none() {
                let hint = config.undecided.map_or(String::new(), |undecided| format!(" ({undecided})"));
                report.error(format!("no operations were named; name them with --operations{hint}"));
            }
            report
        }
    };
    if let Some(operations) = &operations {
        operations.tell_unknown(&mut report);
    }
    report.operation_sources.clone_from(&args.operations.operations);
    report.new = Some(texts.source(&sources));
    problems.into_report(&mut report);
    Ok(Answer { report, inputs, today: None, dry_run: false })
}
