//! Fragments that documents of one project share.
//!
//! A document in a client's code may use a fragment that another file defines. What the client sends holds both, so the
//! document is put together here as the client's build does it: its own fragments first, then those of the files that it
//! imports, then the one of this name in the project. Where the project has several that differ, nothing can tell which
//! one is meant, and the document is not checked but told with the places of both.

use bumpalo::Bump;
use hashbrown::{HashMap, HashSet};
use schemacheck_graphql::ast::{
    Definition, Document, FragmentDefinition, FragmentSpread, Selection, SelectionSet,
};
use schemacheck_graphql::diagnostic::Diagnostic;
use schemacheck_graphql::normal_form::normal_form;
use schemacheck_graphql::parser::{self, Limits};
use schemacheck_graphql::source::{Hole, SourceId, Sources, Span};

use crate::operation::operations_of;

/// How many bytes the documents of one project may have together when each holds all that it needs.
const MAX_BYTES: usize = 512 << 20;

/// How many spreads are followed in one project. Real projects stay far below it.
const MAX_WORK: usize = 50_000_000;

/// A document of a project.
#[derive(Clone, Debug)]
pub struct ProjectDocument {
    /// Its text.
    pub source: SourceId,
    /// The documents of the project that it imports, by index.
    pub imports: Vec<usize>,
    /// Whether it is known only because another one imports it: only that one uses its fragments.
    pub imported: bool,
}

/// What a document of a project is with all that it needs.
#[derive(Debug)]
pub enum Completed {
    /// It holds all that it needs, or is no GraphQL, which the check tells.
    AsItIs,
    /// It is put together from its own text and fragments of others.
    Assembled(Assembled),
    /// It has fragments for others, and no operation.
    Fragments,
    /// It has neither operation nor fragment.
    Nothing,
    /// It uses a fragment, and nothing tells which one.
    Ambiguous(Vec<Diagnostic>),
}

/// A text as [`Sources::add_assembled`] takes it.
#[derive(Debug, Default)]
pub struct Assembled {
    /// The text.
    pub text: String,
    /// Where its parts stand.
    pub places: Vec<(u32, u32)>,
    /// The parts that are not known.
    pub holes: Vec<Hole>,
}

/// Completes every document of a project; an error where the project is too large.
pub fn complete(
    sources: &Sources,
    documents: &[ProjectDocument],
    limits: Limits,
) -> Result<Vec<Completed>, String> {
    let arena = Bump::new();
    let parsed: Vec<Option<Document<'_>>> = documents
        .iter()
        .map(|document| parser::parse(&arena, sources.get(document.source), limits).ok())
        .collect();
    let mut project = Project::new(sources, documents, &parsed);
    let roots = parsed.iter().enumerate().map(|(at, document)| match document {
        Some(document) if !documents[at].imported && operations_of(document).next().is_some() => {
            project.needed_by(at, document).map(Some)
        }
        _ => Ok(None),
    });
    let needs: Vec<Option<Needs<'_>>> = roots.collect::<Result<_, _>>()?;
    // A fragment that its own document does not use is no mistake where another document does.
    let shared: HashSet<u32> = needs
        .iter()
        .enumerate()
        .filter_map(|(at, needs)| Some((at, needs.as_ref()?)))
        .flat_map(|(at, needs)| needs.fragments.iter().filter(move |part| part.document != at))
        .map(|part| part.node.span.start)
        .collect();
    let mut bytes = 0;
    let mut completed = Vec::with_capacity(documents.len());
    for (at, needs) in needs.into_iter().enumerate() {
        completed.push(match (needs, &parsed[at]) {
            (_, None) => Completed::AsItIs,
            (None, Some(document)) => {
                let has_fragments =
                    document.definitions.iter().any(|node| matches!(node, Definition::Fragment(_)));
                if has_fragments { Completed::Fragments } else { Completed::Nothing }
            }
            (Some(needs), _) if !needs.problems.is_empty() => Completed::Ambiguous(needs.problems),
            (Some(needs), Some(document)) => {
                match assemble(sources, documents[at].source, at, document, &needs, &shared) {
                    None => Completed::AsItIs,
                    Some(assembled) => {
                        bytes += assembled.text.len();
                        if bytes > MAX_BYTES {
                            return Err(format!(
                                "the documents have more than {} MiB with all fragments that they use; name them as \
                                 several sources",
                                MAX_BYTES >> 20
                            ));
                        }
                        Completed::Assembled(assembled)
                    }
                }
            }
        });
    }
    Ok(completed)
}

