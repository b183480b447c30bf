//! Logs of operations: one JSON object a line with the document that was sent and who sent it, or a Hive usage report.
//!
//! A log has gigabytes and few different documents. [`LogReader`] takes it piece by piece and keeps each document once,
//! so that its memory is bounded by what differs. What is wrong with a line is told with its number; the others count.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;
use jiff::Timestamp;
use schemacheck_graphql::normal_form::normal_form;
use schemacheck_graphql::source::RecordedPlace;
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{ClientRef, Recorded, Traffic, json};

/// Bounds on a log, so that no input takes the memory.
#[derive(Clone, Copy, Debug)]
pub struct LogLimits {
    /// How many bytes a line may have.
    pub line: usize,
    /// How many different documents there may be.
    pub documents: usize,
    /// How many bytes the different documents may have together.
    pub document_bytes: usize,
    /// How many clients the documents may have, counted for each document.
    pub clients: usize,
}

impl Default for LogLimits {
    fn default() -> Self {
        LogLimits { line: 16 << 20, documents: 250_000, document_bytes: 1 << 30, clients: 1_000_000 }
    }
}

/// How many damaged lines are told one by one.
const MAX_ERRORS: usize = 20;

/// How many bytes of texts are remembered as they stand in the file, to know a document again without decoding it.
const REMEMBERED: usize = 64 << 20;

/// How many lines at the beginning decide whether a file is a log.
const LINES_THAT_TELL: usize = 10;

/// Whether a file is a log, by its first bytes: one of the first lines is an entry. The file may be longer.
pub fn is_log(head: &[u8]) -> bool {
    let head = head.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(head);
    let mut lines = head.split_inclusive(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    // A list over many lines is no log, and a document begins with no quoted key.
    let first_is_object = || head.trim_ascii_start().first() == Some(&b'{');
    first_is_object()
        && lines.by_ref().take(LINES_THAT_TELL).any(|line| {
            let entry = serde_json::from_slice::<Entry<'_>>(line.trim_ascii());
            entry.is_ok_and(|entry| entry.document.is_some() || entry.is_usage_report())
        })
}

/// Whether a whole text is one entry of a log that is written over several lines.
pub fn is_entry(text: &str) -> bool {
    json::looks_like_json(text) && json::parse::<Entry<'_>>(text).is_ok_and(|entry| entry.is_usage_report())
}

/// What a log holds.
#[derive(Debug)]
pub struct Log {
    /// The different documents in the order of their first lines.
    pub documents: Vec<Recorded>,
    /// What is wrong, the first ones: line from 1, and why.
    pub errors: Vec<(u64, String)>,
    /// How many more lines are damaged.
    pub more_errors: u64,
}

/// Reads a log piece by piece.
#[derive(Debug)]
pub struct LogReader {
    /// The log, as messages name it.
    file: String,
    limits: LogLimits,
    /// The line that the next byte belongs to, from 1.
    line: u64,
    /// The beginning of a line of which the end has not come yet.
    begun: Vec<u8>,
    documents: Vec<Logged>,
    document_bytes: usize,
    client_count: usize,
    /// By the text as it stands in the file; forgotten when it grows too large.
    by_literal: HashMap<Box<str>, usize>,
    literal_bytes: usize,
    by_normal_form: HashMap<[u8; 32], usize>,
    clients: Vec<ClientRef>,
    client_numbers: HashMap<ClientRef, u32>,
    last_client: Option<(Box<str>, Option<u32>)>,
    last_time: Option<(Box<str>, Timestamp)>,
    errors: Vec<(u64, String)>,
    more_errors: u64,
    /// A limit was hit: nothing more is read.
    stopped: bool,
}

#[derive(Debug)]
struct Logged {
    text: String,
    places: Vec<RecordedPlace>,
    clients: BTreeSet<u32>,
    count: u64,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
}

/// A line: an entry of our own form, or a Hive usage report.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    #[serde(borrow)]
    document: Option<&'a RawValue>,
    #[serde(borrow)]
    client: Option<&'a RawValue>,
    count: Option<u64>,
    #[serde(borrow)]
    first_seen: Option<&'a RawValue>,
    #[serde(borrow)]
    last_seen: Option<&'a RawValue>,
    #[serde(borrow)]
    map: Option<&'a RawValue>,
    #[serde(borrow)]
    operations: Option<&'a RawValue>,
    #[serde(borrow)]
    subscription_operations: Option<&'a RawValue>,
}

