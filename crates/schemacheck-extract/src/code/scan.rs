//! One file: the places that hold or build GraphQL, and the names that are bound to texts, classes and other files.

use std::collections::{HashMap, HashSet};

use super::expression::{Expression, Range, Reader, gives_text};
use super::template::{Templates, templates};
use super::tokens::{Kind, Tokens, tokens};
use super::tree::{JsonTree, Tree};
use super::{Imports, Language, looks_like_document};
use crate::rust::items::Items;

/// What a file holds.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub(crate) sites: Vec<Site>,
    pub(crate) bindings: Vec<Binding>,
    pub(crate) imports: Vec<Import>,
    /// Where documents in files of their own are imported.
    pub(crate) documents: Vec<DocumentImport>,
    pub(crate) classes: Vec<Class>,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) items: Items,
    /// The bindings by name: those of one scope together, those that are no members first.
    by_name: HashMap<String, Vec<usize>>,
    /// The bindings that are members, by name.
    members: HashMap<String, Vec<usize>>,
    /// The names that stand for texts which are made from each other.
    changed: HashSet<String>,
    /// The first import of each name, and the first class.
    import_by_name: HashMap<String, usize>,
    class_by_name: HashMap<String, usize>,
    /// The bindings by the place of the first text in them.
    pub(crate) by_text: HashMap<u32, Vec<usize>>,
}

impl Scan {
    /// Fills what looks things up by name.
    fn index(&mut self) {
        let mut order: Vec<usize> = (0..self.bindings.len()).collect();
        order.sort_by_key(|&index| (self.bindings[index].scope, self.bindings[index].member));
        for index in order {
            let binding = &self.bindings[index];
            self.by_name.entry(binding.name.clone()).or_default().push(index);
            if binding.member {
                self.members.entry(binding.name.clone()).or_default().push(index);
            }
            if binding.value.mentions(&binding.name) {
                self.changed.insert(binding.name.clone());
            }
            if let Some(at) = binding.value.first_literal() {
                self.by_text.entry(at).or_default().push(index);
            }
        }
        for (index, import) in self.imports.iter().enumerate() {
            self.import_by_name.entry(import.local.clone()).or_insert(index);
        }
        for (index, class) in self.classes.iter().enumerate() {
            self.class_by_name.entry(class.name.clone()).or_insert(index);
        }
    }

    /// The bindings of a name.
    pub(crate) fn named(&self, name: &str) -> &[usize] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The bindings of a name that are members.
    pub(crate) fn members(&self, name: &str) -> &[usize] {
        self.members.get(name).map_or(&[], Vec::as_slice)
    }

    /// The bindings of a name in a scope, its members only where that is asked for.
    pub(crate) fn bound(&self, name: &str, scope: usize, members: bool) -> &[usize] {
        let named = self.named(name);
        let before = |&index: &usize| self.bindings[index].scope < scope;
        let within = |&index: &usize| {
            let binding = &self.bindings[index];
            (binding.scope, binding.member) <= (scope, members)
        };
        &named[named.partition_point(before)..named.partition_point(within)]
    }

    /// Whether a name stands for different texts, one made from the other.
    pub(crate) fn is_changed(&self, name: &str) -> bool {
        self.changed.contains(name)
    }

    /// What brings a name here from another file.
    pub(crate) fn import(&self, local: &str) -> Option<&Import> {
        self.import_by_name.get(local).map(|&index| &self.imports[index])
    }

    /// The class with a name.
    pub(crate) fn class(&self, name: &str) -> Option<usize> {
        self.class_by_name.get(name).copied()
    }

    /// The bindings of a name that count at a place: those of the innermost scope that has any.
    pub(crate) fn visible(&self, name: &str, at: u32) -> &[usize] {
        let begun = self.scopes.partition_point(|scope| scope.start <= at).saturating_sub(1);
        let around = |scope: usize| Some(scope).filter(|_| scope > 0).map(|scope| self.scopes[scope].parent);
        let scopes = std::iter::successors(Some(begun), |&scope| around(scope));
        let mut scopes = scopes.filter(|&scope| at < self.scopes[scope].end).peekable();
        let innermost = scopes.peek().copied();
        // Functions in a class do not see its names.
        let sees = |scope: usize| self.scopes[scope].class && Some(scope) == innermost;
        scopes
            .map(|scope| self.bound(name, scope, sees(scope)))
            .find(|bound| !bound.is_empty())
            .unwrap_or(&[])
    }
}

/// A place that holds or builds a document.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) range: Range,
    pub(crate) expression: Expression,
    /// Whether the code says that it is GraphQL; else it looks like it.
    pub(crate) tagged: bool,
    /// Why it cannot be read, where that is clear from the start.
    pub(crate) reason: Option<&'static str>,
}

/// A name bound to an expression.
#[derive(Debug)]
pub(crate) struct Binding {
    pub(crate) name: String,
    /// The index of the scope that it is bound in; 0 is the file.
    pub(crate) scope: usize,
    /// Whether it is reached as a member of something.
    pub(crate) member: bool,
    pub(crate) value: Expression,
}

