//! `schemacheck diff`: the main job.

use schemacheck::check::DiffAnswer;
use schemacheck::partition::Verdicts;

use super::Comparison;
use super::merge::{Answer, hash_of, run_part};
use crate::args::{Bar, DiffArgs};
use crate::config;

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &DiffArgs) -> u8 {
    run_part(args.partition.partition, &args.output, |verdicts| answer(args, verdicts))
}

/// The report and what goes with it.
pub(super) fn answer(args: &DiffArgs, verdicts: &Verdicts) -> Answer {
    let config = args.policy.config.as_deref();
    let comparison = Comparison::read(&args.old, &args.new, &args.operations, &args.new_operations, config);
    let config = config::read(&args.policy);
    let inputs = hash_of(
        &comparison.sources,
        &(&comparison.old, &comparison.new, &comparison.operations, &comparison.new_operations, &config),
    );
    let today = config.as_ref().ok().map(|config| config.policy.today);
    let answer = match config {
        Ok(config) => {
            comparison.check("diff", config.fail_on.unwrap_or(Bar::Breaking).into(), &config.policy, verdicts)
        }
        Err(errors) => DiffAnswer::failed("diff", errors),
    };
    let arguments = super::suggest::arguments(&args.old, &args.new, &args.operations.operations);
    Answer { report: answer.report, sources: comparison.sources, arguments, inputs, today, dry_run: false }
}
