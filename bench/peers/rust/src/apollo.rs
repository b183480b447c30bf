use apollo_compiler::{ExecutableDocument, Schema, ast};

use crate::{Inputs, repeat};

pub fn measure(task: &str, inputs: &Inputs) {
    match task {
        "schema-parse" => repeat(|| {
            let document = ast::Document::parse(&*inputs.new, "new.graphql").expect("the schema is valid");
            document.definitions.len()
        }),
        "schema-build" => repeat(|| schema(&inputs.new).types.len()),
        "operations-parse" => repeat(|| {
            for text in &inputs.operations {
                ast::Document::parse(&**text, "operation").expect("the operation is valid");
            }
            inputs.operations.len()
        }),
        "operations-validate" => {
            let schema = schema(&inputs.new);
            let invalid = |text: &&String| {
                ExecutableDocument::parse_and_validate(&schema, &***text, "operation").is_err()
            };
            repeat(|| inputs.operations.iter().filter(invalid).count());
        }
        _ => panic!("no task has the name {task}"),
    }
}

fn schema(text: &str) -> apollo_compiler::validation::Valid<Schema> {
    Schema::parse_and_validate(text, "new.graphql").expect("the schema is valid")
}
