//! Values as one line of text, the way Node's `util.inspect` writes them.

use boa_engine::builtins::date::Date;
use boa_engine::builtins::error::Error;
use boa_engine::builtins::map::ordered_map::OrderedMap;
use boa_engine::builtins::promise::PromiseState;
use boa_engine::builtins::proxy::Proxy;
use boa_engine::builtins::regexp::RegExp;
use boa_engine::builtins::set::ordered_set::OrderedSet;
use boa_engine::object::builtins::JsPromise;
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsObject, JsValue, JsVariant, js_string};

use crate::thrown::chain;
use crate::walk;

/// Objects nested deeper are written `[Object]`, as in Node.
const DEPTH: usize = 2;

/// Elements of one array, map or set that are written.
const ITEMS: usize = 100;

/// Where writing ends: one value makes at most about this much text.
const BYTES: usize = 16 * 1024;

/// One line that shows `value`. No guest code runs.
pub(crate) fn value(value: &JsValue, context: &mut Context) -> String {
    let mut line = Line {
        text: String::new(),
        ancestors: Vec::new(),
        context,
    };
    line.value(value);
    if line.text.len() > BYTES {
        let mut end = BYTES;
        while !line.text.is_char_boundary(end) {
            end -= 1;
        }
        line.text.truncate(end);
        line.text.push('…');
    }
    line.text
}

struct Line<'context> {
    text: String,
    ancestors: Vec<JsObject>,
    context: &'context mut Context,
}

impl Line<'_> {
    fn value(&mut self, value: &JsValue) {
        match value.variant() {
            JsVariant::Undefined => self.text.push_str("undefined"),
            JsVariant::Null => self.text.push_str("null"),
            JsVariant::Boolean(bool) => self.text.push_str(&bool.to_string()),
            JsVariant::Integer32(int) => self.text.push_str(&int.to_string()),
            JsVariant::Float64(float) => self.text.push_str(&number(float)),
            JsVariant::BigInt(int) if int.as_inner().bits() > 16 * 1024 => {
                self.text.push_str("[BigInt]");
            }
            JsVariant::BigInt(int) => self.text.push_str(&format!("{int}n")),
            JsVariant::String(string) => {
                let head = string.get(..BYTES.min(string.len()));
                let head = head.map_or_else(String::new, |head| head.to_std_string_lossy());
                self.text.push_str(&quoted(&head));
            }
            JsVariant::Symbol(symbol) => {
                let text = symbol.descriptive_string().to_std_string_lossy();
                self.text.push_str(&text);
            }
            JsVariant::Object(object) => self.object(value, &object),
        }
    }

    fn object(&mut self, value: &JsValue, object: &JsObject) {
        if self.ancestors.iter().any(|it| JsObject::equals(it, object)) {
            self.text.push_str("[Circular]");
            return;
        }
        if object.is::<Proxy>() {
            self.text.push_str("[Proxy]");
        } else if object.is_callable() {
            let text = function(object);
            self.text.push_str(&text);
        } else if object.is::<Error>() {
            let text = error(object);
            self.text.push_str(&text);
        } else if self.ancestors.len() > DEPTH {
            let text = if object.is_array() {
                "[Array]".to_owned()
            } else {
                format!("[{}]", class(object).unwrap_or_else(|| "Object".to_owned()))
            };
            self.text.push_str(&text);
        } else {
            self.ancestors.push(object.clone());
            self.nested(value, object);
            self.ancestors.pop();
        }
    }

    fn nested(&mut self, value: &JsValue, object: &JsObject) {
        if object.is_array() {
            self.array(object);
        } else if let Some(map) = object.downcast_ref::<OrderedMap<JsValue>>() {
            let pairs: Vec<_> = map
                .iter()
                .take(ITEMS)
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            let size = map.len();
            drop(map);
            self.text.push_str(&format!("Map({size}) "));
            self.list('{', '}', size, pairs, |line, (key, value)| {
                line.value(&key);
                line.text.push_str(" => ");
                line.value(&value);
            });
        } else if let Some(set) = object.downcast_ref::<OrderedSet>() {
            let items: Vec<_> = set.iter().take(ITEMS).cloned().collect();
            let size = set.len();
            drop(set);
            self.text.push_str(&format!("Set({size}) "));
            self.list('{', '}', size, items, |line, item| line.value(&item));
        } else if object.is::<Date>() || object.is::<RegExp>() {
            // The engine reads these from their own slots.
            self.text.push_str(&value.display().to_string());
        } else if let Ok(promise) = JsPromise::from_object(object.clone()) {
            self.text.push_str("Promise { ");
            match promise.state() {
                PromiseState::Pending => self.text.push_str("<pending>"),
                PromiseState::Fulfilled(value) => self.value(&value),
                PromiseState::Rejected(reason) => {
                    self.text.push_str("<rejected> ");
                    self.value(&reason);
                }
            }
            self.text.push_str(" }");
        } else if object.is_ordinary() {
            self.plain(object);
        } else {
            let class = class(object).unwrap_or_else(|| "Object".to_owned());
            self.text.push_str(&format!("[{class}]"));
        }
    }

    fn array(&mut self, array: &JsObject) {
        let length = walk::array_length(array);
        let items = (0..length.min(ITEMS)).map(|index| {
            let key = PropertyKey::from(index as u64);
            walk::own(array, &key)
        });
        let items: Vec<_> = items.collect();
        self.list('[', ']', length, items, |line, item| match item {
            Some(property) => line.property(&property),
            None => line.text.push_str("<empty>"),
        });
    }

    fn plain(&mut self, object: &JsObject) {
        match class(object) {
            Some(class) if class != "Object" => self.text.push_str(&format!("{class} ")),
            None => self.text.push_str("[Object: null prototype] "),
            Some(_) => {}
        }
        let Ok(keys) = object.own_property_keys(self.context) else {
            return;
        };
        let properties: Vec<_> = keys
            .into_iter()
            .filter_map(|name| {
                let property = walk::own(object, &name)?;
                property.expect_enumerable().then_some((name, property))
            })
            .collect();
        let count = properties.len();
        self.list('{', '}', count, properties, |line, (name, property)| {
            let name = match name {
                PropertyKey::String(name) => key(&name.to_std_string_lossy()),
                PropertyKey::Index(index) => format!("'{}'", index.get()),
                PropertyKey::Symbol(symbol) => {
                    format!("[{}]", symbol.descriptive_string().to_std_string_lossy())
                }
            };
            line.text.push_str(&name);
            line.text.push_str(": ");
            line.property(&property);
        });
    }

    fn property(&mut self, property: &PropertyDescriptor) {
        let has = |function: Option<&JsValue>| function.is_some_and(|it| !it.is_undefined());
        match property.value() {
            Some(value) => self.value(value),
            None => self
                .text
                .push_str(match (has(property.get()), has(property.set())) {
                    (true, true) => "[Getter/Setter]",
                    (false, true) => "[Setter]",
                    _ => "[Getter]",
                }),
        }
    }

    fn list<T>(
        &mut self,
        open: char,
        close: char,
        size: usize,
        items: Vec<T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.text.push(open);
        let shown = items.len();
        for (index, item) in items.into_iter().enumerate() {
            if self.text.len() > BYTES {
                return;
            }
            self.text.push_str(if index == 0 { " " } else { ", " });
            write(self, item);
        }
        if size > shown {
            let more = size - shown;
            let s = if more == 1 { "" } else { "s" };
            self.text.push_str(&format!(", ... {more} more item{s}"));
        }
        if size > 0 {
            self.text.push(' ');
        }
        self.text.push(close);
    }
}

