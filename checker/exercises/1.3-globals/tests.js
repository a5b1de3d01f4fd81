// Hidden tests of 1.3 globals.

const run = (source, globals = {}) => solution.run_with(source, globals);

test("a script sees what was injected, and may change it", () => {
  const [price, count, name] = [random.int(2, 900), random.int(2, 20), random.word()];
  assert.equal(run("price * count", { price, count }).value, price * count);
  assert.equal(run(`${name}.lines[1].sku + "!"`, { [name]: { lines: [null, { sku: "tea" }] } }).value, "tea!");
  const all = [null, true, 0.5, "", [], {}, 4_294_967_296, -7];
  assert.equal(run("all", { all }).value, all);
  assert.equal(run("price += 1; [price, Object.keys(globalThis)]", { price }).value, [price + 1, ["price"]], "an injected global can be written and listed");
  assert.equal(run("let idle = 1", {}).value, null);
  assert.equal(run("typeof price").value, "undefined");
}, { points: 1, cause: "the globals were defined too late, in another context, or with attributes that forbid to write or to list them" });

test("a changed global and a new one come back", () => {
  const [stock, sold] = [random.int(50, 900), random.int(1, 20)];
  assert.equal(run(`stock -= ${sold}; total = stock * 3; var note = 'ok'; globalThis.tags = [note]; 0`, { stock }), {
    value: 0,
    globals: { stock: stock - sold, total: (stock - sold) * 3, note: "ok", tags: ["ok"] },
  });
  assert.equal(run("paid = null; open = false; label = ''; rest = 0", { paid: 1, open: true, label: "x", rest: 5 }).globals, { paid: null, open: false, label: "", rest: 0 });
}, { points: 1, cause: "only the names that went in were looked at, or only those that are new" });

test("an untouched global does not come back", () => {
  const order = { id: random.int(1, 999), lines: [{ sku: random.word(), price: 1.25 }], note: null };
  assert.equal(run("order.id + tax", { order, tax: 0.25, none: null, name: "tea", yes: true }).globals, {});
  // Beyond 32 bits an integer lives in the engine as a float.
  assert.equal(run("big", { big: 4_294_967_296, huge: [9_007_199_254_740_991], far: -3_000_000_000 }).globals, {});
  // The same value again is no change.
  assert.equal(run("name = 'te' + 'a'; tax = tax; order = { id: 5 }", { name: "tea", tax: 0.5, order: { id: 5 } }).globals, {});
}, { points: 1, cause: "all that is there came back, or it was compared by == with what came in, where 4294967296 is an integer" });

test("a change inside an injected value counts", () => {
  const id = random.int(1, 999);
  assert.equal(run("order.lines[0].count += 1; 0", { order: { id, lines: [{ count: 1 }] } }).globals, { order: { id, lines: [{ count: 2 }] } });
  assert.equal(run("cart.push('tea'); delete player.lives; 0", { cart: [], player: { id, lives: 3 }, rest: [1] }).globals, { cart: ["tea"], player: { id } });
  assert.equal(run("cart.pop(); player.lives = 3; delete seat.row; seat.place = 1; 0", { cart: ["tea", "milk"], player: { id }, seat: { row: 1 } }).globals, { cart: ["tea"], player: { id, lives: 3 }, seat: { place: 1 } });
}, { points: 1, cause: "objects were compared in part, or by identity, and a change inside keeps the identity" });

test("a number that is computed anew is the same number", () => {
  const n = random.int(2, 900) * random.pick([1, -1]);
  // Each is the number that was there; some come back as an integer, some as a float.
  const forms = ["x = Math.round(x)", "x = Number(String(x))", "x = x * 2 / 2", "x -= 0.5; x += 0.5", "x = -(-x)", "x = x | 0"];
  for (const form of forms) {
    assert.equal(run(`${form}; 0`, { x: n }).globals, {}, `${form} changes nothing`);
  }
  assert.equal(run("for (const line of order.lines) line.count = Math.round(line.count); 0", { order: { id: n, lines: [{ count: n }, { count: 0 }, { count: 0.5 - 0.5 }] } }).globals, {});
  assert.equal(run("x += 0.5; 0", { x: n }).globals, { x: n + 0.5 });
  assert.equal(run("half /= 2; list[0] = Math.round(list[0]); list[1] += 0.25; far += 1; same = +same; text = 3; sign = -sign; yes = true; 0", { half: 0.5, list: [n, 0.5], far: 4_294_967_296, same: n, text: "3", sign: n, yes: "true" }).globals, { half: 0.25, list: [n, 0.75], far: 4_294_967_297, text: 3, sign: -n, yes: true });
}, { points: 1, cause: "the integer 3 and the float 3.0 were compared with ==, at the top or further inside" });

