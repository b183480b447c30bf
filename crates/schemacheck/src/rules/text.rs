//! Texts of a schema in messages.

/// A message quotes so many characters of a text at most.
const LONGEST: usize = 60;

/// A text in one line, cut where it is long.
pub(super) fn clip(text: &str) -> String {
    let mut chars = text.split_whitespace().flat_map(|word| [" ", word]).flat_map(str::chars).skip(1);
    let mut clipped: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        clipped.push('…');
    }
    clipped
}
