//! The configuration and the approvals file.
//!
//! The configuration is `schemacheck.toml`, or what a `.graphqlrc` or `graphql.config` says and has in its
//! `extensions.schemacheck`. A setting comes from the flag, else from the environment, else from the configuration, else
//! it is the default. A key that nobody knows is an error with the closest known one. Paths begin at the file that names
//! them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use schemacheck::change::Severity;
use schemacheck::policy::{ApproveLabel, ApprovedFinding, DeprecationPolicy, Policy};
use schemacheck::rename::Decision;
use schemacheck::rules::{RULES, Rule};
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::suggestion::closest;
use serde::Deserialize;
use toml::{Table, Value};

use crate::args::{Bar, ConfigArgs, PolicyArgs, RegistryArgs};
use crate::github;
use crate::graphqlrc::{self, Project};
use crate::http::Header;
use crate::registry;
use crate::source;

/// The configuration file in the working directory.
pub(crate) const FILE: &str = "schemacheck.toml";
/// The approvals file, where nothing else is named.
pub(crate) const APPROVALS: &str = "schemacheck.approvals.toml";

/// The settings of a run.
#[derive(Default)]
pub(crate) struct Config {
    /// The file that they come from; nothing where there is none.
    pub(crate) file: Option<String>,
    /// The old schema, where the command line names none.
    pub(crate) old: Vec<String>,
    /// The schema that is worked on, where the command line names none.
    pub(crate) schema: Vec<String>,
    /// The stored operations, where the command line names none.
    pub(crate) operations: Vec<String>,
    /// The patterns of paths that name clients.
    pub(crate) client_paths: Vec<String>,
    /// How many holes and places that could not be read are allowed, where the command line does not say it.
    pub(crate) max_holes: Option<usize>,
    /// The further tags, likewise.
    pub(crate) tags: Vec<String>,
    /// The further functions that build a selection, likewise.
    pub(crate) selection_builders: Vec<String>,
    /// Headers for servers that the configuration names.
    pub(crate) headers: Vec<Header>,
    /// Why a configuration that is there says nothing of schema and operations.
    pub(crate) undecided: Option<String>,
    pub(crate) fail_on: Option<Bar>,
    pub(crate) policy: Policy,
    /// The approvals file, where there is one.
    pub(crate) approvals: Option<PathBuf>,
    /// Where the registry lies, unless the command line says it.
    registry: Option<String>,
}

impl Config {
    /// What the command line names, else what the configuration does.
    pub(crate) fn schema(&self, named: Option<&String>, what: &str) -> Result<Vec<String>, String> {
        self.choose(named, &self.schema, "schema", what)
    }

    /// Likewise for the old schema.
    pub(crate) fn old(&self, named: Option<&String>) -> Result<Vec<String>, String> {
        self.choose(named, &self.old, "old", "OLD")
    }

    /// Where the registry lies.
    pub(crate) fn registry(&self, args: &RegistryArgs) -> String {
        let named = args.registry.clone().or_else(|| self.registry.clone());
        named.unwrap_or_else(|| registry::DEFAULT.to_owned())
    }

    fn choose(
        &self,
        named: Option<&String>,
        configured: &[String],
        key: &str,
        what: &str,
    ) -> Result<Vec<String>, String> {
        match named {
            Some(name) => Ok(vec![name.clone()]),
            None if !configured.is_empty() => Ok(configured.to_vec()),
            None => {
                let hint =
                    self.undecided.as_ref().map_or(String::new(), |undecided| format!(" ({undecided})"));
                Err(format!("{what} is not named; name it, or set {key} in {FILE}{hint}"))
            }
        }
    }
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    old: Option<OneOrMany>,
    schema: Option<OneOrMany>,
    operations: Option<OneOrMany>,
    fail_on: Option<String>,
    client_paths: Option<OneOrMany>,
    max_holes: Option<usize>,
    tags: Option<OneOrMany>,
    selection_builders: Option<OneOrMany>,
    approvals: Option<PathBuf>,
    registry: Option<String>,
    rules: Option<BTreeMap<String, String>>,
    deprecation: Option<Deprecation>,
    rename: Option<Vec<Rename>>,
    suggest: Option<Suggest>,
}

