//! Tokens to syntax trees: one recursive-descent parser for both document kinds (specification, appendix B).
//!
//! A syntax error does not end the parse. The parser records it, goes on at the next entry of the block or at the next
//! definition, and reports all errors of the text. Depth and number of tokens are bounded; a bound that is hit ends
//! the parse with an error.

use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;

use crate::ast::{
    Argument, Definition, Directive, DirectiveDefinition, DirectiveLocation, Document, EnumValueDefinition,
    Field, FieldDefinition, FragmentDefinition, FragmentSpread, InlineFragment, InputValueDefinition, Name,
    ObjectField, OperationDefinition, OperationKind, OperationTypeDefinition, SchemaDefinition, Selection,
    SelectionSet, StringValue, TypeDefinition, TypeKind, TypeReference, Value, ValueKind, VariableDefinition,
    Wrappers,
};
use crate::diagnostic::Diagnostic;
use crate::lexer::{Lexer, Token, TokenKind};
use crate::source::{HOLE, Source, Span, has_hole};

/// Bounds on a text, so that no input takes the stack or the memory.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How deep selection sets and values may nest.
    pub depth: u32,
    /// How many tokens a text may have.
    pub tokens: u32,
    /// How many bytes a text may have.
    pub bytes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { depth: 500, tokens: 4_000_000, bytes: 64 << 20 }
    }
}

/// How many syntax errors of one text are told.
const MAX_ERRORS: usize = 100;

/// Parses a text. The tree holds every definition that could be read; it is whole where there is no error.
pub fn parse<'a>(
    arena: &'a Bump,
    source: &'a Source,
    limits: Limits,
) -> Result<Document<'a>, Vec<Diagnostic>> {
    let text = source.text();
    if text.len() > limits.bytes as usize {
        let span = Span { start: source.base(), end: source.base() };
        let message = format!("the text has more than {} bytes", limits.bytes);
        return Err(vec![Diagnostic::error("limit", span, message).help("split it into several files")]);
    }
    let mut parser = Parser::new(arena, source, limits);
    let document = parser.document();
    let Parser { mut errors, .. } = parser;
    if errors.is_empty() {
        return Ok(document);
    }
    if let Some(help) = foreign(text) {
        errors.truncate(1);
        errors[0].help = Some(help.to_owned());
    }
    Err(errors)
}

/// What a text is that is not GraphQL at all, as far as its look tells.
fn foreign(text: &str) -> Option<&'static str> {
    let start = text.trim_start().get(..40.min(text.trim_start().len())).unwrap_or("").to_ascii_lowercase();
    if text.starts_with("<<<<<<< ") || text.contains("\n<<<<<<< ") || text.contains("\n>>>>>>> ") {
        Some("the file has conflict markers of an unfinished merge; resolve the conflict")
    } else if start.starts_with("version https://git-lfs") {
        Some("the file is a Git LFS pointer; fetch the content with: git lfs pull")
    } else if start.starts_with("<!doctype") || start.starts_with("<html") || start.starts_with("<?xml") {
        Some("the file is an HTML or XML page, not GraphQL; was it fetched from behind a login?")
    } else {
        None
    }
}

/// A production could not be read; the reason is recorded.
struct Failed;

type Parsed<T> = Result<T, Failed>;

#[expect(clippy::struct_excessive_bools, reason = "each says of the document that something was met in it")]
struct Parser<'a> {
    arena: &'a Bump,
    lexer: Lexer<'a>,
    text: &'a str,
    base: u32,
    limits: Limits,
    /// Whether parts of the text are not known.
    holes: bool,
    /// Whether a hole stands where definitions do.
    open: bool,
    reserved_names: bool,
    /// Whether directives were met since the definition at hand began.
    directives_met: bool,
    token: Token,
    /// Where the last consumed token ends.
    last_end: u32,
    tokens: u32,
    depth: u32,
    field_count: u32,
    selection_set_count: u32,
    /// A bound was hit: nothing more is read.
    aborted: bool,
    errors: Vec<Diagnostic>,
    // Children are gathered on these stacks and then moved to the arena as one slice.
    selections: ArenaVec<'a, Selection<'a>>,
    arguments: ArenaVec<'a, Argument<'a>>,
    directives: ArenaVec<'a, Directive<'a>>,
    values: ArenaVec<'a, Value<'a>>,
    object_fields: ArenaVec<'a, ObjectField<'a>>,
    input_values: ArenaVec<'a, InputValueDefinition<'a>>,
    fields: ArenaVec<'a, FieldDefinition<'a>>,
}

