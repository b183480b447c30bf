//! One self-contained page: verdict, changes side by side, renames as renames, clients × schemas, operations with their
//! broken places, the patch. No network; it is whole without scripts, which only filter, copy and switch the theme.

use std::collections::BTreeMap;
use std::fmt::Write;

use schemacheck::change::{Rename, Severity};
use schemacheck::excerpt::Excerpt;
use schemacheck::impact::Verdict;
use schemacheck::operation::Client;
use schemacheck::report::{
    Place, Report, ReportedChange, ReportedOperation, SchemaSource, State, count, sha256,
};

use super::{Form, Look, words};
use crate::schemas::place_text;
use crate::terminal::{Palette, is_hostile};

pub(super) const FORM: Form =
    Form { name: "html", about: "one self-contained page to open in a browser", render };

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// A browser stays quick with so many entries of a list; the rest is counted.
const MOST_ENTRIES: usize = 10_000;
/// How many groups of errors of one operation are shown.
const MOST_GROUPS: usize = 20;

fn render(report: &Report, _: Look) -> String {
    let mut page = Page { report, text: String::new(), jump: String::new() };
    page.head();
    page.verdict();
    page.filters();
    page.text.push_str("<main>\n");
    page.problems();
    page.gate();
    page.matrix();
    page.rolling();
    page.rename_rules();
    page.operations();
    page.patch();
    page.changes();
    page.end();
    page.text.replacen("id=\"jump\"></nav>", &format!(">{}</nav>", page.jump), 1)
}

struct Page<'r> {
    report: &'r Report,
    text: String,
    /// Links to the sections.
    jump: String,
}

/// Appends a line made by `format!`.
macro_rules! put {
    ($page:expr, $($part:tt)*) => {{ let _ = writeln!($page.text, $($part)*); }};
}

