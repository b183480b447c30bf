//! How well renames are found, on random schemas of which the truth is known. `cargo bench --bench renames` prints the
//! table by kind.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    dead_code,
    reason = "a test may panic; the measurement uses the rest"
)]

#[path = "../benches/support/renamed.rs"]
mod renamed;

use renamed::{KINDS, Score, scores};

#[test]
fn renames_are_found_and_decoys_are_not() {
    let (by_kind, mistakes) = scores(0..60);
    let mut all = Score::default();
    for (kind, score) in KINDS.iter().zip(&by_kind) {
        assert!(score.renames >= 10, "{kind}: only {} renames were tried", score.renames);
        all.add(*score);
    }
    let mistakes = mistakes.join("\n");
    assert!(all.precision() >= 0.98, "precision {:.3}\n{mistakes}", all.precision());
    assert!(all.recall() >= 0.95, "recall {:.3}\n{mistakes}", all.recall());
    assert!(all.decoys >= 500 && all.decoys_taken() <= 0.01, "decoys {:.4}\n{mistakes}", all.decoys_taken());
}
