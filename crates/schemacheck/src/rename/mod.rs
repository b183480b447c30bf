//! Renames: which removal and which addition are one element under another name.
//!
//! No single sign decides. Each piece of evidence has a weight, the weights combine to a confidence, and every piece
//! is told. The strongest sign is a substitution that explains many pairs all over the schema (`emessage` → `emsg`);
//! it is learned first and then decides the single cases. Assignment is one to one in each parent. What stays below
//! the threshold remains a removal and an addition, with a hint.

mod candidate;
mod decisions;
mod occurrences;
mod references;
mod rules;
mod words;

use hashbrown::{HashMap, HashSet};
use schemacheck_graphql::schema::{ElementId, TypeId, deprecation};

pub(crate) use self::candidate::{Candidate, Nature};
pub use self::decisions::{Decision, Decisions};
pub(crate) use self::occurrences::Occurrences;
pub(crate) use self::references::References;
pub use self::rules::RenameRule;
use self::rules::Rules;
pub(crate) use self::rules::explain;
pub(crate) use self::words::Vocabulary;
use self::words::{Substitution, Word, holds};
use crate::change::Rename;
use crate::matching::{InputTypeChange, Matching, OutputTypeChange};

/// From this confidence on, a removal and an addition are one rename.
const THRESHOLD: f64 = 0.75;
/// From this confidence on, a removal names the addition as a hint.
const HINT: f64 = 0.5;
/// Two candidates closer than this, and without a rule that decides, are ambiguous: neither is taken.
const MARGIN: f64 = 0.03;
/// From so many names on, a rule stands on its own.
const STRONG_RULE: usize = 4;
/// In a parent with more pairs than this, only additions with a word in common are compared.
const ALL_PAIRS: usize = 4096;
/// With how many additions a removal is compared then, how many rules are tried, and how many arguments of a directive.
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
    /// The words of its name.
    pub(crate) words: Vec<Word>,
    /// The words of the names of its arguments, of a directive.
    pub(crate) arguments: Vec<Vec<Word>>,
}

impl Remaining<'_> {
    /// The type that it is.
    pub(crate) fn type_id(&self) -> Option<TypeId> {
        match self.id {
            ElementId::Type(id) => Some(id),
            _ => None,
        }
    }
}

/// What the schemas tell beside the elements that remain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clues<'c> {
    /// The words of all names.
    pub(crate) vocabulary: &'c Vocabulary,
    /// Where types stand.
    pub(crate) references: &'c References,
    /// What types have in common.
    pub(crate) occurrences: &'c Occurrences,
}

/// What [`detect`] found.
#[derive(Debug, Default)]
pub(crate) struct Found<'s> {
    pub(crate) renames: Vec<FoundRename>,
    /// Gap, removal and the name it may have now.
    pub(crate) hints: Vec<(usize, usize, &'s str)>,
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
pub(crate) fn detect<'s>(
    matching: &Matching<'s>,
    gaps: &[Gap<'s>],
    beside: &[Gap<'s>],
    clues: Clues<'_>,
) -> Found<'s> {
    let all: Vec<&Gap<'_>> = gaps.iter().chain(beside).collect();
    let mut judge = Judge { matching, clues, rules: Rules::default() };
    let mut weighed: Vec<Vec<Weighed>> =
        all.iter().map(|gap| judge.weigh_all(gap, pairs_to_compare(gap))).collect();
    judge.rules = learn(&judge, &all, &weighed);
    let mut found = Found::default();
    for (at, (gap, weighed)) in gaps.iter().zip(&mut weighed).enumerate() {
        if !gap.is_small() {
            let known: HashSet<(usize, usize)> =
                weighed.iter().map(|pair| (pair.removed, pair.added)).collect();
            let mut further = judge.rules.pairs(gap, clues.vocabulary);
            further.extend(pairs_by_reference(gap, clues.references));
            further.extend(pairs_by_decision(gap, matching.decisions()));
            further.retain(|pair| !known.contains(pair));
            further.sort_unstable();
            further.dedup();
            weighed.extend(judge.weigh_all(gap, further));
        }
        let mut likely: Vec<Likely> = weighed.iter().filter_map(|pair| judge.decide(gap, pair)).collect();
        likely.sort_by(|one, other| {
            let names = |pair: &Likely| {
                (gap.removed[pair.removed].candidate.name, gap.added[pair.added].candidate.name)
            };
            other.confidence.total_cmp(&one.confidence).then_with(|| names(one).cmp(&names(other)))
        });
        assign(&judge, at, gap, &likely, &mut found);
    }
    found
}

impl Gap<'_> {
    /// Whether all pairs can be compared.
    fn is_small(&self) -> bool {
        self.removed.len() * self.added.len() <= ALL_PAIRS
    }
}

