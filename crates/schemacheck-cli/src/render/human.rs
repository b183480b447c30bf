use crate::terminal::Palette;
use schemacheck::report::Report;
use schemacheck_graphql::source::Sources;
pub(crate) fn render(
    report: &Report,
    _sources: &Sources,
    _palette: Palette,
    _quiet: bool,
    _arguments: &str,
) -> String {
    format!("{:?} {:?}\n", report.state, report.reasons)
}
