// Caught by: the through-this attack captures nothing
//! Room 5 · The callback that gets too much
//!
//! A courier's dispatcher keeps the day's orders in a realm of its own. Shops' scripts
//! run in another realm and see the orders of their shop: `orders.each(visit)` calls
//! `visit(order, position)` for each. The flag is the door code of an order of Bo's.
//!
//! - Break it: `attack.js` is a script of Ada's whose result is the flag.
//! - Mend it: no attack works, and every ordinary shop sees its orders.
//!
//! Judge both: `cargo checker room 5` · a hint: `cargo checker hint room-5`

use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsString, JsValue, NativeFunction, Source,
    js_string,
    object::{ObjectInitializer, builtins::JsArray},
    property::Attribute,
    realm::Realm,
};
use serde_json::Value as Json;

/// The dispatcher's program. Drivers go from each order to the next.
const DISPATCHER: &str = r#"
class Order {
    constructor(fields) {
        Object.assign(this, fields);
    }
}

const ledger = {
    orders: [],
    take(shop, goods, cents, door) {
        const number = this.orders.length + 1;
        const order = new Order({ number, shop, goods, cents, door, next: null });
        if (number > 1) this.orders.at(-1).next = order;
        this.orders.push(order);
    },
    doors() {
        const doors = [];
        for (let order = this.orders[0]; order; order = order.next) doors.push(order.door);
        return doors;
    },
};

ledger
"#;

/// The dispatcher: its own realm, and the shops' realm beside it.
pub struct Room {
    context: Context,
    ledger: JsObject,
    shops: Realm,
}

impl Room {
    /// A dispatcher with three orders. The door of Bo's opens with `flag`.
    pub fn new(flag: &str) -> Result<Self, String> {
        let mut room = Self::build().map_err(|error| error.to_string())?;
        room.take("Ada", "tea", 750, "0000")?;
        room.take("Bo", "rice", 120, flag)?;
        room.take("Ada", "soap", 310, "0000")?;
        Ok(room)
    }

    fn build() -> JsResult<Self> {
        let mut context = Context::default();
        let ledger = context.eval(Source::from_bytes(DISPATCHER))?;
        let ledger = ledger.to_object(&mut context)?;
        let shops = context.create_realm()?;
        Ok(Self {
            context,
            ledger,
            shops,
        })
    }

    /// Takes an order of `shop`'s, to be brought to a door that opens with `door`.
    pub fn take(&mut self, shop: &str, goods: &str, cents: i32, door: &str) -> Result<(), String> {
        let [shop, goods, door] = [shop, goods, door].map(|text| js_string!(text).into());
        let taken = self.ask(js_string!("take"), &[shop, goods, cents.into(), door]);
        taken.map(drop).map_err(|error| error.to_string())
    }

    /// What opens the doors on a driver's way, from the first order to the last.
    pub fn doors(&mut self) -> Result<Json, String> {
        let doors = self.ask(js_string!("doors"), &[]);
        doors.map_err(|error| error.to_string())
    }

    /// Calls a method of the ledger.
    fn ask(&mut self, method: JsString, arguments: &[JsValue]) -> JsResult<Json> {
        let context = &mut self.context;
        let method = self.ledger.get(method, context)?.to_object(context)?;
        let answer = method.call(&self.ledger.clone().into(), arguments, context)?;
        Ok(answer.to_json(context)?.unwrap_or(Json::Null))
    }

    /// Runs a script of `shop`'s and gives its completion value.
    pub fn run(&mut self, shop: &str, source: &str) -> Result<Json, String> {
        let dispatcher = self.context.enter_realm(self.shops.clone());
        let outcome = self.evaluate(shop, source);
        self.context.enter_realm(dispatcher);
        outcome.map_err(|error| error.to_string())
    }

    fn evaluate(&mut self, shop: &str, source: &str) -> JsResult<Json> {
        let whose = (self.ledger.clone(), js_string!(shop));
        let each = NativeFunction::from_copy_closure_with_captures(each, whose);
        let orders = ObjectInitializer::new(&mut self.context)
            .function(each, js_string!("each"), 1)
            .build();
        self.context
            .register_global_property(js_string!("orders"), orders, Attribute::all())?;
        let value = self.context.eval(Source::from_bytes(source))?;
        Ok(value.to_json(&mut self.context)?.unwrap_or(Json::Null))
    }
}

/// `orders.each(visit)`: calls `visit` for each order of the shop, and gives the answers.
fn each(
    _: &JsValue,
    arguments: &[JsValue],
    (ledger, shop): &(JsObject, JsString),
    context: &mut Context,
) -> JsResult<JsValue> {
    let visit = arguments.get_or_undefined(0).as_callable();
    let visit = visit.ok_or_else(|| JsNativeError::typ().with_message("each takes a function"))?;
    let orders = ledger.get(js_string!("orders"), context)?;
    let orders = JsArray::from_object(orders.to_object(context)?)?;
    let mut answers = Vec::new();
    for index in 0..orders.length(context)? {
        let order = orders.get(index, context)?;
        let owner = order.to_object(context)?.get(js_string!("shop"), context)?;
        if owner.as_string().as_ref() == Some(shop) {
            let position = answers.len().into();
            let copy = JsObject::with_object_proto(context.intrinsics());
            let record = order.to_object(context)?;
            for name in [
                js_string!("number"),
                js_string!("goods"),
                js_string!("cents"),
            ] {
                let value = record.get(name.clone(), context)?;
                copy.create_data_property_or_throw(name, value, context)?;
            }
            let seen = [copy.into(), position];
            answers.push(visit.call(&ledger.clone().into(), &seen, context)?);
        }
    }
    Ok(JsArray::from_iter(answers, context).into())
}

harness::serve! { type Room { new(&str), take(&str, &str, i32, &str), doors(), run(&str, &str) } }
