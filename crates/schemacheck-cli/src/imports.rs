//! The documents of one project and the files that they import, `#import "./fragment.graphql"`, or that its code imports.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use schemacheck::fragments::ProjectDocument;
use schemacheck_extract::Base;
use schemacheck_graphql::source::{SourceId, Sources};

use crate::source::Unread;
use crate::source::file::{FoundFile, read_text};

/// How many files may be read only because others import them.
pub(crate) const MAX_IMPORTED: usize = 1000;

/// How files end that declare the types of code.
const DECLARATIONS: [&str; 3] = ["d.ts", "d.mts", "d.cts"];

/// What an import in code means.
#[derive(Debug)]
pub(crate) enum CodeImport {
    /// A document: its real path, and the path as messages show it.
    Document(PathBuf, PathBuf),
    /// A document that is read already, by an alias of the client's build.
    Read,
    /// Code that a generator wrote for a document: `./board.graphql.ts`.
    Code,
}

/// The documents that one pattern means.
#[derive(Debug)]
pub(crate) struct Project {
    /// The directory of the pattern.
    root: PathBuf,
    pub(crate) documents: Vec<ProjectDocument>,
    /// The file of each document that is a whole file.
    files: Vec<Option<PathBuf>>,
}

impl Project {
    pub(crate) fn new(pattern: &str) -> Self {
        let root = PathBuf::from(pattern);
        Project { root, documents: Vec::new(), files: Vec::new() }
    }

    /// Adds a document; gives its number. A document that is a whole file comes with it.
    pub(crate) fn add(&mut self, source: SourceId, file: Option<&Path>) -> usize {
        self.push(source, file, false)
    }

    fn push(&mut self, source: SourceId, file: Option<&Path>, imported: bool) -> usize {
        self.documents.push(ProjectDocument { source, imports: Vec::new(), imported });
        self.files.push(file.map(Path::to_owned));
        self.documents.len() - 1
    }

    /// Reads what the documents import, and what that imports; gives what could not be read.
    pub(crate) fn import(&mut self, sources: &mut Sources) -> Vec<Unread> {
        let mut unread = Vec::new();
        let mut by_path: BTreeMap<PathBuf, usize> = BTreeMap::new();
        let (mut at, mut imported) = (0, 0);
        while at < self.documents.len() {
            let source = sources.get(self.documents[at].source);
            let imports: Vec<(usize, String)> = match &self.files[at] {
                Some(_) if !source.is_embedded() => imports_of(source.text()).collect(),
                _ => Vec::new(),
            };
            if !imports.is_empty() && by_path.is_empty() {
                by_path = self.whole_files(sources);
            }
            for (line, path) in imports {
                let name = format!("{}:{line}", sources.get(self.documents[at].source).name());
                let directory = self.files[at].as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
                let message = match self.resolve(directory, &path) {
                    Err(why) => why,
                    Ok((real, shown)) => match by_path.get(&real) {
                        Some(&known) => {
                            self.documents[at].imports.push(known);
                            continue;
                        }
                        None if imported == MAX_IMPORTED => {
                            format!(
                                "more than {MAX_IMPORTED} files are imported; name their directory as a source"
                            )
                        }
                        None => {
                            imported += 1;
                            let file = FoundFile::at(&shown);
                            let text = file.open().and_then(|mut reader| read_text(&mut *reader, Vec::new()));
                            let added = text.and_then(|text| {
                                sources.add(&file.name, text).map_err(|error| error.to_string())
                            });
                            match added {
                                Err(why) => format!("imports {path}, which cannot be read: {why}"),
                                Ok(id) => {
                                    let number = self.push(id, Some(&shown), true);
                                    by_path.insert(real, number);
                                    self.documents[at].imports.push(number);
                                    continue;
                                }
                            }
                        }
                    },
                };
                unread.push(Unread { name, message });
            }
            at += 1;
        }
        unread
    }

    /// The documents that are whole files, by the files' real paths.
    fn whole_files(&self, sources: &Sources) -> BTreeMap<PathBuf, usize> {
        let whole = self.files.iter().enumerate().filter_map(|(at, file)| {
            let embedded = sources.get(self.documents[at].source).is_embedded();
            Some((fs::canonicalize(file.as_ref().filter(|_| !embedded)?).ok()?, at))
        });
        whole.collect()
    }

