//! Server code put where a developer would put it.

use serde_json::Value;

/// A server with each snippet at its place: in a line that ends with `paste here: PLACE`. What stands between that line and
/// one that ends with `paste to here` is replaced.
pub(crate) fn paste(server: &str, snippets: &[Value]) -> String {
    let mut lines: Vec<&str> = server.lines().collect();
    for snippet in snippets {
        let place = format!("paste here: {}", snippet["place"].as_str().unwrap());
        let line = lines.iter().position(|line| line.ends_with(&place));
        let line = line.unwrap_or_else(|| panic!("the server has no line {place:?}"));
        let end = lines[line + 1..].iter().position(|line| line.contains("paste "));
        if let Some(end) = end.map(|end| line + 1 + end).filter(|&end| lines[end].ends_with("paste to here"))
        {
            lines.drain(line + 1..=end);
        }
        lines[line] = snippet["code"].as_str().unwrap();
    }
    lines.join("\n") + "\n"
}
