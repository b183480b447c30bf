//! Clients named by paths: `queries/{client}/{version}/**`.

use schemacheck::operation::Client;

/// The client that a path names by a pattern: its segments are matched in order, beginning anywhere in the path.
/// `{client}` and `{version}` take a segment, `*` one, `**` at the end any number.
pub(crate) fn client_of(path: &str, pattern: &str) -> Option<Client> {
    let path: Vec<&str> = path.split('/').collect();
    let pattern: Vec<&str> = pattern.split('/').collect();
    (0..path.len()).find_map(|start| client_at(&path[start..], &pattern))
}

fn client_at(path: &[&str], pattern: &[&str]) -> Option<Client> {
    let (mut name, mut version) = (None, None);
    let mut rest = path.iter();
    for part in pattern {
        match *part {
            "**" => break,
            "{client}" => name = Some(*rest.next()?),
            "{version}" => version = Some((*rest.next()?).to_owned()),
            "*" => {
                rest.next()?;
            }
            literal => {
                rest.next().filter(|segment| **segment == literal)?;
            }
        }
    }
    // The file itself is neither client nor version.
    if rest.len() == 0 {
        return None;
    }
    Some(Client { name: name?.to_owned(), version })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_client_and_version() {
        let pattern = "queries/{client}/{version}/**";
        let client = |path| client_of(path, pattern).map(|client| (client.name, client.version));
        let karen = Some(("karen".to_owned(), Some("20045".to_owned())));
        assert_eq!(client("queries/karen/20045/threads.graphql"), karen);
        assert_eq!(client("../main/queries/karen/20045/sub/threads.graphql"), karen);
        assert_eq!(client("queries/karen/threads.graphql"), None);
        assert_eq!(client("src/karen/20045/threads.graphql"), None);
    }
}
