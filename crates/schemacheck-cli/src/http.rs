//! The one way out: requests with a deadline and a limit of bytes, and no credential for anybody but the host that it is
//! meant for.
//!
//! Nothing that a request carries is in a message: header values are marked as secret, addresses are shown without
//! their query, and where a server repeats a secret in its answer, the answer says `***` instead. The proxies of
//! `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` are used.

use std::cell::RefCell;
use std::error::Error;
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{Client, Method, Response, StatusCode, Url, redirect};

use crate::args::HttpArgs;
use crate::output::note;

/// The largest answer, after decompression.
const MAX_BYTES: usize = 64 << 20;
/// How often a request is tried that may come more than once.
pub(crate) const ATTEMPTS: u32 = 4;
/// How many redirects are followed, all on one origin.
const REDIRECTS: u32 = 5;
/// A word shorter than this is no secret that could be told from other text.
const SECRET_LENGTH: usize = 6;

/// What requests of this run carry, how long they may take, and where the registry lies.
pub(crate) struct Access {
    headers: Vec<Header>,
    timeout: Duration,
    /// Where the registry lies.
    pub(crate) registry: String,
}

/// A header, and who gets it.
pub(crate) struct Header {
    /// Only this scheme, host and port.
    origin: Option<String>,
    name: HeaderName,
    value: HeaderValue,
    /// What must not show anywhere.
    secrets: Vec<String>,
}

/// What is asked of a server.
pub(crate) struct Request<'r> {
    pub(crate) method: Method,
    pub(crate) url: &'r Url,
    pub(crate) headers: HeaderMap,
    /// Empty where nothing is sent.
    pub(crate) body: String,
    /// What must not show anywhere.
    pub(crate) secrets: Vec<String>,
    /// For the whole exchange, all attempts together.
    pub(crate) timeout: Duration,
    /// The flag that allows more time, where there is one.
    pub(crate) timeout_flag: Option<&'static str>,
    /// How often it is tried; once where it must not arrive twice.
    pub(crate) attempts: u32,
}

/// What a server answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
}

impl Access {
    /// Reads the headers of the command line for a run that may ask these sources. A header that names no host is only
    /// taken where there is no doubt whom it is for.
    pub(crate) fn new<'n>(
        args: &HttpArgs,
        configured: Vec<Header>,
        registry: String,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Result<Self, String> {
        let mut headers = args.header.iter().map(|text| Header::read(text)).collect::<Result<Vec<_>, _>>()?;
        let mut origins: Vec<String> =
            names.into_iter().filter_map(|name| address(name).ok()).map(|url| origin(&url)).collect();
        origins.sort();
        origins.dedup();
        if let ([first, .., last], Some(header)) =
            (&origins[..], headers.iter().find(|header| header.origin.is_none()))
        {
            return Err(format!(
                "--header {0}: is it for {first} or for {last}? write it as --header '{first} {0}: …'",
                header.name
            ));
        }
        headers.extend(configured);
        Ok(Access { headers, timeout: Duration::from_secs(args.timeout), registry })
    }

    /// Sends JSON to a server; gives its answer, whatever its status but those that a further attempt may change.
    pub(crate) fn post_json(&self, url: &Url, accept: &'static str, body: String) -> Result<Answer, String> {
        let mut headers = HeaderMap::new();
        headers.insert(reqwest::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(reqwest::header::ACCEPT, HeaderValue::from_static(accept));
        let mut secrets = Vec::new();
        let here = origin(url);
        for header in self.headers.iter().filter(|header| header.is_for(&here)) {
            headers.insert(header.name.clone(), header.value.clone());
            secrets.extend(header.secrets.iter().cloned());
        }
        send(&Request {
            method: Method::POST,
            url,
            headers,
            body,
            secrets,
            timeout: self.timeout,
            timeout_flag: Some("--timeout"),
            attempts: ATTEMPTS,
        })
    }
}

impl Header {
    /// `Name: value`, where a word `env:NAME` of the value stands for a variable of the environment. In front may stand
    /// the scheme and host that it is for.
    fn read(text: &str) -> Result<Self, String> {
        let form = "write it as --header 'Name: value', and a secret as 'Name: env:VARIABLE'";
        let (origin, rest) = match text.split_once(' ') {
            Some((first, rest)) if first.starts_with("http://") || first.starts_with("https://") => {
                (Some(origin(&address(first)?)), rest)
            }
            _ => (None, text),
        };
        // What stands in a header that is not understood may be a secret, and is not repeated.
        let (name, value) = rest.split_once(':').ok_or_else(|| format!("a --header has no colon; {form}"))?;
        Header::new(origin, name.trim(), value.trim())
    }

