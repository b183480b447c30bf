//! All code files of a run together: texts are put together across files, and what stays unknown becomes a hole.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rayon::prelude::*;
use schemacheck_graphql::lexer::{Lexer, TokenKind};
use schemacheck_graphql::source::has_hole;

use super::expression::{Argument, Expression, Range, Style};
use super::literal::Literal;
use super::scan::{Binding, Class, DocumentImport, Import, Scan, Site, document_module, scan};
use super::{Base, Imports, Language, may_hold_documents};
use crate::rust::cynic;
use crate::rust::items::{Items, NamedFile};
use crate::{Found, HOLE, Hole};

/// A file of client code.
#[derive(Clone, Copy, Debug)]
pub struct CodeFile<'t> {
    /// Its path, as imports reach it, with forward slashes.
    pub path: &'t str,
    /// Its text.
    pub text: &'t str,
    /// Its language.
    pub language: &'static Language,
}

/// What says that a text is GraphQL.
#[derive(Clone, Debug)]
pub struct CodeOptions {
    /// Functions and tags that take a document.
    pub tags: Vec<String>,
    /// Functions that build a selection from the fields of a class.
    pub selections: Vec<String>,
}

impl Default for CodeOptions {
    fn default() -> Self {
        CodeOptions { tags: vec!["gql".into(), "graphql".into()], selections: vec!["gql_fields".into()] }
    }
}

/// What code holds.
#[derive(Clone, Default, Debug)]
pub struct Extracted {
    /// The documents in the order of the files. Their maps count over all files, as [`Extracted::locate`] tells.
    pub documents: Vec<Embedded>,
    /// Places that build a document which could not be read at all.
    pub unresolved: Vec<Unresolved>,
    /// Places that name a document in a file of its own.
    pub imports: Vec<Imported>,
    /// Where each file begins, counted over all of them, each with one offset more than it has bytes.
    starts: Vec<u32>,
    /// How much was done for the documents of each file.
    work: Vec<usize>,
}

/// A document in code.
#[derive(Clone, Debug)]
pub struct Embedded {
    /// The index of the file that sends it.
    pub file: usize,
    /// Offset in that file of what says that it is a document.
    pub at: u32,
    /// The document.
    pub found: Found,
}

/// A place that builds a document which could not be read.
#[derive(Clone, Debug)]
pub struct Unresolved {
    /// The index of the file.
    pub file: usize,
    /// Offset in the file.
    pub at: u32,
    /// What stands there, one line of it.
    pub text: String,
    /// Why it could not be read.
    pub reason: String,
}

/// A place that names a document in a file of its own.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The index of the file of code.
    pub file: usize,
    /// Offset in the file.
    pub at: u32,
    /// What stands there, one line of it.
    pub text: String,
    /// The path or the alias that is named: `./board.graphql`, `@/queries/board.graphql`.
    pub module: String,
    /// From where it leads.
    pub base: Base,
}

impl Extracted {
    /// The file and the offset in it of an offset in a map.
    pub fn locate(&self, offset: u32) -> (usize, u32) {
        let file = self.starts.partition_point(|&start| start <= offset).saturating_sub(1);
        (file, offset - self.starts.get(file).copied().unwrap_or(0))
    }

    /// Counts what was done for a text of a file.
    pub(crate) fn count(&mut self, file: usize, text: &Text) {
        self.work[file] += text.work;
    }

    /// Why no more texts of a file are put together, where that is so.
    pub(crate) fn is_full(&self, file: usize) -> Option<&'static str> {
        (self.work[file] > MAX_WORK_OF_FILE)
            .then_some("the texts that this file builds are too large together")
    }
}

/// The largest text that is put together.
const MAX_BYTES: usize = 1 << 20;
/// How much is done for one text at most: bytes and steps, those that were taken back as well.
const MAX_WORK: usize = 16 * MAX_BYTES;
/// For so many bytes one step counts.
const STEP: usize = 64;
/// How much is done for all texts of a file, before the last one.
const MAX_WORK_OF_FILE: usize = 256 * MAX_BYTES;
/// How many names lead to a text at most, and how deep classes nest.
pub(crate) const MAX_DEPTH: u32 = 32;
/// How many texts one name can have at one place.
const MAX_ALTERNATIVES: usize = 16;
/// How much of an expression is shown.
const MAX_SHOWN: usize = 120;

