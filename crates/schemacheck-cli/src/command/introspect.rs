//! `schemacheck introspect`: the schema of a live server as SDL.

use bumpalo::Bump;
use schemacheck::report::Report;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::source::Sources;

use crate::args::IntrospectArgs;
use crate::http::{self, Access};
use crate::output::{complain, note, print, replace};
use crate::schemas::{self, Problems};
use crate::source;

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &IntrospectArgs) -> u8 {
    let shown = source::shown(&args.url);
    if let Err(what) = http::address(&args.url) {
        complain(&format!("{shown}: {what}"));
        return 2;
    }
    let access = match Access::new(&args.http, Vec::new(), String::new(), [args.url.as_str()]) {
        Ok(access) => access,
        Err(error) => {
            complain(&error);
            return 2;
        }
    };
    let mut sources = Sources::new();
    let texts = schemas::read(std::slice::from_ref(&args.url), &access, &mut sources);
    let arena = Bump::new();
    let mut problems = Problems::default();
    let usable = texts.load(&arena, &sources, Limits::default(), &mut problems).is_some();
    let mut report = Report::new("introspect");
    problems.into_report(&mut report);
    for found in &report.diagnostics {
        let place =
            found.place.as_ref().map_or(String::new(), |place| format!("{}: ", schemas::place_text(place)));
        let line = format!("{place}{}", found.message);
        if found.level == "error" { complain(&line) } else { note(&format!("warning: {line}")) }
    }
    if !usable {
        report.reasons.iter().for_each(|reason| complain(reason));
        return 2;
    }
    let sdl: String = texts.texts.iter().map(|&id| sources.get(id).text()).collect();
    let Some(file) = &args.output else {
        print(&sdl);
        return 0;
    };
    match replace(file, &sdl) {
        Ok(()) => 0,
        Err(error) => {
            complain(&format!("{}: the schema cannot be written: {error}", file.display()));
            2
        }
    }
}
