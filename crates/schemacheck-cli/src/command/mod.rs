//! The commands, one file each.

pub(crate) mod approve;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod introspect;
pub(crate) mod json_schema;
pub(crate) mod man;
pub(crate) mod operations;
pub(crate) mod suggest;
pub(crate) mod validate;

use std::time::Instant;

use bumpalo::Bump;
use schemacheck::check::{DiffAnswer, DiffRequest, check_diff};
use schemacheck::framework::Framework;
use schemacheck::policy::Policy;
use schemacheck::report::{FailOn, Report};
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::Sources;

use crate::args::{AfterArgs, OperationArgs, OutputArgs, SchemaArgs};
use crate::config::Config;
use crate::http::Access;
use crate::notify::Route;
use crate::operations::{Operations, read_patterns};
use crate::output::complain;
use crate::schemas::{self, Problems, SchemaTexts};
use crate::{metrics, output};

/// Ends a run that began at `started`: those who are to know are told, the report is written, the metrics say so. Gives
/// the exit code.
fn end(mut report: Report, after: &AfterArgs, output: &OutputArgs, started: Instant) -> u8 {
    let mut undelivered = Vec::new();
    for route in &after.notify {
        undelivered.extend(Route::read(route).and_then(|route| route.tell(&report)).err());
    }
    let metrics_file = after.metrics_file.as_ref();
    undelivered.extend(metrics_file.and_then(|file| metrics::check(file).err()));
    for reason in undelivered {
        report.error(reason);
    }
    let mut exit_code = output::write(&report, output);
    if let Some(file) = metrics_file
        && let Err(reason) = metrics::write(file, &report, exit_code, started.elapsed())
    {
        complain(&reason);
        // A run that failed stays one.
        exit_code = if exit_code == 0 { 2 } else { exit_code };
    }
    exit_code
}

/// The answer of a run that could not begin.
fn unanswered(command: &'static str, errors: impl IntoIterator<Item = String>) -> Report {
    let mut report = Report::new(command);
    for error in errors {
        report.error(error);
    }
    report
}

/// The inputs of `diff` and `suggest`, read.
struct Comparison {
    sources: Sources,
    old: SchemaTexts,
    new: SchemaTexts,
    operations: Option<Operations>,
    /// What the command line names for them.
    operation_sources: Vec<String>,
    /// The new clients', where a rolling deploy is to be judged.
    new_operations: Option<Operations>,
}

impl Comparison {
    /// Reads what the command line names, else what the configuration does.
    fn read(
        schemas: &SchemaArgs,
        config: &mut Config,
        operation_args: &OperationArgs,
        new_operations: &[String],
    ) -> Result<Self, String> {
        let mut sources = Sources::new();
        let old = config.old(schemas.old.as_ref())?;
        let new = config.schema(schemas.new.as_ref(), "NEW")?;
        let names = old.iter().chain(&new).map(String::as_str);
        let access = Access::new(&schemas.http, std::mem::take(&mut config.headers), names)?;
        let old = schemas::read(&old, &access, &mut sources);
        let new = schemas::read(&new, &access, &mut sources);
        let operations = crate::operations::read(operation_args, config, &mut sources);
        if operations.is_none() && !new_operations.is_empty() {
            return Err(
                "--rolling needs the operations of the old clients; name them with --operations".to_owned()
            );
        }
        let new_operations = (!new_operations.is_empty())
            .then(|| read_patterns(new_operations, &operation_args.reading, config, &mut sources));
        let operation_sources = operation_args.operations.clone();
        Ok(Comparison { sources, old, new, operations, operation_sources, new_operations })
    }

    /// Loads both schemas and checks; where a schema cannot be loaded, the answer is the report of why.
    fn check(
        &self,
        command: &'static str,
        fail_on: FailOn,
        policy: &Policy,
        frameworks: &[&'static Framework],
    ) -> DiffAnswer {
        let limits = Limits::default();
        let (old_arena, new_arena) = (Bump::new(), Bump::new());
        let mut problems = Problems::default();
        let old = self.old.load(&old_arena, &self.sources, limits, &mut problems);
        let new = self.new.load(&new_arena, &self.sources, limits, &mut problems);
        for operations in [&self.operations, &self.new_operations].into_iter().flatten() {
            problems.unread(&operations.unread);
        }
        let mut answer = match (&old, &new) {
            (Some(old), Some(new)) => {
                let request = DiffRequest {
                    sources: &self.sources,
                    old,
                    new,
                    new_texts: &self.new.texts,
                    documents: self.operations.as_ref().map(|operations| operations.documents.as_slice()),
                    new_documents: self
                        .new_operations
                        .as_ref()
                        .map(|operations| operations.documents.as_slice()),
                    allow_empty: self.operations.as_ref().is_some_and(|operations| operations.allow_empty),
                    fail_on,
                    frameworks,
                    policy,
                    limits,
                };
                check_diff(&request, command)
            }
            _ => DiffAnswer { report: Report::new(command), suggestions: Vec::new(), patch: None },
        };
        for operations in [&self.operations, &self.new_operations].into_iter().flatten() {
            operations.tell_unknown(&mut answer.report);
        }
        answer.report.old = Some(self.old.source(&self.sources));
        answer.report.new = Some(self.new.source(&self.sources));
        answer.report.operation_sources.clone_from(&self.operation_sources);
        problems.into_report(&mut answer.report);
        answer
    }
}
