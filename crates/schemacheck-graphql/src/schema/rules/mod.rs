//! Type system validation (specification, section 3): one rule a file, one line each in [`check`].

use super::Schema;
use crate::ast::Document;
use crate::diagnostic::Diagnostic;

/// What a rule sees.
pub(super) struct Context<'s, 'a> {
    /// The schema as far as it could be built.
    pub(super) schema: &'s Schema<'a>,
    /// The documents that it was built from, the built-in one first.
    #[expect(dead_code, reason = "the rules on applied directives read it")]
    pub(super) documents: &'s [Document<'a>],
    /// What was found.
    pub(super) diagnostics: &'s mut Vec<Diagnostic>,
}

/// Runs all rules.
pub(super) fn check<'a>(schema: &Schema<'a>, documents: &[Document<'a>], diagnostics: &mut Vec<Diagnostic>) {
    let _ = Context { schema, documents, diagnostics };
}
