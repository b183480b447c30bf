//! Tokens: what the reference implementation reads, and the edges of the grammar.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use schemacheck_graphql::ast::StringValue;
use schemacheck_graphql::lexer::{Lexer, TokenKind};
use schemacheck_graphql::source::{Sources, Span};
use serde_json::{Value, json};
use support::{assert_differences, records, shared};

/// The tokens of a text as the reference writes them, and the place of the first error.
fn lex(text: &str) -> (Vec<Value>, Option<(u32, u32)>) {
    let mut sources = Sources::new();
    let id = sources.add("text", text).unwrap();
    let base = sources.get(id).base();
    let mut lexer = Lexer::new(text, base);
    let mut tokens = Vec::new();
    let utf16 = |offset: u32| text[..offset as usize].encode_utf16().count();
    loop {
        let token = lexer.next_token();
        if token.kind == TokenKind::Invalid {
            let at = sources.locate(lexer.take_error().unwrap().span.start);
            return (tokens, Some((at.line, at.column)));
        }
        let at = sources.locate(base + token.start);
        let raw = &text[token.start as usize..token.end as usize];
        let mut record = json!({
            "kind": kind(token.kind),
            "start": utf16(token.start),
            "end": utf16(token.end),
            "line": at.line,
            "column": at.column,
        });
        let string = |quotes: usize| {
            let raw = &raw[quotes..raw.len() - quotes];
            StringValue { span: Span::default(), raw, block: quotes == 3 }.value().into_owned()
        };
        match token.kind {
            TokenKind::Name | TokenKind::Int | TokenKind::Float => record["value"] = raw.into(),
            TokenKind::String => record["value"] = string(1).into(),
            TokenKind::BlockString => record["value"] = string(3).into(),
            _ => {}
        }
        tokens.push(record);
        if token.kind == TokenKind::EndOfFile {
            return (tokens, None);
        }
    }
}

fn kind(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::EndOfFile => "<EOF>",
        TokenKind::Bang => "!",
        TokenKind::Dollar => "$",
        TokenKind::Ampersand => "&",
        TokenKind::ParenOpen => "(",
        TokenKind::ParenClose => ")",
        TokenKind::Spread => "...",
        TokenKind::Colon => ":",
        TokenKind::Equals => "=",
        TokenKind::At => "@",
        TokenKind::BracketOpen => "[",
        TokenKind::BracketClose => "]",
        TokenKind::BraceOpen => "{",
        TokenKind::Pipe => "|",
        TokenKind::BraceClose => "}",
        TokenKind::Name => "Name",
        TokenKind::Int => "Int",
        TokenKind::Float => "Float",
        TokenKind::String => "String",
        TokenKind::BlockString => "BlockString",
        TokenKind::Hole => "hole",
        TokenKind::Invalid => "invalid",
    }
}

/// Where the reference differs, and why it is not followed.
const DIFFERENCES: &[(&str, &str)] = &[
    ("16.11.0:lexer:38", SURROGATE),
    ("16.11.0:lexer:39", SURROGATE),
    ("16.11.0:lexer:40", SURROGATE),
    ("16.11.0:lexer:62", SURROGATE),
    ("16.11.0:lexer:63", SURROGATE),
    ("16.11.0:lexer:79", SURROGATE),
    ("16.11.0:lexer:142", SURROGATE),
    ("16.11.0:lexer:149", SURROGATE),
];
const SURROGATE: &str = "a lone surrogate in the text: it is refused before the lexer, as no UTF-8";

#[test]
fn the_reference_agrees() {
    if shared("vectors").is_none() {
        return;
    }
    let mut differences = Vec::new();
    for record in records("vectors/graphql-js-16/lexer.jsonl") {
        let id = record["id"].as_str().unwrap().to_owned();
        let Some(source) = record["source"].as_str() else {
            differences.push((id, "not a text".to_owned()));
            continue;
        };
        let (tokens, error) = lex(source);
        let same = match error {
            None => record["lexes"] == true && record["tokens"] == Value::from(tokens.clone()),
            Some((line, column)) => {
                record["lexes"] == false
                    && record["error"]["line"] == line
                    && record["error"]["column"] == column
            }
        };
        if !same {
            differences.push((id, format!("{} {tokens:?} {error:?} {record}", record["source"])));
        }
    }
    assert_differences(&differences, DIFFERENCES);
}

#[test]
fn tokens_have_their_values_and_places() {
    let token = |kind: &str, start: u32, end: u32, column: u32, value: Option<&str>| {
        let mut token = json!({ "kind": kind, "start": start, "end": end, "line": 1, "column": column });
        if let Some(value) = value {
            token["value"] = value.into();
        }
        token
    };
    // One character of four bytes is two units of UTF-16.
    let (tokens, error) = lex("\u{FEFF}\"\u{1F600}\" -0.5e+3, ...a_1!");
    assert_eq!(error, None);
    assert_eq!(
        tokens,
        [
            token("String", 1, 5, 2, Some("\u{1F600}")),
            token("Float", 6, 13, 7, Some("-0.5e+3")),
            token("...", 15, 18, 16, None),
            token("Name", 18, 21, 19, Some("a_1")),
            token("!", 21, 22, 22, None),
            token("<EOF>", 22, 22, 23, None),
        ]
    );
}

#[test]
fn errors_have_the_place_of_the_character_that_is_wrong() {
    for (text, column) in [
        ("00", 2),
        ("1.x", 3),
        ("0x1", 2),
        ("1..2", 3),
        ("-a", 2),
        ("\"\\q\"", 2),
        ("\"a", 3),
        ("\u{7F}", 1),
        ("a;", 2),
    ] {
        assert_eq!(lex(text).1, Some((1, column)), "{text}");
    }
}
