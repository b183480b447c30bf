//! Schemas: from an argument of the command line to texts and a loaded schema.

use bumpalo::Bump;
use schemacheck::report::{Place, Report, ReportedDiagnostic, SchemaSource, schema_source};
use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{self, Schema, Valid};
use schemacheck_graphql::source::{SourceId, Sources};

use crate::files::{self, Unread};

/// In a directory, the files that hold parts of a schema.
const EXTENSIONS: &[&str] = &["graphql", "graphqls", "gql", "json"];

/// The texts of a schema.
#[derive(Debug)]
pub(crate) struct SchemaTexts {
    /// As the command line names it.
    pub(crate) name: String,
    pub(crate) texts: Vec<SourceId>,
    pub(crate) unread: Vec<Unread>,
}

/// Reads the texts of a schema.
pub(crate) fn read(name: &str, sources: &mut Sources) -> SchemaTexts {
    let (files, mut unread) = files::read(name, EXTENSIONS);
    let mut texts = Vec::new();
    for file in files {
        match sources.add(file.name.as_str(), file.text) {
            Ok(id) => texts.push(id),
            Err(error) => unread.push(Unread { name: file.name, message: error.to_string() }),
        }
    }
    if texts.is_empty() && unread.is_empty() {
        let message = "holds no schema; name a file, a directory or a glob that does".to_owned();
        unread.push(Unread { name: name.to_owned(), message });
    }
    SchemaTexts { name: name.to_owned(), texts, unread }
}

impl SchemaTexts {
    /// Where the schema came from, for the report.
    pub(crate) fn source(&self, sources: &Sources) -> SchemaSource {
        schema_source(sources, &self.name, &self.texts)
    }

    /// Loads the schema; what is wrong with it goes to the report.
    pub(crate) fn load<'a>(
        &self,
        arena: &'a Bump,
        sources: &'a Sources,
        limits: Limits,
        problems: &mut Problems,
    ) -> Option<Valid<Schema<'a>>> {
        problems.unread(&self.unread);
        if !self.unread.is_empty() {
            return None;
        }
        match schema::load(arena, sources, &self.texts, limits) {
            Ok(loaded) => {
                problems.diagnostics(sources, &loaded.warnings);
                Some(loaded.schema)
            }
            Err(errors) => {
                problems.diagnostics(sources, &errors);
                problems.reasons.push(format!("{} is no valid schema", self.name));
                None
            }
        }
    }
}

/// What is wrong with the inputs of a run.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    reported: Vec<ReportedDiagnostic>,
    /// Why the run cannot answer, one line each.
    pub(crate) reasons: Vec<String>,
}

impl Problems {
    /// Adds files that could not be read.
    pub(crate) fn unread(&mut self, unread: &[Unread]) {
        for Unread { name, message } in unread {
            self.reasons.push(format!("{name}: {message}"));
        }
    }

    fn diagnostics(&mut self, sources: &Sources, diagnostics: &[Diagnostic]) {
        let mut report = Report::new("");
        report.add_diagnostics(sources, diagnostics);
        self.reported.extend(report.diagnostics);
    }

    /// Puts everything into the report. A run that could not answer ends as an error.
    pub(crate) fn into_report(self, report: &mut Report) {
        report.diagnostics.splice(0..0, self.reported);
        for reason in self.reasons {
            report.error(reason);
        }
    }
}

/// Where a place is, as messages show it.
pub(crate) fn place_text(place: &Place) -> String {
    format!("{}:{}:{}", place.file, place.line, place.column)
}
