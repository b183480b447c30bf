//! Astro: the code between the fences at the top of a component, and its scripts.

use crate::code::Language;
use crate::{Format, Read, javascript};

pub(super) static FORMAT: Format =
    Format { name: "Astro", detect: |path, _| LANGUAGE.owns(path), read: Read::Code(&LANGUAGE) };

static LANGUAGE: Language = Language { extensions: &["astro"], parts, ..javascript::BASE };

fn parts(text: &str) -> Vec<(usize, usize)> {
    let head = text.len() - text.trim_start_matches('\u{FEFF}').trim_start().len();
    let fenced = text[head..].strip_prefix("---").and_then(|rest| rest.find("\n---"));
    let fence = fenced.map(|end| (head + 3, head + 3 + end));
    let behind = fence.map_or(0, |(_, end)| end + 4);
    let scripts = javascript::elements(&text[behind..], "script");
    fence.into_iter().chain(scripts.into_iter().map(|(start, end)| (behind + start, behind + end))).collect()
}
