//! Reports as text, one file and one line of [`FORMS`] each. A renderer sees the report alone; it judges nothing and
//! touches nothing.

mod findings;
mod gate;
mod github;
mod gitlab;
mod html;
mod human;
mod inventory;
pub(crate) mod json;
mod junit;
pub(crate) mod markdown;
pub(crate) mod matrix;
mod sarif;
pub(crate) mod words;

use schemacheck::report::Report;

use crate::terminal::Palette;

/// All forms of a report, in the order of the help.
pub(crate) const FORMS: &[Form] = &[
    human::FORM,
    json::FORM,
    markdown::FORM,
    github::FORM,
    sarif::FORM,
    junit::FORM,
    gitlab::FORM,
    html::FORM,
];

/// A form of the report.
#[derive(Debug)]
pub(crate) struct Form {
    /// As `--format` names it.
    pub(crate) name: &'static str,
    /// What it is for, in one line.
    pub(crate) about: &'static str,
    /// Makes the text.
    pub(crate) render: fn(&Report, Look) -> String,
}

/// How a person wants to see a report on a terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) palette: Palette,
    /// Only the verdict.
    pub(crate) quiet: bool,
}
