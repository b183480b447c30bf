#!/usr/bin/env bash
# Measures schemacheck and its peers side by side on the same inputs and prints one table.
# Needs cargo, node and npm; everything it makes is under target/peers. ROUNDS sets the repetitions (5).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
workspace=$(cd "$here/../.." && pwd)
target=$workspace/target/peers
rounds=${ROUNDS:-5}
inputs=$target/inputs

echo "preparing under target/peers …" >&2
"$here/../inputs.sh" >&2
export CARGO_TARGET_DIR=$target/cargo
cargo build --release --quiet --manifest-path "$here/rust/Cargo.toml"

contenders_of() {
    case $1 in
        schema-parse | operations-parse)
            echo schemacheck bluejay graphql-parser apollo-compiler async-graphql-parser graphql-js
            ;;
        schema-build | operations-validate) echo schemacheck bluejay apollo-compiler graphql-js ;;
        diff | diff-release) echo schemacheck bluejay graphql-js graphql-inspector ;;
    esac
}

measure() {
    case $1 in
        graphql-*js | graphql-inspector) (cd "$target/node" && node measure.js "$1" "$2" "$inputs") ;;
        *) "$CARGO_TARGET_DIR/release/schemacheck-peers" "$1" "$2" "$inputs" ;;
    esac
}

# The contenders take turns, so that what else the machine does meets all of them.
results=$target/results.txt
: >"$results"
for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds …" >&2
    for task in schema-parse schema-build operations-parse operations-validate diff diff-release; do
        for contender in $(contenders_of "$task"); do
            echo "$task $contender $(measure "$contender" "$task")" >>"$results"
        done
    done
done

node "$target/node/table.js" "$results"
