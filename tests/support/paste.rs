//! Server code put where a developer would put it.

use serde_json::Value;

/// A server with each snippet at its place: in a line that ends with `paste here: PLACE`.
pub(crate) fn paste(server: &str, snippets: &[Value]) -> String {
    let mut lines: Vec<&str> = server.lines().collect();
    for snippet in snippets {
        let place = format!("paste here: {}", snippet["place"].as_str().unwrap());
        let line = lines.iter().position(|line| line.ends_with(&place));
        let line = line.unwrap_or_else(|| panic!("the server has no line {place:?}"));
        lines[line] = snippet["code"].as_str().unwrap();
    }
    lines.join("\n") + "\n"
}
