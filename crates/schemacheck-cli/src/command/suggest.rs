//! `schemacheck suggest`: the compatibility patch of the schema, or the new names in the documents of the clients.

use std::fs;
use std::path::Path;

use schemacheck::check::{DiffAnswer, check_diff, check_migration};
use schemacheck::framework::{self, FRAMEWORKS, Framework};
use schemacheck::partition::Verdicts;
use schemacheck::report::{FailOn, Place, State};
use schemacheck_graphql::source::{SourceId, Sources};

use super::{Check, Comparison, unanswered};
use crate::args::{PolicyArgs, SuggestArgs};
use crate::output::{self, complain};
use crate::terminal::clean;
use crate::{config, manifest};

/// Runs the command; gives the exit code: 0 where the patch saves everything, 1 where something stays broken, 2 where
/// there is no answer.
pub(crate) fn run(args: &SuggestArgs) -> u8 {
    let (frameworks, unknown) = frameworks(&args.framework);
    let comparison =
        config::read(&args.schemas.config, Some(&PolicyArgs::default())).and_then(|mut config| {
            let comparison = Comparison::read(&args.schemas, &mut config, &args.operations, &[]);
            comparison.map(|comparison| (comparison, config)).map_err(|error| vec![error])
        });
    let (comparison, config) = match comparison {
        Ok(comparison) if unknown.is_empty() => comparison,
        Ok(_) => {
            return output::write(&unanswered("suggest", unknown), &args.output);
        }
        Err(errors) => {
            return output::write(&unanswered("suggest", errors), &args.output);
        }
    };
    let check = |check: Check, frameworks| {
        comparison.check("suggest", check, FailOn::Never, &config.policy, frameworks, &Verdicts::computed())
    };
    if args.client {
        return migrated(args, &comparison.sources, &check(check_migration, &[]));
    }
    let mut answer = check(check_diff, &frameworks);
    judge(&mut answer);
    if let (Some(path), Some(patch)) = (&args.write, &answer.patch)
        && patch.verified
        && let Err(reason) = write(path, &comparison.sources, &comparison.new.texts, &patch.texts)
    {
        complain(&reason);
        return 2;
    }
    let patch = answer.report.patch.as_ref().filter(|patch| patch.verified);
    let Some(patch) = patch.filter(|_| args.output.format.name == "human") else {
        return output::write(&answer.report, &args.output);
    };
    let exit_code = if args.write.is_some() {
        output::write(&answer.report, &args.output)
    } else {
        // The patch itself, so that it can be piped into `git apply`, which passes over the code that follows.
        output::print(&patch.unified_diff);
        output::write_files(&answer.report, &args.output)
    };
    for framework in frameworks {
        output::print(&framework::text(framework, patch.code.get(framework.name).into_iter().flatten()));
    }
    exit_code
}

/// Prints the documents with the new names as a patch, or writes them; gives the exit code.
fn migrated(args: &SuggestArgs, sources: &Sources, answer: &DiffAnswer) -> u8 {
    let texts = answer.migration.as_ref().map_or(&[][..], |migration| &migration.texts);
    if let Some(path) = &args.write
        && let Err(reason) = write_documents(path, sources, texts)
    {
        complain(&reason);
        return 2;
    }
    let Some(migration) = answer.report.migration.as_ref().filter(|_| args.output.format.name == "human")
    else {
        return output::write(&answer.report, &args.output);
    };
    if answer.report.state == State::Error {
        return output::write(&answer.report, &args.output);
    }
    let mut told: Vec<String> = Vec::new();
    if args.write.is_some() {
        told.extend(migration.documents.iter().map(|name| format!("written: {name}")));
    } else {
        // What follows the patch is passed over by `git apply`.
        output::print(&migration.unified_diff);
    }
    told.extend(answer.report.reasons.iter().cloned());
    let place = |place: &Place| format!("{}:{}:{}", place.file, place.line, place.column);
    for one in &migration.broken {
        let name = one.name.as_deref().unwrap_or("an anonymous operation");
        told.push(format!("{}: {name} stays broken: {}", place(&one.place), one.reason));
    }
    for one in &migration.by_hand {
        told.push(format!("{}: by hand: {}", place(&one.place), one.message));
    }
    for line in told {
        output::print(&format!("# {}\n", clean(&line)));
    }
    output::write_files(&answer.report, &args.output)
}

/// Writes the documents over those that lie at `path`; nothing where others need a change as well.
fn write_documents(path: &Path, sources: &Sources, texts: &[(SourceId, String)]) -> Result<(), String> {
    let name = |id: SourceId| sources.get(id).name();
    if let Some((id, _)) = texts.iter().find(|(id, _)| !Path::new(name(*id)).starts_with(tidy(path))) {
        return Err(format!(
            "{}: needs a change as well, but --write names only {}",
            name(*id),
            path.display()
        ));
    }
    texts.iter().try_for_each(|(id, text)| write_text(name(*id), text))
}

fn write_text(name: &str, text: &str) -> Result<(), String> {
    fs::write(name, text).map_err(|error| format!("{name}: cannot be written: {error}"))
}

/// The frameworks that are named or, where none is, those that the working directory's manifests depend on; and what is
/// wrong with the names.
fn frameworks(names: &[String]) -> (Vec<&'static Framework>, Vec<String>) {
    if names.is_empty() {
        let dependencies = manifest::dependencies(Path::new("."));
        return (framework::detect(|package| dependencies.contains(package)), Vec::new());
    }
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for name in names {
        match framework::named(name) {
            Ok(framework) => found.push(framework),
            Err(Some(closest)) => {
                unknown.push(format!("--framework {name}: unknown; did you mean {closest}?"));
            }
            Err(None) => {
                let known: Vec<&str> = FRAMEWORKS.iter().map(|framework| framework.name).collect();
                unknown.push(format!("--framework {name}: unknown; there are {}", known.join(", ")));
            }
        }
    }
    (found, unknown)
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
        write_text(name, text)?;
    }
    Ok(())
}

fn tidy(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}
