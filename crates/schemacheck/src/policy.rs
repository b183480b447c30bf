//! What a team decides: levels of rules, softened removals of deprecated things, accepted findings.
//!
//! The policy never touches what was found; it says how the findings count, and every word of it shows in the report.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use schemacheck_graphql::schema::{Schema, deprecation};

use crate::change::{Change, Severity};
use crate::element::directives_on;
use crate::rename::Decisions;
use crate::report::{Approval, Report, ReportedDiagnostic};

/// A team's decisions.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// By rule id, the severity that counts instead of the rule's own.
    pub levels: BTreeMap<String, Severity>,
    /// When the removal of a deprecated thing counts as dangerous only; nothing for never.
    pub deprecation: Option<DeprecationPolicy>,
    /// What is a rename and what is none, whatever the evidence.
    pub renames: Decisions,
    /// The day after which the aliases of a patch may go.
    pub remove_after: Option<Date>,
    /// Accepted findings.
    pub approvals: Vec<ApprovedFinding>,
    /// The label of a pull request that accepts everything, where there is such a label.
    pub approve_label: Option<ApproveLabel>,
    /// The day of the run; approvals end and deprecations age by it.
    pub today: Date,
}

/// When a removal is softened.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeprecationPolicy {
    /// Only where no stored operation uses the thing.
    pub require_unused: bool,
    /// Only where the reason of the deprecation has a date, and that is so many days ago.
    pub minimum_age_days: Option<u32>,
}

/// A label that accepts everything that a pull request changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApproveLabel {
    /// The label.
    pub name: String,
    /// Whether the pull request has it.
    pub set: bool,
}

/// A finding that somebody accepted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApprovedFinding {
    /// The change's fingerprint.
    pub fingerprint: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// The last day that it counts.
    pub expires: Date,
}

impl Policy {
    /// Applies the decisions to the report of these changes. Call it when the operations are in the report.
    pub fn apply(&self, old: &Schema<'_>, changes: &[Change<'_>], report: &mut Report) {
        let mut used: BTreeSet<&str> = BTreeSet::new();
        let mut notes = Vec::new();
        for (change, reported) in changes.iter().zip(report.changes.iter_mut().flatten()) {
            if let Some((severity, why)) = self.severity(old, change, reported.affects.as_deref()) {
                reported.severity = severity;
                reported.policy = Some(why);
            }
            let Some(approval) =
                self.approvals.iter().find(|approval| approval.fingerprint == reported.fingerprint)
            else {
                continue;
            };
            used.insert(&approval.fingerprint);
            if approval.expires < self.today {
                notes.push((change, approval));
                continue;
            }
            let (reason, by) = (approval.reason.clone(), approval.by.clone());
            reported.approved = Some(Approval { reason, by, expires: approval.expires.to_string() });
        }
        for (change, approval) in notes {
            let message = format!(
                "the approval of {} expired on {}: {}",
                approval.fingerprint, approval.expires, change.message
            );
            report.diagnostics.push(warning(
                "approval-expired",
                message,
                "remove the finding, or approve it anew",
            ));
        }
        for unused in self.approvals.iter().filter(|approval| !used.contains(approval.fingerprint.as_str())) {
            let message =
                format!("the approval of {} fits no finding: {}", unused.fingerprint, unused.reason);
            report.diagnostics.push(warning("approval-unused", message, "delete it from the approvals file"));
        }
        for decision in self.renames.0.iter().filter(|decision| decision.renamed) {
            let holds = changes.iter().any(|change| {
                change.rename.is_some()
                    && change.coordinate.to_string() == decision.from
                    && change.new_coordinate.as_ref().is_some_and(|new| new.to_string() == decision.to)
            });
            if !holds {
                let message = format!(
                    "the configuration calls {} the new name of {}, but this change is no such rename",
                    decision.to, decision.from
                );
                let help = "delete the entry, or mend its coordinates";
                report.diagnostics.push(warning("rename-unfounded", message, help));
            }
        }
        if let Some(label) = &self.approve_label {
            report.approve_label = Some(label.name.clone());
            let open = report.changes.iter_mut().flatten().filter(|change| change.approved.is_none());
            for change in open.filter(|change| label.set && change.severity > Severity::Safe) {
                change.approved = Some(Approval {
                    reason: format!("the pull request has the label {}", label.name),
                    by: "label".to_owned(),
                    expires: self.today.to_string(),
                });
            }
        }
        report.count_changes();
    }

    /// The severity that counts instead of the rule's own, and why.
    fn severity(
        &self,
        old: &Schema<'_>,
        change: &Change<'_>,
        affects: Option<&[String]>,
    ) -> Option<(Severity, String)> {
        if let Some(&severity) = self.levels.get(change.rule.id) {
            return Some((
                severity,
                format!("{} counts as {} by configuration", change.rule.id, severity.name()),
            ));
        }
        let policy = self.deprecation?;
        if change.severity() != Severity::Breaking || !change.rule.id.ends_with("-removed") {
            return None;
        }
        let reason = deprecation(&*directives_on(old, change.old_id?))?.reason.unwrap_or_default();
        if policy.require_unused && affects.is_none_or(|affects| !affects.is_empty()) {
            return None;
        }
        let since = match policy.minimum_age_days {
            None => String::new(),
            Some(days) => {
                let date = first_date(&reason)?;
                let age = self.today.since(date).ok()?.get_days();
                if i64::from(age) < i64::from(days) {
                    return None;
                }
                format!(" since {date}")
            }
        };
        Some((Severity::Dangerous, format!("softened: it was deprecated{since}")))
    }
}

fn warning(rule: &'static str, message: String, help: &str) -> ReportedDiagnostic {
    ReportedDiagnostic { level: "warning", rule, message, place: None, help: Some(help.to_owned()) }
}

/// The first date in a text, in the form 2026-12-31.
fn first_date(text: &str) -> Option<Date> {
    (0..text.len()).find_map(|at| text.get(at..at + 10)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_found_in_a_reason() {
        let date = |text| first_date(text).map(|date| date.to_string());
        assert_eq!(
            date("Use price. Deprecated on 2026-03-01, gone after 2026-09-01").as_deref(),
            Some("2026-03-01")
        );
        assert_eq!(date("Use price since v2026"), None);
    }
}
