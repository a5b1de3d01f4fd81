//! What an exercise serves, and the objects it has made: turns what is asked
//! into an answer.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::argument::Arguments;
use crate::panics;
use crate::returned::Made;
use crate::wire::{Answer, Ask, Hello, HelloConstructor, HelloType, Signature, VERSION};

/// Calls a function. An error is the reason of a refusal.
pub type CallFunction = fn(Arguments<'_>) -> Result<Answer, String>;
/// Calls a constructor.
pub type CallConstructor = fn(Arguments<'_>) -> Result<Made, String>;
/// Calls a method of the object.
pub type CallMethod = fn(&mut dyn Any, Arguments<'_>) -> Result<Answer, String>;

/// The methods of a type.
pub type Methods = Vec<Served<CallMethod>>;

/// Everything that an exercise serves, in the order of its `serve!`.
#[derive(Debug, Default)]
pub struct Service {
    /// The functions.
    pub functions: Vec<Served<CallFunction>>,
    /// The types.
    pub types: Vec<Type>,
    /// What [`process`](crate::process()) can start, by name.
    pub processes: Vec<(&'static str, fn())>,
}

/// A function, a constructor or a method.
#[derive(Debug)]
pub struct Served<Call> {
    /// What a request calls it.
    pub name: &'static str,
    /// What messages call it: `evaluate`, `Playground::run`.
    pub path: &'static str,
    /// The types of its arguments.
    pub signature: Signature,
    /// The code.
    pub call: Call,
}

/// A type with its constructor and methods.
#[derive(Debug)]
pub struct Type {
    /// Its name.
    pub name: &'static str,
    /// What makes an object.
    pub constructor: Served<CallConstructor>,
    /// What can be called on an object.
    pub methods: Methods,
}

impl<Call> Served<Call> {
    /// `evaluate(&str)`
    pub fn declaration(&self) -> String {
        format!("{}({})", self.name, self.signature.join(", "))
    }

    fn arguments<'a>(&self, values: &'a [Value]) -> Result<Arguments<'a>, String> {
        Arguments::new(self.path, self.signature, values)
    }
}

impl Service {
    /// The greeting.
    pub fn hello(&self) -> Hello {
        let types = self.types.iter().map(|served| {
            let constructor = HelloConstructor {
                name: served.constructor.name,
                arguments: served.constructor.signature,
            };
            (
                served.name,
                HelloType {
                    constructor,
                    methods: signatures(&served.methods),
                },
            )
        });
        Hello {
            wire: VERSION,
            functions: signatures(&self.functions),
            types: types.collect(),
        }
    }
}

fn signatures<Call>(served: &[Served<Call>]) -> BTreeMap<&'static str, Signature> {
    served
        .iter()
        .map(|served| (served.name, served.signature))
        .collect()
}

/// A service at work, with the objects it has made.
///
/// It stays on the thread that made it: an object may be bound to its thread,
/// as every context of a script engine with a garbage collector is.
pub struct Session {
    service: Service,
    objects: BTreeMap<u64, Object>,
    made: u64,
}

struct Object {
    /// The place of its type in the service.
    type_index: usize,
    value: Box<dyn Any>,
}

impl Session {
    /// A session without objects.
    pub fn new(service: Service) -> Self {
        Self {
            service,
            objects: BTreeMap::new(),
            made: 0,
        }
    }

    /// What it serves.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// Does what is asked. A panic in the exercise's code is an answer too.
    ///
    /// An object whose method panicked stays usable, in the state in which the
    /// panic left it, like a value after `catch_unwind` in Rust itself.
    pub fn answer(&mut self, ask: &Ask) -> Answer {
        let answer = match ask {
            Ask::Call {
                function,
                arguments,
            } => self.call(function, arguments),
            Ask::New {
                type_name,
                arguments,
            } => self.construct(type_name, arguments),
            Ask::Method {
                object,
                method,
                arguments,
            } => self.call_method(*object, method, arguments),
            Ask::Drop { object } => self.drop_object(*object),
        };
        answer.unwrap_or_else(Answer::Refused)
    }

    fn call(&self, name: &str, values: &[Value]) -> Result<Answer, String> {
        let function = find(&self.service.functions, name).ok_or_else(|| {
            format!(
                "there is no function `{name}`; {}",
                offer(&self.service.functions)
            )
        })?;
        let arguments = function.arguments(values)?;
        panics::catch(|| (function.call)(arguments)).unwrap_or_else(Ok)
    }

    fn construct(&mut self, name: &str, values: &[Value]) -> Result<Answer, String> {
        let types = &self.service.types;
        let type_index = types
            .iter()
            .position(|served| served.name == name)
            .ok_or_else(|| {
                let names: Vec<_> = types.iter().map(|served| served.name).collect();
                format!("there is no type `{name}`; {}", list(&names))
            })?;
        let constructor = &types[type_index].constructor;
        let arguments = constructor.arguments(values)?;
        match panics::catch(|| (constructor.call)(arguments)) {
            Ok(Ok(Made::Object(value))) => {
                self.made += 1;
                self.objects.insert(self.made, Object { type_index, value });
                Ok(Answer::Object(self.made))
            }
            Ok(Ok(Made::Answer(answer))) | Err(answer) => Ok(answer),
            Ok(Err(reason)) => Err(reason),
        }
    }

    fn call_method(&mut self, number: u64, name: &str, values: &[Value]) -> Result<Answer, String> {
        let object = self
            .objects
            .get_mut(&number)
            .ok_or_else(|| missing(number, self.made))?;
        let Type {
            name: type_name,
            methods,
            ..
        } = &self.service.types[object.type_index];
        let method = find(methods, name)
            .ok_or_else(|| format!("{type_name} has no method `{name}`; {}", offer(methods)))?;
        let arguments = method.arguments(values)?;
        panics::catch(|| (method.call)(object.value.as_mut(), arguments)).unwrap_or_else(Ok)
    }

    fn drop_object(&mut self, number: u64) -> Result<Answer, String> {
        let object = self
            .objects
            .remove(&number)
            .ok_or_else(|| missing(number, self.made))?;
        Ok(match panics::catch(|| drop(object)) {
            Ok(()) => Answer::Ok(Value::Null),
            Err(panic) => panic,
        })
    }

    /// Drops every object that is left, the oldest first.
    pub fn end(&mut self) {
        while let Some((_, object)) = self.objects.pop_first() {
            // Nobody waits for an answer any more.
            let _ = panics::catch(|| drop(object));
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("service", &self.service)
            .field("objects", &self.objects.len())
            .finish_non_exhaustive()
    }
}

fn find<'a, Call>(served: &'a [Served<Call>], name: &str) -> Option<&'a Served<Call>> {
    served.iter().find(|served| served.name == name)
}

fn offer<Call>(served: &[Served<Call>]) -> String {
    list(&served.iter().map(|served| served.name).collect::<Vec<_>>())
}

fn list(names: &[&str]) -> String {
    match names {
        [] => "none is served".to_owned(),
        names => format!("served: {}", names.join(", ")),
    }
}

fn missing(number: u64, made: u64) -> String {
    if (1..=made).contains(&number) {
        format!("object {number} was dropped")
    } else {
        format!("there is no object {number}")
    }
}
