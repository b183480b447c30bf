//! Client versions by schemas: as a table for a terminal, and as Markdown.

use std::fmt::Write;

use schemacheck::gate::{Cell, Matrix, MatrixClient, name_of};
use schemacheck::operation::Client;
use schemacheck::report::{Report, State, count};
use unicode_width::UnicodeWidthStr;

use crate::terminal::{Palette, clean};

/// A table for a terminal.
pub(crate) fn human(report: &Report, palette: Palette) -> String {
    let mut text = String::new();
    if let Some(matrix) = &report.matrix {
        let rows = rows(matrix);
        let widths: Vec<usize> = (0..rows[0].len())
            .map(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or_default())
            .collect();
        for (at, row) in rows.iter().enumerate() {
            let mut line = String::new();
            for (column, (words, width)) in row.iter().zip(&widths).enumerate() {
                let gap = " ".repeat(width - words.width() + 3);
                let verdict =
                    (at > 0 && column > 0).then(|| matrix.clients[at - 1].cells[column - 1].verdict);
                let painted = match verdict {
                    Some("pass") => palette.green(words),
                    Some("fail") => palette.red(words),
                    Some(_) => palette.yellow(words),
                    None => palette.bold(words),
                };
                line.push_str(&painted);
                if column + 1 < row.len() {
                    line.push_str(&gap);
                }
            }
            let _ = writeln!(text, "{line}");
        }
        text.push('\n');
    }
    for reason in &report.reasons {
        let _ = writeln!(text, "  {}", clean(reason));
    }
    let state = match report.state {
        State::Pass => palette.green("pass"),
        State::Fail => palette.red("fail"),
        State::Error => palette.yellow("error"),
    };
    let _ = writeln!(text, "{state}   {}", counts(report));
    text
}

/// A table in Markdown.
pub(crate) fn markdown(report: &Report) -> String {
    let mut text = String::new();
    if let Some(matrix) = &report.matrix {
        for (at, row) in rows(matrix).iter().enumerate() {
            let cells: Vec<String> = row.iter().map(|words| inert(words)).collect();
            let _ = writeln!(text, "| {} |", cells.join(" | "));
            if at == 0 {
                let _ = writeln!(text, "|{}", " --- |".repeat(row.len()));
            }
        }
        text.push('\n');
    }
    let reasons: Vec<String> = report.reasons.iter().map(|reason| inert(&clean(reason))).collect();
    let state = match report.state {
        State::Pass => "pass",
        State::Fail => "fail",
        State::Error => "error",
    };
    let _ = writeln!(text, "**{state}**: {} ({})", reasons.join("; "), counts(report));
    text
}

/// The head and the rows, made of visible characters only. Schemas that are live are marked.
fn rows(matrix: &Matrix) -> Vec<Vec<String>> {
    let mark = |live: bool| if live { " (live)" } else { "" };
    let names = matrix.schemas.iter().map(|schema| format!("{}{}", clean(&schema.name), mark(schema.live)));
    let mut rows: Vec<Vec<String>> = vec![std::iter::once(clean(&matrix.environment)).chain(names).collect()];
    for MatrixClient { name, version, cells } in &matrix.clients {
        let name = name_of(&Client { name: name.clone(), version: version.clone() });
        rows.push(std::iter::once(clean(&name)).chain(cells.iter().map(cell)).collect());
    }
    rows
}

fn cell(cell: &Cell) -> String {
    match cell.invalid {
        0 => cell.verdict.to_owned(),
        invalid => format!("{} {invalid} of {}", cell.verdict, cell.operations),
    }
}

fn counts(report: &Report) -> String {
    let (clients, schemas) =
        report.matrix.as_ref().map_or((0, 0), |matrix| (matrix.clients.len(), matrix.schemas.len()));
    format!(
        "{}, {}",
        count(clients, "client version", "client versions"),
        count(schemas, "schema", "schemas")
    )
}

/// Text that Markdown shows as it is: no table, link, mention, image or HTML.
fn inert(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '<' | '>' | '&' | '|' | '[' | ']' | '(' | ')' | '*' | '_' | '`' | '\\' | '!' | '#' | '~'
            | '@' | ':' => {
                let _ = write!(shown, "&#{};", u32::from(char));
            }
            _ => shown.push(char),
        }
    }
    shown
}
