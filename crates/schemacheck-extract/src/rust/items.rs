//! What the build of a client makes of its code: structs and enums with what is derived for them, and the files whose texts it
//! puts in.

use std::collections::HashMap;

use crate::code::Base;
use crate::code::literal::decode;
use crate::code::tokens::{Kind, Tokens};

/// A stretch of a file.
type Range = (u32, u32);

/// How deep types and values may nest.
const MAX_DEPTH: u32 = 32;

/// How many tokens a type, or what stands between a name and its braces, may have.
const MAX_TOKENS: usize = 1000;

/// What a file holds.
#[derive(Debug, Default)]
pub(crate) struct Items {
    pub(crate) list: Vec<Item>,
    /// The names that `use` brings here, with their paths.
    pub(crate) uses: HashMap<String, Vec<String>>,
    /// The types that `impl_scalar!` makes scalars: the name here and the one in GraphQL.
    pub(crate) scalars: Vec<(String, String)>,
    /// The structs of which calls make operations, and the keyword of the operation where the call tells it.
    pub(crate) builds: Vec<(String, Option<&'static str>)>,
    /// The keywords of the operations that the file can build, by the traits that it names.
    pub(crate) builders: Vec<&'static str>,
    /// The files that it names as documents.
    pub(crate) files: Vec<NamedFile>,
    /// Places that build an operation of which nothing can be known, and why.
    pub(crate) unresolved: Vec<(Range, &'static str)>,
}

/// A struct or an enum.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) name: String,
    /// From its keyword to its name.
    pub(crate) range: Range,
    pub(crate) at: u32,
    /// The braces that it stands in; the whole file where there are none.
    pub(crate) scope: Range,
    /// The module in the file that it stands in.
    pub(crate) module: Option<String>,
    /// The names of what is derived for it.
    pub(crate) derives: Vec<String>,
    /// What `#[cynic(…)]` or `#[graphql(…)]` says of it.
    pub(crate) settings: Settings,
    /// The names of its parameters.
    pub(crate) generics: Vec<String>,
    /// Its fields or variants.
    pub(crate) members: Vec<Member>,
}

/// A field of a struct, or a variant of an enum.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) range: Range,
    pub(crate) settings: Settings,
    /// Its type, or that of what the variant holds; nothing where there is none or it is no path.
    pub(crate) ty: Option<Type>,
    /// Where the type stands.
    pub(crate) type_range: Range,
    /// What is written between the brackets of `#[arguments(…)]`.
    pub(crate) arguments: Vec<Piece>,
    /// What is written behind the field for `#[directives(…)]`.
    pub(crate) directives: Vec<Piece>,
}

/// A type: its path and the types between its angle brackets. A slice is a `Vec`, a reference what it refers to.
#[derive(Clone, Debug)]
pub(crate) struct Type {
    pub(crate) path: Vec<String>,
    pub(crate) arguments: Vec<Type>,
}

/// What an attribute says: keys with their values, which are empty where there are none.
#[derive(Debug, Default)]
pub(crate) struct Settings(Vec<(String, String)>);

/// A piece of GraphQL that stands for Rust.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(String, u32),
    /// A variable, by its name in Rust.
    Variable(String, u32),
    Hole(Range),
}

/// A file that is named as a document.
#[derive(Debug)]
pub(crate) struct NamedFile {
    pub(crate) range: Range,
    pub(crate) path: String,
    pub(crate) base: Base,
}

impl Settings {
    /// The value of a key, where it is there.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// Whether a key is there and not denied.
    pub(crate) fn is(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| value != "false")
    }
}

impl Item {
    pub(crate) fn derives(&self, name: &str) -> bool {
        self.derives.iter().any(|derived| derived == name)
    }

    /// The name of its type in GraphQL.
    pub(crate) fn graphql_type(&self) -> &str {
        self.settings.get("graphql_type").unwrap_or(&self.name)
    }
}

/// What is derived for the structs and enums that matter here.
const DERIVED: &[&str] =
    &["QueryFragment", "InlineFragments", "QueryVariables", "InputObject", "Enum", "Scalar", "GraphQLQuery"];

