//! Vue: the scripts of a component.

use crate::code::Language;
use crate::{Format, Read, javascript};

pub(super) static FORMAT: Format =
    Format { name: "Vue", detect: |path, _| LANGUAGE.owns(path), read: Read::Code(&LANGUAGE) };

static LANGUAGE: Language =
    Language { extensions: &["vue"], parts: |text| javascript::elements(text, "script"), ..javascript::BASE };
