//! The commands, one file each.

pub(crate) mod approve;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod json_schema;
pub(crate) mod operations;
pub(crate) mod suggest;
pub(crate) mod validate;

use bumpalo::Bump;
use schemacheck::check::{DiffAnswer, DiffRequest, check_diff};
use schemacheck::policy::Policy;
use schemacheck::report::{FailOn, Report};
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::Sources;

use crate::args::OperationArgs;
use crate::operations::{Operations, read, read_patterns};
use crate::schemas::{self, Problems, SchemaTexts};

/// The inputs of `diff` and `suggest`, read.
struct Comparison {
    sources: Sources,
    old: SchemaTexts,
    new: SchemaTexts,
    operations: Option<Operations>,
    /// The new clients', where a rolling deploy is to be judged.
    new_operations: Option<Operations>,
}

impl Comparison {
    fn read(old: &str, new: &str, operation_args: &OperationArgs, new_operations: &[String]) -> Self {
        let mut sources = Sources::new();
        let old = schemas::read(old, &mut sources);
        let new = schemas::read(new, &mut sources);
        let operations = read(operation_args, &mut sources);
        let new_operations = (!new_operations.is_empty())
            .then(|| read_patterns(new_operations, &operation_args.reading, &mut sources));
        Comparison { sources, old, new, operations, new_operations }
    }

    /// Loads both schemas and checks; where a schema cannot be loaded, the answer is the report of why.
    fn check(&self, command: &'static str, fail_on: FailOn, policy: &Policy) -> DiffAnswer {
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
        problems.into_report(&mut answer.report);
        answer
    }
}
