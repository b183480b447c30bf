//! Documents inside client code: what the languages share.
//!
//! A language is one file beside this folder that says how its strings, comments and interpolations are written. The
//! text goes to flat [`tokens`]; [`scan`] finds the places that hold or build GraphQL and the names that are bound to
//! texts; [`project`] puts the texts together over all files. What is not known becomes a hole.

mod expression;
pub(crate) mod literal;
pub(crate) mod project;
mod scan;
mod template;
pub(crate) mod tokens;
pub(crate) mod tree;

use tokens::{Kind, Quote, Tokens};

use crate::rust::items::Items;

/// How a language is written, as far as finding texts in it needs.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of a language")]
pub struct Language {
    /// How its files end.
    pub extensions: &'static [&'static str],
    /// The parts of a file that are code: start and end.
    pub(crate) parts: fn(&str) -> Vec<(usize, usize)>,
    pub(crate) line_comments: &'static [&'static str],
    pub(crate) block_comments: &'static [(&'static str, &'static str)],
    /// The string that begins at an offset; the kind of the token that ends there, if one does.
    pub(crate) string: for<'t> fn(&'t str, usize, Option<Kind>) -> Option<Quote<'t>>,
    /// Whether the end of a line ends a statement, and blocks are indented.
    pub(crate) newlines: bool,
    /// Whether a slash can begin a regular expression.
    pub(crate) regexes: bool,
    /// Whether a tag can stand right before its string, and types stand behind colons.
    pub(crate) markup: bool,
    /// Whether elements stand in the code.
    pub(crate) elements: bool,
    /// Whether names begin with a dollar.
    pub(crate) dollar_words: bool,
    /// What joins texts.
    pub(crate) concatenation: u8,
    /// Whether strings side by side are one.
    pub(crate) adjacent: bool,
    /// How names of other files are reached.
    pub(crate) imports: Imports,
    /// What the build of a client makes of the code.
    pub(crate) items: fn(&Tokens<'_>) -> Items,
}

impl Language {
    /// What most languages have in common.
    pub(crate) const BASE: Language = Language {
        extensions: &[],
        parts: whole,
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        string: |_, _, _| None,
        newlines: false,
        regexes: false,
        markup: false,
        elements: false,
        dollar_words: false,
        concatenation: b'+',
        adjacent: false,
        imports: Imports::Project,
        items: |_| Items::default(),
    };

    /// Whether a path ends as files of the language do.
    pub(crate) fn owns(&self, path: &str) -> bool {
        let extension = path.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.'));
        extension.is_some_and(|(_, extension)| {
            self.extensions.iter().any(|own| own.eq_ignore_ascii_case(extension))
        })
    }
}

/// How a language reaches names of other files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Imports {
    /// `from a.b import c`
    Python,
    /// `import {c} from "./b"`
    JavaScript,
    /// By a name that is bound once in all files of the language.
    Project,
}

/// From where a path in code leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Base {
    /// From the folder of the file where it begins with a dot; else it is an alias of the client's build.
    Module,
    /// From the folder of the file of code.
    File,
    /// From the folder of the package that it belongs to: the next one above that holds a `Cargo.toml`.
    Package,
}

/// All of a text, without a byte order mark.
pub(crate) fn whole(text: &str) -> Vec<(usize, usize)> {
    vec![(text.len() - text.trim_start_matches('\u{FEFF}').len(), text.len())]
}

/// What a document holds for certain: a text without any of it has none.
const MARKERS: &[&str] = &[
    "query",
    "mutation",
    "subscription",
    "fragment",
    "gql",
    "raphQL",
    "raphql",
    "RAPHQL",
    // Structs of which operations are made.
    "cynic",
    "QueryFragment",
    // What a tree says it is.
    "Document\"",
    "Document'",
    "Kind.DOCUMENT",
];

/// Whether a text may hold a document. Most files of a client do not, and cost only this search.
pub(crate) fn may_hold_documents(text: &str) -> bool {
    MARKERS.iter().any(|marker| memchr::memmem::find(text.as_bytes(), marker.as_bytes()).is_some())
}

/// Whether a text looks like a document: a keyword, then what can only follow it in GraphQL.
pub(crate) fn looks_like_document(text: &str) -> bool {
    let several_lines = text.contains('\n');
    let text = skip_ignored(text, &[crate::HOLE]);
    let word =
        text.len() - text.trim_start_matches(|char: char| char.is_ascii_alphanumeric() || char == '_').len();
    let (keyword, rest) = text.split_at(word);
    let rest = rest.trim_start();
    let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | crate::HOLE);
    let behind = rest.trim_start_matches(is_name);
    let has_name = behind.len() < rest.len();
    let rest = behind.trim_start();
    let inner = || skip_ignored(&rest[1..], &[]);
    match keyword {
        "query" | "mutation" | "subscription" => match rest.bytes().next() {
            Some(b'(') => inner().starts_with(['$', crate::HOLE]),
            Some(b'@') => true,
            // A sentence can have one word in braces.
            Some(b'{') => {
                inner().starts_with(|char: char| is_name(char) || matches!(char, '.' | '%' | '{'))
                    && (several_lines
                        || rest.matches('{').count() > 1
                        || (has_name
                            && rest[1..]
                                .starts_with(|char: char| char.is_whitespace() || char == crate::HOLE)))
            }
            _ => false,
        },
        "fragment" => has_name && rest.starts_with("on ") && rest.contains(['{', crate::HOLE]),
        _ => false,
    }
}

/// A text from its first lexeme on: without blanks, comments and what else may stand before.
fn skip_ignored<'t>(mut text: &'t str, more: &[char]) -> &'t str {
    loop {
        text =
            text.trim_start_matches(|char: char| char.is_whitespace() || char == ',' || more.contains(&char));
        if !text.starts_with('#') {
            return text;
        }
        text = text.find('\n').map_or("", |end| &text[end..]);
    }
}
