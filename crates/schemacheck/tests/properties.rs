//! Random schemas with one known change: the rule of the change fires at its place, forward and backward, and nothing
//! breaking beyond it. Order and descriptions break nothing; a schema equals itself; operations become what graphql-js
//! says, and what breaks them is known.
//!
//! A failure names the seed and the change; both schemas are printed with it.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and installs what it needs"
)]

#[path = "../../schemacheck-graphql/benches/support/generate.rs"]
mod generate;
#[path = "../../../tests/support/node.rs"]
mod node;
#[path = "../benches/support/random.rs"]
mod random;
mod support;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::{Command, Stdio};

use bumpalo::Bump;
use schemacheck::change::Severity;
use schemacheck::diff::diff;
use schemacheck::impact::Verdict;
use schemacheck_graphql::ast::{Definition, Selection, SelectionSet};
use schemacheck_graphql::parser::Limits;
use schemacheck_graphql::schema;
use schemacheck_graphql::source::Sources;

use random::Random;

/// So many random schemas; each goes through all mutations.
const SCHEMAS: u64 = 24;

/// What stands before and behind a name in the text.
#[derive(Clone, Default, PartialEq)]
struct Extras {
    description: String,
    directives: Vec<String>,
}

#[derive(Clone)]
struct Input {
    name: String,
    ty: String,
    default: Option<String>,
    extras: Extras,
}

#[derive(Clone)]
struct Field {
    name: String,
    arguments: Vec<Input>,
    ty: String,
    extras: Extras,
}

#[derive(Clone)]
struct EnumValue {
    name: String,
    extras: Extras,
}

#[derive(Clone, Default)]
struct Type {
    name: String,
    keyword: &'static str,
    interfaces: Vec<String>,
    fields: Vec<Field>,
    inputs: Vec<Input>,
    values: Vec<EnumValue>,
    members: Vec<String>,
    extras: Extras,
}

#[derive(Clone)]
struct Directive {
    name: String,
    arguments: Vec<Input>,
    repeatable: bool,
    locations: Vec<&'static str>,
    extras: Extras,
}

