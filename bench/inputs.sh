#!/usr/bin/env bash
# Makes what the measurements are made on, under target/peers/inputs: two versions of GitHub's schema from npm, and 10,000
# operations on the newer one. Needs cargo, node and npm.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$here/../target/peers
mkdir -p "$target/node" "$target/inputs"
cp "$here"/peers/node/* "$target/node/"
(cd "$target/node" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock)
(cd "$target/node" && node prepare.js ../inputs)
cargo run --release --quiet --manifest-path "$here/../Cargo.toml" -p schemacheck-graphql \
    --example generate_operations -- "$target/inputs/new.graphql" 10000 "$target/inputs/operations.jsonl"