/// Whether the name of a file says that it is a document.
pub(crate) fn is_document_path(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| {
        ending.eq_ignore_ascii_case("graphql") || ending.eq_ignore_ascii_case("gql")
    })
}

/// Reads a file.
pub(crate) fn items(tokens: &Tokens<'_>) -> Items {
    let mut scanner = Scanner { tokens, items: Items::default(), open: Vec::new() };
    let mut at = 0;
    while at < tokens.list.len() {
        at = scanner.token(at);
    }
    scanner.items
}

struct Scanner<'s, 't> {
    tokens: &'s Tokens<'t>,
    items: Items,
    /// The braces that are open.
    open: Vec<usize>,
}

/// The attributes in front of something.
#[derive(Default)]
struct Attributes {
    derives: Vec<String>,
    settings: Settings,
    arguments: Vec<Piece>,
    directives: Vec<Piece>,
}

impl Scanner<'_, '_> {
    /// Looks at a token; gives the next one to look at.
    fn token(&mut self, at: usize) -> usize {
        let tokens = self.tokens;
        match tokens.list[at].kind {
            Kind::Open(b'{') => self.open.push(at),
            Kind::Close if self.open.last().is_some_and(|&open| tokens.partner(open) == at) => {
                self.open.pop();
            }
            Kind::Punct(b'#') => {
                let (attributes, next) = self.attributes(at);
                self.item(attributes, next);
                return next.max(at + 1);
            }
            Kind::Word => self.word(at),
            _ => {}
        }
        at + 1
    }

    fn word(&mut self, at: usize) {
        let tokens = self.tokens;
        let is_call = tokens.kind(at + 1) == Some(Kind::Open(b'('));
        let is_macro = tokens.is_punct(at + 1, b'!') && matches!(tokens.kind(at + 2), Some(Kind::Open(_)));
        match tokens.of(at) {
            "use" => self.imports(at + 1, &[], 0),
            "include_str" | "include_bytes" if is_macro => self.included(at),
            "impl_scalar" if is_macro => self.scalar(at + 2),
            "QueryBuilder" => self.items.builders.push("query"),
            "MutationBuilder" => self.items.builders.push("mutation"),
            "SubscriptionBuilder" => self.items.builders.push("subscription"),
            "build" if is_call => {
                if let Some(name) = self.called_on(at).and_then(|ty| ty.path.last().cloned()) {
                    self.items.builds.push((name, None));
                }
            }
            word @ ("query" | "mutation" | "subscription") if is_call => {
                let keyword = ["query", "mutation", "subscription"].into_iter().find(|known| *known == word);
                let ty = self.called_on(at).filter(|ty| {
                    let name = ty.path.last().map_or("", String::as_str);
                    matches!(name, "Operation" | "StreamingOperation" | "OperationBuilder")
                });
                let name = ty.and_then(|ty| ty.arguments.first()?.path.last().cloned());
                self.items.builds.extend(name.map(|name| (name, keyword)));
            }
            "impl" => self.by_hand(at),
            _ => {}
        }
    }

    fn range(&self, from: usize, to: usize) -> Range {
        let list = &self.tokens.list;
        let end_of_text = self.tokens.text.len() as u32;
        let start = list.get(from).map_or(end_of_text, |token| token.start);
        let end = list.get(to.saturating_sub(1)).map_or(end_of_text, |token| token.end);
        (start, end.max(start))
    }

    /// Whether two colons stand here.
    fn colons(&self, at: usize) -> bool {
        self.tokens.is_punct(at, b':') && self.tokens.is_punct(at + 1, b':')
    }

    /// The type in front of the two colons before a word: `User::build`, `Operation::<User, ()>::query`.
    fn called_on(&self, word: usize) -> Option<Type> {
        let tokens = self.tokens;
        let end = word.checked_sub(2).filter(|&colons| self.colons(colons))?;
        let mut begin = end;
        loop {
            begin = begin.checked_sub(1)?;
            if tokens.is_punct(begin, b'>') {
                let mut angles = 1u32;
                while angles > 0 {
                    begin = begin.checked_sub(1).filter(|begin| begin + 200 > end)?;
                    angles += u32::from(tokens.is_punct(begin, b'>'));
                    angles -= u32::from(tokens.is_punct(begin, b'<'));
                }
                begin = begin.checked_sub(1)?;
                if tokens.is_punct(begin, b':') {
                    begin = begin.checked_sub(2)?;
                }
            }
            if tokens.kind(begin) != Some(Kind::Word) {
                return None;
            }
            match begin.checked_sub(2).filter(|&colons| self.colons(colons)) {
                Some(colons) => begin = colons,
                None => return self.ty(begin, end, 0).0,
            }
        }
    }

