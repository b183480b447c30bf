//! Two published schemas compared, and operations held against both, on one core.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "the measurement installs what it needs")]

use std::hint::black_box;

use bumpalo::Bump;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use schemacheck::diff::diff;
use schemacheck::impact::{check_against, check_operations};
use schemacheck::operation::StoredDocument;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{self, Schema, Valid};
use schemacheck_graphql::source::{SourceId, Sources};

use generate::{Generator, SEED};

#[path = "../../schemacheck-graphql/benches/support/generate.rs"]
mod generate;
#[path = "../../schemacheck-graphql/benches/support/grown.rs"]
mod grown;
#[path = "../../../tests/support/node.rs"]
mod node;

const LIMITS: Limits = Limits { depth: 500, tokens: u32::MAX, bytes: u32::MAX };
const OPERATIONS: usize = 10_000;

/// From the texts of both schemas to all changes, renames included; the schema once, four and sixteen times.
fn schemas(criterion: &mut Criterion) {
    let old = node::github(10, "schema.graphql");
    let new = node::github(15, "schema.graphql");
    let mut group = criterion.benchmark_group("diff from text");
    group.sample_size(20);
    for factor in [1, 4, 16] {
        let mut sources = Sources::new();
        let old = sources.add("old.graphql", grown::copies(&old, factor)).unwrap();
        let new = sources.add("new.graphql", grown::copies(&new, factor)).unwrap();
        let bytes = sources.get(old).text().len() + sources.get(new).text().len();
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_with_input(BenchmarkId::from_parameter(factor), &factor, |bencher, _| {
            bencher.iter(|| {
                let (old_arena, new_arena) = (Bump::new(), Bump::new());
                let (old, new) = (load(&old_arena, &sources, old), load(&new_arena, &sources, new));
                black_box(diff(&old, &new).changes.len())
            });
        });
    }
    group.finish();
}

/// Operations on one schema, and the same on two with their response shapes compared. The second validates twice, so it
/// should take less than four times as long.
fn operations(criterion: &mut Criterion) {
    // The measurement is of one core.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    let mut sources = Sources::new();
    let old_text = sources.add("old.graphql", node::github(10, "schema.graphql")).unwrap();
    let new_text = sources.add("new.graphql", node::github(15, "schema.graphql")).unwrap();
    let mut documents = Sources::new();
    let (old_arena, new_arena) = (Bump::new(), Bump::new());
    let (old, new) = (load(&old_arena, &sources, old_text), load(&new_arena, &sources, new_text));
    let found = diff(&old, &new);
    let mut generator = Generator::new(&old, SEED);
    let stored: Vec<StoredDocument> = (0..OPERATIONS)
        .map(|_| StoredDocument::new(documents.add("operation", generator.document()).unwrap()))
        .collect();
    let mut group = criterion.benchmark_group("operations");
    group.sample_size(20);
    group.throughput(Throughput::Elements(OPERATIONS as u64));
    group.bench_function("on one schema", |bencher| {
        bencher.iter(|| black_box(check_against(&documents, &old, &stored, Limits::default()).len()));
    });
    group.bench_function("on two schemas with shapes and impact", |bencher| {
        bencher.iter(|| {
            black_box(check_operations(&documents, &old, &new, &found, &stored, Limits::default()).len())
        });
    });
    group.finish();
}

fn load<'a>(arena: &'a Bump, sources: &'a Sources, text: SourceId) -> Valid<Schema<'a>> {
    schema::load(arena, sources, &[text], LIMITS).unwrap().schema
}

criterion_group!(benches, schemas, operations);
criterion_main!(benches);
