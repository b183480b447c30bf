//! Lists of pairs, parent by parent.

use std::ops::Deref;

use schemacheck_graphql::schema::ElementId;

use crate::element::{Element, Pair};
use crate::rename::{Candidate, Gap, Kind, Remaining, Vocabulary};

/// The pairs of one kind of element, those of one parent next to each other.
#[derive(Debug)]
pub struct Pairs<E> {
    list: Vec<Pair<E>>,
    /// Where the pairs of each parent begin.
    starts: Vec<usize>,
    /// A buffer for elements of the new schema that are still to be placed.
    passed: Vec<E>,
}

impl<E> Default for Pairs<E> {
    fn default() -> Self {
        Pairs { list: Vec::new(), starts: Vec::new(), passed: Vec::new() }
    }
}

impl<E> Deref for Pairs<E> {
    type Target = [Pair<E>];

    fn deref(&self) -> &[Pair<E>] {
        &self.list
    }
}

impl<'s, E: Element<'s> + Copy> Pairs<E> {
    /// Pairs the elements of one parent by name. Most stand in the same order in both schemas, and need not be looked up.
    /// Of the others, only those count of which `is_told` says that the other schema tells.
    pub(crate) fn add_parent(
        &mut self,
        old: impl Iterator<Item = E>,
        new: impl Iterator<Item = E>,
        name: impl Fn(&E) -> &str,
        in_new: impl Fn(&E) -> Option<E>,
        is_in_old: impl Fn(&E) -> bool,
        is_told: impl Fn(&Pair<E>) -> bool,
    ) {
        self.starts.push(self.list.len());
        let mut new = new.peekable();
        let mut passed = std::mem::take(&mut self.passed);
        for old in old {
            if let Some(new) = new.next_if(|new| name(new) == name(&old)) {
                self.list.push(Pair::Persisted { old, new });
                continue;
            }
            let Some(found) = in_new(&old) else {
                self.list.extend(Some(Pair::Removed(old)).filter(&is_told));
                continue;
            };
            self.list.push(Pair::Persisted { old, new: found });
            // What came before it is new, or stands elsewhere in the old schema.
            while new.peek().is_some_and(|new| new.id() < found.id()) {
                passed.extend(new.next());
            }
            new.next_if(|new| new.id() == found.id());
        }
        passed.extend(new);
        self.list.extend(passed.drain(..).filter(|new| !is_in_old(new)).map(Pair::Added).filter(is_told));
        self.passed = passed;
    }

    /// How many parents there are.
    pub(crate) fn parents(&self) -> usize {
        self.starts.len()
    }

    /// Leaves out the pairs for which `keep` is false.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Pair<E>) -> bool) {
        self.list.retain(keep);
    }

    /// Makes one renamed pair of each removal and addition.
    pub(crate) fn join(&mut self, joins: &[(usize, usize)]) {
        let mut joined = vec![false; self.list.len()];
        for &(removed, added) in joins {
            if let (Pair::Removed(old), Pair::Added(new)) = (self.list[removed], self.list[added]) {
                self.list[removed] = Pair::Renamed { old, new };
                joined[added] = true;
            }
        }
        let mut at = 0;
        self.list.retain(|_| {
            at += 1;
            !joined[at - 1]
        });
    }
}

/// An element that can have another name in the new schema.
pub(crate) trait Renamable<'s>: Element<'s> + Copy {
    /// What tells it from others.
    fn candidate(&self) -> Candidate<'s>;
}

impl<E> Pairs<E> {
    /// Of the parents from number `first` on, those that both lost and gained elements.
    pub(crate) fn gaps<'s>(
        &self,
        kind: Kind,
        first: usize,
        decided: bool,
        vocabulary: &mut Vocabulary,
    ) -> Vec<Gap<'s>>
    where
        E: Renamable<'s>,
    {
        let ends = self.starts.iter().skip(1).copied().chain([self.list.len()]);
        let ranges = self.starts.iter().copied().zip(ends).skip(first);
        ranges
            .filter_map(|(start, end)| gap(kind, start, &self.list[start..end], decided, vocabulary))
            .collect()
    }
}

/// What remains on both sides of one parent, where both sides have something left. The coordinates matter only where
/// somebody decided on renames.
fn gap<'s, E: Renamable<'s>>(
    kind: Kind,
    start: usize,
    pairs: &[Pair<E>],
    decided: bool,
    vocabulary: &mut Vocabulary,
) -> Option<Gap<'s>> {
    let lost = pairs.iter().any(|pair| matches!(pair, Pair::Removed(_)));
    let gained = pairs.iter().any(|pair| matches!(pair, Pair::Added(_)));
    if !lost || !gained {
        return None;
    }
    let first =
        |keys: &mut dyn Iterator<Item = ElementId>| keys.map(ElementId::index).min().unwrap_or_default();
    let first_old = first(&mut pairs.iter().filter_map(|pair| Some(pair.before()?.id())));
    let first_new = first(&mut pairs.iter().filter_map(|pair| Some(pair.after()?.id())));
    let ordered = !matches!(kind, Kind::Type | Kind::Directive);
    let mut remaining = |at: usize, element: &E, candidate: Candidate<'s>, first: usize| {
        let arguments: &[&str] = if kind == Kind::Directive { &candidate.arguments } else { &[] };
        Remaining {
            pair: start + at,
            id: element.id(),
            position: ordered.then(|| element.id().index() - first),
            coordinate: if decided { element.coordinate().to_string() } else { String::new() },
            words: vocabulary.words(candidate.name),
            arguments: arguments.iter().map(|name| vocabulary.words(name)).collect(),
            candidate,
        }
    };
    let mut gap = Gap { kind, removed: Vec::new(), added: Vec::new() };
    let mut kinds_removed = 0_u32;
    for (at, pair) in pairs.iter().enumerate() {
        if let Pair::Removed(old) = pair {
            let candidate = old.candidate();
            kinds_removed |= 1 << candidate.nature.kind();
            gap.removed.push(remaining(at, old, candidate, first_old));
        }
    }
    for (at, pair) in pairs.iter().enumerate() {
        if let Pair::Added(new) = pair {
            let candidate = new.candidate();
            if decided || kinds_removed & (1 << candidate.nature.kind()) != 0 {
                gap.added.push(remaining(at, new, candidate, first_new));
            }
        }
    }
    Some(gap).filter(|gap| !gap.added.is_empty())
}
