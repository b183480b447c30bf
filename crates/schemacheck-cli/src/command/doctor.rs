//! `schemacheck doctor`: what is set up and what is not.

use std::fmt::Write;

use bumpalo::Bump;
use schemacheck::check::check_validate;
use schemacheck::partition::Verdicts;
use schemacheck::report::{Report, State, count};
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema::{Schema, Valid};
use schemacheck_graphql::source::Sources;

use crate::args::{DoctorArgs, OperationArgs, PolicyArgs};
use crate::config::{self, Config};
use crate::http::Access;
use crate::notify::Route;
use crate::output::print;
use crate::schemas::{self, Problems};
use crate::{operations, registry, source, terminal};

/// What was found: pass is set up and works, fail is missing or not as it should be, error could not be looked at.
struct Findings {
    state: State,
    text: String,
}

impl Findings {
    fn works(&mut self, what: &str, found: &str) {
        self.line("ok", what, found);
    }

    /// Not set up, and a run may do without.
    fn absent(&mut self, what: &str, found: &str) {
        self.line("--", what, found);
    }

    fn missing(&mut self, what: &str, found: &str) {
        self.state = State::Fail;
        self.line("fail", what, found);
    }

    fn error(&mut self, what: &str, found: &str) {
        if self.state == State::Pass {
            self.state = State::Error;
        }
        self.line("error", what, found);
    }

    fn line(&mut self, mark: &str, what: &str, found: &str) {
        let _ = writeln!(self.text, "{mark:5}  {what:13}  {}", terminal::clean(found));
    }
}

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &DoctorArgs) -> u8 {
    let mut findings = Findings { state: State::Pass, text: String::new() };
    // What the configuration says of findings to accept is looked at as well.
    match config::read(&args.config, Some(&PolicyArgs::default())) {
        Err(errors) => errors.iter().for_each(|error| findings.error("configuration", error)),
        Ok(config) => look(args, config, &mut findings),
    }
    routes(&args.notify, &mut findings);
    print(&findings.text);
    findings.state.exit_code()
}

fn look(args: &DoctorArgs, mut config: Config, findings: &mut Findings) {
    match &config.file {
        Some(file) => findings.works("configuration", file),
        None => {
            findings.missing("configuration", "none in this directory; write a first one: schemacheck init");
        }
    }
    if let Some(undecided) = &config.undecided {
        findings.missing("configuration", undecided);
    }
    git(findings);
    let names = config.schema.iter().chain(&config.old).map(String::as_str);
    let registry = config.registry(&args.registry);
    published(&registry, findings);
    match Access::new(&args.http, std::mem::take(&mut config.headers), registry, names) {
        Err(error) => findings.error("servers", &error),
        Ok(access) => inputs(&config, &access, findings),
    }
    approvals(&config, findings);
}

/// The registry, and what has a history there.
fn published(location: &str, findings: &mut Findings) {
    match registry::open(location).and_then(|registry| registry.environments()) {
        Ok(environments) if environments.is_empty() => {
            findings.works("registry", &format!("{location}; nothing was deployed yet"));
        }
        Ok(environments) => {
            findings.works("registry", &format!("{location}; environments: {}", environments.join(", ")));
        }
        Err(_) if location == registry::DEFAULT => {
            findings.absent("registry", "none; the first schemacheck client publish makes it");
        }
        Err(error) => findings.error("registry", &error.0),
    }
}

fn git(findings: &mut Findings) {
    match source::git::here() {
        None => findings.absent("git", "no repository around this directory; git: cannot be used"),
        Some(here) => {
            let branch = here.branch.map_or_else(
                || "its main branch is not known".to_owned(),
                |branch| format!("its main branch is {branch}"),
            );
            findings.works("git", &format!("a repository; {branch}"));
        }
    }
}

