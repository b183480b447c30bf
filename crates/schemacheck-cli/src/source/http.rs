//! `https://host/graphql`: the introspection of a live server.
//!
//! The query asks for everything that the September 2025 edition has. What an older server refuses is left out of a
//! further query; what is missing then is unknown, and the reader of the answer sees that from the answer itself.

use reqwest::{StatusCode, Url};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Kind, Texts, one};
use crate::http::{self, Access};

pub(super) const KIND: Kind = Kind {
    is: |name| name.starts_with("http://") || name.starts_with("https://"),
    read: |name, _, access| read(name, access),
};

/// Fewer queries than these are enough for every server that refuses part after part.
const QUERIES: usize = 8;
/// So much of a server's own message is repeated.
const MESSAGE_CHARS: usize = 300;

fn read(name: &str, access: &Access) -> Texts {
    let json = http::address(name).and_then(|url| introspect(&url, access));
    let (mut texts, unread) = one(json, &http::shown(name), true);
    for text in &mut texts {
        text.remote = true;
    }
    (texts, unread)
}

/// The parts of the query that older servers do not know, as they stand in it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Parts {
    /// The argument that asks for deprecated arguments and input fields as well.
    all_inputs: &'static str,
    one_of: &'static str,
    repeatable: &'static str,
    specified_by: &'static str,
    schema_description: &'static str,
}

const ALL: Parts = Parts {
    all_inputs: "(includeDeprecated: true)",
    one_of: "isOneOf",
    repeatable: "isRepeatable",
    specified_by: "specifiedByURL",
    schema_description: "description",
};
const NONE: Parts =
    Parts { all_inputs: "", one_of: "", repeatable: "", specified_by: "", schema_description: "" };
/// The name of a draft, which some servers kept.
const SPECIFIED_BY_DRAFT: &str = "specifiedByURL: specifiedByUrl";

impl Parts {
    /// The parts that remain where a server refuses with these messages. Where they name none, only the oldest form of
    /// the query is left to try.
    fn after(self, messages: &[String]) -> Self {
        let mut parts = self;
        for message in messages {
            let names = |word: &str| message.contains(word);
            if names("includeDeprecated") || names("__InputValue") {
                parts.all_inputs = "";
            }
            if names("isOneOf") {
                parts.one_of = "";
            }
            if names("isRepeatable") {
                parts.repeatable = "";
            }
            if names("specifiedBy") {
                let first = self.specified_by == ALL.specified_by;
                parts.specified_by = if first { SPECIFIED_BY_DRAFT } else { "" };
            }
            if names("__Schema") && names("description") {
                parts.schema_description = "";
            }
        }
        if parts == self { NONE } else { parts }
    }

    fn query(self) -> String {
        let Parts { all_inputs, one_of, repeatable, specified_by, schema_description } = self;
        let deprecated = if all_inputs.is_empty() { "" } else { "isDeprecated deprecationReason" };
        let reference = "kind name ".to_owned() + &"ofType { kind name ".repeat(9) + &"} ".repeat(9);
        format!(
            "query IntrospectionQuery {{ __schema {{ {schema_description} queryType {{ name }} \
             mutationType {{ name }} subscriptionType {{ name }} types {{ ...Type }} \
             directives {{ name description {repeatable} locations args{all_inputs} {{ ...Input }} }} }} }} \
             fragment Type on __Type {{ kind name description {specified_by} {one_of} \
             fields(includeDeprecated: true) {{ name description args{all_inputs} {{ ...Input }} \
             type {{ ...Reference }} isDeprecated deprecationReason }} \
             inputFields{all_inputs} {{ ...Input }} interfaces {{ name }} \
             enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} \
             possibleTypes {{ name }} }} \
             fragment Input on __InputValue {{ name description type {{ ...Reference }} defaultValue {deprecated} }} \
             fragment Reference on __Type {{ {reference}}}"
        )
    }
}

#[derive(Deserialize)]
struct Response<'j> {
    #[serde(borrow)]
    data: Option<&'j RawValue>,
    #[serde(default)]
    errors: Option<Vec<ResponseError>>,
}

#[derive(Deserialize)]
struct ResponseError {
    #[serde(default)]
    message: String,
}

/// Asks a server for its schema; gives its answer as it came.
fn introspect(url: &Url, access: &Access) -> Result<String, String> {
    let mut parts = ALL;
    let mut first: Option<String> = None;
    for _ in 0..QUERIES {
        let body =
            serde_json::json!({"operationName": "IntrospectionQuery", "query": parts.query()}).to_string();
        let accept = "application/graphql-response+json, application/json;q=0.9";
        let answer = access.post_json(url, accept, body)?;
        let Some(messages) = judge(&answer)? else { return Ok(answer.text) };
        let message = shortened(messages.first().map_or("no reason", String::as_str));
        first.get_or_insert(message);
        if parts == NONE {
            break;
        }
        parts = parts.after(&messages);
    }
    Err(format!(
        "the server refuses introspection: {}; allow it for this caller, or give the schema as a file",
        first.unwrap_or_default()
    ))
}

/// What an answer says: nothing where it holds the schema, else why the server refused the query.
fn judge(answer: &http::Answer) -> Result<Option<Vec<String>>, String> {
    let status = answer.status;
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            return Err(format!(
                "answers {status}; give what it wants, such as --header 'Authorization: Bearer env:TOKEN'"
            ));
        }
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
            return Err(format!("answers {status}; is that where it takes GraphQL requests?"));
        }
        _ => {}
    }
    if answer.text.trim_start().starts_with('<') {
        return Err(format!(
            "answers {status} with an HTML page, no GraphQL; is the address right, and does it want a --header?"
        ));
    }
    let Ok(response) = serde_json::from_str::<Response<'_>>(answer.text.trim_start_matches('\u{FEFF}'))
    else {
        return Err(format!(
            "answers {status} with what is no answer to a GraphQL request; is the address right?"
        ));
    };
    let data = response.data.filter(|data| data.get() != "null");
    let messages: Vec<String> =
        response.errors.unwrap_or_default().into_iter().map(|error| error.message).collect();
    match (data, messages.is_empty()) {
        (Some(_), true) => Ok(None),
        (Some(_), false) => Err(format!(
            "answers with a part of its schema and an error: {}; a part cannot be compared",
            shortened(&messages[0])
        )),
        (None, false) => Ok(Some(messages)),
        (None, true) => {
            Err(format!("answers {status} with neither data nor errors; is that a GraphQL server?"))
        }
    }
}

/// A message of a server, in one line of bounded length.
fn shortened(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MESSAGE_CHARS {
        return line;
    }
    line.chars().take(MESSAGE_CHARS).chain(['…']).collect()
}
