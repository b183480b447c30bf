#!/usr/bin/env bash
# Measures a gate over a registry with 1,000 live client versions of 200 operations each, in a folder: 20 clients with 50
# versions, each of which replaces 2 of its 200 operations. Needs cargo, node and npm; what it makes is under target/gate
# and target/peers.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
workspace=$(cd "$here/../.." && pwd)
target=$workspace/target/gate
inputs=$workspace/target/peers/inputs

test -e "$inputs/operations.jsonl" || "$here/../inputs.sh" >&2
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
    "$schemacheck" schema publish github@1 "$inputs/new.graphql" > "$target/published"
    "$schemacheck" schema deploy github@1 --env prod > "$target/published"
    touch "$target/made"
fi

# A change that breaks some of them, so that a patch is made and proven too.
sed 's/^  nameWithOwner: String!/  fullName: String!/' "$inputs/new.graphql" > "$target/renamed.graphql"

# Runs a command three times; an error ends the measurement, that something breaks does not.
measure() {
    local TIMEFORMAT='%R s wall clock, %U s processor and %S s more in the system'
    echo "$*"
    for _ in 1 2 3; do
        time "$schemacheck" "$@" > "$target/told" || test $? -eq 1
    done
    tail -n 1 "$target/told"
}

cd "$target"
measure gate --env prod --schema ../peers/inputs/new.graphql
measure gate --env prod --schema renamed.graphql
measure matrix --env prod
