//! Expressions of host code that build texts.

use super::Language;
use super::literal::{Literal, decode, indentation};
use super::template::Templates;
use super::tokens::{Kind, Tokens};
use crate::rust::items::is_document_path;

/// A stretch of a file.
pub(crate) type Range = (u32, u32);

/// An expression, as far as it can build a text.
#[derive(Clone, Debug)]
pub(crate) enum Expression {
    /// A text that stands there.
    Literal(Literal),
    /// Texts, one behind the other.
    Join(Vec<Expression>),
    /// An interpolation with its delimiters.
    Interpolation(Range, Box<Expression>),
    /// A name, with dots or without.
    Name(Vec<String>, Range),
    /// A list, whose texts can be joined.
    List(Vec<Expression>, Range),
    /// A call that builds a selection.
    Call(Vec<Argument>, Range),
    /// A text with placeholders and what fills them.
    Format(Box<Expression>, Style, Vec<Argument>, Range),
    /// A text in which one text takes the place of another.
    Replace(Box<Expression>, Box<Expression>, Box<Expression>, Range),
    /// A text whose lines begin with a bar, which is no part of them.
    Margin(Box<Expression>),
    /// One of several, which only the running program knows.
    Either(Vec<Expression>, Range),
    /// The text of a tag, which is a document, and further documents that belong to it.
    Document(Box<Expression>),
    /// The text of a document in a file of its own, which the build puts in.
    File(Range),
    /// What only the running program knows.
    Unknown(Range),
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub(crate) name: Option<String>,
    pub(crate) value: Expression,
}

/// How placeholders are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Style {
    /// `%s`, `%(name)s`, `%1$s`
    Percent,
    /// `{}`, `{0}`, `{name}`
    Braces,
}

/// Methods of a text that leave its meaning as it is.
const TRANSPARENT_METHODS: &[&str] = &[
    "strip",
    "lstrip",
    "rstrip",
    "trim",
    "trimStart",
    "trimEnd",
    "trimIndent",
    "stripIndent",
    "strip_heredoc",
    "squish",
    "freeze",
    "to_string",
    "to_owned",
    "as_str",
    "into",
    "toString",
    "Trim",
    "valueOf",
    "encode",
    "chomp",
];

/// Functions that give their text back.
const TRANSPARENT_FUNCTIONS: &[&str] =
    &["dedent", "cleandoc", "raw", "stripIndent", "outdent", "concat!", "str", "String", "from"];

/// Functions that fill the placeholders of a text.
const FORMATS: &[&str] = &["Sprintf", "sprintf", "format", "formatted", "Format"];

/// Whether a function or macro of this name gives a text that can be known.
pub(crate) fn gives_text(name: &str) -> bool {
    FORMATS.contains(&name) || TRANSPARENT_FUNCTIONS.contains(&name) || name == "concat"
}

/// How deep expressions may nest.
const MAX_DEPTH: u32 = 64;

pub(crate) struct Reader<'r, 't> {
    pub(crate) tokens: &'r Tokens<'t>,
    pub(crate) language: &'r Language,
    /// What is called or stands before a string to say that it is GraphQL.
    pub(crate) tags: &'r [String],
    /// The modules whose default is such a tag, by their names here.
    pub(crate) tag_modules: &'r [String],
    /// What is called to build a selection.
    pub(crate) selections: &'r [String],
    /// The lists of texts that compiled templates are made of.
    pub(crate) templates: &'r Templates<'r>,
}

