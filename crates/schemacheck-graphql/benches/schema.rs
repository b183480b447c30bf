//! Text to validated schema: GitHub's public schema, 1.2 MB.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "the measurement installs what it needs")]

use std::hint::black_box;

use bumpalo::Bump;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use schemacheck_graphql::parser::{self, Limits};
use schemacheck_graphql::schema;
use schemacheck_graphql::schema::introspection::to_sdl;
use schemacheck_graphql::source::Sources;

#[path = "../../../tests/support/node.rs"]
mod node;

fn bench(criterion: &mut Criterion) {
    let mut sources = Sources::new();
    let text = sources.add("schema.graphql", node::github(15, "schema.graphql")).unwrap();
    let mut group = criterion.benchmark_group("github schema");
    group.throughput(Throughput::Bytes(sources.get(text).text().len() as u64));
    // The arena is reset rather than made anew, as a run does that loads one schema after the other.
    let mut arena = Bump::new();
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            arena.reset();
            black_box(parser::parse(&arena, sources.get(text), Limits::default()).is_ok())
        });
    });
    group.bench_function("load", |bencher| {
        bencher.iter(|| {
            arena.reset();
            black_box(schema::load(&arena, &sources, &[text], Limits::default()).is_ok())
        });
    });
    let json = node::github(15, "schema.json");
    group.throughput(Throughput::Bytes(json.len() as u64));
    group.bench_function("introspection to SDL", |bencher| bencher.iter(|| black_box(to_sdl(&json).is_ok())));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
