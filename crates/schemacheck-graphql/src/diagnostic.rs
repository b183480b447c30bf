//! What is wrong with a text, where, and what to do about it.

use serde::{Deserialize, Deserializer, Serialize};

use crate::coordinate::SchemaCoordinate;
use crate::source::Span;
use crate::validation::RULE_IDS;

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Level {
    /// The text breaks the specification by the letter, and no operation can notice.
    Warning,
    /// The text cannot be used.
    Error,
}

/// The name of a rule; behind a name of its own, serde does not take it for a text to borrow.
type RuleId = &'static str;

/// One finding of the parser, the schema's validation or an operation's validation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Whether the text can be used all the same.
    pub level: Level,
    /// The rule that was broken: `syntax`, `limit`, or the kebab-case name of a validation rule.
    #[serde(deserialize_with = "rule_of_a_document")]
    pub rule: RuleId,
    /// What is wrong, in one line that stands alone.
    pub message: String,
    /// The place.
    pub span: Span,
    /// Further places that belong to it, each with a word on its part.
    pub related: Vec<(Span, String)>,
    /// What to do.
    pub help: Option<String>,
    /// The element of the schema that it is about.
    pub coordinate: Option<SchemaCoordinate>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            level: Level::Error,
            rule,
            message: message.into(),
            span,
            related: Vec::new(),
            help: None,
            coordinate: None,
        }
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.level = Level::Warning;
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn related(mut self, span: Span, part: impl Into<String>) -> Self {
        self.related.push((span, part.into()));
        self
    }

    /// Adds the element of the schema that it is about.
    #[must_use]
    pub fn at(mut self, coordinate: SchemaCoordinate) -> Self {
        self.coordinate = Some(coordinate);
        self
    }
}

/// The rule that a finding on a document names.
fn rule_of_a_document<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let id = String::deserialize(deserializer)?;
    let known = RULE_IDS.iter().chain(&["limit", "syntax"]).find(|known| **known == id);
    known.copied().ok_or_else(|| serde::de::Error::custom(format!("{id} is no rule of this version")))
}
