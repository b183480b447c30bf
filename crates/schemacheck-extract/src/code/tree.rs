//! Documents that a generator wrote as a tree, as graphql-js keeps them: `{kind: "Document", definitions: […]}`. The tree
//! becomes text again, and each name and value of it stands where the tree has it.
//!
//! JSON is read in the same way: it is an expression of JavaScript.

use schemacheck_graphql::normal_form::normal_form;
use serde::de::IgnoredAny;

use super::expression::{Expression, Reader, join};
use super::literal::Literal;
use super::template::Templates;
use super::tokens::{Kind, tokens};
use crate::javascript;

/// A document that is written as a tree.
#[derive(Debug)]
pub(crate) struct Tree {
    /// Its text, or why it has none.
    pub(crate) text: Result<Expression, &'static str>,
    /// The token behind the tree.
    pub(crate) behind: usize,
    /// The token behind all that belongs to it.
    pub(crate) last: usize,
}

/// A document of a text in JSON.
#[derive(Debug)]
pub(crate) struct JsonTree {
    /// Its text with its places in the JSON, or why it has none.
    pub(crate) text: Result<Literal, &'static str>,
    /// Where it begins.
    pub(crate) at: u32,
    /// Whether it is the whole of the JSON.
    pub(crate) whole: bool,
}

/// How deep the nodes of a tree may nest. Each level takes the stack.
const MAX_DEPTH: u32 = 100;
/// How deep a tree may stand in other expressions, and for how much of that a tree counts.
const MAX_AROUND: u32 = 48;
const DEPTH: u32 = 16;
/// How many keys may stand before the kind of a node.
const MAX_BEFORE_KIND: usize = 8;

const DAMAGED: &str = "the document is a tree that is not as graphql-js makes it";
const BUILT: &str = "only the running client knows the definitions of the tree";

/// The documents in a text in JSON, in its order.
pub(crate) fn in_json(text: &str) -> Vec<JsonTree> {
    let tokens = tokens(&javascript::LANGUAGE, text, super::whole(text));
    let templates = Templates::default();
    let reader = Reader {
        tokens: &tokens,
        language: &javascript::LANGUAGE,
        tags: &[],
        tag_modules: &[],
        selections: &[],
        templates: &templates,
    };
    let mut trees = Vec::new();
    let mut at = 0;
    while at < tokens.list.len() {
        let tree = if tokens.kind(at) == Some(Kind::Open(b'{')) { reader.tree(at, 0) } else { None };
        let Some(tree) = tree else {
            at += 1;
            continue;
        };
        let text = tree.text.and_then(|text| text.into_literal().ok_or(DAMAGED));
        let whole = at == 0 && tree.behind == tokens.list.len();
        trees.push(JsonTree { text, at: tokens.list[at].start, whole });
        at = tree.behind;
    }
    trees
}

/// A key of an object and the tokens of its value.
#[derive(Clone, Copy)]
struct Entry<'t> {
    /// Nothing for what is spread into the object.
    key: Option<&'t str>,
    at: usize,
    end: usize,
}

