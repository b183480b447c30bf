//! `schemacheck completions`: what a shell needs to complete the flags.

use clap::CommandFactory;

use crate::args::{Args, CompletionsArgs};
use crate::output::print;

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &CompletionsArgs) -> u8 {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "schemacheck", &mut text);
    print(&String::from_utf8_lossy(&text));
    0
}