/// A stretch of a file in which names are bound.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The scope that it stands in; its own for the file.
    pub(crate) parent: usize,
    /// Whether functions within it do not see its names.
    pub(crate) class: bool,
}

/// A name that stands for something of another file.
#[derive(Debug)]
pub(crate) struct Import {
    /// Its name here; empty where all names are passed on.
    pub(crate) local: String,
    pub(crate) module: String,
    /// Its name there; nothing for the module itself.
    pub(crate) name: Option<String>,
}

/// A place that names a document in a file of its own.
#[derive(Debug)]
pub(crate) struct DocumentImport {
    /// The string with the name.
    pub(crate) range: Range,
    /// The name without what a bundler reads in it.
    pub(crate) module: String,
}

/// A class whose fields can be a selection.
#[derive(Debug)]
pub(crate) struct Class {
    pub(crate) name: String,
    pub(crate) bases: Vec<Vec<String>>,
    pub(crate) fields: Vec<Field>,
}

/// A field of a class.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) at: u32,
    /// The names in its type.
    pub(crate) types: Vec<Vec<String>>,
}

/// Modules of which the default export is a tag.
const TAG_MODULES: &[&str] =
    &["graphql-tag", "graphql-tag.macro", "graphql.macro", "@apollo/client", "urql", "fake-tag"];

/// Words in front of a bracket that make it no list of parameters.
const CONTROL: &[&str] =
    &["if", "for", "while", "switch", "with", "match", "foreach", "guard", "return", "using", "lock"];

/// Reads a file.
pub(crate) fn scan(language: &Language, text: &str, tags: &[String], selections: &[String]) -> Scan {
    let tokens = tokens(language, text, (language.parts)(text));
    let mut scan = Scan { items: (language.items)(&tokens), ..Scan::default() };
    scan.scopes.push(Scope { start: 0, end: u32::MAX, parent: 0, class: false });
    let imports = match language.imports {
        Imports::Python => python_imports(&tokens),
        Imports::JavaScript => javascript_imports(&tokens),
        Imports::Project => Vec::new(),
    };
    let (mut tags, mut tag_modules) = (tags.to_vec(), Vec::new());
    for import in &imports {
        let module = TAG_MODULES.contains(&import.module.as_str());
        if module && import.name.is_none() {
            tag_modules.push(import.local.clone());
        }
        let tag = import
            .name
            .as_deref()
            .is_some_and(|name| tags.iter().any(|tag| tag == name) || (module && name == "default"));
        if tag && !tags.contains(&import.local) {
            tags.push(import.local.clone());
        }
    }
    scan.imports = imports;
    scan.documents = document_imports(language, &tokens);
    let templates = if language.markup { templates(&tokens) } else { Templates::default() };
    let reader = Reader {
        tokens: &tokens,
        language,
        tags: &tags,
        tag_modules: &tag_modules,
        selections,
        templates: &templates,
    };
    Scanner { reader, scan: &mut scan, open: Vec::new(), blocks: Vec::new(), consumed: 0 }.run();
    scan.index();
    if let Some(at) = tokens.too_deep {
        scan.sites.push(Site {
            range: (at, at),
            expression: Expression::Unknown((at, at)),
            tagged: true,
            reason: Some("the file nests too deep to be read on from here"),
        });
    }
    scan
}

struct Scanner<'s, 'r, 't> {
    reader: Reader<'r, 't>,
    scan: &'s mut Scan,
    /// The brackets that are open: the token and, for a brace, its scope.
    open: Vec<(usize, usize)>,
    /// The indented blocks that are open: indentation and scope.
    blocks: Vec<(usize, usize)>,
    /// Up to which token the text belongs to a site.
    consumed: usize,
}

