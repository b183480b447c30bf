//! What the tests of this folder share.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(unreachable_pub, reason = "a module of tests has no outside")]

use schemacheck_extract::{CodeFile, CodeOptions, Extracted, HOLE, Read, detect, extract};

/// What the files of a project hold.
pub fn project(files: &[(&str, &str)]) -> Extracted {
    let files: Vec<CodeFile<'_>> = files
        .iter()
        .map(|&(path, text)| {
            let Read::Code(language) = detect(path, text).expect("a format").read else {
                panic!("{path} is no code")
            };
            CodeFile { path, text, language }
        })
        .collect();
    extract(&files, &CodeOptions::default())
}

/// The documents with `«…»` for each hole, blanks in a row as one.
pub fn documents(extracted: &Extracted) -> Vec<String> {
    extracted
        .documents
        .iter()
        .map(|document| {
            let mut holes = document.found.holes.iter();
            let mut shown = String::new();
            for char in document.found.text.chars() {
                match char {
                    HOLE => shown.extend([format!("«{}»", holes.next().expect("a hole").text)]),
                    char => shown.push(char),
                }
            }
            assert!(holes.next().is_none(), "a hole that is not in the text");
            shown.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}

/// What an escape sequence begins with, in any language.
const ESCAPES: [char; 6] = ['\\', '"', '{', '}', '%', '$'];

/// Whether each character of a document stands in its file where the map says: itself, or an escape sequence. A brace
/// around what a class holds stands nowhere.
pub fn assert_places(files: &[(&str, &str)], extracted: &Extracted) {
    for document in &extracted.documents {
        let map = document.found.map.as_ref().expect("code has a map");
        assert_eq!(map[0].0, 0, "a map begins at the start");
        for (index, &(from, to)) in map.iter().enumerate() {
            let end = map.get(index + 1).map_or(document.found.text.len(), |next| next.0 as usize);
            assert!((from as usize) <= end, "a map ascends: {map:?}");
            let part = &document.found.text[from as usize..end];
            let (file, at) = extracted.locate(to);
            let there = &files[file].1[at as usize..];
            let generated = part.trim().is_empty() || part.trim() == "{" || part.trim() == "}";
            // The last character may be an escape sequence there.
            let plain = part.char_indices().next_back().map_or("", |(last, _)| &part[..last]);
            let behind = there.get(plain.len()..).unwrap_or_default();
            let same = there.starts_with(part) || (there.starts_with(plain) && behind.starts_with(ESCAPES));
            assert!(
                same || generated || part.starts_with(HOLE),
                "{part:?} is not at {:?}",
                &there[..there.len().min(20)]
            );
        }
    }
}