test("let, const and class stay inside", () => {
  const n = random.int(1, 99);
  assert.equal(run(`let price = ${n}; const rate = 2; class Order {} price * rate`), { value: n * 2, globals: {} });
  // A let may take the name of an injected global, which stays as it was.
  assert.equal(run(`let price = ${n}; price += 1; price`, { price: 500 }), { value: n + 1, globals: {} });
}, { points: 1, cause: "the globals went in as var declarations, or so that delete fails, and a let must not take such a name" });

test("built-ins stay inside, even when a script assigns to them", () => {
  assert.equal(run("0").globals, {});
  assert.equal(run("Math = 5; parseInt = 'mine'; Map = { a: 1 }; var Set = [1]; 0").globals, {});
  assert.equal(run("Math.rate = 3; JSON.cache = {}; Array.prototype.last = 1; sold = 1").globals, { sold: 1 });
}, { points: 1, cause: "every property of the global object was read, enumerable or not" });

test("a script that rewires its world does not fool the host", () => {
  const n = random.int(1, 99);
  assert.equal(run(`sold = ${n}; globalThis = { sold: -1, fake: 1 }; 0`).globals, { sold: n });
  const script = `
    sold = ${n};
    JSON.stringify = () => '{"sold":-1}'; JSON.parse = () => ({ sold: -1 });
    Object.keys = Object.entries = Object.getOwnPropertyNames = Reflect.ownKeys = () => ["fake"];
    Object.getOwnPropertyDescriptor = () => ({ value: -1, enumerable: true });
    Object.prototype.toJSON = Number.prototype.toJSON = () => -1;
    Object.is = () => true; Array.prototype[Symbol.iterator] = null; globalThis.toString = null;
    0`;
  const { globals } = run(script, { rest: 1 });
  assert.equal(globals.sold, n);
  assert.equal(["rest", "fake"].filter((name) => name in globals), []);
}, { points: 1, cause: "the globals were read by running script code in the guest's own context" });

test("what JSON can't express is left out, and is no error", () => {
  const n = random.int(1, 99);
  const script = `
    function pay() {} arrow = () => 1; Player = class {};
    nothing = undefined; mark = Symbol("x"); big = 10n;
    ring = {}; ring.ring = ring; list = [Symbol("y")];
    kept = ${n}; 0`;
  assert.equal(run(script), { value: 0, globals: { kept: n } });
  assert.equal(run("price = undefined; rate = () => 2; tax = 3; 0", { price: 1, rate: 1, tax: 1 }).globals, { tax: 3 });
}, { points: 1, cause: "to_json takes a function for an object, and its errors are no errors of the run" });

test("a getter is left out and never called", () => {
  const n = random.int(1, 99);
  const script = `
    Object.defineProperty(globalThis, "spy", { enumerable: true, configurable: true, get() { calls++; return 1 }, set() { calls++ } });
    Object.defineProperty(globalThis, "trap", { enumerable: true, get() { throw "trapped" } });
    Object.defineProperty(globalThis, "sink", { enumerable: true, set() { calls++ } });
    calls = ${n}; order = { get total() { calls++; throw "trapped" } }; 0`;
  const { globals } = run(script);
  assert.equal(globals.calls, n, "no getter ran, so the count of calls is the script's own");
  assert.equal(["spy", "trap", "sink"].filter((name) => name in globals), []);
  assert.equal(run(`Object.defineProperty(globalThis, "price", { get() { return 2 } }); 0`, { price: 1 }).globals, {});
}, { points: 1, cause: "the global was read with get, which runs the script's getter" });

