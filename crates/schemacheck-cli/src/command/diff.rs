//! `schemacheck diff`: the main job.

use schemacheck::check::DiffAnswer;
use schemacheck::report::Report;

use super::{Comparison, registry_of};
use crate::args::{Bar, DiffArgs};
use crate::{config, output};

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &DiffArgs) -> u8 {
    let Ok(registry) = registry_of(&args.operations.registry, args.policy.config.as_deref()) else { return 2 };
    let comparison =
        Comparison::read(&args.old, &args.new, &args.operations, &args.new_operations, &registry);
    let answer = match config::read(&args.policy) {
        Ok(config) => {
            comparison.check("diff", config.fail_on.unwrap_or(Bar::Breaking).into(), &config.policy)
        }
        Err(errors) => {
            let mut report = Report::new("diff");
            for error in errors {
                report.error(error);
            }
            DiffAnswer { report, suggestions: Vec::new(), patch: None }
        }
    };
    let arguments = super::suggest::arguments(&args.old, &args.new, &args.operations.operations);
    output::write(&answer.report, &comparison.sources, &args.output, &arguments)
}