    /// The file that an import means: its real path, and the path as messages show it. It lies in the directory of the
    /// pattern or in the working directory.
    fn resolve(&self, directory: &Path, import: &str) -> Result<(PathBuf, PathBuf), String> {
        let mut path = PathBuf::new();
        for part in directory.join(import).components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir if path.file_name().is_some() => drop(path.pop()),
                part => path.push(part),
            }
        }
        let real = fs::canonicalize(&path)
            .map_err(|error| format!("imports {import}, which cannot be read: {error}"))?;
        let allowed = [Path::new("."), &self.root];
        let inside =
            allowed.iter().any(|root| fs::canonicalize(root).is_ok_and(|root| real.starts_with(root)));
        if !inside {
            return Err(format!(
                "imports {import}, which lies outside of the working directory; run from a directory that holds it"
            ));
        }
        Ok((real, path))
    }
}

impl Project {
    /// What an import in a file of code means. `documents` are the files of documents that are read.
    pub(crate) fn code_import(
        &self,
        code: &Path,
        module: &str,
        base: Base,
        documents: &BTreeSet<String>,
    ) -> Result<CodeImport, String> {
        let of_code = match base {
            Base::Module => None,
            Base::File => Some(code.parent().unwrap_or(Path::new(""))),
            Base::Package => Some(package_of(code).ok_or_else(|| {
                format!("means {module} in the folder of its package, but no Cargo.toml is found above it")
            })?),
        };
        if let Some(folder) = of_code {
            let (real, shown) = self.resolve(folder, module)?;
            return Ok(CodeImport::Document(real, shown));
        }
        let relative = module.starts_with('.');
        let directory = code.parent().filter(|_| relative).unwrap_or(Path::new(""));
        let is_code = |ending: &str| {
            let file = directory.join(format!("{module}.{ending}"));
            file.is_file() || directory.join(module).join(format!("index.{ending}")).is_file()
        };
        match self.resolve(directory, module.trim_start_matches('/')) {
            Ok((real, shown)) => Ok(CodeImport::Document(real, shown)),
            Err(_) if !relative && is_alias_of(module, documents) => Ok(CodeImport::Read),
            Err(_) if schemacheck_extract::code_extensions().chain(DECLARATIONS).any(is_code) => {
                Ok(CodeImport::Code)
            }
            Err(why) if relative => Err(why),
            Err(_) => Err(format!(
                "imports {module}, which is no file that is read; name the directory that holds it as a source"
            )),
        }
    }
}

/// The folder of the package that a file of Rust belongs to.
fn package_of(code: &Path) -> Option<&Path> {
    // Above `..` is not the working directory, which has no name here.
    let is_above = |folder: &&Path| !folder.as_os_str().is_empty() || !code.starts_with("..");
    code.ancestors().skip(1).filter(is_above).find(|folder| folder.join("Cargo.toml").is_file())
}

/// Whether a file ends as an alias of the client's build does: `@/queries/board.graphql`, `queries/board.graphql`.
fn is_alias_of(module: &str, files: &BTreeSet<String>) -> bool {
    let rest = module.split_once('/').map_or(module, |(_, rest)| rest);
    [module, rest].iter().any(|end| {
        let is_end = |file: &String| {
            file.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        !end.is_empty() && files.iter().any(is_end)
    })
}

/// The imports of a document: the line and the path of each.
fn imports_of(text: &str) -> impl Iterator<Item = (usize, String)> + '_ {
    text.lines().enumerate().filter_map(|(at, line)| {
        let rest = line.trim_start().strip_prefix('#')?.trim_start().strip_prefix("import")?;
        // `#import "path"`, or `# import Name, Other from "path"`.
        let quoted = match rest.trim_start() {
            quoted if quoted.starts_with(['"', '\'']) => quoted,
            named => named.split_once(" from ")?.1.trim_start(),
        };
        let quote = quoted.chars().next().filter(|char| matches!(char, '"' | '\''))?;
        let (path, _) = quoted[1..].split_once(quote)?;
        (!path.is_empty()).then(|| (at + 1, path.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_comments_with_a_path() {
        let text = "#import \"./a.graphql\"\n# import 'b.graphql'\n  #import F, G from \"../c.graphql\"\n\
                    # important \"x\"\n# import this later\nquery { a }\n#import \"\"\n";
        let found: Vec<(usize, String)> = imports_of(text).collect();
        let expected = [(1, "./a.graphql"), (2, "b.graphql"), (3, "../c.graphql")];
        assert_eq!(found, expected.map(|(line, path)| (line, path.to_owned())));
    }
}
