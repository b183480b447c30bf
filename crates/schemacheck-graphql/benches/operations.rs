//! Operations against GitHub's public schema on one core, and how the cost grows with what there is to do.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "the measurement installs what it needs")]

use std::hint::black_box;

use bumpalo::Bump;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use schemacheck_graphql::parser::{Limits, parse};
use schemacheck_graphql::schema::{self, Loaded, Schema, Valid};
use schemacheck_graphql::source::{SourceId, Sources};
use schemacheck_graphql::validation::validate;

use generate::{Generator, SEED};

#[path = "support/generate.rs"]
mod generate;
#[path = "support/grown.rs"]
mod grown;
#[path = "../../../tests/support/node.rs"]
mod node;

/// Far above what the largest schema here needs.
const LIMITS: Limits = Limits { depth: 500, tokens: u32::MAX, bytes: u32::MAX };

/// So many operations are one iteration.
const OPERATIONS: usize = 10_000;

fn operations(criterion: &mut Criterion) {
    let mut sources = Sources::new();
    let text = sources.add("schema.graphql", node::github(15, "schema.graphql")).unwrap();
    let arena = Bump::new();
    let schema = load(&arena, &sources, text);
    let (sources, documents) = generate(&schema, OPERATIONS);
    let mut group = criterion.benchmark_group("operations");
    group.throughput(Throughput::Elements(OPERATIONS as u64));
    let mut arena = Bump::new();
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            for &document in &documents {
                arena.reset();
                black_box(parse(&arena, sources.get(document), Limits::default()).is_ok());
            }
        });
    });
    group.bench_function("parse and validate", |bencher| {
        bencher.iter(|| check(&mut arena, &schema, &sources, &documents));
    });
    group.finish();
}

/// Twice the input, twice the time: the throughput of each line of a group should be the same, but for what the
/// processor's caches no longer hold.
fn growth(criterion: &mut Criterion) {
    let github = node::github(15, "schema.graphql");
    for factor in [1, 4, 16] {
        let mut sources = Sources::new();
        let sdl = grown::copies(&github, factor);
        let bytes = sdl.len() as u64;
        let text = sources.add("schema.graphql", sdl).unwrap();
        let mut group = criterion.benchmark_group("growth of the schema");
        group.sample_size(10);
        group.throughput(Throughput::Bytes(bytes));
        group.bench_with_input(BenchmarkId::new("load", factor), &factor, |bencher, _| {
            let mut arena = Bump::new();
            bencher.iter(|| {
                arena.reset();
                black_box(schema::load(&arena, &sources, &[text], LIMITS).is_ok())
            });
        });
        let arena = Bump::new();
        let schema = load(&arena, &sources, text);
        let (operations, documents) = generate(&schema, OPERATIONS);
        group.throughput(Throughput::Elements(OPERATIONS as u64));
        group.bench_with_input(BenchmarkId::new("operations on it", factor), &factor, |bencher, _| {
            let mut arena = Bump::new();
            bencher.iter(|| check(&mut arena, &schema, &operations, &documents));
        });
        group.finish();
    }
    let mut sources = Sources::new();
    let text = sources.add("schema.graphql", github).unwrap();
    let arena = Bump::new();
    let schema = load(&arena, &sources, text);
    let mut group = criterion.benchmark_group("growth of the operations");
    group.sample_size(10);
    for factor in [1, 4, 16] {
        let count = OPERATIONS / 4 * factor;
        let (sources, documents) = generate(&schema, count);
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::new("parse and validate", factor), &factor, |bencher, _| {
            let mut arena = Bump::new();
            bencher.iter(|| check(&mut arena, &schema, &sources, &documents));
        });
    }
    group.finish();
}

fn load<'a>(arena: &'a Bump, sources: &'a Sources, text: SourceId) -> Valid<Schema<'a>> {
    let Loaded { schema, .. } = schema::load(arena, sources, &[text], LIMITS)
        .unwrap_or_else(|errors| panic!("the schema cannot be used: {errors:#?}"));
    schema
}

fn generate(schema: &Schema<'_>, count: usize) -> (Sources, Vec<SourceId>) {
    let mut sources = Sources::new();
    let mut generator = Generator::new(schema, SEED);
    let documents = (0..count).map(|_| sources.add("operation", generator.document()).unwrap()).collect();
    (sources, documents)
}

/// As a run does it: one arena, reset between operations.
fn check(arena: &mut Bump, schema: &Valid<Schema<'_>>, sources: &Sources, documents: &[SourceId]) {
    for &document in documents {
        arena.reset();
        let document = parse(arena, sources.get(document), Limits::default()).unwrap();
        let errors = validate(arena, schema, &document);
        assert!(errors.is_empty(), "a generated operation is invalid: {errors:#?}");
    }
}

criterion_group!(benches, operations, growth);
criterion_main!(benches);
