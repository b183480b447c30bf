//! A run in parts: each part checks its share of the operations, and the parts joined are the whole run.
//!
//! What a document's text hashes to says which part it belongs to, so that every part splits alike, whatever the order of
//! its inputs. A part records the verdicts of its share. A run over joined verdicts does everything else itself, by the
//! same code as a whole run: so it tells the same to the letter. That includes the proof of the patch, since the patch
//! depends on the operations of all parts.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;

use schemacheck_graphql::source::Sources;
use serde::{Deserialize, Serialize};

use crate::impact::CheckedOperation;
use crate::operation::StoredDocument;
use crate::report::sha256;

/// Which part of how many.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Partition {
    /// From 1.
    pub index: u64,
    /// How many parts there are.
    pub of: u64,
}

impl FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers =
            text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((index, of)) if 1 <= index && index <= of => Ok(Partition { index, of }),
            _ => Err("expected I/N with I from 1 to N, such as 2/5".to_owned()),
        }
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

impl Partition {
    fn holds(self, text: &str) -> bool {
        let hash = sha256([text]);
        let number = u64::from_str_radix(&hash[..16], 16).unwrap_or_default();
        number % self.of == self.index - 1
    }
}

/// What a part adds to its report, so that the parts can be merged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Part {
    /// Which part.
    #[serde(flatten)]
    pub partition: Partition,
    /// The command line, without what only this part has.
    pub call: Vec<String>,
    /// The hash of everything that was read.
    pub inputs: String,
    /// The verdicts of its share, in the order in which the run asked for them.
    pub verdicts: Vec<Vec<CheckedOperation>>,
}

/// Where the verdicts of a run come from.
#[derive(Debug)]
pub struct Verdicts(Origin);

#[derive(Debug)]
enum Origin {
    Computed,
    Recorded(Partition, RefCell<Vec<Vec<CheckedOperation>>>),
    Joined(RefCell<VecDeque<Vec<CheckedOperation>>>),
}

/// The documents that a run checks itself.
#[derive(Debug)]
pub(crate) struct Share<'d> {
    pub(crate) documents: Cow<'d, [StoredDocument]>,
    /// Which of all documents they are; nothing where they are all.
    indices: Option<Vec<usize>>,
}

impl Verdicts {
    /// All operations are checked.
    pub fn computed() -> Self {
        Verdicts(Origin::Computed)
    }

    /// The operations of a part are checked.
    pub fn of_part(partition: Partition) -> Self {
        Verdicts(Origin::Recorded(partition, RefCell::default()))
    }

    /// All operations were checked in parts, which must be all parts of one run.
    pub fn joined(mut parts: Vec<Part>) -> Result<Self, String> {
        parts.sort_by_key(|part| part.partition.index);
        let Some(Part { partition: Partition { of, .. }, call, inputs, verdicts, .. }) =
            parts.first().cloned()
        else {
            return Err("there are no parts to merge".to_owned());
        };
        if parts.iter().any(|part| part.partition.of != of || part.call != call) {
            return Err("these are parts of different runs: their command lines differ".to_owned());
        }
        if parts.iter().any(|part| part.inputs != inputs || part.verdicts.len() != verdicts.len()) {
            return Err("the parts did not read the same: a schema, an operation or a decision changed between them; run all \
                        parts again"
                .to_owned());
        }
        if let Some(twice) = parts.windows(2).find(|pair| pair[0].partition == pair[1].partition) {
            return Err(format!("part {} is there twice", twice[0].partition));
        }
        let missing: Vec<String> = (1..=of)
            .filter(|&index| parts.binary_search_by_key(&index, |part| part.partition.index).is_err())
            .take(10)
            .map(|index| Partition { index, of }.to_string())
            .collect();
        if !missing.is_empty() {
            return Err(format!("parts are missing: {}", missing.join(", ")));
        }
        let mut joined: VecDeque<Vec<CheckedOperation>> = VecDeque::from(vec![Vec::new(); verdicts.len()]);
        for part in parts {
            for (all, part) in joined.iter_mut().zip(part.verdicts) {
                all.extend(part);
            }
        }
        for all in &mut joined {
            // A document is in one part only, so its operations keep their order.
            all.sort_by_key(|operation| operation.document);
        }
        Ok(Verdicts(Origin::Joined(RefCell::new(joined))))
    }

    /// The part, where the run is one.
    pub fn partition(&self) -> Option<Partition> {
        match &self.0 {
            Origin::Recorded(partition, _) => Some(*partition),
            _ => None,
        }
    }

    /// What a part recorded.
    pub fn recorded(self) -> Vec<Vec<CheckedOperation>> {
        match self.0 {
            Origin::Recorded(_, recorded) => recorded.into_inner(),
            _ => Vec::new(),
        }
    }

    /// The documents that this run checks.
    pub(crate) fn share<'d>(&self, sources: &Sources, documents: &'d [StoredDocument]) -> Share<'d> {
        let Some(partition) = self.partition() else {
            return Share { documents: Cow::Borrowed(documents), indices: None };
        };
        let held = |document: &StoredDocument| partition.holds(sources.get(document.source).text());
        let indices: Vec<usize> = (0..documents.len()).filter(|&at| held(&documents[at])).collect();
        let documents = indices.iter().map(|&at| documents[at].clone()).collect();
        Share { documents: Cow::Owned(documents), indices: Some(indices) }
    }

    /// The verdicts of a share: computed, or those of the parts.
    pub(crate) fn of(
        &self,
        share: &Share<'_>,
        compute: impl FnOnce(&[StoredDocument]) -> Vec<CheckedOperation>,
    ) -> Vec<CheckedOperation> {
        match &self.0 {
            Origin::Computed => compute(&share.documents),
            Origin::Recorded(_, recorded) => {
                let checked = compute(&share.documents);
                let indices = share.indices.as_deref().unwrap_or_default();
                let of_all = checked.iter().map(|operation| CheckedOperation {
                    document: indices[operation.document],
                    ..operation.clone()
                });
                recorded.borrow_mut().push(of_all.collect());
                checked
            }
            Origin::Joined(joined) => joined.borrow_mut().pop_front().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_belongs_to_one_part() {
        for of in 1..8 {
            for text in ["{ a }", "{ b }", "query Q { a }", ""] {
                let holding = (1..=of).filter(|&index| Partition { index, of }.holds(text)).count();
                assert_eq!(holding, 1, "{text} of {of}");
            }
        }
        for text in ["0/1", "2/1", "1", "1/0", "a/b", "-1/2", ""] {
            assert!(text.parse::<Partition>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_all_parts_of_one_run_can_be_joined() {
        let part = |index, of, inputs: &str| Part {
            partition: Partition { index, of },
            call: vec!["diff".into()],
            inputs: inputs.into(),
            verdicts: Vec::new(),
        };
        let joined = |parts: &[Part]| Verdicts::joined(parts.to_vec()).map(drop);
        assert!(joined(&[part(2, 2, "a"), part(1, 2, "a")]).is_ok());
        for (parts, expected) in [
            (vec![], "no parts"),
            (vec![part(1, 2, "a")], "missing: 2/2"),
            (vec![part(1, 2, "a"), part(1, 2, "a")], "part 1/2 is there twice"),
            (vec![part(1, 2, "a"), part(2, 2, "b")], "did not read the same"),
            (vec![part(1, 2, "a"), part(2, 3, "a")], "different runs"),
        ] {
            assert!(joined(&parts).unwrap_err().contains(expected), "{expected}");
        }
    }
}
