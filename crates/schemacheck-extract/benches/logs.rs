//! Logs beside the least that any reader of lines has to do.

#![expect(clippy::unwrap_used, reason = "a measurement fails where it cannot go on")]

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use schemacheck_extract::log::{LogLimits, LogReader};

/// So many lines are one iteration.
const LINES: usize = 50_000;

/// A log of `different` documents by eight clients. Where `comments` stand in them, no text is the same twice.
fn log(different: usize, comments: bool) -> String {
    let mut log = String::new();
    for line in 0..LINES {
        let number = line % different;
        let comment = if comments { format!("# request {line}\\n") } else { String::new() };
        writeln!(
            log,
            "{{\"document\": \"{comment}query Board{number}($id: ID!, $first: Int = 20) {{\\n  thread(id: $id) {{\\n    id\\n    \
             title\\n    messages(first: $first, order: {{by: CREATED, direction: DESC}}) {{\\n      nodes {{ id text \
             author {{ name }} }}\\n      pageInfo {{ hasNextPage endCursor }}\\n    }}\\n  }}\\n}}\", \"operationName\": \
             \"Board{number}\", \"client\": {{\"name\": \"web\", \"version\": \"4.{}\"}}, \"count\": 3, \"lastSeen\": \
             \"2026-01-30T18:{:02}:{:02}Z\"}}",
            line % 8,
            line / 60 % 60,
            line % 60,
        )
        .unwrap();
    }
    log
}

/// Reads a log in the pieces that a file is read in.
fn read(log: &str) -> usize {
    let mut reader = LogReader::new("log.ndjson", LogLimits::default());
    for piece in log.as_bytes().chunks(1 << 20) {
        assert!(reader.push(piece));
    }
    let log = reader.finish();
    assert!(log.errors.is_empty());
    log.documents.len()
}

fn logs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("logs");
    for (name, log) in [("200 documents", log(200, false)), ("each text once", log(200, true))] {
        group.throughput(Throughput::Bytes(log.len() as u64));
        group.bench_function(format!("{name}: count the lines"), |bencher| {
            bencher.iter(|| black_box(memchr::memchr_iter(b'\n', log.as_bytes()).count()));
        });
        group.bench_function(format!("{name}: parse each line as JSON"), |bencher| {
            bencher.iter(|| {
                log.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count()
            });
        });
        group.bench_function(format!("{name}: read"), |bencher| {
            bencher.iter(|| assert_eq!(read(&log), 200));
        });
    }
    group.finish();
}

criterion_group!(benches, logs);
criterion_main!(benches);
