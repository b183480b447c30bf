#!/usr/bin/env bash
# The action: finds, downloads or builds schemacheck, finds the old schema, and hands everything to `schemacheck diff`,
# which writes annotations, summary, outputs and comment.
#
# Inputs come as variables and never become text of a script. The result is an error until schemacheck says otherwise,
# so that whatever ends this script early cannot look like a pass.
set -euo pipefail

# Slashes on every system.
temporary="${RUNNER_TEMP//\\//}"
run="$(mktemp -d "$temporary/schemacheck-run.XXXXXX")"
answered=
reason=

# Ends the run without an answer; the reason is a fixed text.
unanswered() {
  reason="$1"
  exit 2
}

# Whatever happened before there was an answer: an error, in the log and in the outputs.
# shellcheck disable=SC2329 # the trap calls it
finish() {
  local code=$?
  trap - EXIT
  if [[ -n "$answered" ]]; then
    exit "$code"
  fi
  echo 'state=error' >>"$GITHUB_OUTPUT"
  echo "::error title=schemacheck gave no answer::nothing was checked${reason:+ ($reason)}"
  exit 2
}
trap finish EXIT

# The Rust target of this machine, as releases name it.
target() {
  case "$RUNNER_OS-$(uname -m)" in
    Linux-x86_64) echo x86_64-unknown-linux-musl ;;
    Linux-aarch64 | Linux-arm64) echo aarch64-unknown-linux-musl ;;
    macOS-x86_64) echo x86_64-apple-darwin ;;
    macOS-arm64) echo aarch64-apple-darwin ;;
    Windows-x86_64) echo x86_64-pc-windows-msvc ;;
  esac
}

# Downloads the archive of a release whose checksum is in the action. Fails where none is, or there is no network; an
# archive that is not the one that the action knows ends the run.
download() {
  local version="$1" name checksum found address
  name="$(target)"
  checksum="$(sed -n "s/^$version $name \([0-9a-f]\{64\}\)\$/\1/p" "$GITHUB_ACTION_PATH/.github/action/checksums.txt")"
  [[ -n "$name" && -n "$checksum" ]] || return 1
  address="${SCHEMACHECK_RELEASES:-https://github.com/schemacheck/schemacheck/releases/download}"
  address="$address/v$version/schemacheck-$name.tar.gz"
  curl --fail --silent --show-error --location --retry 3 --max-time 300 --output "$run/archive" "$address" || return 1
  if command -v sha256sum >/dev/null; then
    found="$(sha256sum <"$run/archive")"
  else
    found="$(shasum -a 256 <"$run/archive")"
  fi
  if [[ "${found%% *}" != "$checksum" ]]; then
    unanswered 'the downloaded schemacheck is not the one whose checksum is in the action'
  fi
  tar -xzf "$run/archive" -C "$temporary/schemacheck/bin"
}

# Puts a schemacheck of the wanted version on PATH.
provide() {
  local own wanted
  own="$(sed -n '/^version = /{s/^version = "\(.*\)"$/\1/p;q;}' "$GITHUB_ACTION_PATH/Cargo.toml")"
  wanted="${INPUT_VERSION#v}"
  wanted="${wanted:-$own}"
  if [[ ! "$wanted" =~ ^[0-9A-Za-z.+-]+$ ]]; then
    unanswered 'the input version is no version'
  fi
  mkdir -p "$temporary/schemacheck/bin"
  PATH="$(cd "$temporary/schemacheck/bin" && pwd):$PATH"
  if [[ "$(schemacheck --version 2>/dev/null || true)" == "schemacheck $wanted" ]] || download "$wanted"; then
    return
  fi
  if [[ "$wanted" != "$own" ]]; then
    unanswered 'the wanted version is neither on PATH nor a release that the action knows nor that of the action'
  fi
  if ! command -v cargo >/dev/null; then
    unanswered 'schemacheck is not on PATH and cannot be downloaded, and there is no cargo to build it'
  fi
  # From inside the action's source, so that its toolchain settings count and not those of the caller.
  reason='schemacheck could not be built'
  (
    cd "$GITHUB_ACTION_PATH"
    cargo install --locked --path "$GITHUB_ACTION_PATH/crates/schemacheck-cli" --root "$temporary/schemacheck"
  )
  reason=
}

