//! Breadth first through all that can happen, so that the first trace to a broken promise is a shortest one;
//! and from every state the friendly way to rest.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use super::action::Action;
use super::friendly::Friendly;
use super::key::{Already, ByKey, Key};
use super::laws::{Checked, Law, Seen, Violation};
use super::mutation::Mutation;
use super::scene::Scene;
use super::world::{Stage, World};

/// A broken promise, and how it came to that.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) violation: Violation,
    pub(super) trace: Vec<String>,
}

/// Walks all of a scene.
///
/// # Errors
/// The first broken promise, with a shortest trace.
pub(super) fn walk(
    scene: &Scene,
    mutation: Option<Mutation>,
    seen: &mut Seen,
    most: usize,
) -> Result<(), Box<Failure>> {
    let mut graph = Graph::default();
    graph.explore(scene, mutation, seen, most).map_err(|stop| Box::new(graph.explain(scene, mutation, stop)))
}

/// All canonical states of a scene met so far.
#[derive(Debug, Default)]
struct Graph {
    nodes: Vec<Node>,
    places: ByKey<u32>,
    /// States off the graph from which the friendly way leads to rest, or to this node.
    beyond: ByKey<Option<u32>>,
    /// The machines that were probed, each in the first world that had it.
    probed: HashSet<Key, BuildHasherDefault<Already>>,
}

/// A canonical state: how it was first reached, and where the friendly way goes from it (nowhere: it is at
/// rest).
#[derive(Clone, Copy, Debug)]
struct Node {
    parent: u32,
    action: Action,
    friendly: Option<u32>,
}

/// A node whose next steps have not been taken.
#[derive(Debug)]
struct Open {
    at: u32,
    machine: Key,
    world: World,
}

/// Where a search stopped: at a node, after one action more or on its friendly way.
#[derive(Debug)]
struct Stop {
    node: u32,
    then: Then,
    violation: Violation,
}

#[derive(Clone, Copy, Debug)]
enum Then {
    Here,
    Do(Action),
    GoFriendly,
}

impl Graph {
    fn explore(
        &mut self,
        scene: &Scene,
        mutation: Option<Mutation>,
        seen: &mut Seen,
        most: usize,
    ) -> Result<(), Stop> {
        let mut stage = Stage::new(scene, mutation, seen);
        let stop = |node, then| move |violation| Stop { node, then, violation };
        let root = World::start(&mut stage).map_err(stop(0, Then::Here))?;
        self.nodes.push(Node { parent: 0, action: Action::Start, friendly: None });
        let (machine, key) = root.keys(scene);
        self.places.insert(key, 0);
        let mut level = vec![Open { at: 0, machine, world: root }];
        while !level.is_empty() {
            let mut next = Vec::new();
            for open in level {
                let at = open.at;
                self.expand(&mut stage, open, &mut next)?;
                if self.nodes.len() > most {
                    let what = format!("more than {most} states");
                    return Err(Stop {
                        node: at,
                        then: Then::Here,
                        violation: Violation { law: Law::S12, what },
                    });
                }
            }
            level = next;
        }
        stage.seen.states += self.nodes.len();
        self.find_livelock()
    }

    fn expand(&mut self, stage: &mut Stage<'_>, open: Open, next: &mut Vec<Open>) -> Result<(), Stop> {
        let Open { at, machine, world } = open;
        let stop = |then| move |violation| Stop { node: at, then, violation };
        world.check(stage).map_err(stop(Then::Here))?;
        let names = world.state_names();
        stage.heard.clear();
        if self.probed.insert(machine) {
            world.probe_machine(stage).map_err(stop(Then::Here))?;
        }
        world.probe_world(stage).map_err(stop(Then::Here))?;
        let mut came = std::mem::take(&mut stage.heard);
        let friendly = world.friendly(stage).map_err(stop(Then::Here))?;
        let mut is_followed = friendly == Friendly::AtRest;
        for action in world.choices(stage.scene) {
            let mut child = world.clone();
            child.step(stage, action).map_err(stop(Then::Do(action)))?;
            stage.seen.edges += 1;
            came.extend(if action == Action::Wait { Some("deadline") } else { stage.heard.first().copied() });
            let place = self.place(stage.scene, at, action, child, next);
            if friendly == Friendly::Next(action) {
                self.nodes[at as usize].friendly = Some(place);
                is_followed = true;
            }
        }
        stage.seen.came(names, &came);
        if !is_followed {
            self.nodes[at as usize].friendly = self.follow(stage, world).map_err(stop(Then::GoFriendly))?;
        }
        Ok(())
    }