/// How the compatibility patch is written.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Suggest {
    remove_after: Option<Value>,
}

/// What a person decided about one pair of elements.
#[derive(Debug, PartialEq, Deserialize)]
struct Rename {
    from: String,
    to: String,
    renamed: Option<bool>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(untagged, expecting = "expected a text or a list of texts")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn list(self) -> Vec<String> {
        match self {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        }
    }
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Deprecation {
    soften_removals: bool,
    require_unused: Option<bool>,
    minimum_age_days: Option<u32>,
}

/// Where paths name clients, where nothing says otherwise.
const CLIENT_PATHS: &[&str] = &["queries/{client}/{version}/**"];

/// The known keys by table.
const KEYS: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "old",
            "schema",
            "operations",
            "client-paths",
            "max-holes",
            "tags",
            "selection-builders",
            "fail-on",
            "approvals",
            "registry",
            "rules",
            "deprecation",
            "rename",
            "suggest",
        ],
    ),
    ("suggest", &["remove-after"]),
    ("deprecation", &["soften-removals", "require-unused", "minimum-age-days"]),
    ("rename", &["from", "to", "renamed"]),
    ("approval", &["fingerprint", "reason", "by", "expires"]),
];

/// Reads the configuration and, where a policy is asked for, the approvals; all errors, one line each.
pub(crate) fn read(args: &ConfigArgs, policy: Option<&PolicyArgs>) -> Result<Config, Vec<String>> {
    let mut errors = Vec::new();
    let mut config = Config { fail_on: policy.and_then(|policy| policy.fail_on), ..Config::default() };
    let path = args.config.clone().or_else(find).unwrap_or_else(|| PathBuf::from(FILE));
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let mut file = File::default();
    if args.config.is_some() || path.exists() {
        config.file = Some(source::file::shown(&path));
        file = if is_graphql_config(&path) {
            read_graphql_config(&path, args.project.as_deref(), &mut config, &mut errors)
        } else {
            let file = read_file(&path, &mut errors);
            share(&folder, args, &mut config, &mut errors);
            file
        };
    } else if let Some(program) = graphqlrc::program(&folder) {
        config.undecided = Some(format!("{program} is a program, which is not run"));
    }
    let named = |list: Option<OneOrMany>, before: Vec<String>| match list {
        None => before,
        Some(list) => list.list(),
    };
    config.old = beside(&folder, named(file.old, Vec::new()));
    config.schema = beside(&folder, named(file.schema, std::mem::take(&mut config.schema)));
    let client_paths = file.client_paths.map(OneOrMany::list);
    config.client_paths =
        client_paths.unwrap_or_else(|| CLIENT_PATHS.iter().map(ToString::to_string).collect());
    config.max_holes = file.max_holes;
    config.tags = named(file.tags, Vec::new());
    config.selection_builders = named(file.selection_builders, Vec::new());
    config.operations = beside(&folder, named(file.operations, std::mem::take(&mut config.operations)));
    config.registry = file.registry.map(|registry| beside(&folder, vec![registry]).remove(0));
    if let Some(date) = file.suggest.and_then(|suggest| suggest.remove_after) {
        let date = date.as_str().map_or_else(|| date.to_string(), str::to_owned);
        match date.parse() {
            Ok(date) => config.policy.remove_after = Some(date),
            Err(_) => errors.push(format!(
                "{}: [suggest]: remove-after is {date}; write it as 2026-12-31",
                path.display()
            )),
        }
    }
    for rename in file.rename.unwrap_or_default() {
        for coordinate in [&rename.from, &rename.to] {
            if let Err(error) = coordinate.parse::<SchemaCoordinate>() {
                errors.push(format!("{}: [[rename]]: {coordinate} is {error}", path.display()));
            }
        }
        let renamed = rename.renamed.unwrap_or(true);
        config.policy.renames.0.push(Decision { from: rename.from, to: rename.to, renamed });
    }
    let Some(args) = policy else {
        return if errors.is_empty() { Ok(config) } else { Err(errors) };
    };
    if config.fail_on.is_none()
        && let Some(bar) = &file.fail_on
    {
        match <Bar as clap::ValueEnum>::from_str(bar, true) {
            Ok(bar) => config.fail_on = Some(bar),
            Err(_) => errors.push(format!(
                "{}: fail-on is {bar}; it can be breaking, affected, dangerous or never",
                path.display()
            )),
        }
    }
    for (id, level) in file.rules.unwrap_or_default() {
        match (Rule::by_id(&id), level.as_str()) {
            (None, _) => {
                let close = closest(&id, RULES.iter().map(|rule| rule.id));
                errors.push(unknown(&path, "rules", &id, close));
            }
            (Some(_), "safe") => drop(config.policy.levels.insert(id, Severity::Safe)),
            (Some(_), "dangerous") => drop(config.policy.levels.insert(id, Severity::Dangerous)),
            (Some(_), "breaking") => drop(config.policy.levels.insert(id, Severity::Breaking)),
            (Some(_), other) => errors.push(format!(
                "{}: the level of {id} is {other}; it can be safe, dangerous or breaking",
                path.display()
            )),
        }
    }
    if let Some(Deprecation { require_unused, minimum_age_days, .. }) =
        file.deprecation.filter(|deprecation| deprecation.soften_removals)
    {
        let require_unused = require_unused.unwrap_or_default();
        config.policy.deprecation = Some(DeprecationPolicy { require_unused, minimum_age_days });
    }
    let named = args.approvals.clone().or(file.approvals.map(|approvals| folder.join(approvals)));
    let approvals = named.clone().unwrap_or_else(|| PathBuf::from(APPROVALS));
    if named.is_some() || approvals.exists() {
        config.policy.approvals = read_approvals(&approvals, &mut errors);
        config.approvals = Some(approvals);
    }
    config.policy.approve_label = args
        .approve_label
        .as_ref()
        .filter(|name| !name.is_empty())
        .map(|name| ApproveLabel { name: name.clone(), set: github::labels().contains(name) });
    config.policy.today = args.today.unwrap_or_else(today);
    if errors.is_empty() { Ok(config) } else { Err(errors) }
}