impl Scanner<'_, '_, '_> {
    fn run(mut self) {
        let tokens = self.reader.tokens;
        let count = tokens.list.len();
        let mut line_begins = true;
        let mut next = 0;
        while next < count {
            let at = next;
            next += 1;
            if let Some(behind) = self.whole(at) {
                next = behind;
                continue;
            }
            let kind = tokens.list[at].kind;
            if line_begins && kind != Kind::Newline && self.reader.language.newlines {
                self.line(at);
            }
            line_begins = kind == Kind::Newline;
            match kind {
                Kind::Open(byte) => {
                    let scope = if byte == b'{' && !self.reader.language.newlines {
                        self.begin_block(at)
                    } else {
                        self.scope()
                    };
                    self.open.push((at, scope));
                }
                Kind::HoleOpen => {
                    let scope = self.scope();
                    self.open.push((at, scope));
                }
                Kind::Close | Kind::HoleClose => {
                    self.open.pop();
                }
                Kind::StringOpen(_) => self.string(at),
                Kind::Mark if at >= self.consumed => self.marked(at),
                Kind::Word => self.word(at),
                _ => {}
            }
        }
        self.remaining_templates();
        let end = tokens.text.len() as u32;
        for (_, scope) in std::mem::take(&mut self.blocks) {
            self.scan.scopes[scope].end = end;
        }
    }

    /// What is read as a whole: a document that is a tree, or the list that a function makes for a template. Gives the token
    /// behind it.
    fn whole(&mut self, at: usize) -> Option<usize> {
        let tokens = self.reader.tokens;
        if at < self.consumed || !self.reader.language.markup {
            return None;
        }
        match tokens.list[at].kind {
            Kind::Open(b'{') => {
                let Tree { text, behind, last } = self.reader.tree(at, 0)?;
                self.tree(at, text, last);
                Some(behind)
            }
            Kind::Open(b'[') if self.reader.templates.of_functions.contains(&at) => {
                // Behind it may stand the texts as they were written.
                let call = tokens.kind(at - 1) == Some(Kind::Open(b'('));
                Some(tokens.partner(if call { at - 1 } else { at }))
            }
            _ => None,
        }
    }

    fn tree(&mut self, at: usize, text: Result<Expression, &'static str>, last: usize) {
        let (expression, reason) = match text {
            Ok(text) => (text, None),
            Err(reason) => (Expression::Unknown(self.reader.range(at, last)), Some(reason)),
        };
        self.push_site(at, last, expression, true, reason);
    }

    /// The lists that functions make for templates, as far as no call of a tag is known that takes them. What stands between
    /// their texts is not known.
    fn remaining_templates(&mut self) {
        for &list in &self.reader.templates.of_functions {
            let text = self.reader.interleaved(list, [], 0);
            let behind = self.reader.tokens.partner(list) + 1;
            self.compiled_site(list, behind, text);
        }
    }

    /// A compiled template whose tag is not known: a document where its text looks like one.
    fn compiled_site(&mut self, at: usize, behind: usize, text: Expression) {
        let mut sketch = String::new();
        text.sketch(&mut sketch);
        if looks_like_document(&sketch) {
            self.push_site(at, behind, text, false, None);
        }
    }

    /// The scope at hand.
    fn scope(&self) -> usize {
        let brace = self.open.last().map(|&(_, scope)| scope);
        brace.or_else(|| self.blocks.last().map(|&(_, scope)| scope)).unwrap_or(0)
    }

    fn begin_scope(&mut self, start: u32, end: u32, class: bool) -> usize {
        let parent = self.scope();
        self.scan.scopes.push(Scope { start, end, parent, class });
        self.scan.scopes.len() - 1
    }

    /// A block in braces: its scope, with the parameters in front of it.
    fn begin_block(&mut self, open: usize) -> usize {
        let tokens = self.reader.tokens;
        let end = tokens.list.get(tokens.partner(open)).map_or(u32::MAX, |token| token.end);
        let scope = self.begin_scope(tokens.list[open].start, end, false);
        // `(a, b) {`, `(a, b) => {`, `(a, b): Type {`: the list stands a few tokens before.
        let mut at = open;
        for _ in 0..8 {
            let Some(before) = at.checked_sub(1) else { break };
            at = before;
            match tokens.list[at].kind {
                Kind::Close if tokens.of(at) == ")" => {
                    let list = tokens.partner(at);
                    let control = list.checked_sub(1).is_some_and(|word| CONTROL.contains(&tokens.of(word)));
                    if !control && list < at {
                        self.parameters(list, scope);
                    }
                    break;
                }
                Kind::Punct(b'=' | b'>' | b':' | b'-' | b'<' | b'?' | b'.' | b'|') | Kind::Word => {}
                _ => break,
            }
        }
        scope
    }

    /// The names of a list of parameters hide what has the same name outside.
    fn parameters(&mut self, open: usize, scope: usize) {
        let tokens = self.reader.tokens;
        let close = tokens.partner(open);
        let mut at = open + 1;
        let mut begins = true;
        while at < close && at < open + 500 {
            match tokens.list[at].kind {
                Kind::Word if begins => {
                    let value = Expression::Unknown(self.reader.range(at, at + 1));
                    self.scan.bindings.push(Binding {
                        name: tokens.of(at).to_owned(),
                        scope,
                        member: false,
                        value,
                    });
                    begins = false;
                }
                Kind::Punct(b',') => begins = true,
                // What is taken apart is a parameter as well.
                Kind::Open(b'{' | b'[') => begins = true,
                Kind::Open(_) | Kind::StringOpen(_) => at = tokens.partner(at).max(at),
                _ => {}
            }
            at += 1;
        }
    }

    /// A line of an indented language begins: blocks end, and one may begin.
    fn line(&mut self, at: usize) {
        let tokens = self.reader.tokens;
        let start = tokens.list[at].start as usize;
        let before = &tokens.text[..start];
        let indentation = start - before.rfind('\n').map_or(0, |newline| newline + 1);
        while let Some(&(indent, scope)) = self.blocks.last()
            && indentation <= indent
        {
            self.scan.scopes[scope].end = start as u32;
            self.blocks.pop();
        }
        let keyword = if tokens.is_word(at, "async") { at + 1 } else { at };
        let class = tokens.is_word(keyword, "class");
        if class || tokens.is_word(keyword, "def") {
            let scope = self.begin_scope(start as u32, u32::MAX, class);
            self.blocks.push((indentation, scope));
            let open = keyword + 2;
            if !class && tokens.kind(open) == Some(Kind::Open(b'(')) {
                self.parameters(open, scope);
            }
            if class {
                self.class(keyword, indentation);
            }
        }
    }

    fn class(&mut self, keyword: usize, indentation: usize) {
        let tokens = self.reader.tokens;
        let name = tokens.of(keyword + 1).to_owned();
        let mut bases = Vec::new();
        let mut at = keyword + 2;
        if tokens.kind(at) == Some(Kind::Open(b'(')) {
            let close = tokens.partner(at);
            bases = paths(tokens, at + 1, close);
            at = close + 1;
        }
        if !tokens.is_punct(at, b':') {
            return;
        }
        // The fields: `name: Type` on lines of the body, which are indented alike.
        let mut fields = Vec::new();
        let mut body = None;
        while at < tokens.list.len() {
            if tokens.list[at].kind != Kind::Newline {
                at += 1;
                continue;
            }
            at += 1;
            while tokens.kind(at) == Some(Kind::Newline) {
                at += 1;
            }
            let Some(token) = tokens.list.get(at) else { break };
            let start = token.start as usize;
            let column = start - tokens.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
            if column <= indentation {
                break;
            }
            if column == *body.get_or_insert(column)
                && token.kind == Kind::Word
                && tokens.is_punct(at + 1, b':')
            {
                let end = line_end(tokens, at);
                let default = (at + 2..end).find(|&at| tokens.is_punct(at, b'=')).unwrap_or(end);
                let types = paths(tokens, at + 2, default);
                let class_variable =
                    types.first().and_then(|path| path.last()).is_some_and(|name| name == "ClassVar");
                if !class_variable && types.len() < 40 {
                    let name = alias(tokens, default, end).unwrap_or_else(|| tokens.of(at).to_owned());
                    fields.push(Field { name, at: token.start, types });
                }
                at = end;
            }
        }
        self.scan.classes.push(Class { name, bases, fields });
    }

    fn push_site(
        &mut self,
        at: usize,
        behind: usize,
        expression: Expression,
        tagged: bool,
        reason: Option<&'static str>,
    ) {
        self.consumed = behind.max(at + 1);
        let range = self.reader.range(at, behind);
        self.scan.sites.push(Site { range, expression, tagged, reason });
    }

    /// A string behind a comment that says GraphQL.
    fn marked(&mut self, at: usize) {
        if matches!(self.reader.tokens.kind(at + 1), Some(Kind::StringOpen(_))) {
            let (text, behind) = self.reader.expression(at + 1, usize::MAX, true, 0);
            self.push_site(at + 1, behind, Expression::Document(Box::new(text)), true, None);
        }
    }

    /// A string that no tag stands before.
    fn string(&mut self, at: usize) {
        let tokens = self.reader.tokens;
        if at < self.consumed {
            return;
        }
        if tokens.partner(at) >= tokens.list.len() {
            let Kind::StringOpen(number) = tokens.list[at].kind else { return };
            if tokens.quotes[number as usize].lines {
                let rest = &tokens.text[tokens.quotes[number as usize].body..];
                if looks_like_document(rest) {
                    let reason = Some("the string that begins here does not end");
                    let expression = Expression::Unknown(self.reader.range(at, at + 1));
                    self.push_site(at, at + 1, expression, true, reason);
                }
            }
            return;
        }
        if begins_like_document(tokens, at) {
            self.document_at(at);
        }
    }

    /// An expression that no tag stands before: a document where its text looks like one.
    fn document_at(&mut self, at: usize) {
        let grouped = !self.open.is_empty();
        let (expression, behind) = self.reader.expression(at, usize::MAX, grouped, 0);
        if matches!(expression, Expression::Document(_)) {
            return;
        }
        let mut text = String::new();
        expression.sketch(&mut text);
        if looks_like_document(&text) {
            self.push_site(at, behind, expression, false, None);
        } else if matches!(expression, Expression::Unknown(_))
            && matches!(self.reader.tokens.kind(at), Some(Kind::StringOpen(_)))
        {
            // More happens to the string than is understood; it alone may be a document.
            let (expression, behind) = self.reader.string(at, 0);
            let mut text = String::new();
            expression.sketch(&mut text);
            if looks_like_document(&text) {
                self.push_site(at, behind, expression, false, None);
            }
        }
    }

    fn word(&mut self, at: usize) {
        let tokens = self.reader.tokens;
        let before = at.checked_sub(1);
        let behind_dot = before.is_some_and(|before| {
            tokens.is_punct(before, b'.')
                || (tokens.is_punct(before, b'>') && at > 1 && tokens.is_punct(at - 2, b'-'))
        });
        let word = tokens.of(at);
        if at >= self.consumed
            && let Some(behind) = self.reader.behind_tag(at)
            && self.tag(at, behind)
        {
            return;
        }
        if at >= self.consumed && self.reader.language.markup {
            if before.is_some_and(|before| tokens.kind(before) == Some(Kind::Open(b'(')))
                && let Some(text) = self.reader.compiled(at - 1, 0)
            {
                self.compiled_site(at, tokens.partner(at - 1), text);
            } else if word == "JSON"
                && tokens.of(at + 2) == "parse"
                && tokens.kind(at + 3) == Some(Kind::Open(b'('))
            {
                for JsonTree { text, .. } in self.reader.parsed_trees(at + 3, 0) {
                    let text = text.map(|text| Expression::Document(Box::new(Expression::Literal(text))));
                    self.tree(at, text, tokens.partner(at + 3) + 1);
                }
            }
        }
        if at >= self.consumed
            && self.reader.language.imports == Imports::Python
            && word == "Operation"
            && tokens.kind(at + 1) == Some(Kind::Open(b'('))
            && tokens.text.contains("sgqlc")
            && !before.is_some_and(|before| matches!(tokens.of(before), "class" | "def" | "import"))
        {
            let behind = tokens.partner(at + 1) + 1;
            let reason = Some("sgqlc builds the operation from calls while the client runs");
            let expression = Expression::Unknown(self.reader.range(at, behind));
            self.push_site(at, behind, expression, true, reason);
            return;
        }
        // The first of texts that are joined.
        if at >= self.consumed
            && !behind_dot
            && !before.is_some_and(|before| self.reader.is_concatenation(before))
        {
            let mut next = at + 1;
            while (tokens.is_punct(next, b'.') || tokens.is_punct(next, b':')) && next < at + 12 {
                next += 1;
                if tokens.kind(next) == Some(Kind::Word) {
                    next += 1;
                }
            }
            let called = matches!(tokens.kind(next), Some(Kind::Open(b'(')))
                || (tokens.is_punct(next, b'!') && matches!(tokens.kind(next + 1), Some(Kind::Open(_))));
            if self.reader.is_concatenation(next) || (called && gives_text(tokens.of(next - 1))) {
                self.document_at(at);
            }
        }
        self.binding(at, behind_dot);
    }

    /// A tag: a call, or in front of a string. False where it is only a name.
    fn tag(&mut self, at: usize, behind: usize) -> bool {
        let tokens = self.reader.tokens;
        let declared = at.checked_sub(1).is_some_and(|before| {
            matches!(
                tokens.of(before),
                "def" | "function" | "func" | "fun" | "fn" | "class" | "import" | "interface" | "type"
            )
        });
        // `#[graphql(name = "…")]` says something of a type.
        let attribute = self.open.iter().any(|&(open, _)| {
            tokens.of(open) == "[" && open.checked_sub(1).is_some_and(|before| tokens.is_punct(before, b'#'))
        });
        if declared || attribute {
            return false;
        }
        let (markup, behind_name) = (self.reader.language.markup, tokens.behind_indirect(behind));
        let next = if markup { self.reader.behind_type_arguments(behind_name) } else { behind };
        let begun = if markup && behind_name > behind { tokens.partner(behind) } else { at };
        let string = self.reader.language.markup && matches!(tokens.kind(next), Some(Kind::StringOpen(_)));
        let argument = if string { next } else { next + 1 };
        let begins = matches!(tokens.kind(argument), Some(Kind::StringOpen(_)));
        if begins && tokens.partner(argument) >= tokens.list.len() {
            let expression = Expression::Unknown(self.reader.range(at, next + 1));
            self.push_site(at, next + 1, expression, true, Some("the string that begins here does not end"));
            return true;
        }
        if !string && tokens.kind(next) != Some(Kind::Open(b'(')) {
            return false;
        }
        let (expression, behind) = self.reader.expression(at, usize::MAX, true, 0);
        // More may follow: the site is the tag alone.
        let (expression, behind) = if matches!(expression, Expression::Document(_)) {
            (expression, behind)
        } else {
            let behind = tokens.partner(next) + 1;
            let inner = if string {
                self.reader.string(next, 0).0
            } else {
                let first = self.reader.arguments(next, 0).into_iter().next();
                let unknown = Expression::Unknown(self.reader.range(at, behind));
                first.map_or(unknown, |argument| argument.value)
            };
            (Expression::Document(Box::new(inner)), behind)
        };
        if tokens.of(at) == "graphql" && !string {
            // graphql-js and graphql-core call their executor so.
            let mut text = String::new();
            expression.sketch(&mut text);
            if text.chars().all(|char| char == crate::HOLE) {
                return false;
            }
        }
        // A call without an argument builds nothing.
        if !string && tokens.partner(next) == next + 1 {
            return false;
        }
        // A tag can be declared as a method, with a body.
        if !string && tokens.kind(behind) == Some(Kind::Open(b'{')) && self.reader.language.markup {
            return false;
        }
        self.push_site(begun, behind, expression, true, None);
        true
    }

    /// `name = …`, `name: Type = …`, `name := …`, `key: …`, `export default …`
    fn binding(&mut self, at: usize, behind_dot: bool) {
        let tokens = self.reader.tokens;
        let punct = |at, byte| tokens.is_punct(at, byte);
        let touches = |at: usize| tokens.list[at].end == tokens.list[at + 1].start;
        let assigns = |at: usize| {
            punct(at, b'=')
                && !((punct(at + 1, b'=') || punct(at + 1, b'>')) && touches(at))
                && tokens.kind(at + 1).is_some()
        };
        let in_brackets = self.open.last().is_some_and(|&(open, _)| tokens.of(open) != "{");
        let go_type = tokens.kind(at + 1) == Some(Kind::Word)
            && assigns(at + 2)
            && !matches!(tokens.of(at), "const" | "var" | "type")
            && self.reader.language.extensions == ["go"];
        let default = tokens.of(at) == "default" && at > 0 && tokens.of(at - 1) == "export";
        let (name, value) = if default {
            ("default", at + 1)
        } else if in_brackets && !self.go_group() {
            return;
        } else if assigns(at + 1) {
            (tokens.of(at), at + 2)
        } else if go_type || (punct(at + 1, b':') && punct(at + 2, b'=')) {
            (tokens.of(at), at + 3)
        } else if punct(at + 1, b'+') && punct(at + 2, b'=') && touches(at + 1) {
            let value = Expression::Unknown(self.reader.range(at, at + 3));
            self.bind(tokens.of(at), behind_dot, value);
            return;
        } else if punct(at + 1, b':') && !punct(at + 2, b':') {
            let mut equals = at + 2;
            while equals < at + 24
                && !assigns(equals)
                && matches!(
                    tokens.kind(equals),
                    Some(
                        Kind::Word
                            | Kind::Punct(b'<' | b'>' | b'.' | b'|' | b'?' | b'&' | b'\'')
                            | Kind::Open(b'[')
                            | Kind::Close
                    )
                )
            {
                equals += 1;
            }
            if assigns(equals) {
                (tokens.of(at), equals + 1)
            } else {
                let value = at + 2;
                let text = matches!(tokens.kind(value), Some(Kind::StringOpen(_) | Kind::Mark))
                    || self.reader.tags.iter().any(|tag| tokens.is_word(value, tag));
                if text && self.reader.language.markup {
                    let (value, _) = self.reader.expression(value, usize::MAX, true, 0);
                    self.bind(tokens.of(at), true, value);
                }
                return;
            }
        } else {
            return;
        };
        let (value, _) = self.reader.expression(value, usize::MAX, false, 0);
        self.bind(name, behind_dot, value);
    }

    /// Whether the bracket at hand is a group of constants in Go.
    fn go_group(&self) -> bool {
        let tokens = self.reader.tokens;
        self.open.last().is_some_and(|&(open, _)| open > 0 && matches!(tokens.of(open - 1), "const" | "var"))
    }

    fn bind(&mut self, name: &str, member: bool, value: Expression) {
        let scope = self.scope();
        let member = member || self.scan.scopes[scope].class;
        self.scan.bindings.push(Binding { name: name.to_owned(), scope, member, value });
    }
}

