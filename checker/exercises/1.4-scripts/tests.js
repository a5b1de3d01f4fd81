// Hidden tests of 1.4 scripts.

const compiled = (source) => new solution.Compiled(source);

test("a run gives the script's completion value", () => {
  const [price, count] = [random.int(2, 90), random.int(2, 90)];
  const name = random.word();
  const bill = compiled(`const total = ${name} * ${count}; ({ total, lines: [total, null] })`);
  assert.equal(bill.run({ [name]: price }), { total: price * count, lines: [price * count, null] });
  assert.equal(bill.run({ [name]: price + 1 }), { total: (price + 1) * count, lines: [(price + 1) * count, null] });
  assert.equal(compiled(`order.lines[1].sku + "-${name}"`).run({ order: { lines: [0, { sku: "tea" }] } }), `tea-${name}`);
  assert.equal(compiled("let players = 3").run({}), null, "undefined is told as null");
}, { points: 1, cause: "the value of the evaluated script was not handed out, or the globals were not defined" });

test("a syntax error is told by parse", () => {
  const sources = [
    "const = 1", "let a = 1; let a = 2", "return 5", "for (;;", "'open", "break",
    "price = 5; price..total", "function bill() { let let = 1 }", "() => { 'use strict'; with (order) {} }",
  ];
  for (const source of sources) assert.throws(() => compiled(source), /SyntaxError/);
}, { points: 1, cause: "parse keeps the text, and the run is the first to look at it" });

test("parse runs nothing of the script", () => {
  const name = random.word();
  const counter = compiled(`Array.${name} = (Array.${name} ?? 0) + 1; Array.${name}`);
  assert.equal(counter.run({}), 1, "the first run is the first time that the script runs");
  const late = compiled(`if (typeof ${name} === "undefined") throw new Error("this ran"); ${name}`);
  assert.equal(late.run({ [name]: 7 }), 7);
  compiled("for (;;) {}");
}, { points: 1, cause: "parse evaluates the script to see whether it is right" });

test("a top-level let, const or class does not clash on the second run", () => {
  const [name, n] = [random.word(), random.int(2, 50)];
  const score = compiled(`let ${name} = ${n}; const bonus = 2; class Player {} ${name} += bonus; [${name}, new Player() instanceof Player]`);
  for (let i = 0; i < 4; i++) assert.equal(score.run({}), [n + 2, true]);
  const early = compiled(`function look() { return typeof tax } let seen = "none"; { seen = look(); } var tax = ${n}; seen`);
  for (let i = 0; i < 3; i++) assert.equal(early.run({}), "undefined");
}, { points: 1, cause: "the source is parsed again in a context that has those names" });

test("the globals of one run are gone in the next", () => {
  const [name, n] = [random.word(), random.int(1, 99)];
  const types = compiled(`[typeof ${name}, "${name}" in globalThis, typeof rate]`);
  assert.equal(types.run({ [name]: n, rate: "high" }), ["number", true, "string"]);
  assert.equal(types.run({}), ["undefined", false, "undefined"]);
  assert.equal(types.run({ rate: null }), ["undefined", false, "object"]);
  assert.equal(types.run({ [name]: { n } }), ["object", true, "undefined"]);
  const basket = compiled("basket.push(basket.length); basket");
  for (let i = 0; i < 3; i++) assert.equal(basket.run({ basket: [n] }), [n, 1]);
  const stock = compiled("stock -= 1; [stock, Object.keys(globalThis)]");
  for (let i = 0; i < 3; i++) assert.equal(stock.run({ stock: n }), [n - 1, ["stock"]]);
}, { points: 1, cause: "what was defined for a run is not taken away, or it can't be listed or written" });

test("the globals that a run makes are gone in the next", () => {
  const name = random.word();
  const visit = compiled(`${name} = typeof ${name} === "undefined" ? 1 : ${name} + 1`);
  for (let i = 0; i < 3; i++) assert.equal(visit.run({}), 1);
  const count = compiled(`globalThis.${name} = (globalThis.${name} ?? 0) + 1; eval("var inner = 1"); Object.keys(globalThis).length`);
  for (let i = 0; i < 3; i++) assert.equal(count.run({}), 2);
}, { points: 1, cause: "only the host's own globals are taken away" });

test("a var and a function start anew in each run", () => {
  const [name, n] = [random.word(), random.int(2, 50)];
  const sum = compiled(`var ${name}; ${name} = (${name} ?? ${n}) + 1; ${name}`);
  for (let i = 0; i < 3; i++) assert.equal(sum.run({}), n + 1);
  const shadow = compiled(`const before = ${name}(); ${name} = () => 0; function ${name}() { return ${n} } ${name}.calls = (${name}.calls ?? 0) + 1; [before, ${name}.calls]`);
  for (let i = 0; i < 3; i++) assert.equal(shadow.run({}), [n, 1]);
}, { points: 1, cause: "a var can't be deleted, and its value was left" });