/// The schemas and, against the one that is worked on, the operations.
fn inputs(config: &Config, access: &Access, findings: &mut Findings) {
    let mut sources = Sources::new();
    let schema = schemas::read(&config.schema, access, &mut sources);
    let old = schemas::read(&config.old, access, &mut sources);
    let operations = operations::read(&OperationArgs::default(), config, &access.registry, &mut sources);
    let (arena, old_arena) = (Bump::new(), Bump::new());
    let mut loaded = None;
    if config.schema.is_empty() {
        findings.missing("schema", "none is configured; set schema");
    } else {
        let mut problems = Problems::default();
        let found = schema.load(&arena, &sources, Limits::default(), &mut problems);
        tell_schema("schema", &schema.name, found.as_ref(), problems, findings);
        loaded = found;
    }
    if config.old.is_empty() {
        findings.absent("old schema", "none is configured; the command line has to name it");
    } else {
        let mut problems = Problems::default();
        let found = old.load(&old_arena, &sources, Limits::default(), &mut problems);
        tell_schema("old schema", &old.name, found.as_ref(), problems, findings);
    }
    let Some(operations) = operations else {
        findings.missing("operations", "none are configured; set operations");
        return;
    };
    for unread in &operations.unread {
        findings.error("operations", &format!("{}: {}", unread.name, unread.message));
    }
    let Some(schema) = loaded else { return };
    let report = check_validate(
        &sources,
        &schema,
        &operations.documents,
        true,
        Limits::default(),
        &Verdicts::computed(),
    );
    let coverage = &report.coverage;
    let told = format!(
        "{} in {} of {}",
        count(coverage.operations, "operation", "operations"),
        count(coverage.files, "file", "files"),
        count(coverage.clients, "client", "clients"),
    );
    match (coverage.operations, report.summary.operations_invalid) {
        (0, _) => findings.missing("operations", "no operation was found"),
        (_, 0) => findings.works("operations", &told),
        (_, invalid) => {
            let invalid = count(invalid, "is invalid", "are invalid");
            findings.works("operations", &format!("{told}; {invalid} on the schema already"));
        }
    }
    if coverage.unparsable > 0 {
        findings.error(
            "operations",
            &count(coverage.unparsable, "document is no GraphQL", "documents are no GraphQL"),
        );
    }
}

fn tell_schema(
    what: &str,
    name: &str,
    loaded: Option<&Valid<Schema<'_>>>,
    problems: Problems,
    findings: &mut Findings,
) {
    let mut report = Report::new("doctor");
    problems.into_report(&mut report);
    if let Some(schema) = loaded {
        let types = schema.types().filter(|(_, ty)| !ty.built_in).count();
        findings.works(what, &format!("{name}: {}", count(types, "type", "types")));
    }
    // Of many warnings, the first tell what kind they are.
    for found in report.diagnostics.iter().take(5) {
        let place =
            found.place.as_ref().map_or(String::new(), |place| format!("{}: ", schemas::place_text(place)));
        let line = format!("{place}{}", found.message);
        if found.level == "error" {
            findings.error(what, &line);
        } else {
            findings.absent(what, &line);
        }
    }
    if loaded.is_none() {
        report.reasons.iter().for_each(|reason| findings.error(what, reason));
    }
}

fn approvals(config: &Config, findings: &mut Findings) {
    let Some(file) = &config.approvals else {
        findings.absent("approvals", "no finding is accepted");
        return;
    };
    let (approvals, today) = (&config.policy.approvals, config.policy.today);
    findings.works(
        "approvals",
        &format!("{}: {}", file.display(), count(approvals.len(), "approval", "approvals")),
    );
    for approval in approvals.iter().filter(|approval| approval.expires < today) {
        let found = format!("{} expired on {}: {}", approval.fingerprint, approval.expires, approval.reason);
        findings.missing("approvals", &found);
    }
}

/// Tries each route with a message, so that a broken one is found before it is needed.
fn routes(routes: &[String], findings: &mut Findings) {
    if routes.is_empty() {
        findings.absent("notify", "no route was tried; name one: schemacheck doctor --notify slack:env:NAME");
    }
    for route in routes {
        match Route::read(route).and_then(|route| route.test().map(|()| route.shown)) {
            Ok(route) => findings.works("notify", &format!("{route}: a test message was delivered")),
            Err(error) => findings.error("notify", &error),
        }
    }
}
