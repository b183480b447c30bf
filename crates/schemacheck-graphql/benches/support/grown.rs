//! Schemas of any size: copies of one schema side by side, each under names of its own.

use std::collections::HashSet;
use std::fmt::Write;

use bumpalo::Bump;
use schemacheck_graphql::ast::Definition;
use schemacheck_graphql::lexer::{Lexer, TokenKind};
use schemacheck_graphql::parser::{Limits, parse};
use schemacheck_graphql::source::Sources;

/// A schema whose query and mutation types have one field for each copy of `sdl`: `copy_0: Query_0!` and so on.
pub(crate) fn copies(sdl: &str, count: usize) -> String {
    let mut sources = Sources::new();
    let source = sources.add("schema", sdl).unwrap();
    let arena = Bump::new();
    let document = parse(&arena, sources.get(source), Limits::default()).unwrap();
    let types = document.definitions.iter().filter_map(|definition| match definition {
        Definition::Type(node) => Some(node.name.text),
        _ => None,
    });
    let types: HashSet<_> = types.collect();
    let mut text = String::new();
    for definition in document.definitions {
        if matches!(definition, Definition::Directive(_)) {
            text.push_str(sources.text(definition.span()));
            text.push('\n');
        }
    }
    for root in ["Query", "Mutation"] {
        writeln!(text, "type {root} {{").unwrap();
        for copy in 0..count {
            writeln!(text, "  copy_{copy}: {root}_{copy}!").unwrap();
        }
        text.push_str("}\n");
    }
    for copy in 0..count {
        for definition in document.definitions {
            if matches!(definition, Definition::Type(_)) {
                renamed(&mut text, sources.text(definition.span()), copy, &types);
                text.push('\n');
            }
        }
    }
    text
}

/// Every name of a type gets the copy's number. A field or value that is called like a type gets it as well, wherever
/// it stands, so nothing changes.
fn renamed(text: &mut String, part: &str, copy: usize, types: &HashSet<&str>) {
    let mut lexer = Lexer::new(part, 0);
    let mut written = 0;
    loop {
        let token = lexer.next_token();
        let end = token.end as usize;
        text.push_str(&part[written..end]);
        written = end;
        match token.kind {
            TokenKind::EndOfFile => return,
            TokenKind::Name if types.contains(&part[token.start as usize..end]) => {
                write!(text, "_{copy}").unwrap();
            }
            _ => {}
        }
    }
}
