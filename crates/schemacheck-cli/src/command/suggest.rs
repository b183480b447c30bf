//! `schemacheck suggest`: the compatibility patch.

use std::fs;
use std::path::Path;

use schemacheck::check::DiffAnswer;
use schemacheck::partition::Verdicts;
use schemacheck::report::FailOn;
use schemacheck_graphql::source::{SourceId, Sources};

use super::Comparison;
use crate::args::{Format, PolicyArgs, SuggestArgs};
use crate::config;
use crate::output::{self, complain};

/// Runs the command; gives the exit code: 0 where the patch saves everything, 1 where something stays broken, 2 where
/// there is no answer.
pub(crate) fn run(args: &SuggestArgs) -> u8 {
    let comparison = Comparison::read(&args.old, &args.new, &args.operations, &[], args.config.as_deref());
    let config = PolicyArgs { config: args.config.clone(), ..PolicyArgs::default() };
    let mut answer = match config::read(&config) {
        Ok(config) => comparison.check("suggest", FailOn::Never, &config.policy, &Verdicts::computed()),
        Err(errors) => DiffAnswer::failed("suggest", errors),
    };
    judge(&mut answer);
    if let (Some(path), Some(patch)) = (&args.write, &answer.patch)
        && patch.verified
        && let Err(reason) = write(path, &comparison.sources, &comparison.new.texts, &patch.texts)
    {
        complain(&reason);
        return 2;
    }
    let arguments = arguments(&args.old, &args.new, &args.operations.operations);
    let patch = answer.report.patch.as_ref().filter(|patch| patch.verified);
    match patch {
        // The patch itself, so that it can be piped into `git apply`.
        Some(patch) if args.output.format == Format::Human && args.write.is_none() => {
            output::print(&patch.unified_diff);
            output::write_files(&answer.report, &comparison.sources, &args.output, &arguments)
        }
        _ => output::write(&answer.report, &comparison.sources, &args.output, &arguments),
    }
}

/// The state of a suggestion: what the patch leaves broken fails.
fn judge(answer: &mut DiffAnswer) {
    let report = &mut answer.report;
    let Some(patch) = &answer.patch else {
        if report.summary.breaking > 0 || report.summary.operations_broken > 0 {
            report.fail("no patch can soften these changes");
        }
        return;
    };
    for failure in &patch.failures {
        report.fail(format!("the patch is not proven: {failure}"));
    }
    if patch.breaking_after > 0 {
        report.fail(format!("{} breaking changes remain with the patch", patch.breaking_after));
    }
    if patch.broken_operations_after > 0 {
        report.fail(format!("{} operations remain broken with the patch", patch.broken_operations_after));
    }
}

/// Writes the patched texts: over those of the new schema that lie at `path`, or, where the schema is one text, to
/// another file.
fn write(
    path: &Path,
    sources: &Sources,
    texts: &[SourceId],
    patched: &[(SourceId, String)],
) -> Result<(), String> {
    let at_path = |id: SourceId| Path::new(sources.get(id).name()).starts_with(tidy(path));
    if !texts.iter().any(|&id| at_path(id)) {
        if let ([_], [(_, text)]) = (texts, patched) {
            return fs::write(path, text)
                .map_err(|error| format!("{}: cannot be written: {error}", path.display()));
        }
        return Err(format!(
            "{}: is no part of the new schema, which has several files; name the file or directory to patch",
            path.display()
        ));
    }
    for (id, text) in patched {
        let name = sources.get(*id).name();
        if !at_path(*id) {
            return Err(format!("{name}: needs a change as well, but --write names only {}", path.display()));
        }
        fs::write(name, text).map_err(|error| format!("{name}: cannot be written: {error}"))?;
    }
    Ok(())
}

fn tidy(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

/// The arguments that name the inputs again, for a command to paste.
pub(crate) fn arguments(old: &str, new: &str, operations: &[String]) -> String {
    let mut words = vec![old.to_owned(), new.to_owned()];
    for pattern in operations {
        words.extend(["--operations".to_owned(), pattern.clone()]);
    }
    words.iter().map(|word| quote(word)).collect::<Vec<_>>().join(" ")
}

/// A word as a shell reads it back.
fn quote(word: &str) -> String {
    let plain = |char: char| char.is_ascii_alphanumeric() || "/._-:@%+=,".contains(char);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
