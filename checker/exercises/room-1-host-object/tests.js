// Room 1: the flag is a global of the host's realm.

escape((attack, flag) => new solution.Room(flag).run(attack), {
  points: 1,
  cause: "something that the guest holds was made in the host's realm, and its constructors lead there",
});

test("an ordinary guest buys what it likes", () => {
  const room = new solution.Room(random.flag());
  const count = random.int(2, 90);
  assert.equal(room.run(`shop.price("tea") * ${count}`), 250 * count);
  assert.equal(room.run("shop.goods"), ["tea", "rice", "soap"]);
  assert.equal(room.run("shop.goods.map(shop.price).reduce((sum, cents) => sum + cents)"), 680);
  assert.equal(room.run(`shop.goods.push("${random.word()}")`), 4);
}, { points: 1, cause: "the shop is not what it was" });

test("an unknown good is told by its name", () => {
  const room = new solution.Room(random.flag());
  const name = random.word();
  assert.equal(room.run(`try { shop.price("${name}") } catch (error) { error }`), `no ${name} here`);
  assert.throws(() => room.run(`shop.price("${name}")`), new RegExp(name));
}, { points: 1, cause: "the error of the host's function is lost" });

test("guests may compile code of their own", () => {
  const room = new solution.Room(random.flag());
  const n = random.int(2, 90);
  assert.equal(room.run(`new Function("a", "return a * 2")(${n})`), 2 * n);
  assert.equal(room.run(`let total = ${n}; total`), n);
  assert.equal(room.run("total + 1"), n + 1);
}, { points: 1, cause: "code from strings was forbidden, where only the host's objects were too many" });

