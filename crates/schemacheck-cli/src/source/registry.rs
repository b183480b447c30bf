//! `registry:SERVICE@VERSION` and `registry:SERVICE@env:ENVIRONMENT`: schemas that were published.

use super::{Kind, Texts};
use crate::http::Access;
use crate::registry::{self, PREFIX};

pub(super) const KIND: Kind = Kind { is, read };

fn is(name: &str) -> bool {
    name.starts_with(PREFIX)
}

fn read(name: &str, _: &[&str], access: &Access) -> Texts {
    registry::schema(name.strip_prefix(PREFIX).unwrap_or(name), &access.registry)
}
