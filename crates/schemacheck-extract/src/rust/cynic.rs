//! Operations that cynic makes of structs while the client is built.
//!
//! A struct of which `QueryFragment` is derived is a selection; one on a root type is an operation with the name of the struct.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::items::{Item, Items, Member, Piece, Type};
use crate::code::project::{Embedded, Extracted, MAX_DEPTH, Project, Text, Unknown};
use crate::{Found, HOLE};

/// The number of a file and of an item in it.
type Id = (usize, usize);

/// The types that hold one value, several, or none of what is in them, and are not seen in GraphQL's text.
const WRAPPERS: &[&str] = &["Option", "Vec", "Box", "Rc", "Arc", "Cow"];

/// What is a scalar without being declared as one, and its name in GraphQL.
const SCALARS: &[(&str, &str)] = &[
    ("String", "String"),
    ("str", "String"),
    ("i32", "Int"),
    ("f64", "Float"),
    ("bool", "Boolean"),
    ("Id", "ID"),
];

/// How many structs may have one name.
const MAX_SAME: usize = 1000;

/// The keywords of operations, which are the usual names of the root types as well.
const KEYWORDS: [&str; 3] = ["query", "mutation", "subscription"];

/// Adds the operations that the structs of these files are.
pub(crate) fn operations(project: &Project<'_, '_>, files: &[usize], extracted: &mut Extracted) {
    let mut by_name: HashMap<&str, Vec<Id>> = HashMap::new();
    for &file in files {
        for (index, item) in project.items(file).list.iter().enumerate() {
            by_name.entry(&item.name).or_default().push((file, index));
        }
    }
    let (mut scalars, mut builds) = (HashMap::new(), HashMap::new());
    for items in files.iter().map(|&file| project.items(file)) {
        for (name, graphql) in &items.scalars {
            scalars.entry(name.as_str()).or_insert(graphql.as_str());
        }
        // What a file can build in one way alone, it builds so.
        let first = items.builders.first();
        let only = first.filter(|first| items.builders.iter().all(|builder| builder == *first)).copied();
        for (name, keyword) in &items.builds {
            builds.entry(name.as_str()).or_insert_with(BTreeSet::new).insert(keyword.or(only));
        }
    }
    let mut cynic = Cynic { project, by_name, scalars, builds, files, parts: HashSet::new() };
    cynic.parts = cynic.all_parts();
    for &file in files {
        for (index, item) in project.items(file).list.iter().enumerate() {
            if item.derives("QueryFragment") {
                cynic.operation((file, index), extracted);
            }
        }
    }
}

struct Cynic<'c, 'p, 't> {
    project: &'c Project<'p, 't>,
    by_name: HashMap<&'c str, Vec<Id>>,
    /// The types that are declared scalars, with their names in GraphQL.
    scalars: HashMap<&'c str, &'c str>,
    /// The structs of which calls make operations, with the keywords, as far as they are known.
    builds: HashMap<&'c str, BTreeSet<Option<&'static str>>>,
    files: &'c [usize],
    /// The structs that stand in others.
    parts: HashSet<Id>,
}

/// What a type is.
#[derive(Clone, Copy)]
enum Meaning {
    Selection(Id),
    Leaf,
    Unknown,
}

/// Where a selection stands in those around it.
struct Place {
    path: Vec<Id>,
    /// How often a field led back to its own type.
    recursed: Option<u32>,
}