/// A schema before it is text.
#[derive(Clone)]
struct Model {
    roots: Vec<(&'static str, String)>,
    types: Vec<Type>,
    directives: Vec<Directive>,
    names: usize,
}

impl Model {
    /// Every type can be reached from the query root: `get` fields lead to them and no mutation touches those.
    fn random(random: &mut Random) -> Self {
        let mut model = Model { roots: Vec::new(), types: Vec::new(), directives: Vec::new(), names: 0 };
        let output = ["Int", "String", "Time", "Answer", "Mixed", "Node", "Media", "Red", "Blue", "Green"];
        let types: [(&str, &'static str); 4] =
            [("Query", "type"), ("Mutation", "type"), ("Subscription", "type"), ("Lonely", "type")];
        let mut objects: Vec<(&str, &'static str)> = types.to_vec();
        objects.extend(["Red", "Blue", "Green"].map(|name| (name, "type")));
        for (name, keyword) in objects {
            let mut ty = Type { name: name.into(), keyword, ..Type::default() };
            if keyword == "type" && ["Red", "Blue"].contains(&name) {
                ty.interfaces.push("Node".into());
                ty.fields.push(Model::field("id", "ID"));
            }
            for _ in 0..=random.below(3) {
                let named = *random.pick(&output);
                let wrapped = wrap(random, named);
                let mut field = model.fresh_field(&wrapped);
                for _ in 0..random.below(3) {
                    field.arguments.push(model.random_input(random));
                }
                field.extras = extras(random);
                ty.fields.push(field);
            }
            model.types.push(ty);
        }
        for name in output {
            let get = Model::field(&format!("get{name}"), name);
            model.ty("Query").fields.push(get);
        }
        let mut send = Model::field("send", "Int");
        for named in ["Sent", "Mixed", "Filter", "Nested", "Either", "Zone"] {
            send.arguments.push(input(&format!("of{named}"), named, None));
        }
        model.ty("Query").fields.push(send);
        let lonely = Model::field("lonely", "Lonely");
        model.ty("Query").fields.push(lonely);

        let id = Model::field("id", "ID");
        model.types.push(Type {
            name: "Node".into(),
            keyword: "interface",
            fields: vec![id],
            ..Type::default()
        });
        let members = ["Red", "Blue"].map(str::to_owned).to_vec();
        model.types.push(Type { name: "Media".into(), keyword: "union", members, ..Type::default() });
        for name in ["Answer", "Sent", "Mixed"] {
            let values = ["ONE", "TWO", "THREE"]
                .map(|name| EnumValue { name: name.into(), extras: Extras::default() });
            model.types.push(Type {
                name: name.into(),
                keyword: "enum",
                values: values.to_vec(),
                ..Type::default()
            });
        }
        for name in ["Time", "Zone"] {
            model.types.push(Type { name: name.into(), keyword: "scalar", ..Type::default() });
        }
        for name in ["Filter", "Nested", "Either"] {
            let inputs = (0..=random.below(3)).map(|_| model.random_input(random)).collect();
            model.types.push(Type { name: name.into(), keyword: "input", inputs, ..Type::default() });
        }
        let either = vec![input("first", "Int", None), input("second", "Filter", None)];
        model.ty("Either").inputs = either;
        for (name, locations) in [("execute", ["FIELD", "QUERY"]), ("mark", ["OBJECT", "FIELD_DEFINITION"])] {
            let arguments = vec![model.random_input(random)];
            let (extras, repeatable) = (Extras::default(), false);
            let name = name.to_owned();
            model.directives.push(Directive {
                name,
                arguments,
                repeatable,
                locations: locations.to_vec(),
                extras,
            });
        }
        model.directives[1].arguments.clear();
        model.roots = vec![
            ("query", "Query".into()),
            ("mutation", "Mutation".into()),
            ("subscription", "Subscription".into()),
        ];
        model
    }

    fn fresh(&mut self) -> String {
        const WORDS: [&str; 6] = ["apple", "bridge", "cloud", "desert", "engine", "forest"];
        self.names += 1;
        let mut letters = String::new();
        let mut rest = self.names;
        while rest > 0 {
            letters.push(char::from(b'a' + (rest % 26) as u8));
            rest /= 26;
        }
        format!("{}_{letters}x", WORDS[self.names % WORDS.len()])
    }

    fn field(name: &str, ty: &str) -> Field {
        let (name, ty) = (name.to_owned(), ty.to_owned());
        Field { name, arguments: Vec::new(), ty, extras: Extras::default() }
    }

    fn fresh_field(&mut self, ty: &str) -> Field {
        let name = self.fresh();
        Self::field(&name, ty)
    }

    fn random_input(&mut self, random: &mut Random) -> Input {
        let (named, default) = *random.pick(&[
            ("Int", "1"),
            ("String", "\"a\""),
            ("Boolean", "true"),
            ("Sent", "ONE"),
            ("Zone", "3"),
        ]);
        let default = random.chance(40).then(|| default.to_owned());
        let ty = wrap(random, named);
        Input { name: self.fresh(), ty, default, extras: extras(random) }
    }

    fn ty(&mut self, name: &str) -> &mut Type {
        self.types.iter_mut().find(|ty| ty.name == name).unwrap()
    }

    /// Gives a type another name, wherever it stands.
    fn rename_type(&mut self, from: &str, to: &str) {
        let rename = |name: &mut String| {
            if name.trim_matches(['[', ']', '!']) == from {
                *name = name.replace(from, to);
            }
        };
        for directive in &mut self.directives {
            directive.arguments.iter_mut().for_each(|input| rename(&mut input.ty));
        }
        for ty in &mut self.types {
            rename(&mut ty.name);
            ty.interfaces.iter_mut().for_each(rename);
            ty.members.iter_mut().for_each(rename);
            ty.inputs.iter_mut().for_each(|input| rename(&mut input.ty));
            for field in &mut ty.fields {
                rename(&mut field.ty);
                field.arguments.iter_mut().for_each(|input| rename(&mut input.ty));
            }
        }
    }

    fn directive(&mut self, name: &str) -> &mut Directive {
        self.directives.iter_mut().find(|directive| directive.name == name).unwrap()
    }

    fn text(&self) -> String {
        let mut text = String::new();
        text.push_str("schema {");
        for (kind, name) in &self.roots {
            let _ = write!(text, " {kind}: {name}");
        }
        text.push_str(" }\n");
        for directive in &self.directives {
            let _ = writeln!(
                text,
                "{}directive @{}{}{} on {}",
                directive.extras.description,
                directive.name,
                arguments_text(&directive.arguments),
                if directive.repeatable { " repeatable" } else { "" },
                directive.locations.join(" | ")
            );
        }
        for ty in &self.types {
            let _ = write!(text, "{}{} {}", ty.extras.description, ty.keyword, ty.name);
            if !ty.interfaces.is_empty() {
                let _ = write!(text, " implements {}", ty.interfaces.join(" & "));
            }
            text.push_str(&ty.extras.directives.concat());
            if !ty.members.is_empty() {
                let _ = write!(text, " = {}", ty.members.join(" | "));
            }
            let mut lines: Vec<String> = Vec::new();
            lines.extend(ty.fields.iter().map(|field| {
                let arguments = arguments_text(&field.arguments);
                let Extras { description, directives } = &field.extras;
                format!("{description}{}{arguments}: {}{}", field.name, field.ty, directives.concat())
            }));
            lines.extend(ty.inputs.iter().map(input_text));
            lines.extend(ty.values.iter().map(|value| {
                format!("{}{}{}", value.extras.description, value.name, value.extras.directives.concat())
            }));
            if !lines.is_empty() {
                let _ = write!(text, " {{\n  {}\n}}", lines.join("\n  "));
            }
            text.push('\n');
        }
        text
    }

    /// The same schema in another order.
    fn shuffle(&mut self, random: &mut Random) {
        random.shuffle(&mut self.roots);
        random.shuffle(&mut self.types);
        random.shuffle(&mut self.directives);
        for directive in &mut self.directives {
            random.shuffle(&mut directive.arguments);
            random.shuffle(&mut directive.locations);
        }
        for ty in &mut self.types {
            random.shuffle(&mut ty.interfaces);
            random.shuffle(&mut ty.fields);
            random.shuffle(&mut ty.inputs);
            random.shuffle(&mut ty.values);
            random.shuffle(&mut ty.members);
            for field in &mut ty.fields {
                random.shuffle(&mut field.arguments);
            }
        }
    }

    /// The extras of all elements, for a change to one of them.
    fn described(&mut self) -> Vec<(String, &mut Extras)> {
        let mut list = Vec::new();
        for directive in &mut self.directives {
            let name = format!("@{}", directive.name);
            list.extend(
                directive
                    .arguments
                    .iter_mut()
                    .map(|input| (format!("{name}({}:)", input.name), &mut input.extras)),
            );
            list.push((name, &mut directive.extras));
        }
        for ty in &mut self.types {
            let name = ty.name.clone();
            for field in &mut ty.fields {
                let field_name = format!("{name}.{}", field.name);
                let arguments = field.arguments.iter_mut();
                list.extend(
                    arguments.map(|input| (format!("{field_name}({}:)", input.name), &mut input.extras)),
                );
                list.push((field_name, &mut field.extras));
            }
            list.extend(
                ty.inputs.iter_mut().map(|input| (format!("{name}.{}", input.name), &mut input.extras)),
            );
            list.extend(
                ty.values.iter_mut().map(|value| (format!("{name}.{}", value.name), &mut value.extras)),
            );
            list.push((name, &mut ty.extras));
        }
        list
    }
}

fn input(name: &str, ty: &str, default: Option<&str>) -> Input {
    let default = default.map(str::to_owned);
    Input { name: name.to_owned(), ty: ty.to_owned(), default, extras: Extras::default() }
}

fn input_text(input: &Input) -> String {
    let default = input.default.as_ref().map_or(String::new(), |default| format!(" = {default}"));
    let Extras { description, directives } = &input.extras;
    format!("{description}{}: {}{default}{}", input.name, input.ty, directives.concat())
}

fn arguments_text(arguments: &[Input]) -> String {
    if arguments.is_empty() {
        return String::new();
    }
    format!("({})", arguments.iter().map(input_text).collect::<Vec<_>>().join(", "))
}

fn wrap(random: &mut Random, named: &str) -> String {
    let forms = ["T", "T", "T!", "[T]", "[T!]", "[T]!", "[[T]!]"];
    random.pick(&forms).replace('T', named)
}

fn extras(random: &mut Random) -> Extras {
    let description = if random.chance(30) { "\"What it is.\" ".to_owned() } else { String::new() };
    Extras { description, directives: Vec::new() }
}

/// A rule at a coordinate. The first of a list must fire; others may, and no other breaking one.
type Expected = Vec<(&'static str, String)>;

/// A change of a schema: prepares the old one where it needs something there, changes the new one, and says what that
/// is forward and backward.
type Mutation = fn(&mut Model, &mut Model, &mut Random) -> (Expected, Expected);

fn one(rule: &'static str, coordinate: impl Into<String>) -> Expected {
    vec![(rule, coordinate.into())]
}

/// Where an argument or input field can stand: its list in a model, how its coordinate begins, and what its rules say.
#[derive(Clone, Copy)]
struct Place {
    list: fn(&mut Model) -> &mut Vec<Input>,
    coordinate: fn(&str) -> String,
    kind: usize,
}

const PLACES: [Place; 3] = [
    Place {
        list: |model| {
            &mut model.ty("Query").fields.iter_mut().find(|field| field.name == "send").unwrap().arguments
        },
        coordinate: |name| format!("Query.send({name}:)"),
        kind: 0,
    },
    Place {
        list: |model| &mut model.ty("Filter").inputs,
        coordinate: |name| format!("Filter.{name}"),
        kind: 1,
    },
    Place {
        list: |model| &mut model.directive("execute").arguments,
        coordinate: |name| format!("@execute({name}:)"),
        kind: 2,
    },
];

/// The rules on input values: for arguments, input fields and arguments of directives.
macro_rules! input_rules {
    ($($name:ident: $argument:literal $field:literal $directive_argument:literal,)*) => {
        $(const $name: [&str; 3] = [$argument, $field, $directive_argument];)*
    };
}

input_rules! {
    REMOVED: "argument-removed" "input-field-removed" "directive-argument-removed",
    REQUIRED_ADDED: "required-argument-added" "required-input-field-added" "required-directive-argument-added",
    OPTIONAL_ADDED: "optional-argument-added" "optional-input-field-added" "optional-directive-argument-added",
    BECAME_REQUIRED: "argument-became-required" "input-field-became-required" "directive-argument-became-required",
    BECAME_OPTIONAL: "argument-became-optional" "input-field-became-optional" "directive-argument-became-optional",
    DEFAULT_REMOVED_FROM_REQUIRED: "argument-default-removed-from-required"
        "input-field-default-removed-from-required" "directive-argument-default-removed-from-required",
    TYPE_CHANGED: "argument-type-changed" "input-field-type-changed" "directive-argument-type-changed",
    TYPE_LOOSENED: "argument-type-loosened" "input-field-type-loosened" "directive-argument-type-loosened",
    DEFAULT_CHANGED: "argument-default-changed" "input-field-default-changed" "directive-argument-default-changed",
    DEFAULT_ADDED: "argument-default-added" "input-field-default-added" "directive-argument-default-added",
    DEFAULT_REMOVED: "argument-default-removed" "input-field-default-removed" "directive-argument-default-removed",
}

/// A change of one input value: its type and default before and after (nothing where it does not exist), and the rules
/// forward and backward.
struct InputChange {
    old: Option<(&'static str, Option<&'static str>)>,
    new: Option<(&'static str, Option<&'static str>)>,
    forward: [&'static str; 3],
    backward: [&'static str; 3],
}

type InputForm = Option<(&'static str, Option<&'static str>)>;

const fn change(
    old: InputForm,
    new: InputForm,
    forward: [&'static str; 3],
    backward: [&'static str; 3],
) -> InputChange {
    InputChange { old, new, forward, backward }
}

const INPUT_CHANGES: &[InputChange] = &[
    change(None, Some(("Int", None)), OPTIONAL_ADDED, REMOVED),
    change(None, Some(("[Int!]", Some("[1]"))), OPTIONAL_ADDED, REMOVED),
    change(None, Some(("Int!", Some("1"))), OPTIONAL_ADDED, REMOVED),
    change(None, Some(("Int!", None)), REQUIRED_ADDED, REMOVED),
    change(Some(("Int", None)), Some(("Int!", None)), BECAME_REQUIRED, TYPE_LOOSENED),
    change(Some(("[Int]", None)), Some(("[Int]!", None)), BECAME_REQUIRED, TYPE_LOOSENED),
    change(Some(("Int", Some("1"))), Some(("Int!", None)), BECAME_REQUIRED, TYPE_LOOSENED),
    change(Some(("Int", Some("1"))), Some(("Int!", Some("1"))), TYPE_CHANGED, TYPE_LOOSENED),
    change(Some(("[Int]", None)), Some(("[Int!]", None)), TYPE_CHANGED, TYPE_LOOSENED),
    change(Some(("Int", None)), Some(("Boolean", None)), TYPE_CHANGED, TYPE_CHANGED),
    change(Some(("Int", None)), Some(("Float", None)), TYPE_CHANGED, TYPE_CHANGED),
    change(Some(("Int", None)), Some(("[Int]", None)), TYPE_CHANGED, TYPE_CHANGED),
    change(Some(("Sent", None)), Some(("Zone", None)), TYPE_CHANGED, TYPE_CHANGED),
    change(Some(("Int!", Some("1"))), Some(("Int!", None)), DEFAULT_REMOVED_FROM_REQUIRED, BECAME_OPTIONAL),
    change(Some(("Int", Some("1"))), Some(("Int", Some("2"))), DEFAULT_CHANGED, DEFAULT_CHANGED),
    change(Some(("Sent", Some("ONE"))), Some(("Sent", Some("TWO"))), DEFAULT_CHANGED, DEFAULT_CHANGED),
    change(Some(("Int", Some("1"))), Some(("Int", Some("null"))), DEFAULT_CHANGED, DEFAULT_CHANGED),
    change(Some(("Int", None)), Some(("Int", Some("1"))), DEFAULT_ADDED, DEFAULT_REMOVED),
    change(Some(("Int", None)), Some(("Int", Some("null"))), DEFAULT_ADDED, DEFAULT_REMOVED),
];

fn change_input(
    place: Place,
    change: &InputChange,
    old: &mut Model,
    new: &mut Model,
) -> (Expected, Expected) {
    let name = old.fresh();
    let put = |model: &mut Model, form: InputForm| {
        if let Some((ty, default)) = form {
            (place.list)(model).push(input(&name, ty, default));
        }
    };
    put(old, change.old);
    put(new, change.new);
    let coordinate = (place.coordinate)(&name);
    (one(change.forward[place.kind], coordinate.clone()), one(change.backward[place.kind], coordinate))
}

/// The same name in another casing: `a_b` and `aB`.
fn recased(name: &str) -> String {
    let (head, tail) = name.split_once('_').unwrap();
    format!("{head}{}{}", tail[..1].to_uppercase(), &tail[1..])
}

fn rename_root(kind: &'static str, rule: &'static str, new: &mut Model) -> (Expected, Expected) {
    let at = new.roots.iter().position(|(of, _)| *of == kind).unwrap();
    let name = new.roots[at].1.clone();
    new.ty(&name).name = format!("Root{name}");
    new.roots[at].1 = format!("Root{name}");
    (one(rule, "schema"), one(rule, "schema"))
}

fn remove_root(
    kind: &'static str,
    removed: &'static str,
    added: &'static str,
    new: &mut Model,
) -> (Expected, Expected) {
    let at = new.roots.iter().position(|(of, _)| *of == kind).unwrap();
    let (_, name) = new.roots.remove(at);
    new.types.retain(|ty| ty.name != name);
    (vec![(removed, "schema".into()), ("type-removed", name)], one(added, "schema"))
}

/// Another type of one field of the type `Lonely`.
fn change_field(
    (from, to): (&str, &str),
    forward: &'static str,
    backward: &'static str,
    old: &mut Model,
    new: &mut Model,
) -> (Expected, Expected) {
    let field = old.fresh_field(from);
    let coordinate = format!("Lonely.{}", field.name);
    new.ty("Lonely").fields.push(Field { ty: to.to_owned(), ..field.clone() });
    old.ty("Lonely").fields.push(field);
    (one(forward, coordinate.clone()), one(backward, coordinate))
}

fn change_value(
    ty: &str,
    removed: &'static str,
    added: &'static str,
    new: &mut Model,
) -> (Expected, Expected) {
    new.ty(ty).values.pop();
    let coordinate = format!("{ty}.THREE");
    (one(removed, coordinate.clone()), one(added, coordinate))
}

fn rename_value(ty: &str, rule: &'static str, old: &mut Model, new: &mut Model) -> (Expected, Expected) {
    let value = |name: &str| EnumValue { name: name.into(), extras: Extras::default() };
    old.ty(ty).values.push(value("far_away"));
    new.ty(ty).values.push(value("farAway"));
    (one(rule, format!("{ty}.far_away")), one(rule, format!("{ty}.farAway")))
}

fn add_directive(locations: &[&'static str], removed: &'static str, new: &mut Model) -> (Expected, Expected) {
    let arguments = vec![input("x", "Int!", None)];
    let (name, extras) = ("extra".to_owned(), Extras::default());
    let locations = locations.to_vec();
    new.directives.push(Directive { name, arguments, repeatable: false, locations, extras });
    (one("directive-added", "@extra"), one(removed, "@extra"))
}

fn rename_type(name: &str, new: &mut Model) -> (Expected, Expected) {
    let to = format!("{name}Kind");
    new.rename_type(name, &to);
    (one("type-renamed", name), one("type-renamed", to))
}

/// A directive under another name, applied where it may be.
fn rename_directive(
    locations: &[&'static str],
    rule: &'static str,
    old: &mut Model,
    new: &mut Model,
) -> (Expected, Expected) {
    for (model, name) in [(&mut *old, "weigh_by"), (&mut *new, "weighBy")] {
        add_directive(locations, "", model);
        name.clone_into(&mut model.directive("extra").name);
        model.ty("Lonely").extras.directives = vec![format!(" @{name}(x: 1)")];
    }
    (one(rule, "@weigh_by"), one(rule, "@weighBy"))
}

/// Directives on an element that may be deprecated.
fn annotate(
    (before, after): (&str, &str),
    forward: &'static str,
    backward: &'static str,
    old: &mut Model,
    new: &mut Model,
    random: &mut Random,
) -> (Expected, Expected) {
    let name = old.fresh();
    let put = |model: &mut Model, which: usize, text: &str| -> String {
        let directives = if text.is_empty() { Vec::new() } else { vec![format!(" {text}")] };
        let extras = Extras { description: String::new(), directives };
        let place = PLACES[which.min(1)];
        match which {
            0 | 1 => {
                (place.list)(model).push(Input { extras, ..input(&name, "Int", None) });
                (place.coordinate)(&name)
            }
            2 => {
                let field = Field { extras, ..Model::field(&name, "Int") };
                model.ty("Lonely").fields.push(field);
                format!("Lonely.{name}")
            }
            _ => {
                model.ty("Mixed").values.push(EnumValue { name: name.clone(), extras });
                format!("Mixed.{name}")
            }
        }
    };
    let which = random.below(4);
    let coordinate = put(old, which, before);
    put(new, which, after);
    (one(forward, coordinate.clone()), one(backward, coordinate))
}

fn describe(
    (before, after): (&str, &str),
    forward: &'static str,
    backward: &'static str,
    old: &mut Model,
    new: &mut Model,
    random: &mut Random,
) -> (Expected, Expected) {
    let at = random.below(old.described().len());
    let mut described = old.described();
    let (coordinate, extras) = &mut described[at];
    extras.description = before.into();
    let coordinate = coordinate.clone();
    new.described()[at].1.description = after.into();
    (one(forward, coordinate.clone()), one(backward, coordinate))
}

/// Every change that is no change of an input value.
const MUTATIONS: &[Mutation] = &[
    |_, new, _| rename_root("query", "query-root-changed", new),
    |_, new, _| rename_root("mutation", "mutation-root-changed", new),
    |_, new, _| rename_root("subscription", "subscription-root-changed", new),
    |_, new, _| remove_root("mutation", "mutation-root-removed", "mutation-root-added", new),
    |_, new, _| remove_root("subscription", "subscription-root-removed", "subscription-root-added", new),
    // Types.
    |_, new, random| {
        let (keyword, body) =
            *random.pick(&[("scalar", 0), ("enum", 1), ("input", 2), ("type", 3), ("interface", 3)]);
        let mut ty = Type { name: "Extra".into(), keyword, ..Type::default() };
        match body {
            0 => {}
            1 => ty.values.push(EnumValue { name: "A".into(), extras: Extras::default() }),
            2 => ty.inputs.push(input("a", "Int!", None)),
            _ => ty.fields.push(Model::field("a", "Int")),
        }
        new.types.push(ty);
        (one("type-added", "Extra"), one("type-removed", "Extra"))
    },
    |_, new, _| {
        let zone = new.ty("Time");
        zone.keyword = "enum";
        zone.values.push(EnumValue { name: "NOW".into(), extras: Extras::default() });
        (one("type-kind-changed", "Time"), one("type-kind-changed", "Time"))
    },
    |_, new, _| {
        new.ty("Lonely").keyword = "interface";
        (one("type-kind-changed", "Lonely"), one("type-kind-changed", "Lonely"))
    },
    |_, new, random| {
        let url = random.below(9);
        new.ty("Time").extras.directives = vec![format!(" @specifiedBy(url: \"https://example.com/{url}\")")];
        (one("specified-by-changed", "Time"), one("specified-by-changed", "Time"))
    },
    |_, new, _| {
        new.ty("Either").extras.directives = vec![" @oneOf".into()];
        (one("one-of-added", "Either"), one("one-of-removed", "Either"))
    },
    // Fields.
    |_, new, _| {
        let mut field = new.fresh_field("Int!");
        field.arguments.push(input("a", "Int!", None));
        let coordinate = format!("Lonely.{}", field.name);
        new.ty("Lonely").fields.push(field);
        (one("field-added", coordinate.clone()), one("field-removed", coordinate))
    },
    |old, new, random| {
        let ty = wrap(random, "Int");
        let field = old.fresh_field(&ty);
        let name = recased(&field.name);
        let (before, after) = (format!("Lonely.{}", field.name), format!("Lonely.{name}"));
        new.ty("Lonely").fields.push(Field { name, ..field.clone() });
        old.ty("Lonely").fields.push(field);
        (one("field-renamed", before), one("field-renamed", after))
    },
    |old, new, _| change_field(("Int", "String"), "field-type-changed", "field-type-changed", old, new),
    |old, new, _| change_field(("Int", "Float"), "field-type-changed", "field-type-changed", old, new),
    |old, new, _| change_field(("Red", "[Red]"), "field-type-changed", "field-type-changed", old, new),
    |old, new, _| change_field(("[[Int]]", "[Int]"), "field-type-changed", "field-type-changed", old, new),
    |old, new, _| change_field(("Node", "Media"), "field-type-changed", "field-type-changed", old, new),
    |old, new, _| {
        change_field(("Int", "Int!"), "field-type-narrowed", "field-nullability-loosened", old, new)
    },
    |old, new, _| {
        change_field(("[Int]", "[Int!]"), "field-type-narrowed", "field-nullability-loosened", old, new)
    },
    |old, new, _| {
        change_field(("[[Int]]", "[[Int]!]"), "field-type-narrowed", "field-nullability-loosened", old, new)
    },
    |old, new, _| {
        change_field(
            ("[Int!]", "[Int]!"),
            "field-nullability-loosened",
            "field-nullability-loosened",
            old,
            new,
        )
    },
    |old, new, _| change_field(("Node", "Red"), "field-type-narrowed", "field-type-changed", old, new),
    |old, new, _| change_field(("Media", "Blue!"), "field-type-narrowed", "field-type-changed", old, new),
    // Names of input values.
    |old, new, random| {
        let place = PLACES[random.below(3)];
        let rule = ["argument-renamed", "input-field-renamed", "directive-argument-renamed"][place.kind];
        let name = old.fresh();
        let ty = wrap(random, "Int");
        (place.list)(old).push(input(&name, &ty, None));
        (place.list)(new).push(input(&recased(&name), &ty, None));
        (one(rule, (place.coordinate)(&name)), one(rule, (place.coordinate)(&recased(&name))))
    },
    // Names of types and directives.
    |_, new, _| rename_type("Lonely", new),
    |_, new, _| rename_type("Red", new),
    |_, new, _| rename_type("Node", new),
    |_, new, _| rename_type("Media", new),
    |_, new, _| rename_type("Sent", new),
    |_, new, _| rename_type("Answer", new),
    |_, new, _| rename_type("Time", new),
    |_, new, _| rename_type("Filter", new),
    |old, new, _| {
        // The members of a renamed type are judged as if it had kept its name.
        let (name, value) = (old.fresh(), EnumValue { name: "FOUR".into(), extras: Extras::default() });
        old.ty("Filter").inputs.push(input(&name, "Int", None));
        new.ty("Filter").inputs.push(input(&name, "Int!", None));
        new.ty("Answer").values.push(value);
        new.rename_type("Filter", "FilterKind");
        new.rename_type("Answer", "AnswerKind");
        let renamed =
            |behind: &str| ["Filter", "Answer"].map(|ty| ("type-renamed", format!("{ty}{behind}"))).to_vec();
        let mut forward = renamed("");
        forward.push(("input-field-became-required", format!("Filter.{name}")));
        (forward, renamed("Kind"))
    },
    |old, new, _| rename_directive(&["FIELD", "OBJECT"], "directive-renamed", old, new),
    |old, new, _| rename_directive(&["OBJECT", "ENUM"], "type-system-directive-renamed", old, new),
    // Enum values by direction.
    |_, new, _| change_value("Sent", "enum-value-removed", "input-enum-value-added", new),
    |_, new, _| change_value("Mixed", "enum-value-removed", "enum-value-added", new),
    |_, new, _| change_value("Answer", "output-enum-value-removed", "enum-value-added", new),
    |old, new, _| rename_value("Sent", "enum-value-renamed", old, new),
    |old, new, _| rename_value("Mixed", "enum-value-renamed", old, new),
    |old, new, _| rename_value("Answer", "output-enum-value-renamed", old, new),
    // Unions and interfaces.
    |_, new, _| {
        new.ty("Media").members.push("Green".into());
        (one("union-member-added", "Media"), one("union-member-removed", "Media"))
    },
    |_, new, _| {
        let id = Model::field("id", "ID!");
        let green = new.ty("Green");
        green.interfaces.push("Node".into());
        green.fields.push(id);
        let backward =
            vec![("interface-removed-from-type", "Green".into()), ("field-removed", "Green.id".into())];
        (one("interface-added-to-type", "Green"), backward)
    },
    |_, new, _| {
        let fields = vec![Model::field("id", "ID")];
        let interfaces = vec!["Node".to_owned()];
        new.types.push(Type { name: "Extra".into(), keyword: "type", interfaces, fields, ..Type::default() });
        (one("implementation-added", "Extra"), one("type-removed", "Extra"))
    },
    |_, new, _| {
        let fields = vec![Model::field("id", "ID")];
        new.types.push(Type { name: "Extra".into(), keyword: "interface", fields, ..Type::default() });
        new.ty("Red").interfaces.push("Extra".into());
        let backward = vec![("interface-removed-from-type", "Red".into()), ("type-removed", "Extra".into())];
        (one("new-interface-added-to-type", "Red"), backward)
    },
    // Directives.
    |_, new, _| add_directive(&["FIELD", "OBJECT"], "directive-removed", new),
    |_, new, _| add_directive(&["OBJECT", "ENUM"], "type-system-directive-removed", new),
    |_, new, _| {
        new.directive("execute").locations.push("INLINE_FRAGMENT");
        (one("directive-location-added", "@execute"), one("directive-location-removed", "@execute"))
    },
    |_, new, _| {
        new.directive("execute").locations.push("ENUM");
        (
            one("directive-location-added", "@execute"),
            one("type-system-directive-location-removed", "@execute"),
        )
    },
    |_, new, _| {
        new.directive("execute").repeatable = true;
        (one("directive-repeatable-added", "@execute"), one("directive-repeatable-removed", "@execute"))
    },
    |_, new, _| {
        new.directive("mark").repeatable = true;
        (one("directive-repeatable-added", "@mark"), one("type-system-directive-repeatable-removed", "@mark"))
    },
    |_, new, _| {
        new.directive("mark").arguments.push(input("weight", "Int!", None));
        let rule = "type-system-directive-argument-changed";
        (one(rule, "@mark(weight:)"), one(rule, "@mark(weight:)"))
    },
    // What stands beside the meaning.
    |old, new, random| {
        annotate(("", "@deprecated"), "deprecated-added", "deprecated-removed", old, new, random)
    },
    |old, new, random| {
        let reasons = ("@deprecated", "@deprecated(reason: \"Use another\")");
        annotate(reasons, "deprecated-reason-changed", "deprecated-reason-changed", old, new, random)
    },
    |old, new, random| {
        describe(("", "\"What it is.\" "), "description-added", "description-removed", old, new, random)
    },
    |old, new, random| {
        let words = ("\"\"\"What it is.\"\"\" ", "\"What it was.\" ");
        describe(words, "description-changed", "description-changed", old, new, random)
    },
    |_, new, _| {
        new.ty("Lonely").extras.directives = vec![" @mark".into()];
        (one("applied-directive-added", "Lonely"), one("applied-directive-removed", "Lonely"))
    },
    |old, new, _| {
        for (model, weight) in [(&mut *old, 1), (&mut *new, 2)] {
            model.directive("mark").arguments.push(input("weight", "Int", None));
            let lonely = &mut model.ty("Lonely").fields[0].extras;
            lonely.directives = vec![format!(" @mark(weight: {weight})")];
        }
        let coordinate = format!("Lonely.{}", old.ty("Lonely").fields[0].name);
        let rule = "applied-directive-arguments-changed";
        (one(rule, coordinate.clone()), one(rule, coordinate))
    },
];

/// All changes between two texts: severity, rule and coordinate.
fn changes(old: &str, new: &str) -> Vec<(Severity, &'static str, String)> {
    let mut sources = Sources::new();
    let (old, new) = (sources.add("old", old).unwrap(), sources.add("new", new).unwrap());
    let arena = Bump::new();
    let load = |id| match schema::load(&arena, &sources, &[id], Limits::default()) {
        Ok(loaded) => loaded.schema,
        Err(errors) => panic!("{}\n{}", errors[0].message, sources.get(id).text()),
    };
    let (old, new) = (load(old), load(new));
    let found = diff(&old, &new).changes;
    found.iter().map(|change| (change.severity(), change.rule.id, change.coordinate.to_string())).collect()
}

fn assert_changes(old: &str, new: &str, expected: &Expected, seed: u64) {
    let found = changes(old, new);
    let (rule, coordinate) = &expected[0];
    let fired = found.iter().any(|(_, found, at)| found == rule && at == coordinate);
    let is_expected = |(severity, rule, at): &&(Severity, &'static str, String)| {
        *severity < Severity::Breaking
            || expected.iter().any(|(expected, place)| expected == rule && place == at)
    };
    let beyond: Vec<_> = found.iter().filter(|change| !is_expected(change)).collect();
    assert!(
        fired && beyond.is_empty(),
        "seed {seed}: expected {expected:?}, found {found:?}\n--- old\n{old}\n--- new\n{new}"
    );
}

/// One changed schema: the texts before and after, and what each direction is expected to find.
struct Changed {
    kind: String,
    seed: u64,
    old: String,
    new: String,
    forward: Expected,
    backward: Expected,
}

/// Every kind of change to every random schema.
fn each_change(schemas: u64, mut visit: impl FnMut(Changed)) {
    for seed in 0..schemas {
        let mut run = |mutation: &dyn Fn(&mut Model, &mut Model, &mut Random) -> (Expected, Expected),
                       kind: String| {
            let mut random = Random::new(seed + 1);
            let mut old = Model::random(&mut random);
            let mut new = old.clone();
            let (forward, backward) = mutation(&mut old, &mut new, &mut random);
            if random.chance(50) {
                new.shuffle(&mut random);
            }
            visit(Changed { kind, seed, old: old.text(), new: new.text(), forward, backward });
        };
        for (at, mutation) in MUTATIONS.iter().enumerate() {
            run(mutation, format!("mutation {at}"));
        }
        for (at, change) in INPUT_CHANGES.iter().enumerate() {
            for place in PLACES {
                let apply =
                    |old: &mut Model, new: &mut Model, _: &mut Random| change_input(place, change, old, new);
                run(&apply, format!("input {at} {}", place.kind));
            }
        }
    }
}

#[test]
fn the_expected_rule_fires_and_nothing_breaking_beyond_it() {
    let mut rules: BTreeSet<&str> = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    each_change(SCHEMAS, |change| {
        assert_changes(&change.old, &change.new, &change.forward, change.seed);
        assert_changes(&change.new, &change.old, &change.backward, change.seed);
        rules.extend([change.forward[0].0, change.backward[0].0]);
        kinds.insert(format!("{} forward", change.kind));
        kinds.insert(format!("{} backward", change.kind));
    });
    assert!(kinds.len() >= 60, "{} kinds of mutation", kinds.len());
    let never: Vec<&str> =
        schemacheck::rules::RULES.iter().map(|rule| rule.id).filter(|id| !rules.contains(id)).collect();
    assert!(never.is_empty(), "rules that no mutation fires: {never:?}");
}

/// Operations on the old schema, what becomes of them on the new one, and graphql-js' word on it.
#[test]
fn verdicts_are_those_of_the_reference_and_every_broken_operation_is_explained() {
    let mut asked = String::new();
    let mut answered: Vec<(String, Vec<bool>)> = Vec::new();
    let mut ask = |change: &Changed, old: &str, new: &str, direction: &str| {
        let texts = operations_on(old, change.seed);
        let documents: Vec<(&str, &str)> = texts.iter().map(|text| ("operation", text.as_str())).collect();
        let report = support::check(old, new, &documents).report;
        let operations = report.operations.unwrap();
        let name =
            format!("seed {}, {} {direction}\n--- old\n{old}\n--- new\n{new}", change.seed, change.kind);
        for operation in &operations {
            let explained = operation.verdict != Verdict::Broken
                || operation.errors.iter().all(|error| error.change.is_some());
            assert!(explained, "{name}\n{:#?}", operation.errors);
        }
        let valid_on_old = |verdict| matches!(verdict, Verdict::Valid | Verdict::AtRisk | Verdict::Broken);
        for (schema, valid) in [
            (old, operations.iter().map(|operation| valid_on_old(operation.verdict)).collect()),
            (new, operations.iter().map(|operation| operation.errors.is_empty()).collect()),
        ] {
            let line = serde_json::json!({"schema": schema, "documents": texts});
            let _ = writeln!(asked, "{line}");
            answered.push((name.clone(), valid));
        }
    };
    each_change(4, |change| {
        ask(&change, &change.old, &change.new, "forward");
        ask(&change, &change.new, &change.old, "backward");
    });
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/validate.js");
    let mut child = Command::new("node")
        .arg(script)
        .arg(node::published("graphql-17"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node must be on the path to ask the reference");
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || std::io::Write::write_all(&mut input, asked.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    let reference: Vec<Vec<bool>> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(reference.len(), answered.len());
    let (mut valid, mut invalid) = (0, 0);
    for ((name, ours), theirs) in answered.iter().zip(&reference) {
        assert_eq!(ours, theirs, "{name}");
        valid += ours.iter().filter(|valid| **valid).count();
        invalid += ours.iter().filter(|valid| !**valid).count();
    }
    assert!(valid > 1000 && invalid > 100, "{valid} valid and {invalid} invalid operations say something");
}

/// With the new names, every operation is valid on the new schema and keeps the keys of its response.
#[test]
fn operations_with_the_new_names_are_valid_and_keep_their_keys() {
    let mut migrated = 0;
    each_change(8, |change| {
        if !change.forward.iter().all(|(rule, _)| rule.ends_with("-renamed")) {
            return;
        }
        let texts = operations_on(&change.old, change.seed);
        let documents: Vec<(String, &str)> =
            texts.iter().enumerate().map(|(at, text)| (format!("{at}.graphql"), text.as_str())).collect();
        let documents: Vec<(&str, &str)> =
            documents.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        let answer = support::answer(&change.old, &change.new, &documents, |request| {
            schemacheck::check::check_migration(request, "suggest")
        });
        let (names, new_texts) =
            (answer.report.migration.unwrap().documents, answer.migration.unwrap().texts);
        let mut after: Vec<&str> = texts.iter().map(String::as_str).collect();
        for (name, (_, text)) in names.iter().zip(&new_texts) {
            let at: usize = name.strip_suffix(".graphql").unwrap().parse().unwrap();
            assert_eq!(response_keys(after[at]), response_keys(text));
            after[at] = text;
            migrated += 1;
        }
        let report = schemacheck::check::check_texts(&change.new, &change.new, after.iter().copied());
        for operation in report.operations.unwrap() {
            let Changed { seed, kind, old, new, .. } = &change;
            let said = &operation.errors;
            assert!(said.is_empty(), "seed {seed}, {kind}\n--- old\n{old}\n--- new\n{new}\n{said:#?}");
        }
    });
    assert!(migrated > 100, "{migrated} documents say something");
}

/// The keys of a document's fields, in the order of the text.
fn response_keys(text: &str) -> Vec<String> {
    fn keys(set: &SelectionSet<'_>, all: &mut Vec<String>) {
        for selection in set.selections {
            match selection {
                Selection::Field(field) => {
                    all.push(field.response_name().to_owned());
                    field.selection_set.iter().for_each(|set| keys(set, all));
                }
                Selection::InlineFragment(fragment) => keys(&fragment.selection_set, all),
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    let mut sources = Sources::new();
    let id = sources.add("document", text).unwrap();
    let arena = Bump::new();
    let document = schemacheck_graphql::parser::parse(&arena, sources.get(id), Limits::default()).unwrap();
    let mut all = Vec::new();
    for definition in document.definitions {
        match definition {
            Definition::Operation(node) => keys(&node.selection_set, &mut all),
            Definition::Fragment(node) => keys(&node.selection_set, &mut all),
            _ => {}
        }
    }
    all
}

/// Operations that are valid on a schema.
fn operations_on(sdl: &str, seed: u64) -> Vec<String> {
    let mut sources = Sources::new();
    let id = sources.add("schema", sdl).unwrap();
    let arena = Bump::new();
    let loaded = schema::load(&arena, &sources, &[id], Limits::default()).unwrap();
    let mut generator = generate::Generator::new(&loaded.schema, generate::SEED + seed);
    (0..24).map(|_| generator.document()).collect()
}

#[test]
fn a_schema_equals_itself_in_any_order() {
    for seed in 0..10 * SCHEMAS {
        let mut random = Random::new(seed + 1);
        let model = Model::random(&mut random);
        let text = model.text();
        assert_eq!(changes(&text, &text), [], "seed {seed}\n{text}");
        let mut shuffled = model.clone();
        shuffled.shuffle(&mut random);
        assert_eq!(changes(&text, &shuffled.text()), [], "seed {seed}\n{text}");
    }
}

#[test]
fn descriptions_break_nothing() {
    for seed in 0..10 * SCHEMAS {
        let mut random = Random::new(seed + 1);
        let old = Model::random(&mut random);
        let mut new = old.clone();
        for (_, extras) in new.described() {
            extras.description = (*random.pick(&["", "\"a\" ", "\"\"\"b\"\"\" "])).to_owned();
        }
        let found = changes(&old.text(), &new.text());
        assert!(found.iter().all(|(severity, ..)| *severity == Severity::Safe), "seed {seed}: {found:?}");
        assert!(!found.is_empty(), "seed {seed}");
    }
}