impl Reader<'_, '_> {
    /// The expression at a token, and the token behind it. `end` is where it ends at the latest; `grouped` says that it
    /// stands in brackets.
    pub(crate) fn expression(&self, at: usize, end: usize, grouped: bool, depth: u32) -> (Expression, usize) {
        let end = end.min(self.tokens.list.len());
        if depth > MAX_DEPTH {
            let to = self.terminator(at, end, grouped);
            return (Expression::Unknown(self.range(at, to)), to);
        }
        let begun = at;
        let (first, mut at) = self.operand(at, end, grouped, depth);
        let mut parts = vec![first];
        loop {
            let next = self.skip_newlines(at, end, grouped || !self.language.newlines);
            if next >= end {
                break;
            }
            if self.is_concatenation(next) {
                let operand = self.skip_newlines(next + 1, end, true);
                let (part, behind) = self.operand(operand, end, grouped, depth);
                parts.push(part);
                at = behind;
            } else if self.language.adjacent
                && matches!(self.tokens.kind(next), Some(Kind::StringOpen(_)))
                && next > begun
            {
                let (part, behind) = self.operand(next, end, grouped, depth);
                parts.push(part);
                at = behind;
            } else if self.language.adjacent && self.tokens.is_punct(next, b'%') {
                let (argument, behind) = self.percent_arguments(next + 1, end, grouped, depth);
                let base = join(std::mem::take(&mut parts));
                let range = self.range(begun, behind);
                parts.push(Expression::Format(Box::new(base), Style::Percent, argument, range));
                at = behind;
            } else {
                break;
            }
        }
        if let Some((either, behind)) = self.conditional(begun, at, end, grouped, &mut parts, depth) {
            return (either, behind);
        }
        if self.goes_on(at, end) {
            let to = self.terminator(at, end, grouped);
            return (Expression::Unknown(self.range(begun, to)), to);
        }
        (join(parts), at)
    }

    /// `a if condition else b`, `condition ? a : b`: either text.
    fn conditional(
        &self,
        begun: usize,
        at: usize,
        end: usize,
        grouped: bool,
        parts: &mut Vec<Expression>,
        depth: u32,
    ) -> Option<(Expression, usize)> {
        let next = self.skip_newlines(at, end, grouped);
        if next >= end {
            return None;
        }
        let mut options = Vec::new();
        let behind = if self.language.adjacent && self.tokens.is_word(next, "if") {
            let otherwise = self.find(next, end, grouped, |at| self.tokens.is_word(at, "else"))?;
            options.push(join(std::mem::take(parts)));
            let (other, behind) =
                self.expression(self.skip_newlines(otherwise + 1, end, grouped), end, grouped, depth + 1);
            options.push(other);
            behind
        } else if self.language.markup
            && let question = self.find(at, end, grouped, |at| {
                self.tokens.is_punct(at, b'?')
                    && !self.tokens.is_punct(at + 1, b'?')
                    && !self.tokens.is_punct(at + 1, b'.')
            })?
            && !self.tokens.is_punct(at, b'=')
        {
            let (one, behind) = self.expression(question + 1, end, grouped, depth + 1);
            if !self.tokens.is_punct(behind, b':') {
                return None;
            }
            options.push(one);
            let (other, behind) = self.expression(behind + 1, end, grouped, depth + 1);
            options.push(other);
            behind
        } else {
            return None;
        };
        Some((Expression::Either(options, self.range(begun, behind)), behind))
    }

    /// The next token of this expression that is one.
    fn find(
        &self,
        mut at: usize,
        end: usize,
        grouped: bool,
        wanted: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let most = at + 100;
        while at < end && at < most {
            if wanted(at) {
                return Some(at);
            }
            match self.tokens.kind(at)? {
                Kind::Open(_) | Kind::StringOpen(_) => at = self.tokens.partner(at).max(at),
                Kind::Close | Kind::HoleClose | Kind::Punct(b',' | b';' | b':') => return None,
                Kind::Newline if !grouped => return None,
                _ => {}
            }
            at += 1;
        }
        None
    }

    pub(crate) fn is_concatenation(&self, at: usize) -> bool {
        let byte = self.language.concatenation;
        let adjacent = |other: usize| {
            matches!(self.tokens.kind(other), Some(Kind::Punct(next)) if next == byte || next == b'=')
                && self.tokens.list[at].end == self.tokens.list[other].start
        };
        self.tokens.is_punct(at, byte) && !adjacent(at + 1)
    }

    /// Whether an operator follows that makes something else of the text.
    fn goes_on(&self, at: usize, end: usize) -> bool {
        if at >= end {
            return false;
        }
        match self.tokens.kind(at) {
            Some(Kind::Punct(byte)) => {
                let follows = |byte| self.tokens.is_punct(at + 1, byte);
                match byte {
                    b'!' => follows(b'='),
                    b':' => follows(b':'),
                    b'?' | b'|' | b'&' | b'<' | b'>' | b'*' | b'/' | b'%' | b'^' | b'-' | b'=' | b'+' => true,
                    b'.' => true,
                    _ => false,
                }
            }
            Some(Kind::Word) => matches!(self.tokens.of(at), "if" | "and" | "or" | "instanceof" | "unless"),
            Some(Kind::Open(b'[')) => true,
            _ => false,
        }
    }

