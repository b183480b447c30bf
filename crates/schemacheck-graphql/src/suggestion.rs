//! "Did you mean": the known name that is closest to an unknown one.

/// How many edits apart two names may be to be taken for a slip of each other.
fn tolerance(name: &str) -> usize {
    name.len() * 2 / 5 + 1
}

/// The candidate with the fewest edits from `name`, the first in alphabetical order among equals; nothing where all
/// are too far.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = tolerance(name);
    candidates
        .into_iter()
        .filter_map(|candidate| Some((edits(name, candidate, limit)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// [`closest`] with a bound on all its comparisons: a text with many unknown names, each compared with many known ones,
/// does not take the time of their product.
pub(crate) struct Suggestions {
    comparisons: u32,
}

impl Suggestions {
    pub(crate) fn new() -> Self {
        Suggestions { comparisons: 100_000 }
    }

    /// As [`closest`]; nothing when the comparisons are used up.
    pub(crate) fn closest<'a>(
        &mut self,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let left = &mut self.comparisons;
        let bounded = candidates.into_iter().take_while(|_| {
            *left = left.saturating_sub(1);
            *left > 0
        });
        let found = closest(name, bounded);
        found.filter(|_| self.comparisons > 0)
    }
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one name to the other, without regard
/// to case; nothing where they are more than `limit`.
fn edits(one: &str, other: &str, limit: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let one: Vec<u8> = one.bytes().map(|byte| byte.to_ascii_lowercase()).collect();
    let other: Vec<u8> = other.bytes().map(|byte| byte.to_ascii_lowercase()).collect();
    let mut before_last = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for i in 1..=one.len() {
        let mut row = vec![i; other.len() + 1];
        for j in 1..=other.len() {
            let replace = last[j - 1] + usize::from(one[i - 1] != other[j - 1]);
            row[j] = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = last;
        last = row;
        if last.iter().min().is_some_and(|&least| least > limit) {
            return None;
        }
    }
    last.last().copied().filter(|&edits| edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        assert_eq!(closest("brnach", ["ranch", "branch", "bench"]), Some("branch"));
        assert_eq!(closest("usr", ["repository", "organisation"]), None);
        assert_eq!(closest("a", ["b", "c"]), Some("b"));
    }
}
