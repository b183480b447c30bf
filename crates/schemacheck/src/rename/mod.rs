//! Renames: which removal and which addition are one element under another name.
//!
//! No single sign decides. Each piece of evidence has a weight, the weights combine to a confidence, and every piece
//! is told. The strongest sign is a substitution that explains many pairs all over the schema (`emessage` → `emsg`);
//! it is learned first and then decides the single cases. Assignment is one to one in each parent. What stays below
//! the threshold remains a removal and an addition, with a hint.

mod words;

use std::borrow::Cow;

use hashbrown::{HashMap, HashSet};
use schemacheck_graphql::ast;
use schemacheck_graphql::schema::{ElementId, TypeRef, deprecation};
use serde::Serialize;

use self::words::{Substitution, likeness, words};
use crate::change::Rename;
use crate::element::{ArgumentElement, EnumValueElement, FieldElement, InputFieldElement};
use crate::matching::{InputTypeChange, Matching, OutputTypeChange};
use crate::pairs::Renamable;

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
    Field,
    Argument,
    InputField,
    EnumValue,
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
    /// Its place among its siblings.
    pub(crate) position: usize,
    pub(crate) candidate: Candidate<'s>,
}

/// What tells an element from others.
#[derive(Debug)]
pub(crate) struct Candidate<'s> {
    pub(crate) name: &'s str,
    pub(crate) ty: Option<TypeRef>,
    pub(crate) arguments: Vec<&'s str>,
    pub(crate) description: Option<Cow<'s, str>>,
    pub(crate) directives: &'s [ast::Directive<'s>],
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

/// Finds the renames among what remains.
pub(crate) fn detect(matching: &Matching<'_>, gaps: &[Gap<'_>]) -> Found {
    let words: Vec<GapWords> = gaps.iter().map(GapWords::new).collect();
    let mut compared: Vec<Vec<(usize, usize)>> =
        gaps.iter().zip(&words).map(|(gap, words)| pairs_to_compare(gap, words)).collect();
    let support = learn(matching, gaps, &words, &compared);
    for ((gap, words), compared) in gaps.iter().zip(&words).zip(&mut compared) {
        if !gap.is_small() {
            compared.extend(pairs_by_rule(words, &support));
            compared.sort_unstable();
            compared.dedup();
        }
    }
    let mut found = Found::default();
    for (at, gap) in gaps.iter().enumerate() {
        let mut weighed: Vec<Weighed> = compared[at]
            .iter()
            .map(|&(removed, added)| weigh(matching, gap, &words[at], removed, added, &support))
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
    gaps: &[Gap<'_>],
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
            if type_likeness(matching, gap.kind, old, new) > 0.0 {
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

fn weigh(
    matching: &Matching<'_>,
    gap: &Gap<'_>,
    words: &GapWords,
    removed: usize,
    added: usize,
    support: &HashMap<Substitution, usize>,
) -> Weighed {
    let (old, new) = (&gap.removed[removed], &gap.added[added]);
    let (old_words, new_words) = (&words.removed[removed], &words.added[added]);
    let mut evidence = Vec::new();
    let mut doubt = 1.0;
    let mut decided = false;
    let mut weight = |weight: f64, reason: String| {
        doubt *= 1.0 - weight;
        evidence.push(reason);
    };

    let likeness = likeness(old_words, new_words);
    if likeness > 0.99 {
        weight(0.8, "the same words in another casing".into());
    } else if likeness > 0.3 {
        weight(0.8 * likeness, format!("alike names ({:.0} %)", likeness * 100.0));
    }
    if let Some(substitution) = Substitution::between(old_words, new_words) {
        let explains = support.get(&substitution).copied().unwrap_or_default();
        if explains > 1 {
            let (from, to) = substitution.texts();
            let strength = match explains {
                2 => 0.5,
                3 => 0.65,
                _ => 0.8,
            };
            weight(strength, format!("{from} → {to} explains {explains} names"));
            decided = true;
        }
    }
    let same_type = type_likeness(matching, gap.kind, &old.candidate, &new.candidate);
    if same_type > 0.0 {
        let what = if same_type > 0.2 { "the same type" } else { "a related type" };
        weight(same_type, what.into());
    }
    if !old.candidate.arguments.is_empty() && old.candidate.arguments == new.candidate.arguments {
        weight(0.3, "the same arguments".into());
    }
    match (&old.candidate.description, &new.candidate.description) {
        (Some(old), Some(new)) if old == new && !old.trim().is_empty() => {
            weight(0.5, "the same description".into());
        }
        _ => {}
    }
    if let Some(reason) = deprecation(old.candidate.directives).and_then(|deprecation| deprecation.reason)
        && reason
            .split(|char: char| !char.is_ascii_alphanumeric() && char != '_')
            .any(|word| word == new.candidate.name)
    {
        weight(0.9, format!("its deprecation names {}", new.candidate.name));
        decided = true;
    }
    if old.position == new.position {
        weight(0.15, "the same position".into());
    }
    let mut confidence = 1.0 - doubt;
    if same_type <= 0.0 {
        confidence *= 0.7;
    }
    // Two digits are all that the weights are worth, and the same on every machine.
    Weighed { removed, added, confidence: (confidence * 100.0).round() / 100.0, decided, evidence }
}

/// What the types say: 0 nothing in common, else a weight. A service's own type says more than a built-in one.
fn type_likeness(matching: &Matching<'_>, kind: Kind, old: &Candidate<'_>, new: &Candidate<'_>) -> f64 {
    let (Some(old), Some(new)) = (old.ty, new.ty) else {
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

impl<'s> Renamable<'s> for FieldElement<'s> {
    fn candidate(&self) -> Candidate<'s> {
        let field = self.schema.field(self.id);
        Candidate {
            name: field.name,
            ty: Some(field.ty),
            arguments: self.schema.arguments_of(self.id).map(|(_, argument)| argument.name).collect(),
            description: field.definition.description.map(|text| text.value()),
            directives: field.definition.directives,
        }
    }
}

impl<'s> Renamable<'s> for ArgumentElement<'s> {
    fn candidate(&self) -> Candidate<'s> {
        input_candidate(self.schema.input_value(self.id))
    }
}

impl<'s> Renamable<'s> for InputFieldElement<'s> {
    fn candidate(&self) -> Candidate<'s> {
        input_candidate(self.schema.input_value(self.id))
    }
}

fn input_candidate<'s>(value: &schemacheck_graphql::schema::InputValue<'s>) -> Candidate<'s> {
    Candidate {
        name: value.name,
        ty: Some(value.ty),
        arguments: Vec::new(),
        description: value.definition.description.map(|text| text.value()),
        directives: value.definition.directives,
    }
}

impl<'s> Renamable<'s> for EnumValueElement<'s> {
    fn candidate(&self) -> Candidate<'s> {
        let value = self.schema.enum_value(self.id);
        Candidate {
            name: value.name,
            ty: None,
            arguments: Vec::new(),
            description: value.definition.description.map(|text| text.value()),
            directives: value.definition.directives,
        }
    }
}
