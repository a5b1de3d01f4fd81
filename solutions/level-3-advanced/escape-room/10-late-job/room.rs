//! Room 10 · The job that comes late, mended: a note belongs to a function, and not to
//! a moment.

use std::collections::HashMap;

use boa_engine::{
    Context, JsError, JsNativeError, JsResult, JsValue, NativeFunction, Source,
    builtins::promise::PromiseState,
    js_string,
    object::builtins::{JsFunction, JsPromise},
    property::Attribute,
    realm::Realm,
};
use serde_json::Value as Json;

/// A member: where its programs run, and what keeps its promise `closing`.
struct Member {
    realm: Realm,
    close: JsFunction,
}

/// The club.
pub struct Room {
    context: Context,
    members: HashMap<String, Member>,
    keepers: String,
}

impl Room {
    /// A club with these notes: its members', and one for `keeper`.
    pub fn new(notes: HashMap<String, String>) -> Result<Self, String> {
        Self::build(notes).map_err(|error| error.to_string())
    }

    fn build(notes: HashMap<String, String>) -> JsResult<Self> {
        let mut context = Context::default();
        let mut members = HashMap::new();
        let mut keepers = String::new();
        for (name, note) in notes {
            if name == "keeper" {
                keepers = note;
            } else {
                members.insert(name, join(&note, &mut context)?);
            }
        }
        Ok(Self {
            context,
            members,
            keepers,
        })
    }

    /// Runs a program of the member `name` and gives its value; of a promise, what
    /// becomes of it.
    pub fn run(&mut self, name: &str, source: &str) -> Result<Json, String> {
        let member = self.members.get(name).ok_or("there is no such member")?;
        let host = self.context.enter_realm(member.realm.clone());
        let value = self.context.eval(Source::from_bytes(source));
        self.context.enter_realm(host);
        let value = value.and_then(|value| self.settled(value));
        value.map_err(|error| error.to_string())
    }

    /// What a value comes to, once all jobs are done.
    fn settled(&mut self, value: JsValue) -> JsResult<Json> {
        self.context.run_jobs()?;
        let promise = value.as_object().map(JsPromise::from_object);
        let value = match promise.and_then(Result::ok).map(|promise| promise.state()) {
            None => value,
            Some(PromiseState::Fulfilled(value)) => value,
            Some(PromiseState::Rejected(reason)) => return Err(JsError::from_opaque(reason)),
            Some(PromiseState::Pending) => {
                let error = JsNativeError::error().with_message("the promise is pending");
                return Err(error.into());
            }
        };
        Ok(value.to_json(&mut self.context)?.unwrap_or(Json::Null))
    }

    /// Closes for the day: keeps the promise `closing` of every member. Gives what the
    /// keeper has noted.
    pub fn close(&mut self) -> Result<String, String> {
        let bye = [JsValue::from(js_string!("good night"))];
        for member in self.members.values() {
            let kept = member
                .close
                .call(&JsValue::undefined(), &bye, &mut self.context);
            kept.map_err(|error| error.to_string())?;
        }
        let done = self.context.run_jobs();
        done.map_err(|error| error.to_string())?;
        Ok(self.keepers.clone())
    }
}

/// A realm for the member with this note, with `note` and `closing` in it.
fn join(note: &str, context: &mut Context) -> JsResult<Member> {
    let realm = context.create_realm()?;
    let host = context.enter_realm(realm.clone());
    let (closing, resolvers) = JsPromise::new_pending(context);
    // A job runs when somebody runs the jobs, and that may be any time. So the function
    // does not ask who is present: each member has one of its own, with its note.
    let note = NativeFunction::from_copy_closure_with_captures(
        |_, _, note, _| Ok(note.clone().into()),
        js_string!(note),
    );
    context.register_global_builtin_callable(js_string!("note"), 0, note)?;
    context.register_global_property(js_string!("closing"), closing, Attribute::all())?;
    context.enter_realm(host);
    Ok(Member {
        realm,
        close: resolvers.resolve,
    })
}

harness::serve! { type Room { new(HashMap<String, String>), run(&str, &str), close() } }
