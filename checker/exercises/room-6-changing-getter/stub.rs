//! Room 6 · The getter that changes its answer
//!
//! An archive answers its visitors' scripts: `archive.read({ shelf, page })` gives the
//! text of a page. Some shelves are open to visitors. The shelf `sealed` is for the
//! staff alone, and its only page is the flag.
//!
//! - Break it: `attack.js` is a visitor's script whose result is the flag.
//! - Mend it: no attack works, and every ordinary visitor reads on.
//!
//! Judge both: `cargo checker room 6` · a hint: `cargo checker hint room-6`

use std::collections::HashMap;

use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsValue, NativeFunction, Source, js_string,
    object::ObjectInitializer, property::Attribute,
};
use serde_json::Value as Json;

/// The shelves that visitors may read.
const OPEN: [&str; 3] = ["maps", "letters", "prints"];

/// The pages of each shelf.
type Shelves = HashMap<String, Vec<String>>;

/// The archive.
pub struct Room {
    context: Context,
    shelves: Shelves,
}

impl Room {
    /// An archive whose sealed page says `flag`.
    #[must_use]
    pub fn new(flag: &str) -> Self {
        let mut room = Self {
            context: Context::default(),
            shelves: Shelves::new(),
        };
        room.store("maps", "the coast");
        room.store("letters", "to a friend");
        room.store("sealed", flag);
        room
    }

    /// Puts a page on a shelf, behind the others.
    pub fn store(&mut self, shelf: &str, page: &str) {
        let pages = self.shelves.entry(shelf.to_owned()).or_default();
        pages.push(page.to_owned());
    }

    /// Reads a page for the staff, who may read every shelf.
    #[must_use]
    pub fn staff_read(&self, shelf: &str, page: usize) -> Option<String> {
        self.shelves.get(shelf)?.get(page).cloned()
    }

    /// Runs a visitor's script and gives its completion value.
    pub fn run(&mut self, source: &str) -> Result<Json, String> {
        self.evaluate(source).map_err(|error| error.to_string())
    }

    fn evaluate(&mut self, source: &str) -> JsResult<Json> {
        let read = NativeFunction::from_copy_closure_with_captures(read, self.shelves.clone());
        let archive = ObjectInitializer::new(&mut self.context)
            .function(read, js_string!("read"), 1)
            .build();
        self.context
            .register_global_property(js_string!("archive"), archive, Attribute::all())?;
        let value = self.context.eval(Source::from_bytes(source))?;
        Ok(value.to_json(&mut self.context)?.unwrap_or(Json::Null))
    }
}

/// `archive.read(request)`: the text of a page, if its shelf is open.
fn read(
    _: &JsValue,
    arguments: &[JsValue],
    shelves: &Shelves,
    context: &mut Context,
) -> JsResult<JsValue> {
    let request = arguments.get_or_undefined(0).to_object(context)?;
    admit(&request, context)?;
    let text = find(&request, shelves, context)?;
    Ok(js_string!(text).into())
}

/// Refuses a request for a shelf that is not open.
fn admit(request: &JsObject, context: &mut Context) -> JsResult<()> {
    let shelf = shelf_of(request, context)?;
    if OPEN.contains(&shelf.as_str()) {
        return Ok(());
    }
    let refusal = format!("the shelf {shelf} is not open");
    Err(JsNativeError::error().with_message(refusal).into())
}

/// The text of the page that is asked for.
fn find<'a>(request: &JsObject, shelves: &'a Shelves, context: &mut Context) -> JsResult<&'a str> {
    let page = request.get(js_string!("page"), context)?.to_u32(context)?;
    let shelf = shelf_of(request, context)?;
    let found = shelves
        .get(&shelf)
        .and_then(|pages| pages.get(usize::try_from(page).ok()?));
    found.map(String::as_str).ok_or_else(|| {
        let missing = format!("the shelf {shelf} has no page {page}");
        JsNativeError::range().with_message(missing).into()
    })
}

/// The name of the shelf that is asked for.
fn shelf_of(request: &JsObject, context: &mut Context) -> JsResult<String> {
    let shelf = request.get(js_string!("shelf"), context)?;
    Ok(shelf.to_string(context)?.to_std_string_lossy())
}

harness::serve! { type Room { new(&str), store(&str, &str), staff_read(&str, usize), run(&str) } }
