use graphql_parser::{parse_query, parse_schema};

use crate::{Inputs, repeat};

pub fn measure(task: &str, inputs: &Inputs) {
    match task {
        "schema-parse" => {
            repeat(|| parse_schema::<&str>(&inputs.new).expect("the schema is valid").definitions.len())
        }
        "operations-parse" => repeat(|| {
            for text in &inputs.operations {
                parse_query::<&str>(text).expect("the operation is valid");
            }
            inputs.operations.len()
        }),
        _ => panic!("no task has the name {task}"),
    }
}
