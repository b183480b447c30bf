//! `schemacheck diff`: the main job.

use super::Comparison;
use crate::args::DiffArgs;
use crate::output;

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &DiffArgs) -> u8 {
    let comparison = Comparison::read(&args.old, &args.new, &args.operations);
    let answer = comparison.check("diff", args.fail_on.into());
    let arguments = super::suggest::arguments(&args.old, &args.new, &args.operations.operations);
    output::write(&answer.report, &comparison.sources, &args.output, &arguments)
}
