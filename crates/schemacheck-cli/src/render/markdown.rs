//! Markdown for a pull request or a chat: ten seconds to read, the details folded, never longer than a comment may be.

use std::collections::BTreeMap;
use std::fmt::Write;

use schemacheck::change::Severity;
use schemacheck::excerpt::Excerpt;
use schemacheck::impact::Verdict;
use schemacheck::report::{Report, ReportedChange, ReportedOperation, State, count};

use super::{Form, Look, words};
use crate::schemas::place_text;
use crate::terminal::{Palette, is_hostile};

pub(super) const FORM: Form =
    Form { name: "markdown", about: "for a pull request or a chat, at most 64,000 characters", render };

/// A comment on GitHub takes 65,536 characters, a part of which the caller may need for itself.
pub(crate) const COMMENT: usize = 64_000;
/// How many broken operations stand in the open; the rest is folded.
const MOST_IN_THE_OPEN: usize = 8;
/// How many changes one line of renames names.
const MOST_RULES: usize = 4;
/// What the notice of a cut takes.
const RESERVE: usize = 600;

fn render(report: &Report, _: Look) -> String {
    within(report, COMMENT)
}

/// The report in at most so many bytes. What does not fit is left out, and that is said.
pub(crate) fn within(report: &Report, limit: usize) -> String {
    let mut page = Page { text: String::new(), limit: limit.saturating_sub(RESERVE), left_out: Vec::new() };
    page.open(report);
    page.patch(report);
    page.operations(report);
    page.changes(report, Severity::Breaking);
    page.changes(report, Severity::Dangerous);
    page.at_risk(report);
    page.accept(report);
    page.end(report);
    page.text
}

struct Page {
    text: String,
    limit: usize,
    left_out: Vec<String>,
}

impl Page {
    fn left(&self) -> usize {
        self.limit.saturating_sub(self.text.len())
    }