test("globals with symbol keys and hidden globals are gone too", () => {
  const name = random.word();
  const cache = compiled(`const key = Symbol.for("${name}"); const had = key in globalThis; globalThis[key] = 1; had`);
  for (let i = 0; i < 3; i++) assert.equal(cache.run({}), false);
  const hidden = compiled(`
    const had = ["${name}", "7"].map((key) => Object.hasOwn(globalThis, key));
    Object.defineProperty(globalThis, "${name}", { value: 1, enumerable: false, configurable: true });
    globalThis[7] = "seven";
    had
  `);
  for (let i = 0; i < 3; i++) assert.equal(hidden.run({}), [false, false]);
  const getter = compiled(`const had = typeof ${name}; Object.defineProperty(globalThis, "${name}", { get() { return 1 }, configurable: true }); had`);
  for (let i = 0; i < 3; i++) assert.equal(getter.run({}), "undefined");
}, { points: 1, cause: "only the enumerable names were looked at" });

test("what a run deletes or replaces is back in the next", () => {
  const lost = random.pick(["Array", "Promise", "parseInt", "Map"]);
  const gone = compiled(`const was = typeof ${lost}; delete globalThis.${lost}; was`);
  for (let i = 0; i < 3; i++) assert.equal(gone.run({}), "function");
  const fake = compiled(`const was = Math.max(1, 2); Math = { max: () => 9 }; was`);
  for (let i = 0; i < 3; i++) assert.equal(fake.run({}), 2);
  const shown = compiled(`
    const was = [typeof JSON.parse, Object.keys(globalThis).length];
    Object.defineProperty(globalThis, "JSON", { get: () => ({}), enumerable: true });
    was
  `);
  for (let i = 0; i < 3; i++) assert.equal(shown.run({}), ["function", 0]);
  const standIn = compiled("typeof Date");
  assert.equal(standIn.run({ Date: "today" }), "string");
  assert.equal(standIn.run({}), "function");
}, { points: 1, cause: "new globals were removed, and the old ones were not put back" });

test("a thrown error leaves the next run clean", () => {
  const [name, n] = [random.word(), random.int(100, 999)];
  const charge = compiled(`
    const seen = [typeof ${name}, typeof step, typeof Map];
    ${name} = 1; var step = 2; delete globalThis.Map;
    if (typeof amount === "undefined") throw new RangeError("no amount for ${n}");
    seen
  `);
  assert.throws(() => charge.run({}), new RegExp(`RangeError: no amount for ${n}`));
  assert.throws(() => charge.run({ extra: 1 }), new RegExp(`no amount for ${n}`));
  assert.equal(charge.run({ amount: 5 }), ["undefined", "undefined", "function"]);
  assert.throws(() => charge.run({}), new RegExp(`no amount for ${n}`));
  const deep = compiled("const had = typeof mark; mark = 1; function dig() { dig() } if (typeof stop === 'undefined') dig(); had");
  assert.throws(() => deep.run({}), /recursive/);
  assert.equal(deep.run({ stop: true }), "undefined");
  const value = compiled(`const had = typeof ${name}; ${name} = 1; typeof wanted === "undefined" ? 10n : had`);
  assert.throws(() => value.run({}), /bigint/i);
  assert.equal(value.run({ wanted: 1 }), "undefined");
}, { points: 1, cause: "a `?` leaves the function before the clean-up" });

test("a global may have any name, even one that the script declares", () => {
  const [name, n] = [random.word(), random.int(1, 99)];
  const tax = compiled(`var ${name}; var rate = rate ?? ${n}; [${name} ?? "none", rate]`);
  assert.equal(tax.run({}), ["none", n]);
  assert.equal(tax.run({ [name]: 5, rate: 7 }), [5, 7]);
  assert.equal(tax.run({}), ["none", n]);
  assert.equal(tax.run({ rate: 8 }), ["none", 8]);
  const own = compiled(`function ${name}() { return ${n} } ${name}()`);
  assert.equal(own.run({}), n);
  assert.equal(own.run({ [name]: "not a function" }), n);
  const inner = compiled(`let ${name} = ${n}; ${name}`);
  for (let i = 0; i < 2; i++) assert.equal(inner.run({ [name]: 0 }), n);
  const ghost = compiled(`[typeof ${name}, Object.hasOwn(globalThis, "__proto__")]`);
  assert.equal(ghost.run(JSON.parse(`{ "__proto__": { "${name}": 1 } }`)), ["undefined", true]);
  assert.equal(ghost.run({}), ["undefined", false]);
  // Three names are taken for good, and one of them must not spoil the next run.
  const three = compiled(`[typeof ${name}, typeof NaN, typeof undefined, Infinity > ${n}]`);
  for (const taken of ["undefined", "NaN", "Infinity"]) {
    assert.throws(() => three.run({ [name]: n, [taken]: n }));
    assert.equal(three.run({}), ["undefined", "number", "undefined", true]);
  }
}, { points: 1, cause: "a `var` of the run before can't be defined again, and `set` runs the setter of __proto__" });

