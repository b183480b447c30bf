//! How well and how fast renames are found: the table by kind, and the time for very many removals and additions.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "the measurement prints its table")]

use std::fmt::Write;
use std::hint::black_box;

use bumpalo::Bump;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use schemacheck::diff::diff;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema;
use schemacheck_graphql::source::Sources;

use renamed::{KINDS, Score, scores};

#[path = "support/renamed.rs"]
mod renamed;

/// So many random schemas are in the table.
const SCHEMAS: u64 = 400;

fn quality(_: &mut Criterion) {
    let (by_kind, mistakes) = scores(0..SCHEMAS);
    let mut all = Score::default();
    println!(
        "{:20} {:>8} {:>10} {:>8} {:>8} {:>14}",
        "kind", "renames", "precision", "recall", "decoys", "decoys taken"
    );
    let row = |kind: &str, score: Score| {
        println!(
            "{kind:20} {:>8} {:>10.3} {:>8.3} {:>8} {:>14.4}",
            score.renames,
            score.precision(),
            score.recall(),
            score.decoys,
            score.decoys_taken()
        );
    };
    for (kind, score) in KINDS.iter().zip(by_kind) {
        row(kind, score);
        all.add(score);
    }
    row("all", all);
    for mistake in mistakes.iter().take(40) {
        println!("{mistake}");
    }
}

/// Fields of one type that all left, and as many others that all came.
fn many(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("removals by additions");
    group.sample_size(10);
    for count in [1_250, 5_000, 20_000] {
        let text = |word: &str| {
            let mut text = "type Query {\n".to_owned();
            for at in 0..count {
                let _ = writeln!(text, "  {word}_{}_field_{}: String", at % 97, at * 7919 % 104_729);
            }
            text + "}\n"
        };
        let mut sources = Sources::new();
        let (old, new) =
            (sources.add("old", text("order")).unwrap(), sources.add("new", text("parcel")).unwrap());
        let arena = Bump::new();
        let load = |id| schema::load(&arena, &sources, &[id], Limits::default()).unwrap().schema;
        let (old, new) = (load(old), load(new));
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| black_box(diff(&old, &new).changes.len()));
        });
    }
    group.finish();
}

criterion_group!(benches, quality, many);
criterion_main!(benches);
