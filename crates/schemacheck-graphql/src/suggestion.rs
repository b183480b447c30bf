//! "Did you mean": the known name that is closest to an unknown one.

/// How many edits apart two names may be to be taken for a slip of each other.
fn tolerance(name: &str) -> usize {
    name.len() * 2 / 5 + 1
}

/// The candidate with the fewest edits from `name`, the first in alphabetical order among equals; nothing where all
/// are too far.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let pattern = Pattern::new(name)?;
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // What is farther than the best so far need not be measured to its end.
        let limit = best.map_or_else(|| tolerance(name), |(edits, _)| edits);
        if let Some(edits) = pattern.edits(candidate, limit)
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

/// A name that others are measured against: for each byte, in lower case, the places where it stands in the name.
struct Pattern {
    length: usize,
    places: [u128; 256],
}

impl Pattern {
    /// Nothing for a name that is longer than a place has bits; no slip makes such a name.
    fn new(name: &str) -> Option<Self> {
        let mut pattern = Pattern { length: name.len(), places: [0; 256] };
        if !(1..=128).contains(&name.len()) {
            return None;
        }
        for (at, byte) in name.bytes().enumerate() {
            pattern.places[usize::from(byte.to_ascii_lowercase())] |= 1 << at;
        }
        Some(pattern)
    }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from the name to the other, without regard
    /// to case; nothing where they are more than `limit`. A column of the table of distances is two words, one bit for
    /// each step down or up (Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003).
    fn edits(&self, other: &str, limit: usize) -> Option<usize> {
        if self.length.abs_diff(other.len()) > limit {
            return None;
        }
        let last = 1 << (self.length - 1);
        let (mut up, mut down) = (u128::MAX, 0_u128);
        let (mut diagonal, mut places_before) = (0_u128, 0_u128);
        let mut edits = self.length;
        for byte in other.bytes() {
            let places = self.places[usize::from(byte.to_ascii_lowercase())];
            let swapped = ((!diagonal & places) << 1) & places_before;
            diagonal = ((places & up).wrapping_add(up) ^ up) | places | down | swapped;
            let (right_up, right_down) = (down | !(diagonal | up), diagonal & up);
            edits += usize::from(right_up & last != 0);
            edits -= usize::from(right_down & last != 0);
            let right_up = (right_up << 1) | 1;
            up = (right_down << 1) | !(diagonal | right_up);
            down = right_up & diagonal;
            places_before = places;
        }
        (edits <= limit).then_some(edits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        assert_eq!(closest("brnach", ["ranch", "branch", "bench"]), Some("branch"));
        assert_eq!(closest("usr", ["repository", "organisation"]), None);
        assert_eq!(closest("a", ["b", "c"]), Some("b"));
        assert_eq!(closest("", ["b"]), None);
    }

    #[test]
    fn the_edits_are_those_of_the_table() {
        let names =
            ["", "a", "A", "ab", "ba", "abc", "acb", "cab", "brnach", "branch", "Organisation", "aab", "aba"];
        let long = ["x".repeat(128), "x".repeat(127) + "y", format!("y{}", "x".repeat(127))];
        for one in
            names.iter().copied().chain(long.iter().map(String::as_str)).filter(|name| !name.is_empty())
        {
            for other in names.iter().copied().chain(long.iter().map(String::as_str)) {
                let expected = table(one.as_bytes(), other.as_bytes());
                assert_eq!(
                    Pattern::new(one).unwrap().edits(other, usize::MAX),
                    Some(expected),
                    "{one} {other}"
                );
            }
        }
    }

    /// The distance by its definition, with swaps of neighbours.
    fn table(one: &[u8], other: &[u8]) -> usize {
        let mut rows = vec![(0..=other.len()).collect::<Vec<_>>()];
        for i in 1..=one.len() {
            let mut row = vec![i];
            for j in 1..=other.len() {
                let same = |i: usize, j: usize| one[i - 1].eq_ignore_ascii_case(&other[j - 1]);
                let replaced = rows[i - 1][j - 1] + usize::from(!same(i, j));
                let mut edits = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
                if i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j) {
                    edits = edits.min(rows[i - 2][j - 2] + 1);
                }
                row.push(edits);
            }
            rows.push(row);
        }
        rows[one.len()][other.len()]
    }
}