impl<'c> Cynic<'c, '_, '_> {
    fn items(&self, file: usize) -> &'c Items {
        self.project.items(file)
    }

    fn item(&self, (file, index): Id) -> &'c Item {
        &self.items(file).list[index]
    }

    fn all_parts(&self) -> HashSet<Id> {
        let mut parts = HashSet::new();
        for &file in self.files {
            for (index, item) in self.items(file).list.iter().enumerate() {
                for member in &item.members {
                    if let Meaning::Selection(part) = self.meaning((file, index), member.ty.as_ref()) {
                        // A type that leads back to itself may still be where an operation begins.
                        parts.extend(Some(part).filter(|&part| part != (file, index)));
                    }
                }
            }
        }
        parts
    }

    // Names.

    /// What the type of a member of an item is.
    fn meaning(&self, at: Id, ty: Option<&Type>) -> Meaning {
        let Some(ty) = ty.map(inside) else { return Meaning::Unknown };
        let Some(name) = ty.path.last() else { return Meaning::Unknown };
        if ty.path.len() == 1 && self.item(at).generics.contains(name) {
            return Meaning::Unknown;
        }
        let found = self.named(at, &ty.path);
        let is_leaf = |&id: &Id| self.item(id).derives("Enum") || self.item(id).derives("Scalar");
        let is_selection = |id: Id| {
            let item = self.item(id);
            item.derives("QueryFragment") || item.derives("InlineFragments")
        };
        match found[..] {
            [only] if is_selection(only) => Meaning::Selection(only),
            [] if self.scalar(ty).is_some() => Meaning::Leaf,
            [_, ..] if found.iter().all(is_leaf) => Meaning::Leaf,
            _ => Meaning::Unknown,
        }
    }

    /// The name in GraphQL of a type that is declared a scalar.
    fn scalar(&self, ty: &Type) -> Option<&'c str> {
        let name = ty.path.last()?;
        let built_in = || SCALARS.iter().find(|(scalar, _)| scalar == name).map(|&(_, graphql)| graphql);
        self.scalars.get(name.as_str()).copied().or_else(built_in)
    }

    /// The items that a path can mean, seen from an item.
    fn named(&self, at: Id, path: &[String]) -> Vec<Id> {
        let (file, from) = (at.0, self.item(at).at);
        let Some(last) = path.last() else { return Vec::new() };
        let all = |name: &str| {
            self.by_name.get(name).filter(|all| all.len() <= MAX_SAME).map_or(&[][..], Vec::as_slice)
        };
        let sees = |&id: &Id| {
            let (start, end) = self.item(id).scope;
            id.0 == file && start <= from && from < end
        };
        let mut path = path;
        if let [name] = path {
            // The innermost module that has it.
            let visible: Vec<Id> = all(name).iter().copied().filter(|id| sees(id)).collect();
            if let Some(innermost) = visible.iter().map(|&id| self.item(id).scope.0).max() {
                return visible.into_iter().filter(|&id| self.item(id).scope.0 == innermost).collect();
            }
        }
        let whole: Vec<String>;
        if let Some(import) = self.items(file).uses.get(&path[0]) {
            whole = import.iter().chain(&path[1..]).cloned().collect();
            path = &whole;
        }
        let candidates = all(path.last().unwrap_or(last));
        let is_relative = |name: &&String| matches!(name.as_str(), "crate" | "self" | "super");
        let modules = &path[..path.len() - 1];
        let Some(module) = modules.iter().rev().find(|name| !is_relative(name)) else {
            return candidates.to_vec();
        };
        let there = |&id: &Id| self.module(id).replace('-', "_") == *module;
        let found: Vec<Id> = candidates.iter().copied().filter(there).collect();
        // A module passes on what others hold, but not what other crates do.
        let of_crate = |&id: &Id| {
            modules.first().is_some_and(|first| {
                is_relative(&first)
                    || self.project.path(id.0).split('/').any(|part| part.replace('-', "_") == *first)
            })
        };
        if found.is_empty() { candidates.iter().copied().filter(of_crate).collect() } else { found }
    }

    /// The module that an item stands in.
    fn module(&self, id: Id) -> &'c str {
        if let Some(module) = &self.item(id).module {
            return module;
        }
        let path = self.project.path(id.0);
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        match name.strip_suffix(".rs").unwrap_or(name) {
            "mod" => folder.rsplit('/').next().unwrap_or(folder),
            "lib" | "main" => {
                folder.strip_suffix("/src").and_then(|root| root.rsplit('/').next()).unwrap_or("")
            }
            name => name,
        }
    }

    // Operations.

    /// Whether an item is an operation: its keyword, or why that is not known. Nothing for a part of others.
    fn keyword(&self, id: Id) -> Option<Result<&'static str, String>> {
        let item = self.item(id);
        let ty = item.graphql_type();
        let builds = self.builds.get(item.name.as_str());
        let is_built = builds.is_some();
        if self.parts.contains(&id) && !is_built {
            return None;
        }
        let lower = ty.to_lowercase();
        let by_name = |fits: &dyn Fn(&str) -> bool| {
            let mut fitting = KEYWORDS.into_iter().filter(|keyword| fits(keyword));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let mut by_calls = builds.into_iter().flatten().flatten();
        let by_calls = by_calls.next().filter(|_| by_calls.next().is_none()).copied();
        let keyword = by_name(&|keyword| lower == keyword)
            .or(by_calls)
            .or_else(|| by_name(&|keyword| lower.contains(keyword)));
        Some(keyword.ok_or_else(|| {
            let place = if is_built { "it is built" } else { "no other struct that is read holds it" };
            format!(
                "{place}, but whether {ty} is the root of queries, mutations or subscriptions is not known"
            )
        }))
    }

    fn operation(&self, id: Id, extracted: &mut Extracted) {
        let (file, item) = (id.0, self.item(id));
        let unresolved = |reason: &str| self.project.unresolved(file, item.range, reason);
        let keyword = match self.keyword(id) {
            None => return,
            Some(Ok(keyword)) => keyword,
            Some(Err(reason)) => return extracted.unresolved.push(unresolved(&reason)),
        };
        if let Some(reason) = extracted.is_full(file) {
            return extracted.unresolved.push(unresolved(reason));
        }
        let at = self.project.start(file) + item.at;
        let (mut selection, mut variables) = (Text::default(), BTreeSet::new());
        let mut place = Place { path: Vec::new(), recursed: None };
        let written = self.selection(id, id, &mut place, &mut selection, &mut variables);
        let mut text = Text::default();
        text.push(&format!("{keyword} {}", item.name), at);
        self.definitions(id, &variables, &mut text);
        text.push(" {", at);
        text.part(&selection, 0, selection.text.len());
        text.push("\n}", at);
        extracted.count(file, &selection);
        if selection.is_full() || text.is_full() || written.is_err() {
            return extracted.unresolved.push(unresolved("the operation is too large"));
        }
        if selection.text.is_empty() {
            return extracted.unresolved.push(unresolved("it selects nothing"));
        }
        let found = Found { text: text.text, map: Some(text.map), holes: text.holes, ..Found::default() };
        extracted.documents.push(Embedded { file, at: item.at, found });
    }

    /// The definitions of the variables that an operation uses.
    fn definitions(&self, id: Id, used: &BTreeSet<String>, out: &mut Text) {
        if used.is_empty() {
            return;
        }
        let item = self.item(id);
        let at = self.project.start(id.0) + item.at;
        out.push("(", at);
        match self.variables(id) {
            None => out.hole(item.settings.get("variables").unwrap_or("variables").to_owned(), at),
            Some(variables) => {
                let (start, struct_of) = (self.project.start(variables.0), self.item(variables));
                let mut first = true;
                for member in &struct_of.members {
                    let name = name_of(struct_of, member);
                    if !used.contains(&name) {
                        continue;
                    }
                    let at = start + member.range.0;
                    out.push(if std::mem::take(&mut first) { "$" } else { ", $" }, at);
                    out.push(&name, at);
                    out.push(": ", at);
                    self.type_of_variable(variables, member, member.ty.as_ref(), true, out, 0);
                }
            }
        }
        out.push(")", at);
    }

    /// The struct of the variables of an item.
    fn variables(&self, id: Id) -> Option<Id> {
        let path = self.item(id).settings.get("variables")?;
        let path: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
        let found = self.named(id, &path);
        match found[..] {
            [only] if self.item(only).derives("QueryVariables") => Some(only),
            _ => None,
        }
    }

    fn type_of_variable(
        &self,
        variables: Id,
        member: &Member,
        ty: Option<&Type>,
        required: bool,
        out: &mut Text,
        depth: u32,
    ) {
        let at = self.project.start(variables.0) + member.range.0;
        let wrapped = ty.and_then(|ty| Some((ty.path.last()?.as_str(), ty.arguments.last()?)));
        match wrapped.filter(|(name, _)| WRAPPERS.contains(name) && depth < MAX_DEPTH) {
            Some(("Option", inner)) => {
                return self.type_of_variable(variables, member, Some(inner), false, out, depth + 1);
            }
            Some(("Vec", inner)) => {
                out.push("[", at);
                self.type_of_variable(variables, member, Some(inner), true, out, depth + 1);
                out.push("]", at);
            }
            Some((_, inner)) => {
                return self.type_of_variable(variables, member, Some(inner), required, out, depth + 1);
            }
            None => {
                let found = ty.map_or(Vec::new(), |ty| self.named(variables, &ty.path));
                let is_input = |id: Id| {
                    let item = self.item(id);
                    ["InputObject", "Enum", "Scalar"].iter().any(|derived| item.derives(derived))
                };
                let name = match found[..] {
                    [only] if is_input(only) => Some(self.item(only).graphql_type()),
                    [] => ty.and_then(|ty| self.scalar(ty)),
                    _ => None,
                };
                if let Some(name) = name {
                    out.push(name, at);
                } else {
                    let (file, range) = (variables.0, member.type_range);
                    out.hole(self.project.shown(file, range), self.project.start(file) + range.0);
                }
            }
        }
        if required {
            out.push("!", at);
        }
    }

    // Selections.

    /// Writes what is selected on an item, without braces; nothing where all of it ended. `root` says what the variables
    /// are called.
    fn selection(
        &self,
        root: Id,
        id: Id,
        place: &mut Place,
        out: &mut Text,
        variables: &mut BTreeSet<String>,
    ) -> Result<(), Unknown> {
        out.step();
        let leads_back = place.recursed.is_none() && place.path.contains(&id);
        if place.path.len() as u32 > MAX_DEPTH || leads_back || out.is_full() {
            return Err(Unknown);
        }
        place.path.push(id);
        let item = self.item(id);
        if item.derives("InlineFragments") {
            self.variants(root, id, place, out, variables);
        } else {
            self.fields(root, id, place, out, variables);
        }
        place.path.pop();
        Ok(())
    }

    fn fields(&self, root: Id, id: Id, place: &mut Place, out: &mut Text, variables: &mut BTreeSet<String>) {
        let (item, start) = (self.item(id), self.project.start(id.0));
        let (mut renamed, mut has_typename) = (HashSet::new(), false);
        for member in &item.members {
            let at = start + member.range.0;
            let meaning = self.meaning(id, member.ty.as_ref());
            let settings = &member.settings;
            // The second field that is asked for twice has another name in the response.
            let repeated = settings.get("rename").is_some_and(|name| !renamed.insert(name));
            let shown = || self.project.shown(id.0, (member.range.0, member.type_range.1));
            if settings.get("feature").is_some() {
                // Only servers that have it are asked for it.
                out.push("\n", at);
                out.hole(shown(), at);
                continue;
            }
            if settings.is("spread") {
                typename(&mut has_typename, at, out);
                out.push("\n...", at);
                self.braces(root, meaning, shown, at, place, out, variables);
                continue;
            }
            let recursed = place.recursed;
            if let Some(most) = settings.get("recurse") {
                let depth = recursed.map_or(0, |depth| depth + 1);
                if most.parse().is_ok_and(|most: u32| depth >= most) {
                    continue;
                }
                place.recursed = Some(depth);
            }
            out.push("\n", at);
            if settings.is("alias") || repeated {
                out.push(&member.name, at);
                out.push(": ", at);
            }
            out.push(&name_of(item, member), at);
            if !member.arguments.is_empty() {
                out.push("(", at);
                self.pieces(root, id.0, &member.arguments, out, variables);
                out.push(")", at);
            }
            self.pieces(root, id.0, &member.directives, out, variables);
            match meaning {
                Meaning::Leaf => {}
                Meaning::Selection(_) => self.braces(root, meaning, shown, at, place, out, variables),
                Meaning::Unknown => {
                    out.push(" ", at);
                    out.hole(self.project.shown(id.0, member.type_range), start + member.type_range.0);
                }
            }
            place.recursed = recursed;
        }
    }

    /// What is selected on each of several types.
    fn variants(
        &self,
        root: Id,
        id: Id,
        place: &mut Place,
        out: &mut Text,
        variables: &mut BTreeSet<String>,
    ) {
        let (item, start) = (self.item(id), self.project.start(id.0));
        let mut has_typename = false;
        let (fallbacks, fragments): (Vec<&Member>, Vec<&Member>) =
            item.members.iter().partition(|member| member.settings.is("fallback"));
        for member in fragments {
            let at = start + member.range.0;
            let shown = || self.project.shown(id.0, (member.range.0, member.type_range.1));
            typename(&mut has_typename, at, out);
            match self.meaning(id, member.ty.as_ref()) {
                Meaning::Selection(part) => {
                    out.push("\n... on ", at);
                    out.push(self.item(part).graphql_type(), at);
                    self.braces(root, Meaning::Selection(part), shown, at, place, out, variables);
                }
                Meaning::Leaf | Meaning::Unknown => {
                    out.push("\n", at);
                    out.hole(shown(), at);
                }
            }
        }
        // What is selected on the types that are not named; a text there is the name of the type.
        for member in fallbacks.into_iter().filter(|member| member.ty.is_some()) {
            let at = start + member.range.0;
            let known = match self.meaning(id, member.ty.as_ref()) {
                Meaning::Selection(part) => self.selection(root, part, place, out, variables).is_ok(),
                Meaning::Leaf => true,
                Meaning::Unknown => false,
            };
            if !known {
                out.push("\n", at);
                out.hole(self.project.shown(id.0, member.range), at);
            }
        }
    }

    /// A selection in its braces; a hole in them where it is not known.
    #[expect(clippy::too_many_arguments, reason = "the walk carries where it is")]
    fn braces(
        &self,
        root: Id,
        meaning: Meaning,
        shown: impl Fn() -> String,
        at: u32,
        place: &mut Place,
        out: &mut Text,
        variables: &mut BTreeSet<String>,
    ) {
        let marks = out.marks();
        out.push(" {", at);
        let begun = out.text.len();
        let known = match meaning {
            Meaning::Selection(id) => self.selection(root, id, place, out, variables).is_ok(),
            Meaning::Leaf | Meaning::Unknown => false,
        };
        if !known {
            out.push(" ", at);
            out.hole(shown(), at);
        } else if out.text.len() == begun {
            // A field that leads back too often is asked for without anything.
            return out.truncate(&marks);
        }
        out.push("\n}", at);
    }

    fn pieces(
        &self,
        root: Id,
        file: usize,
        pieces: &[Piece],
        out: &mut Text,
        variables: &mut BTreeSet<String>,
    ) {
        let start = self.project.start(file);
        for piece in pieces {
            match piece {
                Piece::Text(text, at) => out.push(&text.replace(HOLE, "\u{FFFD}"), start + at),
                Piece::Hole(range) => out.hole(self.project.shown(file, *range), start + range.0),
                Piece::Variable(name, at) => {
                    let written = self.variables(root).and_then(|id| {
                        let item = self.item(id);
                        let member = item.members.iter().find(|member| member.name == *name)?;
                        Some(name_of(item, member))
                    });
                    let written = written.unwrap_or_else(|| cased(name, "camelcase"));
                    out.push(&format!("${written}"), start + at);
                    variables.insert(written);
                }
            }
        }
    }
}

