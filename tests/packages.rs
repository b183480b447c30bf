//! Published clients, as they come from their registries: what the language's own parser finds in them is what schemacheck
//! read, or tells as unresolved with a reason. Nothing is lost.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read files and run programs, and fail where they cannot"
)]

#[path = "support/node.rs"]
mod node;
#[path = "support/python.rs"]
mod python;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use schemacheck_extract::{CodeFile, CodeOptions, Read, detect, extract};
use schemacheck_graphql::normal_form::normal_form;
use serde::Deserialize;
use serde_json::Value;

/// A place in a file: line and column, from 1.
type Point = (u64, u64);

fn json<T: for<'d> Deserialize<'d>>(command: &mut Command) -> T {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let told = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{command:?}: {error}\n{told}"))
}

/// What schemacheck says of a folder.
struct Listed {
    coverage: Value,
    /// The operations with all places that hold them.
    operations: Vec<(String, Point, Option<String>)>,
    unresolved: Vec<(String, Point)>,
}

fn point(place: &Value) -> (String, Point) {
    let number = |key: &str| place[key].as_u64().unwrap();
    (place["file"].as_str().unwrap().to_owned(), (number("line"), number("column")))
}

fn list(folder: &Path) -> Listed {
    let program = env!("CARGO_BIN_EXE_schemacheck");
    let mut command = Command::new(program);
    let report: Value =
        json(command.args(["operations", "list", ".", "--format", "json"]).current_dir(folder));
    let mut operations = Vec::new();
    for operation in report["operations"].as_array().unwrap() {
        for place in [&operation["source"]].into_iter().chain(operation["duplicates"].as_array().unwrap()) {
            let (file, at) = point(place);
            operations.push((file, at, operation["name"].as_str().map(str::to_owned)));
        }
    }
    let unresolved = report["unresolved"].as_array().map_or(&[][..], Vec::as_slice).iter();
    let unresolved = unresolved
        .map(|unresolved| {
            assert!(!unresolved["reason"].as_str().unwrap().is_empty(), "{unresolved}");
            point(&unresolved["place"])
        })
        .collect();
    Listed { coverage: report["coverage"].clone(), operations, unresolved }
}

/// Lines of a Python file.
#[derive(Deserialize, Debug)]
struct Lines {
    file: String,
    begin: u64,
    end: u64,
}

impl Lines {
    fn hold(&self, file: &str, (line, _): Point) -> bool {
        file == self.file && (self.begin..=self.end).contains(&line)
    }
}

/// A call of `gql` and the texts that it makes documents of.
#[derive(Deserialize, Debug)]
struct Call {
    call: Lines,
    texts: Vec<Lines>,
}

#[test]
fn every_call_of_gql_in_the_wheel_of_wandb_is_accounted_for() {
    let interpreter = python::python("gql.txt");
    let folder = python::wheel(&interpreter, "wandb==0.19.11");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/packages/sites.py");
    let calls: Vec<Call> = json(Command::new(&interpreter).arg(script).arg(&folder));
    assert_eq!(calls.len(), 170);
    let Listed { operations, unresolved, coverage } = list(&folder);
    let read = |lines: &Lines| operations.iter().any(|(file, at, _)| lines.hold(file, *at));
    let told = |lines: &Lines| unresolved.iter().any(|(file, at)| lines.hold(file, *at));
    let lost: Vec<&Call> = calls
        .iter()
        .filter(|call| !told(&call.call) && !call.texts.iter().all(|text| read(text) || told(text)))
        .collect();
    assert!(lost.is_empty(), "{lost:#?}");
    // Most are read, and not only told.
    let read = calls.iter().filter(|call| call.texts.iter().all(&read)).count();
    assert!(read >= 149, "only {read} of {} calls are read: {coverage}", calls.len());
}

/// A document in JavaScript or TypeScript, as its compiler finds it.
#[derive(Deserialize, Debug)]
struct Site {
    file: String,
    begin: Point,
    end: Point,
    kind: Kind,
    /// The names of its operations.
    names: Vec<Option<String>>,
    /// What graphql-js prints of it, where it is a tree.
    text: Option<String>,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Operations,
    Fragments,
    /// A text that is put together while the client runs.
    Built,
}