    /// The next token that ends an expression.
    fn terminator(&self, mut at: usize, end: usize, grouped: bool) -> usize {
        while at < end {
            match self.tokens.kind(at) {
                Some(Kind::Open(_) | Kind::StringOpen(_) | Kind::HoleOpen) => {
                    at = self.tokens.partner(at).max(at);
                }
                Some(Kind::Close | Kind::HoleClose | Kind::Punct(b',' | b';')) => return at,
                Some(Kind::Newline) if !grouped => return at,
                _ => {}
            }
            at += 1;
        }
        end.min(self.tokens.list.len())
    }

    pub(crate) fn skip_newlines(&self, mut at: usize, end: usize, skip: bool) -> usize {
        while skip && at < end && self.tokens.kind(at) == Some(Kind::Newline) {
            at += 1;
        }
        at
    }

    /// From the token `from` to the one before `to`.
    pub(crate) fn range(&self, from: usize, to: usize) -> Range {
        let list = &self.tokens.list;
        let start = list.get(from).map_or(self.tokens.text.len() as u32, |token| token.start);
        let end = list.get(to.saturating_sub(1)).map_or(start, |token| token.end);
        (start, end.max(start))
    }

    fn operand(&self, at: usize, end: usize, grouped: bool, depth: u32) -> (Expression, usize) {
        let begun = at;
        let (expression, at) = match self.tokens.kind(at).filter(|_| at < end) {
            Some(Kind::StringOpen(_)) => self.string(at, depth),
            Some(Kind::Number) => {
                let (start, text) = (self.tokens.list[at].start, self.tokens.of(at).to_owned());
                let number =
                    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !text.is_empty();
                let literal = Literal { text, map: vec![(0, start)] };
                let range = self.range(at, at + 1);
                (if number { Expression::Literal(literal) } else { Expression::Unknown(range) }, at + 1)
            }
            Some(Kind::Mark) => return self.operand(at + 1, end, grouped, depth),
            // `(0, module.gql)`: what is called.
            Some(Kind::Open(b'(')) if self.tokens.is_indirect(at) => self.name(at + 3, depth),
            Some(Kind::Open(b'(')) => {
                let close = self.tokens.partner(at);
                let (inner, behind) = self.expression(at + 1, close, true, depth + 1);
                let whole = self.skip_newlines(behind, close, true) >= close;
                (if whole { inner } else { Expression::Unknown(self.range(at, close + 1)) }, close + 1)
            }
            Some(Kind::Open(b'[')) => {
                let close = self.tokens.partner(at);
                let items = self.arguments(at, depth).into_iter().map(|argument| argument.value).collect();
                (Expression::List(items, self.range(at, close + 1)), close + 1)
            }
            Some(Kind::Open(_)) => {
                let close = self.tokens.partner(at);
                let tree = if self.language.markup { self.tree(at, depth) } else { None };
                let text = tree.and_then(|tree| tree.text.ok());
                (text.unwrap_or_else(|| Expression::Unknown(self.range(at, close + 1))), close + 1)
            }
            Some(Kind::Word) => match self.tokens.of(at) {
                "await" | "new" | "return" => return self.operand(at + 1, end, grouped, depth + 1),
                _ => self.name(at, depth),
            },
            _ => {
                let to = self.terminator(at, end, grouped);
                return (Expression::Unknown(self.range(at, to)), to);
            }
        };
        self.postfix(expression, begun, at, end, depth)
    }

