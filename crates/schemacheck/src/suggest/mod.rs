//! The compatibility patch: what keeps old clients alive on the new schema, as edits of its own texts, proven.
//!
//! Each breaking change gets a suggestion. Suggestions that can be written as SDL are edits; together they are the
//! patch. The patch is applied in memory, the result is loaded, compared with the old schema and held against every
//! operation again, and only what that proves is shown.

mod alias;
mod complete;
mod draft;
pub(crate) mod edit;
mod impossible;
mod keep;
mod relax;
mod restore;

use bumpalo::Bump;
use hashbrown::{HashMap, HashSet};
use jiff::civil::Date;
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{self, Schema, TypeId, Valid};
use schemacheck_graphql::source::{SourceId, Sources};

use self::draft::Draft;
pub use self::edit::Edit;
use crate::change::{Change, Severity};
use crate::diff::{Diff, diff_of};
use crate::impact::{CheckedOperation, Verdict, check_operations};
use crate::operation::StoredDocument;
use crate::rename::Decisions;

/// What a suggestion does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SuggestionKind {
    /// The old field beside the new one, deprecated.
    AliasField,
    /// The old argument beside the new one, deprecated.
    AliasArgument,
    /// The old input field beside the new one, deprecated.
    AliasInputField,
    /// The old enum value beside the new one, deprecated.
    AliasEnumValue,
    /// What was removed, back and deprecated; what may be null now, non-null again.
    Restore,
    /// What became required, optional again.
    Relax,
    /// A renamed type or directive under its old name: it is renamed in code only.
    KeepTypeName,
    /// Nothing can be done, and why.
    NonePossible,
}

impl SuggestionKind {
    /// The word of the contract.
    pub fn name(self) -> &'static str {
        match self {
            SuggestionKind::AliasField => "alias-field",
            SuggestionKind::AliasArgument => "alias-argument",
            SuggestionKind::AliasInputField => "alias-input-field",
            SuggestionKind::AliasEnumValue => "alias-enum-value",
            SuggestionKind::Restore => "restore",
            SuggestionKind::Relax => "relax",
            SuggestionKind::KeepTypeName => "keep-type-name",
            SuggestionKind::NonePossible => "none-possible",
        }
    }
}

/// What to do about a change.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// What it does.
    pub kind: SuggestionKind,
    /// The element that stays alive.
    pub coordinate: String,
    /// The element that does its work.
    pub target: String,
    /// The indices of the changes that it resolves.
    pub resolves: Vec<usize>,
    /// What it does and what remains, in one line.
    pub why: String,
    /// The definition to add, as SDL.
    pub sdl: String,
    /// The edits of the new schema's texts.
    pub edits: Vec<Edit>,
    /// The type of the new schema and the name of the field that the suggestion adds to it.
    field: Option<(TypeId, String)>,
}

/// The patch and its proof.
#[derive(Clone, Debug)]
pub struct Patch {
    /// The texts that change: which, and what they become.
    pub texts: Vec<(SourceId, String)>,
    /// Whether the proof holds.
    pub verified: bool,
    /// Breaking changes that remain with the patch.
    pub breaking_after: usize,
    /// Operations that remain broken with the patch.
    pub broken_operations_after: usize,
    /// Why the proof does not hold, one line each.
    pub failures: Vec<String>,
    /// Changes that still break an operation with the patch.
    missing: Vec<usize>,
}

impl Suggestion {
    /// A suggestion for one change, without SDL and edits yet.
    fn new(at: usize, change: &Change<'_>, kind: SuggestionKind, why: String) -> Self {
        let target = change.new_coordinate.as_ref().unwrap_or(&change.coordinate);
        Suggestion {
            kind,
            coordinate: change.coordinate.to_string(),
            target: target.to_string(),
            resolves: vec![at],
            why,
            sdl: String::new(),
            edits: Vec::new(),
            field: None,
        }
    }
}

/// How often a patch is extended by what its proof shows to be missing.
const MOST_ROUNDS: usize = 4;

/// So many suggestions are tried one by one where they fail together.
const MOST_TRIED: usize = 64;