impl<'a> Parser<'a> {
    fn new(arena: &'a Bump, source: &'a Source, limits: Limits) -> Self {
        let (text, base, holes) = (source.text(), source.base(), !source.holes().is_empty());
        let mut lexer = Lexer::new(text, base).with_holes(holes);
        let token = lexer.next_token();
        Parser {
            arena,
            lexer,
            text,
            base,
            limits,
            holes,
            open: false,
            reserved_names: false,
            directives_met: false,
            token,
            last_end: 0,
            tokens: 1,
            depth: 0,
            field_count: 0,
            selection_set_count: 0,
            aborted: false,
            errors: Vec::new(),
            selections: ArenaVec::with_capacity_in(16, arena),
            arguments: ArenaVec::with_capacity_in(8, arena),
            directives: ArenaVec::new_in(arena),
            values: ArenaVec::new_in(arena),
            object_fields: ArenaVec::new_in(arena),
            input_values: ArenaVec::new_in(arena),
            fields: ArenaVec::new_in(arena),
        }
    }

    // Tokens.

    #[inline]
    fn advance(&mut self) {
        self.last_end = self.token.end;
        self.tokens += 1;
        if self.tokens > self.limits.tokens {
            return self.too_many_tokens();
        }
        self.token = self.lexer.next_token();
    }

    #[inline]
    fn peek(&self, kind: TokenKind) -> bool {
        self.token.kind == kind
    }

    #[inline]
    fn skip(&mut self, kind: TokenKind) -> bool {
        let found = self.token.kind == kind;
        if found {
            self.advance();
        }
        found
    }

    #[inline]
    fn expect(&mut self, kind: TokenKind) -> Parsed<()> {
        if self.skip(kind) { Ok(()) } else { Err(self.unexpected(kind.describe())) }
    }