/// Whether the text of a string begins as a document may, as far as its first bytes tell.
fn begins_like_document(tokens: &Tokens<'_>, open: usize) -> bool {
    let Some(token) = tokens.list.get(open + 1) else { return false };
    if token.kind == Kind::HoleOpen {
        return true;
    }
    let bytes = &tokens.text.as_bytes()[token.start as usize..token.end as usize];
    let mut at = 0;
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\r' | b'\t' | b',') => at += 1,
            Some(b'\\') if matches!(bytes.get(at + 1), Some(b'n' | b'r' | b't' | b'\n' | b'\r')) => at += 2,
            _ => break,
        }
    }
    let rest = &bytes[at..];
    rest.is_empty() && bytes.len() > at
        || rest.starts_with(b"#")
        || rest.starts_with(b"|")
        || [&b"query"[..], b"mutation", b"subscription", b"fragment"]
            .iter()
            .any(|keyword| rest.starts_with(keyword))
        || (rest.is_empty() && tokens.kind(open + 2) == Some(Kind::HoleOpen))
}

/// The token that ends the line of a token.
fn line_end(tokens: &Tokens<'_>, mut at: usize) -> usize {
    while at < tokens.list.len() {
        match tokens.list[at].kind {
            Kind::Newline => return at,
            Kind::Open(_) | Kind::StringOpen(_) => at = tokens.partner(at).max(at),
            _ => {}
        }
        at += 1;
    }
    tokens.list.len()
}