/// The pairs of types of which places moved from the one to the other.
fn pairs_by_reference(gap: &Gap<'_>, references: &References) -> Vec<(usize, usize)> {
    if gap.kind != Kind::Type {
        return Vec::new();
    }
    let by_id = |list: &[Remaining<'_>]| -> HashMap<ElementId, usize> {
        list.iter().enumerate().map(|(at, remaining)| (remaining.id, at)).collect()
    };
    let (removed, added) = (by_id(&gap.removed), by_id(&gap.added));
    let place = |of: &HashMap<ElementId, usize>, ty: TypeId| of.get(&ElementId::Type(ty)).copied();
    let moved = references.pairs();
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
fn pairs_to_compare(gap: &Gap<'_>) -> Vec<(usize, usize)> {
    if gap.is_small() {
        return (0..gap.removed.len())
            .flat_map(|removed| (0..gap.added.len()).map(move |added| (removed, added)))
            .collect();
    }
    let mut having: HashMap<Word, Vec<usize>> = HashMap::new();
    for (added, remaining) in gap.added.iter().enumerate() {
        for &word in &remaining.words {
            having.entry(word).or_default().push(added);
        }
    }
    let mut pairs = Vec::new();
    for (removed, remaining) in gap.removed.iter().enumerate() {
        let mut lists: Vec<&Vec<usize>> =
            remaining.words.iter().filter_map(|word| having.get(word)).collect();
        lists.sort_by_key(|list| list.len());
        let mut seen = HashSet::new();
        let near = lists.into_iter().flatten().filter(|&&added| seen.insert(added)).take(MOST_COMPARED);
        pairs.extend(near.map(|&added| (removed, added)));
    }
    pairs
}

/// What each substitution explains, all over the schema. A pair speaks for a substitution where nothing else that the
/// old element could have become, or that the new one could have been, is likelier without it.
fn learn(judge: &Judge<'_, '_>, gaps: &[&Gap<'_>], weighed: &[Vec<Weighed>]) -> Rules {
    let mut names: HashMap<Substitution, HashSet<(&str, &str)>> = HashMap::new();
    for (gap, weighed) in gaps.iter().zip(weighed) {
        let mut best = (vec![0.0_f64; gap.removed.len()], vec![0.0_f64; gap.added.len()]);
        let teaches = |pair: &&Weighed| {
            let (old, new) = (&gap.removed[pair.removed].candidate, &gap.added[pair.added].candidate);
            may_be_one(judge.matching, gap.kind, old, new)
        };
        let likely: Vec<&Weighed> = weighed.iter().filter(teaches).collect();
        for pair in &likely {
            best.0[pair.removed] = best.0[pair.removed].max(pair.likelihood());
            best.1[pair.added] = best.1[pair.added].max(pair.likelihood());
        }
        for pair in likely {
            if pair.likelihood() + MARGIN < best.0[pair.removed].max(best.1[pair.added]) {
                continue;
            }
            let (old, new) = (&gap.removed[pair.removed], &gap.added[pair.added]);
            if let Some(substitution) = judge.clues.vocabulary.substitution(&old.words, &new.words) {
                names.entry(substitution).or_default().insert((old.candidate.name, new.candidate.name));
            }
        }
    }
    Rules::new(&names.into_iter().map(|(substitution, names)| (substitution, names.len())).collect())
}

/// A removal and an addition with what speaks for them, no rule and no decision considered.
struct Weighed {
    removed: usize,
    added: usize,
    doubt: f64,
    trust: Trust,
}

impl Weighed {
    /// How likely the two are one element.
    fn likelihood(&self) -> f64 {
        (1.0 - self.doubt) * self.trust.without_rule
    }
}

/// A removal and an addition that can be one element.
struct Likely {
    removed: usize,
    added: usize,
    confidence: f64,
    /// Whether a rule or a deprecation names the new name, so that a close second does not matter.
    decided: bool,
}

/// What pairs are weighed by.
struct Judge<'j, 's> {
    matching: &'j Matching<'s>,
    clues: Clues<'j>,
    rules: Rules,
}

impl Judge<'_, '_> {
    /// Weighs pairs, but for those that cannot be one unless somebody says so.
    fn weigh_all(&self, gap: &Gap<'_>, pairs: Vec<(usize, usize)>) -> Vec<Weighed> {
        let can_be_one = |&(removed, added): &(usize, usize)| {
            let (old, new) = (&gap.removed[removed], &gap.added[added]);
            old.candidate.nature.kind() == new.candidate.nature.kind()
                || self.decision(old, new) == Some(true)
        };
        let weigh = |(removed, added): (usize, usize)| {
            let mut case = Case { doubt: 1.0, evidence: None };
            let (old, new) = (&gap.removed[removed], &gap.added[added]);
            case.weigh_names(self.clues.vocabulary, &old.words, &new.words);
            let trust = self.weigh_rest(gap.kind, old, new, &mut case);
            Weighed { removed, added, doubt: case.doubt, trust }
        };
        pairs.into_iter().filter(can_be_one).map(weigh).collect()
    }

    /// Adds to a pair what was learned and what somebody decided; nothing where too little speaks for it.
    fn decide(&self, gap: &Gap<'_>, pair: &Weighed) -> Option<Likely> {
        let &Weighed { removed, added, doubt, ref trust } = pair;
        let (old, new) = (&gap.removed[removed], &gap.added[added]);
        match self.decision(old, new) {
            Some(true) => return Some(Likely { removed, added, confidence: 1.0, decided: true }),
            Some(false) => return None,
            None => {}
        }
        let rule = self.rules.between(&old.words, &new.words, self.clues.vocabulary);
        let confidence = match rule {
            Some((explains, _)) => {
                let doubt = doubt * (1.0 - rule_weight(explains));
                // A rule that explains much stands on its own: a rename may change the type, too.
                let stands = explains >= STRONG_RULE || gap.kind == Kind::Type;
                (1.0 - doubt) * if stands { trust.with_rule } else { trust.without_rule }
            }
            None => pair.likelihood(),
        };
        // Two digits are all that the weights are worth, and the same on every machine.
        let confidence = (confidence * 100.0).round() / 100.0;
        let decided = rule.is_some() || trust.named;
        (confidence >= HINT).then_some(Likely { removed, added, confidence, decided })
    }

    /// What speaks for a pair, in words.
    fn evidence(&self, gap: &Gap<'_>, pair: &Likely) -> Vec<String> {
        let (old, new) = (&gap.removed[pair.removed], &gap.added[pair.added]);
        if self.decision(old, new) == Some(true) {
            return vec!["confirmed in the configuration".to_owned()];
        }
        let mut case = Case { doubt: 1.0, evidence: Some(Vec::new()) };
        case.weigh_names(self.clues.vocabulary, &old.words, &new.words);
        let rule = self.rules.between(&old.words, &new.words, self.clues.vocabulary);
        if let Some((explains, rule)) = rule {
            let (from, to) = self.clues.vocabulary.texts(&rule);
            case.weight(rule_weight(explains), || format!("{from} → {to} explains {explains} names"));
        }
        self.weigh_rest(gap.kind, old, new, &mut case);
        case.evidence.unwrap_or_default()
    }

    /// What somebody decided about a pair.
    fn decision(&self, old: &Remaining<'_>, new: &Remaining<'_>) -> Option<bool> {
        self.matching.decisions().on(&old.coordinate, &new.coordinate)
    }

    /// Weighs what two elements are beside their names.
    fn weigh_rest(&self, kind: Kind, old: &Remaining<'_>, new: &Remaining<'_>, case: &mut Case) -> Trust {
        let mut trust = self.weigh_nature(kind, old, new, case);
        if old.candidate.is_described_as(&new.candidate) {
            case.weight(0.5, || "the same description".into());
        }
        if let Some(reason) = deprecation(old.candidate.directives).and_then(|deprecation| deprecation.reason)
            && reason
                .split(|char: char| !char.is_ascii_alphanumeric() && char != '_')
                .any(|word| word == new.candidate.name)
        {
            case.weight(0.9, || format!("its deprecation names {}", new.candidate.name));
            trust.named = true;
        }
        if old.position.is_some() && old.position == new.position {
            case.weight(0.15, || "the same position".into());
        }
        trust
    }

    fn weigh_nature(&self, kind: Kind, old: &Remaining<'_>, new: &Remaining<'_>, case: &mut Case) -> Trust {
        // The same words in another casing are no accident, whatever else changed.
        let recased = old.words == new.words;
        let (old_arguments, new_arguments) = (&old.arguments, &new.arguments);
        let (old, new) = (&old.candidate, &new.candidate);
        match (old.nature, new.nature) {
            (Nature::Type(old_type, _), Nature::Type(new_type, _)) => {
                let overlap = self.clues.occurrences.overlap(self.matching, old_type, new_type);
                let weight = 0.7 * overlap.weight;
                if weight > 0.2 {
                    case.weight(weight, || format!("{} of {} members the same", overlap.shared, overlap.of));
                }
                let moved = self.clues.references.moved(old_type, new_type);
                if let Some((share, places)) = moved {
                    case.weight(0.6 * share, || {
                        let what =
                            if places == 1 { "one place".to_owned() } else { format!("{places} places") };
                        format!(
                            "{what} of {} now {} {}",
                            old.name,
                            if places == 1 { "has" } else { "have" },
                            new.name
                        )
                    });
                }
                // Two types of which no place tells are alike by accident soon: payloads, inputs, connections.
                let without_rule = match (moved.is_some() || recased, weight > 0.2) {
                    (true, _) => 1.0,
                    (false, true) => 0.85,
                    (false, false) => 0.7,
                };
                let with_rule = if overlap.share() > 0.3 || moved.is_some() { 1.0 } else { 0.7 };
                Trust { without_rule, with_rule, named: false }
            }
            (Nature::Directive(before), Nature::Directive(after)) => {
                let same = before.iter().filter(|location| after.contains(location)).count();
                if same == before.len() && same == after.len() {
                    case.weight(0.3, || "the same locations".into());
                }
                weigh_arguments(old, new, case);
                Trust::where_related(recased || same > 0 && self.alike_lists(old_arguments, new_arguments))
            }
            _ => {
                let same_type = type_likeness(self.matching, kind, old, new);
                if same_type > 0.0 {
                    let what = if same_type > 0.2 { "the same type" } else { "a related type" };
                    case.weight(same_type, || what.into());
                }
                weigh_arguments(old, new, case);
                Trust::where_related(recased || same_type > 0.0)
            }
        }
    }

    /// Whether at least half of the names are alike, in any order; the first ones stand for very many.
    fn alike_lists(&self, old: &[Vec<Word>], new: &[Vec<Word>]) -> bool {
        let (old, new) = (&old[..old.len().min(MOST_COMPARED)], &new[..new.len().min(MOST_COMPARED)]);
        let alike = |old: &Vec<Word>, new: &Vec<Word>| self.clues.vocabulary.likeness(old, new) > 0.6;
        let stay = old.iter().filter(|old| new.iter().any(|new| alike(old, new))).count();
        2 * stay >= old.len().max(new.len())
    }
}

fn weigh_arguments(old: &Candidate<'_>, new: &Candidate<'_>, case: &mut Case) {
    if !old.arguments.is_empty() && old.arguments == new.arguments {
        case.weight(0.3, || "the same arguments".into());
    }
}

/// What it says that a rule makes the new name of the old one.
fn rule_weight(explains: usize) -> f64 {
    match explains {
        2 => 0.5,
        3 => 0.65,
        _ => 0.8,
    }
}

/// How far the evidence can be trusted: not so far where what two elements are speaks against it.
struct Trust {
    without_rule: f64,
    with_rule: f64,
    /// Whether the old element names the new one.
    named: bool,
}

impl Trust {
    fn where_related(related: bool) -> Trust {
        let (without_rule, with_rule) = if related { (1.0, 1.0) } else { (0.7, 0.95) };
        Trust { without_rule, with_rule, named: false }
    }
}

/// The evidence for one pair so far.
struct Case {
    /// What speaks against it still.
    doubt: f64,
    /// Each reason, where somebody will read them.
    evidence: Option<Vec<String>>,
}

impl Case {
    fn weight(&mut self, weight: f64, reason: impl FnOnce() -> String) {
        self.doubt *= 1.0 - weight;
        if let Some(evidence) = &mut self.evidence {
            evidence.push(reason());
        }
    }

    fn weigh_names(&mut self, vocabulary: &Vocabulary, old: &[Word], new: &[Word]) {
        let likeness = vocabulary.likeness(old, new);
        if likeness > 0.99 {
            self.weight(0.8, || "the same words in another casing".into());
        } else if likeness > 0.3 {
            let strength = if vocabulary.ends_differ(old, new) { 0.55 } else { 0.8 };
            self.weight(strength * likeness, || format!("alike names ({:.0} %)", likeness * 100.0));
            let (short, long) = if old.len() < new.len() { (old, new) } else { (new, old) };
            if short.len() > 1 && long.len() > short.len() && holds(long, short) {
                self.weight(0.25, || "one name holds the other".into());
            }
        }
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
        (old, new) => old.kind() == new.kind(),
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
fn assign<'s>(judge: &Judge<'_, 's>, at: usize, gap: &Gap<'s>, likely: &[Likely], found: &mut Found<'s>) {
    let mut removed_taken = vec![false; gap.removed.len()];
    let mut added_taken = vec![false; gap.added.len()];
    for pair in likely {
        if removed_taken[pair.removed] || added_taken[pair.added] {
            continue;
        }
        let rival = |other: &&Likely| {
            let same_side = (other.removed == pair.removed) != (other.added == pair.added);
            same_side
                && !removed_taken[other.removed]
                && !added_taken[other.added]
                && pair.confidence - other.confidence < MARGIN
        };
        let ambiguous = !pair.decided && likely.iter().any(|other| rival(&other));
        let (old, new) = (gap.removed[pair.removed].candidate.name, gap.added[pair.added].candidate.name);
        removed_taken[pair.removed] = true;
        if pair.confidence < THRESHOLD || ambiguous {
            found.hints.push((at, pair.removed, new));
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
                evidence: judge.evidence(gap, pair),
            },
        });
    }
}
