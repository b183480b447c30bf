//! What differs between two schemas.

use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::schema::ElementId;
use schemacheck_graphql::source::Span;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::rules::Rule;

/// How bad a change is, from the schemas alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// No client that followed the old contract can notice.
    Safe,
    /// The schemas alone cannot tell.
    Dangerous,
    /// A client that followed the old contract can break for certain.
    Breaking,
}

impl Severity {
    /// The word of the contract.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Safe => "safe",
            Severity::Dangerous => "dangerous",
            Severity::Breaking => "breaking",
        }
    }
}

/// Where a change hurts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Breaks {
    /// Validation rejects the operation.
    Document,
    /// The document is valid, a value that a client may send is not.
    Variables,
    /// The operation is accepted, but the answer no longer fits what the client was built for.
    Response,
}

impl Breaks {
    /// The word of the contract.
    pub fn name(self) -> &'static str {
        match self {
            Breaks::Document => "document",
            Breaks::Variables => "variables",
            Breaks::Response => "response",
        }
    }
}

/// One difference between two schemas.
#[derive(Clone, Debug)]
pub struct Change<'s> {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Its element in the old schema; in the new one for an addition.
    pub coordinate: SchemaCoordinate<&'s str>,
    /// Its element in the new schema, where that has another name.
    pub new_coordinate: Option<SchemaCoordinate<&'s str>>,
    /// The other type of a membership: the union member or the interface.
    pub member: Option<&'s str>,
    /// What changed, whom it breaks, in one line.
    pub message: String,
    /// The place in the old schema.
    pub old: Option<Span>,
    /// The place in the new schema.
    pub new: Option<Span>,
    /// What it lay in, in the new schema, where it is no more.
    pub near: Option<Span>,
    /// The element of the old schema.
    pub old_id: Option<ElementId>,
    /// The element of the new schema.
    pub new_id: Option<ElementId>,
    /// Why it is taken for a rename.
    pub rename: Option<Rename>,
    /// What a removed element may be called now, below the bar of certainty.
    pub hint: Option<&'s str>,
    /// What tells it apart from another change of the rule at its place: types, values.
    pub(crate) details: String,
}

/// Why a removal and an addition are taken for one rename.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Rename {
    /// The old name.
    pub from: String,
    /// The new name.
    pub to: String,
    /// From 0 to 1.
    pub confidence: f64,
    /// Each reason, in words.
    pub evidence: Vec<String>,
}

impl Change<'_> {
    /// The severity of its rule.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// Identifies the change wherever and however it is told: twelve hexadecimal digits that depend on the rule, the
    /// coordinates and what tells two changes of one rule at one place apart, but not on wording, files and lines.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        let mut part = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        part(self.rule.id);
        part(&self.coordinate.to_string());
        if let Some(coordinate) = &self.new_coordinate {
            part(&coordinate.to_string());
        }
        if let Some(member) = &self.member {
            part(member);
        }
        part(&self.details);
        let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
        hash.finalize().iter().take(6).flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }
}
