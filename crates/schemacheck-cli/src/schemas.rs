//! Schemas: from an argument of the command line to texts and a loaded schema.

use bumpalo::Bump;
use schemacheck::report::{Place, Report, ReportedDiagnostic, SchemaSource, schema_source};
use schemacheck_graphql::diagnostic::{Diagnostic, Level};
use schemacheck_graphql::parser::{self, Limits};
use schemacheck_graphql::print::print;
use schemacheck_graphql::schema::introspection::{self, Unknown};
use schemacheck_graphql::schema::{self, Schema, Valid};
use schemacheck_graphql::source::{Origin, SourceError, SourceId, Sources, Span};

use crate::http::Access;
use crate::source::{self, TextFile, Unread};

/// In a directory, the files that hold parts of a schema.
const EXTENSIONS: &[&str] = &["graphql", "graphqls", "gql", "json"];

/// The texts of a schema.
#[derive(Debug)]
pub(crate) struct SchemaTexts {
    /// As the command line names it.
    pub(crate) name: String,
    pub(crate) texts: Vec<SourceId>,
    pub(crate) unread: Vec<Unread>,
    /// What the introspections among the texts do not tell.
    pub(crate) unknown: Unknown,
    /// What is wrong with an introspection result before there is a schema.
    found: Vec<Diagnostic>,
}

/// Reads the texts of a schema, which may have several sources: SDL as it is, an introspection result as the SDL that it
/// says.
pub(crate) fn read(names: &[String], access: &Access, sources: &mut Sources) -> SchemaTexts {
    let shown: Vec<String> = names.iter().map(|name| source::shown(name)).collect();
    let (files, unread) = source::read_all(names, EXTENSIONS, access);
    of_files(shown.join(", "), files, unread, sources)
}

/// The texts of a schema that was read already.
pub(crate) fn of_files(
    name: String,
    files: Vec<TextFile>,
    unread: Vec<Unread>,
    sources: &mut Sources,
) -> SchemaTexts {
    let unknown = Unknown::default();
    let mut schema = SchemaTexts { name, texts: Vec::new(), unread, unknown, found: Vec::new() };
    for file in files {
        let json = introspection::is_introspection(&file.text) || file.remote;
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
        schema.unread.push(Unread { name: schema.name.clone(), message });
    }
    schema
}

impl SchemaTexts {
    fn add(&mut self, file: TextFile, json: bool, sources: &mut Sources) -> Result<(), SourceError> {
        if file.remote {
            return self.add_remote(file, sources);
        }
        let id = sources.add(file.name, file.text)?;
        if !json {
            self.texts.push(id);
            return Ok(());
        }
        let base = sources.get(id).base();
        match introspection::to_sdl(sources.get(id).text()) {
            Err(error) => self.found.push(error.diagnostic(base)),
            Ok(sdl) => {
                self.warn(base, sdl.unknown, sdl.left_out);
                self.texts.push(sources.add_embedded(sdl.text, Origin { parent: id, map: sdl.map })?);
            }
        }
        Ok(())
    }

    /// The answer of a server is no file that a person could open, so its places are told in the SDL that
    /// `schemacheck introspect` prints.
    fn add_remote(&mut self, file: TextFile, sources: &mut Sources) -> Result<(), SourceError> {
        match introspection::to_sdl(&file.text) {
            Err(error) => {
                let id = sources.add(file.name, file.text)?;
                self.found.push(error.diagnostic(sources.get(id).base()));
            }
            Ok(sdl) => {
                let id = sources.add(file.name, pretty(sdl.text))?;
                self.warn(sources.get(id).base(), sdl.unknown, sdl.left_out);
                self.texts.push(id);
            }
        }
        Ok(())
    }

    fn warn(&mut self, base: u32, unknown: Unknown, left_out: Vec<String>) {
        let start = Span { start: base, end: base };
        let warning = |message: String| Diagnostic::error("introspection", start, message).warning();
        self.unknown = self.unknown.or(unknown);
        self.found.extend(unknown.warnings().map(|(message, help)| warning(message.to_owned()).help(help)));
        let newer = |left_out| warning(format!("left out, for it is newer than this program: {left_out}"));
        self.found.extend(left_out.into_iter().map(newer));
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
                Some(loaded.schema.with_unknown(self.unknown))
            }
            Err(errors) => {
                problems.diagnostics(sources, &errors);
                problems.reasons.push(format!("{} is no valid schema", self.name));
                None
            }
        }
    }
}

/// SDL in the usual form; as it is where it cannot be parsed, which the loading of the schema will tell.
fn pretty(sdl: String) -> String {
    let mut sources = Sources::new();
    let Ok(id) = sources.add("", sdl.as_str()) else { return sdl };
    let arena = Bump::new();
    parser::parse(&arena, sources.get(id), Limits::default()).map_or(sdl, |document| print(&document))
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