    #[inline]
    fn token_text(&self) -> &'a str {
        &self.text[self.token.start as usize..self.token.end as usize]
    }

    #[inline]
    fn peek_keyword(&self, keyword: &str) -> bool {
        self.token.kind == TokenKind::Name && self.token_text() == keyword
    }

    #[inline]
    fn skip_keyword(&mut self, keyword: &str) -> bool {
        let found = self.peek_keyword(keyword);
        if found {
            self.advance();
        }
        found
    }

    #[inline]
    fn token_span(&self) -> Span {
        Span { start: self.base + self.token.start, end: self.base + self.token.end }
    }

    /// From the token that begins at `start` to the last consumed one.
    #[inline]
    fn span_from(&self, start: u32) -> Span {
        Span { start: self.base + start, end: self.base + self.last_end }
    }

    // Errors.

    #[cold]
    fn unexpected(&mut self, expected: &str) -> Failed {
        let found = match self.token.kind {
            TokenKind::Name => format!("the name \"{}\"", self.token_text()),
            TokenKind::Int | TokenKind::Float => format!("the number {}", self.token_text()),
            kind => kind.describe().to_owned(),
        };
        self.error(self.token_span(), format!("expected {expected}, found {found}"))
    }

    #[cold]
    fn error(&mut self, span: Span, message: String) -> Failed {
        // Where the token itself is invalid, that is what is wrong.
        let lexical = if self.peek(TokenKind::Invalid) { self.lexer.take_error() } else { None };
        let error = lexical.unwrap_or_else(|| Diagnostic::error("syntax", span, message));
        if !self.aborted {
            self.errors.push(error);
            if self.errors.len() >= MAX_ERRORS {
                self.abort();
            }
        }
        Failed
    }

    #[cold]
    fn hit_limit(&mut self, message: String) -> Failed {
        if !self.aborted {
            let error = Diagnostic::error("limit", self.token_span(), message);
            self.errors.push(
                error.help("no operation or schema written by people comes near it; is this the right file?"),
            );
            self.abort();
        }
        Failed
    }

    #[cold]
    fn too_many_tokens(&mut self) {
        self.hit_limit(format!("the text has more than {} tokens", self.limits.tokens));
    }

    fn abort(&mut self) {
        self.aborted = true;
        self.token = Token { kind: TokenKind::EndOfFile, start: self.token.start, end: self.token.start };
        self.lexer = Lexer::new("", self.base);
    }

    fn deeper(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            return Err(self.hit_limit(format!("nested deeper than {} levels", self.limits.depth)));
        }
        Ok(())
    }

    /// Whether the current token begins a line; with `column`, only at the line's first column.
    fn begins_line(&self, column: bool) -> bool {
        let before = &self.text.as_bytes()[..self.token.start as usize];
        for &byte in before.iter().rev() {
            match byte {
                b'\n' | b'\r' => return true,
                b' ' | b'\t' | b',' if !column => {}
                _ => return false,
            }
        }
        true
    }

    /// Whether a definition seems to begin here: a keyword of one at the first column.
    fn begins_definition(&self) -> bool {
        match self.token.kind {
            TokenKind::Name => {
                let keyword = self.token_text();
                let known = matches!(keyword, "fragment" | "schema" | "extend" | "directive")
                    || TypeKind::from_keyword(keyword).is_some()
                    || OperationKind::from_keyword(keyword).is_some();
                known && self.begins_line(true)
            }
            TokenKind::String | TokenKind::BlockString | TokenKind::BraceOpen => self.begins_line(true),
            _ => false,
        }
    }

    /// After an error at top level: goes on at the next definition.
    fn recover_definition(&mut self) {
        while !self.peek(TokenKind::EndOfFile) && !self.begins_definition() {
            self.advance();
        }
    }

    /// After an error inside a block: goes on at the next line of the block, or at its end. Fails where a new definition
    /// begins instead, for then the block was not closed.
    fn recover_entry(&mut self, close: TokenKind) -> Parsed<()> {
        let mut nested = 0u32;
        let mut first = true;
        loop {
            match self.token.kind {
                TokenKind::EndOfFile => return Err(Failed),
                _ if self.begins_definition() => return Err(Failed),
                kind if kind == close && nested == 0 => return Ok(()),
                TokenKind::BraceOpen | TokenKind::ParenOpen | TokenKind::BracketOpen => nested += 1,
                TokenKind::BraceClose | TokenKind::ParenClose | TokenKind::BracketClose if nested > 0 => {
                    nested -= 1;
                }
                TokenKind::Name | TokenKind::Spread | TokenKind::String | TokenKind::BlockString
                    if nested == 0 && !first && self.begins_line(false) =>
                {
                    return Ok(());
                }
                _ => {}
            }
            first = false;
            self.advance();
        }
    }

    /// The entries of a block `{ … }` with at least one, each read by `entry`. An entry that fails is passed over.
    fn block(&mut self, mut entry: impl FnMut(&mut Self) -> Parsed<()>) -> Parsed<()> {
        self.expect(TokenKind::BraceOpen)?;
        let mut failed = false;
        loop {
            if self.aborted {
                return Err(Failed);
            }
            let depth = self.depth;
            if entry(self).is_err() {
                failed = true;
                self.depth = depth;
                self.recover_entry(TokenKind::BraceClose)?;
            }
            if self.skip(TokenKind::BraceClose) {
                return if failed { Err(Failed) } else { Ok(()) };
            }
        }
    }

    // Documents (section 2.2).

    fn document(&mut self) -> Document<'a> {
        let mut definitions = ArenaVec::new_in(self.arena);
        loop {
            let begun = self.errors.len();
            self.depth = 0;
            if self.skip_open_definitions() {
                break;
            }
            match self.definition() {
                Ok(definition) => definitions.push(definition),
                // A block that recovered inside has passed its own end already.
                Err(Failed) if self.errors.len() > begun && self.begins_definition() => {}
                Err(Failed) => self.recover_definition(),
            }
            if self.peek(TokenKind::EndOfFile) || self.aborted {
                break;
            }
        }
        Document {
            definitions: definitions.into_bump_slice(),
            holes: self.holes,
            open: self.open,
            reserved_names: self.reserved_names,
            field_count: self.field_count,
            selection_set_count: self.selection_set_count,
        }
    }

    /// Passes over holes where definitions stand; true at the end of the text.
    fn skip_open_definitions(&mut self) -> bool {
        while self.holes && self.skip(TokenKind::Hole) {
            self.open = true;
        }
        self.open && self.peek(TokenKind::EndOfFile)
    }

    fn definition(&mut self) -> Parsed<Definition<'a>> {
        let start = self.token.start;
        if self.peek(TokenKind::BraceOpen) {
            if self.holes && self.open && self.text[..start as usize].trim_end().ends_with(HOLE) {
                let message = "the interpolation before this may say what kind of operation it is".to_owned();
                let failed = self.error(self.token_span(), message);
                self.advance();
                return Err(failed);
            }
            return self.operation(start, None);
        }
        let description = self.description();
        if description.is_some() && (self.peek(TokenKind::BraceOpen) || self.peek_keyword("extend")) {
            // The short form of a query and extensions have no description.
            let span = Span { start: self.base + start, end: self.base + self.last_end };
            let what = if self.peek(TokenKind::BraceOpen) {
                "an anonymous query in short form"
            } else {
                "an extension"
            };
            return Err(self.error(span, format!("{what} cannot have a description")));
        }
        if !self.peek(TokenKind::Name) {
            return Err(self.unexpected("a definition"));
        }
        match self.token_text() {
            "query" | "mutation" | "subscription" => self.operation(start, description),
            "fragment" => self.fragment(start),
            "schema" => self.schema(start, description, false),
            "directive" => self.directive_definition(start, description),
            "extend" => {
                self.advance();
                if self.peek_keyword("schema") {
                    return self.schema(start, None, true);
                }
                match TypeKind::from_keyword(self.token_text()).filter(|_| self.peek(TokenKind::Name)) {
                    Some(kind) => self.type_definition(start, kind, None, true),
                    None => Err(self.unexpected("schema, scalar, type, interface, union, enum or input")),
                }
            }
            keyword => match TypeKind::from_keyword(keyword) {
                Some(kind) => self.type_definition(start, kind, description, false),
                None => Err(self.unexpected("a definition")),
            },
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "a large result is written in parts and read back whole, for which a processor waits"
    )]
    #[inline(always)]
    fn description(&mut self) -> Option<StringValue<'a>> {
        let string = self.string_here();
        if string.is_some() {
            self.advance();
        }
        string
    }

    #[expect(clippy::inline_always, reason = "half of all tokens are names, and a name is better not copied")]
    #[inline(always)]
    fn name(&mut self) -> Parsed<Name<'a>> {
        if !self.peek(TokenKind::Name) && !self.peek(TokenKind::Hole) {
            return Err(self.unexpected("a name"));
        }
        let name = Name { text: self.token_text(), span: self.token_span() };
        self.reserved_names |= name.text.starts_with("__");
        self.advance();
        Ok(name)
    }

    // Operations (sections 2.3 to 2.8).

    fn operation(&mut self, start: u32, description: Option<StringValue<'a>>) -> Parsed<Definition<'a>> {
        let mut kind = OperationKind::Query;
        let mut name = None;
        let mut variables: &[VariableDefinition<'a>] = &[];
        let mut directives: &[Directive<'a>] = &[];
        if !self.peek(TokenKind::BraceOpen) {
            kind = OperationKind::from_keyword(self.token_text()).unwrap_or(kind);
            self.advance();
            if self.peek(TokenKind::Name) || self.peek(TokenKind::Hole) {
                name = Some(self.name()?);
            }
            variables = self.variable_definitions()?;
            directives = self.directives(false)?;
        }
        let selection_set = self.required_selection_set()?;
        let span = self.span_from(start);
        let node =
            OperationDefinition { span, description, kind, name, variables, directives, selection_set };
        Ok(Definition::Operation(self.arena.alloc(node)))
    }

    fn variable_definitions(&mut self) -> Parsed<&'a [VariableDefinition<'a>]> {
        let mut variables = ArenaVec::new_in(self.arena);
        while self.peek(TokenKind::Hole) {
            variables.push(self.open_variable()?);
        }
        if !self.skip(TokenKind::ParenOpen) {
            return Ok(variables.into_bump_slice());
        }
        loop {
            let start = self.token.start;
            self.description();
            let at = self.token.start;
            if self.peek(TokenKind::Hole) {
                variables.push(self.open_variable()?);
                if self.skip(TokenKind::ParenClose) {
                    return Ok(variables.into_bump_slice());
                }
                continue;
            }
            self.expect(TokenKind::Dollar)?;
            let text = self.name()?.text;
            let name = Name { text, span: self.span_from(at) };
            self.expect(TokenKind::Colon)?;
            let ty = self.type_reference()?;
            let default = if self.skip(TokenKind::Equals) { Some(self.value(true)?) } else { None };
            let directives = self.directives(true)?;
            variables.push(VariableDefinition { span: self.span_from(start), name, ty, default, directives });
            if self.skip(TokenKind::ParenClose) {
                return Ok(variables.into_bump_slice());
            }
        }
    }

    /// A hole among the variables, or in their place.
    fn open_variable(&mut self) -> Parsed<VariableDefinition<'a>> {
        let start = self.token.start;
        let name = self.name()?;
        let mut ty = TypeReference { span: name.span, name, wrappers: Wrappers::default() };
        if self.skip(TokenKind::Colon) {
            ty = self.type_reference()?;
        }
        Ok(VariableDefinition { span: self.span_from(start), name, ty, default: None, directives: &[] })
    }

    /// The selections of a definition or a fragment. A hole may stand for them, braces included, or for what stands
    /// between the head and them.
    fn required_selection_set(&mut self) -> Parsed<SelectionSet<'a>> {
        if !self.peek(TokenKind::Hole) && !self.last_was_hole() {
            return self.selection_set();
        }
        while self.peek(TokenKind::Hole) {
            self.advance();
        }
        if self.peek(TokenKind::BraceOpen) {
            return self.selection_set();
        }
        let start = self.last_end - HOLE.len_utf8() as u32;
        let span = self.span_from(start);
        let name = Name { text: &self.text[start as usize..self.last_end as usize], span };
        let field = Field {
            id: self.field_count,
            open: true,
            span,
            alias: None,
            name,
            arguments: &[],
            directives: &[],
            selection_set: None,
        };
        let id = self.selection_set_count;
        self.field_count += 1;
        self.selection_set_count += 1;
        let selections = self.arena.alloc_slice_copy(&[Selection::Field(&*self.arena.alloc(field))]);
        Ok(SelectionSet { id, span, selections })
    }

    /// Whether the last token ends in a hole.
    fn last_was_hole(&self) -> bool {
        self.holes && !self.peek(TokenKind::BraceOpen) && self.text[..self.last_end as usize].ends_with(HOLE)
    }

    // Selection sets nest as deep as the limit allows, so the functions on the way down keep nothing large on the
    // stack: a node goes to the arena before its selections are read, and its head is read by a function that returns.

    fn selection_set(&mut self) -> Parsed<SelectionSet<'a>> {
        let start = self.token.start;
        let bottom = self.selections.len();
        let id = self.selection_set_count;
        self.selection_set_count += 1;
        self.deeper()?;
        let result = self.block(Self::selection);
        self.depth -= 1;
        let selections = self.arena.alloc_slice_copy(&self.selections[bottom..]);
        self.selections.truncate(bottom);
        result?;
        Ok(SelectionSet { id, span: self.span_from(start), selections })
    }

    fn selection(&mut self) -> Parsed<()> {
        if self.peek(TokenKind::Spread) {
            return self.fragment_selection();
        }
        let start = self.token.start;
        let field = self.field_head()?;
        if self.peek(TokenKind::BraceOpen) {
            field.selection_set = Some(self.selection_set()?);
            field.span = self.span_from(start);
        } else {
            field.open = self.peek(TokenKind::Hole);
        }
        self.selections.push(Selection::Field(field));
        Ok(())
    }

    fn field_head(&mut self) -> Parsed<&'a mut Field<'a>> {
        let start = self.token.start;
        let first = self.name()?;
        let (alias, name) =
            if self.skip(TokenKind::Colon) { (Some(first), self.name()?) } else { (None, first) };
        let id = self.field_count;
        self.field_count += 1;
        let arguments = self.arguments(false)?;
        let directives = self.directives(false)?;
        let span = self.span_from(start);
        Ok(self.arena.alloc(Field {
            id,
            open: false,
            span,
            alias,
            name,
            arguments,
            directives,
            selection_set: None,
        }))
    }

    fn fragment_selection(&mut self) -> Parsed<()> {
        let start = self.token.start;
        let Some(fragment) = self.fragment_head()? else { return Ok(()) };
        fragment.selection_set = self.required_selection_set()?;
        fragment.span = self.span_from(start);
        self.selections.push(Selection::InlineFragment(fragment));
        Ok(())
    }

    /// A fragment up to its selections; nothing where it is a spread, which has none and is read whole.
    fn fragment_head(&mut self) -> Parsed<Option<&'a mut InlineFragment<'a>>> {
        let start = self.token.start;
        self.advance();
        let on = self.skip_keyword("on");
        if !on && self.peek(TokenKind::Hole) {
            return self.open_fragment(start);
        }
        if !on && self.peek(TokenKind::Name) {
            let name = self.name()?;
            let directives = self.directives(false)?;
            let node = FragmentSpread { span: self.span_from(start), name, directives };
            self.selections.push(Selection::FragmentSpread(self.arena.alloc(node)));
            return Ok(None);
        }
        let type_condition = if on { Some(self.name()?) } else { None };
        let directives = self.directives(false)?;
        let span = self.span_from(start);
        let selection_set = SelectionSet { id: 0, span, selections: &[] };
        Ok(Some(self.arena.alloc(InlineFragment { span, type_condition, directives, selection_set })))
    }

    /// A spread of which the name or the type condition is a hole.
    fn open_fragment(&mut self, start: u32) -> Parsed<Option<&'a mut InlineFragment<'a>>> {
        let name = self.name()?;
        let directives = self.directives(false)?;
        let span = self.span_from(start);
        if self.peek(TokenKind::BraceOpen) {
            let selection_set = SelectionSet { id: 0, span, selections: &[] };
            let type_condition = Some(name);
            return Ok(Some(self.arena.alloc(InlineFragment {
                span,
                type_condition,
                directives,
                selection_set,
            })));
        }
        let node = FragmentSpread { span, name, directives };
        self.selections.push(Selection::FragmentSpread(self.arena.alloc(node)));
        Ok(None)
    }

    fn fragment(&mut self, start: u32) -> Parsed<Definition<'a>> {
        self.advance();
        if self.peek_keyword("on") {
            return Err(self.unexpected("the fragment's name, which cannot be \"on\""));
        }
        let name = self.name()?;
        if !self.skip_keyword("on") {
            return Err(self.unexpected("\"on\""));
        }
        let type_condition = self.name()?;
        let directives = self.directives(false)?;
        let selection_set = self.required_selection_set()?;
        let span = self.span_from(start);
        let node = FragmentDefinition { span, name, type_condition, directives, selection_set };
        Ok(Definition::Fragment(self.arena.alloc(node)))
    }

    fn arguments(&mut self, constant: bool) -> Parsed<&'a [Argument<'a>]> {
        if !self.skip(TokenKind::ParenOpen) {
            return Ok(&[]);
        }
        let bottom = self.arguments.len();
        let result = loop {
            match self.argument(constant) {
                Ok(argument) => self.arguments.push(argument),
                Err(Failed) => break Err(Failed),
            }
            if self.skip(TokenKind::ParenClose) {
                break Ok(());
            }
        };
        let arguments = self.arena.alloc_slice_copy(&self.arguments[bottom..]);
        self.arguments.truncate(bottom);
        result.map(|()| &*arguments)
    }

    fn argument(&mut self, constant: bool) -> Parsed<Argument<'a>> {
        let start = self.token.start;
        let name = self.name()?;
        let value = self.named_value(name, constant)?;
        Ok(Argument { span: self.span_from(start), name, value })
    }

    /// The value behind a name and a colon. A hole without a colon stands for names and values alike.
    #[inline]
    fn named_value(&mut self, name: Name<'a>, constant: bool) -> Parsed<Value<'a>> {
        if self.holes && !self.peek(TokenKind::Colon) && name.has_hole() {
            return Ok(Value { span: name.span, kind: ValueKind::Hole });
        }
        self.expect(TokenKind::Colon)?;
        self.value(constant)
    }

    #[inline]
    fn directives(&mut self, constant: bool) -> Parsed<&'a [Directive<'a>]> {
        if !self.peek(TokenKind::At) {
            return Ok(&[]);
        }
        self.directives_met = true;
        let bottom = self.directives.len();
        while self.peek(TokenKind::At) {
            let start = self.token.start;
            self.advance();
            let text = self.name()?.text;
            let name = Name { text, span: self.span_from(start) };
            let arguments = self.arguments(constant)?;
            self.directives.push(Directive { span: self.span_from(start), name, arguments });
        }
        let directives = self.arena.alloc_slice_copy(&self.directives[bottom..]);
        self.directives.truncate(bottom);
        Ok(directives)
    }

    // Values and types (sections 2.9 and 2.11).

    #[expect(
        clippy::inline_always,
        reason = "a large result is written in parts and read back whole, for which a processor waits"
    )]
    #[inline(always)]
    fn string_here(&self) -> Option<StringValue<'a>> {
        let block = self.peek(TokenKind::BlockString);
        if !block && !self.peek(TokenKind::String) {
            return None;
        }
        let quotes = if block { 3 } else { 1 };
        let raw = &self.text[self.token.start as usize + quotes..self.token.end as usize - quotes];
        Some(StringValue { span: self.token_span(), raw, block })
    }

    fn value(&mut self, constant: bool) -> Parsed<Value<'a>> {
        let start = self.token.start;
        let text = self.token_text();
        let kind = match self.token.kind {
            TokenKind::Int => ValueKind::Int(text),
            TokenKind::Float => ValueKind::Float(text),
            TokenKind::Hole => ValueKind::Hole,
            TokenKind::Name => match text {
                _ if self.holes && has_hole(text) => ValueKind::Hole,
                "true" => ValueKind::Boolean(true),
                "false" => ValueKind::Boolean(false),
                "null" => ValueKind::Null,
                _ => ValueKind::Enum(text),
            },
            TokenKind::Dollar if constant => {
                let span = self.token_span();
                self.advance();
                let span = if self.peek(TokenKind::Name) { span.to(self.token_span()) } else { span };
                return Err(self.error(span, "a variable cannot stand in a constant value".into()));
            }
            TokenKind::Dollar => {
                self.advance();
                let name = self.name()?;
                let kind = if self.holes && name.has_hole() {
                    ValueKind::Hole
                } else {
                    ValueKind::Variable(name.text)
                };
                return Ok(Value { span: self.span_from(start), kind });
            }
            TokenKind::BracketOpen => return self.list(start, constant),
            TokenKind::BraceOpen => return self.object(start, constant),
            _ => match self.string_here() {
                Some(string) => ValueKind::String(string),
                None => return Err(self.unexpected("a value")),
            },
        };
        self.advance();
        Ok(Value { span: self.span_from(start), kind })
    }

    fn list(&mut self, start: u32, constant: bool) -> Parsed<Value<'a>> {
        self.advance();
        self.deeper()?;
        let bottom = self.values.len();
        while !self.skip(TokenKind::BracketClose) {
            let value = self.value(constant)?;
            self.values.push(value);
        }
        self.depth -= 1;
        let values = self.arena.alloc_slice_copy(&self.values[bottom..]);
        self.values.truncate(bottom);
        Ok(Value { span: self.span_from(start), kind: ValueKind::List(values) })
    }

    fn object(&mut self, start: u32, constant: bool) -> Parsed<Value<'a>> {
        self.advance();
        self.deeper()?;
        let bottom = self.object_fields.len();
        while !self.skip(TokenKind::BraceClose) {
            let start = self.token.start;
            let name = self.name()?;
            let value = self.named_value(name, constant)?;
            self.object_fields.push(ObjectField { span: self.span_from(start), name, value });
        }
        self.depth -= 1;
        let fields = self.arena.alloc_slice_copy(&self.object_fields[bottom..]);
        self.object_fields.truncate(bottom);
        Ok(Value { span: self.span_from(start), kind: ValueKind::Object(fields) })
    }

    #[expect(
        clippy::inline_always,
        reason = "a large result is written in parts and read back whole, for which a processor waits"
    )]
    #[inline(always)]
    fn type_reference(&mut self) -> Parsed<TypeReference<'a>> {
        let start = self.token.start;
        let mut wrappers = Wrappers::default();
        while self.skip(TokenKind::BracketOpen) {
            if wrappers.list_depth == Wrappers::MAX_LIST_DEPTH {
                return Err(self.hit_limit(format!("a type in more than {} lists", Wrappers::MAX_LIST_DEPTH)));
            }
            wrappers.list_depth += 1;
        }
        let name = self.name()?;
        for level in (0..=wrappers.list_depth).rev() {
            if level < wrappers.list_depth {
                self.expect(TokenKind::BracketClose)?;
            }
            if self.skip(TokenKind::Bang) {
                wrappers.non_null |= 1 << level;
            }
        }
        Ok(TypeReference { span: self.span_from(start), name, wrappers })
    }

    // Type system definitions (section 3).

    fn schema(
        &mut self,
        start: u32,
        description: Option<StringValue<'a>>,
        extend: bool,
    ) -> Parsed<Definition<'a>> {
        self.advance();
        let directives = self.directives(true)?;
        let mut types = ArenaVec::new_in(self.arena);
        if !extend || self.peek(TokenKind::BraceOpen) {
            self.block(|parser| {
                let start = parser.token.start;
                let kind =
                    OperationKind::from_keyword(parser.token_text()).filter(|_| parser.peek(TokenKind::Name));
                let Some(kind) = kind else {
                    return Err(parser.unexpected("query, mutation or subscription"));
                };
                parser.advance();
                parser.expect(TokenKind::Colon)?;
                let ty = parser.name()?;
                types.push(OperationTypeDefinition { span: parser.span_from(start), kind, ty });
                Ok(())
            })?;
        } else if directives.is_empty() {
            return Err(self.unexpected("what the extension adds"));
        }
        let span = self.span_from(start);
        let operation_types = types.into_bump_slice();
        let node = SchemaDefinition { span, extend, description, directives, operation_types };
        Ok(Definition::Schema(self.arena.alloc(node)))
    }

    fn type_definition(
        &mut self,
        start: u32,
        kind: TypeKind,
        description: Option<StringValue<'a>>,
        extend: bool,
    ) -> Parsed<Definition<'a>> {
        self.advance();
        self.directives_met = false;
        let name = self.name()?;
        let interfaces = match kind {
            TypeKind::Object | TypeKind::Interface => self.implements()?,
            _ => &[],
        };
        let directives = self.directives(true)?;
        let mut node = TypeDefinition {
            span: self.span_from(start),
            text: "",
            extend,
            description,
            kind,
            name,
            interfaces,
            directives,
            directives_within: false,
            fields: &[],
            input_fields: &[],
            values: &[],
            members: &[],
        };
        match kind {
            TypeKind::Union => node.members = self.union_members()?,
            TypeKind::Scalar => {}
            _ if !self.peek(TokenKind::BraceOpen) => {}
            TypeKind::Object | TypeKind::Interface => node.fields = self.field_definitions()?,
            TypeKind::Enum => node.values = self.enum_values()?,
            TypeKind::InputObject => node.input_fields = self.input_fields()?,
        }
        node.span = self.span_from(start);
        node.text = &self.text[start as usize..self.last_end as usize];
        let adds = !(node.fields.is_empty()
            && node.input_fields.is_empty()
            && node.values.is_empty()
            && node.members.is_empty()
            && node.directives.is_empty()
            && node.interfaces.is_empty());
        if extend && !adds {
            return Err(self.unexpected("what the extension adds"));
        }
        node.directives_within = self.directives_met;
        Ok(Definition::Type(self.arena.alloc(node)))
    }

    fn implements(&mut self) -> Parsed<&'a [Name<'a>]> {
        if !self.skip_keyword("implements") {
            return Ok(&[]);
        }
        self.names(TokenKind::Ampersand)
    }

    fn union_members(&mut self) -> Parsed<&'a [Name<'a>]> {
        if !self.skip(TokenKind::Equals) {
            return Ok(&[]);
        }
        self.names(TokenKind::Pipe)
    }

    /// Names with a separator between them, which may also stand before the first.
    fn names(&mut self, separator: TokenKind) -> Parsed<&'a [Name<'a>]> {
        self.skip(separator);
        let mut names = ArenaVec::new_in(self.arena);
        loop {
            names.push(self.name()?);
            if !self.skip(separator) {
                return Ok(names.into_bump_slice());
            }
        }
    }

    fn field_definitions(&mut self) -> Parsed<&'a [FieldDefinition<'a>]> {
        let bottom = self.fields.len();
        let result = self.block(|parser| {
            let start = parser.token.start;
            let description = parser.description();
            let name = parser.name()?;
            let arguments = parser.argument_definitions()?;
            parser.expect(TokenKind::Colon)?;
            let ty = parser.type_reference()?;
            let directives = parser.directives(true)?;
            let span = parser.span_from(start);
            parser.fields.push(FieldDefinition { span, description, name, arguments, ty, directives });
            Ok(())
        });
        let fields = self.arena.alloc_slice_copy(&self.fields[bottom..]);
        self.fields.truncate(bottom);
        result.map(|()| &*fields)
    }

    fn argument_definitions(&mut self) -> Parsed<&'a [InputValueDefinition<'a>]> {
        if !self.skip(TokenKind::ParenOpen) {
            return Ok(&[]);
        }
        let bottom = self.input_values.len();
        let result = loop {
            if self.input_value().is_err() {
                break Err(Failed);
            }
            if self.skip(TokenKind::ParenClose) {
                break Ok(());
            }
        };
        let arguments = self.arena.alloc_slice_copy(&self.input_values[bottom..]);
        self.input_values.truncate(bottom);
        result.map(|()| &*arguments)
    }

    fn input_fields(&mut self) -> Parsed<&'a [InputValueDefinition<'a>]> {
        let bottom = self.input_values.len();
        let result = self.block(Self::input_value);
        let fields = self.arena.alloc_slice_copy(&self.input_values[bottom..]);
        self.input_values.truncate(bottom);
        result.map(|()| &*fields)
    }

    /// Puts an argument or an input field on its stack.
    fn input_value(&mut self) -> Parsed<()> {
        let start = self.token.start;
        let description = self.description();
        let name = self.name()?;
        self.expect(TokenKind::Colon)?;
        let ty = self.type_reference()?;
        let default = if self.skip(TokenKind::Equals) { Some(self.value(true)?) } else { None };
        // Few have one, and it is large.
        let default = default.map(|value| &*self.arena.alloc(value));
        let directives = self.directives(true)?;
        let span = self.span_from(start);
        self.input_values.push(InputValueDefinition { span, description, name, ty, default, directives });
        Ok(())
    }

    fn enum_values(&mut self) -> Parsed<&'a [EnumValueDefinition<'a>]> {
        let mut values = ArenaVec::new_in(self.arena);
        self.block(|parser| {
            let start = parser.token.start;
            let description = parser.description();
            if matches!(parser.token_text(), "true" | "false" | "null") {
                let message =
                    format!("an enum value cannot have the reserved name \"{}\"", parser.token_text());
                return Err(parser.error(parser.token_span(), message));
            }
            let name = parser.name()?;
            let directives = parser.directives(true)?;
            values.push(EnumValueDefinition { span: parser.span_from(start), description, name, directives });
            Ok(())
        })?;
        Ok(values.into_bump_slice())
    }

    fn directive_definition(
        &mut self,
        start: u32,
        description: Option<StringValue<'a>>,
    ) -> Parsed<Definition<'a>> {
        self.advance();
        let at = self.token.start;
        self.expect(TokenKind::At)?;
        let text = self.name()?.text;
        let name = Name { text, span: self.span_from(at) };
        let arguments = self.argument_definitions()?;
        let repeatable = self.skip_keyword("repeatable");
        if !self.skip_keyword("on") {
            return Err(self.unexpected("\"on\""));
        }
        self.skip(TokenKind::Pipe);
        let mut locations = ArenaVec::new_in(self.arena);
        loop {
            let location =
                DirectiveLocation::from_name(self.token_text()).filter(|_| self.peek(TokenKind::Name));
            let Some(location) = location else {
                return Err(self.unexpected("a directive location"));
            };
            self.advance();
            locations.push(location);
            if !self.skip(TokenKind::Pipe) {
                break;
            }
        }
        let span = self.span_from(start);
        let locations = locations.into_bump_slice();
        let node = DirectiveDefinition { span, description, name, arguments, repeatable, locations };
        Ok(Definition::Directive(self.arena.alloc(node)))
    }
}
