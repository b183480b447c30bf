//! Schemas of live servers: real ones of several ages, and hostile ones; and a hostile GitHub.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write files, and fail where they cannot"
)]

use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

#[path = "support/node.rs"]
mod node;
#[path = "support/program.rs"]
mod program;
#[path = "support/python.rs"]
mod python;

use program::{Answer, Request, Scripted, Server, folder, report_with, respond, root, run_with};

const NO_WARNINGS: [&str; 0] = [];

fn graphql_js(version: u8, sdl: &Path) -> Server {
    let script = root().join("tests/sources/server.js");
    let package = node::published(&format!("graphql-{version}"));
    Server::start(Command::new("node").arg(script).arg(package).arg(sdl))
}

/// The warnings of a report: what the introspection does not tell.
fn warnings(report: &Value) -> Vec<&str> {
    let found = report["diagnostics"].as_array().unwrap().iter();
    found.map(|found| found["message"].as_str().unwrap()).collect()
}

/// Compares SDL with a server that has the same schema.
fn against(sdl: &Path, url: &str) -> Value {
    let (code, report) = report_with(&root(), &["diff", sdl.to_str().unwrap(), url], &[]);
    assert_eq!(code, 0, "{url}: {}", report["reasons"]);
    report
}

#[test]
fn the_schema_of_a_server_is_the_one_that_its_sdl_says() {
    let sdl = root().join("tests/sources/schema.graphql");
    for version in [16, 17] {
        let server = graphql_js(version, &sdl);
        let report = against(&sdl, &server.url);
        assert_eq!((warnings(&report), &report["changes"]), (NO_WARNINGS.to_vec(), &json!([])), "{version}");
    }
}

#[test]
fn what_an_older_server_does_not_tell_is_unknown() {
    let old = root().join("tests/sources/old.graphql");
    let server = graphql_js(14, &old);
    let report = against(&old, &server.url);
    let told = warnings(&report);
    for part in ["which arguments and input fields are deprecated", "@oneOf", "repeatable", "@specifiedBy"] {
        assert!(told.iter().any(|told| told.contains(part)), "{part} is not in {told:?}");
    }
    assert_eq!((told.len(), &report["changes"]), (4, &json!([])));

    // This one has all but @oneOf, and one name of a draft.
    let sdl = root().join("tests/sources/schema.graphql");
    let server = graphql_js(15, &sdl);
    let report = against(&sdl, &server.url);
    let told = warnings(&report);
    assert!(told.len() == 1 && told[0].contains("@oneOf"), "{told:?}");
    assert_eq!(report["changes"], json!([]));

    // The oldest cannot even read two things.
    let newer = fs::read_to_string(&sdl).unwrap();
    let described = newer.find("schema {").unwrap();
    let readable = newer[described..].replace(" repeatable ", " ");
    let work = folder(&[("readable.graphql", &readable), ("schema.graphql", &newer[described..])]);
    let server = graphql_js(14, &work.path().join("readable.graphql"));
    let schema = work.path().join("schema.graphql");
    let report = against(&schema, &server.url);
    assert_eq!((warnings(&report).len(), &report["changes"]), (4, &json!([])));
    let (_, backward) = report_with(work.path(), &["diff", &server.url, "schema.graphql"], &[]);
    assert_eq!(backward["changes"], json!([]));
}

