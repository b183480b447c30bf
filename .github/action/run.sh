#!/usr/bin/env bash
# The action: finds or builds schemacheck, finds the old schema, runs `schemacheck diff` and tells the result.
#
# Inputs come as variables and never become text of a script. The result is an error until the report says otherwise,
# so that whatever ends this script early cannot look like a pass.
set -euo pipefail

state=error
reason=
report=
breaking=
operations_broken=

# Slashes on every system.
temporary="${RUNNER_TEMP//\\//}"
run="$(mktemp -d "$temporary/schemacheck-run.XXXXXX")"
# Texts of schemas and operations are hostile. Nobody can guess this word, so no text can contain it.
secret="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"

# Ends the run without an answer; the reason is a fixed text.
unanswered() {
  reason="$1"
  exit 2
}

output() {
  printf '%s<<%s\n%s\n%s\n' "$1" "$secret" "$2" "$secret" >>"$GITHUB_OUTPUT"
}

# Whatever happened: the outputs, one message and the exit code.
finish() {
  trap - EXIT
  output state "$state"
  output report-path "$report"
  output breaking "$breaking"
  output operations-broken "$operations_broken"
  case "$state" in
    pass) exit 0 ;;
    fail)
      echo '::error::schemacheck: this change breaks clients'
      exit 1
      ;;
    *)
      echo "::error::schemacheck could not answer: nothing was checked${reason:+ ($reason)}"
      exit 2
      ;;
  esac
}
trap finish EXIT

# Puts a schemacheck of the wanted version on PATH.
provide() {
  local own wanted
  own="$(sed -n '/^version = /{s/^version = "\(.*\)"$/\1/p;q;}' "$GITHUB_ACTION_PATH/Cargo.toml")"
  wanted="${INPUT_VERSION#v}"
  wanted="${wanted:-$own}"
  mkdir -p "$temporary/schemacheck/bin"
  PATH="$(cd "$temporary/schemacheck/bin" && pwd):$PATH"
  if [[ "$(schemacheck --version 2>/dev/null || true)" == "schemacheck $wanted" ]]; then
    return
  fi
  if [[ "$wanted" != "$own" ]]; then
    unanswered 'the wanted version is neither on PATH nor that of the action; use the action at the tag of the version'
  fi
  if ! command -v cargo >/dev/null; then
    unanswered 'schemacheck is not on PATH, and there is no cargo to build it'
  fi
  # From inside the action's source, so that its toolchain settings count and not those of the caller.
  reason='schemacheck could not be built'
  (
    cd "$GITHUB_ACTION_PATH"
    cargo install --locked --path "$GITHUB_ACTION_PATH/crates/schemacheck-cli" --root "$temporary/schemacheck"
  )
  reason=
}

# Names the old schema: the path of the new one in the base commit, whose files are written beside the report.
# schemacheck itself will read commits one day (`git:REV:path`); then this function goes.
find_old() {
  local base parents top path
  case "$INPUT_NEW" in
    - | /* | ?:[/\\]*) unanswered 'the new schema has no path in the repository; name the old one with the input old' ;;
  esac
  if [[ -z "$BASE_SHA" ]]; then
    unanswered 'the event has no base to compare with; name the old schema with the input old'
  fi
  # A pull request is checked out as its merge with the base. The base that it was merged with can be newer than the
  # one of the event; taking that one would blame this change for what others merged in between.
  reason='the base of the change could not be read'
  base="$BASE_SHA"
  parents="$(git cat-file commit HEAD | sed -n '1,/^$/s/^parent //p' | tr '\n' ' ')"
  if [[ -n "$HEAD_SHA" && "$parents" == *" $HEAD_SHA " ]]; then
    base="${parents%% *}"
  fi
  if [[ "$(git rev-parse HEAD)" == "$base" ]]; then
    unanswered 'the base itself is checked out; check out the change'
  fi
  if ! git cat-file -e "$base^{commit}" 2>/dev/null; then
    git fetch --quiet --no-tags --depth=1 origin "$base"
  fi
  # The whole tree, so that a directory or a glob means the same in both commits. Not `git archive`: that leaves out
  # what is marked export-ignore.
  top="$(git rev-parse --show-toplevel)"
  path="$(git rev-parse --show-prefix)${INPUT_NEW#./}"
  GIT_INDEX_FILE="$run/index" git -C "$top" read-tree "$base"
  GIT_INDEX_FILE="$run/index" git -C "$top" checkout-index --all --prefix="$run/base/"
  INPUT_OLD="$run/base/$path"
  reason=
}

# Shows a text in the log and in the summary of the job, where it can neither command the runner nor leave its fence.
show() {
  local fence
  printf '::stop-commands::%s\n' "$secret"
  cat "$1"
  printf '\n::%s::\n' "$secret"
  # A summary of more than 1 MiB would be dropped whole.
  head -c 900000 "$1" >"$run/summary.txt"
  # One backtick more than the longest row of them in the text, and at least three.
  fence="$(LC_ALL=C tr -c '\140' '\n' <"$run/summary.txt" | awk '
    length > most { most = length }
    END { for (i = 0; i <= most || i < 3; i++) printf "%c", 96 }
  ')"
  {
    printf '\n%s\n' "$fence"
    cat "$run/summary.txt"
    printf '\n%s\n' "$fence"
  } >>"$GITHUB_STEP_SUMMARY"
}

# A value of the JSON report.
field() {
  jq --raw-output "$1" "$run/report.json" | tr -d '\r'
}

provide
if [[ -z "$INPUT_OLD" ]]; then
  find_old
fi

arguments=(diff "--fail-on=$INPUT_FAIL_ON" "--output=json=$run/report.json")
while read -r line; do
  if [[ -n "$line" ]]; then
    arguments+=("--operations=$line")
  fi
done < <(printf '%s\n' "$INPUT_OPERATIONS" | tr -d '\r')

code=0
schemacheck "${arguments[@]}" -- "$INPUT_OLD" "$INPUT_NEW" >"$run/report.txt" 2>&1 || code=$?
show "$run/report.txt"
if [[ ! -s "$run/report.json" ]]; then
  unanswered 'schemacheck wrote no report'
fi
report="$run/report.json"
breaking="$(field 'if .changes == null then "" else .summary.breaking end')"
operations_broken="$(field 'if .changes == null or .coverage.operations == 0 then "" else .summary.operationsBroken end')"
# Exit code and report have to say the same.
case "$code $(field .state)" in
  '0 pass') state=pass ;;
  '1 fail') state=fail ;;
esac
