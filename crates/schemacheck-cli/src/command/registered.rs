//! What `client` and `schema` have in common: deploys, retirements and lists.

use std::fmt::Write;

use jiff::{Timestamp, Unit};
use schemacheck_registry::{Action, Kind, Live, RegistryError, ReleaseId, history};
use serde_json::json;

use super::configured;
use crate::args::{EventArgs, ListArgs, ListFormat};
use crate::output::{complain, print};
use crate::registry;
use crate::terminal::clean;

/// Variables of the environment that say who runs the program; the first that is set counts.
const WHO: &[&str] = &["SCHEMACHECK_BY", "GITHUB_ACTOR", "GITLAB_USER_LOGIN", "USER", "USERNAME"];

/// Records an event; gives the exit code.
pub(super) fn record(args: &EventArgs, kind: Kind, action: Action) -> u8 {
    let Ok((_, location)) = configured(&args.registry, &args.config) else { return 2 };
    let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let Some(by) = args.by.clone().or_else(|| WHO.iter().find_map(set)) else {
        complain("nothing says who does this; name it with --by");
        return 2;
    };
    let now = Timestamp::now().round(Unit::Second).unwrap_or_default().to_string();
    let recorded = registry::open(&location)
        .and_then(|registry| registry.record(&args.environment, kind, &args.release, action, &now, &by));
    let done = match action {
        Action::Deploy => "is live",
        Action::Replace => "is live, and no other version of it,",
        Action::Retire => "is not live any more",
    };
    finish(recorded.map(|()| format!("{} {done} in {}", args.release, args.environment)))
}

/// Prints what was done, or complains; gives the exit code.
pub(super) fn finish(done: Result<String, RegistryError>) -> u8 {
    match done {
        Ok(line) => {
            print(&format!("{}\n", clean(&line)));
            0
        }
        Err(error) => {
            complain(&error.0);
            2
        }
    }
}

/// A version with the environments that it is live in.
struct Listed {
    id: ReleaseId,
    live: Vec<(String, Live)>,
}

/// Lists the versions of a kind; gives the exit code. No version at all is an answer of its own.
pub(super) fn list(args: &ListArgs, kind: Kind) -> u8 {
    let Ok((_, location)) = configured(&args.registry, &args.config) else { return 2 };
    match listed(args, kind, &location) {
        Ok(versions) => {
            print(&match args.format {
                ListFormat::Human => as_table(&versions),
                ListFormat::Json => as_json(&versions),
            });
            0
        }
        Err(error) => {
            complain(&error.0);
            2
        }
    }
}

fn listed(args: &ListArgs, kind: Kind, location: &str) -> Result<Vec<Listed>, RegistryError> {
    let registry = registry::open(location)?;
    let environments = match &args.environment {
        Some(environment) => vec![environment.clone()],
        None => registry.environments()?,
    };
    let mut live = Vec::new();
    for environment in environments {
        let here = history::live(&registry.history(&environment)?);
        live.extend(
            here.into_iter().filter(|live| live.kind == kind).map(|live| (environment.clone(), live)),
        );
    }
    let of = |id: ReleaseId| {
        let live = live.iter().filter(|(_, live)| live.id == id).cloned().collect();
        Listed { id, live }
    };
    let mut versions: Vec<Listed> = registry.published(kind)?.into_iter().map(of).collect();
    if args.environment.is_some() {
        versions.retain(|version| !version.live.is_empty());
    }
    Ok(versions)
}

fn as_table(versions: &[Listed]) -> String {
    let width =
        versions.iter().map(|version| clean(&version.id.to_string()).chars().count()).max().unwrap_or(0);
    let mut table = String::new();
    for version in versions {
        let name = clean(&version.id.to_string());
        let live = version.live.iter().map(|(environment, live)| {
            format!("{} since {} by {}", clean(environment), clean(&live.at), clean(&live.by))
        });
        let live = live.collect::<Vec<_>>().join(", ");
        let _ = writeln!(table, "{}", format!("{name:width$}   {live}").trim_end());
    }
    if versions.is_empty() {
        table.push_str("none\n");
    }
    table
}

fn as_json(versions: &[Listed]) -> String {
    let list: Vec<_> = versions
        .iter()
        .map(|version| {
            let live: Vec<_> = version
                .live
                .iter()
                .map(|(environment, live)| json!({"environment": environment, "at": live.at, "by": live.by}))
                .collect();
            json!({"name": version.id.name, "version": version.id.version, "live": live})
        })
        .collect();
    format!("{}\n", serde_json::to_string_pretty(&list).unwrap_or_default())
}