#[test]
fn introspect_writes_the_sdl_that_the_server_has() {
    let sdl = root().join("tests/sources/schema.graphql");
    let server = graphql_js(17, &sdl);
    let work = folder(&[]);
    let answer = run_with(work.path(), &["introspect", &server.url], &[]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert!(answer.out.contains("old: Int @deprecated(reason: \"Use reason.\")"), "{}", answer.out);
    // What graphql-js reads in it is what graphql-js has.
    let address = server.url.replace("/graphql", "/printed");
    let both = post(&address, &answer.out);
    assert_eq!(both[0], both[1]);

    let written = run_with(work.path(), &["introspect", &server.url, "--output", "live.graphql"], &[]);
    assert_eq!((written.code, written.told().trim()), (0, ""));
    assert_eq!(fs::read_to_string(work.path().join("live.graphql")).unwrap(), answer.out);
    // Places of a live schema are lines of that text.
    fs::write(work.path().join("less.graphql"), answer.out.replace("  json: Json\n", "")).unwrap();
    let (_, report) = report_with(work.path(), &["diff", &server.url, "less.graphql"], &[]);
    let place = &report["changes"][0]["old"];
    assert_eq!(place["file"].as_str(), Some(server.url.as_str()));
    let line = answer.out.lines().nth(place["line"].as_u64().unwrap() as usize - 1);
    assert_eq!(line, Some("  json: Json"));
}

fn post(address: &str, body: &str) -> Vec<String> {
    let rest = address.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let request = format!(
        "POST /{path} HTTP/1.0\r\nhost: {host}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let answer = std::io::read_to_string(stream).unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[test]
fn a_strawberry_server_tells_everything() {
    let python = python::python("requirements.txt");
    let script = root().join("tests/sources/server.py");
    let sdl = Command::new(&python).arg(&script).arg("--sdl").output().unwrap();
    let work = folder(&[("schema.graphql", std::str::from_utf8(&sdl.stdout).unwrap())]);
    let server = Server::start(Command::new(&python).arg(&script));
    let (code, report) = report_with(work.path(), &["diff", "schema.graphql", &server.url], &[]);
    assert_eq!((code, warnings(&report), &report["changes"]), (0, NO_WARNINGS.to_vec(), &json!([])));
    let answer = run_with(work.path(), &["introspect", &server.url], &[]);
    for deprecated in [
        "limit: Int = null @deprecated(reason: \"Use first.\")",
        "words: String = null @deprecated",
        "@oneOf",
    ] {
        assert!(answer.out.contains(deprecated), "{deprecated} is not in {}", answer.out);
    }
}

const SDL: &str = "type Query {\n  a: Int\n}\n";

/// The answer of a server with the schema of [`SDL`].
fn schema(description: &str) -> String {
    let query = json!({"kind": "OBJECT", "name": "Query", "description": description, "interfaces": [], "fields": [
        {"name": "a", "args": [], "type": {"kind": "SCALAR", "name": "Int"}, "isDeprecated": false},
    ]});
    let types = json!([query, {"kind": "SCALAR", "name": "Int"}]);
    json!({"data": {"__schema": {"queryType": {"name": "Query"}, "types": types, "directives": []}}})
        .to_string()
}

fn ok(stream: &mut TcpStream, body: &str) {
    respond(stream, "200 OK", "content-type: application/json\r\n", body.as_bytes());
}

/// Introspects a server that answers in this way.
fn introspect(
    arguments: &[&str],
    answer: impl Fn(&Request, usize, &mut TcpStream) + Send + Sync + 'static,
) -> (Answer, Vec<Request>) {
    let server = Scripted::start(answer);
    let work = folder(&[]);
    let url = format!("{}/graphql?key=hidden-in-the-query", server.url);
    let variables = [("TOKEN", "s3cret/token+value=="), ("PLAIN", "other-s3cret")];
    let answer = run_with(work.path(), &[&["introspect", &url], arguments].concat(), &variables);
    assert!(!answer.told().contains("s3cret"), "a credential shows: {}", answer.told());
    assert!(!answer.told().contains("hidden-in-the-query"), "the query shows: {}", answer.told());
    (answer, server.requests())
}

/// Checks that a server cannot be used, and why.
fn refused(expected: &str, answer: impl Fn(&Request, usize, &mut TcpStream) + Send + Sync + 'static) {
    let (answer, _) = introspect(&["--timeout", "20"], answer);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{expected}");
    let lines: Vec<&str> = answer.err.lines().filter(|line| line.starts_with("error: ")).collect();
    assert!(lines.iter().any(|line| line.contains(expected)), "{expected} is not in {}", answer.err);
    assert!(lines[0].contains("http://127.0.0.1:"), "{lines:?} names no server");
}

#[test]
fn what_is_no_answer_ends_as_an_error_that_says_so() {
    refused("HTML page", |_, _, stream| {
        respond(stream, "200 OK", "content-type: text/html\r\n", b"\n<!DOCTYPE html><title>Sign in</title>");
    });
    refused("401 Unauthorized; give what it wants", |_, _, stream| {
        respond(stream, "401 Unauthorized", "", b"{}");
    });
    refused("403 Forbidden; give what it wants", |_, _, stream| {
        respond(stream, "403 Forbidden", "", b"<html>");
    });
    refused("404 Not Found; is that where", |_, _, stream| respond(stream, "404 Not Found", "", b""));
    refused("no answer to a GraphQL request", |_, _, stream| ok(stream, "{\"data\": {\"__schema\": "));
    refused("neither data nor errors", |_, _, stream| ok(stream, "{}"));
    refused("with what is no text", |_, _, stream| respond(stream, "200 OK", "", b"\xff\xfe{\0"));
}

#[test]
fn a_part_of_a_schema_is_none() {
    refused("a part cannot be compared", |_, _, stream| {
        ok(stream, &schema("").replacen('{', "{\"errors\": [{\"message\": \"resolver failed\"}],", 1));
    });
    refused("does not list the fields of Query", |_, _, stream| {
        ok(stream, &schema("").replace("\"fields\"", "\"elds\""));
    });
    refused("the type Nit is not defined", |_, _, stream| {
        ok(stream, &schema("").replacen("\"name\":\"Int\"", "\"name\":\"Nit\"", 1));
    });
}

#[test]
fn a_server_that_refuses_introspection_is_asked_in_the_oldest_form_and_then_believed() {
    let (answer, requests) = introspect(&[], |_, _, stream| {
        let body = b"{\"errors\": [{\"message\": \"introspection is\\n disabled\"}]}";
        respond(stream, "400 Bad Request", "content-type: application/json\r\n", body);
    });
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains("refuses introspection: introspection is disabled; allow it"),
        "{}",
        answer.err
    );
    assert_eq!(requests.len(), 2);
    assert!(requests[0].body.contains("isOneOf") && !requests[1].body.contains("isOneOf"));
}

#[test]
fn a_busy_server_is_asked_again_and_not_for_ever() {
    let (answer, requests) = introspect(&[], |_, before, stream| match before {
        0 => respond(stream, "503 Service Unavailable", "", b"busy"),
        1 => respond(stream, "429 Too Many Requests", "retry-after: 1\r\n", b""),
        2 => {}
        _ => ok(stream, &schema("")),
    });
    assert_eq!((answer.code, requests.len()), (0, 4), "{}", answer.err);
    assert_eq!(answer.out, "\"\"\"\"\"\"\ntype Query {\n  a: Int\n}\n");
    assert!(answer.err.contains("429 Too Many Requests; trying again in 1.0 s"), "{}", answer.err);
    refused("answers 503 Service Unavailable, 4 times", |_, _, stream| {
        respond(stream, "503 Service Unavailable", "", b"");
    });
    refused("wants 3600 s of rest, which is beyond the limit of 20 s", |_, _, stream| {
        respond(stream, "429 Too Many Requests", "retry-after: 3600\r\n", b"");
    });
}

#[test]
fn an_answer_without_end_has_one() {
    refused("more than 64 MiB", |_, _, stream| {
        let mut bomb = GzEncoder::new(Vec::new(), Compression::fast());
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..65 {
            bomb.write_all(&zeros).unwrap();
        }
        respond(stream, "200 OK", "content-encoding: gzip\r\n", &bomb.finish().unwrap());
    });
    refused("in the coding br", |_, _, stream| {
        respond(stream, "200 OK", "content-encoding: br\r\n", b"\x0b\x02");
    });
    let (answer, _) = introspect(&["--timeout", "2"], |_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        while stream.write_all(b"1\r\n \r\n").is_ok() {
            sleep(Duration::from_millis(50));
        }
    });
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("gave no whole answer within 2 s"), "{}", answer.err);
    refused("broke off", |_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"data\": {}}");
    });
}

