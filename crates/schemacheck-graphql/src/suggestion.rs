//! "Did you mean": the known name that is closest to an unknown one.

/// How many edits apart two names may be to be taken for a slip of each other.
fn tolerance(name: &str) -> usize {
    name.len() * 2 / 5 + 1
}

/// The candidate with the fewest edits from `name`, the first in alphabetical order among equals; nothing where all
/// are too far.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut rows = Rows::default();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // What is farther than the best so far need not be measured to its end.
        let limit = best.map_or_else(|| tolerance(name), |(edits, _)| edits);
        if let Some(edits) = edits(name, candidate, limit, &mut rows)
            && best.is_none_or(|best| (edits, candidate) < best)
        {
            best = Some((edits, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
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

/// The rows of the table that [`edits`] fills, kept from one candidate to the next.
#[derive(Default)]
struct Rows {
    before_last: Vec<usize>,
    last: Vec<usize>,
    row: Vec<usize>,
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one name to the other, without regard
/// to case; nothing where they are more than `limit`.
fn edits(one: &str, other: &str, limit: usize, rows: &mut Rows) -> Option<usize> {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let same = |i: usize, j: usize| one[i].eq_ignore_ascii_case(&other[j]);
    rows.last.clear();
    rows.last.extend(0..=other.len());
    for i in 1..=one.len() {
        rows.row.clear();
        rows.row.push(i);
        let mut least = i;
        for j in 1..=other.len() {
            let replace = rows.last[j - 1] + usize::from(!same(i - 1, j - 1));
            let mut edits = replace.min(rows.last[j] + 1).min(rows.row[j - 1] + 1);
            if i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1) {
                edits = edits.min(rows.before_last[j - 2] + 1);
            }
            least = least.min(edits);
            rows.row.push(edits);
        }
        if least > limit {
            return None;
        }
        std::mem::swap(&mut rows.before_last, &mut rows.last);
        std::mem::swap(&mut rows.last, &mut rows.row);
    }
    rows.last.last().copied().filter(|&edits| edits <= limit)
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
