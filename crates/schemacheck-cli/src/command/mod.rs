//! The commands, one file each.

pub(crate) mod approve;
pub(crate) mod client;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod gate;
pub(crate) mod json_schema;
pub(crate) mod matrix;
pub(crate) mod merge;
mod registered;
pub(crate) mod schema;
pub(crate) mod suggest;
pub(crate) mod validate;

use std::path::Path;

use bumpalo::Bump;
use schemacheck::check::{DiffAnswer, DiffRequest, check_diff};
use schemacheck::partition::Verdicts;
use schemacheck::policy::Policy;
use schemacheck::report::{FailOn, Report};
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::Sources;

use crate::args::{OperationArgs, RegistryArgs};
use crate::config;
use crate::operations::{self, Operations};
use crate::output::complain;
use crate::schemas::{self, Problems, SchemaTexts};

/// Where the registry lies; complains where the configuration cannot be read.
fn registry_of(args: &RegistryArgs) -> Result<String, ()> {
    let mut errors = Vec::new();
    let registry = config::registry(args, None, &mut errors);
    for error in &errors {
        complain(error);
    }
    if errors.is_empty() { Ok(registry) } else { Err(()) }
}

/// The inputs of `diff` and `suggest`, read.
#[derive(Debug)]
struct Comparison {
    sources: Sources,
    old: SchemaTexts,
    new: SchemaTexts,
    operations: Option<Operations>,
    /// The new clients', where a rolling deploy is to be judged.
    new_operations: Option<Operations>,
}

impl Comparison {
    fn read(
        old: &str,
        new: &str,
        operation_args: &OperationArgs,
        new_operations: &[String],
        config: Option<&Path>,
    ) -> Self {
        // Whoever reads the whole configuration tells what is wrong with it.
        let registry = &config::registry(&operation_args.registry, config, &mut Vec::new());
        let mut sources = Sources::new();
        let old = schemas::read(old, registry, &mut sources);
        let new = schemas::read(new, registry, &mut sources);
        let operations = operations::read(operation_args, registry, &mut sources);
        let new_operations = (!new_operations.is_empty())
            .then(|| operations::read_patterns(new_operations, operation_args, registry, &mut sources));
        Comparison { sources, old, new, operations, new_operations }
    }

    /// Loads both schemas and checks; where a schema cannot be loaded, the answer is the report of why.
    fn check(
        &self,
        command: &'static str,
        fail_on: FailOn,
        policy: &Policy,
        verdicts: &Verdicts,
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
                    policy,
                    limits,
                    verdicts,
                };
                check_diff(&request, command)
            }
            _ => DiffAnswer { report: Report::new(command), suggestions: Vec::new(), patch: None },
        };
        answer.report.old = Some(self.old.source(&self.sources));
        answer.report.new = Some(self.new.source(&self.sources));
        problems.into_report(&mut answer.report);
        answer
    }
}
