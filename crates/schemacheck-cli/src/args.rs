//! The flags.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use schemacheck::operation::Client;
use schemacheck::partition::Partition;
use schemacheck::report::FailOn;
use schemacheck_registry::ReleaseId;

use crate::render::{FORMS, Form};

/// Diffs GraphQL schemas, checks every stored operation, and keeps old clients alive.
///
/// Exit code 0: pass. 1: fail, a finding at or above --fail-on. 2: error, the question could not be answered.
#[derive(Debug, Parser)]
#[command(name = "schemacheck", version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// What differs between two schemas, and what that does to each stored operation.
    Diff(DiffArgs),
    /// Every stored operation against one schema, by all rules of the specification.
    Validate(ValidateArgs),
    /// The deprecated aliases that keep old clients alive, as a patch of the new schema.
    Suggest(SuggestArgs),
    /// What stored operations there are: where each was found, who sends it, and what could not be read.
    Operations(OperationsArgs),
    /// What a rule means, why it breaks, what to do; without a rule, the list.
    Explain(ExplainArgs),
    /// Accept one finding until a day, in the approvals file.
    Approve(ApproveArgs),
    /// The schema of a live server as SDL.
    Introspect(IntrospectArgs),
    /// Look around and write a first configuration.
    Init,
    /// What is set up and what is not.
    Doctor(DoctorArgs),
    /// Versions of clients in the registry: what they send, and where they are live.
    #[command(subcommand)]
    Client(ClientCommand),
    /// Versions of schemas in the registry, and where they are live.
    #[command(subcommand)]
    Schema(SchemaCommand),
    /// May this schema or this client go live in an environment?
    Gate(GateArgs),
    /// Which client versions work with which schemas in an environment.
    Matrix(MatrixArgs),
    /// Join the reports of all parts into the one of the whole run.
    Merge(MergeArgs),
    /// The JSON Schema of the report.
    JsonSchema,
    /// The completions of a shell, for its own folder of completions.
    Completions(CompletionsArgs),
    /// The man page, as roff.
    Man,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SchemaArgs {
    /// The old schema: an SDL file, a directory, a glob, an introspection result, the address of a server,
    /// git:REV:path, git:merge-base(BRANCH):path, or - for standard input; that of the configuration where it is not
    /// named.
    pub(crate) old: Option<String>,
    /// The new schema, likewise.
    pub(crate) new: Option<String>,
    #[command(flatten)]
    pub(crate) http: HttpArgs,
    #[command(flatten)]
    pub(crate) registry: RegistryArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct HttpArgs {
    /// A header for servers that are asked, such as 'Authorization: Bearer env:TOKEN'; env:NAME stands for a variable of
    /// the environment. May be repeated; with the scheme and host in front, it is for them alone.
    #[arg(long, value_name = "HEADER")]
    pub(crate) header: Vec<String>,
    /// How many seconds a server may take to answer, all attempts together.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, env = "SCHEMACHECK_TIMEOUT",
          value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
}

#[derive(Debug, Default, ClapArgs)]
pub(crate) struct ConfigArgs {
    /// The configuration; where it is not named, schemacheck.toml, .graphqlrc or graphql.config in this directory.
    #[arg(long, value_name = "FILE", env = "SCHEMACHECK_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Which project of a .graphqlrc or graphql.config that has several.
    #[arg(long, value_name = "NAME", env = "SCHEMACHECK_PROJECT")]
    pub(crate) project: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct AfterArgs {
    /// Tell how the run ended: slack:env:NAME or webhook:env:NAME, where the variable NAME holds the address, or
    /// webhook:URL. May be repeated.
    #[arg(long, value_name = "ROUTE")]
    pub(crate) notify: Vec<String>,
    /// Write how the run ended as metrics for Prometheus' textfile collector.
    #[arg(long, value_name = "FILE")]
    pub(crate) metrics_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ClientCommand {
    /// Store the operations of a version; it never changes afterwards.
    Publish(PublishClientArgs),
    /// Record that a version is live in an environment, beside those that are.
    Deploy(DeployClientArgs),
    /// Record that a version is not live any more.
    Retire(RetireArgs),
    /// The published versions, or those that are live in an environment.
    List(ListArgs),
}

#[derive(Debug, Subcommand)]
pub(crate) enum SchemaCommand {
    /// Store a version of a service's schema; it never changes afterwards.
    Publish(PublishSchemaArgs),
    /// Record that a version is live in an environment, in place of the one that was.
    Deploy(DeploySchemaArgs),
    /// Record that a version is not live any more.
    Retire(RetireArgs),
    /// The published versions, or those that are live in an environment.
    List(ListArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PublishClientArgs {
    /// The client and its version.
    #[arg(value_name = "NAME@VERSION")]
    pub(crate) release: ReleaseId,
    #[command(flatten)]
    pub(crate) operations: OperationArgs,
    #[command(flatten)]
    pub(crate) registry: RegistryArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PublishSchemaArgs {
    /// The service and its version.
    #[arg(value_name = "SERVICE@VERSION")]
    pub(crate) release: ReleaseId,
    /// The schema: an SDL file, a directory, a glob, an introspection result, or - for standard input.
    pub(crate) schema: String,
    #[command(flatten)]
    pub(crate) http: HttpArgs,
    #[command(flatten)]
    pub(crate) registry: RegistryArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DeployClientArgs {
    #[command(flatten)]
    pub(crate) event: EventArgs,
    /// No other version of the client is live there any more.
    #[arg(long)]
    pub(crate) replace: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DeploySchemaArgs {
    #[command(flatten)]
    pub(crate) event: EventArgs,
    /// The versions that are live stay so, as while a deploy rolls.
    #[arg(long)]
    pub(crate) keep: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RetireArgs {
    #[command(flatten)]
    pub(crate) event: EventArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct EventArgs {
    /// The published version.
    #[arg(value_name = "NAME@VERSION")]
    pub(crate) release: ReleaseId,
    /// The environment: one GraphQL API that all its clients call.
    #[arg(long = "env", value_name = "ENV")]
    pub(crate) environment: String,
    /// Who does it; where nothing is named, whoever the environment says runs the program.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    #[command(flatten)]
    pub(crate) registry: RegistryArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ListArgs {
    /// Only what is live in this environment.
    #[arg(long = "env", value_name = "ENV")]
    pub(crate) environment: Option<String>,
    /// The form of the answer.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) registry: RegistryArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

#[derive(Debug, ClapArgs)]
#[command(group(clap::ArgGroup::new("candidate").required(true).args(["schema", "candidate_client"])))]
pub(crate) struct GateArgs {
    /// The environment: one GraphQL API that all its clients call.
    #[arg(long = "env", value_name = "ENV")]
    pub(crate) environment: String,
    /// The schema that is to be deployed: published, or a file, a directory, a glob, or - for standard input.
    #[arg(long, value_name = "SERVICE@VERSION|SCHEMA")]
    pub(crate) schema: Option<String>,
    /// The published client that is to be deployed.
    #[arg(long = "client", value_name = "NAME@VERSION")]
    pub(crate) candidate_client: Option<ReleaseId>,
    /// Say what would happen, and end with 0 whatever it is.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Check only the I-th of N shares of the live clients' operations; schemacheck merge joins the reports.
    #[arg(long, value_name = "I/N", conflicts_with = "candidate_client")]
    pub(crate) partition: Option<Partition>,
    #[command(flatten)]
    pub(crate) registry: RegistryArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    #[command(flatten)]
    pub(crate) http: HttpArgs,
    #[command(flatten)]
    pub(crate) after: AfterArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MatrixArgs {
    /// The environment: one GraphQL API that all its clients call.
    #[arg(long = "env", value_name = "ENV")]
    pub(crate) environment: String,
    /// The form of the matrix on standard output.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: MatrixFormat,
    /// When to colour.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    #[command(flatten)]
    pub(crate) registry: RegistryArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MergeArgs {
    /// The reports of all parts: files, directories or globs.
    #[arg(required = true, value_name = "REPORT")]
    pub(crate) reports: Vec<String>,
    #[command(flatten)]
    pub(crate) after: AfterArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PartitionArgs {
    /// Check only the I-th of N shares of the operations; schemacheck merge joins the reports.
    #[arg(long, value_name = "I/N")]
    pub(crate) partition: Option<Partition>,
}

/// The forms of a matrix.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum MatrixFormat {
    Human,
    Json,
    Markdown,
}

#[derive(Debug, Default, ClapArgs)]
pub(crate) struct RegistryArgs {
    /// The registry: a folder, or a bucket such as `s3://bucket/path`, `gs://…` or `az://…`; .schemacheck where nothing
    /// says otherwise.
    #[arg(long, value_name = "LOCATION", env = "SCHEMACHECK_REGISTRY")]
    pub(crate) registry: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DiffArgs {
    #[command(flatten)]
    pub(crate) schemas: SchemaArgs,
    #[command(flatten)]
    pub(crate) operations: OperationArgs,
    /// Judge a rolling deploy as well: old and new operations on the old and the new schema, and the safe order.
    #[arg(long, requires = "new_operations")]
    pub(crate) rolling: bool,
    /// The operations of the new clients, for --rolling. May be repeated.
    #[arg(long, value_name = "SOURCE", requires = "rolling")]
    pub(crate) new_operations: Vec<String>,
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    #[command(flatten)]
    pub(crate) partition: PartitionArgs,
    #[command(flatten)]
    pub(crate) after: AfterArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ValidateArgs {
    /// The schema: an SDL file, a directory, a glob, an introspection result, the address of a server, git:REV:path, or -
    /// for standard input; that of the configuration where it is not named.
    pub(crate) schema: Option<String>,
    #[command(flatten)]
    pub(crate) http: HttpArgs,
    #[command(flatten)]
    pub(crate) registry: RegistryArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) operations: OperationArgs,
    #[command(flatten)]
    pub(crate) partition: PartitionArgs,
    #[command(flatten)]
    pub(crate) after: AfterArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SuggestArgs {
    #[command(flatten)]
    pub(crate) schemas: SchemaArgs,
    #[command(flatten)]
    pub(crate) operations: OperationArgs,
    /// Write the patch as server code too, such as strawberry. May be repeated; without it, the frameworks that the
    /// manifests in this directory depend on.
    #[arg(long, value_name = "NAME")]
    pub(crate) framework: Vec<String>,
    /// Apply the patch: the file or directory of the new schema, or another file to write the patched schema to.
    #[arg(long, value_name = "PATH")]
    pub(crate) write: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Default, ClapArgs)]
pub(crate) struct PolicyArgs {
    /// From where on the run fails; breaking where nothing says otherwise.
    #[arg(long, value_name = "BAR", env = "SCHEMACHECK_FAIL_ON")]
    pub(crate) fail_on: Option<Bar>,
    /// The accepted findings; schemacheck.approvals.toml in this directory where there is one.
    #[arg(long, value_name = "FILE", env = "SCHEMACHECK_APPROVALS")]
    pub(crate) approvals: Option<PathBuf>,
    /// The label of a pull request that accepts everything it changes, on GitHub Actions.
    #[arg(long, value_name = "LABEL", env = "SCHEMACHECK_APPROVE_LABEL")]
    pub(crate) approve_label: Option<String>,
    /// The day of the run, by which approvals end; today where it is not named.
    #[arg(long, value_name = "DATE", env = "SCHEMACHECK_TODAY")]
    pub(crate) today: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ApproveArgs {
    /// The finding, as a report with --format json names it.
    pub(crate) fingerprint: String,
    /// Why the change can be accepted.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// The last day that the approval counts, such as 2026-12-31.
    #[arg(long, value_name = "DATE")]
    pub(crate) expires: Date,
    /// Who accepts it.
    #[arg(long, value_name = "NAME", env = "SCHEMACHECK_APPROVED_BY")]
    pub(crate) by: String,
    /// The file; schemacheck.approvals.toml where it is not named.
    #[arg(long, value_name = "FILE", env = "SCHEMACHECK_APPROVALS")]
    pub(crate) approvals: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct IntrospectArgs {
    /// Where the server takes GraphQL requests.
    pub(crate) url: String,
    /// Write the SDL to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) http: HttpArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) registry: RegistryArgs,
    #[command(flatten)]
    pub(crate) http: HttpArgs,
    /// Send a test message: to this route, as --notify of diff takes it. May be repeated.
    #[arg(long, value_name = "ROUTE")]
    pub(crate) notify: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExplainArgs {
    /// The id of a rule, such as field-renamed.
    pub(crate) rule: Option<String>,
    /// The form of the answer.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Default, ClapArgs)]
pub(crate) struct OperationArgs {
    /// Stored operations: a file, a directory, a glob, or - for standard input. May be repeated; the kind is recognised
    /// from the content.
    #[arg(long, value_name = "SOURCE")]
    pub(crate) operations: Vec<String>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// How operations are read.
#[derive(Debug, Default, ClapArgs)]
pub(crate) struct ReadingArgs {
    /// Take it as no error where a source of operations holds nothing.
    #[arg(long)]
    pub(crate) allow_empty: bool,
    /// How many holes in operations and places that could not be read are allowed; without it, all.
    #[arg(long, value_name = "NUMBER", env = "SCHEMACHECK_MAX_HOLES")]
    pub(crate) max_holes: Option<usize>,
    /// A further function or tag whose text is GraphQL, beside gql and graphql. May be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) tag: Vec<String>,
    /// A further function that builds a selection from the fields of a class, beside `gql_fields`. May be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) selection_builder: Vec<String>,
    /// Who sends the operations whose manifest or log does not say it.
    #[arg(long, value_name = "NAME@VERSION", value_parser = parse_client)]
    pub(crate) client: Option<Client>,
    /// Where paths name the client and its version; queries/{client}/{version}/** where nothing says otherwise. May be
    /// repeated; the first pattern that fits counts.
    #[arg(long, value_name = "PATTERN")]
    pub(crate) client_path: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct OperationsArgs {
    #[command(subcommand)]
    pub(crate) command: OperationsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum OperationsCommand {
    /// What was found where, who sends it, and what could not be read.
    List(ListOperationsArgs),
    /// All operations as one manifest, which can be read again as a source of operations.
    Extract(ExtractArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ListOperationsArgs {
    /// Where operations are stored: a file, a directory, a glob, or - for standard input.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExtractArgs {
    /// Where operations are stored: a file, a directory, a glob, or - for standard input.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    /// The manifest to write.
    #[arg(long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct OutputArgs {
    /// The form of the report on standard output.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    pub(crate) format: Format,
    /// Write the report to a file as well, such as json=report.json. May be repeated.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub(crate) output: Vec<(Format, PathBuf)>,
    /// Keep one comment on the pull request up to date, with --format github; the token is that of the
    /// variable `GITHUB_TOKEN`.
    #[arg(long)]
    pub(crate) comment: bool,
    /// When to colour.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// Only the verdict in the human form.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// A form of the report.
pub(crate) type Format = &'static Form;

/// The forms of a list that is no report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    Human,
    Json,
}

/// When to colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// From where on a run fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Bar {
    /// Any breaking change, and any stored operation that breaks.
    Breaking,
    /// Only a stored operation that breaks.
    Affected,
    /// Dangerous changes as well.
    Dangerous,
    /// Never; only report.
    Never,
}

impl From<Bar> for FailOn {
    fn from(bar: Bar) -> Self {
        match bar {
            Bar::Breaking => FailOn::Breaking,
            Bar::Affected => FailOn::Affected,
            Bar::Dangerous => FailOn::Dangerous,
            Bar::Never => FailOn::Never,
        }
    }
}

fn parse_client(text: &str) -> Result<Client, String> {
    match text.rsplit_once('@') {
        Some((name, version)) if !name.is_empty() && !version.is_empty() => {
            Ok(Client { name: name.to_owned(), version: Some(version.to_owned()) })
        }
        _ => Err("expected NAME@VERSION, such as web@4.2.0".to_owned()),
    }
}

/// Takes the name of a form.
fn formats() -> impl TypedValueParser<Value = Format> {
    let names = FORMS.iter().map(|form| PossibleValue::new(form.name).help(form.about));
    PossibleValuesParser::new(names)
        .try_map(|name| FORMS.iter().find(|form| form.name == name).ok_or("no such format"))
}

fn parse_output(text: &str) -> Result<(Format, PathBuf), String> {
    let (name, file) = text.split_once('=').ok_or("expected FORMAT=FILE, such as json=report.json")?;
    let format = FORMS.iter().find(|form| form.name == name).ok_or_else(|| {
        let names: Vec<&str> = FORMS.iter().map(|form| form.name).collect();
        format!("{name} is no format; formats are {}", names.join(", "))
    })?;
    if file.is_empty() {
        return Err("the file behind = is missing".to_owned());
    }
    Ok((format, PathBuf::from(file)))
}
