//! Random schemas with renames of which the truth is known, and decoys: removals beside unrelated additions.
//!
//! The names are built as people build them, of nouns of a trade, in one casing a schema. A rename replaces a word all
//! over the schema, changes the casing, shortens or lengthens a word, puts it into the plural, adds or drops a word,
//! or leaves the new name in a deprecation. Some change the type as well. A decoy is removed where something else came:
//! at the same place, of the same type, with a word in common as often as chance has it.

#[path = "random.rs"]
mod random;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use bumpalo::Bump;
use schemacheck::diff::diff;
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema;
use schemacheck_graphql::source::Sources;

use random::Random;

/// Kinds of element that can be renamed, as a table names them.
pub(crate) const KINDS: [&str; 7] =
    ["field", "argument", "input field", "enum value", "type", "directive", "directive argument"];

/// A schema before and after, and what happened.
pub(crate) struct Renamed {
    pub(crate) old: String,
    pub(crate) new: String,
    /// By kind, the true renames: coordinate before and after.
    pub(crate) renames: Vec<(&'static str, String, String)>,
    /// By kind, the coordinates that were removed and have no successor.
    pub(crate) decoys: Vec<(&'static str, String)>,
}

const NOUNS: [&str; 48] = [
    "account", "address", "agent", "amount", "article", "asset", "balance", "batch", "branch", "budget",
    "campaign", "carrier", "channel", "claim", "contract", "course", "customer", "delivery", "device",
    "discount", "document", "episode", "event", "factory", "folder", "invoice", "journey", "label", "ledger",
    "license", "machine", "member", "message", "office", "order", "parcel", "payment", "permit", "playlist",
    "policy", "product", "project", "region", "report", "shipment", "station", "ticket", "vehicle",
];
const ATTRIBUTES: [&str; 28] = [
    "name", "title", "status", "code", "number", "date", "count", "total", "limit", "owner", "kind", "state",
    "url", "note", "level", "score", "color", "weight", "height", "source", "target", "origin", "currency",
    "language", "position", "priority", "rank", "reason",
];
const SCALARS: [&str; 5] = ["String", "Int", "Float", "Boolean", "ID"];
const VERBS: [&str; 6] = ["create", "update", "archive", "assign", "merge", "publish"];

/// A name as words; the casing makes a text of it.
type Words = Vec<String>;

/// What an element is called, before and after; nothing where it is not there.
#[derive(Clone)]
struct Named {
    old: Option<Words>,
    new: Option<Words>,
    decoy: bool,
    /// Whether the old element names the new one in its deprecation.
    deprecated: bool,
}

struct Value {
    name: Named,
    ty: Ty,
    new_ty: Option<Ty>,
    arguments: Vec<Value>,
}

#[derive(Clone)]
struct Ty {
    /// A scalar, or the number of a type.
    named: Result<&'static str, usize>,
    form: &'static str,
}

struct Type {
    name: Named,
    keyword: &'static str,
    fields: Vec<Value>,
    values: Vec<Named>,
}

/// The number of the query type; the mutation type follows.
const QUERY: usize = 26;

struct Model {
    snake: bool,
    /// Whether the new schema writes names in the other casing.
    recased: bool,
    types: Vec<Type>,
    directives: Vec<(Named, Vec<Value>)>,
}

/// One random schema with its renames.
pub(crate) fn renamed(seed: u64) -> Renamed {
    let mut random = Random::new(seed);
    let mut model = Model::random(&mut random);
    model.rename(&mut random);
    model.into_renamed()
}

fn words(parts: &[&str]) -> Words {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

impl Named {
    fn kept(name: Words) -> Self {
        Named { old: Some(name.clone()), new: Some(name), decoy: false, deprecated: false }
    }
}

impl Model {
    fn random(random: &mut Random) -> Self {
        let mut model =
            Model { snake: random.chance(50), recased: false, types: Vec::new(), directives: Vec::new() };
        let mut nouns: Vec<&str> = NOUNS.to_vec();
        for at in (1..nouns.len()).rev() {
            nouns.swap(at, random.below(at + 1));
        }
        let spare: Vec<&str> = nouns[16..20].to_vec();
        let nouns = &nouns[..16];
        let enums = 16..20;
        let inputs = 20..26;
        for noun in nouns {
            let mut fields = vec![Self::value(words(&["id"]), Ok("ID"), "T!")];
            let mut taken = BTreeSet::from([words(&["id"])]);
            for _ in 0..8 + random.below(8) {
                let name = Self::fresh_name(random, noun);
                if !taken.insert(name.clone()) {
                    continue;
                }
                let named = match random.below(10) {
                    0..6 => Ok(*random.pick(&SCALARS)),
                    6..9 => Err(random.below(16)),
                    _ => Err(enums.start + random.below(enums.len())),
                };
                let form = *random.pick(&["T", "T", "T!", "[T!]!", "[T]"]);
                let mut field = Self::value(name, named, form);
                let count = [0, 0, 0, 1, 2, 3][random.below(6)];
                field.arguments = Self::arguments(random, noun, count);
                fields.push(field);
            }
            model.types.push(Type {
                name: Named::kept(words(&[noun])),
                keyword: "type",
                fields,
                values: Vec::new(),
            });
        }
        for at in enums {
            let noun = nouns[at - 16];
            let mut values: BTreeSet<Words> = BTreeSet::new();
            while values.len() < 6 {
                values.insert(words(&[*random.pick(&NOUNS), *random.pick(&ATTRIBUTES)]));
            }
            let name = Named::kept(words(&[noun, *random.pick(&ATTRIBUTES)]));
            let values = values.into_iter().map(Named::kept).collect();
            model.types.push(Type { name, keyword: "enum", fields: Vec::new(), values });
        }
        for at in inputs {
            let noun = nouns[at - 20];
            let fields = Self::arguments(random, noun, 5);
            let name = Named::kept(words(&[noun, *random.pick(&["filter", "input", "patch"])]));
            model.types.push(Type { name, keyword: "input", fields, values: Vec::new() });
        }
        let mut query = Vec::new();
        let mut mutation = Vec::new();
        for (at, noun) in nouns.iter().enumerate() {
            let mut one = Self::value(words(&[noun]), Err(at), "T");
            one.arguments.push(Self::value(words(&["id"]), Ok("ID"), "T!"));
            let mut many = Self::value(words(&[noun, "list"]), Err(at), "[T!]!");
            many.arguments = Self::arguments(random, noun, 2);
            if at < 6 {
                many.arguments.push(Self::value(words(&["filter"]), Err(20 + at), "T"));
            }
            query.extend([one, many]);
            let mut change = Self::value(words(&[*random.pick(&VERBS), noun]), Err(at), "T");
            change.arguments = Self::arguments(random, noun, 3);
            mutation.push(change);
        }
        for (name, fields) in [("query", query), ("mutation", mutation)] {
            let name = Named::kept(words(&[name]));
            model.types.push(Type { name, keyword: "type", fields, values: Vec::new() });
        }
        for noun in &nouns[..4] {
            let name = words(&[*random.pick(&VERBS), noun]);
            model.directives.push((Named::kept(name), Self::arguments(random, noun, 3)));
        }
        model.replace(&spare, random);
        model
    }

    fn value(name: Words, named: Result<&'static str, usize>, form: &'static str) -> Value {
        Value { name: Named::kept(name), ty: Ty { named, form }, new_ty: None, arguments: Vec::new() }
    }

    fn fresh_name(random: &mut Random, noun: &str) -> Words {
        match random.below(4) {
            0 => words(&[*random.pick(&ATTRIBUTES)]),
            1 => words(&[noun, *random.pick(&ATTRIBUTES)]),
            2 => words(&[*random.pick(&NOUNS), *random.pick(&ATTRIBUTES)]),
            _ => words(&[*random.pick(&NOUNS), *random.pick(&NOUNS), *random.pick(&ATTRIBUTES)]),
        }
    }

    fn arguments(random: &mut Random, noun: &str, count: usize) -> Vec<Value> {
        let mut names = BTreeSet::new();
        while names.len() < count {
            names.insert(Self::fresh_name(random, noun));
        }
        let names = names.into_iter();
        names
            .map(|name| {
                Self::value(name, Ok(*random.pick(&SCALARS)), random.pick::<&str>(&["T", "T!", "[T!]"]))
            })
            .collect()
    }

    /// Types that left and types that came, each with the field that led to it, and directives.
    fn replace(&mut self, spare: &[&str], random: &mut Random) {
        for (at, noun) in spare.iter().enumerate() {
            let (left, name) = (at % 2 == 0, words(&[noun]));
            let one_sided = |name: Words| {
                let (old, new) = if left { (Some(name), None) } else { (None, Some(name)) };
                Named { old, new, decoy: left, deprecated: false }
            };
            let mut fields = vec![Self::value(words(&["id"]), Ok("ID"), "T!")];
            let attributes: BTreeSet<&str> = (0..6).map(|_| *random.pick(&ATTRIBUTES)).collect();
            fields.extend(attributes.into_iter().map(|name| Self::value(words(&[name]), Ok("String"), "T")));
            self.types.push(Type {
                name: one_sided(name.clone()),
                keyword: "type",
                fields,
                values: Vec::new(),
            });
            let mut lead = Self::value(name.clone(), Err(self.types.len() - 1), "T");
            lead.arguments.push(Self::value(words(&["id"]), Ok("ID"), "T!"));
            lead.name = one_sided(name);
            self.types[QUERY].fields.push(lead);
            let directive = words(&[*random.pick(&VERBS), noun]);
            self.directives.push((one_sided(directive), Self::arguments(random, noun, 1)));
        }
    }

    /// Renames and decoys, everywhere.
    fn rename(&mut self, random: &mut Random) {
        self.recased = random.chance(15);
        let rules: BTreeMap<String, String> = if self.recased {
            BTreeMap::new()
        } else {
            let mut rules = BTreeMap::new();
            for _ in 0..=random.below(2) {
                let word = (*random.pick(&NOUNS)).to_owned();
                let to = if random.chance(40) { abbreviated(&word) } else { format!("{}unit", &word[..2]) };
                rules.insert(word, to);
            }
            rules
        };
        for at in 0..self.types.len() {
            let ty = &mut self.types[at];
            if ty.name.old.is_none() || ty.name.new.is_none() {
                continue;
            }
            let is_root = (QUERY..QUERY + 2).contains(&at);
            rename_by(&mut ty.name, &rules);
            if !is_root && ty.name.old == ty.name.new && random.chance(6) {
                rename_once(&mut ty.name, false, random);
            }
            let is_taken = |other: &Type| other.name.new == self.types[at].name.new;
            if self.types.iter().filter(|other| is_taken(other)).count() > 1 {
                self.types[at].name = Named::kept(self.types[at].name.old.clone().unwrap());
            }
            let mut fields = std::mem::take(&mut self.types[at].fields);
            self.rename_values(&mut fields, &rules, random);
            let mut values = std::mem::take(&mut self.types[at].values);
            rename_list(
                &mut values.iter_mut().map(|value| (value, false)).collect::<Vec<_>>(),
                &rules,
                random,
            );
            self.types[at].fields = fields;
            self.types[at].values = values;
        }
        let mut directives = std::mem::take(&mut self.directives);
        for (name, arguments) in
            directives.iter_mut().filter(|(name, _)| name.old.is_some() && name.new.is_some())
        {
            rename_by(name, &rules);
            if name.old == name.new && random.chance(20) {
                rename_once(name, false, random);
            }
            self.rename_values(arguments, &rules, random);
        }
        self.directives = directives;
    }

    fn rename_values(&self, values: &mut Vec<Value>, rules: &BTreeMap<String, String>, random: &mut Random) {
        // A required argument or input field cannot be deprecated, and arguments stand on one line.
        let names = values.iter_mut().map(|value| {
            let deprecable = !value.ty.form.ends_with('!');
            (&mut value.name, deprecable)
        });
        rename_list(&mut names.collect::<Vec<_>>(), rules, random);
        let decoys: Vec<usize> = (0..values.len()).filter(|&at| values[at].name.decoy).collect();
        // Backwards, so that the places stay.
        for at in decoys.into_iter().rev() {
            let type_left = values[at].ty.named.is_err_and(|ty| self.types[ty].name.new.is_none());
            if type_left || random.chance(40) {
                continue;
            }
            let came = rival(&values[at].name, random);
            let taken = values.iter().any(|value| value.name.new == came.new || value.name.old == came.new);
            if !taken {
                let ty = values[at].ty.clone();
                values.insert(at, Value { name: came, ty, new_ty: None, arguments: Vec::new() });
            }
        }
        for value in values.iter_mut() {
            let renamed = value.name.old != value.name.new && value.name.new.is_some();
            // A list now, or a value that is never null.
            if renamed && value.ty.form == "T" && random.chance(8) {
                value.new_ty = Some(Ty { named: value.ty.named, form: random.pick::<&str>(&["T!", "[T!]"]) });
            }
            self.rename_values(&mut value.arguments, rules, random);
        }
    }

    fn text_of(&self, name: &Words, new: bool, kind: &str) -> String {
        let snake = self.snake != (new && self.recased);
        let capital = |word: &str| format!("{}{}", word[..1].to_ascii_uppercase(), &word[1..]);
        match kind {
            "type" => name.iter().map(|word| capital(word)).collect(),
            "enum value" => name.join("_").to_ascii_uppercase(),
            _ if snake => name.join("_"),
            _ => name
                .iter()
                .enumerate()
                .map(|(at, word)| if at == 0 { word.clone() } else { capital(word) })
                .collect(),
        }
    }

    fn ty_text(&self, ty: &Ty, new: bool) -> String {
        let named = match ty.named {
            Ok(scalar) => scalar.to_owned(),
            Err(at) => {
                let Named { old, new: renamed, .. } = &self.types[at].name;
                self.text_of(if new { renamed } else { old }.as_ref().unwrap(), new, "type")
            }
        };
        ty.form.replace('T', &named)
    }

    fn values_text(&self, values: &[Value], new: bool, kind: &str, separator: &str) -> String {
        let mut texts = Vec::new();
        for value in values {
            let Some(name) = (if new { &value.name.new } else { &value.name.old }) else { continue };
            let ty = value.new_ty.as_ref().filter(|_| new).unwrap_or(&value.ty);
            let arguments = self.values_text(&value.arguments, new, "argument", ", ");
            let arguments = if arguments.is_empty() { arguments } else { format!("({arguments})") };
            let deprecated = match &value.name.new {
                Some(successor) if !new && value.name.deprecated => {
                    format!(" @deprecated(reason: \"Use {}\")", self.text_of(successor, true, kind))
                }
                _ => String::new(),
            };
            let name = self.text_of(name, new, kind);
            texts.push(format!("{name}{arguments}: {}{deprecated}", self.ty_text(ty, new)));
        }
        texts.join(separator)
    }

    fn text(&self, new: bool) -> String {
        let mut text = String::new();
        for (name, arguments) in &self.directives {
            let Some(name) = (if new { &name.new } else { &name.old }) else { continue };
            let arguments = self.values_text(arguments, new, "directive argument", ", ");
            let arguments = if arguments.is_empty() { arguments } else { format!("({arguments})") };
            let name = self.text_of(name, new, "directive");
            let _ = writeln!(text, "directive @{name}{arguments} on FIELD | QUERY");
        }
        for ty in &self.types {
            let Some(name) = (if new { &ty.name.new } else { &ty.name.old }) else { continue };
            let _ = write!(text, "{} {} {{\n  ", ty.keyword, self.text_of(name, new, "type"));
            let kind = if ty.keyword == "input" { "input field" } else { "field" };
            text.push_str(&self.values_text(&ty.fields, new, kind, "\n  "));
            let values = ty
                .values
                .iter()
                .filter_map(|value| if new { value.new.as_ref() } else { value.old.as_ref() });
            let values: Vec<String> = values.map(|value| self.text_of(value, new, "enum value")).collect();
            let _ = writeln!(text, "{}\n}}", values.join("\n  "));
        }
        text
    }

    fn into_renamed(self) -> Renamed {
        let mut truth =
            Renamed { old: self.text(false), new: self.text(true), renames: Vec::new(), decoys: Vec::new() };
        let name = |name: &Named, kind: &'static str| {
            let text =
                |words: &Option<Words>, new| words.as_ref().map(|words| self.text_of(words, new, kind));
            (text(&name.old, false), text(&name.new, true))
        };
        let mut note =
            |named: &Named, kind: &'static str, place: &dyn Fn(&str, bool) -> String| match name(named, kind)
            {
                (Some(old), Some(new)) if old != new => {
                    truth.renames.push((kind, place(&old, false), place(&new, true)));
                }
                (Some(old), None) if named.decoy => truth.decoys.push((kind, place(&old, false))),
                _ => {}
            };
        for ty in &self.types {
            note(&ty.name, "type", &|name, _| name.to_owned());
            let (Some(before), Some(after)) = name(&ty.name, "type") else { continue };
            let parent = |new| if new { &after } else { &before };
            let kind = if ty.keyword == "input" { "input field" } else { "field" };
            for value in &ty.values {
                note(value, "enum value", &|name, new| format!("{}.{name}", parent(new)));
            }
            for field in &ty.fields {
                note(&field.name, kind, &|name, new| format!("{}.{name}", parent(new)));
                let (Some(before), Some(after)) = name(&field.name, kind) else { continue };
                for argument in &field.arguments {
                    note(&argument.name, "argument", &|name, new| {
                        format!("{}.{}({name}:)", parent(new), if new { &after } else { &before })
                    });
                }
            }
        }
        for (directive, arguments) in &self.directives {
            note(directive, "directive", &|name, _| format!("@{name}"));
            let (Some(before), Some(after)) = name(directive, "directive") else { continue };
            for argument in arguments {
                note(&argument.name, "directive argument", &|name, new| {
                    format!("@{}({name}:)", if new { &after } else { &before })
                });
            }
        }
        truth
    }
}

fn abbreviated(word: &str) -> String {
    let rest: String = word[1..].chars().filter(|letter| !"aeiou".contains(*letter)).collect();
    format!("{}{rest}", &word[..1])
}

fn rename_by(name: &mut Named, rules: &BTreeMap<String, String>) {
    if let Some(new) = &mut name.new {
        for word in new {
            if let Some(to) = rules.get(word) {
                *word = to.clone();
            }
        }
    }
}

/// What came at the place of a decoy, of its type: as chance has it with words in common.
fn rival(decoy: &Named, random: &mut Random) -> Named {
    let mut name = decoy.old.clone().unwrap();
    let last = name.len() - 1;
    (*random.pick(&ATTRIBUTES)).clone_into(&mut name[last]);
    if random.chance(60) {
        for word in &mut name[..last] {
            (*random.pick(&NOUNS)).clone_into(word);
        }
    }
    Named { old: None, new: Some(name), decoy: false, deprecated: false }
}

/// Renames and decoys among siblings; names stay unique.
fn rename_list(names: &mut [(&mut Named, bool)], rules: &BTreeMap<String, String>, random: &mut Random) {
    for (name, _) in names.iter_mut() {
        rename_by(name, rules);
    }
    for at in 0..names.len() {
        let (name, deprecable) = &mut names[at];
        if name.old != name.new || name.old == Some(words(&["id"])) {
            continue;
        }
        let before = name.clone();
        match random.below(100) {
            0..5 => rename_once(name, *deprecable, random),
            5..9 => {
                name.new = None;
                name.decoy = true;
            }
            9..13 => name.old = None,
            _ => {}
        }
        let taken = |new: bool| -> bool {
            let names: Vec<&Words> = names
                .iter()
                .filter_map(|(name, _)| if new { name.new.as_ref() } else { name.old.as_ref() })
                .collect();
            names.iter().collect::<BTreeSet<_>>().len() < names.len() || names.is_empty()
        };
        if taken(true) || taken(false) {
            *names[at].0 = before;
        }
    }
}

/// One rename of the kinds that people do to a single name. Another word altogether is announced by a deprecation.
fn rename_once(name: &mut Named, deprecable: bool, random: &mut Random) {
    let Some(new) = &mut name.new else { return };
    let last = new.len() - 1;
    match random.below(6) {
        0 => new[last] = if new[last].ends_with('s') { new[last].clone() } else { format!("{}s", new[last]) },
        1 => {
            let at = random.below(new.len());
            new[at] = if new[at].len() > 5 { abbreviated(&new[at]) } else { format!("{}s", new[at]) };
        }
        2 if new.len() > 2 => {
            new.remove(1);
        }
        3 if new.len() > 1 => {
            new.insert(0, (*random.pick(&["main", "full", "default", "current"])).to_owned());
        }
        4 if deprecable => {
            let at = random.below(new.len());
            (*random.pick(&ATTRIBUTES)).clone_into(&mut new[at]);
            name.deprecated = name.new != name.old;
        }
        _ => {
            let at = random.below(new.len());
            new[at] = if new[at].len() > 5 { abbreviated(&new[at]) } else { format!("{}s", new[at]) };
        }
    }
}

/// How well renames were found.
#[derive(Clone, Copy, Default)]
pub(crate) struct Score {
    pub(crate) renames: usize,
    pub(crate) found: usize,
    pub(crate) wrong: usize,
    pub(crate) decoys: usize,
    pub(crate) decoys_taken: usize,
}

impl Score {
    /// The share of the found renames that are true.
    pub(crate) fn precision(self) -> f64 {
        ratio(self.found, self.found + self.wrong)
    }

    /// The share of the true renames that were found.
    pub(crate) fn recall(self) -> f64 {
        ratio(self.found, self.renames)
    }

    /// The share of the decoys that were taken for a rename.
    pub(crate) fn decoys_taken(self) -> f64 {
        1.0 - ratio(self.decoys - self.decoys_taken, self.decoys)
    }

    pub(crate) fn add(&mut self, other: Score) {
        self.renames += other.renames;
        self.found += other.found;
        self.wrong += other.wrong;
        self.decoys += other.decoys;
        self.decoys_taken += other.decoys_taken;
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part as u32) / f64::from(whole as u32) }
}

/// The scores of many random schemas by kind, in the order of [`KINDS`], and each mistake as a line.
pub(crate) fn scores(seeds: std::ops::Range<u64>) -> (Vec<Score>, Vec<String>) {
    let mut scores = vec![Score::default(); KINDS.len()];
    let mut mistakes = Vec::new();
    for seed in seeds {
        let truth = renamed(seed + 1);
        let found = found(&truth);
        let kind_of = |name: &str| KINDS.iter().position(|kind| *kind == name).unwrap();
        for (kind, from, to) in &truth.renames {
            let score = &mut scores[kind_of(kind)];
            score.renames += 1;
            if found.contains(&(from.clone(), to.clone())) {
                score.found += 1;
            } else {
                mistakes.push(format!("seed {seed}: missed {from} -> {to}"));
            }
        }
        for (from, to) in &found {
            if truth.renames.iter().any(|(_, before, after)| (before, after) == (from, to)) {
                continue;
            }
            let is_type = |name: &str| truth.old.contains(&format!(" {name} {{"));
            let kind = match (from.starts_with('@'), from.contains(':'), from.split_once('.')) {
                (true, true, _) => "directive argument",
                (true, false, _) => "directive",
                (_, true, _) => "argument",
                (_, _, Some((parent, _))) if truth.old.contains(&format!("enum {parent} {{")) => "enum value",
                (_, _, Some((parent, _))) if truth.old.contains(&format!("input {parent} {{")) => {
                    "input field"
                }
                (_, _, Some(_)) => "field",
                _ => {
                    assert!(is_type(from), "{from}");
                    "type"
                }
            };
            scores[kind_of(kind)].wrong += 1;
            mistakes.push(format!("seed {seed}: took {from} -> {to}"));
        }
        for (kind, coordinate) in &truth.decoys {
            let score = &mut scores[kind_of(kind)];
            score.decoys += 1;
            score.decoys_taken += usize::from(found.iter().any(|(from, _)| from == coordinate));
        }
    }
    (scores, mistakes)
}

/// The renames that a comparison finds.
fn found(truth: &Renamed) -> BTreeSet<(String, String)> {
    let mut sources = Sources::new();
    let (old, new) =
        (sources.add("old", truth.old.as_str()).unwrap(), sources.add("new", truth.new.as_str()).unwrap());
    let arena = Bump::new();
    let load = |id| match schema::load(&arena, &sources, &[id], Limits::default()) {
        Ok(loaded) => loaded.schema,
        Err(errors) => panic!("{}\n{}", errors[0].message, sources.get(id).text()),
    };
    let (old, new) = (load(old), load(new));
    let changes = diff(&old, &new).changes;
    let renamed = changes.iter().filter(|change| change.rename.is_some());
    renamed
        .map(|change| {
            let to = change.new_coordinate.as_ref().unwrap_or(&change.coordinate);
            (change.coordinate.to_string(), to.to_string())
        })
        .collect()
}
