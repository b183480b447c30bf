//! One measurement of one contender: `schemacheck-peers <contender> <task> <folder of inputs>` prints the median in
//! milliseconds and a count of what was found, by which the contenders are held against one another.
//!
//! Texts are in memory before the clock starts. Each measurement repeats its task for a second after a warm-up and
//! drops what it made within the time measured, as a run over many texts does.

#![expect(clippy::disallowed_methods, reason = "a measurement reads files and the clock")]

use std::hint::black_box;
use std::time::{Duration, Instant};

mod apollo;
mod async_graphql;
mod bluejay;
mod graphql_parser;
mod schemacheck;

/// What all contenders get.
struct Inputs {
    /// Years before the new one.
    old: String,
    /// One release before the new one.
    previous: String,
    new: String,
    operations: Vec<String>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [contender, task, folder] = arguments.as_slice() else {
        panic!("usage: schemacheck-peers <contender> <task> <folder of inputs>");
    };
    let read = |name| std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
    let document = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["document"].as_str().unwrap().to_owned()
    };
    let inputs = Inputs {
        old: read("old.graphql"),
        previous: read("previous.graphql"),
        new: read("new.graphql"),
        operations: read("operations.jsonl").lines().map(document).collect(),
    };
    match (contender.as_str(), task.as_str()) {
        ("schemacheck", task) => schemacheck::measure(task, &inputs),
        ("bluejay", task) => bluejay::measure(task, &inputs),
        ("apollo-compiler", task) => apollo::measure(task, &inputs),
        ("graphql-parser", task) => graphql_parser::measure(task, &inputs),
        ("async-graphql-parser", task) => async_graphql::measure(task, &inputs),
        _ => panic!("no contender has the name {contender}"),
    }
}

/// Repeats a task; the task counts what it found.
fn repeat(mut task: impl FnMut() -> usize) {
    let found = black_box(task());
    let mut times = Vec::new();
    let begun = Instant::now();
    while times.is_empty() || begun.elapsed() < Duration::from_secs(1) {
        let start = Instant::now();
        let again = black_box(task());
        times.push(start.elapsed().as_secs_f64() * 1e3);
        assert_eq!(found, again, "the second run found something else");
    }
    times.sort_by(f64::total_cmp);
    println!("{} {found}", times[times.len() / 2]);
}