#[test]
fn a_compressed_answer_is_read() {
    let (answer, requests) = introspect(&[], |_, _, stream| {
        let mut text = GzEncoder::new(Vec::new(), Compression::fast());
        text.write_all(schema("d").as_bytes()).unwrap();
        respond(stream, "200 OK", "content-encoding: gzip\r\n", &text.finish().unwrap());
    });
    assert_eq!((answer.code, answer.out.as_str()), (0, "\"\"\"d\"\"\"\ntype Query {\n  a: Int\n}\n"));
    assert_eq!(requests[0].header("accept-encoding"), Some("gzip"));
}

const HEADERS: [&str; 4] =
    ["--header", "Authorization: Bearer env:TOKEN", "--header", "X-Api-Key: env:PLAIN"];

#[test]
fn a_redirect_leads_nowhere_else() {
    let elsewhere = Scripted::start(|_, _, stream| ok(stream, &schema("")));
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let target = format!("{}/graphql?token=s3cret", elsewhere.url);
        let (answer, requests) = introspect(&HEADERS, move |_, _, stream| {
            respond(stream, status, &format!("location: {target}\r\n"), b"");
        });
        assert_eq!((answer.code, requests.len()), (2, 1), "{status}");
        let expected = format!("redirects to {}/graphql?…, where nothing is sent", elsewhere.url);
        assert!(answer.err.contains(&expected), "{}", answer.err);
    }
    assert_eq!(elsewhere.requests().len(), 0);
    // On the same server it is followed, as the same request.
    let (answer, requests) = introspect(&HEADERS, |request, _, stream| {
        if request.head.starts_with("POST /graphql?") {
            respond(stream, "308 Permanent Redirect", "location: /graphql/\r\n", b"");
        } else {
            ok(stream, &schema(""));
        }
    });
    assert_eq!((answer.code, requests.len()), (0, 2), "{}", answer.err);
    assert_eq!(requests[1].header("authorization"), Some("Bearer s3cret/token+value=="));
    assert_eq!(requests[0].body, requests[1].body);
    refused("redirects more than 5 times", |_, _, stream| {
        respond(stream, "307 x", "location: /graphql\r\n", b"");
    });
    refused("answers 303 See Other", |_, _, stream| {
        respond(stream, "303 See Other", "location: /a\r\n", b"");
    });
}