    /// A header for an origin; words `env:NAME` are read from the environment.
    pub(crate) fn new(origin: Option<String>, name: &str, value: &str) -> Result<Self, String> {
        let known = HeaderName::from_bytes(name.as_bytes());
        let name = known.map_err(|_| "a --header has a name that no header can have".to_owned())?;
        let mut secrets = Vec::new();
        let mut words = Vec::new();
        for word in value.split(' ') {
            words.push(match word.strip_prefix("env:") {
                None => word.to_owned(),
                Some(variable) => {
                    let value = variable_of(variable).map_err(|what| format!("the header {name}: {what}"))?;
                    secrets.extend(value.split(' ').map(str::to_owned));
                    secrets.push(value.clone());
                    value
                }
            });
        }
        if ["authorization", "proxy-authorization", "cookie"].contains(&name.as_str()) {
            secrets.extend(words.iter().cloned());
        }
        secrets.retain(|secret| secret != "Bearer");
        let value = HeaderValue::from_str(&words.join(" "));
        let mut value = value
            .map_err(|_| format!("the header {name}: its value has characters that no header can have"))?;
        value.set_sensitive(true);
        Ok(Header { origin, name, value, secrets })
    }

    /// The same, with more that must not show.
    pub(crate) fn hiding(mut self, secrets: Vec<String>) -> Self {
        self.secrets.extend(secrets);
        self
    }

    fn is_for(&self, origin: &str) -> bool {
        self.origin.as_deref().is_none_or(|own| own == origin)
    }
}

/// The value of a variable of the environment, which is there and not empty.
pub(crate) fn variable_of(name: &str) -> Result<String, String> {
    let value = std::env::var(name).map_err(|_| format!("the environment has no variable {name}"))?;
    let value = value.trim().to_owned();
    if value.is_empty() { Err(format!("the variable {name} is empty")) } else { Ok(value) }
}

/// An address to ask; one that carries a password is refused, for it would show in reports.
pub(crate) fn address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("is no address: {error}"))?;
    if !["http", "https"].contains(&url.scheme()) {
        return Err("is no address that begins with http:// or https://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        let help = "give it as --header 'Authorization: env:VARIABLE'";
        return Err(format!("the address holds a user or a password; {help}"));
    }
    Ok(url)
}

/// Scheme, host and port: who gets what is sent.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// An address as messages show it: without user, password, query and fragment, any of which may be a secret.
pub(crate) fn shown(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else { return text.to_owned() };
    if url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
    {
        return text.to_owned();
    }
    let query = url.query().is_some();
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    format!("{url}{}", if query { "?…" } else { "" })
}

/// Sends a request, again where the server is busy or cannot be reached, until it answers, the attempts are used up or the
/// time is over.
pub(crate) fn send(request: &Request<'_>) -> Result<Answer, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("no request can be made: {error}"))?;
    let last = RefCell::new(None);
    let start = Instant::now();
    let answer = runtime
        .block_on(async { tokio::time::timeout(request.timeout, attempts(request, start, &last)).await });
    // A name that is still being looked up must not hold the program.
    runtime.shutdown_background();
    let answer = answer.unwrap_or_else(|_| {
        let seconds = request.timeout.as_secs();
        let before =
            last.into_inner().map_or_else(String::new, |last: String| format!(" (before that: {last})"));
        let more = request.timeout_flag.map_or_else(String::new, |flag| format!(" {flag} allows more"));
        Err(format!("gave no whole answer within {seconds} s{before}; is it up?{more}"))
    });
    answer
        .map(|answer| Answer { text: mask(answer.text, &request.secrets), ..answer })
        .map_err(|message| mask(message, &request.secrets))
}

/// Puts `***` where a server repeats a secret, also in the form that JSON may give it.
fn mask(mut text: String, secrets: &[String]) -> String {
    for secret in secrets.iter().filter(|secret| secret.len() >= SECRET_LENGTH) {
        for form in [secret.clone(), secret.replace('/', "\\/")] {
            if text.contains(&form) {
                text = text.replace(&form, "***");
            }
        }
    }
    text
}

enum Failure {
    Final(String),
    /// Another attempt may do, after this time where the server names one.
    Again(String, Option<Duration>),
}