/// What to do about each breaking change, and the suggestions as one proven patch. A rename always gets its alias; what
/// was taken away on purpose comes back only where a stored operation needs it, or where no operations are known.
pub fn suggest(proof: &Proof<'_, '_>, diff: &Diff<'_>) -> (Vec<Suggestion>, Option<Patch>) {
    let mut needed: Option<HashSet<usize>> = proof.operations.map(|operations| {
        let hurt = operations.iter().filter(|operation| operation.verdict != Verdict::AlreadyInvalid);
        let causes = |operation: &CheckedOperation| -> Vec<usize> {
            let errors = operation.errors.iter().filter_map(|error| error.change);
            errors.chain(operation.impacts.iter().map(|impact| impact.change)).collect()
        };
        hurt.flat_map(causes).collect()
    });
    let mut answer = (Vec::new(), None);
    // Putting back an argument may need an enum value back that nothing else needed: the proof finds it.
    for _ in 0..MOST_ROUNDS {
        let suggestions = suggest_for(proof, diff, needed.as_ref());
        let patch = prove(proof, diff, &suggestions);
        let missing = patch.as_ref().map(|patch: &Patch| patch.missing.clone()).unwrap_or_default();
        answer = (suggestions, patch);
        let Some(needed) = &mut needed else { break };
        let before = needed.len();
        needed.extend(missing);
        if needed.len() == before {
            break;
        }
    }
    let (mut suggestions, mut patch) = answer;
    if patch.as_ref().is_some_and(|patch| !patch.verified) && give_up_some(proof, diff, &mut suggestions) {
        patch = prove(proof, diff, &suggestions);
    }
    (suggestions, patch)
}

/// Gives up the suggestions that do not go together with those before them, so that the others can be shown. Whether
/// any was given up.
fn give_up_some(proof: &Proof<'_, '_>, diff: &Diff<'_>, suggestions: &mut [Suggestion]) -> bool {
    let editing: Vec<usize> =
        (0..suggestions.len()).filter(|&at| !suggestions[at].edits.is_empty()).collect();
    if editing.len() > MOST_TRIED {
        return false;
    }
    let (mut sound, mut gave_up) = (Vec::new(), false);
    for at in editing {
        sound.push(suggestions[at].clone());
        let without_operations = Proof { documents: &[], operations: None, ..*proof };
        let patch = prove(&without_operations, diff, &sound);
        let Some(failure) = patch.and_then(|patch| patch.failures.into_iter().next()) else { continue };
        sound.pop();
        gave_up = true;
        let suggestion = &mut suggestions[at];
        suggestion.kind = SuggestionKind::NonePossible;
        suggestion.why = format!("what would put it back fails: {failure}");
        suggestion.edits.clear();
        suggestion.sdl.clear();
    }
    gave_up
}

/// What to do about each breaking change; what was taken away on purpose only where it is needed.
fn suggest_for(proof: &Proof<'_, '_>, diff: &Diff<'_>, needed: Option<&HashSet<usize>>) -> Vec<Suggestion> {
    let wanted = |at: usize| needed.is_none_or(|needed| needed.contains(&at));
    let draft = Draft::new(proof.sources, proof.new_texts, diff, proof.remove_after, wanted);
    let mut suggestions = Vec::new();
    for (at, change) in diff.changes.iter().enumerate() {
        if change.severity() != Severity::Breaking {
            continue;
        }
        let suggestion = alias::alias(&draft, at, change)
            .or_else(|| keep::keep(&draft, at, change))
            // A type comes back also where only another suggestion needs it.
            .or_else(|| {
                let restore = restore::restore(&draft, at, change);
                restore.filter(|_| wanted(at) || change.rule.id == "type-removed" || change.rename.is_some())
            })
            .or_else(|| relax::relax(&draft, at, change).filter(|_| wanted(at)))
            .or_else(|| impossible::impossible(at, change).filter(|_| wanted(at)));
        suggestions.extend(suggestion);
    }
    complete::restored(&draft, &mut suggestions);
    complete::aliases(&draft, &mut suggestions);
    complete::fields(&draft, &mut suggestions);
    complete::arguments(&draft, &mut suggestions);
    suggestions
}

/// What a proof needs.
#[derive(Clone, Copy, Debug)]
pub struct Proof<'p, 's> {
    /// The texts of the run.
    pub sources: &'p Sources,
    /// The old schema.
    pub old: &'s Valid<Schema<'s>>,
    /// The texts of the new schema.
    pub new_texts: &'p [SourceId],
    /// The stored operations.
    pub documents: &'p [StoredDocument],
    /// What became of them without the patch; nothing where no operations were asked for.
    pub operations: Option<&'p [CheckedOperation]>,
    /// What people decided about renames.
    pub decisions: &'s Decisions,
    /// The day after which aliases may go, for their deprecations to say.
    pub remove_after: Option<Date>,
    /// The bounds on texts.
    pub limits: Limits,
}