/// The dotted names between two tokens, those in strings included: a type may be quoted.
fn paths(tokens: &Tokens<'_>, from: usize, to: usize) -> Vec<Vec<String>> {
    let mut paths: Vec<Vec<String>> = Vec::new();
    let mut at = from;
    while at < to {
        match tokens.kind(at) {
            Some(Kind::Word) => {
                let name = tokens.of(at).to_owned();
                let dotted = at > from && tokens.is_punct(at - 1, b'.');
                match paths.last_mut() {
                    Some(path) if dotted => path.push(name),
                    _ => paths.push(vec![name]),
                }
            }
            Some(Kind::Chunk) => {
                let names = tokens.of(at).split(|char: char| !char.is_alphanumeric() && !"_.".contains(char));
                let names = names.filter(|name| !name.is_empty());
                paths.extend(names.map(|name| name.split('.').map(str::to_owned).collect()));
            }
            _ => {}
        }
        at += 1;
    }
    paths
}

/// The name that a field has on the wire: `Field(alias="…")`.
fn alias(tokens: &Tokens<'_>, from: usize, to: usize) -> Option<String> {
    (from..to).find_map(|at| {
        let alias = matches!(tokens.of(at), "alias" | "serialization_alias" | "validation_alias")
            && tokens.is_punct(at + 1, b'=')
            && matches!(tokens.kind(at + 2), Some(Kind::StringOpen(_)))
            && tokens.kind(at + 3) == Some(Kind::Chunk);
        alias.then(|| tokens.of(at + 3).to_owned())
    })
}

