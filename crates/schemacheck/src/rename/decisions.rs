//! What a person decided about renames: it beats all evidence.

/// A decision on one pair of elements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// The coordinate in the old schema.
    pub from: String,
    /// The coordinate in the new schema.
    pub to: String,
    /// Whether the one is the other under a new name, or is not.
    pub renamed: bool,
}

/// All decisions of a team.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decisions(pub Vec<Decision>);

impl Decisions {
    /// No decisions at all.
    pub const NONE: &Decisions = &Decisions(Vec::new());

    /// The decisions on the way back, from the new schema to the old one.
    pub(crate) fn reversed(&self) -> Decisions {
        let reversed = self.0.iter().map(|decision| Decision {
            from: decision.to.clone(),
            to: decision.from.clone(),
            renamed: decision.renamed,
        });
        Decisions(reversed.collect())
    }

    /// Whether nobody decided anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was decided about a pair; nothing where nobody did.
    pub(crate) fn on(&self, from: &str, to: &str) -> Option<bool> {
        self.0.iter().find(|decision| decision.from == from && decision.to == to).map(|one| one.renamed)
    }
}
