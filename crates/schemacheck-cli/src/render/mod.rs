//! Reports as text. A renderer sees the report and, for snippets, the texts; it judges nothing.

pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod matrix;
mod snippet;