impl Entry<'_> {
    fn is_usage_report(&self) -> bool {
        #[derive(Deserialize)]
        struct Likely<'a> {
            #[serde(borrow, rename = "operation")]
            _operation: &'a RawValue,
        }
        self.map.is_some_and(|map| {
            serde_json::from_str::<BTreeMap<Cow<'_, str>, Likely<'_>>>(map.get())
                .is_ok_and(|map| !map.is_empty())
        })
    }
}

#[derive(Deserialize)]
struct Client<'a> {
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    version: Option<Cow<'a, str>>,
}

/// An operation of a Hive usage report.
#[derive(Deserialize)]
struct HiveOperation<'a> {
    #[serde(borrow)]
    operation: &'a RawValue,
}

/// A request of a Hive usage report.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HiveRequest<'a> {
    #[serde(borrow)]
    operation_map_key: Cow<'a, str>,
    /// In milliseconds since 1970.
    timestamp: i64,
    #[serde(borrow)]
    metadata: Option<HiveMetadata<'a>>,
}

#[derive(Deserialize)]
struct HiveMetadata<'a> {
    #[serde(borrow)]
    client: Option<&'a RawValue>,
}

/// A time as a log writes it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Time<'a> {
    Milliseconds(i64),
    #[serde(borrow)]
    Text(Cow<'a, str>),
}

/// What is wrong with a line.
type Wrong = String;

impl LogReader {
    /// Begins a log that messages name `file`.
    pub fn new(file: &str, limits: LogLimits) -> Self {
        LogReader {
            file: file.to_owned(),
            limits,
            line: 1,
            begun: Vec::new(),
            documents: Vec::new(),
            document_bytes: 0,
            client_count: 0,
            by_literal: HashMap::new(),
            literal_bytes: 0,
            by_normal_form: HashMap::new(),
            clients: Vec::new(),
            client_numbers: HashMap::new(),
            last_client: None,
            last_time: None,
            errors: Vec::new(),
            more_errors: 0,
            stopped: false,
        }
    }

    /// Takes the next bytes; false where a limit was hit and nothing more will be read.
    pub fn push(&mut self, mut bytes: &[u8]) -> bool {
        while let Some(end) = memchr::memchr(b'\n', bytes) {
            let (line, rest) = bytes.split_at(end);
            bytes = &rest[1..];
            if self.begun.is_empty() {
                self.take_line(line);
            } else {
                let mut begun = std::mem::take(&mut self.begun);
                begun.extend_from_slice(line);
                self.take_line(&begun);
                begun.clear();
                self.begun = begun;
            }
            self.line += 1;
            if self.stopped {
                return false;
            }
        }
        self.begun.extend_from_slice(bytes);
        if self.begun.len() > self.limits.line {
            let most = self.limits.line;
            self.stop(format!("the line has more than {most} bytes; a log has one entry a line"));
        }
        !self.stopped
    }

    /// Takes a whole text as one entry.
    pub fn push_entry(&mut self, text: &str) {
        self.take_line(text.trim_start_matches('\u{FEFF}').as_bytes());
    }

    /// The end of the log.
    pub fn finish(mut self) -> Log {
        let last = std::mem::take(&mut self.begun);
        if !self.stopped {
            self.take_line(&last);
        }
        let clients = &self.clients;
        let document = |logged: Logged| {
            let mut sent_by: Vec<ClientRef> =
                logged.clients.iter().map(|&number| clients[number as usize].clone()).collect();
            sent_by.sort();
            // In whole seconds, so that the texts sort as the times do.
            let seen = |time: Option<Timestamp>| {
                time.and_then(|time| Timestamp::from_second(time.as_second()).ok())
                    .map(|time| time.to_string())
            };
            Recorded {
                text: logged.text,
                places: logged.places,
                clients: sent_by,
                holes: Vec::new(),
                traffic: Some(Traffic {
                    count: logged.count,
                    first_seen: seen(logged.first),
                    last_seen: seen(logged.last),
                }),
            }
        };
        let documents = self.documents.into_iter().map(document).collect();
        Log { documents, errors: self.errors, more_errors: self.more_errors }
    }