async fn attempts(
    request: &Request<'_>,
    start: Instant,
    last: &RefCell<Option<String>>,
) -> Result<Answer, String> {
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(Duration::from_secs(10))
        .user_agent(concat!("schemacheck/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| format!("no request can be made: {}", plainly(error)))?;
    let mut attempt = 1;
    loop {
        let (what, after) = match once(&client, request).await {
            Ok(answer) => return Ok(answer),
            Err(Failure::Final(what)) => return Err(what),
            Err(Failure::Again(what, after)) => (what, after),
        };
        if attempt == request.attempts {
            let times = if attempt > 1 { format!(", {attempt} times") } else { String::new() };
            return Err(format!("{what}{times}; try again later, or look at the server"));
        }
        let pause = after.unwrap_or(Duration::from_millis(250 << attempt));
        if start.elapsed() + pause > request.timeout {
            let (pause, limit) = (pause.as_secs(), request.timeout.as_secs());
            let more =
                request.timeout_flag.map_or_else(String::new, |flag| format!(", or allow more with {flag}"));
            return Err(format!(
                "{what}, and wants {pause} s of rest, which is beyond the limit of {limit} s; try again later{more}"
            ));
        }
        // The path of a webhook is a secret.
        let line = format!("{}: {what}; trying again in {:.1} s", origin(request.url), pause.as_secs_f32());
        note(&mask(line, &request.secrets));
        *last.borrow_mut() = Some(what);
        tokio::time::sleep(pause).await;
        attempt += 1;
    }
}

async fn once(client: &Client, request: &Request<'_>) -> Result<Answer, Failure> {
    let mut url = request.url.clone();
    for _ in 0..=REDIRECTS {
        let mut asked = client.request(request.method.clone(), url.clone()).headers(request.headers.clone());
        if !request.body.is_empty() {
            asked = asked.body(request.body.clone());
        }
        let response = asked.send().await.map_err(|error| {
            let reached = !error.is_connect();
            let plain = plainly(error);
            if plain.contains("certificate") {
                return Failure::Final(format!(
                    "has a certificate that is not trusted ({plain}); where its authority is your own, name it with \
                     SSL_CERT_FILE"
                ));
            }
            let what = if reached { "broke off" } else { "cannot be reached" };
            Failure::Again(format!("{what} ({plain})"), None)
        })?;
        let status = response.status();
        if !status.is_redirection() {
            return read(response).await;
        }
        url = redirected(&url, &response)?;
    }
    Err(Failure::Final(format!("redirects more than {REDIRECTS} times; ask the address that it ends at")))
}

/// Where a redirect leads: only to the same scheme, host and port, and only where the same request is meant.
fn redirected(url: &Url, response: &Response) -> Result<Url, Failure> {
    let status = response.status();
    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    let target = location.and_then(|location| url.join(location).ok());
    let Some(target) =
        target.filter(|_| status != StatusCode::SEE_OTHER && status != StatusCode::NOT_MODIFIED)
    else {
        return Err(Failure::Final(format!("answers {status}, which is no answer; is the address right?")));
    };
    if origin(&target) != origin(url) || !target.username().is_empty() || target.password().is_some() {
        let place = shown(target.as_str());
        return Err(Failure::Final(format!(
            "redirects to {place}, where nothing is sent; name that address yourself if it is the right one"
        )));
    }
    Ok(target)
}

async fn read(mut response: Response) -> Result<Answer, Failure> {
    let status = response.status();
    let after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).and_then(pause_of);
    if let Some(coding) = response.headers().get(reqwest::header::CONTENT_ENCODING) {
        let coding = coding.to_str().unwrap_or("an unknown one").to_owned();
        return Err(Failure::Final(format!("answers in the coding {coding}, which was not asked for")));
    }
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > MAX_BYTES => {
                return Err(Failure::Final(format!("answers with more than {} MiB", MAX_BYTES >> 20)));
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => return Err(Failure::Again(format!("broke off ({})", plainly(error)), None)),
        }
    }
    if is_passing(status) {
        return Err(Failure::Again(format!("answers {status}"), after));
    }
    let text = schemacheck_graphql::source::decode(bytes)
        .map_err(|_| Failure::Final(format!("answers {status} with what is no text")))?;
    Ok(Answer { status, text })
}

/// Whether a status says that the same request may succeed later.
fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// `Retry-After`: seconds, or a date.
fn pause_of(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date: Timestamp = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(SystemTime::from(date).duration_since(SystemTime::now()).unwrap_or_default())
}

/// An error with its causes, without the address.
fn plainly(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut last: &dyn Error = &error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}