    /// What is seen without a click.
    fn open(&mut self, report: &Report) {
        let sign = match report.state {
            State::Pass => "✅",
            State::Fail => "❌",
            State::Error => "⚠️",
        };
        let headline = words::headline(report, code);
        let mut lines = vec![format!("### {sign} {headline}"), String::new()];
        if report.state == State::Error {
            lines.push("**Nothing was decided.** This is neither a pass nor a fail:".to_owned());
            lines.push(String::new());
            lines.extend(report.reasons.iter().take(10).map(|reason| format!("- {}", text(reason))));
            lines.push(String::new());
        }
        let problems = report.diagnostics.iter().filter(|diagnostic| diagnostic.level == "error");
        for problem in problems.take(5) {
            let place = problem.place.as_ref().map_or(String::new(), |place| code(&place_text(place)) + " ");
            let help = problem.help.as_ref().map_or(String::new(), |help| format!("; {}", text(help)));
            lines.push(format!("- {place}{}{help}", text(&problem.message)));
        }
        if lines.last().is_some_and(|line| line.starts_with("- ")) {
            lines.push(String::new());
        }
        lines.extend(renames(report));
        lines.extend(broken(report));
        lines.extend(rolling(report));
        if report.gate.is_some() {
            lines.extend([fenced("text", &super::gate::lines(report, Palette::plain())), String::new()]);
        }
        if let Some(sentence) = words::patch(report) {
            let verified = report.patch.as_ref().is_some_and(|patch| patch.verified);
            let lead = if verified { "**Keep these clients alive:** " } else { "" };
            lines.push(format!("{lead}{}", text(&sentence)));
            lines.push(String::new());
            if let Some(command) = words::suggest_command(report) {
                lines.extend([fenced("sh", &command), String::new()]);
            }
        }
        for line in lines {
            if line.len() + 1 > self.left() {
                self.left_out.push("a part of the overview".to_owned());
                return;
            }
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    /// A folded section of as many parts as fit.
    fn folded(&mut self, title: &str, head: &str, parts: impl ExactSizeIterator<Item = String>) {
        let all = parts.len();
        let opening = format!("<details><summary>{title}</summary>\n\n{head}");
        let closing = "\n</details>\n\n";
        let mut told = 0;
        let mut section = opening;
        // No section takes more than half of what is left, so that every one of them is seen.
        let budget = self.left() / 2;
        for part in parts {
            if section.len() + part.len() + closing.len() > budget {
                break;
            }
            section.push_str(&part);
            told += 1;
        }
        if told < all {
            self.left_out.push(format!("{} of {all} under “{title}”", all - told));
        }
        if told > 0 {
            self.text.push_str(&section);
            self.text.push_str(closing);
        }
    }

    fn patch(&mut self, report: &Report) {
        let Some(patch) = &report.patch else { return };
        if patch.verified && !patch.unified_diff.is_empty() {
            let part = fenced("diff", &patch.unified_diff) + "\n";
            self.folded("The patch of the schema, for <code>git apply</code>", "", [part].into_iter());
        }
        let mut server: BTreeMap<&str, String> = BTreeMap::new();
        for suggestion in report.suggestions.iter().flatten() {
            for (framework, lines) in &suggestion.code {
                let all = server.entry(framework).or_default();
                all.push_str(lines);
                all.push('\n');
            }
        }
        for (framework, lines) in server {
            let title = format!("The server code for {}", html(framework));
            self.folded(&title, "", [fenced("", &lines) + "\n"].into_iter());
        }
        let impossible: Vec<String> = report
            .suggestions
            .iter()
            .flatten()
            .filter(|suggestion| suggestion.kind == "none-possible")
            .map(|suggestion| format!("- {}: {}\n", code(&suggestion.coordinate), text(&suggestion.why)))
            .collect();
        if !impossible.is_empty() {
            self.folded("What no alias can save", "", impossible.into_iter());
        }
    }

    fn operations(&mut self, report: &Report) {
        let broken = hurt(report);
        if broken.is_empty() {
            return;
        }
        let title = format!("Where {} broken", count(broken.len(), "operation is", "operations are"));
        let parts = broken.iter().map(|operation| {
            let mut part = format!("**{}** {}", code(words::name(operation)), operation.kind.unwrap_or(""));
            let clients: Vec<String> =
                operation.clients.iter().map(|client| code(&words::client(client))).collect();
            if !clients.is_empty() {
                let _ = write!(part, " · {}", clients.join(" "));
            }
            part.push('\n');
            for group in words::alike(report, &operation.errors).iter().take(10) {
                let first = group[0];
                let place = format!("{}:{}:{}", first.file, first.line, first.column);
                let mark = format!(
                    "{}{} {}",
                    " ".repeat(crate::terminal::width(&first.excerpt.before)),
                    "^".repeat(crate::terminal::width(&first.excerpt.marked).max(1)),
                    words::note(report, first)
                );
                let mut lines = format!("{}\n{mark}\n", first.excerpt.line());
                if let Some(others) = words::others(group) {
                    let _ = writeln!(lines, "{others}");
                }
                let change = words::change_of(report, first);
                for (sign, place) in change.iter().flat_map(|change| [("-", &change.old), ("+", &change.new)])
                {
                    if let Some(place) = place {
                        let line = place.excerpt.as_ref().map_or(String::new(), Excerpt::line);
                        let _ = writeln!(lines, "{sign} {}   {}:{}", line.trim(), place.file, place.line);
                    }
                }
                let _ = write!(part, "\n{}\n{}", code(&place), fenced("diff", &lines));
                part.push('\n');
            }
            for impact in operation.impacts.iter().filter(|impact| impact.certain).take(5) {
                let place = format!("{}:{}:{}", impact.file, impact.line, impact.column);
                let _ = writeln!(part, "\n{}: {}", code(&place), text(&impact.message));
            }
            part.push('\n');
            part
        });
        self.folded(&title, "", parts.collect::<Vec<_>>().into_iter());
    }

    fn changes(&mut self, report: &Report, severity: Severity) {
        let changes: Vec<&ReportedChange> =
            report.changes.iter().flatten().filter(|change| change.severity == severity).collect();
        if changes.is_empty() {
            return;
        }
        let word = severity.name();
        let title = count(changes.len(), &format!("{word} change"), &format!("{word} changes"));
        let head = "| change | rule | where | hurts |\n|---|---|---|---|\n";
        let rows = changes.iter().map(|change| {
            let place = change.new.as_ref().or(change.near.as_ref()).or(change.old.as_ref());
            let place = place.map_or(String::new(), |place| code(&format!("{}:{}", place.file, place.line)));
            let hurts = match &change.affects {
                Some(_) => {
                    words::affected(report, change).map_or("nothing stored".to_owned(), |it| text(&it))
                }
                None => String::new(),
            };
            let what = match (&change.rename, &change.approved) {
                (_, Some(approval)) => format!(
                    "{} (accepted by {} until {}: {})",
                    text(&change.message),
                    text(&approval.by),
                    text(&approval.expires),
                    text(&approval.reason)
                ),
                (Some(rename), None) => {
                    format!("{} → {}", code(&change.coordinate), code(&rename.to))
                }
                (None, None) => text(&change.message),
            };
            row(&[&what, &code(change.rule), &place, &hurts])
        });
        self.folded(&title, head, rows.collect::<Vec<_>>().into_iter());
    }

    fn at_risk(&mut self, report: &Report) {
        let at_risk: Vec<String> = report
            .operations
            .iter()
            .flatten()
            .filter(|operation| operation.verdict == Verdict::AtRisk)
            .filter_map(|operation| {
                let (what, file, line) = words::risk(report, operation)?;
                let place = format!("{file}:{line}");
                Some(row(&[&code(words::name(operation)), &text(&what), &code(&place)]))
            })
            .collect();
        if !at_risk.is_empty() {
            let title = format!(
                "{} at risk: still valid, but hurt if",
                count(at_risk.len(), "operation", "operations")
            );
            self.folded(&title, "| operation | hurt if | where |\n|---|---|---|\n", at_risk.into_iter());
        }
    }

    /// How a finding is accepted on purpose, ready to paste.
    fn accept(&mut self, report: &Report) {
        let failing = report.changes.iter().flatten().filter(|change| change.fails);
        let commands: Vec<String> = failing
            .map(|change| {
                let (fingerprint, coordinate) = (&change.fingerprint, visible(&change.coordinate));
                format!("schemacheck approve {fingerprint} --reason 'WHY' --by 'WHO' --expires YYYY-MM-DD  # {coordinate}\n")
            })
            .collect();
        if commands.is_empty() {
            return;
        }
        let label = report.approve_label.as_ref().map_or(String::new(), |label| {
            format!(
                "Add the label {} to this pull request to accept all of it, or accept one by one:\n\n",
                code(label)
            )
        });
        let head = format!(
            "{label}Paste what you accept and commit `schemacheck.approvals.toml`, a file that your team reviews.\n\n```sh\n"
        );
        let last = commands.len() - 1;
        let parts = commands.into_iter().enumerate().map(|(at, command)| {
            // The names of a schema are in a fence of their own, which no name can close.
            let command = command.replace('`', "'");
            if at == last { format!("{command}```\n") } else { command }
        });
        let before = self.text.len();
        self.folded("This break is on purpose?", &head, parts.collect::<Vec<_>>().into_iter());
        // A list that was cut has lost the end of its fence.
        if self.text.len() > before && !self.text.ends_with("```\n\n</details>\n\n") {
            let end = self.text.len() - "\n</details>\n\n".len();
            self.text.insert_str(end, "```\n");
        }
    }

    fn end(&mut self, report: &Report) {
        if !self.left_out.is_empty() {
            let all = self.left_out.join("; ");
            let _ = writeln!(
                self.text,
                "**Left out for want of space:** {all}. The JSON and HTML reports have all of it.\n"
            );
        }
        let counts = words::counts(report).join(" · ");
        let _ = writeln!(
            self.text,
            "<sub>**{}** · {counts} · schemacheck {}</sub>",
            words::state(report.state),
            report.schemacheck
        );
    }
}

fn renames(report: &Report) -> Vec<String> {
    let renames = report.changes.iter().flatten().filter(|change| change.rename.is_some()).count();
    let rules = report.rename_rules.as_deref().unwrap_or_default();
    if renames == 0 || rules.is_empty() {
        return Vec::new();
    }
    let told: Vec<String> = rules
        .iter()
        .take(MOST_RULES)
        .map(|rule| format!("{} → {} ({})", code(&rule.from), code(&rule.to), rule.explains))
        .collect();
    let more = if rules.len() > MOST_RULES {
        format!(" and {} more", rules.len() - MOST_RULES)
    } else {
        String::new()
    };
    let by = if rules.len() == 1 { "one rule".to_owned() } else { count(rules.len(), "rule", "rules") };
    let line = format!("**{} by {by}:** {}{more}", count(renames, "rename", "renames"), told.join(", "));
    vec![line, String::new()]
}

/// Operations that cannot be sent any more, or never could.
fn hurt(report: &Report) -> Vec<&ReportedOperation> {
    let hurt = |verdict| matches!(verdict, Verdict::Broken | Verdict::Invalid | Verdict::Unparsable);
    report.operations.iter().flatten().filter(|operation| hurt(operation.verdict)).collect()
}

/// The broken operations, or where none is broken the breaking changes, as a table.
fn broken(report: &Report) -> Vec<String> {
    let operations = hurt(report);
    let mut lines = Vec::new();
    for operation in operations.iter().take(MOST_IN_THE_OPEN) {
        let (what, place) = match (operation.errors.first(), operation.impacts.first()) {
            (Some(_), _) => {
                let groups = words::alike(report, &operation.errors);
                let first = groups[0][0];
                let more = operation.errors.len() - 1;
                let more = if more > 0 { format!(", and {more} more") } else { String::new() };
                let note = words::note(report, first);
                let what = match note.strip_prefix("is now ") {
                    Some(new) => format!("{} is now {}{more}", code(&first.excerpt.marked), code(new)),
                    None => format!("{}{more}", text(&note)),
                };
                (what, format!("{}:{}", first.file, first.line))
            }
            (None, Some(impact)) => (text(&impact.message), format!("{}:{}", impact.file, impact.line)),
            (None, None) => (operation.verdict.name().to_owned(), place_text(&operation.source)),
        };
        let name = format!("{} {}", code(words::name(operation)), operation.kind.unwrap_or_default());
        lines.push(row(&[&name, &what, &text(&words::clients(&operation.clients)), &code(&place)]));
    }
    if !lines.is_empty() {
        lines.insert(0, "| broken operation | because | sent by | where |\n|---|---|---|---|\n".to_owned());
        if operations.len() > MOST_IN_THE_OPEN {
            lines.push(format!("\n…and {} more below.\n", operations.len() - MOST_IN_THE_OPEN));
        }
        return vec![lines.concat()];
    }
    let failing: Vec<&ReportedChange> =
        report.changes.iter().flatten().filter(|change| change.fails).collect();
    if failing.is_empty() {
        return Vec::new();
    }
    let mut list: Vec<String> =
        failing.iter().take(MOST_IN_THE_OPEN).map(|change| format!("- {}", text(&change.message))).collect();
    if failing.len() > MOST_IN_THE_OPEN {
        list.push(format!("- …and {} more below", failing.len() - MOST_IN_THE_OPEN));
    }
    list.push(String::new());
    list
}

fn rolling(report: &Report) -> Vec<String> {
    let Some(rolling) = &report.rolling else { return Vec::new() };
    let mut table = "| while the deploy rolls | |\n|---|---|\n".to_owned();
    for quadrant in &rolling.quadrants {
        let word = if quadrant.operations == quadrant.schema { "invalid" } else { "broken" };
        let who = format!("{} clients, {} server", quadrant.operations, quadrant.schema);
        table.push_str(&row(&[&who, &format!("{} {word} of {}", quadrant.broken, quadrant.of)]));
    }
    vec![table, text(&rolling.message), String::new()]
}

/// A row of a table, from cells that are Markdown already.
fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// A block of code that its text cannot close.
fn fenced(language: &str, text: &str) -> String {
    let lines: Vec<String> = text.trim_end_matches('\n').split('\n').map(visible).collect();
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", lines.join("\n"))
}

fn longest_run(text: &str) -> usize {
    text.split(|char| char != '`').map(str::len).max().unwrap_or_default()
}

/// A name as code that its text cannot end; in code nothing is a link, a mention or an image.
fn code(text: &str) -> String {
    let text = visible(text);
    let fence = "`".repeat(longest_run(&text) + 1);
    if text.trim().is_empty() {
        return "` `".to_owned();
    }
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A sentence as text: no markup, no HTML, no link, no mention, no reference to an issue.
fn text(sentence: &str) -> String {
    let mut escaped = String::with_capacity(sentence.len());
    let mut last = ' ';
    for char in visible(sentence).chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '|' => escaped.push_str("&#124;"),
            // GitHub looks for mentions and references in what is shown, so no escape but an invisible word joiner helps.
            '@' | '#' => escaped.extend([char, '\u{2060}']),
            '/' if last == ':' => escaped.push_str("\u{2060}/"),
            '-' if last.eq_ignore_ascii_case(&'h') => escaped.push_str("\u{2060}-"),
            '.' if last.eq_ignore_ascii_case(&'w') => escaped.push_str("\u{2060}."),
            '\\' | '`' | '*' | '_' | '[' | ']' | '!' | '~' | '$' => escaped.extend(['\\', char]),
            _ => escaped.push(char),
        }
        last = char;
    }
    escaped
}

/// Text inside the HTML that Markdown allows.
fn html(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('@', "@\u{2060}")
}

/// Control characters and changes of the writing direction, made visible; line ends become spaces.
fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' | '\r' => visible.push(' '),
            '\t' => visible.push_str("  "),
            _ if is_hostile(char) => visible.extend(char.escape_unicode()),
            _ => visible.push(char),
        }
    }
    visible
}
