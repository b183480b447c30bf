//! `schemacheck diff`: the main job.

use std::time::Instant;

use schemacheck::check::check_diff;

use super::{Comparison, end, unanswered};
use crate::args::{Bar, DiffArgs};
use crate::config;

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &DiffArgs) -> u8 {
    let started = Instant::now();
    let finish = |report| end(report, &args.after, &args.output, started);
    let mut config = match config::read(&args.schemas.config, Some(&args.policy)) {
        Ok(config) => config,
        Err(errors) => return finish(unanswered("diff", errors)),
    };
    match Comparison::read(&args.schemas, &mut config, &args.operations, &args.new_operations) {
        Err(error) => finish(unanswered("diff", [error])),
        Ok(comparison) => {
            let bar = config.fail_on.unwrap_or(Bar::Breaking).into();
            finish(comparison.check("diff", check_diff, bar, &config.policy, &[]).report)
        }
    }
}