/// The configuration of the working directory.
fn find() -> Option<PathBuf> {
    std::iter::once(FILE)
        .chain(graphqlrc::FILES.iter().copied())
        .map(PathBuf::from)
        .find(|path| path.is_file())
}

fn is_graphql_config(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(".graphqlrc") || name.starts_with("graphql.config")
}

/// Names from a configuration begin at its directory.
fn beside(folder: &Path, names: Vec<String>) -> Vec<String> {
    let names = names.into_iter();
    names
        .map(|name| {
            let (not, name) = name.strip_prefix('!').map_or(("", name.as_str()), |name| ("!", name));
            if source::is_path(name) && !folder.as_os_str().is_empty() {
                format!("{not}{}", source::file::shown(&folder.join(name)))
            } else {
                format!("{not}{name}")
            }
        })
        .collect()
}

/// Takes schema and operations from the configuration that other tools share and that stands beside schemacheck.toml.
fn share(folder: &Path, args: &ConfigArgs, config: &mut Config, errors: &mut Vec<String>) {
    let shared = graphqlrc::FILES.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    match shared {
        Some(shared) => {
            let before = errors.len();
            let both = read_graphql_config(&shared, args.project.as_deref(), config, errors);
            if errors.len() == before && both != File::default() {
                errors.push(format!(
                    "{}: extensions.schemacheck and {FILE} both hold settings; keep one of them",
                    shared.display()
                ));
            }
        }
        None if args.project.is_some() => errors.push(format!("{FILE} has no projects; leave --project out")),
        None => {}
    }
}

