// Room 1: the flag is a global of the host's realm. The guest's script runs twice, and
// in between a script of the owner's uses the flag.

escape((attack, flag) => {
  const room = new solution.Room(flag);
  const got = (body) => {
    try {
      return body();
    } catch (error) {
      return error.message;
    }
  };
  const first = got(() => room.run(attack));
  got(() => room.run_owner(`["0000", flag].includes("1234")`));
  return [first, got(() => room.run(attack))];
}, {
  points: 1,
  cause: "something that the guest holds was made in the host's realm: its constructors lead there, and so do its prototypes, on which the guest writes",
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

test("the owner's scripts use the flag", () => {
  const flag = random.flag();
  const room = new solution.Room(flag);
  const [name, price] = [random.word(), random.int(2, 90)];
  assert.equal(room.run_owner("flag"), flag);
  room.run("1 + 1");
  assert.equal(room.run_owner(`["0000", flag].includes("${flag}")`), true);
  assert.equal(room.run_owner(`["0000", flag].includes("${random.flag()}")`), false);
  assert.equal(room.run_owner(`let ${name} = ${price}; typeof flag`), "string");
  assert.equal(room.run_owner(`[${name}, flag]`), [price, flag]);
  assert.equal(room.run(`[typeof flag, typeof ${name}]`), ["undefined", "undefined"]);
}, { points: 1, cause: "the flag is no longer a global of the host's realm, where the owner's scripts need it" });

test("the owner's scripts find the built-ins as they were", () => {
  const flag = random.flag();
  const room = new solution.Room(flag);
  const name = random.word();
  room.run("1 + 1");
  assert.equal(
    room.run_owner("[{}.constructor === Object, [].constructor === Array, (() => 1).constructor === Function, Object.isFrozen(Array.prototype)]"),
    [true, true, true, false],
  );
  assert.equal(room.run_owner(`new Function("return flag")()`), flag);
  assert.equal(room.run_owner(`Array.prototype.${name} = function () { return this.at(-1) }; ["0000", flag].${name}()`), flag);
  assert.equal(room.run_owner("class Till { constructor() { this.toString = () => flag } } String(new Till())"), flag);
}, { points: 1, cause: "the host's own built-ins were cut or frozen, where the guests should have had none of them" });
