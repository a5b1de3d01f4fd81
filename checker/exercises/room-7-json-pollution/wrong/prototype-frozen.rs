// Caught by: the through-a-list attack captures nothing
//! Room 7 · Pollution through JSON
//!
//! A club lets its members write their own profile. A guest program runs in a
//! context of its own, and nothing but the JSON of its result goes to the host,
//! which builds the member's page in another context. The flag is what the host
//! writes on a page that only the club's staff may see.
//!
//! - Break it: `attack.js` is a guest program on whose page the flag stands.
//! - Mend it: no attack works, and every ordinary guest does.
//!
//! Judge both: `cargo checker room 7` · a hint: `cargo checker hint room-7`

use boa_engine::{
    Context, JsResult, JsValue, Source, js_string, object::JsObject, property::Attribute,
};
use serde_json::Value as Json;

/// The host's program. Its value is the function that builds a page.
const HOST: &str = r#"
const staffRoom = flag;
Object.freeze(Object.prototype);

// A profile's every field, for members who leave some out.
const defaults = () => ({
  motto: "",
  font: { family: "serif", size: 12 },
  sports: [],
  glossary: {},
});

// What each role may open.
const doors = {
  member: { hall: true, library: true },
  staff: { hall: true, library: true, staffRoom: true },
};

const isObject = (value) => typeof value === "object" && value !== null;

// Lays `from` over `into`, deeply: a member who sets the font's size keeps its family.
function merge(into, from) {
  for (const key of Object.keys(from)) {
    const value = from[key];
    into[key] = isObject(value) && !Array.isArray(value) ? merge(into[key] ?? {}, value) : value;
  }
  return into;
}

(text) => {
  const profile = merge(defaults(), JSON.parse(text));
  const member = { roles: [] }; // nobody is staff before the club says so
  const role = member.isStaff ? "staff" : member.roles[0] ?? "member";
  const page = { profile, hall: "Welcome", library: "Open until nine" };
  if (doors[role].staffRoom) page.staffRoom = staffRoom;
  return JSON.stringify(page);
}
"#;

/// The club: the context in which pages are built.
pub struct Room {
    host: Context,
    page: JsObject,
}

impl Room {
    /// A club whose staff room is called `flag`.
    pub fn new(flag: &str) -> Result<Self, String> {
        Self::build(flag).map_err(|error| error.to_string())
    }

    fn build(flag: &str) -> JsResult<Self> {
        let mut host = Context::default();
        host.register_global_property(js_string!("flag"), js_string!(flag), Attribute::READONLY)?;
        let page = host.eval(Source::from_bytes(HOST))?.to_object(&mut host)?;
        Ok(Self { host, page })
    }

    /// The page of the member whose program is `source`.
    pub fn run(&mut self, source: &str) -> Result<Json, String> {
        let profile = Self::guest(source).map_err(|error| error.to_string())?;
        self.show(&profile).map_err(|error| error.to_string())
    }

    /// The profile that a guest program gives. It shares nothing with the host.
    fn guest(source: &str) -> JsResult<Json> {
        let mut guest = Context::default();
        let value = guest.eval(Source::from_bytes(source))?;
        Ok(value.to_json(&mut guest)?.unwrap_or(Json::Null))
    }

    fn show(&mut self, profile: &Json) -> JsResult<Json> {
        let text = js_string!(profile.to_string());
        let page = self
            .page
            .call(&JsValue::undefined(), &[text.into()], &mut self.host)?;
        let page = page.to_string(&mut self.host)?.to_std_string_lossy();
        Ok(page.parse().unwrap_or(Json::Null))
    }
}

harness::serve! { type Room { new(&str), run(&str) } }
