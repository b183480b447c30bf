//! `schemacheck.toml` and the approvals file.
//!
//! A setting comes from the flag, else from the environment, else from the configuration, else it is the default. A key
//! that nobody knows is an error with the closest known one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use schemacheck::change::Severity;
use schemacheck::policy::{ApprovedFinding, DeprecationPolicy, Policy};
use schemacheck::rename::Decision;
use schemacheck::rules::{RULES, Rule};
use schemacheck_graphql::coordinate::SchemaCoordinate;
use schemacheck_graphql::suggestion::closest;
use serde::Deserialize;
use toml::{Table, Value};

use crate::args::{Bar, PolicyArgs, RegistryArgs};
use crate::registry;

/// The configuration file in the working directory.
const FILE: &str = "schemacheck.toml";
/// The approvals file, where nothing else is named.
pub(crate) const APPROVALS: &str = "schemacheck.approvals.toml";

/// The settings of a run.
#[derive(Debug, Default)]
pub(crate) struct Config {
    pub(crate) fail_on: Option<Bar>,
    pub(crate) policy: Policy,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    fail_on: Option<String>,
    approvals: Option<PathBuf>,
    registry: Option<String>,
    rules: Option<BTreeMap<String, String>>,
    deprecation: Option<Deprecation>,
    rename: Option<Vec<Rename>>,
    suggest: Option<Suggest>,
}

/// How the compatibility patch is written.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Suggest {
    remove_after: Option<Value>,
}

/// What a person decided about one pair of elements.
#[derive(Debug, Deserialize)]
struct Rename {
    from: String,
    to: String,
    renamed: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Deprecation {
    soften_removals: bool,
    require_unused: Option<bool>,
    minimum_age_days: Option<u32>,
}

/// The known keys by table.
const KEYS: &[(&str, &[&str])] = &[
    ("", &["fail-on", "approvals", "registry", "rules", "deprecation", "rename", "suggest"]),
    ("suggest", &["remove-after"]),
    ("deprecation", &["soften-removals", "require-unused", "minimum-age-days"]),
    ("rename", &["from", "to", "renamed"]),
    ("approval", &["fingerprint", "reason", "by", "expires"]),
];

/// Reads the configuration and the approvals; all errors, one line each.
pub(crate) fn read(args: &PolicyArgs) -> Result<Config, Vec<String>> {
    let mut errors = Vec::new();
    let path = args.config.clone().unwrap_or_else(|| PathBuf::from(FILE));
    let file =
        if args.config.is_some() || path.exists() { read_file(&path, &mut errors) } else { File::default() };
    let mut config = Config { fail_on: args.fail_on, ..Config::default() };
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
    let named = args.approvals.clone().or(file.approvals);
    let approvals = named.clone().unwrap_or_else(|| PathBuf::from(APPROVALS));
    if named.is_some() || approvals.exists() {
        config.policy.approvals = read_approvals(&approvals, &mut errors);
    }
    config.policy.today = args.today.unwrap_or_else(today);
    if errors.is_empty() { Ok(config) } else { Err(errors) }
}

/// Where the registry lies: the flag or the environment says it, else the configuration, else it is the default.
/// What is wrong with the configuration goes to `errors`.
pub(crate) fn registry(args: &RegistryArgs, config: Option<&Path>, errors: &mut Vec<String>) -> String {
    let configured = || {
        let path = config.unwrap_or(Path::new(FILE));
        if config.is_some() || path.exists() { read_file(path, errors).registry } else { None }
    };
    args.registry.clone().or_else(configured).unwrap_or_else(|| registry::DEFAULT.to_owned())
}

/// The day in UTC.
pub(crate) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn read_file(path: &Path, errors: &mut Vec<String>) -> File {
    let Some(table) = read_table(path, errors) else { return File::default() };
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
        errors.push(format!("{}: {}", path.display(), error.message()));
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
