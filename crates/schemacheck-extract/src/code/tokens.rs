//! Host code as flat tokens: words, strings with their interpolations, brackets. One pass with an explicit stack, so
//! that no nesting takes the stack; what does not close ends with the text.

use super::Language;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Word,
    Number,
    Punct(u8),
    /// `(`, `[` or `{`.
    Open(u8),
    Close,
    /// A string begins; the number of its [`Quote`].
    StringOpen(u32),
    /// A stretch of a string.
    Chunk,
    /// An interpolation begins, its delimiter included.
    HoleOpen,
    HoleClose,
    StringClose,
    /// The end of a line that ends a statement, in languages where it does.
    Newline,
    /// A comment that says that the string behind it is GraphQL.
    Mark,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The other end, of a token that opens or closes; the number of tokens where it does not close.
    pub(crate) partner: u32,
}

/// How a string is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Quote<'t> {
    /// Where its text begins.
    pub(crate) body: usize,
    pub(crate) close: Close<'t>,
    pub(crate) escape: Escape,
    pub(crate) interpolation: Interpolation,
    /// Whether it may go on behind the end of its line.
    pub(crate) lines: bool,
    /// Where code goes on behind the string, where that is not its end.
    pub(crate) resume: Option<usize>,
    /// Whether the indentation of its lines is no part of it.
    pub(crate) strip: Strip,
}

impl<'t> Quote<'t> {
    /// A string of one line with escapes: `"…"`.
    pub(crate) fn plain(body: usize, quote: u8) -> Quote<'t> {
        Quote {
            body,
            close: Close::Quotes { quote, count: 1, hashes: 0 },
            escape: Escape::Decode,
            interpolation: Interpolation::None,
            lines: false,
            resume: None,
            strip: Strip::Nothing,
        }
    }

    /// A string of several lines that ends with the same quote `count` times.
    pub(crate) fn block(body: usize, quote: u8, count: u8) -> Quote<'t> {
        let close = Close::Quotes { quote, count, hashes: 0 };
        Quote { close, lines: true, ..Quote::plain(body, quote) }
    }
}

/// Where a string ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Close<'t> {
    /// The quote so many times, then so many `#`.
    Quotes { quote: u8, count: u8, hashes: u8 },
    /// A line that begins with this word, indented or not.
    Label(&'t str),
}

/// What a backslash means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Escape {
    /// Nothing.
    No,
    /// The usual escape sequences; an unknown one is its character.
    Decode,
    /// The same; an unknown one keeps its backslash.
    Keep,
    /// It protects the quote and stays.
    Raw,
    /// It protects the quote and itself.
    Quote,
    /// It means nothing; the quote twice is the quote.
    Doubled,
    /// Escape sequences begin with a backslash and so many `#`.
    Hashed(u8),
}

/// How code stands in a string.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Interpolation {
    None,
    /// `${…}`
    DollarBrace,
    /// `$name` and `${…}`, with so many dollars.
    Dollar(u8),
    /// `$name`, `${…}` and `{$…}`
    Php,
    /// `{…}`, with so many braces; of one, two of them are a brace.
    Braces(u8),
    /// `\(…)`, with so many `#` behind the backslash.
    Backslash(u8),
    /// `#{…}`
    Hash,
}

/// Which indentation is no part of a string.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Strip {
    Nothing,
    /// That of the line that it ends on.
    Closing,
    /// The least of all lines.
    Least,
}

/// The tokens of a text.
pub(crate) struct Tokens<'t> {
    pub(crate) text: &'t str,
    pub(crate) list: Vec<Token>,
    pub(crate) quotes: Vec<Quote<'t>>,
    /// Where the text nests too deep to be read on.
    pub(crate) too_deep: Option<u32>,
}

/// What the lexer is in.
#[derive(Clone, Copy)]
enum Mode {
    /// Code up to this bracket, opened by that token.
    Code { close: u8, hole: bool, open: u32 },
    /// A string, opened by that token.
    Text { open: u32, quote: u32 },
    /// The tag of an element.
    Tag,
    /// What stands between the tags of an element.
    Children,
}

/// The most brackets, strings and elements that may be open at once; the rest of a text that has more is not read.
const MAX_DEPTH: usize = 10_000;

pub(crate) struct Lexer<'l, 't> {
    pub(crate) text: &'t str,
    pub(crate) at: usize,
    end: usize,
    language: &'l Language,
    list: Vec<Token>,
    quotes: Vec<Quote<'t>>,
    stack: Vec<Mode>,
    /// How deep the round and square brackets are, in which a line does not end a statement.
    grouped: u32,
    /// Where the next line goes on, behind the strings that began on this one.
    next_line: Option<usize>,
}

