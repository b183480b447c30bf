//! Renames: which removal and which addition are one element under another name.
//!
//! No single sign decides. Each piece of evidence has a weight, the weights combine to a confidence, and every piece
//! is told. The strongest sign is a substitution that explains many pairs all over the schema (`emessage` → `emsg`);
//! it is learned first and then decides the single cases. Assignment is one to one in each parent. What stays below
//! the threshold remains a removal and an addition, with a hint.

mod candidate;
mod decisions;
mod references;
mod words;

use hashbrown::{HashMap, HashSet};
use schemacheck_graphql::schema::{ElementId, TypeId, deprecation};
use serde::Serialize;

pub(crate) use self::candidate::{Candidate, Nature};
pub use self::decisions::{Decision, Decisions};
pub(crate) use self::references::References;
use self::words::{Substitution, likeness, words};
use crate::change::Rename;
use crate::matching::{InputTypeChange, Matching, OutputTypeChange};

/// From this confidence on, a removal and an addition are one rename.
const THRESHOLD: f64 = 0.75;
/// From this confidence on, a removal names the addition as a hint.
const HINT: f64 = 0.5;
/// Two candidates closer than this, and without a rule that decides, are ambiguous: neither is taken.
const MARGIN: f64 = 0.03;
/// In a parent with more pairs than this, only additions with a word in common are compared.
const ALL_PAIRS: usize = 4096;
/// With how many additions a removal is compared then, and how many rules are tried.
const MOST_COMPARED: usize = 64;

/// The kinds of element that this module matches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Type,
    Field,
    Argument,
    InputField,
    EnumValue,
    Directive,
    DirectiveArgument,
}

impl Kind {
    pub(crate) const COUNT: usize = 7;
}

/// What remains on both sides of one parent.
#[derive(Debug)]
pub(crate) struct Gap<'s> {
    pub(crate) kind: Kind,
    pub(crate) removed: Vec<Remaining<'s>>,
    pub(crate) added: Vec<Remaining<'s>>,
}

/// An element without a counterpart.
#[derive(Debug)]
pub(crate) struct Remaining<'s> {
    /// Its place in the list of pairs.
    pub(crate) pair: usize,
    pub(crate) id: ElementId,
    /// Its place among its siblings; nothing where their order says nothing.
    pub(crate) position: Option<usize>,
    /// Its coordinate, where somebody decided on renames.
    pub(crate) coordinate: String,
    pub(crate) candidate: Candidate<'s>,
}

/// A substitution of words that explains several renames.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RenameRule {
    /// The old words.
    pub from: String,
    /// The new words.
    pub to: String,
    /// How many renames it explains.
    pub explains: usize,
}

/// What [`detect`] found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) renames: Vec<FoundRename>,
    /// Gap, removal and the name it may have now.
    pub(crate) hints: Vec<(usize, usize, String)>,
}

/// One rename: indices into the gaps, their removals and additions.
#[derive(Debug)]
pub(crate) struct FoundRename {
    pub(crate) gap: usize,
    pub(crate) removed: usize,
    pub(crate) added: usize,
    pub(crate) rename: Rename,
}

