// Room 5: the flag is the door code of an order of Bo's. Ada's script runs twice, and
// in between Bo orders again.

escape((attack, flag) => {
  const room = new solution.Room(flag);
  const got = (body) => {
    try {
      return body();
    } catch (error) {
      return error.message;
    }
  };
  const first = got(() => room.run("Ada", attack));
  got(() => room.take("Bo", "rice", 120, flag));
  return [first, got(() => room.run("Ada", attack))];
}, {
  points: 1,
  cause: "a shop's function still gets something of the dispatcher's: as `this`, as an argument, or behind a property",
});

// Played on fixes alone: it looks at a shop's own orders, which is no way to Bo's door.
test("the own-order attack captures nothing", () => {
  const flag = random.flag();
  const room = new solution.Room(random.flag());
  const [goods, cents] = [random.word(), random.int(1, 9000)];
  room.take(flag, goods, cents, flag);
  const seen = room.run(flag, `orders.each((order) => {
    const names = Reflect.ownKeys(order);
    for (const name in order) if (!names.includes(name)) names.push(name);
    return Object.fromEntries(names.map((name) => [String(name), String(order[name])]));
  })`);
  if (JSON.stringify(seen).includes(flag)) {
    assert.fail("the attack captured the flag", {
      expected: { text: "an order without its shop and its door" },
      got: { value: seen },
    });
  }
  const wanted = { number: "4", goods, cents: String(cents) };
  assert.equal(seen, [wanted], "an order has other fields than those that a shop may see");
  assert.equal(
    room.run(flag, "orders.each((...given) => given.length)"),
    [2],
    "the function is given more than an order and its position",
  );
}, { points: 1, cause: "what crosses is more than `number`, `goods` and `cents`, such as a copy of further fields, or of all orders" });

const SEEN = "(order, position) => [order.number, order.goods, order.cents, position]";

test("a shop sees its orders, and only those", () => {
  const room = new solution.Room(random.flag());
  assert.equal(room.run("Ada", `orders.each(${SEEN})`), [[1, "tea", 750, 0], [3, "soap", 310, 1]]);
  assert.equal(room.run("Bo", `orders.each(${SEEN})`), [[2, "rice", 120, 0]]);
  const shop = random.word();
  const wanted = [];
  for (let number = 4; number < 9; number += 1) {
    const [owner, goods, cents] = [random.pick([shop, shop, "Bo"]), random.word(), random.int(1, 9000)];
    room.take(owner, goods, cents, random.word());
    if (owner === shop) wanted.push([number, goods, cents, wanted.length]);
  }
  assert.equal(room.run(shop, `orders.each(${SEEN})`), wanted);
  assert.equal(room.run(random.word(), `orders.each(${SEEN})`), []);
}, { points: 1, cause: "an order lost its number, its goods or its cents, or the wrong shop sees it" });

test("what the function answers comes back in order", () => {
  const room = new solution.Room(random.flag());
  const cents = random.int(1, 9000);
  room.take("Ada", random.word(), cents, "1111");
  assert.equal(room.run("Ada", "orders.each((order) => order.cents).reduce((sum, one) => sum + one)"), 1060 + cents);
  assert.equal(room.run("Ada", "orders.each(() => {}).length"), 3);
  assert.equal(room.run("Ada", "orders.each((order) => orders.each((other) => other.number + order.number))"), [[2, 4, 5], [4, 6, 7], [5, 7, 8]]);
  assert.equal(room.run("Ada", "let seen = []; orders.each((order) => { seen.push(order) }); seen.map((order) => order.number)"), [1, 3, 4]);
}, { points: 1, cause: "`each` no longer gives an array of what the function answered" });

test("a shop writes on what it was given", () => {
  const room = new solution.Room(random.flag());
  const note = random.word();
  assert.equal(
    room.run("Ada", `"use strict"; orders.each((order) => { order.note = "${note}"; order.cents += 1; return [order.note, order.cents] })`),
    [[note, 751], [note, 311]],
  );
  assert.equal(room.run("Bo", "orders.each((order) => order.cents)"), [120]);
}, { points: 1, cause: "the order is frozen, where a copy may be the shop's own" });

test("drivers find the doors open", () => {
  const flag = random.flag();
  const room = new solution.Room(flag);
  assert.equal(room.doors(), ["0000", flag, "0000"]);
  const [shop, door] = [random.pick(["Ada", "Bo", random.word()]), random.word()];
  room.take(shop, random.word(), random.int(1, 9000), door);
  room.take("Bo", "rice", 120, flag);
  assert.equal(room.doors(), ["0000", flag, "0000", door, flag]);
}, { points: 1, cause: "the dispatcher lost its door codes, or the way from an order to the next" });

test("an error in the function ends the visit, unchanged", () => {
  const room = new solution.Room(random.flag());
  const n = random.int(1, 9000);
  assert.equal(
    room.run("Ada", `const mine = Object.assign(new Error("mine"), { n: ${n} });
      try { orders.each(() => { throw mine }) } catch (error) { error === mine && error.n }`),
    n,
  );
  assert.equal(room.run("Ada", "try { orders.each(5) } catch (error) { [error.name, error instanceof TypeError] }"), ["TypeError", true]);
  assert.equal(room.run("Ada", "orders.each((order) => order.goods)"), ["tea", "soap"]);
}, { points: 1, cause: "`each` swallows what the function throws, or it accepts what is no function" });