impl<'t> Reader<'_, 't> {
    /// The document that is written as a tree in the braces that open here. None where it is something else, or a document
    /// of types alone.
    pub(crate) fn tree(&self, open: usize, depth: u32) -> Option<Tree> {
        if depth > MAX_AROUND || self.kind_of(open)? != "Document" {
            return None;
        }
        let definitions = self.entry(open, "definitions")?;
        if self.tokens.kind(definitions.at) == Some(Kind::Open(b'{')) {
            return None;
        }
        let behind = self.tokens.partner(open) + 1;
        if behind > self.tokens.list.len() {
            return None;
        }
        let (body, last) = match self.body(open, depth) {
            Some(body) => (Some(body), behind),
            None => self.body_behind(open, depth).map_or((None, behind), |(body, last)| (Some(body), last)),
        };
        let (parts, text) = (Vec::new(), Literal::default());
        let mut writer = Writer { reader: self, around: depth, parts, text, own: 0, types: false };
        let text = match writer.definitions(definitions.at, definitions.end) {
            Ok(()) if writer.is_empty() && writer.types => return None,
            Ok(()) if writer.own == 0 => Err(BUILT),
            Ok(()) => Ok(writer.finish(body)),
            Err(reason) => Err(reason),
        };
        let text = text.map(|text| Expression::Document(Box::new(text)));
        Some(Tree { text, behind, last })
    }

    /// The documents in `JSON.parse("…")`, whose bracket opens here, each with its place, and whether one is the whole of it.
    pub(crate) fn parsed_trees(&self, open: usize, depth: u32) -> Vec<JsonTree> {
        let close = self.tokens.partner(open);
        let holds =
            |at: usize| ["\"Document", "Document\\\""].iter().any(|kind| self.tokens.of(at).contains(kind));
        if depth > MAX_AROUND || !(open + 1..close).take(MAX_BEFORE_KIND).any(holds) {
            return Vec::new();
        }
        let Some(outer) = self.expression(open + 1, close, true, depth + DEPTH).0.into_literal() else {
            let at = self.range(open, close).0;
            return vec![JsonTree { text: Err(BUILT), at, whole: true }];
        };
        if serde_json::from_str::<IgnoredAny>(&outer.text).is_err() {
            return Vec::new();
        }
        let trees = in_json(&outer.text).into_iter().map(|JsonTree { text, at, whole }| JsonTree {
            text: text.map(|text| text.within(&outer)),
            at: outer.place_of(at),
            whole,
        });
        trees.collect()
    }

    /// The document that `JSON.parse("…")` gives, whose bracket opens here.
    pub(crate) fn parsed_tree(&self, open: usize, depth: u32) -> Option<Expression> {
        let tree = self.parsed_trees(open, depth).into_iter().next().filter(|tree| tree.whole)?;
        Some(Expression::Document(Box::new(Expression::Literal(tree.text.ok()?))))
    }

    /// What an object says it is.
    fn kind_of(&self, open: usize) -> Option<String> {
        let kind = self.entries(open).take(MAX_BEFORE_KIND).find(|entry| entry.key == Some("kind"))?;
        if let Some(text) = self.plain(kind.at) {
            return Some(text.to_owned());
        }
        // `Kind.FIELD`, which is `"Field"`.
        let mut at = kind.at;
        while self.tokens.kind(at) == Some(Kind::Word) && self.tokens.is_punct(at + 1, b'.') {
            at += 2;
        }
        let name = self.tokens.of(at);
        let constant = at > kind.at
            && self.tokens.of(at - 2) == "Kind"
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        let word = |word: &str| word[..1].to_owned() + &word[1..].to_ascii_lowercase();
        constant.then(|| name.split('_').filter(|part| !part.is_empty()).map(word).collect())
    }

    /// The text of a string without escapes.
    fn plain(&self, at: usize) -> Option<&str> {
        let alone = matches!(self.tokens.kind(at), Some(Kind::StringOpen(_)))
            && self.tokens.kind(at + 1) == Some(Kind::Chunk)
            && self.tokens.partner(at) == at + 2;
        alone.then(|| self.tokens.of(at + 1)).filter(|text| !text.contains('\\'))
    }

    fn entry(&self, open: usize, key: &str) -> Option<Entry<'_>> {
        self.entries(open).find(|entry| entry.key == Some(key))
    }

    /// What an object holds, up to what is no entry: braces hold statements and types as well.
    fn entries(&self, open: usize) -> impl Iterator<Item = Entry<'_>> {
        let close =
            if self.tokens.kind(open) == Some(Kind::Open(b'{')) { self.tokens.partner(open) } else { open };
        let mut at = open + 1;
        std::iter::from_fn(move || {
            if at >= close {
                return None;
            }
            let (key, value) = if self.tokens.is_punct(at, b'.') {
                (None, at + 3)
            } else {
                let (key, next) = match self.tokens.kind(at)? {
                    Kind::Word | Kind::Number => (self.tokens.of(at), at + 1),
                    Kind::StringOpen(_) => (self.plain(at).unwrap_or_default(), self.tokens.partner(at) + 1),
                    _ => return None,
                };
                match self.tokens.kind(next)? {
                    Kind::Punct(b':') => (Some(key), next + 1),
                    Kind::Punct(b',') | Kind::Close => (Some(key), at),
                    _ => return None,
                }
            };
            let end = self.item_end(value, close)?;
            at = end + 1;
            Some(Entry { key, at: value, end })
        })
    }

    /// The comma or bracket behind an item; nothing where it is none of an object or a list.
    fn item_end(&self, mut at: usize, close: usize) -> Option<usize> {
        while at < close {
            match self.tokens.kind(at)? {
                Kind::Open(_) | Kind::StringOpen(_) => at = self.tokens.partner(at).max(at),
                Kind::Punct(b',') => return Some(at),
                Kind::Punct(b';') => return None,
                _ => {}
            }
            at += 1;
        }
        Some(close)
    }

    /// The text that the document was made of: `loc.source.body`.
    fn body(&self, open: usize, depth: u32) -> Option<Literal> {
        let location = self.entry(open, "loc")?;
        self.source_body(self.entry(location.at, "source")?.at, depth)
    }

    /// The same where it follows, as the loader of graphql-tag writes it: `var doc = {…}; doc.loc.source = {…}`. With it
    /// the token behind it.
    fn body_behind(&self, open: usize, depth: u32) -> Option<(Literal, usize)> {
        let name = open.checked_sub(2).filter(|_| self.tokens.is_punct(open - 1, b'='))?;
        let mut at = self.tokens.partner(open) + 1;
        while self.tokens.is_punct(at, b';') || self.tokens.is_punct(at, b',') {
            at += 1;
        }
        for part in [self.tokens.of(name), ".", "loc", ".", "source", "="] {
            if self.tokens.of(at) != part {
                return None;
            }
            at += 1;
        }
        Some((self.source_body(at, depth)?, self.tokens.partner(at) + 1))
    }

    fn source_body(&self, open: usize, depth: u32) -> Option<Literal> {
        let body = self.entry(open, "body")?;
        self.expression(body.at, body.end, true, depth + DEPTH).0.into_literal()
    }
}