/// The type that is in the wrappers.
fn inside(mut ty: &Type) -> &Type {
    for _ in 0..MAX_DEPTH {
        match (ty.path.last(), ty.arguments.last()) {
            (Some(name), Some(inner)) if WRAPPERS.contains(&name.as_str()) => ty = inner,
            _ => break,
        }
    }
    ty
}

/// `__typename`, which stands once before the fragments of a selection.
fn typename(has_typename: &mut bool, at: u32, out: &mut Text) {
    if !std::mem::replace(has_typename, true) {
        out.push("\n__typename", at);
    }
}

/// The name of a field or variable in GraphQL.
fn name_of(item: &Item, member: &Member) -> String {
    let case = item.settings.get("rename_all").unwrap_or("camelcase");
    match member.settings.get("rename") {
        Some(name) => name.to_owned(),
        None => cased(&member.name, case),
    }
}

/// A name of Rust as names of GraphQL are written.
fn cased(name: &str, case: &str) -> String {
    match case.to_lowercase().as_str() {
        "none" => name.to_owned(),
        "lowercase" => name.to_lowercase(),
        "uppercase" => name.to_uppercase(),
        "pascalcase" => pascal(name),
        "snake_case" => snake(name),
        "screaming_snake_case" => snake(name).to_uppercase(),
        _ => {
            let name = pascal(name);
            let mut chars = name.chars();
            chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
        }
    }
}

/// `thread_id` as `ThreadId`; underscores at the beginning stay, and what follows them begins small.
fn pascal(name: &str) -> String {
    let rest = name.trim_start_matches('_');
    let mut written = name[..name.len() - rest.len()].to_owned();
    let (mut raise, mut upper) = (written.is_empty(), false);
    for char in rest.chars() {
        if char == '_' {
            (raise, upper) = (true, false);
        } else if char.is_uppercase() {
            // Of several capitals in a row the first one stays.
            let rest = upper.then(|| char.to_lowercase());
            written.extend(rest.into_iter().flatten());
            written.extend(Some(char).filter(|_| !upper));
            (raise, upper) = (false, true);
        } else {
            let first = raise.then(|| char.to_uppercase());
            written.extend(first.into_iter().flatten());
            written.extend(Some(char).filter(|_| !raise));
            (raise, upper) = (false, false);
        }
    }
    written
}

/// `ThreadId` as `thread_id`.
fn snake(name: &str) -> String {
    let mut written = String::new();
    let mut upper = true;
    for char in name.chars() {
        if char.is_uppercase() && !upper {
            written.push('_');
        }
        upper = char.is_uppercase();
        written.extend(char.to_lowercase());
    }
    written
}
