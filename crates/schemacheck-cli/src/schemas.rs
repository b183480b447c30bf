//! Schemas: from an argument of the command line to texts and a loaded schema.

use bumpalo::Bump;
use schemacheck::report::{Place, Report, ReportedDiagnostic, SchemaSource, schema_source};
use schemacheck_graphql::diagnostic::{Diagnostic, Level};
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{self, Schema, Valid, introspection};
use schemacheck_graphql::source::{Origin, SourceError, SourceId, Sources, Span};

use crate::files::{self, TextFile, Unread};
use crate::registry;

/// In a directory, the files that hold parts of a schema.
const EXTENSIONS: &[&str] = &["graphql", "graphqls", "gql", "json"];

/// The texts of a schema.
#[derive(Debug)]
pub(crate) struct SchemaTexts {
    /// As the command line names it.
    pub(crate) name: String,
    pub(crate) texts: Vec<SourceId>,
    pub(crate) unread: Vec<Unread>,
    /// What is wrong with an introspection result before there is a schema.
    found: Vec<Diagnostic>,
}

/// Reads the texts of a schema: SDL as it is, an introspection result as the SDL that it says.
pub(crate) fn read(name: &str, registry: &str, sources: &mut Sources) -> SchemaTexts {
    let (files, unread) = match name.strip_prefix(registry::PREFIX) {
        Some(spec) => registry::schema(spec, registry),
        None => files::read(name, EXTENSIONS),
    };
    of_files(name, files, unread, sources)
}

/// The texts of a schema that was read already.
pub(crate) fn of_files(
    name: &str,
    files: Vec<TextFile>,
    unread: Vec<Unread>,
    sources: &mut Sources,
) -> SchemaTexts {
    let mut schema = SchemaTexts { name: name.to_owned(), texts: Vec::new(), unread, found: Vec::new() };
    for file in files {
        let json = introspection::is_introspection(&file.text);
        // A directory may hold other JSON as well.
        if json && !file.explicit && !file.text.contains("\"__schema\"") {
            continue;
        }
        let file_name = file.name.clone();
        if let Err(error) = schema.add(file, json, sources) {
            schema.unread.push(Unread { name: file_name, message: error.to_string() });
        }
    }
    if schema.texts.is_empty() && schema.unread.is_empty() && schema.found.is_empty() {
        let message = "holds no schema; name a file, a directory or a glob that does".to_owned();
        schema.unread.push(Unread { name: name.to_owned(), message });
    }
    schema
}

impl SchemaTexts {
    fn add(&mut self, file: TextFile, json: bool, sources: &mut Sources) -> Result<(), SourceError> {
        let id = sources.add(file.name, file.text)?;
        if !json {
            self.texts.push(id);
            return Ok(());
        }
        let base = sources.get(id).base();
        match introspection::to_sdl(sources.get(id).text()) {
            Err(error) => self.found.push(error.diagnostic(base)),
            Ok(sdl) => {
                let start = Span { start: base, end: base };
                if sdl.input_deprecations_unknown {
                    let message = "the introspection does not say which arguments and input fields are deprecated; \
                                   those that are may be missing";
                    let help = "ask the server with includeDeprecated on args and inputFields";
                    self.found.push(Diagnostic::error("introspection", start, message).warning().help(help));
                }
                for left_out in sdl.left_out {
                    let message = format!("left out, for it is newer than this program: {left_out}");
                    self.found.push(Diagnostic::error("introspection", start, message).warning());
                }
                self.texts.push(sources.add_embedded(sdl.text, Origin { parent: id, map: sdl.map })?);
            }
        }
        Ok(())
    }

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
        problems.diagnostics(sources, &self.found);
        let unusable = self.found.iter().any(|found| found.level == Level::Error);
        if unusable {
            problems.reasons.push(format!("{} is no valid schema", self.name));
        }
        if unusable || !self.unread.is_empty() {
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
    pub(crate) reported: Vec<ReportedDiagnostic>,
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