fn python_imports(tokens: &Tokens<'_>) -> Vec<Import> {
    let mut imports = Vec::new();
    let dotted = |mut at: usize| {
        let mut module = String::new();
        while tokens.is_punct(at, b'.') || (tokens.kind(at) == Some(Kind::Word) && tokens.of(at) != "import")
        {
            module.push_str(tokens.of(at));
            let word = tokens.kind(at) == Some(Kind::Word);
            at += 1;
            if word && !tokens.is_punct(at, b'.') {
                break;
            }
        }
        (module, at)
    };
    let begins = |at: usize| {
        at == 0
            || matches!(tokens.kind(at - 1), Some(Kind::Newline))
            || tokens.is_punct(at - 1, b':')
            || tokens.is_punct(at - 1, b';')
    };
    for at in 0..tokens.list.len() {
        if tokens.is_word(at, "from") && begins(at) {
            let (module, mut next) = dotted(at + 1);
            if !tokens.is_word(next, "import") {
                continue;
            }
            next += 1;
            let close = match tokens.kind(next) {
                Some(Kind::Open(b'(')) => tokens.partner(next),
                _ => line_end(tokens, next),
            };
            while next < close {
                if tokens.kind(next) == Some(Kind::Word) {
                    let name = tokens.of(next).to_owned();
                    let renamed = tokens.is_word(next + 1, "as");
                    let local = if renamed { tokens.of(next + 2).to_owned() } else { name.clone() };
                    imports.push(Import { local, module: module.clone(), name: Some(name) });
                    next += if renamed { 2 } else { 0 };
                } else if tokens.is_punct(next, b'*') {
                    imports.push(Import { local: String::new(), module: module.clone(), name: None });
                }
                next += 1;
            }
        } else if tokens.is_word(at, "import") && begins(at) {
            let end = line_end(tokens, at);
            let mut next = at + 1;
            while next < end {
                let (module, behind) = dotted(next);
                let renamed = tokens.is_word(behind, "as");
                let local = if renamed { tokens.of(behind + 1).to_owned() } else { module.clone() };
                imports.push(Import { local, module, name: None });
                next = behind.max(next) + 1 + if renamed { 2 } else { 0 };
            }
        }
    }
    imports
}

