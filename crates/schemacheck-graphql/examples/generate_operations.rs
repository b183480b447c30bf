//! Writes generated operations over a schema as JSON lines, `{"document": …}`, for measurements of other tools on the
//! same input: `cargo run --release --example generate_operations -- <schema> <count> <output>`.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a tool of the measurements")]

use bumpalo::Bump;
use schemacheck_graphql::parser::{Limits, parse};
use schemacheck_graphql::schema::{self, Schema, Valid};
use schemacheck_graphql::source::Sources;
use schemacheck_graphql::validation::validate;

#[path = "../benches/support/generate.rs"]
mod generate;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [schema, count, output] = arguments.as_slice() else {
        panic!("usage: generate_operations <schema> <count> <output>");
    };
    let mut sources = Sources::new();
    let text = sources.add(schema, std::fs::read_to_string(schema).unwrap()).unwrap();
    let arena = Bump::new();
    let loaded = schema::load(&arena, &sources, &[text], Limits::default())
        .unwrap_or_else(|errors| panic!("{schema} cannot be used: {errors:#?}"));
    let mut generator = generate::Generator::new(&loaded.schema, generate::SEED);
    let lines = (0..count.parse().unwrap()).map(|_| {
        let document = generator.document();
        assert_valid(&loaded.schema, &document);
        serde_json::json!({ "document": document }).to_string() + "\n"
    });
    std::fs::write(output, lines.collect::<String>()).unwrap();
}

fn assert_valid(schema: &Valid<Schema<'_>>, document: &str) {
    let mut sources = Sources::new();
    let text = sources.add("operation", document).unwrap();
    let arena = Bump::new();
    let parsed = parse(&arena, sources.get(text), Limits::default()).unwrap();
    let errors = validate(&arena, schema, &parsed);
    assert!(errors.is_empty(), "a generated operation is invalid: {errors:#?}\n{document}");
}