    /// `impl cynic::QueryFragment for Name`: a selection that is written as code.
    fn by_hand(&mut self, at: usize) {
        let tokens = self.tokens;
        let body = (at..(at + 100).min(tokens.list.len()))
            .find(|&next| matches!(tokens.kind(next), Some(Kind::Open(b'{') | Kind::Punct(b';'))));
        let Some(body) = body else { return };
        let built = |next: &usize| tokens.is_word(*next, "for") && tokens.is_word(*next - 1, "QueryFragment");
        if (at + 1..body).any(|next| built(&next)) {
            let reason = "the selection is made by code here, not derived";
            self.items.unresolved.push((self.range(at, body), reason));
        }
    }

    /// The names of a `use`, or of one of its groups, which begins with this path.
    fn imports(&mut self, mut at: usize, before: &[String], depth: u32) {
        let tokens = self.tokens;
        let grouped = depth > 0;
        if depth >= MAX_DEPTH {
            return;
        }
        loop {
            let mut path = before.to_vec();
            while let Some(Kind::Word | Kind::Punct(b':')) = tokens.kind(at) {
                if tokens.is_punct(at, b':') {
                    at += 1;
                    continue;
                }
                path.push(tokens.of(at).to_owned());
                at += 1;
                if !self.colons(at) {
                    break;
                }
            }
            if tokens.kind(at) == Some(Kind::Open(b'{')) {
                self.imports(at + 1, &path, depth + 1);
                at = tokens.partner(at) + 1;
            } else if !tokens.is_punct(at, b'*') {
                if path.last().is_some_and(|last| last == "self") {
                    path.pop();
                }
                let renamed = tokens.is_word(at, "as").then(|| tokens.of(at + 1).to_owned());
                at += if renamed.is_some() { 2 } else { 0 };
                if let Some(name) = renamed.or_else(|| path.last().cloned()) {
                    self.items.uses.entry(name).or_insert(path);
                }
            } else {
                at += 1;
            }
            if !grouped || !tokens.is_punct(at, b',') {
                return;
            }
            at += 1;
        }
    }

    /// `include_str!("query.graphql")`
    fn included(&mut self, at: usize) {
        let tokens = self.tokens;
        let (open, close) = (at + 2, tokens.partner(at + 2));
        if close >= tokens.list.len() {
            return;
        }
        let range = self.range(at, close + 1);
        match self.path(open + 1, close) {
            Some((path, base)) if is_document_path(&path) => {
                self.items.files.push(NamedFile { range, path, base });
            }
            Some(_) => {}
            None => {
                let last = (open..close).rev().find_map(|at| self.string(at));
                if last.is_some_and(|path| is_document_path(&path)) {
                    let reason = "only the build of the client knows which file this is";
                    self.items.unresolved.push((range, reason));
                }
            }
        }
    }

    /// A path: a string, or `concat!(env!("CARGO_MANIFEST_DIR"), "…")`.
    fn path(&self, at: usize, close: usize) -> Option<(String, Base)> {
        let tokens = self.tokens;
        let behind = |at: usize| if tokens.is_punct(at, b',') { at + 1 } else { at };
        if let Some(path) = self.string(at) {
            return (behind(tokens.partner(at) + 1) >= close).then_some((path, Base::File));
        }
        let is_macro = |at: usize, name: &str| {
            tokens.is_word(at, name)
                && tokens.is_punct(at + 1, b'!')
                && matches!(tokens.kind(at + 2), Some(Kind::Open(_)))
        };
        let env = at + 3;
        if !is_macro(at, "concat") || !is_macro(env, "env") {
            return None;
        }
        if self.string(env + 3).as_deref() != Some("CARGO_MANIFEST_DIR") {
            return None;
        }
        let end = tokens.partner(at + 2);
        let (mut path, mut at) = (String::new(), behind(tokens.partner(env + 2) + 1));
        while at < end {
            path.push_str(&self.string(at)?);
            at = behind(tokens.partner(at) + 1);
        }
        Some((path.trim_start_matches('/').to_owned(), Base::Package))
    }

