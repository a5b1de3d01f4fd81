// Caught by: the encoded attack captures nothing
//! Room 8 · A path out of the folder
//!
//! A shop runs its partners' modules. They lie in memory: a guest is the module
//! `/app/guest/main.js`, and it may import whatever else is below `/app/guest`.
//! The flag is in modules of the shop's own, outside of that folder.
//!
//! - Break it: `attack.js` is a module whose default export is the flag.
//! - Mend it: no attack works, and every ordinary guest does.
//!
//! Judge both: `cargo checker room 8` · a hint: `cargo checker hint room-8`

use std::{cell::RefCell, collections::HashMap, path::Path, rc::Rc};

use boa_engine::{
    Context, JsError, JsNativeError, JsResult, Module, Source,
    builtins::promise::PromiseState,
    js_string,
    module::{ModuleLoader, ModuleRequest, Referrer},
};
use serde_json::Value as Json;

/// The folder of the guests.
const HOME: &str = "/app/guest";

/// The shop: each module's text by its path.
pub struct Room(Rc<HashMap<String, String>>);

impl Room {
    /// A shop with these modules. The flag is in some that are its own.
    pub fn new(modules: HashMap<String, String>) -> Self {
        Self(Rc::new(modules))
    }

    /// Runs a guest's module and gives its default export.
    pub fn run(&self, source: &str) -> Result<Json, String> {
        self.evaluate(source).map_err(|error| error.to_string())
    }

    fn evaluate(&self, source: &str) -> JsResult<Json> {
        let loader = Rc::new(Loader(Rc::clone(&self.0)));
        let mut context = Context::builder().module_loader(loader).build()?;
        let source = Source::from_bytes(source).with_path(Path::new("/app/guest/main.js"));
        let main = Module::parse(source, None, &mut context)?;
        let promise = main.load_link_evaluate(&mut context);
        context.run_jobs()?;
        if let PromiseState::Rejected(reason) = promise.state() {
            return Err(JsError::from_opaque(reason));
        }
        let value = main.get_value(js_string!("default"), &mut context)?;
        Ok(value.to_json(&mut context)?.unwrap_or(Json::Null))
    }
}

struct Loader(Rc<HashMap<String, String>>);

impl ModuleLoader for Loader {
    async fn load_imported_module(
        self: Rc<Self>,
        referrer: Referrer,
        request: ModuleRequest,
        context: &RefCell<&mut Context>,
    ) -> JsResult<Module> {
        let folder = referrer
            .path()
            .and_then(Path::parent)
            .and_then(Path::to_str);
        let specifier = request.specifier().to_std_string_lossy();
        let path = resolve(&specifier, folder.unwrap_or(HOME)).map_err(refused)?;
        let text = self.0.get(&path);
        let text = text.ok_or_else(|| refused(format!("there is no module {path}")))?;
        if path.ends_with(".json") {
            return Module::parse_json(text.as_str().into(), &mut context.borrow_mut());
        }
        let source = Source::from_bytes(text).with_path(Path::new(&path));
        Module::parse(source, None, &mut context.borrow_mut())
    }
}

/// The path that `specifier` means to a module in `folder`.
fn resolve(specifier: &str, folder: &str) -> Result<String, String> {
    let path = match specifier.starts_with('/') {
        true => specifier.to_owned(),
        false => format!("{folder}/{specifier}"),
    };
    let path = folded(&path);
    if !Path::new(&path).starts_with(HOME) {
        return Err(format!("{path} is not below {HOME}"));
    }
    Ok(plain(&path))
}

/// One spelling for each path: no `%20`, no backslash, no `.`, no `..`, no `//`.
fn plain(path: &str) -> String {
    folded(&decoded(path).replace('\\', "/"))
}

/// The path without `.`, `..` and `//`.
fn folded(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name.to_owned()),
        }
    }
    format!("/{}", parts.join("/"))
}

/// The text in which `%41` is `A`. A `%` that begins no such code stands for itself.
fn decoded(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut decoded = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let code = piece.get(..2).map(|code| u8::from_str_radix(code, 16));
        match code {
            Some(Ok(code)) => decoded.extend([&*char::from(code).to_string(), &piece[2..]]),
            _ => decoded.extend(["%", piece]),
        }
    }
    decoded
}

/// An error that a guest can catch.
fn refused(reason: String) -> JsError {
    JsNativeError::typ().with_message(reason).into()
}

harness::serve! { type Room { new(HashMap<String, String>), run(&str) } }
