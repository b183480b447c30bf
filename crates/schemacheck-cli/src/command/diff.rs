//! `schemacheck diff`: the main job.

use std::time::Instant;

use schemacheck::check::DiffAnswer;
use schemacheck_graphql::source::Sources;

use super::{Comparison, end};
use crate::args::{Bar, DiffArgs};
use crate::config;

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &DiffArgs) -> u8 {
    let started = Instant::now();
    let arguments = super::suggest::arguments(&args.schemas, &args.operations.operations);
    let finish =
        |report, sources: &Sources| end(report, sources, &args.after, &args.output, &arguments, started);
    let mut config = match config::read(&args.schemas.config, Some(&args.policy)) {
        Ok(config) => config,
        Err(errors) => return finish(DiffAnswer::failed("diff", errors).report, &Sources::new()),
    };
    match Comparison::read(&args.schemas, &mut config, &args.operations, &args.new_operations) {
        Err(error) => finish(DiffAnswer::failed("diff", [error]).report, &Sources::new()),
        Ok(comparison) => {
            let bar = config.fail_on.unwrap_or(Bar::Breaking).into();
            finish(comparison.check("diff", bar, &config.policy).report, &comparison.sources)
        }
    }
}
