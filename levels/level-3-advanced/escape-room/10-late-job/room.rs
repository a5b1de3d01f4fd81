//! Room 10 · The job that comes late
//!
//! A club keeps a note for each of its members and one for its keeper. The programs of
//! the members run in one context, each member's in a realm of its own. `note()` is the
//! note of whoever is at the desk: a member while its program runs, or else the keeper.
//! The keeper's note is the flag.
//!
//! - Break it: `attack.js` is a member's program that reads the flag.
//! - Mend it: no attack works, and every ordinary member is served.
//!
//! Judge both: `cargo checker room 10` · a hint: `cargo checker hint room-10`

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use boa_engine::{
    Context, JsError, JsNativeError, JsResult, JsValue, NativeFunction, Source,
    builtins::promise::PromiseState,
    js_string,
    object::builtins::{JsFunction, JsPromise},
    property::Attribute,
    realm::Realm,
};
use serde_json::Value as Json;

/// Who is at the desk, and everybody's note by name.
struct Desk {
    present: String,
    notes: HashMap<String, String>,
}

/// A member: where its programs run, and what keeps its promise `closing`.
struct Member {
    realm: Realm,
    close: JsFunction,
}

/// The club.
pub struct Room {
    context: Context,
    desk: Rc<RefCell<Desk>>,
    members: HashMap<String, Member>,
}

impl Room {
    /// A club with these notes: its members', and one for `keeper`.
    pub fn new(notes: HashMap<String, String>) -> Result<Self, String> {
        Self::build(notes).map_err(|error| error.to_string())
    }

    fn build(notes: HashMap<String, String>) -> JsResult<Self> {
        let mut context = Context::default();
        let mut members = HashMap::new();
        for name in notes.keys().filter(|name| *name != "keeper") {
            members.insert(name.clone(), join(&mut context)?);
        }
        let present = "keeper".to_owned();
        let desk = Rc::new(RefCell::new(Desk { present, notes }));
        context.insert_data(Rc::clone(&desk));
        Ok(Self {
            context,
            desk,
            members,
        })
    }

    /// Runs a program of the member `name` and gives its value; of a promise, what
    /// becomes of it.
    pub fn run(&mut self, name: &str, source: &str) -> Result<Json, String> {
        let member = self.members.get(name).ok_or("there is no such member")?;
        let keepers = self.context.enter_realm(member.realm.clone());
        self.desk.borrow_mut().present = name.to_owned();
        let value = self.context.eval(Source::from_bytes(source));
        self.desk.borrow_mut().present = "keeper".to_owned();
        self.context.enter_realm(keepers);
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
        Ok(self.desk.borrow().notes["keeper"].clone())
    }
}

/// A realm for a member, with `note` and `closing` in it.
fn join(context: &mut Context) -> JsResult<Member> {
    let realm = context.create_realm()?;
    let keepers = context.enter_realm(realm.clone());
    let (closing, resolvers) = JsPromise::new_pending(context);
    let note = NativeFunction::from_fn_ptr(note);
    context.register_global_builtin_callable(js_string!("note"), 0, note)?;
    context.register_global_property(js_string!("closing"), closing, Attribute::all())?;
    context.enter_realm(keepers);
    Ok(Member {
        realm,
        close: resolvers.resolve,
    })
}

/// `note()`: the note of whoever is at the desk.
fn note(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let desk = context.get_data::<Rc<RefCell<Desk>>>();
    let desk = desk.expect("set before any run").borrow();
    Ok(js_string!(desk.notes[&desk.present].as_str()).into())
}

harness::serve! { type Room { new(HashMap<String, String>), run(&str, &str), close() } }
