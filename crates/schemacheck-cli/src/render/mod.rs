//! Reports as text. A renderer sees the report and, for snippets, the texts; it judges nothing.

mod gate;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod matrix;
mod snippet;
