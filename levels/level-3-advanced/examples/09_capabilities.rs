//! A right that leaks along with a value, and three things that types can promise.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};

use boa_engine::property::Attribute;
use boa_engine::{Context, JsArgs, JsResult, JsValue, NativeFunction, Source, js_string};

fn main() -> JsResult<()> {
    println!("Without types");
    let mut office = Context::default();
    let function = NativeFunction::from_fn_ptr(pay);
    office.register_global_builtin_callable(js_string!("pay"), 1, function)?;
    let mut stranger = Context::default();
    // ANCHOR: leak
    let total = office.eval(Source::from_bytes("(items) => items * 350"))?;
    // Nobody asks whose value it is.
    stranger.register_global_property(js_string!("total"), total, Attribute::all())?;
    let program = "
        total.constructor('pay(9000)')();
        `${typeof pay}, ${total(2)}`";
    let told = stranger.eval(Source::from_bytes(program))?;
    // ANCHOR_END: leak
    println!("  typeof pay, and a total: {}", told.display());
    println!("  the office paid: {} cents", PAID.load(Relaxed));
    assert_eq!(PAID.load(Relaxed), 9000);

    println!("A state");
    // ANCHOR: state_used
    let rule = Rule::draft("total > 5000 ? 500 : 0");
    // publish(&rule); refused: a draft was reviewed by nobody
    publish(&rule.reviewed("Ada"));
    // ANCHOR_END: state_used

    println!("A brand");
    // ANCHOR: brand_used
    let mut teas = Menu(vec![("assam", 350), ("sencha", 420)]);
    let mut cakes = Menu(vec![("scone", 275)]);
    let cents = teas.open(|teas| {
        let sencha = teas.find("sencha")?;
        cakes.open(|cakes| {
            let scone = cakes.find("scone")?;
            // cakes.price(&sencha); refused: sencha is on another list
            Some(teas.price(&sencha) + cakes.price(&scone))
        })
    });
    // ANCHOR_END: brand_used
    println!("  sencha and a scone: {cents:?}");
    assert_eq!(cents, Some(695));

    println!("A capability");
    // ANCHOR: right_used
    let till = shop::open(1000);
    let day = Desk(Withheld);
    // refund(&mut day, 300); refused: this desk has no till
    let mut evening = day.entrusted(till);
    // let more = shop::Till { cents: 9000 }; refused: the field is private
    refund(&mut evening, 300);
    // ANCHOR_END: right_used
    println!("  left in the till: {} cents", evening.0.left());
    assert_eq!(evening.0.left(), 700);
    Ok(())
}

/// What the office has paid, in cents.
static PAID: AtomicI32 = AtomicI32::new(0);

/// `pay(cents)`: a global of the office's.
fn pay(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    PAID.fetch_add(given.get_or_undefined(0).to_i32(context)?, Relaxed);
    Ok(JsValue::undefined())
}

// ANCHOR: state
/// A rule of a customer's, in state `S`.
struct Rule<S> {
    text: &'static str,
    state: S,
}

struct Draft;
struct Reviewed {
    by: &'static str,
}

#[diagnostic::on_unimplemented(
    message = "this rule was reviewed by nobody",
    note = "have it read, and call `.reviewed(name)`"
)]
trait MayServe {
    fn reviewer(&self) -> &str;
}

impl MayServe for Reviewed {
    fn reviewer(&self) -> &str {
        self.by
    }
}

impl Rule<Draft> {
    fn draft(text: &'static str) -> Self {
        Self { text, state: Draft }
    }

    fn reviewed(self, by: &'static str) -> Rule<Reviewed> {
        let state = Reviewed { by };
        Rule {
            text: self.text,
            state,
        }
    }
}

fn publish<S: MayServe>(rule: &Rule<S>) {
    println!(
        "  published: {} (read by {})",
        rule.text,
        rule.state.reviewer()
    );
}
// ANCHOR_END: state

// ANCHOR: brand
/// Names with their prices.
struct Menu(Vec<(&'static str, u32)>);

/// Takes and returns the lifetime, so that no other one fits in its place.
type Brand<'id> = PhantomData<fn(&'id ()) -> &'id ()>;

/// A menu that is open, and a place in it.
struct Open<'id>(&'id Menu, Brand<'id>);
struct Place<'id>(usize, Brand<'id>);

impl Menu {
    fn open<R>(&mut self, read: impl for<'id> FnOnce(Open<'id>) -> R) -> R {
        read(Open(self, PhantomData))
    }
}

impl<'id> Open<'id> {
    fn find(&self, name: &str) -> Option<Place<'id>> {
        let found = self.0.0.iter().position(|(item, _)| *item == name)?;
        Some(Place(found, self.1))
    }

    /// Needs no `Option`: who has a place has it from this menu.
    fn price(&self, place: &Place<'id>) -> u32 {
        self.0.0[place.0].1
    }
}
// ANCHOR_END: brand

// ANCHOR: right
mod shop {
    /// The right to take money out.
    pub struct Till {
        cents: u32,
    }

    /// Nobody else makes one.
    pub fn open(cents: u32) -> Till {
        Till { cents }
    }

    impl Till {
        pub fn take(&mut self, cents: u32) {
            self.cents = self.cents.saturating_sub(cents);
        }

        pub fn left(&self) -> u32 {
            self.cents
        }
    }
}

/// A desk with a till, or without.
struct Desk<T>(T);
struct Withheld;

/// Were this a library, nobody outside could call what is in here.
mod sealed {
    #[diagnostic::on_unimplemented(
        message = "this desk has no till",
        note = "call `.entrusted(till)`; `shop::open` makes one"
    )]
    pub trait HasTill {
        fn till(&mut self) -> &mut super::shop::Till;
    }
}
use sealed::HasTill;

impl HasTill for Desk<shop::Till> {
    fn till(&mut self) -> &mut shop::Till {
        &mut self.0
    }
}

impl Desk<Withheld> {
    fn entrusted(self, till: shop::Till) -> Desk<shop::Till> {
        Desk(till)
    }
}

fn refund(desk: &mut impl HasTill, cents: u32) {
    desk.till().take(cents);
}
// ANCHOR_END: right