/// Applies the suggestions and proves the result; nothing where no suggestion has an edit.
fn prove(proof: &Proof<'_, '_>, changes: &Diff<'_>, suggestions: &[Suggestion]) -> Option<Patch> {
    let edits: Vec<&Edit> = suggestions.iter().flat_map(|suggestion| &suggestion.edits).collect();
    if edits.is_empty() {
        return None;
    }
    let mut patch = Patch {
        texts: edit::apply(proof.sources, proof.new_texts, &edits),
        verified: false,
        breaking_after: 0,
        broken_operations_after: 0,
        failures: Vec::new(),
        missing: Vec::new(),
    };
    let mut patched_sources = Sources::new();
    let mut ids = Vec::new();
    for &id in proof.new_texts {
        let source = proof.sources.get(id);
        let patched = patch.texts.iter().find(|(patched, _)| *patched == id);
        let text = patched.map_or(source.text(), |(_, text)| text.as_str());
        match patched_sources.add(source.name(), text) {
            Ok(id) => ids.push(id),
            Err(error) => patch.failures.push(error.to_string()),
        }
    }
    let arena = Bump::new();
    match schema::load(&arena, &patched_sources, &ids, proof.limits) {
        Err(errors) => {
            let told = errors.iter().take(3).map(|error| {
                format!(
                    "the patched schema is invalid: {}: {}",
                    patched_sources.locate(error.span.start),
                    error.message
                )
            });
            patch.failures.extend(told);
        }
        Ok(loaded) => {
            let patched = loaded.schema.with_unknown(changes.matching.new.unknown());
            judge(proof, changes, suggestions, &patched, &mut patch);
        }
    }
    patch.verified = patch.failures.is_empty();
    Some(patch)
}

/// What a change is about, whatever its type is called now.
type Identity<'s> = (&'static str, SchemaCoordinate<&'s str>, Option<&'s str>);

fn identity<'s>(diff: &Diff<'s>, change: &Change<'s>) -> Identity<'s> {
    let matching = &diff.matching;
    // An addition stands at its new type's name, which the patch may give back.
    let in_old = change.coordinate.type_name().filter(|_| change.old_id.is_none()).and_then(|name| {
        let old = matching.old_type(matching.new.type_named(name)?)?;
        Some(change.coordinate.of_type(matching.old.ty(old).name))
    });
    (change.rule.id, in_old.unwrap_or(change.coordinate), change.member)
}

fn breaking<'s>(diff: &Diff<'s>) -> HashSet<Identity<'s>> {
    let breaking = diff.changes.iter().filter(|change| change.severity() == Severity::Breaking);
    breaking.map(|change| identity(diff, change)).collect()
}

/// Compares the old schema with the patched one, and holds every operation against it.
fn judge<'s>(
    proof: &Proof<'_, 's>,
    changes: &Diff<'_>,
    suggestions: &[Suggestion],
    patched: &'s Valid<Schema<'s>>,
    patch: &mut Patch,
) {
    let after = diff_of(proof.old, patched, proof.decisions);
    let (before, remaining) = (breaking(changes), breaking(&after));
    patch.breaking_after = remaining.len();
    for suggestion in suggestions {
        for &at in suggestion.resolves.iter().filter(|_| !suggestion.edits.is_empty()) {
            if remaining.contains(&identity(changes, &changes.changes[at])) {
                patch
                    .failures
                    .push(format!("with the patch this still holds: {}", changes.changes[at].message));
            }
        }
    }
    for change in &after.changes {
        if change.severity() == Severity::Breaking && !before.contains(&identity(&after, change)) {
            patch.failures.push(format!("the patch itself would break: {}", change.message));
        }
    }
    let resolved: Vec<usize> = suggestions
        .iter()
        .filter(|suggestion| !suggestion.edits.is_empty())
        .flat_map(|suggestion| suggestion.resolves.iter().copied())
        .collect();
    let operations =
        check_operations(proof.sources, proof.old, patched, &after, proof.documents, proof.limits);
    let by_identity: HashMap<Identity, usize> =
        changes.changes.iter().enumerate().map(|(at, change)| (identity(changes, change), at)).collect();
    for (before, broken) in proof.operations.into_iter().flatten().zip(&operations) {
        if broken.verdict != Verdict::Broken {
            continue;
        }
        let causes = broken.errors.iter().filter_map(|error| error.change);
        let causes = causes.chain(broken.impacts.iter().map(|impact| impact.change));
        let missing = causes.filter_map(|at| by_identity.get(&identity(&after, &after.changes[at])));
        patch.missing.extend(missing);
        patch.broken_operations_after += 1;
        let causes = before.errors.iter().map(|error| error.change);
        let claimed = before.verdict == Verdict::Broken
            && causes
                .chain(before.impacts.iter().map(|impact| Some(impact.change)))
                .all(|cause| cause.is_some_and(|cause| resolved.contains(&cause)));
        if claimed || before.verdict != Verdict::Broken {
            let name = broken.name.as_deref().unwrap_or("an anonymous operation");
            let error = broken
                .errors
                .first()
                .map_or(String::new(), |error| format!(": {}", error.diagnostic.message));
            patch.failures.push(format!("with the patch {name} is broken{error}"));
        }
    }
}