impl Page<'_> {
    fn head(&mut self) {
        // Whatever a name from a schema contains, only this script runs and nothing is fetched.
        let policy = format!(
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            base64_of_hex(&sha256([SCRIPT]))
        );
        let title = escape(&words::headline(self.report, str::to_owned));
        put!(self, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        put!(self, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        put!(self, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        put!(self, "<meta name=\"referrer\" content=\"no-referrer\">\n<title>schemacheck: {title}</title>");
        put!(
            self,
            "<style>\n{STYLE}</style>\n<noscript><style>.bar, button {{ display: none }}</style></noscript>"
        );
        put!(self, "</head>\n<body>");
    }

    fn verdict(&mut self) {
        let report = self.report;
        let state = words::state(report.state);
        put!(self, "<header class=\"top {state}\"><div class=\"top-inner\">");
        put!(
            self,
            "<div class=\"brand\"><b>schemacheck</b> <span>{} · {}</span> <button id=\"theme\" type=\"button\">Light / dark</button></div>",
            escape(report.command),
            escape(report.schemacheck)
        );
        let headline = words::headline(report, |name| format!("\u{1}{name}\u{2}"));
        // The name of the schema is set as code; the marks around it are the only control characters.
        let headline = headline.split('\u{1}').enumerate().fold(String::new(), |all, (at, part)| match part
            .rsplit_once('\u{2}')
            .filter(|_| at > 0)
        {
            Some((name, rest)) => all + "<code>" + &escape(name) + "</code>" + &escape(rest),
            None => all + &escape(part),
        });
        put!(self, "<div class=\"verdict\"><span class=\"stamp\">{state}</span><h1>{headline}</h1></div>");
        let side = |source: &SchemaSource| {
            format!(
                "<code>{}</code> <span title=\"SHA-256\">{}</span>",
                escape(&source.source),
                &source.sha256[..12]
            )
        };
        let sides: Vec<String> = [&report.old, &report.new].into_iter().flatten().map(side).collect();
        if !sides.is_empty() {
            put!(self, "<div class=\"schemas\">{}</div>", sides.join(" → "));
        }
        if report.state != State::Pass {
            put!(self, "<ul class=\"reasons\">");
            for reason in &report.reasons {
                put!(self, "<li>{}</li>", escape(reason));
            }
            put!(self, "</ul>");
        }
        self.tiles();
        put!(self, "<nav class=\"jump\" id=\"jump\"></nav></div></header>");
    }

    fn tiles(&mut self) {
        let (summary, coverage) = (&self.report.summary, &self.report.coverage);
        let mut tiles: Vec<(usize, &str, &str)> = Vec::new();
        if self.report.changes.is_some() {
            tiles.push((summary.breaking, "breaking", "bad"));
            tiles.push((summary.dangerous, "dangerous", "warn"));
            tiles.push((summary.safe, "safe", ""));
            if summary.approved > 0 {
                tiles.push((summary.approved, "accepted", ""));
            }
        }
        if self.report.operations.is_some() {
            tiles.push(match summary.operations_invalid {
                0 if self.report.changes.is_some() => (summary.operations_broken, "operations broken", "bad"),
                invalid => (invalid, "operations invalid", "bad"),
            });
            if summary.operations_at_risk > 0 {
                tiles.push((summary.operations_at_risk, "at risk", "warn"));
            }
            tiles.push((coverage.operations, "operations checked", ""));
            tiles.push((coverage.clients, "client versions", ""));
            let unread = coverage.unparsable + coverage.unresolved;
            if unread > 0 {
                tiles.push((unread, "could not be read", "warn"));
            }
        }
        put!(self, "<div class=\"tiles\">");
        for (number, what, tone) in tiles {
            let tone = if number > 0 { tone } else { "" };
            put!(self, "<div class=\"tile {tone}\"><b>{}</b><span>{what}</span></div>", grouped(number));
        }
        put!(self, "</div>");
    }

    fn filters(&mut self) {
        let mut kinds: Vec<(&str, usize)> = Vec::new();
        let mut add = |kind: &'static str| match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        };
        self.report.changes.iter().flatten().map(kind).for_each(&mut add);
        self.report.operations.iter().flatten().map(|operation| operation.verdict.name()).for_each(&mut add);
        put!(self, "<nav class=\"bar\" aria-label=\"Filter\"><div class=\"bar-inner\">");
        put!(
            self,
            "<input id=\"search\" type=\"search\" placeholder=\"Search a field, an operation, a client, a file\" aria-label=\"Search\" autocomplete=\"off\">"
        );
        put!(self, "<div class=\"chips\">");
        for (kind, number) in kinds {
            put!(
                self,
                "<button type=\"button\" data-filter=\"{kind}\" aria-pressed=\"false\">{} {}</button>",
                kind.replace('-', " "),
                grouped(number)
            );
        }
        put!(self, "</div><span class=\"found\" id=\"found\" role=\"status\"></span></div></nav>");
    }

    /// What is wrong with the inputs.
    fn problems(&mut self) {
        let diagnostics = &self.report.diagnostics;
        if diagnostics.is_empty() {
            return;
        }
        self.title("inputs", "Inputs", &count(diagnostics.len(), "problem", "problems"));
        for diagnostic in diagnostics.iter().take(MOST_ENTRIES) {
            let tone = if diagnostic.level == "error" { "breaking" } else { "dangerous" };
            let find = escape(&format!("{} {}", diagnostic.rule, diagnostic.message));
            put!(self, "<article class=\"card item {tone}\" data-find=\"{find}\" data-kind=\"\">");
            put!(
                self,
                "<div class=\"head\"><span class=\"pill\">{}</span> <span>{}</span></div>",
                diagnostic.level,
                escape(&diagnostic.message)
            );
            if let Some(help) = &diagnostic.help {
                put!(self, "<p class=\"soft\">{}</p>", escape(help));
            }
            if let Some(place) = &diagnostic.place {
                let excerpt = place.excerpt.as_ref();
                self.source(&place_text(place), place.line, excerpt, &[]);
            }
            put!(self, "</article>");
        }
    }

    fn title(&mut self, id: &str, title: &str, small: &str) {
        put!(self, "<h2 id=\"{id}\">{title} <small>{small}</small></h2>");
        let _ = write!(self.jump, "<a href=\"#{id}\">{title}</a> ");
    }

    /// What a gate says: each live client version, what it stands beside, and what to do.
    fn gate(&mut self) {
        let Some(gate) = &self.report.gate else { return };
        let environment = escape(&gate.environment);
        self.title("gate", "Gate", &environment);
        let lines = super::gate::lines(self.report, Palette::plain());
        put!(self, "<div class=\"card\"><pre>{}</pre></div>", escape(&lines));
    }

    /// Clients × schemas: how each client's stored operations fare on the old and on the new schema.
    fn matrix(&mut self) {
        let clients = fares(self.report);
        if clients.is_empty() {
            return;
        }
        let two = self.report.changes.is_some();
        self.title(
            "clients",
            "Clients",
            &format!(
                "{} × {}",
                count(clients.len(), "version", "versions"),
                if two { "two schemas" } else { "one schema" }
            ),
        );
        put!(self, "<div class=\"card\"><div class=\"scroll\"><table><thead><tr><th>client</th>");
        if two {
            put!(self, "<th>old schema</th>");
        }
        put!(self, "<th>new schema</th></tr></thead><tbody>");
        for (client, fare) in clients.iter().take(MOST_ENTRIES) {
            let name = words::client(client);
            put!(self, "<tr><th class=\"mono\">{}</th>", escape(&name));
            if two {
                self.cell(&name, fare.operations, fare.invalid_on_old, 0, "invalid");
            }
            let word = if two { "broken" } else { "invalid" };
            self.cell(&name, fare.operations, fare.hurt_on_new, fare.at_risk, word);
            put!(self, "</tr>");
        }
        put!(self, "</tbody></table></div><div class=\"legend\">");
        for (tone, what) in [
            ("valid", "all operations live"),
            ("at-risk", "some may be hurt"),
            ("broken", "some are rejected or hurt"),
        ] {
            put!(self, "<span class=\"{tone}\"><i></i>{what}</span>");
        }
        put!(self, "</div></div>");
    }

    fn cell(&mut self, client: &str, of: usize, bad: usize, at_risk: usize, word: &str) {
        let (tone, text) = match (bad, at_risk) {
            (0, 0) => ("valid", format!("✓ {of}")),
            (0, _) => ("at-risk", format!("! {at_risk} of {of} at risk")),
            (bad, _) => ("broken", format!("✗ {bad} of {of} {word}")),
        };
        put!(
            self,
            "<td class=\"cell {tone}\"><button type=\"button\" data-client=\"{}\">{text}</button></td>",
            escape(client)
        );
    }

    fn rolling(&mut self) {
        let Some(rolling) = &self.report.rolling else { return };
        self.title("rolling", "While the deploy rolls", "");
        put!(
            self,
            "<div class=\"card\"><p>{}</p><div class=\"scroll\"><table><tbody>",
            escape(&rolling.message)
        );
        for quadrant in &rolling.quadrants {
            let word = if quadrant.operations == quadrant.schema { "invalid" } else { "broken" };
            let tone = if quadrant.broken == 0 { "valid" } else { "broken" };
            put!(
                self,
                "<tr><th>{} clients on the {} server</th><td class=\"cell {tone}\">{} {word} of {}</td></tr>",
                quadrant.operations,
                quadrant.schema,
                quadrant.broken,
                quadrant.of
            );
        }
        put!(self, "</tbody></table></div></div>");
    }

    fn rename_rules(&mut self) {
        let rules = self.report.rename_rules.as_deref().unwrap_or_default();
        if rules.is_empty() {
            return;
        }
        let renames = self.report.changes.iter().flatten().filter(|change| change.rename.is_some()).count();
        self.title("renames", "Renames", &format!("{} in all", grouped(renames)));
        put!(self, "<div class=\"rules\">");
        for rule in rules.iter().take(100) {
            put!(self, "<div class=\"card\">");
            self.rename(&rule.from, &rule.to);
            put!(self, "<p class=\"soft\">explains {}</p></div>", count(rule.explains, "rename", "renames"));
        }
        put!(self, "</div>");
    }

    /// Old name, arrow, new name; what differs is marked.
    fn rename(&mut self, from: &str, to: &str) {
        let (from, to) = differing(from, to);
        put!(
            self,
            "<div class=\"rename\"><code class=\"from\">{from}</code>\
             <svg viewBox=\"0 0 72 18\" aria-label=\"is now\" role=\"img\">\
             <path d=\"M6 9h56\" stroke=\"currentColor\" stroke-width=\"1.6\" fill=\"none\"/>\
             <path d=\"M56 4l8 5-8 5z\" fill=\"currentColor\"/></svg>\
             <code class=\"to\">{to}</code></div>"
        );
    }

    fn changes(&mut self) {
        let Some(changes) = &self.report.changes else { return };
        self.title("changes", "Changes", &grouped(changes.len()));
        if changes.is_empty() {
            put!(self, "<div class=\"card soft\">The schemas do not differ.</div>");
        }
        let (safe, others): (Vec<_>, Vec<_>) =
            changes.iter().take(MOST_ENTRIES).partition(|change| change.severity == Severity::Safe);
        put!(self, "<section data-group>");
        for change in others {
            self.change(change);
        }
        put!(self, "</section>");
        if !safe.is_empty() {
            put!(
                self,
                "<details data-group><summary>{}</summary>",
                count(safe.len(), "safe change", "safe changes")
            );
            for change in safe {
                self.change(change);
            }
            put!(self, "</details>");
        }
        self.left_out(changes.len());
    }

    fn left_out(&mut self, all: usize) {
        if all > MOST_ENTRIES {
            put!(
                self,
                "<div class=\"card soft\">{} more are left out here; the JSON report has all.</div>",
                grouped(all - MOST_ENTRIES)
            );
        }
    }

    fn change(&mut self, change: &ReportedChange) {
        let kind = kind(change);
        let places = [&change.old, &change.new].into_iter().flatten().map(place_text).collect::<Vec<_>>();
        let find = format!("{} {} {} {}", change.rule, change.coordinate, change.message, places.join(" "));
        put!(
            self,
            "<article class=\"card item {kind}\" id=\"{}\" data-kind=\"{kind}\" data-find=\"{}\">",
            change.id,
            escape(&find)
        );
        put!(
            self,
            "<div class=\"head\"><span class=\"pill\">{kind}</span><h3>{}</h3><span class=\"end\">{}</span></div>",
            escape(&change.coordinate),
            escape(change.rule)
        );
        if let Some(Rename { from, to, .. }) = &change.rename {
            self.rename(from, to);
        } else {
            put!(self, "<p>{}</p>", escape(&change.message));
        }
        if let Some(remark) = &change.policy {
            put!(self, "<p class=\"soft\">{}</p>", escape(remark));
        }
        if let Some(hint) = &change.hint {
            put!(self, "<p class=\"soft\">Did you rename it to <code>{}</code>?</p>", escape(hint));
        }
        if change.severity > Severity::Safe {
            put!(self, "<div class=\"sides\">");
            self.side("old", change.old.as_ref(), "not in the old schema");
            self.side("new", change.new.as_ref(), "not in the new schema");
            put!(self, "</div>");
        }
        self.affects(change);
        if let Some(approval) = &change.approved {
            put!(
                self,
                "<p class=\"soft\">Accepted by {} until {}: {}</p>",
                escape(&approval.by),
                escape(&approval.expires),
                escape(&approval.reason)
            );
        }
        if change.severity > Severity::Safe {
            self.more(change);
        }
        put!(self, "</article>");
    }

    fn side(&mut self, side: &str, place: Option<&Place>, none: &str) {
        let Some(place) = place else {
            put!(self, "<div class=\"side none\">{none}</div>");
            return;
        };
        let line = place.excerpt.as_ref().map_or(String::new(), marked);
        put!(
            self,
            "<div class=\"side {side}\"><span class=\"where\">{side} · {}</span><pre>{line}</pre></div>",
            escape(&place_text(place))
        );
    }

    fn affects(&mut self, change: &ReportedChange) {
        let Some(affects) = change.affects.as_ref().filter(|affects| !affects.is_empty()) else { return };
        put!(self, "<div class=\"tags\"><span class=\"soft\">hurts</span>");
        for id in affects.iter().take(12) {
            let name = words::operation(self.report, id).map_or(id.as_str(), words::name);
            put!(self, "<a class=\"tag\" href=\"#{}\">{}</a>", escape(id), escape(name));
        }
        if affects.len() > 12 {
            put!(self, "<span class=\"soft\">and {} more</span>", affects.len() - 12);
        }
        put!(self, "</div>");
    }

    /// What only some want to know: why it is a rename, and how to accept it.
    fn more(&mut self, change: &ReportedChange) {
        put!(self, "<details><summary>Evidence and approval</summary>");
        if let Some(rename) = &change.rename {
            put!(self, "<ul class=\"evidence\">");
            for line in std::iter::once(&change.message).chain(&rename.evidence) {
                put!(self, "<li>{}</li>", escape(line));
            }
            put!(self, "</ul>");
        }
        let breaks: Vec<&str> = change.breaks.iter().map(|breaks| breaks.name()).collect();
        if !breaks.is_empty() {
            put!(self, "<p class=\"soft\">Breaks: {}</p>", breaks.join(", "));
        }
        self.paste(&format!(
            "schemacheck approve {} --reason 'WHY' --by 'WHO' --expires YYYY-MM-DD",
            change.fingerprint
        ));
        put!(self, "</details>");
    }

    /// A command with a button that copies it.
    fn paste(&mut self, command: &str) {
        put!(
            self,
            "<div class=\"paste\"><code>{}</code><button type=\"button\" data-copy=\"{}\">Copy</button></div>",
            escape(command),
            exact(command)
        );
    }

    fn operations(&mut self) {
        let Some(operations) = &self.report.operations else { return };
        self.title("operations", "Operations", &grouped(operations.len()));
        if operations.is_empty() {
            put!(self, "<div class=\"card soft\">No operations were found.</div>");
        }
        let quiet = |operation: &&ReportedOperation| {
            matches!(operation.verdict, Verdict::Valid | Verdict::Fixed | Verdict::AlreadyInvalid)
        };
        let (quiet, mut loud): (Vec<_>, Vec<_>) = operations.iter().take(MOST_ENTRIES).partition(quiet);
        loud.sort_by_key(|operation| operation.verdict == Verdict::AtRisk);
        put!(self, "<section data-group>");
        for operation in loud {
            self.operation(operation);
        }
        put!(self, "</section>");
        if !quiet.is_empty() {
            let title = count(quiet.len(), "operation that is not hurt", "operations that are not hurt");
            put!(
                self,
                "<details class=\"card\" data-group><summary>{title}</summary><div class=\"scroll\"><table class=\"list\"><tbody>"
            );
            for operation in quiet {
                let clients: Vec<String> = operation.clients.iter().map(words::client).collect();
                let verdict = operation.verdict.name();
                put!(
                    self,
                    "<tr id=\"{}\" data-kind=\"{verdict}\" data-find=\"{}\"><td><code>{}</code></td><td><span class=\"pill {verdict}\">{}</span></td><td class=\"soft\">{}</td><td class=\"soft\">{}</td></tr>",
                    operation.id,
                    escape(&find_operation(operation)),
                    escape(words::name(operation)),
                    verdict.replace('-', " "),
                    escape(&clients.join(" ")),
                    escape(&place_text(&operation.source))
                );
            }
            put!(self, "</tbody></table></div></details>");
        }
        self.left_out(operations.len());
    }

    fn operation(&mut self, operation: &ReportedOperation) {
        let verdict = operation.verdict.name();
        put!(
            self,
            "<article class=\"card item {verdict}\" id=\"{}\" data-kind=\"{verdict}\" data-find=\"{}\">",
            operation.id,
            escape(&find_operation(operation))
        );
        put!(
            self,
            "<div class=\"head\"><span class=\"pill\">{}</span><h3>{}</h3><span class=\"soft\">{}</span><span class=\"end\">{}</span></div>",
            verdict.replace('-', " "),
            escape(words::name(operation)),
            operation.kind.unwrap_or_default(),
            escape(&place_text(&operation.source))
        );
        if !operation.clients.is_empty() {
            put!(self, "<div class=\"tags\"><span class=\"soft\">sent by</span>");
            for client in operation.clients.iter().take(40) {
                put!(self, "<span class=\"tag\">{}</span>", escape(&words::client(client)));
            }
            if operation.clients.len() > 40 {
                put!(self, "<span class=\"soft\">and {} more</span>", operation.clients.len() - 40);
            }
            put!(self, "</div>");
        }
        let groups = words::alike(self.report, &operation.errors);
        for group in groups.iter().take(MOST_GROUPS) {
            let first = group[0];
            let mut notes = vec![("say", words::note(self.report, first))];
            notes.extend(words::others(group).map(|others| ("def", others)));
            let change = words::change_of(self.report, first);
            for (word, place) in change.iter().flat_map(|change| [("old", &change.old), ("new", &change.new)])
            {
                if let Some(Place { file, line, excerpt: Some(excerpt), .. }) = place {
                    notes.push(("def", format!("{word} {file}:{line}  {}", excerpt.line().trim())));
                }
            }
            let place = format!("{}:{}:{}", first.file, first.line, first.column);
            self.source(&place, first.line, Some(&first.excerpt), &notes);
            if let Some(change) = change {
                put!(
                    self,
                    "<div class=\"tags\"><span class=\"soft\">caused by</span><a class=\"tag\" href=\"#{}\">{}</a></div>",
                    change.id,
                    escape(&change.coordinate)
                );
            }
        }
        if groups.len() > MOST_GROUPS {
            put!(self, "<p class=\"soft\">and {} more places</p>", groups.len() - MOST_GROUPS);
        }
        for impact in operation.impacts.iter().take(MOST_GROUPS) {
            let certain = if impact.certain { "" } else { " (may hurt)" };
            let notes = [("say", format!("{}{certain}", impact.message))];
            let place = format!("{}:{}:{}", impact.file, impact.line, impact.column);
            self.source(&place, impact.line, Some(&impact.excerpt), &notes);
        }
        if !operation.duplicates.is_empty() {
            let copies = count(operation.duplicates.len(), "more place holds", "more places hold");
            put!(self, "<details><summary>{copies} the same text</summary><ul class=\"evidence\">");
            for place in operation.duplicates.iter().take(200) {
                put!(self, "<li>{}</li>", escape(&place_text(place)));
            }
            put!(self, "</ul></details>");
        }
        put!(self, "</article>");
    }

    /// A line of a file with its mark and what there is to say about it.
    fn source(&mut self, place: &str, line: u32, excerpt: Option<&Excerpt>, notes: &[(&str, String)]) {
        put!(self, "<div class=\"source\"><span class=\"where\">{}</span>", escape(place));
        if let Some(excerpt) = excerpt {
            put!(
                self,
                "<div class=\"code\"><span class=\"number mono\">{line}</span><pre>{}</pre>",
                marked(excerpt)
            );
            for (class, note) in notes {
                let mono = if *class == "def" { " mono" } else { "" };
                put!(self, "<span class=\"{class}{mono}\">{}</span>", escape(note));
            }
            put!(self, "</div>");
        }
        put!(self, "</div>");
    }

    fn patch(&mut self) {
        let Some(sentence) = words::patch(self.report) else {
            self.impossible();
            return;
        };
        self.title("patch", "Keep old clients alive", "");
        put!(self, "<div class=\"card\"><p>{}</p>", escape(&sentence));
        if let Some(command) = words::suggest_command(self.report) {
            self.paste(&command);
        }
        put!(self, "</div>");
        let patch = self.report.patch.as_ref().filter(|patch| !patch.unified_diff.is_empty());
        if let Some(patch) = patch {
            put!(
                self,
                "<div class=\"card\"><div class=\"title-row\"><h3>The patch</h3><button type=\"button\" id=\"copy-patch\" data-copy=\"{}\">Copy the patch</button></div><pre class=\"diff\">",
                exact(&patch.unified_diff)
            );
            for line in patch.unified_diff.lines() {
                let class = match line.as_bytes() {
                    [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => "file",
                    [b'+', ..] => "add",
                    [b'-', ..] => "del",
                    [b'@', ..] => "hunk",
                    _ => "same",
                };
                let _ = write!(self.text, "<span class=\"{class}\">{}</span>", escape(line));
            }
            put!(self, "</pre></div>");
        }
        let mut code: BTreeMap<&str, String> = BTreeMap::new();
        for suggestion in self.report.suggestions.iter().flatten() {
            for (framework, text) in &suggestion.code {
                let all = code.entry(framework).or_default();
                all.push_str(text.trim_end());
                all.push_str("\n\n");
            }
        }
        for (framework, text) in code {
            put!(
                self,
                "<details class=\"card\"><summary>Server code for {}</summary><div class=\"title-row\"><span></span><button type=\"button\" data-copy=\"{}\">Copy</button></div><pre class=\"diff\"><span>{}</span></pre></details>",
                escape(framework),
                exact(&text),
                text.lines().map(escape).collect::<Vec<_>>().join("\n")
            );
        }
        self.impossible();
    }

    fn impossible(&mut self) {
        let suggestions = self.report.suggestions.iter().flatten();
        let impossible: Vec<_> =
            suggestions.filter(|suggestion| suggestion.kind == "none-possible").collect();
        if impossible.is_empty() {
            return;
        }
        self.title("impossible", "What no alias can save", &grouped(impossible.len()));
        put!(self, "<div class=\"card\"><ul>");
        for suggestion in impossible.iter().take(MOST_ENTRIES) {
            put!(
                self,
                "<li><code>{}</code>: {}</li>",
                escape(&suggestion.coordinate),
                escape(&suggestion.why)
            );
        }
        put!(self, "</ul></div>");
    }

    fn end(&mut self) {
        let counts = words::counts(self.report).join(" · ");
        put!(
            self,
            "<footer>{} · {counts} · schemacheck {}</footer>",
            words::state(self.report.state),
            self.report.schemacheck
        );
        put!(self, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>");
    }
}

/// How the operations of one client fare.
#[derive(Default)]
struct Fare {
    operations: usize,
    invalid_on_old: usize,
    hurt_on_new: usize,
    at_risk: usize,
}

fn fares(report: &Report) -> Vec<(&Client, Fare)> {
    let mut fares: BTreeMap<&Client, Fare> = BTreeMap::new();
    for operation in report.operations.iter().flatten() {
        for client in &operation.clients {
            let fare = fares.entry(client).or_default();
            fare.operations += 1;
            match operation.verdict {
                Verdict::Valid | Verdict::Unchecked => {}
                Verdict::Broken | Verdict::Invalid => fare.hurt_on_new += 1,
                Verdict::AtRisk => fare.at_risk += 1,
                Verdict::Fixed => fare.invalid_on_old += 1,
                Verdict::AlreadyInvalid | Verdict::Unparsable => {
                    fare.invalid_on_old += 1;
                    fare.hurt_on_new += 1;
                }
            }
        }
    }
    fares.into_iter().collect()
}

/// What a change is filtered and coloured by.
fn kind(change: &ReportedChange) -> &'static str {
    if change.approved.is_some() { "accepted" } else { change.severity.name() }
}

fn find_operation(operation: &ReportedOperation) -> String {
    let clients: Vec<String> = operation.clients.iter().map(words::client).collect();
    let coordinates: Vec<&str> =
        operation.errors.iter().filter_map(|error| error.coordinate.as_deref()).collect();
    format!(
        "{} {} {} {} {}",
        words::name(operation),
        operation.kind.unwrap_or_default(),
        operation.source.file,
        clients.join(" "),
        coordinates.join(" ")
    )
}

fn marked(excerpt: &Excerpt) -> String {
    format!("{}<mark>{}</mark>{}", escape(&excerpt.before), escape(&excerpt.marked), escape(&excerpt.after))
}

/// Two names, escaped, with a mark around the words that differ.
fn differing(from: &str, to: &str) -> (String, String) {
    let (one, other) = (name_words(from), name_words(to));
    let before = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let most = one.len().min(other.len()) - before;
    let after =
        one.iter().rev().zip(other.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    let paint = |words: &[&str]| {
        let end = words.len() - after;
        let part = |words: &[&str]| escape(&words.concat());
        format!("{}<mark>{}</mark>{}", part(&words[..before]), part(&words[before..end]), part(&words[end..]))
    };
    (paint(&one), paint(&other))
}

/// The words of a name with what separates them: `emsgId_2` is `emsg`, `Id`, `_`, `2`.
fn name_words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, char) in name.char_indices() {
        let begins = last.is_some_and(|last: char| {
            char == '_' || last == '_' || (char.is_uppercase() && !last.is_uppercase())
        });
        if begins {
            words.push(&name[start..at]);
            start = at;
        }
        last = Some(char);
    }
    words.push(&name[start..]);
    words
}

/// A number with its thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202F}');
        }
        text.push(digit);
    }
    text
}

