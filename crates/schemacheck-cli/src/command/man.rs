//! `schemacheck man`: one man page with every command.

use clap::CommandFactory;
use clap_mangen::Man;

use crate::args::Args;
use crate::output::{complain, print};

/// Runs the command; gives the exit code.
pub(crate) fn run() -> u8 {
    match page() {
        Ok(page) => {
            print(&String::from_utf8_lossy(&page));
            0
        }
        Err(error) => {
            complain(&format!("the man page cannot be made: {error}"));
            2
        }
    }
}

/// The page of the program, then the flags of each command under a heading of its own.
fn page() -> std::io::Result<Vec<u8>> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    for subcommand in command.get_subcommands() {
        page.extend_from_slice(
            format!(".SH \"SCHEMACHECK {}\"\n", subcommand.get_name().to_uppercase()).as_bytes(),
        );
        if let Some(about) = subcommand.get_about() {
            page.extend_from_slice(format!("{}\n", roff(&about.to_string())).as_bytes());
        }
        let man = Man::new(subcommand.clone());
        let mut options = Vec::new();
        man.render_options_section(&mut options)?;
        // Below the command's heading, its options need none of their own.
        let options = String::from_utf8_lossy(&options).replace(".SH OPTIONS\n", ".PP\n");
        page.extend_from_slice(options.as_bytes());
    }
    man.render_version_section(&mut page)?;
    Ok(page)
}

/// A line of text for roff, which takes a backslash, and a dot or quote at the start, as its own.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}
