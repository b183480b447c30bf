//! Names of clients, versions and environments as parts of a path.
//!
//! Names are hostile: `../..`, `CON`, `Karen` beside `karen` on a file system that takes both for one. Every byte that is
//! not a lower-case letter, a digit or one of `-_.` becomes `=` and two hexadecimal digits, and so does whatever would make
//! the part special: a dot at either end, the first letter of a device's name on Windows.

use std::fmt::Write;

use crate::RegistryError;

/// The longest encoded name; file systems take 255 bytes, of which the ending and a temporary number need some.
const MOST_BYTES: usize = 200;

/// A name as part of a path.
pub(crate) fn encode(name: &str) -> Result<String, RegistryError> {
    let mut part = String::with_capacity(name.len());
    let last = name.len().saturating_sub(1);
    for (at, byte) in name.bytes().enumerate() {
        let plain = byte.is_ascii_lowercase()
            || byte.is_ascii_digit()
            || matches!(byte, b'-' | b'_')
            || (byte == b'.' && at != 0 && at != last);
        if plain && !(at == 0 && is_device(name)) {
            part.push(char::from(byte));
        } else {
            let _ = write!(part, "={byte:02x}");
        }
    }
    match part.len() {
        0 => Err(RegistryError("a name is empty".into())),
        length if length > MOST_BYTES => Err(RegistryError(format!("the name {name} is too long"))),
        _ => Ok(part),
    }
}

/// The name of a part of a path; nothing where the part is not the encoding of a name.
pub(crate) fn decode(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'=' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let name = String::from_utf8(bytes).ok()?;
    encode(&name).is_ok_and(|encoded| encoded == part).then_some(name)
}

/// Whether Windows takes a file of this name for a device, with any ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    matches!(stem, "con" | "prn" | "aux" | "nul")
        || stem
            .strip_prefix("com")
            .or_else(|| stem.strip_prefix("lpt"))
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_and_never_leave_their_folder() {
        let names = [
            "karen",
            "Karen",
            "KAREN",
            "@scope/app",
            "..",
            ".",
            "../../etc",
            "a/../b",
            "a\\b",
            "con",
            "nul.1",
            "com1",
            "1.2.3",
            "v1.",
            ".hidden",
            "größe",
            "a b",
            "a=b",
            "a%2fb",
            "x#1",
            "\u{1b}[31m",
            "\u{202e}",
            "-",
            "a\nb",
        ];
        let mut seen = std::collections::BTreeSet::new();
        for name in names {
            let part = encode(name).unwrap();
            assert_eq!(decode(&part).as_deref(), Some(name));
            let plain =
                |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || "-_.=".contains(char);
            assert!(part.chars().all(plain), "{part}");
            assert!(!part.starts_with('.') && !part.ends_with('.'), "{part}");
            assert!(seen.insert(part.to_ascii_lowercase()), "{part} is taken twice");
        }
        assert!(encode("").is_err());
        assert!(encode(&"x".repeat(300)).is_err());
        for part in ["Karen", "a b", "=4", "=zz", "=61", "con", "..", "=4B"] {
            assert_eq!(decode(part), None, "{part}");
        }
    }
}