    /// A name with dots, a call, or a string behind a tag.
    fn name(&self, begun: usize, depth: u32) -> (Expression, usize) {
        let mut path = vec![self.tokens.of(begun).to_owned()];
        let mut at = begun + 1;
        while let Some(next) = self.member(at) {
            path.push(self.tokens.of(next).to_owned());
            at = next + 1;
        }
        let last = path.last().cloned().unwrap_or_default();
        let tag = if self.language.markup { self.behind_tag(at - 1) } else { None };
        let is_tag = tag.is_some() || self.tags.contains(&last);
        if self.language.markup {
            at = self.tokens.behind_indirect(tag.unwrap_or(at));
            let string = self.behind_type_arguments(at);
            if let Some(Kind::StringOpen(_)) = self.tokens.kind(string) {
                let (text, behind) = self.string(string, depth);
                let text = match &text {
                    _ if is_tag => Expression::Document(Box::new(text)),
                    _ if TRANSPARENT_FUNCTIONS.contains(&last.as_str()) => text,
                    _ => Expression::Unknown(self.range(begun, behind)),
                };
                return (text, behind);
            }
            if is_tag {
                at = string;
            }
        }
        // A macro of Rust.
        let is_macro = self.tokens.is_punct(at, b'!')
            && matches!(self.tokens.kind(at + 1), Some(Kind::Open(b'(' | b'[')));
        if is_macro {
            at += 1;
        }
        if !matches!(self.tokens.kind(at), Some(Kind::Open(b'('))) && !is_macro {
            return (Expression::Name(path, self.range(begun, at)), at);
        }
        let behind = self.tokens.partner(at) + 1;
        let range = self.range(begun, behind);
        let called = if is_macro { format!("{last}!") } else { last };
        if is_tag && !is_macro {
            return (self.document(at, range, depth), behind);
        }
        if called == "parse" && path.len() == 2 && path[0] == "JSON" {
            return (self.parsed_tree(at, depth).unwrap_or(Expression::Unknown(range)), behind);
        }
        if path.len() > 1 && is_method(&called) {
            path.pop();
            let base = Expression::Name(path.clone(), range);
            if path.last().is_some_and(|name| matches!(name.as_str(), "String" | "string")) {
                return (self.called(&called, at, range, depth), behind);
            }
            return (self.method(base, &called, at, range, depth), behind);
        }
        (self.called(&called, at, range, depth), behind)
    }

    /// The word behind a dot, an arrow or two colons.
    fn member(&self, at: usize) -> Option<usize> {
        let punct = |at, byte| self.tokens.is_punct(at, byte);
        let word = if (punct(at, b'?') && punct(at + 1, b'.'))
            || (punct(at, b':') && punct(at + 1, b':'))
            || (punct(at, b'-') && punct(at + 1, b'>'))
        {
            at + 2
        } else if punct(at, b'.') && self.language.concatenation != b'.' {
            at + 1
        } else {
            return None;
        };
        (self.tokens.kind(word) == Some(Kind::Word)).then_some(word)
    }

    /// The token behind `<…>`, where that stands between a tag and its string.
    pub(crate) fn behind_type_arguments(&self, at: usize) -> usize {
        if !self.tokens.is_punct(at, b'<') {
            return at;
        }
        let (mut depth, mut next) = (0u32, at);
        while next < at + 200 {
            match self.tokens.kind(next) {
                Some(Kind::Punct(b'<')) => depth += 1,
                Some(Kind::Punct(b'>')) => {
                    depth -= 1;
                    if depth == 0 {
                        let fits = matches!(
                            self.tokens.kind(next + 1),
                            Some(Kind::StringOpen(_) | Kind::Open(b'('))
                        );
                        return if fits { next + 1 } else { at };
                    }
                }
                Some(Kind::Open(_)) => next = self.tokens.partner(next),
                Some(Kind::Word | Kind::Punct(b',' | b'.' | b'|' | b'&' | b'?' | b'=')) => {}
                _ => return at,
            }
            next += 1;
        }
        at
    }

    /// The token behind the name of a tag, where one stands here: `gql`, or `default` of a module whose default is one.
    pub(crate) fn behind_tag(&self, at: usize) -> Option<usize> {
        let word = self.tokens.of(at);
        if self.tags.iter().any(|tag| tag == word) {
            return Some(at + 1);
        }
        let of_module = |at: usize| {
            self.tokens.kind(at) == Some(Kind::Word)
                && self.tag_modules.iter().any(|module| module == self.tokens.of(at))
        };
        if word == "default" && at > 1 && self.tokens.is_punct(at - 1, b'.') && of_module(at - 2) {
            return Some(at + 1);
        }
        // `module["default"]`
        let quoted = of_module(at)
            && self.tokens.kind(at + 1) == Some(Kind::Open(b'['))
            && self.tokens.of(at + 3) == "default";
        quoted.then(|| self.tokens.partner(at + 1) + 1)
    }