    /// The node of a world, new or not.
    fn place(
        &mut self,
        scene: &Scene,
        parent: u32,
        action: Action,
        world: World,
        next: &mut Vec<Open>,
    ) -> u32 {
        let new = u32::try_from(self.nodes.len()).expect("fewer than 2^32 states");
        let (machine, key) = world.keys(scene);
        let place = *self.places.entry(key).or_insert(new);
        if place == new {
            self.nodes.push(Node { parent, action, friendly: None });
            next.push(Open { at: new, machine, world });
        }
        place
    }

    /// Goes the friendly way off the graph until it is on the graph again, or at rest.
    fn follow(&mut self, stage: &mut Stage<'_>, mut world: World) -> Checked<Option<u32>> {
        let mut passed = Vec::new();
        let end = loop {
            let Friendly::Next(action) = world.friendly(stage)? else { break None };
            world.step(stage, action)?;
            let key = world.key(stage.scene);
            if let Some(place) = self.places.get(&key) {
                break Some(*place);
            }
            if let Some(end) = self.beyond.get(&key) {
                break *end;
            }
            world.check(stage)?;
            if passed.contains(&key) {
                return Err(livelock());
            }
            passed.push(key);
        };
        self.beyond.extend(passed.into_iter().map(|key| (key, end)));
        Ok(end)
    }

    /// L4: no friendly way goes round in a circle.
    fn find_livelock(&self) -> Result<(), Stop> {
        let mut leads_to_rest = vec![false; self.nodes.len()];
        for start in 0..self.nodes.len() {
            let mut way = Vec::new();
            let mut at = start;
            while !leads_to_rest[at] {
                leads_to_rest[at] = true;
                way.push(at);
                let Some(next) = self.nodes[at].friendly else { break };
                at = next as usize;
                if way.contains(&at) {
                    let node = u32::try_from(start).expect("fewer than 2^32 states");
                    return Err(Stop { node, then: Then::GoFriendly, violation: livelock() });
                }
            }
        }
        Ok(())
    }

    /// Goes the way to a stop again, with a journal.
    fn explain(&self, scene: &Scene, mutation: Option<Mutation>, stop: Stop) -> Failure {
        let mut actions = Vec::new();
        let mut at = stop.node;
        while at != 0 {
            let node = self.nodes[at as usize];
            actions.push(node.action);
            at = node.parent;
        }
        actions.reverse();
        let mut seen = Seen::default();
        let mut stage = Stage::new(scene, mutation, &mut seen);
        stage.journal = Some(vec!["  Start".to_owned()]);
        let again = replay(&mut stage, actions, stop.then);
        let trace = stage.journal.take().unwrap_or_default();
        let violation = again.err().unwrap_or(stop.violation);
        Failure { violation, trace }
    }
}

fn replay(stage: &mut Stage<'_>, actions: Vec<Action>, then: Then) -> Checked {
    let mut world = World::start(stage)?;
    for action in actions {
        world.step(stage, action)?;
    }
    match then {
        Then::Here => {
            world.check(stage)?;
            world.probe(stage)?;
            world.friendly(stage).map(drop)
        }
        Then::Do(action) => world.step(stage, action),
        Then::GoFriendly => {
            stage.note(|| "  -- from here on all goes well --".to_owned());
            let mut passed = Vec::new();
            while let Friendly::Next(action) = world.friendly(stage)? {
                world.step(stage, action)?;
                world.check(stage)?;
                let key = world.key(stage.scene);
                if passed.contains(&key) {
                    stage.note(|| "  -- and so on in a circle --".to_owned());
                    return world.owes(stage);
                }
                passed.push(key);
            }
            Ok(())
        }
    }
}

fn livelock() -> Violation {
    Violation { law: Law::L4, what: "the friendly way goes round in a circle".to_owned() }
}