/// The tokens of the parts of a text that are code.
pub(crate) fn tokens<'t>(
    language: &Language,
    text: &'t str,
    parts: impl IntoIterator<Item = (usize, usize)>,
) -> Tokens<'t> {
    let mut lexer = Lexer {
        text,
        at: 0,
        end: 0,
        language,
        list: Vec::new(),
        quotes: Vec::new(),
        stack: Vec::new(),
        grouped: 0,
        next_line: None,
    };
    let mut too_deep = None;
    for (start, end) in parts {
        (lexer.at, lexer.end) = (start, end);
        (lexer.grouped, lexer.next_line) = (0, None);
        lexer.run();
        if lexer.stack.len() >= MAX_DEPTH {
            too_deep = Some(lexer.at as u32);
        }
        lexer.stack.clear();
    }
    let count = lexer.list.len() as u32;
    for token in &mut lexer.list {
        token.partner = token.partner.min(count);
    }
    Tokens { text, list: lexer.list, quotes: lexer.quotes, too_deep }
}

/// Where the text of a string begins whose opening ends at `at`: on the next line, where only blanks stand before.
pub(crate) fn behind_line_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let blank = bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    if bytes.get(at + blank) == Some(&b'\n') { at + blank + 1 } else { at }
}

/// Where the line after `at` begins; nothing where the line is longer than any that opens a string.
pub(crate) fn next_line(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    memchr::memchr(b'\n', &rest[..rest.len().min(10_000)]).map(|end| at + end + 1)
}