    /// What a tag is called with.
    fn document(&self, open: usize, range: Range, depth: u32) -> Expression {
        if depth > MAX_DEPTH {
            return Expression::Unknown(range);
        }
        if let Some(text) = self.compiled(open, depth).filter(|_| self.language.markup) {
            return Expression::Document(Box::new(text));
        }
        let mut values = self.arguments(open, depth).into_iter().map(|argument| argument.value);
        let text = values.next().unwrap_or(Expression::Unknown(range));
        // Further documents, as a list of fragments.
        let further = values.filter(|value| matches!(value, Expression::List(..)));
        let mut parts = vec![text];
        parts.extend(further);
        Expression::Document(Box::new(join(parts)))
    }

    fn called(&self, name: &str, open: usize, range: Range, depth: u32) -> Expression {
        if depth > MAX_DEPTH {
            return Expression::Unknown(range);
        }
        let arguments = || self.arguments(open, depth).into_iter();
        if self.selections.iter().any(|selection| selection == name) {
            return Expression::Call(arguments().collect(), range);
        }
        let style = match name {
            "Sprintf" | "sprintf" | "format" | "formatted" => Some(Style::Percent),
            "Format" | "format!" => Some(Style::Braces),
            _ => None,
        };
        if let Some(style) = style {
            let mut arguments = arguments();
            let template = arguments.next().map_or(Expression::Unknown(range), |argument| argument.value);
            return Expression::Format(Box::new(template), style, arguments.collect(), range);
        }
        if name == "include_str!" {
            let mut path = String::new();
            arguments().for_each(|argument| argument.value.sketch(&mut path));
            return if is_document_path(&path) {
                Expression::File(range)
            } else {
                Expression::Unknown(range)
            };
        }
        if name == "concat!" {
            return join(arguments().map(|argument| argument.value).collect());
        }
        if TRANSPARENT_FUNCTIONS.contains(&name) {
            return arguments().next().map_or(Expression::Unknown(range), |argument| argument.value);
        }
        Expression::Unknown(range)
    }

    /// A method of a text, called.
    fn method(&self, base: Expression, name: &str, open: usize, range: Range, depth: u32) -> Expression {
        if TRANSPARENT_METHODS.contains(&name) {
            return base;
        }
        if depth > MAX_DEPTH {
            return Expression::Unknown(range);
        }
        if name == "trimMargin" {
            return Expression::Margin(Box::new(base));
        }
        let mut arguments = self.arguments(open, depth);
        match name {
            "format" if self.language.adjacent => {
                Expression::Format(Box::new(base), Style::Braces, arguments, range)
            }
            "format" | "formatted" => Expression::Format(Box::new(base), Style::Percent, arguments, range),
            "replace" | "replaceAll" | "Replace" | "gsub" | "replacingOccurrences"
                if arguments.len() >= 2 =>
            {
                let to = arguments.swap_remove(1).value;
                let from = arguments.swap_remove(0).value;
                Expression::Replace(Box::new(base), Box::new(from), Box::new(to), range)
            }
            "join" => match (base, arguments.pop().map(|argument| argument.value)) {
                // `separator.join(list)` and `list.join(separator)`
                (separator, Some(Expression::List(items, _)))
                | (Expression::List(items, _), Some(separator)) => {
                    let mut parts = Vec::new();
                    for (index, item) in items.into_iter().enumerate() {
                        if index > 0 {
                            parts.push(separator.clone());
                        }
                        parts.push(item);
                    }
                    join(parts)
                }
                _ => Expression::Unknown(range),
            },
            _ => Expression::Unknown(range),
        }
    }

    fn postfix(
        &self,
        mut expression: Expression,
        begun: usize,
        mut at: usize,
        end: usize,
        depth: u32,
    ) -> (Expression, usize) {
        while at < end {
            let mut next = at;
            // A method on a line of its own.
            while self.tokens.kind(next) == Some(Kind::Newline) && !self.language.adjacent {
                next += 1;
            }
            if let Some(word) = self.member(next) {
                let name = self.tokens.of(word);
                let called = self.tokens.kind(word + 1) == Some(Kind::Open(b'('));
                at = if called { self.tokens.partner(word + 1) + 1 } else { word + 1 };
                let range = self.range(begun, at);
                expression = if called {
                    self.method(expression, name, word + 1, range, depth)
                } else if TRANSPARENT_METHODS.contains(&name) {
                    expression
                } else {
                    Expression::Unknown(range)
                };
            } else if matches!(self.tokens.kind(at), Some(Kind::Open(b'(' | b'['))) {
                // A line that begins with a bracket may be a statement of its own, but then nothing is lost.
                at = self.tokens.partner(at) + 1;
                expression = Expression::Unknown(self.range(begun, at));
            } else if self.tokens.is_punct(at, b'!') && !self.tokens.is_punct(at + 1, b'=') {
                at += 1;
            } else if self.tokens.is_word(at, "as") || self.tokens.is_word(at, "satisfies") {
                if !matches!(self.tokens.kind(at + 1), Some(Kind::Word)) {
                    break;
                }
                at += 2;
                while let Some(next) = self.member(at) {
                    at = next + 1;
                }
                at = self.behind_type(at);
            } else {
                break;
            }
        }
        (expression, at.min(end.max(begun + 1)))
    }

