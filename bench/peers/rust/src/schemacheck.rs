use bumpalo::Bump;
use schemacheck::diff::diff;
use schemacheck_graphql::parser::{Limits, parse};
use schemacheck_graphql::schema;
use schemacheck_graphql::source::Sources;
use schemacheck_graphql::validation::validate;

use crate::{Inputs, repeat};

pub fn measure(task: &str, inputs: &Inputs) {
    let limits = Limits::default();
    let mut sources = Sources::new();
    let old = sources.add("old.graphql", &*inputs.old).unwrap();
    let previous = sources.add("previous.graphql", &*inputs.previous).unwrap();
    let new = sources.add("new.graphql", &*inputs.new).unwrap();
    let documents: Vec<_> =
        inputs.operations.iter().map(|text| sources.add("operation", &**text).unwrap()).collect();
    let (mut arena, mut second) = (Bump::new(), Bump::new());
    match task {
        "schema-parse" => repeat(|| {
            arena.reset();
            parse(&arena, sources.get(new), limits).unwrap().definitions.len()
        }),
        "schema-build" => repeat(|| {
            arena.reset();
            schema::load(&arena, &sources, &[new], limits).unwrap().schema.types().len()
        }),
        "operations-parse" => repeat(|| {
            documents.iter().for_each(|&document| {
                arena.reset();
                parse(&arena, sources.get(document), limits).unwrap();
            });
            documents.len()
        }),
        "operations-validate" => {
            let schema = schema::load(&second, &sources, &[new], limits).unwrap().schema;
            repeat(|| {
                let mut errors = 0;
                for &document in &documents {
                    arena.reset();
                    let document = parse(&arena, sources.get(document), limits).unwrap();
                    errors += validate(&arena, &schema, &document).len();
                }
                errors
            });
        }
        "diff" | "diff-release" => {
            let before = if task == "diff" { old } else { previous };
            repeat(|| {
                arena.reset();
                second.reset();
                let before = schema::load(&arena, &sources, &[before], limits).unwrap().schema;
                let after = schema::load(&second, &sources, &[new], limits).unwrap().schema;
                diff(&before, &after).changes.len()
            });
        }
        _ => panic!("no task has the name {task}"),
    }
}
