// Room 3: the flag is what `vault()` gives to the manager. After each rule of the
// troupe's, the manager closes the day with a script of his own.

const CLOSING = `["closed", vault()].join(", ")`;

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
  got(() => room.manage(CLOSING));
  return [first, got(() => room.run(attack))];
}, {
  points: 1,
  cause: "the vault is still in the realm in which rules run, or something in that realm leads to it",
});

test("the manager's scripts use the vault", () => {
  const flag = random.flag();
  const room = new solution.Room(flag);
  room.run(`price("adult") * ${random.int(2, 9)}`);
  assert.equal(room.manage("vault()"), flag);
  assert.equal(room.manage(CLOSING), `closed, ${flag}`);
  assert.equal(room.manage("let code = vault(); price('child')"), 600);
  room.run("price('child')");
  assert.equal(room.manage("code === vault() && code"), flag);
}, { points: 1, cause: "the vault was taken from everybody, where only the rules must not have it" });

test("rules tell prices", () => {
  const room = new solution.Room(random.flag());
  const [adults, children] = [random.int(1, 40), random.int(1, 40)];
  assert.equal(
    room.run(`price("adult") * ${adults} + price("child") * ${children}`),
    1400 * adults + 600 * children,
  );
  assert.equal(room.run(`const rule = (n) => n < 8 ? n * price("adult") : price("group"); rule(8)`), 9000);
  assert.equal(room.run(`rule(${adults % 8})`), 1400 * (adults % 8));
}, { points: 1, cause: "`price` is gone, or a rule forgets what the one before it declared" });

test("rules use strings, brackets and this as they like", () => {
  const room = new solution.Room(random.flag());
  const kind = random.word();
  assert.equal(room.run("price('ad' + 'ult')"), 1400);
  assert.equal(room.run(`this.kinds = { "${kind}": ["gr\\u006fup"] }; kinds["${kind}"].map((kind) => price(kind))`), [9000]);
  assert.equal(room.run("`caf\\u00e9 ${Reflect.ownKeys(kinds).length}`"), "café 1");
  assert.equal(room.run(`class Show { get kind() { return this["${kind}"] } } typeof Show`), "function");
}, { points: 1, cause: "the list of what is forbidden grew until ordinary rules were on it" });

test("a ticket that is not sold is told by its name", () => {
  const room = new solution.Room(random.flag());
  const kind = random.word();
  assert.throws(() => room.run(`price("${kind}")`), new RegExp(`no ticket for ${kind}`));
  assert.equal(room.run(`try { price("${kind}") } catch (error) { error }`), `no ticket for ${kind}`);
}, { points: 1, cause: "the error of `price` is lost" });

test("a rule that asks for the vault by name gets an error", () => {
  const room = new solution.Room(random.flag());
  assert.throws(() => room.run("vault()"));
  assert.equal(room.run("price('child')"), 600);
}, { points: 1, cause: "`vault` means something in a rule" });