/// Finds the renames among what remains in `gaps`. The gaps of `beside` are only learned from.
pub(crate) fn detect(
    matching: &Matching<'_>,
    gaps: &[Gap<'_>],
    beside: &[Gap<'_>],
    references: &References,
) -> Found {
    let all: Vec<&Gap<'_>> = gaps.iter().chain(beside).collect();
    let words: Vec<GapWords> = all.iter().map(|gap| GapWords::new(gap)).collect();
    let mut compared: Vec<Vec<(usize, usize)>> =
        all.iter().zip(&words).map(|(gap, words)| pairs_to_compare(gap, words)).collect();
    let support = learn(matching, &all, &words, &compared);
    let mut found = Found::default();
    for (at, gap) in gaps.iter().enumerate() {
        let compared = &mut compared[at];
        if !gap.is_small() {
            compared.extend(pairs_by_rule(&words[at], &support));
        }
        compared.extend(pairs_by_reference(gap, references));
        compared.extend(pairs_by_decision(gap, matching.decisions()));
        compared.sort_unstable();
        compared.dedup();
        let judge = Judge { matching, support: &support, references };
        let mut weighed: Vec<Weighed> = compared
            .iter()
            .filter_map(|&(removed, added)| judge.weigh(gap, &words[at], removed, added))
            .filter(|weighed| weighed.confidence >= HINT)
            .collect();
        weighed.sort_by(|one, other| {
            let names = |weighed: &Weighed| {
                (gap.removed[weighed.removed].candidate.name, gap.added[weighed.added].candidate.name)
            };
            other.confidence.total_cmp(&one.confidence).then_with(|| names(one).cmp(&names(other)))
        });
        assign(at, gap, &weighed, &mut found);
    }
    found
}

/// The rules that explain at least two of these renames, those that explain most first.
pub(crate) fn explain(renames: Vec<(&str, &str)>) -> Vec<RenameRule> {
    let mut explained: HashMap<Substitution, usize> = HashMap::new();
    for (from, to) in renames {
        if let Some(substitution) = Substitution::between(&words(from), &words(to)) {
            *explained.entry(substitution).or_default() += 1;
        }
    }
    let mut rules: Vec<RenameRule> = explained
        .into_iter()
        .filter(|&(_, explains)| explains > 1)
        .map(|(substitution, explains)| {
            let (from, to) = substitution.texts();
            RenameRule { from, to, explains }
        })
        .collect();
    rules.sort_by(|one, other| {
        other.explains.cmp(&one.explains).then_with(|| (&one.from, &one.to).cmp(&(&other.from, &other.to)))
    });
    rules
}

/// The words of all names of a gap.
struct GapWords {
    removed: Vec<Vec<String>>,
    added: Vec<Vec<String>>,
}

impl GapWords {
    fn new(gap: &Gap<'_>) -> Self {
        let of =
            |list: &[Remaining<'_>]| list.iter().map(|remaining| words(remaining.candidate.name)).collect();
        GapWords { removed: of(&gap.removed), added: of(&gap.added) }
    }
}

impl Gap<'_> {
    /// Whether all pairs can be compared.
    fn is_small(&self) -> bool {
        self.removed.len() * self.added.len() <= ALL_PAIRS
    }
}

/// The pairs of which a rule makes the new name from the old one.
fn pairs_by_rule(words: &GapWords, support: &HashMap<Substitution, usize>) -> Vec<(usize, usize)> {
    let mut rules: Vec<(&Substitution, usize)> =
        support.iter().map(|(rule, &explains)| (rule, explains)).collect();
    rules.retain(|&(_, explains)| explains > 1);
    rules.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
    rules.truncate(MOST_COMPARED);
    let by_words: HashMap<&Vec<String>, usize> =
        words.added.iter().enumerate().map(|(at, words)| (words, at)).collect();
    let mut pairs = Vec::new();
    for (removed, old) in words.removed.iter().enumerate() {
        let made = rules.iter().filter_map(|(rule, _)| by_words.get(&rule.apply(old)?).copied());
        pairs.extend(made.map(|added| (removed, added)));
    }
    pairs
}

/// The pairs of types of which places moved from the one to the other.
fn pairs_by_reference(gap: &Gap<'_>, references: &References) -> Vec<(usize, usize)> {
    if gap.kind != Kind::Type || gap.is_small() {
        return Vec::new();
    }
    let by_id = |list: &[Remaining<'_>]| -> HashMap<ElementId, usize> {
        list.iter().enumerate().map(|(at, remaining)| (remaining.id, at)).collect()
    };
    let (removed, added) = (by_id(&gap.removed), by_id(&gap.added));
    let place = |of: &HashMap<ElementId, usize>, ty: TypeId| of.get(&ElementId::Type(ty)).copied();
    let moved = references.pairs().into_iter();
    moved.filter_map(|(old, new)| Some((place(&removed, old)?, place(&added, new)?))).collect()
}

/// The pairs that a person called one element.
fn pairs_by_decision(gap: &Gap<'_>, decisions: &Decisions) -> Vec<(usize, usize)> {
    let place = |list: &[Remaining<'_>], coordinate: &str| {
        list.iter().position(|remaining| remaining.coordinate == coordinate)
    };
    let confirmed = decisions.0.iter().filter(|decision| decision.renamed);
    confirmed
        .filter_map(|decision| Some((place(&gap.removed, &decision.from)?, place(&gap.added, &decision.to)?)))
        .collect()
}

/// All pairs of a gap where they are few, else those that share a word, the rarest words first.
fn pairs_to_compare(gap: &Gap<'_>, words: &GapWords) -> Vec<(usize, usize)> {
    if gap.is_small() {
        return (0..gap.removed.len())
            .flat_map(|removed| (0..gap.added.len()).map(move |added| (removed, added)))
            .collect();
    }
    let mut having: HashMap<&str, Vec<usize>> = HashMap::new();
    for (added, words) in words.added.iter().enumerate() {
        for word in words {
            having.entry(word).or_default().push(added);
        }
    }
    let mut pairs = Vec::new();
    for (removed, words) in words.removed.iter().enumerate() {
        let mut lists: Vec<&Vec<usize>> = words.iter().filter_map(|word| having.get(word.as_str())).collect();
        lists.sort_by_key(|list| list.len());
        let mut seen = HashSet::new();
        let near = lists.into_iter().flatten().filter(|&&added| seen.insert(added)).take(MOST_COMPARED);
        pairs.extend(near.map(|&added| (removed, added)));
    }
    pairs
}

/// How many different pairs of names each substitution explains, all over the schema.
fn learn(
    matching: &Matching<'_>,
    gaps: &[&Gap<'_>],
    words: &[GapWords],
    compared: &[Vec<(usize, usize)>],
) -> HashMap<Substitution, usize> {
    let mut names: HashMap<Substitution, HashSet<(&str, &str)>> = HashMap::new();
    for ((gap, words), compared) in gaps.iter().zip(words).zip(compared) {
        for &(removed, added) in compared {
            let (old, new) = (&gap.removed[removed].candidate, &gap.added[added].candidate);
            let Some(substitution) = Substitution::between(&words.removed[removed], &words.added[added])
            else {
                continue;
            };
            if may_be_one(matching, gap.kind, old, new) {
                names.entry(substitution).or_default().insert((old.name, new.name));
            }
        }
    }
    names.into_iter().map(|(substitution, names)| (substitution, names.len())).collect()
}

/// A removal and an addition with what speaks for them.
struct Weighed {
    removed: usize,
    added: usize,
    confidence: f64,
    /// Whether a rule or a deprecation names the new name, so that a close second does not matter.
    decided: bool,
    evidence: Vec<String>,
}

/// What pairs are weighed by.
struct Judge<'j, 's> {
    matching: &'j Matching<'s>,
    support: &'j HashMap<Substitution, usize>,
    references: &'j References,
}

impl Judge<'_, '_> {
    /// Weighs a pair; nothing where the two cannot be one.
    fn weigh(&self, gap: &Gap<'_>, words: &GapWords, removed: usize, added: usize) -> Option<Weighed> {
        let (old, new) = (&gap.removed[removed], &gap.added[added]);
        let (old_words, new_words) = (&words.removed[removed], &words.added[added]);
        match self.matching.decisions().on(&old.coordinate, &new.coordinate) {
            Some(true) => {
                let evidence = vec!["confirmed in the configuration".to_owned()];
                return Some(Weighed { removed, added, confidence: 1.0, decided: true, evidence });
            }
            Some(false) => return None,
            None => {}
        }
        if !same_kind(old.candidate.nature, new.candidate.nature) {
            return None;
        }
        let mut case = Case { doubt: 1.0, evidence: Vec::new() };
        let mut decided = false;

        let likeness = likeness(old_words, new_words);
        if likeness > 0.99 {
            case.weight(0.8, "the same words in another casing".into());
        } else if likeness > 0.3 {
            case.weight(0.8 * likeness, format!("alike names ({:.0} %)", likeness * 100.0));
        }
        if let Some(substitution) = Substitution::between(old_words, new_words) {
            let explains = self.support.get(&substitution).copied().unwrap_or_default();
            if explains > 1 {
                let (from, to) = substitution.texts();
                let strength = match explains {
                    2 => 0.5,
                    3 => 0.65,
                    _ => 0.8,
                };
                case.weight(strength, format!("{from} → {to} explains {explains} names"));
                decided = true;
            }
        }
        let trust = self.weigh_nature(gap.kind, &old.candidate, &new.candidate, decided, &mut case);
        match (&old.candidate.description, &new.candidate.description) {
            (Some(old), Some(new)) if old == new && !old.trim().is_empty() => {
                case.weight(0.5, "the same description".into());
            }
            _ => {}
        }
        if let Some(reason) = deprecation(old.candidate.directives).and_then(|deprecation| deprecation.reason)
            && reason
                .split(|char: char| !char.is_ascii_alphanumeric() && char != '_')
                .any(|word| word == new.candidate.name)
        {
            case.weight(0.9, format!("its deprecation names {}", new.candidate.name));
            decided = true;
        }
        if old.position.is_some() && old.position == new.position {
            case.weight(0.15, "the same position".into());
        }
        let confidence = (1.0 - case.doubt) * trust;
        // Two digits are all that the weights are worth, and the same on every machine.
        let confidence = (confidence * 100.0).round() / 100.0;
        Some(Weighed { removed, added, confidence, decided, evidence: case.evidence })
    }

    /// Weighs what two elements are beside their names. Gives how far the rest can be trusted.
    fn weigh_nature(
        &self,
        kind: Kind,
        old: &Candidate<'_>,
        new: &Candidate<'_>,
        decided: bool,
        case: &mut Case,
    ) -> f64 {
        match (old.nature, new.nature) {
            (Nature::Type(old_type, _), Nature::Type(new_type, _)) => {
                let (shared, of) = shared(&old.members, &new.members);
                let overlap = f64::from(shared as u32) / f64::from(of.max(1) as u32);
                if overlap > 0.3 {
                    case.weight(0.7 * overlap, format!("{shared} of {of} members the same"));
                }
                let moved = self.references.moved(old_type, new_type);
                if let Some((share, places)) = moved {
                    let what = if places == 1 {
                        "one place that has".into()
                    } else {
                        format!("{places} places that have")
                    };
                    case.weight(0.6 * share, format!("{what} {} now had {}", new.name, old.name));
                }
                // Two types of which no place tells are alike by accident soon: payloads, inputs, connections.
                match (moved.is_some() || decided, overlap > 0.3) {
                    (true, _) => 1.0,
                    (false, true) => 0.8,
                    (false, false) => 0.7,
                }
            }
            (Nature::Directive(before), Nature::Directive(after)) => {
                let same = before.iter().filter(|location| after.contains(location)).count();
                if same == before.len() && same == after.len() {
                    case.weight(0.3, "the same locations".into());
                }
                self.weigh_arguments(old, new, case);
                if same > 0 { 1.0 } else { 0.7 }
            }
            _ => {
                let same_type = type_likeness(self.matching, kind, old, new);
                if same_type > 0.0 {
                    let what = if same_type > 0.2 { "the same type" } else { "a related type" };
                    case.weight(same_type, what.into());
                }
                self.weigh_arguments(old, new, case);
                if same_type > 0.0 { 1.0 } else { 0.7 }
            }
        }
    }

    fn weigh_arguments(&self, old: &Candidate<'_>, new: &Candidate<'_>, case: &mut Case) {
        if !old.members.is_empty() && old.members == new.members {
            case.weight(0.3, "the same arguments".into());
        }
    }
}

/// The evidence for one pair so far.
struct Case {
    /// What speaks against it still.
    doubt: f64,
    evidence: Vec<String>,
}

impl Case {
    fn weight(&mut self, weight: f64, reason: String) {
        self.doubt *= 1.0 - weight;
        self.evidence.push(reason);
    }
}

/// How many names two lists share, and how many the longer one has.
fn shared(old: &[&str], new: &[&str]) -> (usize, usize) {
    let names: HashSet<&str> = old.iter().copied().collect();
    (new.iter().filter(|name| names.contains(**name)).count(), old.len().max(new.len()))
}

/// Whether two elements are the same kind of thing: types of one kind, for a type does not become another kind and
/// another name at once.
fn same_kind(old: Nature<'_>, new: Nature<'_>) -> bool {
    match (old, new) {
        (Nature::Type(_, old), Nature::Type(_, new)) => old == new,
        _ => true,
    }
}

/// Whether a pair may teach a rule: its types do not speak against it.
fn may_be_one(matching: &Matching<'_>, kind: Kind, old: &Candidate<'_>, new: &Candidate<'_>) -> bool {
    match (old.nature, new.nature) {
        (Nature::Of(before), Nature::Of(after)) => {
            let both_unknown =
                matching.new_type(before.named).is_none() && matching.old_type(after.named).is_none();
            both_unknown || type_likeness(matching, kind, old, new) > 0.0
        }
        (old, new) => same_kind(old, new),
    }
}

/// What the types say: 0 nothing in common, else a weight. A service's own type says more than a built-in one.
fn type_likeness(matching: &Matching<'_>, kind: Kind, old: &Candidate<'_>, new: &Candidate<'_>) -> f64 {
    let (Nature::Of(old), Nature::Of(new)) = (old.nature, new.nature) else {
        return if kind == Kind::EnumValue { 0.1 } else { 0.0 };
    };
    let same = match kind {
        Kind::Field => matching.output_type_change(old, new) == OutputTypeChange::None,
        _ => matching.input_type_change(old, new) == InputTypeChange::None,
    };
    if same {
        return if matching.old.ty(old.named).built_in { 0.3 } else { 0.45 };
    }
    if matching.new_type(old.named) == Some(new.named) { 0.15 } else { 0.0 }
}

/// Takes the surest pairs first; each removal and each addition once.
fn assign(at: usize, gap: &Gap<'_>, weighed: &[Weighed], found: &mut Found) {
    let mut removed_taken = vec![false; gap.removed.len()];
    let mut added_taken = vec![false; gap.added.len()];
    for pair in weighed {
        if removed_taken[pair.removed] || added_taken[pair.added] {
            continue;
        }
        let rival = |other: &&Weighed| {
            let same_side = (other.removed == pair.removed) != (other.added == pair.added);
            same_side
                && !removed_taken[other.removed]
                && !added_taken[other.added]
                && pair.confidence - other.confidence < MARGIN
        };
        let ambiguous = !pair.decided && weighed.iter().any(|other| rival(&other));
        let (old, new) = (gap.removed[pair.removed].candidate.name, gap.added[pair.added].candidate.name);
        removed_taken[pair.removed] = true;
        if pair.confidence < THRESHOLD || ambiguous {
            found.hints.push((at, pair.removed, new.to_owned()));
            continue;
        }
        added_taken[pair.added] = true;
        found.renames.push(FoundRename {
            gap: at,
            removed: pair.removed,
            added: pair.added,
            rename: Rename {
                from: old.to_owned(),
                to: new.to_owned(),
                confidence: pair.confidence,
                evidence: pair.evidence.clone(),
            },
        });
    }
}
