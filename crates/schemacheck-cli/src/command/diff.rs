//! `schemacheck diff`: the main job.

use schemacheck::partition::Verdicts;

use super::merge::{Answer, hash_of, run_part};
use super::{Comparison, unanswered};
use crate::args::{Bar, DiffArgs};
use crate::config;

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &DiffArgs) -> u8 {
    run_part(args.partition.partition, &args.after, &args.output, |verdicts| answer(args, verdicts))
}

/// The report and what goes with it.
pub(super) fn answer(args: &DiffArgs, verdicts: &Verdicts) -> Answer {
    let mut config = match config::read(&args.schemas.config, Some(&args.policy)) {
        Ok(config) => config,
        Err(errors) => return Answer::without_inputs(unanswered("diff", errors)),
    };
    match Comparison::read(&args.schemas, &mut config, &args.operations, &args.new_operations) {
        Err(error) => Answer::without_inputs(unanswered("diff", [error])),
        Ok(comparison) => {
            let bar = config.fail_on.unwrap_or(Bar::Breaking);
            let inputs = hash_of(&comparison.sources, &(&comparison, &config.policy, bar));
            let report = comparison.check("diff", bar.into(), &config.policy, &[], verdicts).report;
            Answer { report, inputs, today: Some(config.policy.today), dry_run: false }
        }
    }
}
