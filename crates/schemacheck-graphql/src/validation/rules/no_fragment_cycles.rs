//! No fragment spreads itself, directly or through others (specification, section 5.5.2.2).

use bumpalo::collections::Vec as ArenaVec;

use crate::diagnostic::Diagnostic;
use crate::validation::{Context, Rule, Spread};

pub(super) struct This;

/// How many spreads of one cycle are told.
const MAX_PLACES: usize = 8;

/// How far the search has come with a fragment.
#[derive(Clone, Copy)]
enum State {
    New,
    /// On the path from the first fragment to the one at hand, at this depth.
    Open(usize),
    Done,
}

/// A fragment on the path: its spreads that are still to be followed, and the one that is being followed.
struct Step<'d> {
    fragment: usize,
    next: u32,
    end: u32,
    spread: Option<Spread<'d>>,
}

impl Rule for This {
    const ID: &'static str = crate::rule_id!();

    /// A search in depth that enters each fragment once; a spread of a fragment on the path closes a cycle.
    fn end(cx: &mut Context<'_, '_>) {
        let count = cx.fragments.list.len();
        let mut states = bumpalo::vec![in cx.arena; State::New; count];
        let mut path = ArenaVec::new_in(cx.arena);
        for start in 0..count {
            if !matches!(states[start], State::New) {
                continue;
            }
            enter(cx, start, &mut states, &mut path);
            while let Some(step) = path.last_mut() {
                if step.next == step.end {
                    states[step.fragment] = State::Done;
                    path.pop();
                    continue;
                }
                let spread = cx.spreads[step.next as usize];
                step.next += 1;
                step.spread = Some(spread);
                let Some(target) = spread.fragment.map(|index| index as usize) else { continue };
                match states[target] {
                    State::New => enter(cx, target, &mut states, &mut path),
                    State::Open(depth) => report(cx, &path[depth..]),
                    State::Done => {}
                }
            }
        }
    }
}

fn enter<'d>(cx: &Context<'_, 'd>, fragment: usize, states: &mut [State], path: &mut ArenaVec<'d, Step<'d>>) {
    states[fragment] = State::Open(path.len());
    let (next, end) = cx.fragment_facts[fragment].spreads;
    path.push(Step { fragment, next, end, spread: None });
}

#[cold]
fn report(cx: &mut Context<'_, '_>, cycle: &[Step<'_>]) {
    let Some(first) = cycle.first() else { return };
    let name = cx.fragments.list[first.fragment].name.text;
    let spreads = || cycle.iter().filter_map(|step| step.spread).map(|spread| spread.node);
    let message = if cycle.len() == 1 {
        format!("the fragment {name} spreads itself")
    } else {
        let through: Vec<_> =
            spreads().take(cycle.len() - 1).take(MAX_PLACES).map(|node| node.name.text).collect();
        let more = if cycle.len() - 1 > MAX_PLACES { " and others" } else { "" };
        format!("the fragment {name} spreads itself through {}{more}", through.join(", "))
    };
    let span = spreads().next().map(|node| node.span).unwrap_or_default();
    let mut diagnostic = Diagnostic::error(This::ID, span, message);
    for node in spreads().skip(1).take(MAX_PLACES) {
        diagnostic = diagnostic.related(node.span, format!("spreads {}", node.name.text));
    }
    cx.report(diagnostic.help("take one of the spreads out; a response cannot nest without end"));
}