fn javascript_imports(tokens: &Tokens<'_>) -> Vec<Import> {
    let mut imports = Vec::new();
    let text = |at: usize| {
        let string =
            matches!(tokens.kind(at), Some(Kind::StringOpen(_))) && tokens.kind(at + 1) == Some(Kind::Chunk);
        string.then(|| tokens.of(at + 1).to_owned())
    };
    // The names in braces: `{a, b as c}`, `{a, b: c}`.
    let names = |open: usize| {
        let (close, mut at, mut names) = (tokens.partner(open), open + 1, Vec::new());
        while at < close {
            if tokens.kind(at) == Some(Kind::Word)
                && !(tokens.of(at) == "type" && tokens.kind(at + 1) == Some(Kind::Word))
            {
                let renamed = tokens.is_word(at + 1, "as") || tokens.is_punct(at + 1, b':');
                let local = if renamed { tokens.of(at + 2) } else { tokens.of(at) };
                names.push((tokens.of(at).to_owned(), local.to_owned()));
                at += if renamed { 2 } else { 0 };
            }
            at += 1;
        }
        names
    };
    // The `=` before a call of `require`, which a compiler may have put into a call of its own:
    // `const a = __importDefault(require("m"))`.
    let assigned = |at: usize| {
        let mut before = at.checked_sub(1)?;
        if tokens.kind(before) == Some(Kind::Open(b'(')) {
            before = before.checked_sub(1)?;
            while tokens.kind(before) == Some(Kind::Word) || tokens.is_punct(before, b'.') {
                before = before.checked_sub(1)?;
            }
        }
        (before > 0 && tokens.is_punct(before, b'=')).then_some(before)
    };
    for at in 0..tokens.list.len() {
        if tokens.list[at].kind != Kind::Word {
            continue;
        }
        let export = tokens.of(at) == "export";
        if !export && tokens.of(at) != "import" {
            // `const {a} = require("m")`, `const a = require("m")`
            if tokens.of(at) == "require"
                && let Some(equals) = assigned(at)
            {
                let Some(module) = text(at + 2) else { continue };
                if tokens.of(equals - 1) == "}" {
                    let open = tokens.partner(equals - 1);
                    if open < at {
                        imports.extend(names(open).into_iter().map(|(name, local)| Import {
                            local,
                            module: module.clone(),
                            name: Some(name),
                        }));
                    }
                } else {
                    imports.push(Import { local: tokens.of(equals - 1).to_owned(), module, name: None });
                }
            }
            continue;
        }
        let mut next = at + 1;
        if tokens.is_word(next, "type") && !tokens.is_word(next + 1, "from") {
            next += 1;
        }
        let mut found: Vec<(Option<String>, String)> = Vec::new();
        let mut module = None;
        for _ in 0..8 {
            match tokens.kind(next) {
                Some(Kind::Open(b'{')) => {
                    found.extend(names(next).into_iter().map(|(name, local)| (Some(name), local)));
                    next = tokens.partner(next);
                }
                Some(Kind::Punct(b'*')) => {
                    let aliased = tokens.is_word(next + 1, "as");
                    found.push((None, if aliased { tokens.of(next + 2).to_owned() } else { String::new() }));
                    next += if aliased { 2 } else { 0 };
                }
                Some(Kind::Punct(b',')) => {}
                Some(Kind::Word) if tokens.of(next) == "from" => {
                    module = text(next + 1);
                    break;
                }
                Some(Kind::Word) if !export => {
                    found.push((Some("default".to_owned()), tokens.of(next).to_owned()));
                }
                _ => break,
            }
            next += 1;
        }
        match module {
            Some(module) => {
                imports.extend(found.into_iter().map(|(name, local)| Import {
                    local,
                    module: module.clone(),
                    name,
                }));
            }
            // `export {a as b}` of the file itself.
            None if export => {
                let renamed = found.into_iter().filter_map(|(name, local)| Some((name?, local)));
                let renamed = renamed.filter(|(name, local)| name != local);
                imports.extend(renamed.map(|(name, local)| Import {
                    local,
                    module: String::new(),
                    name: Some(name),
                }));
            }
            None => {}
        }
    }
    imports
}

