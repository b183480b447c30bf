//! Tagged templates as compilers write them for old browsers: a call of the tag with the list of the template's texts, which
//! is made once, and then what stood between the texts.
//!
//! TypeScript: `gql(t || (t = __makeTemplateObject(["…", "…"], ["…", "…"])), A)`, Babel and SWC: the same with other names, or
//! `gql(t(), A)` with a function `t` that makes the list; esbuild: `__template`. Where the code is minified, all names are
//! short, so the form tells.

use std::collections::{BTreeSet, HashMap};

use super::expression::{Expression, Reader, join};
use super::tokens::{Kind, Tokens};

/// A list of texts that a name stands for.
#[derive(Clone, Copy, Debug)]
struct Template {
    /// The token that opens the list.
    list: usize,
    /// The braces that the name is known in: their tokens.
    scope: (usize, usize),
    /// Whether the name is that of a function that gives the list.
    function: bool,
}

/// The lists of a file.
#[derive(Debug, Default)]
pub(crate) struct Templates<'t> {
    by_name: HashMap<&'t str, Vec<Template>>,
    /// Those that functions make: the tokens that open them.
    pub(crate) of_functions: BTreeSet<usize>,
}

/// Words that an expression begins behind.
const KEYWORDS: &[&str] =
    &["return", "await", "case", "yield", "default", "void", "typeof", "in", "of", "else", "do"];

/// How many tokens stand before a list in the call that makes it, at most.
const MAX_BEFORE_LIST: usize = 16;

/// The lists of texts of a file.
pub(crate) fn templates<'t>(tokens: &'t Tokens<'_>) -> Templates<'t> {
    let mut templates = Templates::default();
    let mut open = Vec::new();
    let count = tokens.list.len();
    for at in 0..count {
        match tokens.list[at].kind {
            Kind::Open(b'{') => open.push((at, tokens.partner(at))),
            Kind::Close if open.last().is_some_and(|&(_, close)| close == at) => {
                open.pop();
            }
            Kind::Punct(b'=') => {
                let Some(name) = at.checked_sub(1).filter(|&name| tokens.kind(name) == Some(Kind::Word))
                else {
                    continue;
                };
                let Some(list) = list_from(tokens, at + 1) else { continue };
                let scope = open.last().copied().unwrap_or((0, count));
                // `function t() { var data = …; t = function () { return data }; return data }`
                let function = open.last().and_then(|&(brace, _)| brace.checked_sub(4)).filter(|&begun| {
                    tokens.is_word(begun, "function") && tokens.partner(begun + 2) == begun + 3
                });
                let template = match function.filter(|&begun| begun + 6 == name) {
                    Some(begun) => {
                        let scope = open.iter().rev().nth(1).copied().unwrap_or((0, count));
                        (tokens.of(begun + 1), Template { list, scope, function: true })
                    }
                    None => (tokens.of(name), Template { list, scope, function: false }),
                };
                if template.1.function {
                    templates.of_functions.insert(list);
                }
                let named = templates.by_name.entry(template.0).or_default();
                // Of two in the same braces, neither is known to be meant; of more, two tell as much.
                let same = named.iter().rev().take(2).filter(|other| other.scope == template.1.scope).count();
                if same < 2 {
                    named.push(template.1);
                }
            }
            _ => {}
        }
    }
    templates
}

/// The list of texts that an expression is, or that stands first in its call: `["…"]`, `make(["…"])`, `(0, m.make)(["…"])`.
fn list_from(tokens: &Tokens<'_>, begun: usize) -> Option<usize> {
    let is_list = |at: usize| {
        tokens.kind(at) == Some(Kind::Open(b'[')) && matches!(tokens.kind(at + 1), Some(Kind::StringOpen(_)))
    };
    if is_list(begun) {
        return Some(begun);
    }
    let mut at = begun;
    while at < begun + MAX_BEFORE_LIST {
        match tokens.kind(at)? {
            Kind::Word | Kind::Punct(b'.') => at += 1,
            Kind::Open(b'(') if is_list(at + 1) => return Some(at + 1),
            Kind::Open(b'(') if tokens.is_indirect(at) => at = tokens.partner(at) + 1,
            _ => return None,
        }
    }
    None
}