/// Finds the documents of all files, and the places that could not be read.
pub fn extract(files: &[CodeFile<'_>], options: &CodeOptions) -> Extracted {
    let mut starts = Vec::with_capacity(files.len());
    let mut end = 0u32;
    for file in files {
        starts.push(end);
        end = end.saturating_add(file.text.len() as u32).saturating_add(1);
    }
    let project = Project {
        files,
        options,
        starts,
        scans: files.iter().map(|_| OnceLock::new()).collect(),
        by_stem: by_stem(files),
        passed_on: files.iter().map(|_| OnceLock::new()).collect(),
        constants: OnceLock::new(),
    };
    let candidates: Vec<usize> = (0..files.len())
        .into_par_iter()
        .filter(|&file| {
            let holds = may_hold_documents(files[file].text);
            if holds {
                project.scan(file);
            }
            holds
        })
        .collect();
    let mut extracted = Extracted { work: vec![0; files.len()], ..Extracted::default() };
    for &file in &candidates {
        let mut known = HashSet::new();
        for DocumentImport { range, module } in &project.scan(file).documents {
            // `./board.graphql` may be `./board.graphql.ts`, which a generator wrote.
            if known.insert(module) && project.module(file, module).is_none() {
                let (at, text, module) = (range.0, project.shown(file, *range), module.clone());
                extracted.imports.push(Imported { file, at, text, module, base: Base::Module });
            }
        }
        let Items { files, unresolved, .. } = project.items(file);
        for NamedFile { range, path, base } in files {
            let (at, text, module) = (range.0, project.shown(file, *range), path.clone());
            extracted.imports.push(Imported { file, at, text, module, base: *base });
        }
        let unresolved = unresolved.iter().map(|&(range, reason)| project.unresolved(file, range, reason));
        extracted.unresolved.extend(unresolved);
    }
    cynic::operations(&project, &candidates, &mut extracted);
    let mut used = HashSet::new();
    for tagged in [true, false] {
        for &file in &candidates {
            for site in project.scan(file).sites.iter().filter(|site| site.tagged == tagged) {
                if let Some(reason) = site.reason {
                    extracted.unresolved.push(project.unresolved(file, site.range, reason));
                } else if tagged
                    || !site
                        .expression
                        .first_literal()
                        .is_some_and(|at| used.contains(&(project.starts[file] + at)))
                {
                    project.site(file, site, &mut used, &mut extracted);
                }
            }
        }
    }
    extracted.documents.sort_by_key(|document| (document.file, document.at));
    extracted.unresolved.sort_by_key(|place| (place.file, place.at));
    extracted.starts = project.starts;
    extracted
}

/// The files by the last part of their path, without its ending.
fn by_stem(files: &[CodeFile<'_>]) -> HashMap<String, Vec<usize>> {
    let mut by_stem: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, file) in files.iter().enumerate() {
        by_stem.entry(stem(last_part(file.path)).to_owned()).or_default().push(index);
    }
    by_stem
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn stem(name: &str) -> &str {
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

pub(crate) struct Project<'p, 't> {
    files: &'p [CodeFile<'t>],
    options: &'p CodeOptions,
    starts: Vec<u32>,
    scans: Vec<OnceLock<Scan>>,
    by_stem: HashMap<String, Vec<usize>>,
    /// The files whose names each file passes on.
    passed_on: Vec<OnceLock<Vec<usize>>>,
    /// The names that are bound in all files of languages without imports, with file and binding.
    constants: OnceLock<HashMap<String, Vec<(usize, usize)>>>,
}

/// A text that is being put together. Its map counts over all files.
#[expect(clippy::struct_field_names, reason = "a text has a text")]
#[derive(Clone, Default)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) map: Vec<(u32, u32)>,
    pub(crate) holes: Vec<Hole>,
    /// The documents in it, which are not put into it twice.
    documents: Vec<(usize, usize)>,
    /// Where the texts stand that are in it by name.
    used: Vec<u32>,
    /// How much was done for it.
    work: usize,
}

/// The names of files that were looked at already for a name: files that pass on each other's names lead to them in many ways.
type Seen = HashSet<(usize, String)>;

/// The text is not known.
pub(crate) struct Unknown;

impl Text {
    fn place(&mut self, at: u32) {
        let local = self.text.len() as u32;
        if self.map.last().is_some_and(|&(from, _)| from == local) {
            self.map.pop();
        }
        self.map.push((local, at));
    }

    fn add(&mut self, text: &str) {
        self.work += 1 + text.len();
        self.text.push_str(text);
    }

    /// Counts a step that may add nothing.
    pub(crate) fn step(&mut self) {
        self.work += STEP;
    }

    /// Whether it is too large to go on.
    pub(crate) fn is_full(&self) -> bool {
        self.text.len() > MAX_BYTES || self.work > MAX_WORK
    }

    /// Takes over what another text was made of, from which this one is made.
    fn made_from(&mut self, other: &mut Text) {
        self.used.append(&mut other.used);
        self.work += other.work;
    }

    pub(crate) fn push(&mut self, text: &str, at: u32) {
        self.place(at);
        self.add(text);
    }

    fn literal(&mut self, literal: &Literal, start: u32) {
        let base = self.text.len() as u32;
        for (index, &(from, to)) in literal.map.iter().enumerate() {
            if index == 0 {
                self.place(start + to);
            } else {
                self.map.push((base + from, start + to));
            }
        }
        // What stands for a hole is in no document; it may still be in a text.
        self.add(&literal.text.replace(HOLE, "\u{FFFD}"));
    }

    pub(crate) fn hole(&mut self, text: String, at: u32) {
        self.place(at);
        self.work += text.len();
        self.holes.push(Hole { at: self.text.len() as u32, text });
        self.add(HOLE.encode_utf8(&mut [0; 4]));
    }

    /// Adds a part of another text.
    pub(crate) fn part(&mut self, other: &Text, from: usize, to: usize) {
        if from >= to {
            return;
        }
        let base = self.text.len() as u32;
        let first = other.map.partition_point(|&(at, _)| at as usize <= from).saturating_sub(1);
        for &(at, place) in &other.map[first..] {
            if at as usize >= to {
                break;
            }
            if (at as usize) <= from {
                self.place(place + (from as u32 - at));
            } else {
                self.map.push((base + at - from as u32, place));
            }
        }
        let holes = other.holes.iter().filter(|hole| (from..to).contains(&(hole.at as usize)));
        self.holes
            .extend(holes.map(|hole| Hole { at: base + hole.at - from as u32, text: hole.text.clone() }));
        self.add(&other.text[from..to]);
    }

    pub(crate) fn truncate(&mut self, to: &Marks) {
        self.text.truncate(to.text);
        self.map.truncate(to.map);
        if let Some(last) = to.last_place {
            self.map.pop();
            self.map.push(last);
        }
        self.holes.truncate(to.holes);
        self.documents.truncate(to.documents);
    }

    pub(crate) fn marks(&self) -> Marks {
        Marks {
            text: self.text.len(),
            map: self.map.len(),
            last_place: self.map.last().copied(),
            holes: self.holes.len(),
            documents: self.documents.len(),
        }
    }
}

/// How far a text was.
pub(crate) struct Marks {
    text: usize,
    map: usize,
    last_place: Option<(u32, u32)>,
    holes: usize,
    documents: usize,
}

impl Project<'_, '_> {
    fn scan(&self, file: usize) -> &Scan {
        self.scans[file].get_or_init(|| {
            let CodeFile { text, language, .. } = self.files[file];
            scan(language, text, &self.options.tags, &self.options.selections)
        })
    }

    /// What the build makes of the code of a file.
    pub(crate) fn items(&self, file: usize) -> &Items {
        &self.scan(file).items
    }

    /// The path of a file.
    pub(crate) fn path(&self, file: usize) -> &str {
        self.files[file].path
    }

    /// Where a file begins, counted over all of them.
    pub(crate) fn start(&self, file: usize) -> u32 {
        self.starts[file]
    }

    pub(crate) fn shown(&self, file: usize, (start, end): Range) -> String {
        let text = self.files[file].text.get(start as usize..end as usize).unwrap_or_default();
        let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let mut shown: String = line.chars().take(MAX_SHOWN).collect();
        if shown.len() < text.trim().len() {
            shown.push('…');
        }
        shown
    }

    pub(crate) fn unresolved(&self, file: usize, range: Range, reason: &str) -> Unresolved {
        Unresolved { file, at: range.0, text: self.shown(file, range), reason: reason.to_owned() }
    }

    /// Reads one place.
    fn site(&self, file: usize, site: &Site, used: &mut HashSet<u32>, extracted: &mut Extracted) {
        let Site { range, expression, .. } = site;
        let range = *range;
        if !site.tagged && self.changed_later(file, expression) {
            extracted.unresolved.push(self.unresolved(file, range, "the text is changed before it is sent"));
            return;
        }
        // A name that is bound in several ways at one place is several documents.
        for expression in self.alternatives(file, expression) {
            if let Some(reason) = extracted.is_full(file) {
                extracted.unresolved.push(self.unresolved(file, range, reason));
                continue;
            }
            let mut text = Text::default();
            let (file_of_text, expression) = expression;
            let known = self.write(file_of_text, expression, &mut text, 0).is_ok();
            extracted.count(file, &text);
            if text.is_full() {
                let reason = "the text that it builds is too large";
                extracted.unresolved.push(self.unresolved(file, range, reason));
                continue;
            }
            used.extend(text.used.iter().copied());
            used.extend(expression.first_literal().map(|at| self.starts[file_of_text] + at));
            let blank = text.text.chars().all(|char| char == HOLE || char.is_whitespace());
            if !known || blank {
                if self.is_document(file_of_text, expression) {
                    continue;
                }
                let reason = why(expression);
                extracted.unresolved.push(self.unresolved(file, range, &reason));
                continue;
            }
            if text.map.first().is_none_or(|&(at, _)| at != 0) {
                text.map.insert(0, (0, self.starts[file] + range.0));
            }
            let found = Found { text: text.text, map: Some(text.map), holes: text.holes, ..Found::default() };
            extracted.documents.push(Embedded { file, at: range.0, found });
        }
    }

    /// Whether a text is bound to a name that stands for another text afterwards, made from this one.
    fn changed_later(&self, file: usize, expression: &Expression) -> bool {
        let scan = self.scan(file);
        let bound = expression.first_literal().and_then(|at| scan.by_text.get(&at));
        let mut bound = bound.into_iter().flatten();
        bound.any(|&index| scan.is_changed(&scan.bindings[index].name))
    }

    /// Whether a name stands for a document that is read where it is made.
    fn is_document(&self, file: usize, expression: &Expression) -> bool {
        let Expression::Document(inner) = expression else { return false };
        let inner = if let Expression::Interpolation(_, inner) = inner.as_ref() { inner } else { inner };
        let Expression::Name(path, (at, _)) = inner.as_ref() else {
            return matches!(inner.as_ref(), Expression::File(_));
        };
        if self.is_imported_document(file, path, *at) {
            return true;
        }
        let [name] = path.as_slice() else { return false };
        let bound = self.scan(file).visible(name, *at);
        let mut values = bound.iter().map(|&index| &self.scan(file).bindings[index].value);
        !bound.is_empty()
            && values.all(|value| matches!(value, Expression::Document(_) | Expression::File(_)))
    }

    /// Whether a name stands for a document in a file of its own.
    fn is_imported_document(&self, file: usize, path: &[String], at: u32) -> bool {
        let Some(first) = path.first() else { return false };
        let scan = self.scan(file);
        scan.import(first).is_some_and(|import| {
            document_module(&import.module).is_some_and(|module| self.module(file, module).is_none())
        }) && scan.visible(first, at).iter().all(|&index| {
            // `const name = require("./board.graphql")`; what is bound further inside is something else.
            scan.bindings[index].scope == 0 && matches!(scan.bindings[index].value, Expression::Unknown(_))
        })
    }

    fn alternatives<'x>(&'x self, file: usize, expression: &'x Expression) -> Vec<(usize, &'x Expression)> {
        let name = match expression {
            Expression::Document(inner) => inner.as_ref(),
            other => other,
        };
        if let Expression::Either(options, _) = name {
            return options.iter().map(|option| (file, option)).collect();
        }
        if let Expression::Name(path, (at, _)) = name
            && let [name] = path.as_slice()
            && !self.scan(file).is_changed(name)
        {
            let scan = self.scan(file);
            let bound = scan.visible(name, *at);
            let values = bound.iter().map(|&index| &scan.bindings[index].value);
            let mut unknown = values.clone().filter(|value| matches!(value, Expression::Unknown(_)));
            if (2..=MAX_ALTERNATIVES).contains(&bound.len()) && unknown.next().is_none() {
                return values.map(|value| (file, value)).collect();
            }
        }
        vec![(file, expression)]
    }

    /// Adds the text of an expression; nothing is added where it is not known.
    fn write(&self, file: usize, expression: &Expression, out: &mut Text, depth: u32) -> Result<(), Unknown> {
        out.step();
        if depth > MAX_DEPTH || out.is_full() {
            return Err(Unknown);
        }
        let start = self.starts[file];
        match expression {
            Expression::Literal(literal) => out.literal(literal, start),
            Expression::Join(parts) => {
                for part in parts {
                    self.write_or_hole(file, part, out, depth);
                }
            }
            Expression::List(items, range) => {
                for item in items {
                    out.push("\n", start + range.0);
                    self.write_or_hole(file, item, out, depth);
                }
            }
            Expression::Interpolation(range, inner) => {
                if self.write(file, inner, out, depth).is_err() {
                    out.hole(self.shown(file, *range), start + range.0);
                }
            }
            Expression::Document(inner) => self.write(file, inner, out, depth)?,
            Expression::Name(path, (at, _)) => {
                // The fragments of such a document are known by their names.
                if self.is_imported_document(file, path, *at) && is_between_definitions(&out.text) {
                    return Ok(());
                }
                let (other, binding) = self.lookup(file, path, *at, depth).ok_or(Unknown)?;
                let value = &self.scan(other).bindings[binding].value;
                if matches!(value, Expression::Document(_)) {
                    if out.documents.contains(&(other, binding)) {
                        return Ok(());
                    }
                    out.documents.push((other, binding));
                }
                let marks = out.marks();
                if self.write(other, value, out, depth + 1).is_err() {
                    out.truncate(&marks);
                    return Err(Unknown);
                }
                out.used.extend(value.first_literal().map(|at| self.starts[other] + at));
            }
            Expression::Call(arguments, range) => self.selection(file, arguments, *range, out)?,
            Expression::Format(template, style, arguments, _) => {
                let mut base = Text::default();
                self.write(file, template, &mut base, depth + 1)?;
                out.made_from(&mut base);
                self.fill(file, &base, *style, arguments, out, depth);
            }
            Expression::Replace(base, from, to, range) => {
                let (mut text, mut what) = (Text::default(), Text::default());
                self.write(file, base, &mut text, depth + 1)?;
                self.write(file, from, &mut what, depth + 1)?;
                out.made_from(&mut text);
                if what.text.is_empty() || !what.holes.is_empty() {
                    return Err(Unknown);
                }
                let mut at = 0;
                while let Some(found) = text.text[at..].find(&what.text) {
                    out.part(&text, at, at + found);
                    if self.write(file, to, out, depth + 1).is_err() {
                        out.hole(self.shown(file, *range), start + range.0);
                    }
                    at += found + what.text.len();
                    if out.is_full() {
                        return Err(Unknown);
                    }
                }
                out.part(&text, at, text.text.len());
            }
            Expression::Margin(base) => {
                let mut text = Text::default();
                self.write(file, base, &mut text, depth + 1)?;
                out.made_from(&mut text);
                let mut at = 0;
                for line in text.text.split_inclusive('\n') {
                    let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
                    let bar = if line[blank..].starts_with('|') { blank + 1 } else { 0 };
                    out.part(&text, at + bar, at + line.len());
                    at += line.len();
                }
            }
            // The fragments of such a document are known by their names.
            Expression::File(_) if is_between_definitions(&out.text) => {}
            Expression::Either(..) | Expression::File(_) | Expression::Unknown(_) => return Err(Unknown),
        }
        Ok(())
    }

    fn write_or_hole(&self, file: usize, part: &Expression, out: &mut Text, depth: u32) {
        if self.write(file, part, out, depth + 1).is_err() {
            let range = part.range();
            out.hole(self.shown(file, range), self.starts[file] + range.0);
        }
    }

    /// Fills the placeholders of a template.
    fn fill(
        &self,
        file: usize,
        base: &Text,
        style: Style,
        arguments: &[Argument],
        out: &mut Text,
        depth: u32,
    ) {
        let (mut at, mut next, mut plain) = (0, 0, 0);
        let bytes = base.text.as_bytes();
        while at < bytes.len() && !out.is_full() {
            let Some((placeholder, length)) = placeholder(&base.text[at..], style) else {
                at += 1;
                continue;
            };
            out.part(base, plain, at);
            let value = match placeholder {
                Placeholder::Literal => {
                    out.part(base, at, at + 1);
                    None
                }
                Placeholder::Next => {
                    next += 1;
                    Some(arguments.get(next - 1))
                }
                Placeholder::Number(number) => Some(arguments.get(number)),
                Placeholder::Name(name) => {
                    Some(arguments.iter().find(|argument| argument.name.as_deref() == Some(name)))
                }
            };
            if let Some(value) = value {
                let known = value.is_some_and(|value| self.write(file, &value.value, out, depth + 1).is_ok());
                if !known {
                    let shown = match value {
                        Some(value) => self.shown(file, value.value.range()),
                        None => base.text[at..at + length].to_owned(),
                    };
                    let place = base.map
                        [base.map.partition_point(|&(from, _)| from as usize <= at).saturating_sub(1)];
                    out.hole(shown, place.1 + (at as u32 - place.0));
                }
            }
            at += length;
            plain = at;
        }
        out.part(base, plain, base.text.len());
    }

    // Names.

    /// The binding that a name means, with its file.
    fn lookup(&self, file: usize, path: &[String], at: u32, depth: u32) -> Option<(usize, usize)> {
        if depth > MAX_DEPTH {
            return None;
        }
        let (last, base) = path.split_last()?;
        let Some(first) = base.first() else {
            return match *self.scan(file).visible(last, at) {
                [] => self
                    .imported(file, last, depth, &mut HashSet::new())
                    .or_else(|| self.constant(file, last)),
                [only] if !self.scan(file).is_changed(last) => Some((file, only)),
                _ => None,
            };
        };
        if matches!(first.as_str(), "self" | "cls" | "this" | "static" | "Self" | "$this" | "super") {
            return self.member(file, last).or_else(|| self.constant(file, last));
        }
        if let Some((import, rest)) = self.module_of(file, path) {
            let other = self.module(file, &import.module).and_then(|module| match &import.name {
                None => Some(module),
                Some(_) => None,
            });
            let submodule = import.name.as_ref().and_then(|name| self.submodule(file, &import.module, name));
            if let Some(other) = other.or(submodule) {
                return match rest {
                    [name] => self.exported(other, name, depth + 1, &mut HashSet::new()),
                    [.., name] => self.member(other, name),
                    [] => None,
                };
            }
            if let Some(other) = self.module(file, &import.module) {
                return self.member(other, last);
            }
        }
        self.member(file, last).or_else(|| self.constant(file, last))
    }

    /// The import that the beginning of a path means, and the rest of it.
    fn module_of<'x>(&'x self, file: usize, path: &'x [String]) -> Option<(&'x Import, &'x [String])> {
        (1..path.len()).rev().find_map(|length| {
            let import = self.scan(file).import(&path[..length].join("."))?;
            Some((import, &path[length..]))
        })
    }

    /// The one binding of a member in a file.
    fn member(&self, file: usize, name: &str) -> Option<(usize, usize)> {
        let scan = self.scan(file);
        // A property of PHP is declared with a dollar and reached without.
        let declared = format!("${name}");
        let name = if scan.named(name).is_empty() { declared.as_str() } else { name };
        match (scan.members(name), scan.named(name)) {
            ([only], _) | ([], [only]) => Some((file, *only)),
            _ => None,
        }
    }

    /// What an imported name means. `seen` holds the names of files that were looked at already.
    fn imported(&self, file: usize, name: &str, depth: u32, seen: &mut Seen) -> Option<(usize, usize)> {
        if let Some(import) = self.scan(file).import(name) {
            let original = import.name.as_deref().unwrap_or("default");
            let module =
                if import.module.is_empty() { Some(file) } else { self.module(file, &import.module) };
            return self.exported(module?, original, depth + 1, seen);
        }
        self.passed_on(file).iter().find_map(|&other| self.exported(other, name, depth + 1, seen))
    }

    /// The files whose names a file passes on.
    fn passed_on(&self, file: usize) -> &[usize] {
        self.passed_on[file].get_or_init(|| {
            let stars = self.scan(file).imports.iter().filter(|import| import.local.is_empty());
            let mut known = HashSet::new();
            let others = stars.filter_map(|import| self.module(file, &import.module));
            others.filter(|&other| known.insert(other)).collect()
        })
    }

    /// What a name of a file means to others.
    fn exported(&self, file: usize, name: &str, depth: u32, seen: &mut Seen) -> Option<(usize, usize)> {
        if depth > MAX_DEPTH || !seen.insert((file, name.to_owned())) {
            return None;
        }
        let scan = self.scan(file);
        match *scan.bound(name, 0, false) {
            [only] => Some((file, only)),
            [] => self.imported(file, name, depth + 1, seen).or_else(|| self.assigned_export(file, name)),
            _ => None,
        }
    }

    /// What a compiler bound to a member of `exports`, once it is more than nothing: `exports.a = void 0; exports.a = …`
    fn assigned_export(&self, file: usize, name: &str) -> Option<(usize, usize)> {
        let scan = self.scan(file);
        let mut known = scan.bound(name, 0, true).iter().copied().filter(|&index| {
            let Binding { member, value, .. } = &scan.bindings[index];
            *member && !matches!(value, Expression::Unknown(_))
        });
        match (known.next(), known.next()) {
            (Some(only), None) => Some((file, only)),
            _ => None,
        }
    }

    /// The one binding of a name in all files of a language that has no imports by path.
    fn constant(&self, file: usize, name: &str) -> Option<(usize, usize)> {
        let language = self.files[file].language;
        if language.imports != Imports::Project {
            return None;
        }
        let is_of = |&(other, _): &(usize, usize), language: &Language| {
            self.files[other].language.extensions == language.extensions
        };
        let constants = self.constants.get_or_init(|| {
            let mut constants: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
            for (other, scanned) in self.scans.iter().enumerate() {
                let Some(scanned) = scanned.get() else { continue };
                for (index, Binding { name, value, .. }) in scanned.bindings.iter().enumerate() {
                    if matches!(value, Expression::Unknown(_)) {
                        continue;
                    }
                    let known = constants.entry(name.clone()).or_default();
                    // Two of a language tell as much as more.
                    if known.iter().filter(|known| is_of(known, self.files[other].language)).count() < 2 {
                        known.push((other, index));
                    }
                }
            }
            constants
        });
        let mut found = constants.get(name)?.iter().filter(|known| is_of(known, language));
        match (found.next(), found.next()) {
            (Some(&only), None) => Some(only),
            _ => None,
        }
    }

    // Files.

    /// The file that a module is, seen from a file.
    fn module(&self, file: usize, module: &str) -> Option<usize> {
        let from = self.files[file].path;
        match self.files[file].language.imports {
            Imports::Python => {
                let dots = module.len() - module.trim_start_matches('.').len();
                let name = module[dots..].replace('.', "/");
                if dots == 0 {
                    return self.by_end(file, &name);
                }
                let folder = up(from, dots);
                let joined =
                    [folder, &name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
                self.at_path(file, &joined)
            }
            Imports::JavaScript if module.starts_with('.') => {
                let mut folder = up(from, 1);
                let mut rest = module;
                while let Some((part, behind)) = rest.split_once('/') {
                    match part {
                        "." => {}
                        ".." => folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder),
                        _ => break,
                    }
                    rest = behind;
                }
                rest = match rest {
                    "." | ".." => "",
                    rest => rest,
                };
                let joined =
                    [folder, rest].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
                self.at_path(file, &joined)
            }
            Imports::JavaScript => {
                // An alias of a folder: what stands behind it tells.
                let rest = module
                    .strip_prefix("@/")
                    .or_else(|| module.strip_prefix("~/"))
                    .or_else(|| module.strip_prefix("$lib/"))
                    .or_else(|| module.contains('/').then_some(module))?;
                self.by_end(file, rest)
            }
            Imports::Project => None,
        }
    }

    fn submodule(&self, file: usize, module: &str, name: &str) -> Option<usize> {
        let dotted =
            if module.ends_with('.') { format!("{module}{name}") } else { format!("{module}.{name}") };
        (self.files[file].language.imports == Imports::Python).then(|| self.module(file, &dotted)).flatten()
    }

    /// The file with this path, without its ending, or the entry of the folder.
    fn at_path(&self, file: usize, path: &str) -> Option<usize> {
        self.candidates(file, path, &|found, wanted| found == wanted)
    }

    /// The one file whose path ends so. Where none does, the first folders may lie outside of what is read.
    fn by_end(&self, file: usize, path: &str) -> Option<usize> {
        let ends = |found: &str, wanted: &str| {
            found.strip_suffix(wanted).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let mut rest = path;
        loop {
            if let Some(found) = self.candidates(file, rest, &ends) {
                return Some(found);
            }
            (_, rest) = rest.split_once('/')?;
        }
    }

    fn candidates(&self, file: usize, path: &str, fits: &dyn Fn(&str, &str) -> bool) -> Option<usize> {
        let extensions = ["js", "jsx", "mjs", "cjs", "ts", "tsx"];
        let wanted = match path.rsplit_once('.') {
            Some((stem, extension)) if extensions.contains(&extension) => stem,
            _ => path,
        };
        let imports = self.files[file].language.imports;
        let entry = match imports {
            Imports::Python => "__init__",
            _ => "index",
        };
        let in_folder = if wanted.is_empty() { entry.to_owned() } else { format!("{wanted}/{entry}") };
        for wanted in [wanted, in_folder.as_str()] {
            let named = self.by_stem.get(stem(last_part(wanted))).into_iter().flatten();
            let mut found = named.copied().filter(|&other| {
                let path = self.files[other].path;
                let name = path.len() - last_part(path).len();
                let without = &path[..name + stem_length(last_part(path))];
                self.files[other].language.imports == imports && fits(without, wanted)
            });
            match (found.next(), found.next()) {
                (Some(only), None) => return Some(only),
                (Some(_), Some(_)) => return None,
                _ => {}
            }
        }
        None
    }

    // Selections from classes.

    /// The selection that the fields of a class are.
    fn selection(
        &self,
        file: usize,
        arguments: &[Argument],
        range: Range,
        out: &mut Text,
    ) -> Result<(), Unknown> {
        let [Argument { name: None, value: Expression::Name(path, _) }] = arguments else {
            return Err(Unknown);
        };
        let (other, class) = self.class(file, path).ok_or(Unknown)?;
        let marks = out.marks();
        let written = self.fields(other, class, out, &mut Vec::new());
        if written.is_err() || out.text.len() == marks.text {
            out.truncate(&marks);
            return Err(Unknown);
        }
        out.push("\n", self.starts[file] + range.1);
        Ok(())
    }

    fn fields(
        &self,
        file: usize,
        class: usize,
        out: &mut Text,
        path: &mut Vec<(usize, usize)>,
    ) -> Result<(), Unknown> {
        out.step();
        if path.len() as u32 > MAX_DEPTH || path.contains(&(file, class)) || out.is_full() {
            return Err(Unknown);
        }
        path.push((file, class));
        let class = &self.scan(file).classes[class];
        for base in &class.bases {
            if let Some((file, class)) = self.class(file, base) {
                self.fields(file, class, out, path)?;
            }
        }
        for field in &class.fields {
            let at = self.starts[file] + field.at;
            out.push("\n", at);
            out.push(&field.name, at);
            let mut classes = field
                .types
                .iter()
                .filter_map(|path| self.class(file, path))
                .filter(|&(file, class)| !self.is_enum(file, class, 0, &mut HashSet::new()));
            let Some((other, nested)) = classes.next() else { continue };
            out.push(" {", at);
            if classes.next().is_some() {
                out.hole(field.name.clone(), at);
            } else {
                self.fields(other, nested, out, path)?;
            }
            out.push("\n}", at);
        }
        path.pop();
        Ok(())
    }

    fn is_enum(&self, file: usize, class: usize, depth: u32, seen: &mut HashSet<(usize, usize)>) -> bool {
        if depth > MAX_DEPTH || !seen.insert((file, class)) {
            return false;
        }
        let Class { bases, .. } = &self.scan(file).classes[class];
        bases.iter().any(|base| {
            let enumeration =
                base.last().is_some_and(|name| name.ends_with("Enum") || name.ends_with("Flag"));
            enumeration
                || self
                    .class(file, base)
                    .is_some_and(|(file, class)| self.is_enum(file, class, depth + 1, seen))
        })
    }

    /// The class that a name means.
    fn class(&self, file: usize, path: &[String]) -> Option<(usize, usize)> {
        self.class_seen(file, path, 0, &mut HashSet::new())
    }

    fn class_seen(
        &self,
        file: usize,
        path: &[String],
        depth: u32,
        seen: &mut Seen,
    ) -> Option<(usize, usize)> {
        let scan = self.scan(file);
        let (last, base) = path.split_last()?;
        if depth > MAX_DEPTH || !seen.insert((file, path.join("."))) {
            return None;
        }
        if !base.is_empty() {
            let (import, rest) = self.module_of(file, path)?;
            let other = match &import.name {
                None => self.module(file, &import.module)?,
                Some(name) => self.submodule(file, &import.module, name)?,
            };
            return self.class_seen(other, rest, depth + 1, seen);
        }
        if let Some(index) = scan.class(last) {
            return Some((file, index));
        }
        if let Some(import) = scan.import(last) {
            let name = import.name.clone()?;
            return self.class_seen(self.module(file, &import.module)?, &[name], depth + 1, seen);
        }
        self.passed_on(file).iter().find_map(|&other| self.class_seen(other, path, depth + 1, seen))
    }
}