/// Text to read, in content and in attributes; characters that hide or turn text around are made visible.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' | '\t' => escaped.push(char),
            _ if is_hostile(char) => escaped.extend(char.escape_unicode()),
            _ => entity(char, &mut escaped),
        }
    }
    escaped
}

/// Text to copy, in an attribute: what the reader gets is the same to the character.
fn exact(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if is_hostile(char) {
            let _ = write!(escaped, "&#{};", u32::from(char));
        } else {
            entity(char, &mut escaped);
        }
    }
    escaped
}

fn entity(char: char, escaped: &mut String) {
    match char {
        '&' => escaped.push_str("&amp;"),
        '<' => escaped.push_str("&lt;"),
        '>' => escaped.push_str("&gt;"),
        '"' => escaped.push_str("&quot;"),
        '\'' => escaped.push_str("&#39;"),
        _ => escaped.push(char),
    }
}

/// Bytes in hexadecimal as Base64, as a content security policy names a hash.
fn base64_of_hex(hex: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<usize> = hex
        .chars()
        .filter_map(|digit| digit.to_digit(16))
        .flat_map(|digit| [8, 4, 2, 1].map(|bit| usize::from(digit & bit != 0)))
        .collect();
    let mut text: String = bits
        .chunks(6)
        .map(|chunk| {
            let value = chunk.iter().fold(0, |value, bit| value * 2 + bit);
            char::from(DIGITS[value << (6 - chunk.len())])
        })
        .collect();
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_written_as_policies_write_it() {
        // printf '' | openssl dgst -sha256 -binary | base64
        assert_eq!(base64_of_hex(&sha256([""])), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn what_differs_in_a_rename_is_marked() {
        let marked = |from, to| {
            let (from, to) = differing(from, to);
            format!("{from} {to}")
        };
        assert_eq!(marked("emessage_id", "emsg_id"), "<mark>emessage</mark>_id <mark>emsg</mark>_id");
        assert_eq!(marked("userName", "accountName"), "<mark>user</mark>Name <mark>account</mark>Name");
        assert_eq!(marked("a_a", "a_a_a"), "a_a<mark></mark> a_a<mark>_a</mark>");
    }
}
