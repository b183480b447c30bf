//! `schemacheck approve`: accepts one finding, in the approvals file.

use std::fs::OpenOptions;
use std::io::Write;

use crate::args::ApproveArgs;
use crate::config::{APPROVALS, today};
use crate::output::{complain, print};

/// Runs the command; gives the exit code.
pub(crate) fn run(args: &ApproveArgs) -> u8 {
    let hexadecimal =
        args.fingerprint.len() == 12 && args.fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !hexadecimal {
        complain(
            "a fingerprint has 12 hexadecimal digits; a report with --format json has one for each change",
        );
        return 2;
    }
    if args.reason.trim().is_empty() {
        complain("the reason is empty; say why the change can be accepted");
        return 2;
    }
    if args.expires < today() {
        complain("the approval would have expired already; name a day to come");
        return 2;
    }
    let text = |text: &str| toml::Value::from(text).to_string();
    let entry = format!(
        "[[approval]]\nfingerprint = {}\nreason = {}\nby = {}\nexpires = {}\n\n",
        text(&args.fingerprint.to_ascii_lowercase()),
        text(&args.reason),
        text(&args.by),
        args.expires
    );
    let path = args.approvals.clone().unwrap_or_else(|| APPROVALS.into());
    let written = OpenOptions::new().create(true).append(true).open(&path);
    match written.and_then(|mut file| file.write_all(entry.as_bytes())) {
        Ok(()) => {
            print(&format!("approved {} until {} in {}\n", args.fingerprint, args.expires, path.display()));
            0
        }
        Err(error) => {
            complain(&format!("{}: cannot be written: {error}", path.display()));
            2
        }
    }
}