    /// `impl_scalar!(chrono::DateTime<Utc>, schema::DateTime)`
    fn scalar(&mut self, open: usize) {
        let close = self.tokens.partner(open);
        let (Some(ty), next) = self.ty(open + 1, close, 0) else { return };
        let (Some(graphql), _) = self.ty(next + 1, close, 0) else { return };
        if let (Some(name), Some(graphql)) = (ty.path.last(), graphql.path.last()) {
            self.items.scalars.push((name.clone(), graphql.clone()));
        }
    }

    /// The text of a string that is a literal.
    fn string(&self, at: usize) -> Option<String> {
        let Some(Kind::StringOpen(number)) = self.tokens.kind(at) else { return None };
        match self.tokens.partner(at).checked_sub(at) {
            Some(1) => Some(String::new()),
            Some(2) => Some(decode(self.tokens, at + 1, &self.tokens.quotes[number as usize], 0).text),
            _ => None,
        }
    }

    /// The attributes that begin at a token, and the token behind them.
    fn attributes(&self, mut at: usize) -> (Attributes, usize) {
        let tokens = self.tokens;
        let mut attributes = Attributes::default();
        while tokens.is_punct(at, b'#') && tokens.kind(at + 1) == Some(Kind::Open(b'[')) {
            let (open, close) = (at + 1, tokens.partner(at + 1));
            if close >= tokens.list.len() {
                return (attributes, close);
            }
            let list = (open + 1..close)
                .find(|&next| !matches!(tokens.kind(next), Some(Kind::Word | Kind::Punct(b':'))))
                .filter(|&next| tokens.kind(next) == Some(Kind::Open(b'(')));
            if let Some(list) = list {
                let (from, to) = (list + 1, tokens.partner(list).min(close));
                match tokens.of(list - 1) {
                    "derive" | "cfg_attr" => {
                        let words = (from..to).filter(|&at| tokens.kind(at) == Some(Kind::Word));
                        attributes.derives.extend(words.map(|at| tokens.of(at).to_owned()));
                    }
                    "cynic" | "graphql" => self.settings(from, to, &mut attributes.settings),
                    "arguments" => attributes.arguments = self.arguments(from, to, 0),
                    "directives" => attributes.directives.extend(self.directives(from, to)),
                    _ => {}
                }
            }
            at = close + 1;
        }
        (attributes, at)
    }

    /// `key = "value", key`
    fn settings(&self, from: usize, to: usize, settings: &mut Settings) {
        let tokens = self.tokens;
        for (from, to) in self.separated(from, to) {
            let value = if tokens.is_punct(from + 1, b'=') {
                let words = || (from + 2..to).map(|at| tokens.of(at)).collect();
                self.string(from + 2).unwrap_or_else(words)
            } else {
                String::new()
            };
            settings.0.push((tokens.of(from).to_owned(), value));
        }
    }

