//! Schema coordinates: the names of schema elements (September 2025 specification, section 3.14).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The unique name of an element of a schema; the names in it are its own or those of the schema.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum SchemaCoordinate<T = String> {
    /// The schema itself, where the specification has no coordinate: its root operation types.
    Schema,
    /// `Type`
    Type(T),
    /// `Type.field`, `Input.field` or `Enum.VALUE`
    Member(T, T),
    /// `Type.field(argument:)`
    Argument(T, T, T),
    /// `@directive`
    Directive(T),
    /// `@directive(argument:)`
    DirectiveArgument(T, T),
}

impl SchemaCoordinate {
    /// `Type`
    pub fn type_named(name: &str) -> Self {
        SchemaCoordinate::Type(name.to_owned())
    }

    /// `Type.member`
    pub fn member(type_name: &str, member: &str) -> Self {
        SchemaCoordinate::Member(type_name.to_owned(), member.to_owned())
    }

    /// `Type.field(argument:)`
    pub fn argument(type_name: &str, field: &str, argument: &str) -> Self {
        SchemaCoordinate::Argument(type_name.to_owned(), field.to_owned(), argument.to_owned())
    }
}

impl<'n> SchemaCoordinate<&'n str> {
    /// The same place in a type of another name; itself for directives and the schema.
    #[must_use]
    pub fn of_type(self, name: &'n str) -> Self {
        match self {
            SchemaCoordinate::Type(_) => SchemaCoordinate::Type(name),
            SchemaCoordinate::Member(_, member) => SchemaCoordinate::Member(name, member),
            SchemaCoordinate::Argument(_, field, argument) => {
                SchemaCoordinate::Argument(name, field, argument)
            }
            other => other,
        }
    }
}

impl<T: AsRef<str>> SchemaCoordinate<T> {
    /// The same with these names.
    pub fn borrowed(&self) -> SchemaCoordinate<&str> {
        match self {
            SchemaCoordinate::Schema => SchemaCoordinate::Schema,
            SchemaCoordinate::Type(name) => SchemaCoordinate::Type(name.as_ref()),
            SchemaCoordinate::Member(name, member) => {
                SchemaCoordinate::Member(name.as_ref(), member.as_ref())
            }
            SchemaCoordinate::Argument(name, field, argument) => {
                SchemaCoordinate::Argument(name.as_ref(), field.as_ref(), argument.as_ref())
            }
            SchemaCoordinate::Directive(name) => SchemaCoordinate::Directive(name.as_ref()),
            SchemaCoordinate::DirectiveArgument(name, argument) => {
                SchemaCoordinate::DirectiveArgument(name.as_ref(), argument.as_ref())
            }
        }
    }

    /// The type that the coordinate lies in; nothing for directives and the schema.
    pub fn type_name(&self) -> Option<&str> {
        match self {
            SchemaCoordinate::Type(name)
            | SchemaCoordinate::Member(name, _)
            | SchemaCoordinate::Argument(name, _, _) => Some(name.as_ref()),
            _ => None,
        }
    }
}

impl<T: AsRef<str>> fmt::Display for SchemaCoordinate<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut write = |parts: &[&str]| parts.iter().try_for_each(|part| f.write_str(part));
        match self {
            SchemaCoordinate::Schema => write(&["schema"]),
            SchemaCoordinate::Type(name) => write(&[name.as_ref()]),
            SchemaCoordinate::Member(name, member) => write(&[name.as_ref(), ".", member.as_ref()]),
            SchemaCoordinate::Argument(name, field, argument) => {
                write(&[name.as_ref(), ".", field.as_ref(), "(", argument.as_ref(), ":)"])
            }
            SchemaCoordinate::Directive(name) => write(&["@", name.as_ref()]),
            SchemaCoordinate::DirectiveArgument(name, argument) => {
                write(&["@", name.as_ref(), "(", argument.as_ref(), ":)"])
            }
        }
    }
}

/// A text that is no schema coordinate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvalidCoordinate;

impl fmt::Display for InvalidCoordinate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not a schema coordinate; valid are Type, Type.field, Type.field(argument:), Enum.VALUE, Input.field, \
             @directive and @directive(argument:)",
        )
    }
}

impl std::error::Error for InvalidCoordinate {}

impl FromStr for SchemaCoordinate {
    type Err = InvalidCoordinate;

    fn from_str(text: &str) -> Result<Self, InvalidCoordinate> {
        let name = |text: &str| is_name(text).then(|| text.to_owned()).ok_or(InvalidCoordinate);
        let (element, argument) = match text.strip_suffix(":)") {
            Some(text) => {
                let (element, argument) = text.split_once('(').ok_or(InvalidCoordinate)?;
                (element, Some(name(argument)?))
            }
            None => (text, None),
        };
        if let Some(directive) = element.strip_prefix('@') {
            let directive = name(directive)?;
            return Ok(match argument {
                None => SchemaCoordinate::Directive(directive),
                Some(argument) => SchemaCoordinate::DirectiveArgument(directive, argument),
            });
        }
        match (element.split_once('.'), argument) {
            (Some((parent, field)), Some(argument)) => {
                Ok(SchemaCoordinate::Argument(name(parent)?, name(field)?, argument))
            }
            (Some((parent, member)), None) => Ok(SchemaCoordinate::Member(name(parent)?, name(member)?)),
            (None, None) if element == "schema" => Ok(SchemaCoordinate::Schema),
            (None, None) => Ok(SchemaCoordinate::Type(name(element)?)),
            (None, Some(_)) => Err(InvalidCoordinate),
        }
    }
}

/// Whether a text is a name (section 2.1.9).
pub fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["schema", "T", "T.f", "T.f(a:)", "@d", "@d(a:)"] {
            assert_eq!(text.parse::<SchemaCoordinate>().unwrap().to_string(), text);
        }
        for text in ["", "T.", ".f", "T(a:)", "T.f(a)", "@", "T.f.g", "T f", "T.f(:)", "1T"] {
            assert_eq!(text.parse::<SchemaCoordinate>(), Err(InvalidCoordinate), "{text}");
        }
    }
}
