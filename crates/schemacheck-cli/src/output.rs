//! Where reports go.

use std::io::Write;

use schemacheck::report::Report;
use schemacheck_graphql::source::Sources;

use crate::args::{Format, OutputArgs};
use crate::render;
use crate::terminal::Palette;

/// Writes the report to standard output and to the files that are asked for; gives the exit code.
pub(crate) fn write(report: &Report, sources: &Sources, args: &OutputArgs, arguments: &str) -> u8 {
    print(&render(report, sources, args.format, Palette::new(args.color), args.quiet, arguments));
    write_files(report, sources, args, arguments)
}

/// Writes the report to the files that are asked for; gives the exit code.
pub(crate) fn write_files(report: &Report, sources: &Sources, args: &OutputArgs, arguments: &str) -> u8 {
    let mut exit_code = report.state.exit_code();
    for (format, file) in &args.output {
        let text = render(report, sources, *format, Palette::plain(), false, arguments);
        if let Err(error) = std::fs::write(file, text) {
            complain(&format!("{}: the report cannot be written: {error}", file.display()));
            exit_code = exit_code.max(2);
        }
    }
    exit_code
}

fn render(
    report: &Report,
    sources: &Sources,
    format: Format,
    palette: Palette,
    quiet: bool,
    arguments: &str,
) -> String {
    match format {
        Format::Human => render::human::render(report, sources, palette, quiet, arguments),
        Format::Json => render::json::render(report),
    }
}

/// Writes to standard output. A reader that goes away is no error.
pub(crate) fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes a line to standard error that is no error.
pub(crate) fn note(line: &str) {
    let _ = writeln!(std::io::stderr(), "{}", crate::terminal::clean(line));
}

/// Writes a line to standard error.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "error: {}", crate::terminal::clean(line));
}