impl Tokens<'_> {
    /// Whether a bracket holds a function that is called without what it belongs to: `(0, module.gql)`.
    pub(crate) fn is_indirect(&self, open: usize) -> bool {
        self.kind(open) == Some(Kind::Open(b'('))
            && self.of(open + 1) == "0"
            && self.is_punct(open + 2, b',')
            && self.kind(open + 3) == Some(Kind::Word)
            && self.partner(open) < open + MAX_BEFORE_LIST
            // Behind a value, the bracket calls that.
            && open.checked_sub(1).is_none_or(|before| match self.list[before].kind {
                Kind::Word => KEYWORDS.contains(&self.of(before)),
                Kind::Close => self.of(before) == "}",
                _ => true,
            })
    }

    /// The token behind the bracket of `(0, module.gql)`, where it closes here; else this one.
    pub(crate) fn behind_indirect(&self, at: usize) -> usize {
        let closes =
            self.of(at) == ")" && self.kind(at) == Some(Kind::Close) && self.is_indirect(self.partner(at));
        if closes { at + 1 } else { at }
    }
}

impl Reader<'_, '_> {
    /// The list of texts that an argument is, and the token behind the argument.
    fn template(&self, at: usize) -> Option<(usize, usize)> {
        let tokens = self.tokens;
        if tokens.kind(at) != Some(Kind::Word) {
            return None;
        }
        let name = tokens.of(at);
        if tokens.is_punct(at + 1, b'|') {
            let made_once = tokens.is_punct(at + 2, b'|')
                && tokens.kind(at + 3) == Some(Kind::Open(b'('))
                && tokens.is_word(at + 4, name)
                && tokens.is_punct(at + 5, b'=');
            let list = list_from(tokens, at + 6).filter(|_| made_once)?;
            return Some((list, tokens.partner(at + 3) + 1));
        }
        if tokens.kind(at + 1) == Some(Kind::Open(b'(')) && tokens.partner(at + 1) == at + 2 {
            return Some((self.bound_template(at, true)?, at + 3));
        }
        if let Some(list) = self.bound_template(at, false) {
            return Some((list, at + 1));
        }
        let list = list_from(tokens, at)?;
        let helper = (at..list).any(|at| tokens.of(at).contains("emplate"));
        helper.then(|| (list, tokens.partner(list - 1) + 1))
    }

    /// The list that a name stands for: the one of the innermost braces.
    fn bound_template(&self, at: usize, function: bool) -> Option<usize> {
        let sees = |template: &&Template| {
            template.function == function && template.scope.0 <= at && at < template.scope.1
        };
        let mut seen: Vec<&Template> =
            self.templates.by_name.get(self.tokens.of(at))?.iter().filter(sees).collect();
        seen.sort_by_key(|template| template.scope.0);
        let innermost = seen.pop()?;
        seen.last().is_none_or(|other| other.scope.0 < innermost.scope.0).then_some(innermost.list)
    }

    /// The text of a template whose tag is called with the bracket that opens here.
    pub(crate) fn compiled(&self, open: usize, depth: u32) -> Option<Expression> {
        let (list, behind) = self.template(open + 1)?;
        if behind != self.tokens.partner(open) && !self.tokens.is_punct(behind, b',') {
            return None;
        }
        let between = self.arguments(open, depth).into_iter().skip(1).map(|argument| argument.value);
        Some(self.interleaved(list, between, depth))
    }

    /// The texts of a list with what stands between them.
    pub(crate) fn interleaved(
        &self,
        list: usize,
        between: impl IntoIterator<Item = Expression>,
        depth: u32,
    ) -> Expression {
        let range = self.range(list, list + 1);
        let mut between = between.into_iter();
        let mut parts = Vec::new();
        for (index, text) in self.arguments(list, depth).into_iter().enumerate() {
            if index > 0 {
                let value = between.next().unwrap_or(Expression::Unknown(range));
                parts.push(Expression::Interpolation(value.range(), Box::new(value)));
            }
            parts.push(text.value);
        }
        join(parts)
    }
}
