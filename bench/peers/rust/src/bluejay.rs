use bluejay_parser::ast::Parse;
use bluejay_parser::ast::definition::{DefinitionDocument, SchemaDefinition};
use bluejay_parser::ast::executable::ExecutableDocument;
use bluejay_schema_comparator::compare;
use bluejay_validator::executable::Cache;
use bluejay_validator::executable::document::BuiltinRulesValidator;

use crate::{Inputs, repeat};

pub fn measure(task: &str, inputs: &Inputs) {
    match task {
        "schema-parse" => repeat(|| definitions(&inputs.new).definition_count()),
        "schema-build" => repeat(|| {
            let document = definitions(&inputs.new);
            let schema = SchemaDefinition::try_from(&document).expect("the schema is complete");
            type_count(&schema)
        }),
        "operations-parse" => repeat(|| {
            for text in &inputs.operations {
                operation(text);
            }
            inputs.operations.len()
        }),
        "operations-validate" => {
            let document = definitions(&inputs.new);
            let schema = SchemaDefinition::try_from(&document).expect("the schema is complete");
            repeat(|| {
                let mut errors = 0;
                for text in &inputs.operations {
                    let document = operation(text);
                    let cache = Cache::new(&document, &schema);
                    errors += BuiltinRulesValidator::validate(&document, &schema, &cache).count();
                }
                errors
            });
        }
        "diff" => repeat(|| changes(&inputs.old, &inputs.new)),
        "diff-release" => repeat(|| changes(&inputs.previous, &inputs.new)),
        _ => panic!("no task has the name {task}"),
    }
}

fn changes(before: &str, after: &str) -> usize {
    let (before, after) = (definitions(before), definitions(after));
    let before: SchemaDefinition<'_> = SchemaDefinition::try_from(&before).expect("the schema is complete");
    let after: SchemaDefinition<'_> = SchemaDefinition::try_from(&after).expect("the schema is complete");
    compare(&before, &after).changes.len()
}

fn definitions(text: &str) -> DefinitionDocument<'_> {
    DefinitionDocument::parse(text).result.expect("the schema is valid")
}

fn operation(text: &str) -> ExecutableDocument<'_> {
    ExecutableDocument::parse(text).result.expect("the operation is valid")
}

fn type_count(schema: &SchemaDefinition<'_>) -> usize {
    use bluejay_core::definition::SchemaDefinition as _;
    schema.type_definitions().count()
}
