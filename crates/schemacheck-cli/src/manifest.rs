//! The packages that the manifests of a directory depend on.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use schemacheck::framework::{Ecosystem, Package};

/// The packages that a server depends on, by ecosystem and name.
#[derive(Debug, Default)]
pub(crate) struct Dependencies(BTreeSet<(Ecosystem, String)>);

impl Dependencies {
    pub(crate) fn contains(&self, package: Package) -> bool {
        self.0.contains(&(package.ecosystem, package.name.to_owned()))
    }

    fn add(&mut self, ecosystem: Ecosystem, name: &str) {
        let name = match ecosystem {
            // PyPI's normal form of a name.
            Ecosystem::Pypi => name.to_ascii_lowercase().replace(['_', '.'], "-"),
            _ => name.to_owned(),
        };
        self.0.insert((ecosystem, name));
    }

    /// The requirements of Python that begin a line or a string, such as `strawberry-graphql[asgi]>=0.2`.
    fn add_requirement(&mut self, text: &str) {
        let text = text.trim_start();
        let name = |char: char| char.is_ascii_alphanumeric() || "-_.".contains(char);
        let end = text.find(|char| !name(char)).unwrap_or(text.len());
        if end > 0 {
            self.add(Ecosystem::Pypi, &text[..end]);
        }
    }

    fn read(&mut self, file: &str, text: &str) {
        if file == "package.json" {
            let Ok(package) = serde_json::from_str::<serde_json::Value>(text) else { return };
            for kind in ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] {
                for name in package[kind].as_object().into_iter().flat_map(serde_json::Map::keys) {
                    self.add(Ecosystem::Npm, name);
                }
            }
        } else if file == "Cargo.toml" {
            let Ok(manifest) = text.parse::<toml::Table>() else { return };
            let workspace = manifest.get("workspace").and_then(toml::Value::as_table);
            for table in [Some(&manifest), workspace].into_iter().flatten() {
                for kind in ["dependencies", "dev-dependencies"] {
                    for (name, dependency) in
                        table.get(kind).and_then(toml::Value::as_table).into_iter().flatten()
                    {
                        let package = dependency.get("package").and_then(toml::Value::as_str);
                        self.add(Ecosystem::Cargo, package.unwrap_or(name));
                    }
                }
            }
        } else if file == "pyproject.toml" {
            let Ok(manifest) = text.parse::<toml::Table>() else { return };
            self.add_requirements_of(&toml::Value::Table(manifest), false);
        } else {
            for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
                self.add_requirement(line);
            }
        }
    }

    /// The requirements in a value of `pyproject.toml`: lists of strings (PEP 621, dependency groups) and the tables of
    /// Poetry and Pipenv, below keys that speak of dependencies.
    fn add_requirements_of(&mut self, value: &toml::Value, of_dependencies: bool) {
        match value {
            toml::Value::Table(table) => {
                for (key, value) in table {
                    if of_dependencies && !value.is_array() {
                        self.add(Ecosystem::Pypi, key);
                    }
                    self.add_requirements_of(value, of_dependencies || key.contains("dependenc"));
                }
            }
            toml::Value::Array(values) if of_dependencies => {
                for requirement in values.iter().filter_map(toml::Value::as_str) {
                    self.add_requirement(requirement);
                }
            }
            _ => {}
        }
    }
}

/// What the manifests in a directory depend on. A manifest that is none is no error: it only names no framework.
pub(crate) fn dependencies(folder: &Path) -> Dependencies {
    let mut dependencies = Dependencies::default();
    let Ok(entries) = fs::read_dir(folder) else { return dependencies };
    for entry in entries.flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let is_requirements = file.starts_with("requirements")
            && Path::new(&file).extension().is_some_and(|ending| ending == "txt");
        if (is_requirements
            || ["package.json", "Cargo.toml", "pyproject.toml", "setup.cfg"].contains(&&*file))
            && let Ok(text) = fs::read_to_string(entry.path())
        {
            dependencies.read(&file, &text);
        }
    }
    dependencies
}
