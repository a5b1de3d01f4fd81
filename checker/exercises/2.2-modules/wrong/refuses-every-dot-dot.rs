// Caught by: a relative path starts at the module that has it
//! Takes each `..` for an attack.

use std::{cell::RefCell, collections::BTreeMap, path::Path, rc::Rc};

use boa_engine::{
    Context, JsError, JsNativeError, JsResult, JsString, Module, Source,
    builtins::promise::PromiseState,
    js_string,
    module::{ImportAttribute, ModuleLoader, ModuleRequest, Referrer},
};
use serde_json::Value as Json;

/// Modules that lie in memory, and the names that lead to some of them.
#[derive(Clone)]
pub struct Loader {
    /// Each module's text, by its path, such as `/app/main.js`.
    files: Rc<BTreeMap<String, String>>,
    /// The path to which each allowed name leads.
    allow: Rc<BTreeMap<String, String>>,
}

/// One run: the modules that it has met so far, each under its path.
struct Run {
    loader: Loader,
    modules: RefCell<BTreeMap<String, Module>>,
}

impl Loader {
    /// Keeps `files` by path, and `allow` by name.
    pub fn new(files: BTreeMap<String, String>, allow: BTreeMap<String, String>) -> Self {
        Self {
            files: Rc::new(files),
            allow: Rc::new(allow),
        }
    }

    /// Evaluates the module at the path `entry` and gives its default export.
    pub fn run(&self, entry: &str) -> Result<Json, String> {
        self.evaluate(entry)
            .map_err(|error| format!("{entry}: {error}"))
    }

    /// The entry, from its text to its default export.
    fn evaluate(&self, entry: &str) -> JsResult<Json> {
        let run = Rc::new(Run {
            loader: self.clone(),
            modules: RefCell::default(),
        });
        let mut context = Context::builder().module_loader(run.clone()).build()?;
        // Through the cache: a module that imports the entry must get this one.
        let module = run.module(entry, &mut context).map_err(refused)?;
        let promise = module.load_link_evaluate(&mut context);
        // A limit of the engine ends the jobs here and leaves the promise pending.
        context.run_jobs()?;
        match promise.state() {
            PromiseState::Pending => Err(refused("it waits for what never happens".to_owned())),
            PromiseState::Rejected(reason) => Err(JsError::from_opaque(reason)),
            PromiseState::Fulfilled(_) => {
                let value = module.get_value(js_string!("default"), &mut context)?;
                // JSON has no `undefined`: it is told as null.
                Ok(value.to_json(&mut context)?.unwrap_or(Json::Null))
            }
        }
    }

    /// The path that `specifier` means in the module `importer`, or why it means none.
    /// Whether something is there is not looked at: that would tell a guest what
    /// lies where it may not go.
    fn resolve(&self, specifier: &str, importer: Option<&str>) -> Result<String, String> {
        if !specifier.starts_with("./") && !specifier.starts_with("../") {
            return self.allow.get(specifier).cloned().ok_or_else(|| {
                let names: Vec<_> = self.allow.keys().map(String::as_str).collect();
                format!("the allowed names are: {}", names.join(", "))
            });
        }
        if specifier.contains("..") {
            return Err("a path must not contain `..`".to_owned());
        }
        let importer = importer.ok_or("outside of a module a path has no beginning")?;
        let mut path: Vec<_> = importer.split('/').collect();
        path.pop(); // the importer's own name
        let home = path
            .get(1)
            .ok_or("a module in no folder imports names only")?;
        // With its slash: `/app` is also the beginning of `/app-old/keys.js`.
        let home = format!("/{home}/");
        for part in specifier.split('/') {
            match part {
                "." => {}
                // The first part is the empty one before the first slash.
                ".." if path.len() == 1 => return Err("that is above the root".to_owned()),
                ".." => drop(path.pop()),
                name => path.push(name),
            }
        }
        let path = path.join("/");
        if path.starts_with(&home) {
            Ok(path)
        } else {
            Err(format!("a path leads nowhere but into {home}"))
        }
    }
}

impl Run {
    /// The module that `request` means in the module `importer`, or why there is none.
    fn find(
        &self,
        importer: Option<&str>,
        request: &ModuleRequest,
        context: &mut Context,
    ) -> Result<Module, String> {
        let specifier = text(request.specifier())?;
        let path = self.loader.resolve(&specifier, importer)?;
        fits(&path, request.attributes())?;
        self.module(&path, context)
    }

    /// The one module of this run at `path`, parsed when it is first asked for.
    fn module(&self, path: &str, context: &mut Context) -> Result<Module, String> {
        if let Some(module) = self.modules.borrow().get(path) {
            return Ok(module.clone());
        }
        let text = self.loader.files.get(path);
        let text = text.ok_or_else(|| format!("there is no module {path}"))?;
        let parsed = if is_json(path) {
            Module::parse_json(text.as_str().into(), context)
        } else {
            let source = Source::from_bytes(text).with_path(Path::new(path));
            Module::parse(source, None, context)
        };
        // The parser tells a line, and not of which module.
        let module = parsed.map_err(|error| format!("{path} does not parse: {error}"))?;
        // Before its imports are loaded: in a cycle they ask for it again.
        let mut modules = self.modules.borrow_mut();
        modules.insert(path.to_owned(), module.clone());
        Ok(module)
    }
}

impl ModuleLoader for Run {
    /// The engine asks here for each `import`, static or dynamic.
    async fn load_imported_module(
        self: Rc<Self>,
        referrer: Referrer,
        request: ModuleRequest,
        context: &RefCell<&mut Context>,
    ) -> JsResult<Module> {
        let importer = referrer.path().and_then(Path::to_str);
        let found = self.find(importer, &request, &mut context.borrow_mut());
        found.map_err(|reason| {
            let importer = importer.unwrap_or("code outside of a module");
            let specifier = request.specifier().display_escaped();
            refused(format!("{importer} imports \"{specifier}\": {reason}"))
        })
    }
}

/// A specifier as text. Half a surrogate pair is none: escaped it would be spelled
/// out in ASCII letters, and these may be the name of another file.
fn text(specifier: &JsString) -> Result<String, String> {
    let text = specifier.to_std_string();
    text.map_err(|_| "that is no Unicode text".to_owned())
}

/// JSON is imported `with { type: "json" }`, and all else without attributes.
fn fits(path: &str, attributes: &[ImportAttribute]) -> Result<(), String> {
    match attributes {
        [] if !is_json(path) => Ok(()),
        [one] if is_json(path) && one.key() == "type" && one.value() == "json" => Ok(()),
        _ => Err("a .json module needs { type: \"json\" }, and others nothing".to_owned()),
    }
}

fn is_json(path: &str) -> bool {
    path.ends_with(".json")
}

/// An error that a guest can catch.
fn refused(reason: String) -> JsError {
    JsNativeError::typ().with_message(reason).into()
}

harness::serve! {
    type Loader { new(BTreeMap<String, String>, BTreeMap<String, String>), run(&str) }
}
