//! `schemacheck diff`: the main job.

use schemacheck::check::DiffAnswer;

use super::Comparison;
use crate::args::{Bar, DiffArgs};
use crate::{config, output};

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &DiffArgs) -> u8 {
    let comparison = Comparison::read(&args.old, &args.new, &args.operations, &args.new_operations);
    let answer = match config::read(&args.policy) {
        Ok(config) => {
            comparison.check("diff", config.fail_on.unwrap_or(Bar::Breaking).into(), &config.policy, &[])
        }
        Err(errors) => DiffAnswer::failed("diff", errors),
    };
    let arguments = super::suggest::arguments(&args.old, &args.new, &args.operations.operations);
    output::write(&answer.report, &comparison.sources, &args.output, &arguments)
}
