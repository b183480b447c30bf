//! The command line of schemacheck: the only part that touches files, the terminal and the exit code.

#![allow(clippy::disallowed_methods, reason = "this crate is where the program meets the world")]

mod args;
mod client_path;
mod command;
mod compression;
mod config;
mod github;
mod graphqlrc;
mod http;
mod imports;
mod manifest;
mod metrics;
mod notify;
mod operations;
mod output;
mod registry;
mod render;
mod schemas;
mod source;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let exit_code = match args.command {
        args::Command::Diff(args) => command::diff::run(&args),
        args::Command::Validate(args) => command::validate::run(&args),
        args::Command::Suggest(args) => command::suggest::run(&args),
        args::Command::Operations(args) => command::operations::run(&args),
        args::Command::Explain(args) => command::explain::run(&args),
        args::Command::Approve(args) => command::approve::run(&args),
        args::Command::Introspect(args) => command::introspect::run(&args),
        args::Command::Init => command::init::run(),
        args::Command::Doctor(args) => command::doctor::run(&args),
        args::Command::Client(command) => command::client::run(&command),
        args::Command::Schema(command) => command::schema::run(&command),
        args::Command::Gate(args) => command::gate::run(&args),
        args::Command::Matrix(args) => command::matrix::run(&args),
        args::Command::Merge(args) => command::merge::run(&args),
        args::Command::JsonSchema => command::json_schema::run(),
        args::Command::Completions(args) => command::completions::run(&args),
        args::Command::Man => command::man::run(),
    };
    ExitCode::from(exit_code)
}
