//! `schemacheck merge`, and runs that are parts of one.
//!
//! A part's report holds the verdicts of its share, the command line and the hash of everything that it read. `merge` reads
//! the same again, makes sure by the hash that it is the same, takes the verdicts from the parts and does the rest of the run.

use std::fmt::Debug;
use std::time::Instant;

use clap::Parser;
use jiff::civil::Date;
use schemacheck::partition::{Part, Partition, Verdicts};
use schemacheck::report::{Report, sha256};
use schemacheck_graphql::source::Sources;
use serde::Deserialize;

use super::{diff, end, gate, validate};
use crate::args::{AfterArgs, Args, Command, MergeArgs, OutputArgs};
use crate::output::{self, complain};
use crate::source;

/// The answer of a run that can have parts.
pub(super) struct Answer {
    pub(super) report: Report,
    /// The hash of everything that was read.
    pub(super) inputs: String,
    /// The day of the run, where that counts.
    pub(super) today: Option<Date>,
    /// Whether the run ends well whatever it says.
    pub(super) dry_run: bool,
}

impl Answer {
    /// The answer of a run that could not begin.
    pub(super) fn without_inputs(report: Report) -> Self {
        Answer { report, inputs: sha256([]), today: None, dry_run: false }
    }
}

/// What of a part's report counts.
#[derive(Deserialize)]
struct PartReport {
    schemacheck: String,
    partition: Option<Part>,
}

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &MergeArgs) -> u8 {
    let started = Instant::now();
    match merge(args) {
        Ok(answer) => finish(answer, &args.after, &args.output, started),
        Err(reason) => {
            complain(&reason);
            2
        }
    }
}

fn merge(args: &MergeArgs) -> Result<Answer, String> {
    let mut parts = Vec::new();
    for pattern in &args.reports {
        let (files, unread) = source::file::read(pattern, &["json"]);
        if let Some(unread) = unread.first() {
            return Err(format!("{}: {}", unread.name, unread.message));
        }
        if files.is_empty() {
            return Err(format!("{pattern}: holds no report"));
        }
        for file in files {
            let report: PartReport = serde_json::from_str(&file.text)
                .map_err(|error| format!("{}: is no report of a part: {error}", file.name))?;
            if report.schemacheck != env!("CARGO_PKG_VERSION") {
                let (here, there) = (env!("CARGO_PKG_VERSION"), report.schemacheck);
                return Err(format!("{}: was made by schemacheck {there}; this is {here}", file.name));
            }
            let part = report.partition.ok_or_else(|| {
                format!(
                    "{}: is no report of a part; make it with --partition I/N --output json=FILE",
                    file.name
                )
            })?;
            parts.push(part);
        }
    }
    let (call, inputs) =
        parts.first().map(|part| (part.call.clone(), part.inputs.clone())).unwrap_or_default();
    let verdicts = Verdicts::joined(parts)?;
    let unusable = |_| format!("the command line of the parts cannot be run again: {}", call.join(" "));
    let run = Args::try_parse_from(std::iter::once("schemacheck".to_owned()).chain(call.iter().cloned()));
    let answer = match run.map_err(unusable)?.command {
        Command::Diff(args) => diff::answer(&args, &verdicts),
        Command::Validate(args) => validate::answer(&args, &verdicts),
        Command::Gate(args) => gate::answer(&args, &verdicts),
        _ => return Err(format!("these are no parts: {}", call.join(" "))),
    };
    if answer.inputs != inputs {
        return Err("what the parts read is not what is there now: a schema, an operation or a decision changed since; run the \
                    parts again, and merge in the same directory and environment"
            .to_owned());
    }
    Ok(answer)
}

/// Runs a command that can have parts; gives the exit code.
pub(super) fn run_part(
    partition: Option<Partition>,
    after: &AfterArgs,
    output: &OutputArgs,
    answer: impl FnOnce(&Verdicts) -> Answer,
) -> u8 {
    let started = Instant::now();
    let verdicts = partition.map_or_else(Verdicts::computed, Verdicts::of_part);
    let mut answer = answer(&verdicts);
    if let Some(partition) = partition {
        let call = call(std::env::args().skip(1), answer.today);
        let (inputs, verdicts) = (answer.inputs.clone(), verdicts.recorded());
        answer.report.reasons.push(format!("this is part {partition}; schemacheck merge joins all parts"));
        answer.report.partition = Some(Part { partition, call, inputs, verdicts });
    }
    finish(answer, after, output, started)
}

/// Ends the run; gives the exit code. A dry run ends well whatever it says, and says so.
fn finish(answer: Answer, after: &AfterArgs, output: &OutputArgs, started: Instant) -> u8 {
    let exit_code = end(answer.report, after, output, started);
    if exit_code != 0 && answer.dry_run {
        output::note(&format!(
            "DRY RUN: the gate would have stopped this deploy with exit code {exit_code}; it ends with 0 because of --dry-run"
        ));
        return 0;
    }
    exit_code
}

/// Flags that only concern one part or its output; the first ones are followed by a value.
const OF_ONE_PART: &[&str] = &[
    "--partition",
    "--format",
    "--output",
    "--color",
    "--notify",
    "--metrics-file",
    "--comment",
    "--quiet",
    "-q",
];
const WITH_VALUE: usize = 6;

/// A command line that makes the whole run again, on the same day. A header that holds a secret is left out; one that only
/// names a variable of the environment holds none.
fn call(arguments: impl Iterator<Item = String>, today: Option<Date>) -> Vec<String> {
    let mut call = Vec::new();
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let (flag, value) = match argument.split_once('=') {
            Some((flag, value)) => (flag, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        match OF_ONE_PART.iter().position(|known| *known == flag) {
            Some(at) if at < WITH_VALUE && value.is_none() => drop(arguments.next()),
            Some(_) => {}
            None if flag == "--header" => {
                let header = value.or_else(|| arguments.next()).unwrap_or_default();
                if header.contains("env:") {
                    call.push(format!("--header={header}"));
                }
            }
            None => call.push(argument),
        }
    }
    if let Some(today) = today
        && !call.iter().any(|argument| argument.starts_with("--today"))
    {
        call.push(format!("--today={today}"));
    }
    call
}

/// The hash of everything that was read: all texts with their names, and what else counts.
pub(super) fn hash_of(sources: &Sources, rest: &dyn Debug) -> String {
    let rest = format!("{rest:?}");
    let texts = sources.iter().flat_map(|source| [source.name(), "\0", source.text(), "\0"]);
    sha256(texts.chain([rest.as_str()]))
}
