//! Where reports go.

use std::io::Write;

use schemacheck::report::Report;

use crate::args::OutputArgs;
use crate::github;
use crate::render::Look;
use crate::terminal::Palette;

/// Writes the report to standard output and to the files that are asked for; gives the exit code.
pub(crate) fn write(report: &Report, args: &OutputArgs) -> u8 {
    print(&(args.format.render)(report, Look { palette: Palette::new(args.color), quiet: args.quiet }));
    let exit_code = write_files(report, args);
    if args.format.name == "github" {
        github::publish(report, args);
    }
    exit_code
}

/// Writes the report to the files that are asked for; gives the exit code.
pub(crate) fn write_files(report: &Report, args: &OutputArgs) -> u8 {
    let mut exit_code = report.state.exit_code();
    for (format, file) in &args.output {
        let text = (format.render)(report, Look { palette: Palette::plain(), quiet: false });
        if let Err(error) = std::fs::write(file, text) {
            complain(&format!("{}: the report cannot be written: {error}", file.display()));
            // A proven break stays one, whatever else could not be done.
            if exit_code == 0 {
                exit_code = 2;
            }
        }
    }
    exit_code
}

/// Writes to standard output. A reader that goes away is no error.
pub(crate) fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes a line to standard error.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "error: {}", crate::terminal::clean(line));
}

/// Writes a line on the progress to standard error.
pub(crate) fn note(line: &str) {
    let _ = writeln!(std::io::stderr(), "{}", crate::terminal::clean(line));
}

/// Writes a file beside the one that it replaces, and puts it in its place in one step.
pub(crate) fn replace(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}