fn read_graphql_config(
    path: &Path,
    project: Option<&str>,
    config: &mut Config,
    errors: &mut Vec<String>,
) -> File {
    let Project { schema, documents, headers, extension, undecided } = match graphqlrc::read(path, project) {
        Ok(project) => project,
        Err(error) => {
            errors.push(format!("{}: {error}", path.display()));
            return File::default();
        }
    };
    (config.schema, config.operations, config.headers) = (schema, documents, headers);
    config.undecided = undecided.map(|undecided| format!("{} {undecided}", path.display()));
    let Some(extension) = extension else { return File::default() };
    if let Ok(Value::Table(table)) = Value::try_from(extension) {
        return of_table(path, table, errors);
    }
    errors.push(format!("{}: extensions.schemacheck is no map of settings", path.display()));
    File::default()
}

/// The day in UTC.
pub(crate) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn read_file(path: &Path, errors: &mut Vec<String>) -> File {
    read_table(path, errors).map_or_else(File::default, |table| of_table(path, table, errors))
}

fn of_table(path: &Path, table: Table, errors: &mut Vec<String>) -> File {
    check_keys(path, "", &table, errors);
    for name in ["deprecation", "suggest"] {
        if let Some(Value::Table(inner)) = table.get(name) {
            check_keys(path, name, inner, errors);
        }
    }
    if let Some(Value::Array(renames)) = table.get("rename") {
        for rename in renames.iter().filter_map(Value::as_table) {
            check_keys(path, "rename", rename, errors);
        }
    }
    table.try_into().unwrap_or_else(|error: toml::de::Error| {
        // The second line of it says at which key.
        let told: Vec<String> = error.to_string().lines().map(str::to_owned).collect();
        errors.push(format!("{}: {}", path.display(), told.join(" ")));
        File::default()
    })
}

fn read_table(path: &Path, errors: &mut Vec<String>) -> Option<Table> {
    let table = fs::read_to_string(path).map_err(|error| error.to_string()).and_then(|text| {
        text.parse::<Table>().map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            format!("line {line}: {}", error.message())
        })
    });
    table.map_err(|error| errors.push(format!("{}: {error}", path.display()))).ok()
}

fn check_keys(path: &Path, table: &str, found: &Table, errors: &mut Vec<String>) {
    let known = KEYS.iter().find(|(name, _)| *name == table).map_or(&[][..], |(_, keys)| keys);
    for key in found.keys().filter(|key| !known.contains(&key.as_str())) {
        errors.push(unknown(path, table, key, closest(key, known.iter().copied())));
    }
}

fn unknown(path: &Path, table: &str, key: &str, close: Option<&str>) -> String {
    let place = if table.is_empty() { String::new() } else { format!(" in [{table}]") };
    let hint = close.map_or(String::new(), |close| format!("; did you mean {close}?"));
    format!("{}: there is no {key}{place}{hint}", path.display())
}

/// The approvals of a file; each needs all of its keys.
fn read_approvals(path: &Path, errors: &mut Vec<String>) -> Vec<ApprovedFinding> {
    let Some(table) = read_table(path, errors) else { return Vec::new() };
    let mut approvals = Vec::new();
    for (key, value) in &table {
        let ("approval", Value::Array(list)) = (key.as_str(), value) else {
            errors.push(unknown(path, "", key, Some("[[approval]]")));
            continue;
        };
        for (at, entry) in list.iter().enumerate() {
            let Value::Table(entry) = entry else { continue };
            check_keys(path, "approval", entry, errors);
            match approval(entry) {
                Ok(approval) => approvals.push(approval),
                Err(what) => errors.push(format!("{}: approval {}: {what}", path.display(), at + 1)),
            }
        }
    }
    approvals
}

fn approval(entry: &Table) -> Result<ApprovedFinding, String> {
    let text = |key: &str| match entry.get(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text.clone()),
        Some(Value::Datetime(date)) => Ok(date.to_string()),
        _ => Err(format!("{key} is missing")),
    };
    let expires = text("expires")?;
    Ok(ApprovedFinding {
        fingerprint: text("fingerprint")?,
        reason: text("reason")?,
        by: text("by")?,
        expires: expires.parse().map_err(|_| format!("expires is {expires}; write it as 2026-12-31"))?,
    })
}
