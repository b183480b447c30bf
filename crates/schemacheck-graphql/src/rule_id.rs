//! The id of a rule comes from the name of its file, so that file, id and documentation cannot disagree.

/// The last segment of a module path.
#[doc(hidden)]
pub const fn last_segment_len(path: &str) -> usize {
    let bytes = path.as_bytes();
    let mut start = bytes.len();
    while start > 0 && bytes[start - 1] != b':' {
        start -= 1;
    }
    bytes.len() - start
}

/// The last segment of a module path with `-` for `_`.
#[doc(hidden)]
pub const fn kebab<const N: usize>(path: &str) -> [u8; N] {
    let bytes = path.as_bytes();
    let mut id = [0; N];
    let mut at = 0;
    while at < N {
        let byte = bytes[bytes.len() - N + at];
        id[at] = if byte == b'_' { b'-' } else { byte };
        at += 1;
    }
    id
}

/// The kebab-case name of the module that it stands in.
#[macro_export]
macro_rules! rule_id {
    () => {{
        const PATH: &str = module_path!();
        const BYTES: [u8; $crate::rule_id::last_segment_len(PATH)] = $crate::rule_id::kebab(PATH);
        const ID: &str = match core::str::from_utf8(&BYTES) {
            Ok(id) => id,
            Err(_) => panic!("a module path is UTF-8"),
        };
        ID
    }};
}