#[test]
fn a_secret_that_the_server_repeats_does_not_show() {
    let echo = |request: &Request| request.header("authorization").unwrap().to_owned();
    let (answer, requests) = introspect(&HEADERS, move |request, _, stream| {
        let message = format!("no such token: {} {}", echo(request), request.header("x-api-key").unwrap());
        ok(stream, &json!({"errors": [{"message": message}]}).to_string().replace('/', "\\/"));
    });
    assert_eq!(requests[0].header("x-api-key"), Some("other-s3cret"));
    assert!(answer.err.contains("no such token: Bearer *** ***"), "{}", answer.err);
    let (answer, _) = introspect(&HEADERS, move |request, _, stream| ok(stream, &schema(&echo(request))));
    assert!(answer.out.starts_with("\"\"\"Bearer ***\"\"\"\ntype Query"), "{}", answer.out);
}

#[test]
fn nobody_gets_the_header_of_another_host() {
    let servers = [0, 1].map(|_| Scripted::start(|_, _, stream| ok(stream, &schema(""))));
    let [old, new] = [&servers[0].url, &servers[1].url];
    let work = folder(&[("schema.graphql", SDL)]);
    let diff = |headers: &[&str]| {
        let arguments = [&["diff", old.as_str(), new.as_str()], headers].concat();
        let answer = run_with(work.path(), &arguments, &[("TOKEN", "s3cret-token")]);
        assert!(!answer.told().contains("s3cret"), "{}", answer.told());
        answer
    };
    let unclear = diff(&["--header", "X-Key: env:TOKEN"]);
    assert_eq!(unclear.code, 2);
    assert!(unclear.out.contains("--header x-key: is it for"), "{}", unclear.out);
    assert_eq!(servers.iter().map(|server| server.requests().len()).sum::<usize>(), 0);
    assert_eq!(diff(&["--header", &format!("{new} X-Key: env:TOKEN")]).code, 0);
    let sent = |server: &Scripted| server.requests()[0].header("x-key").map(str::to_owned);
    assert_eq!((sent(&servers[0]), sent(&servers[1])), (None, Some("s3cret-token".to_owned())));

    for (arguments, expected) in [
        (&["--header", "X-Key: env:NOWHERE"][..], "the environment has no variable NOWHERE"),
        (&["--header", "s3cret"], "a --header has no colon"),
        (&["--header", "X Key: s3cret"], "a --header has a name that no header can have"),
        (&["--header", "X-Key: s3cret\u{1}"], "characters that no header can have"),
    ] {
        let answer = diff(arguments);
        assert_eq!(answer.code, 2);
        assert!(answer.out.contains(expected), "{expected} is not in {}", answer.out);
    }
    for url in ["http://ann:s3cret@127.0.0.1:1/", "http://127.0.0.1:1/?token=s3cret"] {
        let answer = run_with(work.path(), &["diff", url, "schema.graphql", "--timeout", "1"], &[]);
        assert_eq!(answer.code, 2);
        assert!(!answer.told().contains("s3cret"), "{}", answer.told());
    }
}