fn closing(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

impl<'t> Lexer<'_, 't> {
    pub(crate) fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    pub(crate) fn starts_with(&self, what: &str) -> bool {
        self.bytes()[self.at..self.end].starts_with(what.as_bytes())
    }

    fn push(&mut self, kind: Kind, start: usize) -> u32 {
        self.list.push(Token { kind, start: start as u32, end: self.at as u32, partner: u32::MAX });
        self.list.len() as u32 - 1
    }

    fn pair(&mut self, open: u32, close: u32) {
        self.list[open as usize].partner = close;
        self.list[close as usize].partner = open;
    }

    fn run(&mut self) {
        while self.at < self.end && self.stack.len() < MAX_DEPTH {
            match self.stack.last().copied() {
                Some(Mode::Text { open, quote }) => self.string_body(open, quote),
                Some(Mode::Tag) => self.tag(),
                Some(Mode::Children) => self.children(),
                _ => self.code(),
            }
        }
        if let Some(Mode::Text { open, .. }) = self.stack.last() {
            // A string that does not end is none, and what is in it is not known.
            self.list[*open as usize].partner = u32::MAX;
        }
    }

    fn code(&mut self) {
        let bytes = self.bytes();
        let start = self.at;
        let byte = bytes[start];
        match byte {
            b'\n' => {
                self.at = self.next_line.take().unwrap_or(start + 1);
                if self.language.newlines && self.grouped == 0 {
                    self.push(Kind::Newline, start);
                }
                return;
            }
            b' ' | b'\t' | b'\r' => {
                self.at += 1;
                return;
            }
            _ => {}
        }
        if self.comment() || self.string_open() || (self.language.regexes && self.regex_or_element()) {
            return;
        }
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80;
        let dollar = byte == b'$' && !self.language.dollar_words;
        match byte {
            b'0'..=b'9' => {
                let rest = bytes[start..self.end].iter();
                self.at += rest.take_while(|&&byte| is_word(byte) || byte == b'.').count();
                self.push(Kind::Number, start);
            }
            _ if is_word(byte) && !dollar => {
                let rest = bytes[start + 1..self.end].iter();
                let more = rest.take_while(|&&byte| is_word(byte)).count();
                self.at += 1 + more;
                self.push(Kind::Word, start);
            }
            b'(' | b'[' | b'{' => {
                self.at += 1;
                let open = self.push(Kind::Open(byte), start);
                self.grouped += u32::from(self.language.newlines);
                self.stack.push(Mode::Code { close: closing(byte), hole: false, open });
            }
            b')' | b']' | b'}' => self.close(byte),
            _ => {
                self.at += 1;
                self.push(Kind::Punct(byte), start);
            }
        }
    }

    fn close(&mut self, byte: u8) {
        let start = self.at;
        self.at += 1;
        match self.stack.last().copied() {
            Some(Mode::Code { close, hole, open }) if close == byte => {
                self.stack.pop();
                self.grouped = self.grouped.saturating_sub(u32::from(self.language.newlines));
                let token = self.push(if hole { Kind::HoleClose } else { Kind::Close }, start);
                self.pair(open, token);
            }
            // A bracket that closes nothing: damaged code, or a look-alike.
            _ => {
                self.push(Kind::Punct(byte), start);
            }
        }
    }

    fn comment(&mut self) -> bool {
        let start = self.at;
        for marker in self.language.line_comments {
            if self.starts_with(marker) {
                let rest = &self.bytes()[start..self.end];
                self.at = start + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                self.mark(start, &self.text[start + marker.len()..self.at]);
                return true;
            }
        }
        for (open, close) in self.language.block_comments {
            if self.starts_with(open) {
                let rest = &self.bytes()[start + open.len()..self.end];
                let end = memchr::memmem::find(rest, close.as_bytes());
                let body = start + open.len();
                self.at = end.map_or(self.end, |end| body + end + close.len());
                self.mark(start, &self.text[body..end.map_or(self.end, |end| body + end)]);
                return true;
            }
        }
        false
    }

    fn mark(&mut self, start: usize, comment: &str) {
        if comment.len() < 40 && comment.trim().eq_ignore_ascii_case("graphql") {
            self.push(Kind::Mark, start);
        }
    }

    fn string_open(&mut self) -> bool {
        let before = self.list.last().filter(|token| token.end as usize == self.at).map(|token| token.kind);
        let Some(quote) = (self.language.string)(&self.text[..self.end], self.at, before) else {
            return false;
        };
        if !quote.lines {
            // A quote that is not closed on its line opens nothing: an apostrophe in a text.
            let Close::Quotes { quote: byte, .. } = quote.close else { return false };
            let rest = &self.bytes()[quote.body.min(self.end)..self.end];
            let next = memchr::memchr2(b'\n', byte, rest);
            if next.is_none_or(|next| rest[next] == b'\n') {
                return false;
            }
        }
        let start = self.at;
        self.at = quote.resume.unwrap_or(quote.body);
        // Several strings of one line stand below each other.
        let body = self.next_line.filter(|_| quote.resume.is_some()).unwrap_or(quote.body);
        let quote = Quote { body, ..quote };
        let number = self.quotes.len() as u32;
        let open = self.push(Kind::StringOpen(number), start);
        self.quotes.push(quote);
        self.at = quote.body;
        self.stack.push(Mode::Text { open, quote: number });
        true
    }

    /// Reads a stretch of a string, up to its end or to an interpolation.
    fn string_body(&mut self, open: u32, number: u32) {
        let quote = self.quotes[number as usize];
        let bytes = self.bytes();
        if let Interpolation::Braces(count @ 2..) = quote.interpolation
            && self.list.last().is_some_and(|token| token.kind == Kind::HoleClose)
        {
            let rest = bytes[self.at..self.end].iter().take(count as usize - 1);
            self.at += rest.take_while(|&&byte| byte == b'}').count();
        }
        let start = self.at;
        let mut at = start;
        loop {
            if at >= self.end {
                self.at = self.end;
                self.chunk(start, self.end);
                return;
            }
            let byte = bytes[at];
            let rest = &bytes[at..self.end];
            if let Some(length) = closes(&quote, rest, bytes, at) {
                self.at = at;
                self.chunk(start, at);
                self.at = at + length;
                let close = self.push(Kind::StringClose, at);
                self.pair(open, close);
                self.stack.pop();
                if let Some(resume) = quote.resume {
                    self.next_line = Some(self.at);
                    self.at = resume;
                }
                return;
            }
            if byte == b'\n' && !quote.lines {
                // Not closed on its line: no string.
                self.at = at;
                self.chunk(start, at);
                self.stack.pop();
                return;
            }
            match quote.interpolation {
                Interpolation::Braces(1) if rest.starts_with(b"{{") || rest.starts_with(b"}}") => {
                    at += 2;
                    continue;
                }
                _ => {}
            }
            if let Some((length, close)) = interpolates(quote.interpolation, rest) {
                self.at = at;
                self.chunk(start, at);
                self.at = at + length;
                let hole = self.push(Kind::HoleOpen, at);
                if let Some(close) = close {
                    self.grouped += u32::from(self.language.newlines);
                    self.stack.push(Mode::Code { close, hole: true, open: hole });
                } else {
                    // `$name`: the word alone.
                    let from = if self.language.dollar_words { at } else { at + length };
                    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
                    let name = bytes[at + length..self.end].iter();
                    self.at = at + length + name.take_while(|byte| is_word(byte)).count();
                    self.push(Kind::Word, from);
                    let end = self.at;
                    let close = self.push(Kind::HoleClose, end);
                    self.pair(hole, close);
                }
                return;
            }
            let escaped = match quote.escape {
                Escape::No | Escape::Doubled => false,
                Escape::Hashed(hashes) => {
                    byte == b'\\'
                        && rest
                            .get(1..=hashes as usize)
                            .is_some_and(|rest| rest.iter().all(|&byte| byte == b'#'))
                }
                _ => byte == b'\\',
            };
            if quote.escape == Escape::Doubled
                && let Close::Quotes { quote, .. } = quote.close
                && rest.starts_with(&[quote, quote])
            {
                at += 2;
                continue;
            }
            at += 1;
            if escaped && at < self.end {
                at += self.text[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
    }

    fn chunk(&mut self, start: usize, end: usize) {
        if end > start {
            let at = std::mem::replace(&mut self.at, end);
            self.push(Kind::Chunk, start);
            self.at = at;
        }
    }

    // JavaScript alone has regular expressions without a delimiter of their own, and elements.

    /// Whether an expression can begin here: not behind a value.
    fn expression_begins(&self) -> bool {
        match self.list.last() {
            None => true,
            Some(token) => match token.kind {
                Kind::Word => {
                    let word = &self.text[token.start as usize..token.end as usize];
                    matches!(
                        word,
                        "return"
                            | "typeof"
                            | "case"
                            | "in"
                            | "of"
                            | "do"
                            | "else"
                            | "void"
                            | "delete"
                            | "throw"
                            | "new"
                            | "instanceof"
                            | "await"
                            | "yield"
                            | "default"
                            | "extends"
                    )
                }
                Kind::Number | Kind::Close | Kind::StringClose => false,
                Kind::Punct(byte) => !matches!(byte, b')' | b']' | b'}'),
                _ => true,
            },
        }
    }

    fn regex_or_element(&mut self) -> bool {
        let bytes = self.bytes();
        match bytes[self.at] {
            b'/' if self.expression_begins() || self.behind_statement() => self.regex(),
            b'<' if self.language.elements && self.expression_begins() && self.element_begins() => {
                self.at += 1;
                self.stack.push(Mode::Tag);
                true
            }
            _ => false,
        }
    }

    /// Whether a block ended here, behind which a statement begins.
    fn behind_statement(&self) -> bool {
        self.list.last().is_some_and(|token| {
            token.kind == Kind::Close && self.text.as_bytes()[token.start as usize] == b'}'
        })
    }

    fn regex(&mut self) -> bool {
        let bytes = self.bytes();
        let (mut at, mut class) = (self.at + 1, false);
        while at < self.end {
            match bytes[at] {
                b'\n' => return false,
                b'\\' => at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => {
                    let start = self.at;
                    self.at = at + 1;
                    self.push(Kind::Number, start);
                    return true;
                }
                _ => {}
            }
            at += 1;
        }
        false
    }

    /// Whether `<` begins an element, not a list of type parameters.
    fn element_begins(&self) -> bool {
        let rest = &self.text[self.at + 1..self.end];
        let name = rest.len()
            - rest.trim_start_matches(|char: char| char.is_alphanumeric() || ".-_:$".contains(char)).len();
        let behind = rest[name..].trim_start();
        if name == 0 {
            return rest.starts_with('>');
        }
        let parameters = [",", "=", "extends ", "const "].iter().any(|next| behind.starts_with(next));
        let arrow = behind.starts_with('>') && behind[1..].trim_start().starts_with('(');
        !parameters && !arrow
    }

    fn tag(&mut self) {
        let bytes = self.bytes();
        let start = self.at;
        self.at += 1;
        match bytes[start] {
            b'"' | b'\'' => {
                let rest = &bytes[self.at..self.end];
                self.at = memchr::memchr(bytes[start], rest).map_or(self.end, |end| self.at + end + 1);
            }
            b'{' => self.open_code(start),
            b'/' if bytes.get(self.at) == Some(&b'>') => {
                self.at += 1;
                self.end_element();
            }
            b'>' => {
                self.stack.pop();
                self.stack.push(Mode::Children);
            }
            _ => {}
        }
    }

    fn children(&mut self) {
        let bytes = self.bytes();
        let rest = &bytes[self.at..self.end];
        let Some(next) = memchr::memchr2(b'{', b'<', rest) else {
            self.at = self.end;
            return;
        };
        let start = self.at + next;
        self.at = start + 1;
        if bytes[start] == b'{' {
            self.open_code(start);
        } else if bytes.get(self.at) == Some(&b'/') {
            let rest = &bytes[self.at..self.end];
            self.at = memchr::memchr(b'>', rest).map_or(self.end, |end| self.at + end + 1);
            self.end_element();
        } else {
            self.stack.push(Mode::Tag);
        }
    }

    fn open_code(&mut self, start: usize) {
        let open = self.push(Kind::Open(b'{'), start);
        self.stack.push(Mode::Code { close: b'}', hole: false, open });
    }

    /// An element ended: it is a value.
    fn end_element(&mut self) {
        self.stack.pop();
        let start = self.at;
        self.push(Kind::Number, start);
    }
}

/// The length of the end of a string, where it stands here.
fn closes(quote: &Quote<'_>, rest: &[u8], bytes: &[u8], at: usize) -> Option<usize> {
    match quote.close {
        Close::Quotes { quote: byte, count, hashes } => {
            let (count, hashes) = (count as usize, hashes as usize);
            if rest[0] != byte || rest.len() < count + hashes {
                return None;
            }
            if quote.escape == Escape::Doubled && rest.starts_with(&[byte, byte]) {
                return None;
            }
            let found = rest[..count].iter().all(|&here| here == byte)
                && rest[count..count + hashes].iter().all(|&here| here == b'#');
            found.then_some(count + hashes)
        }
        Close::Label(label) => {
            if at != quote.body && bytes[at - 1] != b'\n' {
                return None;
            }
            let indent = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            let line = &rest[indent..];
            let behind = line.get(label.len());
            let ends = behind.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
            (line.starts_with(label.as_bytes()) && ends).then_some(indent + label.len())
        }
    }
}

/// The length of the opening of an interpolation and what closes it, where one stands here; a single word closes
/// itself.
fn interpolates(interpolation: Interpolation, rest: &[u8]) -> Option<(usize, Option<u8>)> {
    let word = |at: usize| rest.get(at).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    match interpolation {
        Interpolation::None => None,
        Interpolation::DollarBrace => rest.starts_with(b"${").then_some((2, Some(b'}'))),
        Interpolation::Dollar(count) => {
            let count = count as usize;
            if rest.len() <= count || !rest[..count].iter().all(|&byte| byte == b'$') {
                return None;
            }
            match rest[count] {
                b'{' => Some((count + 1, Some(b'}'))),
                _ if word(count) => Some((count, None)),
                _ => None,
            }
        }
        Interpolation::Php => match rest {
            [b'{', b'$', ..] => Some((1, Some(b'}'))),
            [b'$', b'{', ..] => Some((2, Some(b'}'))),
            [b'$', ..] if word(1) => Some((1, None)),
            _ => None,
        },
        Interpolation::Braces(count) => {
            let count = count as usize;
            (rest.len() >= count && rest[..count].iter().all(|&byte| byte == b'{'))
                .then_some((count, Some(b'}')))
        }
        Interpolation::Backslash(hashes) => {
            let hashes = hashes as usize;
            let found = rest.len() > hashes + 1
                && rest[0] == b'\\'
                && rest[1..=hashes].iter().all(|&byte| byte == b'#')
                && rest[hashes + 1] == b'(';
            found.then_some((hashes + 2, Some(b')')))
        }
        Interpolation::Hash => rest.starts_with(b"#{").then_some((2, Some(b'}'))),
    }
}

impl Tokens<'_> {
    pub(crate) fn of(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    pub(crate) fn kind(&self, at: usize) -> Option<Kind> {
        self.list.get(at).map(|token| token.kind)
    }

    pub(crate) fn is_word(&self, at: usize, word: &str) -> bool {
        self.kind(at) == Some(Kind::Word) && self.of(at) == word
    }

    pub(crate) fn is_punct(&self, at: usize, byte: u8) -> bool {
        self.kind(at) == Some(Kind::Punct(byte))
    }

    /// The token that closes what opens here; the number of tokens where nothing does.
    pub(crate) fn partner(&self, at: usize) -> usize {
        (self.list[at].partner as usize).min(self.list.len())
    }
}