/// The name of an object's constructor; none if it has no prototype.
fn class(object: &JsObject) -> Option<String> {
    let key = PropertyKey::from(js_string!("constructor"));
    let constructor = chain(object)
        .skip(1)
        .find_map(|it| walk::own(&it, &key))?
        .value()?
        .as_object()?;
    own_text(&constructor, "name").filter(|name| !name.is_empty())
}

fn function(function: &JsObject) -> String {
    // The one difference of a class that can be seen from outside.
    let class = walk::own(function, &js_string!("prototype").into())
        .is_some_and(|prototype| prototype.writable() == Some(false));
    let kind = if class { "class" } else { "Function" };
    match own_text(function, "name") {
        Some(name) if !name.is_empty() && class => format!("[{kind} {name}]"),
        Some(name) if !name.is_empty() => format!("[{kind}: {name}]"),
        _ => format!("[{kind} (anonymous)]"),
    }
}

fn error(error: &JsObject) -> String {
    let text = |name: &str| {
        let key = PropertyKey::from(js_string!(name));
        let property = chain(error).find_map(|it| walk::own(&it, &key))?;
        Some(property.value()?.as_string()?.to_std_string_lossy())
    };
    let name = text("name").unwrap_or_else(|| "Error".to_owned());
    match text("message") {
        Some(message) if !message.is_empty() => format!("[{name}: {message}]"),
        _ => format!("[{name}]"),
    }
}

fn own_text(object: &JsObject, name: &str) -> Option<String> {
    if object.is::<Proxy>() {
        return None;
    }
    let property = walk::own(object, &js_string!(name).into())?;
    Some(property.value()?.as_string()?.to_std_string_lossy())
}

/// A number as JavaScript writes it, and `-0` as Node does.
pub(crate) fn number(number: f64) -> String {
    if number == 0.0 && number.is_sign_negative() {
        return "-0".to_owned();
    }
    JsValue::from(number).display().to_string()
}

/// A property's name, in quotes if it is no identifier.
pub(crate) fn key(name: &str) -> String {
    if is_identifier(name) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

pub(crate) fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    letters
        .next()
        .is_some_and(|first| first == '_' || first == '$' || first.is_alphabetic())
        && letters.all(|it| it == '_' || it == '$' || it.is_alphanumeric())
}

/// `text` in the quotes that Node would choose, control characters escaped.
pub(crate) fn quoted(text: &str) -> String {
    let quote = ['\'', '"', '`']
        .into_iter()
        .find(|quote| !text.contains(*quote))
        .unwrap_or('\'');
    let mut line = String::with_capacity(text.len() + 2);
    line.push(quote);
    for letter in text.chars() {
        match letter {
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            '\u{8}' => line.push_str("\\b"),
            '\u{b}' => line.push_str("\\v"),
            '\u{c}' => line.push_str("\\f"),
            '\\' => line.push_str("\\\\"),
            letter if letter == quote => {
                line.push('\\');
                line.push(letter);
            }
            letter if letter.is_control() => {
                line.push_str(&format!("\\x{:02X}", u32::from(letter)));
            }
            letter => line.push(letter),
        }
    }
    line.push(quote);
    line
}