#[test]
fn nothing_is_sent_in_the_clear_where_tls_is_asked_for() {
    let server = Scripted::start(|_, _, stream| ok(stream, &schema("")));
    let work = folder(&[]);
    let url = server.url.replace("http://", "https://");
    let arguments = ["introspect", &url, "--header", "X-Key: s3cret", "--timeout", "2"];
    let answer = run_with(work.path(), &arguments, &[]);
    assert_eq!((answer.code, server.requests().len()), (2, 0), "{}", answer.err);
    assert!(answer.err.contains("gave no whole answer within 2 s"), "{}", answer.err);
}

/// What a comment on a pull request does to a server that answers like this; gives the log, and the requests as method and
/// whether they hold the token.
fn comment(
    answer: impl Fn(&Request, usize, &mut TcpStream) + Send + Sync + 'static,
) -> (Answer, Vec<(String, bool)>) {
    let github = Scripted::start(answer);
    let work = folder(&[
        ("old.graphql", "type Query { a: Int b: Int }"),
        ("new.graphql", "type Query { a: Int }"),
        ("event.json", r#"{"pull_request": {"number": 7}}"#),
    ]);
    let event = work.path().join("event.json");
    let answer = run_with(
        work.path(),
        &["diff", "old.graphql", "new.graphql", "--format", "github", "--comment"],
        &[
            ("GITHUB_EVENT_PATH", event.to_str().unwrap()),
            ("GITHUB_TOKEN", "s3cret-token"),
            ("GITHUB_API_URL", &github.url),
            ("GITHUB_REPOSITORY", "team/api"),
            ("GITHUB_WORKFLOW", "api"),
            ("GITHUB_JOB", "schema"),
            ("GITHUB_STEP_SUMMARY", ""),
            ("GITHUB_OUTPUT", ""),
        ],
    );
    // Whatever becomes of the comment, the verdict stays.
    assert_eq!(answer.code, 1, "{}", answer.told());
    assert!(!answer.told().contains("s3cret"), "{}", answer.told());
    let requests = github.requests().into_iter().map(|request| {
        let method = request.head.split(' ').next().unwrap().to_owned();
        (method, request.header("authorization") == Some("Bearer s3cret-token"))
    });
    (answer, requests.collect())
}

#[test]
fn a_comment_is_written_once_whatever_github_answers() {
    let asked = |methods: &[&str]| -> Vec<(String, bool)> {
        methods.iter().map(|&method| (method.to_owned(), true)).collect()
    };
    // Reading is tried again; writing is not, for it may have been done.
    let (answer, requests) = comment(|request, before, stream| match before {
        0 => respond(stream, "503 Service Unavailable", "", b""),
        _ if request.head.starts_with("GET") => respond(stream, "200 OK", "", b"[]"),
        _ => respond(stream, "502 Bad Gateway", "", b""),
    });
    assert_eq!(requests, asked(&["GET", "GET", "POST"]));
    assert!(
        answer.out.contains("the comment could not be written: GitHub answers 502 Bad Gateway; try again"),
        "{}",
        answer.out
    );
    // A comment that may be there already is not written again.
    let bodies: [&[u8]; 3] = [b"<html>s3cret-token</html>", b"{}", &[0xFF, 0xFE, 0x00]];
    for body in bodies {
        let (answer, requests) = comment(move |_, _, stream| respond(stream, "200 OK", "", body));
        assert_eq!(requests, asked(&["GET"]));
        assert!(answer.out.contains("the comment could not be written: GitHub answers"), "{}", answer.out);
    }
    // The token is for nobody else.
    let other = Scripted::start(|_, _, stream| respond(stream, "200 OK", "", b"[]"));
    let location = format!("location: {}/elsewhere\r\n", other.url);
    let (answer, requests) =
        comment(move |_, _, stream| respond(stream, "307 Temporary Redirect", &location, b""));
    assert_eq!((requests, other.requests().len()), (asked(&["GET"]), 0));
    assert!(answer.out.contains("where nothing is sent"), "{}", answer.out);
}
