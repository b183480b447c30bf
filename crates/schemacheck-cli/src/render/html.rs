//! One self-contained page.

use schemacheck::report::Report;

use super::{Form, Look};

pub(super) const FORM: Form = Form { name: "html", about: "one self-contained page", render };

fn render(_: &Report, _: Look) -> String {
    String::new()
}
