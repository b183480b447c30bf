#!/usr/bin/env bash
# Measures a gate over a registry with 1,000 live client versions of 200 operations each, in a folder: 20 clients with 50
# versions, each of which replaces 2 of its 200 operations. Schema and operations are those of bench/peers, which has to
# run first. Everything it makes is under target/gate.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
workspace=$(cd "$here/../.." && pwd)
target=$workspace/target/gate
inputs=$workspace/target/peers/inputs
test -e "$inputs/operations.jsonl" || { echo "run bench/peers/run.sh first" >&2; exit 2; }

cargo build --release --quiet --manifest-path "$workspace/Cargo.toml" -p schemacheck-cli
schemacheck=$workspace/target/release/schemacheck
export SCHEMACHECK_REGISTRY=$target/registry SCHEMACHECK_BY=bench

if ! test -e "$target/made"; then
    rm -rf "$target"
    mkdir -p "$target/maps"
    node "$here/maps.js" "$inputs/operations.jsonl" "$target/maps"
    for map in "$target"/maps/*.json; do
        release=$(basename "$map" .json)
        "$schemacheck" client publish "$release" --operations "$map" > "$target/published"
        "$schemacheck" client deploy "$release" --env prod > "$target/published"
    done
    "$schemacheck" schema publish github@1 "$inputs/new.graphql"
    "$schemacheck" schema deploy github@1 --env prod
    touch "$target/made"
fi

# A change that breaks some of them, so that a patch is made and proven too.
sed 's/^  nameWithOwner: String!/  fullName: String!/' "$inputs/new.graphql" > "$target/renamed.graphql"
for schema in "$inputs/new.graphql" "$target/renamed.graphql"; do
    for _ in 1 2 3; do
        start=$(date +%s%N)
        "$schemacheck" gate --env prod --schema "$schema" --quiet || test $? -eq 1
        echo "$((($(date +%s%N) - start) / 1000000)) ms   $(basename "$schema")"
    done
done