/// Makes the text of a tree.
struct Writer<'w, 'r, 't> {
    reader: &'w Reader<'r, 't>,
    /// How deep the tree stands in other expressions.
    around: u32,
    /// What is finished, with other documents and holes in between.
    parts: Vec<Expression>,
    text: Literal,
    /// How many definitions stand in the tree itself.
    own: usize,
    /// Whether it defines types.
    types: bool,
}

type Written = Result<(), &'static str>;

/// The items of a list.
enum Items {
    Known(Vec<(usize, usize)>),
    /// Only the running client knows them.
    Unknown,
}

impl Writer<'_, '_, '_> {
    fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.text.text.is_empty()
    }

    /// The whole text. Where the text that the tree was made of says the same, that is it.
    fn finish(mut self, body: Option<Literal>) -> Expression {
        self.flush();
        let mut own = String::new();
        let others = |part: &Expression| !matches!(part, Expression::Literal(_));
        let mut known = true;
        for part in &self.parts {
            match part {
                Expression::Literal(literal) => own.push_str(&literal.text),
                Expression::Interpolation(_, inner) => known &= matches!(**inner, Expression::Name(..)),
                _ => known = false,
            }
        }
        if let Some(body) = body
            && known
            && normal_form(&body.text) == normal_form(&own)
        {
            let mut parts = vec![Expression::Literal(body)];
            for part in self.parts.into_iter().filter(others) {
                parts.push(part);
            }
            return join(parts);
        }
        join(self.parts)
    }

    fn flush(&mut self) {
        if !self.text.text.is_empty() {
            self.parts.push(Expression::Literal(std::mem::take(&mut self.text)));
        }
    }

    /// Adds text that the tree says without holding it.
    fn put(&mut self, text: &str, token: usize) {
        if let Some(token) = self.reader.tokens.list.get(token) {
            self.text.place(token.start as usize);
            self.text.text.push_str(text);
        }
    }

    fn line(&mut self, depth: u32, token: usize) {
        self.put("\n", token);
        for _ in 0..depth {
            self.text.text.push_str("  ");
        }
    }

    /// A part that is not known: what is there in its place.
    fn hole(&mut self, (at, end): (usize, usize)) {
        let range = self.reader.range(at, end);
        self.interpolate((at, end), Expression::Unknown(range));
    }

    fn interpolate(&mut self, (at, end): (usize, usize), inner: Expression) {
        self.flush();
        self.parts.push(Expression::Interpolation(self.reader.range(at, end), Box::new(inner)));
    }

    /// The value of a key of a node, unless it is nothing.
    fn part(&self, node: usize, key: &str) -> Option<(usize, usize)> {
        let entry = self.reader.entry(node, key)?;
        let nothing = matches!(self.reader.tokens.of(entry.at), "null" | "undefined" | "void");
        (!nothing).then_some((entry.at, entry.end))
    }

    fn is_node(&self, at: usize) -> bool {
        self.reader.tokens.kind(at) == Some(Kind::Open(b'{'))
    }

    fn kind(&self, node: usize) -> Result<String, &'static str> {
        self.reader.kind_of(node).ok_or(DAMAGED)
    }

    /// The items of a list of nodes, what is spread into it as one of them.
    fn items(&self, node: usize, key: &str) -> Items {
        let Some((at, end)) = self.part(node, key) else { return Items::Known(Vec::new()) };
        let tokens = self.reader.tokens;
        let close = if tokens.kind(at) == Some(Kind::Open(b'[')) { tokens.partner(at) } else { at };
        let whole = close + 1 == end || tokens.is_word(close + 1, "as");
        if close == at || !whole {
            return Items::Unknown;
        }
        let (mut items, mut item) = (Vec::new(), at + 1);
        while item < close {
            let Some(end) = self.reader.item_end(item, close) else { return Items::Unknown };
            if end > item {
                items.push((item, end));
            }
            item = end + 1;
        }
        Items::Known(items)
    }

    /// The definitions: objects in lists that may be joined, with those of other documents between them.
    fn definitions(&mut self, mut at: usize, end: usize) -> Written {
        let tokens = self.reader.tokens;
        while at < end {
            match tokens.kind(at) {
                Some(Kind::Open(b'{')) => {
                    self.definition(at)?;
                    at = tokens.partner(at);
                }
                Some(Kind::StringOpen(_)) => at = tokens.partner(at),
                Some(Kind::Word) => {
                    let begun = at;
                    let mut path = vec![tokens.of(at).to_owned()];
                    while tokens.is_punct(at + 1, b'.') && tokens.kind(at + 2) == Some(Kind::Word) {
                        path.push(tokens.of(at + 2).to_owned());
                        at += 2;
                    }
                    let next = tokens.behind_indirect(at + 1);
                    let called = tokens.kind(next) == Some(Kind::Open(b'('));
                    match path.last().map(String::as_str) {
                        Some("as" | "function" | "new") => return Err(BUILT),
                        Some("true" | "false" | "void") => {}
                        // What joins lists: `concat`, `unique`, `__spreadArray`, or a short name in its place.
                        _ if called => {}
                        Some("definitions") if path.len() > 1 => {
                            path.pop();
                            self.between(begun);
                            let name = Expression::Name(path, self.reader.range(begun, at + 1));
                            self.interpolate((begun, at + 1), name);
                        }
                        _ => {
                            self.between(begun);
                            self.hole((begun, at + 1));
                        }
                    }
                }
                Some(Kind::Punct(b'>')) => return Err(BUILT),
                _ => {}
            }
            at += 1;
        }
        Ok(())
    }

    fn between(&mut self, token: usize) {
        if !self.is_empty() {
            self.put("\n\n", token);
        }
    }

    fn definition(&mut self, node: usize) -> Written {
        let kind = self.kind(node).map_err(|_| BUILT)?;
        match kind.as_str() {
            "OperationDefinition" | "FragmentDefinition" => {
                self.between(node);
                self.own += 1;
                if let Some(description) = self.part(node, "description").filter(|&(at, _)| self.is_node(at))
                {
                    self.value(description, 0)?;
                    self.line(0, node);
                }
                if kind == "OperationDefinition" { self.operation(node) } else { self.fragment(node) }
            }
            _ if kind.ends_with("Definition") || kind.ends_with("Extension") => {
                self.types = true;
                Ok(())
            }
            _ => Err(DAMAGED),
        }
    }

    fn operation(&mut self, node: usize) -> Written {
        let operation = self.part(node, "operation").and_then(|(at, _)| self.reader.plain(at));
        let operation =
            operation.ok_or("only the running client knows the kind of the operation")?.to_owned();
        if !["query", "mutation", "subscription"].contains(&operation.as_str()) {
            return Err(DAMAGED);
        }
        let some = |key| match self.items(node, key) {
            Items::Known(items) => !items.is_empty(),
            Items::Unknown => true,
        };
        let short = operation == "query"
            && self.part(node, "description").is_none()
            && self.part(node, "name").is_none()
            && !some("variableDefinitions")
            && !some("directives");
        if !short {
            let keyword = self.part(node, "operation").map_or(node, |(at, _)| at);
            self.put(&operation, keyword + 1);
            if self.part(node, "name").is_some() {
                self.put(" ", node);
                self.name(node, "name")?;
            }
            self.variables(node)?;
            self.directives(node, 0)?;
            self.put(" ", node);
        }
        self.selections(node, 0)
    }

    fn fragment(&mut self, node: usize) -> Written {
        self.put("fragment ", node);
        self.name(node, "name")?;
        self.variables(node)?;
        self.put(" on ", node);
        self.type_condition(node)?;
        self.directives(node, 0)?;
        self.put(" ", node);
        self.selections(node, 0)
    }

    fn type_condition(&mut self, node: usize) -> Written {
        match self.part(node, "typeCondition") {
            Some((at, _)) if self.is_node(at) => self.name(at, "name"),
            Some(unknown) => {
                self.hole(unknown);
                Ok(())
            }
            None => Err(DAMAGED),
        }
    }

    /// The name that a key of a node holds: a node of its own, with a value.
    fn name(&mut self, node: usize, key: &str) -> Written {
        let (at, end) = self.part(node, key).ok_or(DAMAGED)?;
        if !self.is_node(at) {
            self.hole((at, end));
            return Ok(());
        }
        let value = self.part(at, "value").ok_or(DAMAGED)?;
        self.text_of(value, |text| {
            let mut bytes = text.bytes();
            bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
                && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
    }

    /// A text of the tree that is one of the document.
    fn text_of(&mut self, (at, end): (usize, usize), is_right: impl Fn(&str) -> bool) -> Written {
        let (value, behind) = self.reader.expression(at, end, true, self.around + DEPTH);
        match value {
            Expression::Literal(literal) if behind >= end => {
                if !is_right(&literal.text) {
                    return Err(DAMAGED);
                }
                self.text.append(&literal);
            }
            value @ Expression::Name(..) if behind >= end => self.interpolate((at, end), value),
            _ => self.hole((at, end)),
        }
        Ok(())
    }

    fn variables(&mut self, node: usize) -> Written {
        self.in_brackets(node, "variableDefinitions", |writer, variable| {
            let (at, _) = writer.part(variable, "variable").ok_or(DAMAGED)?;
            writer.variable(at)?;
            writer.put(": ", variable);
            let type_of = writer.part(variable, "type").ok_or(DAMAGED)?;
            writer.type_of(type_of, 0)?;
            if let Some(default) = writer.part(variable, "defaultValue") {
                writer.put(" = ", variable);
                writer.value(default, 0)?;
            }
            writer.directives(variable, 0)
        })
    }

    fn arguments(&mut self, node: usize, depth: u32) -> Written {
        self.in_brackets(node, "arguments", |writer, argument| writer.named_value(argument, depth))
    }

    /// The nodes of a list between round brackets, where there are any.
    fn in_brackets(
        &mut self,
        node: usize,
        key: &str,
        mut write: impl FnMut(&mut Self, usize) -> Written,
    ) -> Written {
        let items = match self.items(node, key) {
            Items::Known(items) if items.is_empty() => return Ok(()),
            Items::Known(items) => items,
            Items::Unknown => self.part(node, key).into_iter().collect(),
        };
        for (index, &(at, end)) in items.iter().enumerate() {
            self.put(if index == 0 { "(" } else { ", " }, at);
            if self.is_node(at) {
                write(self, at)?;
            } else {
                self.hole((at, end));
            }
        }
        self.put(")", items.last().map_or(node, |&(at, _)| at));
        Ok(())
    }

    fn named_value(&mut self, node: usize, depth: u32) -> Written {
        self.name(node, "name")?;
        self.put(": ", node);
        let value = self.part(node, "value").ok_or(DAMAGED)?;
        self.value(value, depth)
    }

    fn directives(&mut self, node: usize, depth: u32) -> Written {
        match self.items(node, "directives") {
            Items::Unknown => {
                self.put(" @", node);
                if let Some(unknown) = self.part(node, "directives") {
                    self.hole(unknown);
                }
            }
            Items::Known(items) => {
                for (at, end) in items {
                    self.put(" @", at);
                    if self.is_node(at) {
                        self.name(at, "name")?;
                        self.arguments(at, depth)?;
                    } else {
                        self.hole((at, end));
                    }
                }
            }
        }
        Ok(())
    }

    /// The selection set of a node.
    fn selections(&mut self, node: usize, depth: u32) -> Written {
        if depth > MAX_DEPTH {
            return Err("the tree nests too deep");
        }
        let (at, end) = self.part(node, "selectionSet").ok_or(DAMAGED)?;
        self.put("{", at);
        let selections = if self.is_node(at) { self.items(at, "selections") } else { Items::Unknown };
        match selections {
            Items::Unknown => {
                let unknown = if self.is_node(at) { self.part(at, "selections") } else { Some((at, end)) };
                self.line(depth + 1, at);
                self.hole(unknown.unwrap_or((at, end)));
            }
            Items::Known(items) => {
                for (at, end) in items {
                    self.line(depth + 1, at);
                    if self.is_node(at) {
                        self.selection(at, depth + 1)?;
                    } else {
                        self.hole((at, end));
                    }
                }
            }
        }
        self.line(depth, at);
        self.put("}", at);
        Ok(())
    }

    fn selection(&mut self, node: usize, depth: u32) -> Written {
        match self.kind(node)?.as_str() {
            "Field" => {
                if self.part(node, "alias").is_some() {
                    self.name(node, "alias")?;
                    self.put(": ", node);
                }
                self.name(node, "name")?;
                self.arguments(node, depth)?;
                self.directives(node, depth)?;
                if self.part(node, "selectionSet").is_some() {
                    self.put(" ", node);
                    self.selections(node, depth)?;
                }
                Ok(())
            }
            "FragmentSpread" => {
                self.put("...", node);
                self.name(node, "name")?;
                self.directives(node, depth)
            }
            "InlineFragment" => {
                self.put("...", node);
                if self.part(node, "typeCondition").is_some() {
                    self.put(" on ", node);
                    self.type_condition(node)?;
                }
                self.directives(node, depth)?;
                self.put(" ", node);
                self.selections(node, depth)
            }
            _ => Err(DAMAGED),
        }
    }

    fn type_of(&mut self, (at, end): (usize, usize), depth: u32) -> Written {
        if depth > MAX_DEPTH {
            return Err("the tree nests too deep");
        }
        if !self.is_node(at) {
            self.hole((at, end));
            return Ok(());
        }
        match self.kind(at)?.as_str() {
            "NamedType" => self.name(at, "name"),
            "ListType" => {
                let inner = self.part(at, "type").ok_or(DAMAGED)?;
                self.put("[", at);
                self.type_of(inner, depth + 1)?;
                self.put("]", at);
                Ok(())
            }
            "NonNullType" => {
                let inner = self.part(at, "type").ok_or(DAMAGED)?;
                self.type_of(inner, depth + 1)?;
                self.put("!", at);
                Ok(())
            }
            _ => Err(DAMAGED),
        }
    }

    fn variable(&mut self, at: usize) -> Written {
        if !self.is_node(at) {
            return Err(DAMAGED);
        }
        self.put("$", at);
        self.name(at, "name")
    }

    fn value(&mut self, (at, end): (usize, usize), depth: u32) -> Written {
        if depth > MAX_DEPTH {
            return Err("the tree nests too deep");
        }
        if !self.is_node(at) {
            self.hole((at, end));
            return Ok(());
        }
        let kind = self.kind(at)?;
        let own = self.part(at, "value").ok_or(DAMAGED);
        match kind.as_str() {
            "Variable" => self.variable(at),
            "NullValue" => {
                self.put("null", at);
                Ok(())
            }
            "IntValue" | "FloatValue" => self.text_of(own?, |text| {
                text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
                    && text.bytes().all(|byte| byte.is_ascii_digit() || b"-+.eE".contains(&byte))
            }),
            "EnumValue" => self.text_of(own?, |text| {
                !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            }),
            "BooleanValue" => {
                let (at, end) = own?;
                let tokens = self.reader.tokens;
                match (tokens.of(at), tokens.of(at + 1)) {
                    ("true", _) | ("!", "0") => self.put("true", at),
                    ("false", _) | ("!", "1") => self.put("false", at),
                    _ => self.hole((at, end)),
                }
                Ok(())
            }
            "StringValue" => self.string(own?),
            "ListValue" => {
                self.sequence(at, "values", ["[", "]"], |writer, item| writer.value(item, depth + 1))
            }
            "ObjectValue" => self.sequence(at, "fields", ["{", "}"], |writer, item| {
                if writer.is_node(item.0) {
                    return writer.named_value(item.0, depth + 1);
                }
                writer.hole(item);
                Ok(())
            }),
            _ => Err(DAMAGED),
        }
    }

    fn sequence(
        &mut self,
        node: usize,
        key: &str,
        [open, close]: [&str; 2],
        mut write: impl FnMut(&mut Self, (usize, usize)) -> Written,
    ) -> Written {
        self.put(open, node);
        match self.items(node, key) {
            Items::Unknown => {
                if let Some(unknown) = self.part(node, key) {
                    self.hole(unknown);
                }
            }
            Items::Known(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    if index > 0 {
                        self.put(", ", item.0);
                    }
                    write(self, item)?;
                }
            }
        }
        self.put(close, node);
        Ok(())
    }

    /// A text as a value: between quotes, each character where the tree has it.
    fn string(&mut self, (at, end): (usize, usize)) -> Written {
        let (value, behind) = self.reader.expression(at, end, true, self.around + DEPTH);
        let Expression::Literal(literal) = value else {
            self.hole((at, end));
            return Ok(());
        };
        if behind < end {
            self.hole((at, end));
            return Ok(());
        }
        self.put("\"", at);
        for (index, char) in literal.text.char_indices() {
            self.text.place(literal.place_of(index as u32) as usize);
            match char {
                '"' => self.text.text.push_str("\\\""),
                '\\' => self.text.text.push_str("\\\\"),
                '\n' => self.text.text.push_str("\\n"),
                char if char.is_control() => self.text.text.extend([format!("\\u{:04X}", char as u32)]),
                char => self.text.text.push(char),
            }
        }
        self.put("\"", at);
        Ok(())
    }
}

impl Expression {
    /// The text of an expression that is nothing else.
    pub(crate) fn into_literal(self) -> Option<Literal> {
        match self {
            Expression::Literal(literal) => Some(literal),
            Expression::Document(inner) => inner.into_literal(),
            Expression::Join(parts) => {
                let mut whole = Literal::default();
                for part in parts {
                    whole.append(&part.into_literal()?);
                }
                Some(whole)
            }
            _ => None,
        }
    }
}
