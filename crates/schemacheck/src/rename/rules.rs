//! Substitutions of words that explain many renames: the strongest evidence, learned first.

use std::cmp::Reverse;

use hashbrown::{HashMap, HashSet};
use serde::Serialize;

use super::words::{self, Substitution, Vocabulary, Word};
use super::{Gap, MOST_COMPARED};

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

/// What was learned: how many pairs of names each substitution explains.
#[derive(Debug, Default)]
pub(super) struct Rules {
    explains: HashMap<Substitution, usize>,
    /// What the rules begin with, on both sides: most pairs of names are told apart by these alone.
    starts: HashSet<(Word, Word)>,
}

impl Rules {
    /// Keeps of the substitutions those that no other one rivals. Where two families of names left and two came, each
    /// could be each, and no rule is learned from that.
    pub(super) fn new(explains: &HashMap<Substitution, usize>) -> Self {
        let mut best_from: HashMap<&[Word], [usize; 2]> = HashMap::new();
        let mut best_to: HashMap<&[Word], [usize; 2]> = HashMap::new();
        let note = |best: &mut [usize; 2], count: usize| {
            if count > best[0] {
                *best = [count, best[0]];
            } else {
                best[1] = best[1].max(count);
            }
        };
        for (rule, &count) in explains {
            note(best_from.entry(&rule.from).or_default(), count);
            note(best_to.entry(&rule.to).or_default(), count);
        }
        // The best one, and that by far.
        let leads = |[first, second]: [usize; 2], count: usize| count == first && 2 * first >= 3 * second;
        let credible = explains.iter().filter(|&(rule, &count)| {
            count > 1 && leads(best_from[&rule.from[..]], count) && leads(best_to[&rule.to[..]], count)
        });
        let explains: HashMap<_, _> = credible.map(|(rule, &count)| (rule.clone(), count)).collect();
        let starts = explains.keys().map(|rule| (rule.from[0], rule.to[0])).collect();
        Rules { explains, starts }
    }

    /// The rule that makes the one name of the other, and how many names it explains.
    pub(super) fn between(
        &self,
        old: &[Word],
        new: &[Word],
        vocabulary: &Vocabulary,
    ) -> Option<(usize, Substitution)> {
        let (from, to) = words::difference(old, new)?;
        let (first, second) = (from[0], to[0]);
        let stems = (vocabulary.stem(first), vocabulary.stem(second));
        if !self.starts.contains(&stems) && !self.starts.contains(&(first, second)) {
            return None;
        }
        let rule = vocabulary.substitution(old, new)?;
        Some((*self.explains.get(&rule)?, rule))
    }

    /// The pairs of which a rule makes the new name from the old one.
    pub(super) fn pairs(&self, gap: &Gap<'_>, vocabulary: &Vocabulary) -> Vec<(usize, usize)> {
        let mut rules: Vec<(&Substitution, usize)> =
            self.explains.iter().map(|(rule, &explains)| (rule, explains)).collect();
        rules.sort_by_cached_key(|&(rule, explains)| (Reverse(explains), vocabulary.texts(rule)));
        rules.truncate(MOST_COMPARED);
        let added = gap.added.iter().enumerate();
        let by_words: HashMap<Vec<Word>, usize> =
            added.map(|(at, remaining)| (vocabulary.stems(&remaining.words), at)).collect();
        let mut pairs = Vec::new();
        for (removed, old) in gap.removed.iter().enumerate() {
            let made = rules
                .iter()
                .filter_map(|(rule, _)| by_words.get(&vocabulary.apply(rule, &old.words)?).copied());
            pairs.extend(made.map(|added| (removed, added)));
        }
        pairs
    }
}

/// The rules that explain at least two of these renames, those that explain most first.
pub(crate) fn explain(renames: Vec<(&str, &str)>, vocabulary: &mut Vocabulary) -> Vec<RenameRule> {
    let mut explained: HashMap<Substitution, usize> = HashMap::new();
    for (from, to) in renames {
        let (from, to) = (vocabulary.words(from), vocabulary.words(to));
        if let Some(substitution) = vocabulary.substitution(&from, &to) {
            *explained.entry(substitution).or_default() += 1;
        }
    }
    let mut rules: Vec<RenameRule> = explained
        .into_iter()
        .filter(|&(_, explains)| explains > 1)
        .map(|(substitution, explains)| {
            let (from, to) = vocabulary.texts(&substitution);
            RenameRule { from, to, explains }
        })
        .collect();
    rules.sort_by(|one, other| {
        other.explains.cmp(&one.explains).then_with(|| (&one.from, &one.to).cmp(&(&other.from, &other.to)))
    });
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_found_between_names_in_singular_and_plural() {
        let mut vocabulary = Vocabulary::default();
        let mut words = |name| vocabulary.words(name);
        let [image, images, media] = ["productImage", "productImages", "productMedia"].map(&mut words);
        let [line, lines, order] = ["orderLine", "orderLines", "orderItem"].map(&mut words);
        let learned = [(&image, &media), (&line, &lines)]
            .map(|(old, new)| (vocabulary.substitution(old, new).unwrap(), 3));
        let rules = Rules::new(&learned.into_iter().collect());
        let explains =
            |old: &[Word], new: &[Word]| rules.between(old, new, &vocabulary).map(|(count, _)| count);
        assert_eq!(explains(&image, &media), Some(3));
        assert_eq!(explains(&images, &media), Some(3));
        assert_eq!(explains(&line, &lines), Some(3));
        assert_eq!(explains(&lines, &line), None, "a rule has a direction");
        assert_eq!(explains(&line, &order), None);
        assert_eq!(explains(&line, &line), None);
    }
}