impl Site {
    fn holds(&self, file: &str, at: Point) -> bool {
        file == self.file && self.begin <= at && at <= self.end
    }
}

/// Where the documents are made, and where their texts begin, that the library finds in the files of these sites, with their
/// texts: those of fragments alone included.
fn embedded(folder: &Path, sites: &[Site]) -> Vec<(String, Point, String)> {
    let texts: BTreeMap<&str, String> = sites
        .iter()
        .map(|site| (site.file.as_str(), std::fs::read_to_string(folder.join(&site.file)).unwrap()))
        .collect();
    let files: Vec<CodeFile<'_>> = texts
        .iter()
        .map(|(path, text)| {
            let Read::Code(language) = detect(path, text).unwrap().read else { panic!("{path} is code") };
            CodeFile { path, text, language }
        })
        .collect();
    let extracted = extract(&files, &CodeOptions::default());
    let breaks = |text: &str| text.match_indices('\n').map(|(at, _)| at + 1).collect();
    let lines: Vec<Vec<usize>> = files.iter().map(|file| breaks(file.text)).collect();
    let point = |(file, at): (usize, u32)| {
        let line = lines[file].partition_point(|&begin| begin <= at as usize);
        let begin = line.checked_sub(1).map_or(0, |line| lines[file][line]);
        (files[file].path.to_owned(), (line as u64 + 1, (at as usize - begin) as u64 + 1))
    };
    let places = extracted.documents.iter().flat_map(|document| {
        let text = document.found.map.as_ref().unwrap()[0].1;
        [(document.file, document.at), extracted.locate(text)].map(|place| (place, document))
    });
    let told = places.map(|(place, document)| {
        let (file, at) = point(place);
        (file, at, document.found.text.clone())
    });
    told.collect()
}

/// Holds a package of npm against what the compiler of TypeScript finds in it; gives what there is of each kind.
fn hold(package: &str) -> [usize; 3] {
    let home: PathBuf = node::installed("packages");
    let folder = home.join("node_modules").join(package);
    let sites: Vec<Site> = json(Command::new("node").arg("sites.mjs").arg(&folder).current_dir(&home));
    let Listed { operations, unresolved, .. } = list(&folder);
    let embedded = embedded(&folder, &sites);
    for site in &sites {
        let found: Vec<&Option<String>> =
            operations.iter().filter(|(file, at, _)| site.holds(file, *at)).map(|(.., name)| name).collect();
        let told = unresolved.iter().any(|(file, at)| site.holds(file, *at));
        let read = embedded.iter().any(|(file, at, _)| site.holds(file, *at));
        if let Some(text) = &site.text {
            let (.., found) = embedded.iter().find(|(file, at, _)| site.holds(file, *at)).unwrap();
            assert_eq!(normal_form(found), normal_form(text), "{found}\n{site:?}");
        }
        match site.kind {
            Kind::Operations => assert_eq!(found, site.names.iter().collect::<Vec<_>>(), "{site:?}"),
            Kind::Fragments => assert!(read, "{site:?}"),
            Kind::Built => assert!(read || told, "{site:?}"),
        }
    }
    // And nothing is found where the compiler sees no document.
    for (file, at, name) in &operations {
        assert!(sites.iter().any(|site| site.holds(file, *at)), "{name:?} at {file}:{at:?}");
    }
    [Kind::Operations, Kind::Fragments, Kind::Built]
        .map(|kind| sites.iter().filter(|site| site.kind == kind).count())
}

/// A bundle of three megabytes.
#[test]
fn every_document_of_the_sdk_of_linear_is_read() {
    assert_eq!(hold("@linear/sdk"), [674, 629, 0]);
}

/// Its sources, and what three compilations made of them.
#[test]
fn every_document_of_the_sdk_of_saleor_is_accounted_for() {
    assert_eq!(hold("@saleor/sdk"), [4 * 27, 4 * 4, 0]);
}

/// What graphql-codegen wrote as trees, and templates beside them: in two compilations, one a bundle.
#[test]
fn every_document_of_the_admin_ui_of_vendure_is_read() {
    assert_eq!(hold("@vendure/admin-ui"), [2 * 552, 2 * 129, 0]);
}