test("hidden, inherited and symbol-keyed properties are left out", () => {
  const script = `
    Object.defineProperty(globalThis, "hidden", { value: 1 });
    Object.defineProperty(globalThis, "tax", { value: 9, enumerable: false });
    Object.prototype.inherited = 2;
    globalThis[Symbol("mark")] = 3;
    globalThis["Symbol(x)"] = 5;
    shown = 4`;
  // A string that looks like a symbol is a string.
  assert.equal(run(script, { tax: 1 }).globals, { shown: 4, "Symbol(x)": 5 });
}, { points: 1, cause: "a key was judged by its text, or not asked whether it is enumerable" });

test("any text is a name", () => {
  const names = ["order total", "", "7", "class", "let", "this", "a.b", "\u00E9\u{1F4E6}", 'quote"d', "x = 1; y", "line\u2028", "constructor", "toString"];
  const globals = Object.fromEntries(names.map((name, index) => [name, index]));
  assert.equal(run("0", globals), { value: 0, globals: {} });
  for (const [index, name] of names.entries()) globals[name] = index + 100;
  const script = `for (const name of ${JSON.stringify(names)}) this[name] += 100; this["a new\\nname"] = 1; this[12] = 2; 0`;
  assert.equal(run(script, Object.fromEntries(names.map((name, index) => [name, index]))).globals, { ...globals, "a new\nname": 1, 12: 2 });
}, { points: 1, cause: "the name was put into source text, or only identifiers were read back" });

test("__proto__ is a name like any other", () => {
  const n = random.int(1, 99);
  const sent = JSON.parse(`{ "__proto__": { "rate": ${n} } }`);
  assert.equal(run("[typeof rate, Object.hasOwn(globalThis, '__proto__'), Object.getPrototypeOf(globalThis) === Object.prototype]", sent).value, ["undefined", true, true]);
  assert.equal(run("__proto__.rate", sent).value, n);
  const order = JSON.parse('{ "order": { "__proto__": { "paid": true } } }');
  assert.equal(run("[order.paid === undefined, Object.keys(order)]", order).value, [true, ["__proto__"]]);
}, { points: 1, cause: "the global was assigned, and an assignment to __proto__ runs a setter" });

test("an injected name wins over a built-in, and is then a global like any other", () => {
  const n = random.int(1, 99);
  assert.equal(run("[Math + 1, JSON.city]", { Math: n, JSON: { city: "Oslo" } }), { value: [n + 1, "Oslo"], globals: {} });
  assert.equal(run("Math += 1; JSON.city = 'Bergen'; Map = 3; 0", { Math: n, JSON: { city: "Oslo" }, Map: 2, Set: 1 }).globals, { Math: n + 1, JSON: { city: "Bergen" }, Map: 3 });
  assert.equal(run("this.globalThis", { globalThis: n }), { value: n, globals: {} });
  for (const name of ["undefined", "NaN", "Infinity"]) {
    assert.throws(() => run("0", { [name]: 1, price: 2 }), new RegExp(name));
  }
}, { points: 1, cause: "the name was skipped, or set without becoming enumerable" });

test("a deleted global does not come back", () => {
  const n = random.int(2, 99);
  assert.equal(run("delete price; typeof price", { price: 1, rest: 2 }), { value: "undefined", globals: {} });
  assert.equal(run(`delete price; price = ${n}; 0`, { price: 1 }).globals, { price: n });
  assert.equal(run("delete globalThis.price; delete Math.max; made = 1; delete made", { price: 1 }).globals, {});
}, { points: 1, cause: "the globals were defined so that delete fails, or read back without asking whether they are there" });

test("an error is the text of what was thrown, and the next run is fresh", () => {
  const word = random.word();
  assert.throws(() => run(`price = 2; throw new Error("no ${word}")`, { price: 1 }), new RegExp(`no ${word}`));
  assert.throws(() => run(`throw "${word}"`), new RegExp(word));
  assert.throws(() => run(`throw new RangeError("no ${word}\\nor two")`), new RegExp(`RangeError.*no ${word}\nor two`));
  assert.throws(() => run("let = ;"), /SyntaxError/);
  assert.throws(() => run("10n"), /bigint/i);
  assert.equal(run("kept = 1; let mine = 2; Math.max = null; 0", { price: 1 }).globals, { kept: 1 });
  assert.equal(run("[typeof kept, typeof price, typeof mine, typeof Math.max]"), { value: ["undefined", "undefined", "undefined", "function"], globals: {} });
}, { points: 1, cause: "an error was unwrapped or cut short, or the context was kept" });