/// How files end that are documents.
const DOCUMENT_ENDINGS: &[&str] = &[".graphql", ".gql"];

/// The file that an import of a document names, without the loaders and the query that only a bundler reads; nothing where it
/// is another file.
pub(crate) fn document_module(module: &str) -> Option<&str> {
    let module = module.rsplit_once('!').map_or(module, |(_, module)| module);
    let module = module.split_once('?').map_or(module, |(module, _)| module);
    DOCUMENT_ENDINGS.iter().any(|ending| module.ends_with(ending)).then_some(module)
}

/// The places that import documents: `import … from`, `export … from`, `import`, `import()`, `require()`.
fn document_imports(language: &Language, tokens: &Tokens<'_>) -> Vec<DocumentImport> {
    let mut imports = Vec::new();
    if language.imports != Imports::JavaScript {
        return imports;
    }
    for at in 1..tokens.list.len() {
        if !matches!(tokens.list[at].kind, Kind::StringOpen(_)) || tokens.kind(at + 1) != Some(Kind::Chunk) {
            continue;
        }
        let before =
            if tokens.kind(at - 1) == Some(Kind::Open(b'(')) { at.saturating_sub(2) } else { at - 1 };
        let called = before + 1 < at;
        let imported = match tokens.of(before) {
            "require" => called,
            "import" => true,
            "from" => !called && !imports_types(tokens, before),
            _ => false,
        };
        if imported && let Some(module) = document_module(tokens.of(at + 1)) {
            let (start, end) = (tokens.list[at].start, tokens.list[at + 1].end + 1);
            imports.push(DocumentImport { range: (start, end), module: module.to_owned() });
        }
    }
    imports
}

/// Whether the import or export before `from` is of types alone, which are gone when the client runs.
fn imports_types(tokens: &Tokens<'_>, from: usize) -> bool {
    let begun = (0..from).rev().take(200).find(|&at| matches!(tokens.of(at), "import" | "export"));
    begun.is_some_and(|begun| tokens.is_word(begun + 1, "type") && begun + 2 < from)
}