/// Why nothing is known of a text.
fn why(expression: &Expression) -> String {
    match expression {
        Expression::Document(inner) | Expression::Interpolation(_, inner) => why(inner),
        Expression::Name(path, _) => {
            format!("{} is no text that is known without running the client", path.join("."))
        }
        Expression::Literal(_) => "the text is empty".to_owned(),
        _ => "only the running client knows the text".to_owned(),
    }
}

/// Whether a text ends where a definition may begin.
fn is_between_definitions(text: &str) -> bool {
    let mut lexer = Lexer::new(text, 0).with_holes(has_hole(text));
    let (mut depth, mut ended) = (0i64, true);
    loop {
        match lexer.next_token().kind {
            TokenKind::BraceOpen | TokenKind::BracketOpen | TokenKind::ParenOpen => depth += 1,
            TokenKind::BraceClose => {
                depth -= 1;
                ended = depth == 0;
            }
            TokenKind::BracketClose | TokenKind::ParenClose => depth -= 1,
            TokenKind::EndOfFile => return depth == 0 && ended,
            TokenKind::Invalid => return false,
            TokenKind::Hole => {}
            _ => ended &= depth > 0,
        }
    }
}

/// The folder so many levels above a path: 1 is the one that it is in.
fn up(path: &str, levels: usize) -> &str {
    let mut folder = path;
    for _ in 0..levels {
        folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    }
    folder
}

