//! A loader of ES modules that lie in memory, and what Boa reads without one.

use std::{cell::RefCell, collections::BTreeMap, env, fs, path::Path, process, rc::Rc};

use boa_engine::{
    Context, JsError, JsNativeError, JsResult, Module, Source,
    builtins::promise::PromiseState,
    js_string,
    module::{IdleModuleLoader, ModuleLoader, ModuleRequest, Referrer},
};

/// The text of each module, by its path.
const FILES: [(&str, &str); 5] = [
    // ANCHOR: program
    (
        "/rules/main.js",
        "import { round } from 'money';
         import { early, price } from './price.js';
         export const discount = 0.5;
         export function hello() { return 'hello' }
         const refusal = await import('fs').catch((error) => error.message);
         export default [round(price('tea')), early, refusal].join(' | ')",
    ),
    (
        "/rules/price.js",
        "import list from './list.json' with { type: 'json' };
         import { discount, hello } from '../rules/main.js';
         let seen;
         try { seen = discount } catch (error) { seen = error.name }
         export const early = `function: ${hello()}, const: ${seen}`;
         export const price = (name) => list[name] * discount",
    ),
    ("/rules/list.json", "{ \"tea\": 4.25 }"),
    // ANCHOR_END: program
    ("/lib/money.js", "export const round = Math.round"),
    ("/rules/stuck.js", "await new Promise(() => {})"),
];

// ANCHOR: loader
/// Where each allowed name leads.
const NAMES: [(&str, &str); 1] = [("money", "/lib/money.js")];

/// The modules of one run, each under its path.
#[derive(Default)]
struct Shelf(RefCell<BTreeMap<String, Module>>);

impl ModuleLoader for Shelf {
    async fn load_imported_module(
        self: Rc<Self>,
        referrer: Referrer,
        request: ModuleRequest,
        context: &RefCell<&mut Context>,
    ) -> JsResult<Module> {
        let specifier = request.specifier().to_std_string_escaped();
        let importer = referrer.path().and_then(Path::to_str);
        let path = match NAMES.iter().find(|(name, _)| *name == specifier) {
            Some((_, path)) => (*path).to_owned(),
            None => walk(importer.unwrap_or_default(), &specifier),
        };
        self.module(&path, &mut context.borrow_mut())
    }
}
// ANCHOR_END: loader

impl Shelf {
    // ANCHOR: module
    fn module(&self, path: &str, context: &mut Context) -> JsResult<Module> {
        if let Some(module) = self.0.borrow().get(path) {
            return Ok(module.clone());
        }
        let Some((_, text)) = FILES.iter().find(|(file, _)| *file == path) else {
            let text = format!("there is no module {path}");
            return Err(JsNativeError::typ().with_message(text).into());
        };
        let module = if path.ends_with(".json") {
            Module::parse_json((*text).into(), context)?
        } else {
            let source = Source::from_bytes(text).with_path(Path::new(path));
            Module::parse(source, None, context)?
        };
        self.0.borrow_mut().insert(path.to_owned(), module.clone());
        Ok(module)
    }
    // ANCHOR_END: module
}

// ANCHOR: walk
/// Where `specifier` leads from the folder of `importer`.
fn walk(importer: &str, specifier: &str) -> String {
    let mut path: Vec<&str> = importer.split('/').collect();
    path.pop(); // the importer's own name
    for part in specifier.split('/') {
        match part {
            "." => {}
            ".." => drop(path.pop()),
            name => path.push(name),
        }
    }
    path.join("/")
}
// ANCHOR_END: walk

// ANCHOR: run
fn run(entry: &str) -> JsResult<String> {
    let shelf = Rc::new(Shelf::default());
    let mut context = Context::builder().module_loader(shelf.clone()).build()?;
    let module = shelf.module(entry, &mut context)?;
    let promise = module.load_link_evaluate(&mut context); // nothing has run yet
    context.run_jobs()?;
    match promise.state() {
        PromiseState::Pending => Ok("still waiting, and no job is left".to_owned()),
        PromiseState::Rejected(reason) => Err(JsError::from_opaque(reason)),
        PromiseState::Fulfilled(_) => {
            let answer = module.get_value(js_string!("default"), &mut context)?;
            Ok(answer.display().to_string())
        }
    }
}
// ANCHOR_END: run

// ANCHOR: disk
/// What a *script* of two lines gets from its context's loader.
fn import_in_a_script(mut context: Context) -> JsResult<String> {
    let script = "let got; import('settings.json', { with: { type: 'json' } })
        .then((module) => { got = module.default }, (error) => { got = error.message })";
    context.eval(Source::from_bytes(script))?;
    context.run_jobs()?;
    let got = context.eval(Source::from_bytes("JSON.stringify(got)"))?;
    Ok(got.display().to_string())
}
// ANCHOR_END: disk

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A folder such as a server works in.
    let folder = env::temp_dir().join(format!("modules-in-memory-{}", process::id()));
    fs::create_dir(&folder)?;
    fs::write(folder.join("settings.json"), r#"{ "password": "hunter2" }"#)?;
    env::set_current_dir(&folder)?;
    let open = import_in_a_script(Context::default())?;
    env::set_current_dir(env::temp_dir())?; // some systems keep the folder one works in
    fs::remove_dir_all(&folder)?;
    println!("Context::default:  {open}");
    assert!(open.contains("hunter2"));

    // ANCHOR: idle
    let idle = Rc::new(IdleModuleLoader);
    let closed = Context::builder().module_loader(idle).build()?;
    // ANCHOR_END: idle
    println!("IdleModuleLoader:  {}", import_in_a_script(closed)?);
    println!("main.js:           {}", run("/rules/main.js")?);
    println!("stuck.js:          {}", run("/rules/stuck.js")?);

    println!("\nspecifier              leads to                    /rules  /rules/");
    for (specifier, inside) in [
        ("../rules/price.js", true),
        ("../vault/key.js", false),
        ("../rules-old/key.js", false),
        ("./%2e%2e/vault/key.js", true),
        ("/vault/key.js", true),
    ] {
        let path = walk("/rules/main.js", specifier);
        let (short, long) = (path.starts_with("/rules"), path.starts_with("/rules/"));
        println!("{specifier:22} {path:27} {short:6}  {long}");
        assert_eq!(long, inside);
    }
    // Code without a module has no folder; started at nothing, it gets to the root.
    assert_eq!(walk("", ".//vault/key.js"), "/vault/key.js");
    Ok(())
}