/// A fragment and the document that defines it.
#[derive(Clone, Copy)]
struct Fragment<'d> {
    document: usize,
    node: &'d FragmentDefinition<'d>,
}

/// The fragments that a document uses, directly and through others.
#[derive(Default)]
struct Needs<'d> {
    fragments: Vec<Fragment<'d>>,
    problems: Vec<Diagnostic>,
}

struct Project<'p, 'd> {
    sources: &'p Sources,
    /// The fragments of each document by name, the first of equals.
    own: Vec<HashMap<&'d str, Fragment<'d>>>,
    /// What each document imports, directly and through others.
    imports: Vec<Vec<usize>>,
    /// The fragments of all documents that are not only imported, by name.
    pool: HashMap<&'d str, Vec<Fragment<'d>>>,
    work: usize,
}

impl<'p, 'd> Project<'p, 'd> {
    fn new(sources: &'p Sources, documents: &[ProjectDocument], parsed: &[Option<Document<'d>>]) -> Self {
        let mut own: Vec<HashMap<&str, Fragment<'_>>> = Vec::with_capacity(parsed.len());
        let mut pool: HashMap<&str, Vec<Fragment<'_>>> = HashMap::new();
        for (document, tree) in parsed.iter().enumerate() {
            let mut fragments = HashMap::new();
            for definition in tree.iter().flat_map(|tree| tree.definitions) {
                if let Definition::Fragment(node) = definition {
                    let fragment = Fragment { document, node };
                    fragments.entry(node.name.text).or_insert(fragment);
                    if !documents[document].imported {
                        pool.entry(node.name.text).or_default().push(fragment);
                    }
                }
            }
            own.push(fragments);
        }
        let imports = (0..documents.len()).map(|document| all_imports(documents, document)).collect();
        Project { sources, own, imports, pool, work: 0 }
    }

    fn needed_by(&mut self, root: usize, document: &Document<'d>) -> Result<Needs<'d>, String> {
        let mut needs = Needs::default();
        let mut chosen: HashMap<&str, Fragment<'d>> = HashMap::new();
        let mut open: Vec<(&FragmentSpread<'d>, usize)> = Vec::new();
        for operation in operations_of(document) {
            spreads_in(&operation.selection_set, root, &mut open);
        }
        // Spreads are followed in the order of the text.
        open.reverse();
        while let Some((spread, from)) = open.pop() {
            self.work += 1;
            if self.work > MAX_WORK {
                return Err("the documents use one another's fragments too often; name them as several \
                            sources"
                    .to_owned());
            }
            let name = spread.name.text;
            let found = match self.lookup(name, from, root) {
                Ok(found) => found,
                Err(others) => {
                    needs.problems.push(self.ambiguous(spread, others));
                    continue;
                }
            };
            match (found, chosen.get(name).copied()) {
                (None, _) => {}
                (Some(found), Some(known)) if !self.same(found, known) => {
                    needs.problems.push(self.ambiguous(spread, [known, found]));
                }
                (Some(_), Some(_)) => {}
                (Some(found), None) => {
                    chosen.insert(name, found);
                    needs.fragments.push(found);
                    let begun = open.len();
                    spreads_in(&found.node.selection_set, found.document, &mut open);
                    open[begun..].reverse();
                }
            }
        }
        Ok(needs)
    }

    /// The fragment that a spread in the document `from` means when `root` is sent; two that differ where nothing tells
    /// which.
    fn lookup(
        &self,
        name: &str,
        from: usize,
        root: usize,
    ) -> Result<Option<Fragment<'d>>, [Fragment<'d>; 2]> {
        for document in [from, root] {
            let imported = || self.imports[document].iter().find_map(|&at| self.own[at].get(name));
            if let Some(&found) = self.own[document].get(name).or_else(imported) {
                return Ok(Some(found));
            }
        }
        let pool = self.pool.get(name).map_or(&[][..], Vec::as_slice);
        let Some(&first) = pool.first() else { return Ok(None) };
        match pool[1..].iter().find(|&&other| !self.same(first, other)) {
            Some(&other) => Err([first, other]),
            None => Ok(Some(first)),
        }
    }

    fn same(&self, one: Fragment<'_>, other: Fragment<'_>) -> bool {
        one.node.span == other.node.span
            || normal_form(self.sources.text(one.node.span))
                == normal_form(self.sources.text(other.node.span))
    }

    fn ambiguous(&self, spread: &FragmentSpread<'_>, fragments: [Fragment<'_>; 2]) -> Diagnostic {
        let [one, other] = fragments.map(|fragment| fragment.node.name.span);
        let (name, place) = (spread.name.text, |span: Span| self.sources.locate(span.start));
        let message = format!(
            "two different fragments have the name {name}: {} and {}; nothing tells which one is meant",
            place(one),
            place(other)
        );
        let help =
            "import the file that is meant with #import, define the fragment here, or rename one of them";
        Diagnostic::error("ambiguous-fragment", spread.name.span, message)
            .related(one, "one of them")
            .related(other, "the other one")
            .help(help)
    }
}