fn stem_length(name: &str) -> usize {
    // `queries.generated.ts` is imported as `queries.generated`.
    name.rsplit_once('.').map_or(name.len(), |(stem, _)| stem.len())
}

enum Placeholder<'t> {
    /// A sign that is written twice.
    Literal,
    Next,
    Number(usize),
    Name(&'t str),
}

/// The placeholder at the start of a text, and its length.
fn placeholder(text: &str, style: Style) -> Option<(Placeholder<'_>, usize)> {
    let bytes = text.as_bytes();
    match style {
        Style::Percent => {
            if bytes[0] != b'%' {
                return None;
            }
            match bytes.get(1)? {
                b'%' => Some((Placeholder::Literal, 2)),
                b'(' | b'{' => {
                    let end = text.find([')', '}'])?;
                    let kind = if bytes[1] == b'(' {
                        usize::from(bytes.get(end + 1)?.is_ascii_alphabetic())
                    } else {
                        0
                    };
                    Some((Placeholder::Name(&text[2..end]), end + 1 + kind))
                }
                b'[' => {
                    let end = text.find(']')?;
                    let number: usize = text[2..end].parse().ok()?;
                    Some((Placeholder::Number(number.checked_sub(1)?), end + 2))
                }
                b'1'..=b'9' => {
                    let end = text
                        .find('$')
                        .filter(|&end| text[1..end].bytes().all(|byte| byte.is_ascii_digit()))?;
                    let number: usize = text[1..end].parse().ok()?;
                    Some((Placeholder::Number(number.checked_sub(1)?), end + 2))
                }
                b's' | b'd' | b'r' | b'v' | b'q' | b'i' | b'u' | b'f' | b'@' => Some((Placeholder::Next, 2)),
                _ => None,
            }
        }
        Style::Braces => match bytes[0] {
            b'{' | b'}' if bytes.get(1) == Some(&bytes[0]) => Some((Placeholder::Literal, 2)),
            b'{' => {
                let end = text.find('}')?;
                let name = text[1..end].split([':', '!']).next().unwrap_or_default();
                let placeholder = match name.parse() {
                    Ok(number) => Placeholder::Number(number),
                    Err(_) if name.is_empty() => Placeholder::Next,
                    Err(_) => Placeholder::Name(name),
                };
                Some((placeholder, end + 1))
            }
            _ => None,
        },
    }
}