    /// The token behind the parameters of a type.
    fn behind_type(&self, at: usize) -> usize {
        let (mut depth, mut next) = (0u32, at);
        while next < at + 200 {
            match self.tokens.kind(next) {
                Some(Kind::Punct(b'<')) => depth += 1,
                Some(Kind::Punct(b'>')) if depth > 0 => depth -= 1,
                _ if depth == 0 => return next,
                Some(Kind::Open(_)) => next = self.tokens.partner(next),
                None => return at,
                _ => {}
            }
            next += 1;
        }
        at
    }

    /// A string with its interpolations.
    pub(crate) fn string(&self, open: usize, depth: u32) -> (Expression, usize) {
        let close = self.tokens.partner(open);
        let Some(Kind::StringOpen(number)) = self.tokens.kind(open) else {
            return (Expression::Unknown(self.range(open, open + 1)), open + 1);
        };
        if close >= self.tokens.list.len() || depth > MAX_DEPTH {
            let to = if close >= self.tokens.list.len() { open + 1 } else { close + 1 };
            return (Expression::Unknown(self.range(open, to)), to);
        }
        let quote = self.tokens.quotes[number as usize];
        let strip = indentation(self.tokens, open, &quote);
        let mut parts = Vec::new();
        let mut at = open + 1;
        while at < close {
            match self.tokens.kind(at) {
                Some(Kind::Chunk) => parts.push(Expression::Literal(decode(self.tokens, at, &quote, strip))),
                Some(Kind::HoleOpen) => {
                    let end = self.tokens.partner(at).min(close);
                    let range = self.range(at, end + 1);
                    let (inner, behind) = self.expression(at + 1, end, true, depth + 1);
                    // What follows is a format of the value, or more than an expression.
                    let formatted = self.language.adjacent
                        && (self.tokens.is_punct(behind, b'!') || self.tokens.is_punct(behind, b'='));
                    let whole = behind >= end && !formatted;
                    let inner = if whole { inner } else { Expression::Unknown(range) };
                    parts.push(Expression::Interpolation(range, Box::new(inner)));
                    at = end;
                }
                _ => {}
            }
            at += 1;
        }
        let empty = Literal { text: String::new(), map: vec![(0, self.tokens.list[open].end)] };
        (if parts.is_empty() { Expression::Literal(empty) } else { join(parts) }, close + 1)
    }

    /// What fills the placeholders behind `%`: a tuple, a map or one value.
    fn percent_arguments(&self, at: usize, end: usize, grouped: bool, depth: u32) -> (Vec<Argument>, usize) {
        match self.tokens.kind(at) {
            Some(Kind::Open(b'(')) => (self.arguments(at, depth), self.tokens.partner(at) + 1),
            Some(Kind::Open(b'{')) => {
                let close = self.tokens.partner(at);
                let mut arguments = Vec::new();
                let mut next = at + 1;
                while next < close {
                    let (key, behind) = self.expression(next, close, true, depth + 1);
                    let Expression::Literal(key) = key else { break };
                    if !self.tokens.is_punct(behind, b':') {
                        break;
                    }
                    let (value, behind) = self.expression(behind + 1, close, true, depth + 1);
                    arguments.push(Argument { name: Some(key.text), value });
                    next = self.skip_newlines(behind, close, true) + 1;
                }
                (arguments, close + 1)
            }
            _ => {
                let (value, behind) = self.operand(at, end, grouped, depth + 1);
                (vec![Argument { name: None, value }], behind)
            }
        }
    }

