//! Svelte: the scripts of a component.

use crate::code::Language;
use crate::{Format, Read, javascript};

pub(super) static FORMAT: Format =
    Format { name: "Svelte", detect: |path, _| LANGUAGE.owns(path), read: Read::Code(&LANGUAGE) };

static LANGUAGE: Language = Language {
    extensions: &["svelte"],
    parts: |text| javascript::elements(text, "script"),
    ..javascript::BASE
};