fn all_imports(documents: &[ProjectDocument], document: usize) -> Vec<usize> {
    let mut imported = documents[document].imports.clone();
    let mut seen: HashSet<usize> = imported.iter().copied().chain([document]).collect();
    let mut at = 0;
    while at < imported.len() {
        let next = documents[imported[at]].imports.iter().copied();
        imported.extend(next.filter(|&next| seen.insert(next)));
        at += 1;
    }
    imported
}

fn spreads_in<'d>(
    set: &SelectionSet<'d>,
    document: usize,
    spreads: &mut Vec<(&'d FragmentSpread<'d>, usize)>,
) {
    for selection in set.selections {
        match *selection {
            Selection::Field(field) => {
                if let Some(set) = &field.selection_set {
                    spreads_in(set, document, spreads);
                }
            }
            Selection::FragmentSpread(spread) => spreads.push((spread, document)),
            Selection::InlineFragment(fragment) => spreads_in(&fragment.selection_set, document, spreads),
        }
    }
}

/// The document without fragments that only others use, and with those of others that it uses; nothing where that is the
/// document as it is.
fn assemble(
    sources: &Sources,
    source: SourceId,
    at: usize,
    document: &Document<'_>,
    needs: &Needs<'_>,
    shared: &HashSet<u32>,
) -> Option<Assembled> {
    let own = sources.get(source);
    let used: HashSet<u32> = needs.fragments.iter().map(|fragment| fragment.node.span.start).collect();
    let cuts: Vec<Span> = document
        .definitions
        .iter()
        .filter(|node| matches!(node, Definition::Fragment(_)))
        .map(Definition::span)
        .filter(|&span| shared.contains(&span.start) && !used.contains(&span.start))
        .collect();
    let mut added: Vec<Span> = needs
        .fragments
        .iter()
        .filter(|fragment| fragment.document != at)
        .map(|fragment| fragment.node.span)
        .collect();
    if cuts.is_empty() && added.is_empty() {
        return None;
    }
    added.sort_unstable();
    let mut assembled = Assembled::default();
    let mut start = own.base();
    for cut in cuts {
        assembled.add(sources, Span { start, end: cut.start });
        start = cut.end;
    }
    assembled.add(sources, Span { start, end: own.base() + own.text().len() as u32 });
    for span in added {
        assembled.text.push_str("\n\n");
        assembled.add(sources, span);
    }
    Some(assembled)
}

impl Assembled {
    fn add(&mut self, sources: &Sources, span: Span) {
        if span.start == span.end {
            return;
        }
        let (here, source) = (self.text.len() as u32, sources.source_at(span.start));
        // The first part begins at 0, also where what stood before it is cut.
        self.places.push((if self.places.is_empty() { 0 } else { here }, span.start));
        let within = span.start - source.base()..span.end - source.base();
        let holes = source.holes().iter().filter(|hole| within.contains(&hole.at));
        self.holes
            .extend(holes.map(|hole| Hole { at: here + hole.at - within.start, text: hole.text.clone() }));
        self.text.push_str(sources.text(span));
    }
}