    /// The arguments between the bracket at `open` and its partner.
    pub(crate) fn arguments(&self, open: usize, depth: u32) -> Vec<Argument> {
        let close = self.tokens.partner(open);
        let mut arguments = Vec::new();
        let mut at = self.skip_newlines(open + 1, close, true);
        while at < close {
            let begun = at;
            let mut name = None;
            let assigned = self.tokens.is_punct(at + 1, b'=') && !self.tokens.is_punct(at + 2, b'=');
            let labelled = self.tokens.is_punct(at + 1, b':') && !self.tokens.is_punct(at + 2, b':');
            if self.tokens.kind(at) == Some(Kind::Word) && (assigned || labelled) {
                name = Some(self.tokens.of(at).to_owned());
                at += 2;
            }
            let (value, behind) = self.expression(at, close, true, depth + 1);
            let next = self.terminator(behind, close, true);
            let whole = self.skip_newlines(behind, close, true) >= next;
            let value = if whole { value } else { Expression::Unknown(self.range(begun, next)) };
            arguments.push(Argument { name, value });
            at = self.skip_newlines(next.max(begun) + 1, close, true);
        }
        arguments
    }
}

fn is_method(name: &str) -> bool {
    TRANSPARENT_METHODS.contains(&name)
        || matches!(
            name,
            "trimMargin"
                | "format"
                | "formatted"
                | "replace"
                | "replaceAll"
                | "Replace"
                | "gsub"
                | "replacingOccurrences"
                | "join"
        )
}

/// Texts, one behind the other.
pub(crate) fn join(mut parts: Vec<Expression>) -> Expression {
    if parts.len() == 1 { parts.remove(0) } else { Expression::Join(parts) }
}

impl Expression {
    /// Where it stands.
    pub(crate) fn range(&self) -> Range {
        match self {
            Expression::Name(_, range)
            | Expression::List(_, range)
            | Expression::Call(_, range)
            | Expression::Either(_, range)
            | Expression::Format(.., range)
            | Expression::Replace(.., range)
            | Expression::Interpolation(range, _)
            | Expression::File(range)
            | Expression::Unknown(range) => *range,
            Expression::Document(inner) | Expression::Margin(inner) => inner.range(),
            Expression::Join(parts) => {
                let start = parts.first().map_or(0, |part| part.range().0);
                (start, parts.last().map_or(start, |part| part.range().1).max(start))
            }
            Expression::Literal(literal) => {
                let start = literal.map.first().map_or(0, |&(_, at)| at);
                (start, start + literal.text.len() as u32)
            }
        }
    }

    /// The place of the first text in it, in its file.
    pub(crate) fn first_literal(&self) -> Option<u32> {
        match self {
            Expression::Literal(literal) => literal.map.first().map(|&(_, at)| at),
            Expression::Join(parts) => parts.iter().find_map(Expression::first_literal),
            Expression::Interpolation(_, inner)
            | Expression::Document(inner)
            | Expression::Margin(inner)
            | Expression::Format(inner, ..)
            | Expression::Replace(inner, ..) => inner.first_literal(),
            _ => None,
        }
    }

    /// Whether a name stands in it whose text it changes.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        match self {
            Expression::Name(path, _) => matches!(path.as_slice(), [only] if only == name),
            Expression::Join(parts) => parts.iter().any(|part| part.mentions(name)),
            Expression::Interpolation(_, inner) => inner.mentions(name),
            Expression::Format(base, ..) | Expression::Replace(base, ..) => base.mentions(name),
            _ => false,
        }
    }

    /// Its text with a hole for everything that does not stand in it.
    pub(crate) fn sketch(&self, text: &mut String) {
        match self {
            Expression::Literal(literal) => text.push_str(&literal.text),
            Expression::Join(parts) => parts.iter().for_each(|part| part.sketch(text)),
            Expression::Interpolation(_, inner) | Expression::Document(inner) => inner.sketch(text),
            Expression::Margin(base) => {
                let mut lines = String::new();
                base.sketch(&mut lines);
                for line in lines.lines() {
                    text.push_str(line.trim_start().trim_start_matches('|'));
                    text.push('\n');
                }
            }
            Expression::Format(base, ..) | Expression::Replace(base, ..) => base.sketch(text),
            _ => text.push(crate::HOLE),
        }
    }
}
