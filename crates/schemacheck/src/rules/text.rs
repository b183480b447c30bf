//! Texts of a schema in messages.

/// A message quotes so many characters of a text at most.
const LONGEST: usize = 60;

/// A text in one line, cut where it is long.
pub(super) fn clip(text: &str) -> String {
    let mut line = String::with_capacity(LONGEST);
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > LONGEST
            && let Some((end, _)) = line.char_indices().nth(LONGEST)
        {
            line.truncate(end);
            line.push('…');
            break;
        }
    }
    line
}