# Names the old schema: the path of the new one at the merge base.
find_old() {
  local base parents
  case "$INPUT_NEW" in
    - | /* | ?:[/\\]* | *://* | registry:* | git:*)
      unanswered 'the new schema has no path in the repository; name the old one with the input old'
      ;;
  esac
  if [[ -z "$BASE_SHA" ]]; then
    unanswered 'the event has no base to compare with; name the old schema with the input old'
  fi
  reason='the base of the change could not be read'
  base="$BASE_SHA"
  parents="$(git cat-file commit HEAD | sed -n '1,/^$/s/^parent //p' | tr '\n' ' ')"
  if [[ -n "$HEAD_SHA" && "$parents" == *" $HEAD_SHA " ]]; then
    # The checkout is the merge of the pull request with its base, as actions/checkout makes it. Its first parent is the
    # merge base of the two; the base of the event can be older, and would blame this change for what others merged.
    base="${parents%% *}"
    git cat-file -e "$base^{commit}" 2>/dev/null || git fetch --quiet --no-tags --depth=1 origin "$base"
  else
    # The head itself is checked out, and may be behind its base. The merge base needs the history of both.
    if [[ "$(git rev-parse --is-shallow-repository)" == true ]]; then
      git fetch --quiet --no-tags --unshallow origin "$(git rev-parse HEAD)" "$BASE_SHA"
    elif ! git cat-file -e "$BASE_SHA^{commit}" 2>/dev/null; then
      git fetch --quiet --no-tags origin "$BASE_SHA"
    fi
    base="$(git merge-base HEAD "$BASE_SHA")"
  fi
  if [[ "$(git rev-parse HEAD)" == "$base" ]]; then
    unanswered 'the base itself is checked out; check out the change'
  fi
  INPUT_OLD="git:$base:./${INPUT_NEW#./}"
  reason=
}

provide
if [[ -z "$INPUT_OLD" ]]; then
  find_old
fi

# Each input is a flag of the same name.
arguments=(diff --format=github "--output=json=$run/report.json")
[[ -z "$INPUT_CLIENT_PATH" ]] || arguments+=("--client-path=$INPUT_CLIENT_PATH")
[[ -z "$INPUT_FAIL_ON" ]] || arguments+=("--fail-on=$INPUT_FAIL_ON")
[[ -z "$INPUT_CONFIG" ]] || arguments+=("--config=$INPUT_CONFIG")
[[ -z "$INPUT_APPROVALS" ]] || arguments+=("--approvals=$INPUT_APPROVALS")
[[ -z "$INPUT_APPROVE_LABEL" ]] || arguments+=("--approve-label=$INPUT_APPROVE_LABEL")
[[ "$INPUT_COMMENT" != true ]] || arguments+=(--comment)
[[ -z "$INPUT_SARIF_FILE" ]] || arguments+=("--output=sarif=$INPUT_SARIF_FILE")
[[ -z "$INPUT_HTML_FILE" ]] || arguments+=("--output=html=$INPUT_HTML_FILE")
while read -r line; do
  [[ -z "$line" ]] || arguments+=("--operations=$line")
done < <(printf '%s\n' "$INPUT_OPERATIONS" | tr -d '\r')

reason='schemacheck did not take the inputs or did not write its report; the log says why'
code=0
schemacheck "${arguments[@]}" -- "$INPUT_OLD" "$INPUT_NEW" || code=$?
if [[ -s "$run/report.json" && "$code" -le 2 ]]; then
  answered=yes
fi
exit "$code"