test("a global that a run locks does not reach the next", () => {
  const [name, n] = [random.word(), random.int(1, 99)];
  const lock = compiled(`
    const had = typeof ${name};
    if (had === "undefined") Object.defineProperty(globalThis, "${name}", { value: ${n} });
    had
  `);
  for (let i = 0; i < 3; i++) assert.equal(lock.run({}), "undefined");
  assert.equal(lock.run({ [name]: "free" }), "string");
  const stuck = compiled(`const was = Math.min(1, 2); Object.defineProperty(globalThis, "Math", { value: { min: () => ${n + 2} }, writable: false, configurable: false }); was`);
  for (let i = 0; i < 3; i++) assert.equal(stuck.run({}), 1);
}, { points: 1, cause: "a property that can't be deleted was taken for one that need not be" });

test("a run that freezes the global object does not reach the next", () => {
  const name = random.word();
  const freeze = random.pick(["freeze", "seal", "preventExtensions"]);
  const cold = compiled(`
    const was = [Object.isExtensible(globalThis), typeof ${name}];
    ${name} = 1;
    if (typeof keep === "undefined") Object.${freeze}(globalThis);
    was
  `);
  for (let i = 0; i < 3; i++) assert.equal(cold.run({}), [true, "undefined"]);
  assert.equal(cold.run({ keep: true, [name]: 5 }), [true, "number"]);
  const throwing = compiled(`const was = typeof ${name}; Object.${freeze}(globalThis); if (typeof calm === "undefined") throw new Error("cold"); was`);
  assert.throws(() => throwing.run({}), /cold/);
  assert.equal(throwing.run({ calm: 1, [name]: 1 }), "number");
}, { points: 1, cause: "nothing undoes a freeze, so this context must be given up" });

test("two scripts do not see each other", () => {
  const [name, n] = [random.word(), random.int(1, 99)];
  const first = compiled(`Array.${name} = ${n}; ${name} = 1; let mine = ${n}; mine`);
  const second = compiled(`[typeof Array.${name}, typeof ${name}, typeof mine]`);
  assert.equal(first.run({ [name]: 5 }), n);
  assert.equal(second.run({}), ["undefined", "undefined", "undefined"]);
  assert.equal(first.run({}), n);
  assert.equal(compiled("let mine = 2; mine").run({}), 2);
}, { points: 1, cause: "all scripts were given the same context" });

/// A big script that ends in `code`, with a `loop` that counts its runs in parses
/// of this very machine, so a slow one is not blamed.
const big = (code, rate) => {
  const rules = Array.from({ length: 120 }, (_, n) =>
    `  function rule${n}(order) { const total = order.price * ${n} + ${rate}; return total > ${n} ? total - 1 : total; }`);
  const source = `function catalog() {\n${rules.join("\n")}\n  return [rule0, rule1];\n}\n${code}`;
  let start = Date.now();
  const script = compiled(source);
  const parse = Math.max(Date.now() - start, 1);
  const loop = (count, what, run) => {
    start = Date.now();
    for (let i = 1; i <= count; i++) {
      run(i);
      const spent = Date.now() - start;
      if (spent >= parse * count / 4) assert.fail(`${i} runs ${what} took ${Math.round(spent / parse)} times as long as parsing it once`);
    }
  };
  return { script, loop };
};

test("a hundred runs of a big script cost one parse", () => {
  const rate = random.int(2, 50);
  const { script, loop } = big(`price * ${rate};`, rate);
  loop(100, "of a script", (i) => assert.equal(script.run({ price: i }), i * rate));
}, { points: 1, cause: "the source is parsed again in every run" });

test("runs that throw or replace a built-in do not cost a parse each", () => {
  const [name, rate] = [random.word(), random.int(2, 50)];
  const { script, loop } = big(`
    const seen = typeof Math + typeof Map + typeof ${name};
    if (order === "bad") throw new RangeError("no price");
    if (order === "rude") { Math = 1; delete globalThis.Map; Object.defineProperty(globalThis, "${name}", { value: 1 }); globalThis[Symbol.for("${name}")] = 1; }
    seen`, rate);
  loop(30, "that throw", () => assert.throws(() => script.run({ order: "bad" }), /no price/));
  loop(30, "that replace and delete built-ins", () => assert.equal(script.run({ order: "rude" }), "objectfunctionundefined"));
}, { points: 1, cause: "the context is given up where it could be put back" });