    fn stop(&mut self, why: String) {
        self.wrong(why);
        self.stopped = true;
    }

    fn wrong(&mut self, why: Wrong) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push((self.line, why));
        } else {
            self.more_errors += 1;
        }
    }

    fn take_line(&mut self, line: &[u8]) {
        let line = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(line);
        if line.trim_ascii().is_empty() {
            return;
        }
        let read = match serde_json::from_slice::<Entry<'_>>(line) {
            Err(error) => Err(json::message(&error)),
            Ok(entry) => self.take_entry(line, &entry),
        };
        if let Err(wrong) = read {
            self.wrong(wrong);
        }
    }

    fn take_entry(&mut self, line: &[u8], entry: &Entry<'_>) -> Result<(), Wrong> {
        let Some(document) = entry.document else {
            return match entry.map {
                Some(map) => self.take_usage_report(line, map, entry),
                None => Err("has no document; an entry is {\"document\": \"query …\"}".into()),
            };
        };
        // Everything is read before anything is counted: a damaged line counts for nothing.
        let client = self.client(entry.client)?;
        let first = entry.first_seen.map(|time| self.time(time)).transpose()?;
        let last = entry.last_seen.map(|time| self.time(time)).transpose()?;
        let document = self.document(line, document)?;
        self.count(document, client, entry.count.unwrap_or(1), [first, last]);
        Ok(())
    }

    fn take_usage_report(&mut self, line: &[u8], map: &RawValue, entry: &Entry<'_>) -> Result<(), Wrong> {
        let map: BTreeMap<Cow<'_, str>, HiveOperation<'_>> =
            serde_json::from_str(map.get()).map_err(|error| json::message(&error))?;
        let mut numbers = BTreeMap::new();
        for (key, operation) in &map {
            let document = self.document(line, operation.operation)?;
            self.count(document, None, 0, [None; 2]);
            numbers.insert(&**key, document);
        }
        for requests in [entry.operations, entry.subscription_operations].into_iter().flatten() {
            let requests: Vec<HiveRequest<'_>> =
                serde_json::from_str(requests.get()).map_err(|error| json::message(&error))?;
            for request in requests {
                let Some(&document) = numbers.get(&*request.operation_map_key) else {
                    let key = request.operation_map_key;
                    self.wrong(format!("the usage report has a request of {key:?}, which is not in its map"));
                    continue;
                };
                let client = self.client(request.metadata.and_then(|metadata| metadata.client))?;
                let time =
                    Timestamp::from_millisecond(request.timestamp).map_err(|error| error.to_string())?;
                self.count(document, client, 1, [Some(time); 2]);
            }
        }
        Ok(())
    }

    fn count(&mut self, document: usize, client: Option<u32>, count: u64, seen: [Option<Timestamp>; 2]) {
        let logged = &mut self.documents[document];
        logged.count = logged.count.saturating_add(count);
        for time in seen.into_iter().flatten() {
            logged.first = Some(logged.first.map_or(time, |first| first.min(time)));
            logged.last = Some(logged.last.map_or(time, |last| last.max(time)));
        }
        if let Some(client) = client
            && logged.clients.insert(client)
        {
            self.client_count += 1;
            if self.client_count > self.limits.clients {
                self.stop(format!(
                    "the documents have more than {} clients; is something else than a version in client.version?",
                    self.limits.clients
                ));
            }
        }
    }

    /// The number of the document in a JSON string of the line.
    fn document(&mut self, line: &[u8], literal: &RawValue) -> Result<usize, Wrong> {
        if let Some(&known) = self.by_literal.get(literal.get()) {
            return Ok(known);
        }
        let text: String = serde_json::from_str(literal.get())
            .map_err(|_| "document is no text that holds a GraphQL document".to_owned())?;
        let normal_form: [u8; 32] = Sha256::digest(normal_form(&text)).into();
        let number = if let Some(&known) = self.by_normal_form.get(&normal_form) {
            known
        } else {
            self.document_bytes += text.len();
            if self.documents.len() == self.limits.documents
                || self.document_bytes > self.limits.document_bytes
            {
                self.stopped = true;
                return Err(format!(
                    "the log has more than {} different documents or {} bytes of them; send values as \
                     variables, or split the log",
                    self.limits.documents, self.limits.document_bytes
                ));
            }
            let places = self.places(line, literal.get());
            self.documents.push(Logged {
                text,
                places,
                clients: BTreeSet::new(),
                count: 0,
                first: None,
                last: None,
            });
            self.by_normal_form.insert(normal_form, self.documents.len() - 1);
            self.documents.len() - 1
        };
        self.literal_bytes += literal.get().len();
        if self.literal_bytes > REMEMBERED {
            self.by_literal.clear();
            self.literal_bytes = literal.get().len();
        }
        self.by_literal.insert(literal.get().into(), number);
        Ok(number)
    }

    /// Where the parts of a JSON string stand: one behind every escape sequence.
    fn places(&self, line: &[u8], literal: &str) -> Vec<RecordedPlace> {
        let start = literal.as_ptr() as usize - line.as_ptr() as usize;
        let mut place = RecordedPlace { at: 0, file: self.file.clone(), line: self.line as u32, column: 1 };
        let mut advance = |at: u32, bytes: &[u8]| {
            // An entry may take several lines.
            let text = String::from_utf8_lossy(bytes);
            let mut lines = text.split('\n');
            let first = lines.next().unwrap_or_default();
            let width = |text: &str| text.chars().map(|char| char.len_utf16() as u32).sum::<u32>();
            place.column += width(first);
            for line in lines {
                place.line += 1;
                place.column = 1 + width(line);
            }
            place.at = at;
            place.clone()
        };
        let mut places = vec![advance(0, &line[..=start])];
        let mut done = 1;
        for (local, at) in json::breaks(literal) {
            places.push(advance(local as u32, &literal.as_bytes()[done..at]));
            done = at;
        }
        places
    }

    fn client(&mut self, literal: Option<&RawValue>) -> Result<Option<u32>, Wrong> {
        let Some(literal) = literal else { return Ok(None) };
        if let Some((last, number)) = &self.last_client
            && **last == *literal.get()
        {
            return Ok(*number);
        }
        let client: Option<Client<'_>> = serde_json::from_str(literal.get())
            .map_err(|error| format!("client: {}", json::message(&error)))?;
        let named =
            client.and_then(|client| Some((client.name.filter(|name| !name.is_empty())?, client.version)));
        let number = named.map(|(name, version)| {
            let version = version.filter(|version| !version.is_empty()).map(Cow::into_owned);
            let client = ClientRef { name: name.into_owned(), version };
            let next = self.clients.len() as u32;
            *self.client_numbers.entry(client).or_insert_with_key(|client| {
                self.clients.push(client.clone());
                next
            })
        });
        self.last_client = Some((literal.get().into(), number));
        Ok(number)
    }

    /// A time: RFC 3339, or milliseconds since 1970.
    fn time(&mut self, literal: &RawValue) -> Result<Timestamp, Wrong> {
        if let Some((last, time)) = &self.last_time
            && **last == *literal.get()
        {
            return Ok(*time);
        }
        let time = match serde_json::from_str(literal.get()) {
            Ok(Time::Milliseconds(time)) => Timestamp::from_millisecond(time).ok(),
            Ok(Time::Text(text)) => text.parse().ok(),
            Err(_) => None,
        };
        let time =
            time.ok_or("a time is written as \"2026-01-30T18:06:03Z\" or in milliseconds since 1970")?;
        self.last_time = Some((literal.get().into(), time));
        Ok(time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(log: &str, piece: usize, limits: LogLimits) -> Log {
        let mut reader = LogReader::new("log", limits);
        for bytes in log.as_bytes().chunks(piece) {
            if !reader.push(bytes) {
                break;
            }
        }
        reader.finish()
    }

    const LOG: &str = "\u{FEFF}{\"document\": \"{ ä\\n\\u00e9\\ud83d\\ude00 b }\"}\r\n\n{\"document\":\"{a}\"}\n{\"document\": \"{ a }\"}";

    #[test]
    fn the_pieces_that_a_log_comes_in_make_no_difference() {
        let whole = read(LOG, LOG.len(), LogLimits::default());
        assert_eq!(whole.documents.len(), 2);
        assert!(whole.errors.is_empty(), "{:?}", whole.errors);
        for piece in 1..20 {
            assert_eq!(read(LOG, piece, LogLimits::default()).documents, whole.documents);
        }
    }

    #[test]
    fn the_places_of_a_document_are_those_of_its_characters_in_the_line() {
        let log = read(LOG, 7, LogLimits::default());
        let Recorded { text, places, .. } = &log.documents[0];
        assert_eq!(text, "{ ä\né\u{1F600} b }");
        // Columns in the line without the byte order mark; `\ud83d\ude00` is one character.
        let found: Vec<(&str, u32, u32)> =
            places.iter().map(|place| (&text[place.at as usize..], place.line, place.column)).collect();
        let expected = [
            ("{ ä\né\u{1F600} b }", 1, 15),
            ("é\u{1F600} b }", 1, 20),
            ("\u{1F600} b }", 1, 26),
            (" b }", 1, 38),
        ];
        assert_eq!(found, expected);
        assert_eq!((log.documents[1].places[0].line, log.documents[1].places[0].column), (3, 14));
    }

    #[test]
    fn a_bound_that_is_hit_ends_the_log_with_an_error() {
        let limits = LogLimits { line: 60, documents: 2, document_bytes: 20, clients: 2 };
        let error = |log: &str| {
            let log = read(log, 10, limits);
            assert_eq!(log.errors.len(), 1, "{:?}", log.errors);
            log.errors.into_iter().next().unwrap()
        };
        let line = |document: &str, client: &str| {
            format!("{{\"document\":\"{document}\",\"client\":{{\"name\":\"{client}\"}}}}\n")
        };
        let (number, message) = error(&(line("{a}", "x") + &line("{b}", "x") + &line("{c}", "x") + "?\n?\n"));
        assert_eq!(number, 3);
        assert!(message.contains("more than 2 different documents"), "{message}");
        let (number, message) = error(&(line("{a}", "x") + &line("{bbbbbbbbbbbbbbbbbbbb}", "x") + "?\n"));
        assert!(number == 2 && message.contains("20 bytes"), "{message}");
        let (number, message) = error(&(line("{a}", "x") + &line("{a}", "y") + &line("{a}", "z") + "?\n"));
        assert!(number == 3 && message.contains("more than 2 clients"), "{message}");
        let (number, message) = error(&(line("{a}", "x") + &" ".repeat(80) + "\n?\n"));
        assert!(number == 2 && message.contains("more than 60 bytes"), "{message}");
        // What was read before counts.
        assert_eq!(read(&(line("{a}", "x") + &"x".repeat(80)), 10, limits).documents.len(), 1);
    }

    #[test]
    fn only_a_log_is_taken_for_one() {
        for log in [
            LOG,
            "\n{\"damaged\n{\"document\": \"{a}\"}",
            "{\"map\": {\"k\": {\"operation\": \"{a}\"}}, \"operations\": []}",
        ] {
            assert!(is_log(log.as_bytes()), "{log}");
        }
        for other in [
            "{ document }",
            "query A { document }",
            "{\"a\": 1}\n{\"a\": 2}\n",
            "[{\"document\": \"{a}\"}]",
            "{\n\"document\": \"{a}\"\n}",
            "{\"operations\": [{\"query\": \"{a}\"}]}",
            "",
        ] {
            assert!(!is_log(other.as_bytes()), "{other}");
        }
    }
}