    /// What stands between commas: the first token and the one behind the last.
    fn separated(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        let tokens = self.tokens;
        let (mut parts, mut begin, mut at) = (Vec::new(), from, from);
        while at < to {
            match tokens.kind(at) {
                Some(Kind::Open(_) | Kind::StringOpen(_)) => at = tokens.partner(at).max(at),
                Some(Kind::Punct(b',')) => {
                    parts.push((begin, at));
                    begin = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        parts.push((begin, to));
        parts.retain(|(from, to)| from < to);
        parts
    }

    /// `name: $value, name = expression`, as GraphQL.
    fn arguments(&self, from: usize, to: usize, depth: u32) -> Vec<Piece> {
        let tokens = self.tokens;
        let mut pieces = Vec::new();
        for (from, to) in self.separated(from, to) {
            let start = tokens.list[from].start;
            if !pieces.is_empty() {
                pieces.push(Piece::Text(", ".to_owned(), start));
            }
            let literal = tokens.is_punct(from + 1, b':');
            // In front of an argument that only some servers get stands an attribute.
            if tokens.kind(from) != Some(Kind::Word) || !(literal || tokens.is_punct(from + 1, b'=')) {
                pieces.push(Piece::Hole(self.range(from, to)));
                continue;
            }
            pieces.push(Piece::Text(format!("{}: ", tokens.of(from)), start));
            pieces.extend(self.value(from + 2, to, literal, depth));
        }
        pieces
    }

    /// A value: of GraphQL, or what Rust's literals are in it.
    fn value(&self, from: usize, to: usize, graphql: bool, depth: u32) -> Vec<Piece> {
        let tokens = self.tokens;
        let range = self.range(from, to);
        let unknown = || vec![Piece::Hole(range)];
        let verbatim =
            || vec![Piece::Text(tokens.text[range.0 as usize..range.1 as usize].to_owned(), range.0)];
        let Some(kind) = tokens.kind(from).filter(|_| from < to && depth < MAX_DEPTH) else {
            return unknown();
        };
        let digits = |at: usize| {
            tokens.kind(at) == Some(Kind::Number)
                && at + 1 == to
                && tokens.of(at).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                && !tokens.of(at).ends_with('.')
        };
        match kind {
            Kind::Number if digits(from) => verbatim(),
            Kind::Punct(b'-') if digits(from + 1) => verbatim(),
            Kind::StringOpen(_) if tokens.partner(from) + 1 == to => {
                let written = &tokens.text[range.0 as usize..range.1 as usize];
                let inside = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                // Where an enum is asked for, a string in GraphQL's place is the name of its value.
                let plain = inside
                    .filter(|inside| !(inside.contains(['\\', '\n', '\r']) || graphql && is_name(inside)));
                if plain.is_some() { verbatim() } else { unknown() }
            }
            Kind::Word if from + 1 == to && (graphql || matches!(tokens.of(from), "true" | "false")) => {
                verbatim()
            }
            Kind::Punct(b'$') if graphql && tokens.kind(from + 1) == Some(Kind::Word) && from + 2 == to => {
                vec![Piece::Variable(tokens.of(from + 1).to_owned(), range.0)]
            }
            Kind::Open(open @ (b'{' | b'[')) if graphql && tokens.partner(from) + 1 == to => {
                let inside = if open == b'{' {
                    self.arguments(from + 1, to - 1, depth + 1)
                } else {
                    let mut inside = Vec::new();
                    for (from, to) in self.separated(from + 1, to - 1) {
                        if !inside.is_empty() {
                            inside.push(Piece::Text(", ".to_owned(), tokens.list[from].start));
                        }
                        inside.extend(self.value(from, to, true, depth + 1));
                    }
                    inside
                };
                let (open, close) = if open == b'{' { ("{", "}") } else { ("[", "]") };
                let mut pieces = vec![Piece::Text(open.to_owned(), range.0)];
                pieces.extend(inside);
                pieces.push(Piece::Text(close.to_owned(), tokens.list[to - 1].start));
                pieces
            }
            _ => unknown(),
        }
    }

    /// `skip(if: $hidden), tag(name: "x")`, as GraphQL.
    fn directives(&self, from: usize, to: usize) -> Vec<Piece> {
        let tokens = self.tokens;
        let mut pieces = Vec::new();
        for (from, to) in self.separated(from, to) {
            let start = tokens.list[from].start;
            pieces.push(Piece::Text(format!(" @{}", tokens.of(from)), start));
            if from + 1 < to && tokens.kind(from + 1) == Some(Kind::Open(b'(')) {
                pieces.push(Piece::Text("(".to_owned(), start));
                pieces.extend(self.arguments(from + 2, tokens.partner(from + 1).min(to), 0));
                pieces.push(Piece::Text(")".to_owned(), start));
            }
        }
        pieces
    }

    /// The struct or enum behind its attributes, where something that matters is derived for it.
    fn item(&mut self, attributes: Attributes, at: usize) {
        let tokens = self.tokens;
        let keyword = self.behind_visibility(at);
        let is_struct = tokens.is_word(keyword, "struct");
        if !is_struct && !tokens.is_word(keyword, "enum") {
            return;
        }
        let Attributes { mut derives, settings, .. } = attributes;
        derives.retain(|name| DERIVED.contains(&name.as_str()));
        if derives.is_empty() {
            return;
        }
        let Some((name, behind)) = self.name(keyword + 1) else {
            let makes_operations =
                derives.iter().any(|name| matches!(name.as_str(), "QueryFragment" | "GraphQLQuery"));
            if makes_operations {
                let reason = "a macro makes this struct, and operations of it";
                self.items.unresolved.push((self.range(keyword, keyword + 3), reason));
            }
            return;
        };
        let range = self.range(keyword, behind);
        if derives.iter().any(|name| name == "GraphQLQuery") {
            match settings.get("query_path") {
                Some(path) if !path.is_empty() => {
                    let path = path.trim_start_matches('/').to_owned();
                    self.items.files.push(NamedFile { range, path, base: Base::Package });
                }
                _ => {
                    let reason = "its attribute graphql names no query_path";
                    self.items.unresolved.push((range, reason));
                }
            }
            return;
        }
        let (generics, mut at) = self.generics(behind);
        if tokens.is_word(at, "where") {
            let most = at + MAX_TOKENS;
            while at < most && !matches!(tokens.kind(at), Some(Kind::Open(b'{') | Kind::Punct(b';')) | None) {
                at = match tokens.kind(at) {
                    Some(Kind::Open(_)) => tokens.partner(at) + 1,
                    _ => at + 1,
                };
            }
        }
        let members = match tokens.kind(at) {
            Some(Kind::Open(b'{')) if tokens.partner(at) < tokens.list.len() => {
                self.members(at + 1, tokens.partner(at), is_struct)
            }
            _ => Vec::new(),
        };
        let block = self.open.last().copied();
        let scope = block.map_or((0, u32::MAX), |open| self.range(open, tokens.partner(open) + 1));
        let modules = self.open.iter().rev().filter_map(|&open| {
            let name = open.checked_sub(1)?;
            let keyword = open.checked_sub(2)?;
            tokens.is_word(keyword, "mod").then(|| tokens.of(name).to_owned())
        });
        let module = modules.take(1).next();
        let at = self.range(behind - 1, behind).0;
        self.items.list.push(Item { name, range, at, scope, module, derives, settings, generics, members });
    }

    /// The token behind `pub` and `pub(…)`.
    fn behind_visibility(&self, at: usize) -> usize {
        let tokens = self.tokens;
        match tokens.kind(at + 1) {
            _ if !tokens.is_word(at, "pub") => at,
            Some(Kind::Open(b'(')) => tokens.partner(at + 1) + 1,
            _ => at + 1,
        }
    }

    /// A name, and the token behind it: `name`, `r#name`.
    fn name(&self, at: usize) -> Option<(String, usize)> {
        let tokens = self.tokens;
        let raw = tokens.is_word(at, "r") && tokens.is_punct(at + 1, b'#');
        let at = if raw { at + 2 } else { at };
        (tokens.kind(at) == Some(Kind::Word)).then(|| (tokens.of(at).to_owned(), at + 1))
    }

    /// The names of the parameters of a type, and the token behind their brackets.
    fn generics(&self, begun: usize) -> (Vec<String>, usize) {
        let tokens = self.tokens;
        let (mut names, mut depth, mut at) = (Vec::new(), 0u32, begun);
        while at < (begun + MAX_TOKENS).min(tokens.list.len()) {
            match tokens.kind(at) {
                Some(Kind::Punct(b'<')) => depth += 1,
                Some(Kind::Punct(b'>')) if at > 0 && tokens.is_punct(at - 1, b'-') => {}
                Some(Kind::Punct(b'>')) if depth == 1 => return (names, at + 1),
                Some(Kind::Punct(b'>')) => depth = depth.saturating_sub(1),
                Some(Kind::Open(_)) if depth > 0 => at = tokens.partner(at),
                Some(Kind::Word)
                    if depth == 1 && (tokens.is_punct(at - 1, b'<') || tokens.is_punct(at - 1, b',')) =>
                {
                    names.push(tokens.of(at).to_owned());
                }
                _ if depth == 0 => return (names, at),
                _ => {}
            }
            at += 1;
        }
        (names, at)
    }

    /// The fields or variants between two braces.
    fn members(&self, mut at: usize, close: usize, is_struct: bool) -> Vec<Member> {
        let tokens = self.tokens;
        let mut members = Vec::new();
        while at < close {
            let (attributes, behind) = self.attributes(at);
            let begun = self.behind_visibility(behind);
            let Some((name, mut next)) = self.name(begun) else {
                at = behind.max(at) + 1;
                continue;
            };
            let range = self.range(next - 1, next);
            let (mut ty, mut type_range) = (None, range);
            let opens = if is_struct { tokens.is_punct(next, b':') } else { tokens.of(next) == "(" };
            let end = self.behind_member(next, close);
            if opens {
                let last = if is_struct { end } else { tokens.partner(next).min(close) };
                let (found, behind) = self.ty(next + 1, last, 0);
                type_range = self.range(next + 1, last);
                next = if tokens.is_punct(behind, b',') { behind + 1 } else { behind };
                // More than a path is no type that a selection can be made of.
                ty = found.filter(|_| next >= last);
            }
            let Attributes { settings, arguments, directives, .. } = attributes;
            members.push(Member { name, range, settings, ty, type_range, arguments, directives });
            at = end + 1;
        }
        members
    }

    /// The comma behind a field or variant, or the end.
    fn behind_member(&self, mut at: usize, close: usize) -> usize {
        let tokens = self.tokens;
        let mut angles = 0u32;
        while at < close {
            match tokens.kind(at) {
                Some(Kind::Punct(b',')) if angles == 0 => return at,
                Some(Kind::Punct(b'<')) => angles += 1,
                Some(Kind::Punct(b'>')) if !tokens.is_punct(at - 1, b'-') => {
                    angles = angles.saturating_sub(1);
                }
                Some(Kind::Open(_) | Kind::StringOpen(_)) => at = tokens.partner(at).max(at),
                _ => {}
            }
            at += 1;
        }
        close
    }

    /// The type at a token, and the token behind it.
    fn ty(&self, mut at: usize, end: usize, depth: u32) -> (Option<Type>, usize) {
        let tokens = self.tokens;
        if depth > MAX_DEPTH {
            return (None, end);
        }
        let end = end.min(at + MAX_TOKENS);
        loop {
            if tokens.is_punct(at, b'\'') {
                at += 2;
            } else if tokens.is_punct(at, b'&') || tokens.is_word(at, "mut") || tokens.is_punct(at, b':') {
                at += 1;
            } else {
                break;
            }
        }
        if at >= end {
            return (None, end);
        }
        if tokens.kind(at) == Some(Kind::Open(b'[')) {
            let close = tokens.partner(at);
            let (inner, _) = self.ty(at + 1, close, depth + 1);
            let list = inner.map(|inner| Type { path: vec!["Vec".to_owned()], arguments: vec![inner] });
            return (list, close + 1);
        }
        let (mut path, mut arguments) = (Vec::new(), Vec::new());
        while let Some((name, behind)) = self.name(at).filter(|_| at < end) {
            path.push(name);
            at = behind;
            if tokens.is_punct(at, b'<') || (self.colons(at) && tokens.is_punct(at + 2, b'<')) {
                at = if tokens.is_punct(at, b'<') { at + 1 } else { at + 3 };
                arguments.clear();
                while at < end && !tokens.is_punct(at, b'>') {
                    if tokens.is_punct(at, b'\'') {
                        at += 2;
                    } else if tokens.is_punct(at, b',') {
                        at += 1;
                    } else {
                        let (argument, behind) = self.ty(at, end, depth + 1);
                        arguments.push(argument.unwrap_or(Type { path: Vec::new(), arguments: Vec::new() }));
                        at = behind.max(at + 1);
                    }
                }
                at += 1;
            }
            if !self.colons(at) || at >= end {
                break;
            }
            at += 2;
        }
        ((!path.is_empty()).then_some(Type { path, arguments }), at)
    }
}

fn is_name(text: &str) -> bool {
    !text.starts_with(|char: char| char.is_ascii_digit())
        && !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
