// Hidden tests of 2.3 harden.

const shared = () => new solution.Shared();

/// Each of these guests must be stopped by a TypeError.
const refused = (realm, guests) => {
  for (const guest of guests) assert.throws(() => realm.run(guest), /TypeError/);
};

const SHOP = { prices: { tea: 4, coffee: 6, sizes: ["small", "large"] }, notice: null };

test("a realm can be made and hardened", () => {
  shared();
}, { points: 1, cause: "a property that is not configurable was redefined, or the freeze came before the accessors" });

test("a guest's completion value comes back as JSON", () => {
  const realm = shared();
  const [n, name] = [random.int(2, 90), random.word()];
  assert.equal(realm.run(`shop.total("tea", ${n})`), 4 * n);
  assert.equal(realm.run(`const ${name} = [${n}, null]; ({ ${name}, cost: shop.total("coffee", ${n}) })`), { [name]: [n, null], cost: 6 * n });
  assert.equal(realm.run(`let sum = 0; for (const x of [1, 2, ${n}]) sum += x;`), n + 3);
  assert.equal(realm.run(`if (${n} > 1) "${name}"; else 0`), name);
  for (const none of ["", ";", "undefined", `let ${name} = 1`, `var ${name} = 1`, `function ${name}() {}`, "// nothing", "if (false) 1"]) {
    assert.equal(realm.run(none), null, "a program without a value gives null");
  }
  const { prices, notice } = realm.run("shop");
  assert.equal({ prices, notice }, SHOP, "the shop's data is data");
}, { points: 1, cause: "what was put before the source gives a value of its own, or the shop's data was turned into accessors" });

test("what a guest throws comes back as Err", () => {
  const realm = shared();
  const [text, name] = [random.word(), random.word()];
  assert.throws(() => realm.run(`throw new RangeError("${text}")`), new RegExp(`RangeError: ${text}`));
  assert.throws(() => realm.run(`throw "${text}"`), new RegExp(text));
  assert.throws(() => realm.run(`throw Symbol("${text}")`), new RegExp(text));
  assert.throws(() => realm.run(`throw { toString() { throw "${name}" }, text: "${text}" }`), new RegExp(text));
  assert.throws(() => realm.run(`shop.total("${text}", 1)`), /RangeError: not for sale/);
  assert.throws(() => realm.run(`class Late extends Error { constructor(m) { super(m); this.name = "${name}" } } throw new Late("${text}")`), new RegExp(`${name}: ${text}`));
  assert.throws(() => realm.run(`${name}.price`), new RegExp(`ReferenceError: ${name}`));
  assert.throws(() => realm.run(`shop.notice = "${text}"; )`), /SyntaxError/);
  assert.equal(realm.run("shop.notice"), null, "a source that does not parse runs nothing");
  for (const value of random.shuffle(["1n", `Symbol("${text}")`, `const ${name} = []; ${name}[0] = ${name}; ${name}`])) {
    assert.throws(() => realm.run(value), /TypeError/);
  }
}, { points: 1, cause: "errors are not handed out, such as those of to_json, or something ran before the source was parsed" });

test("all guests run in the realm that new made", () => {
  const realm = shared();
  const name = random.word();
  realm.run(`shop.notice = { Array, shop, root: Object.prototype, made() {}, ${name}: 1 }; 0`);
  const same = `const n = shop.notice; [n.Array === Array, n.shop === shop, n.root === Object.prototype, n.made instanceof Function, n.${name}]`;
  const failing = ["throw 1", ")", "(function again() { again() })()", "null.price", "throw { toString() { throw 1 } }", "throw Symbol('none')"];
  for (const guest of ["1", ...random.shuffle(failing)]) {
    if (guest === "1") assert.equal(realm.run(guest), 1);
    else assert.throws(() => realm.run(guest));
    assert.equal(realm.run(same), [true, true, true, true, 1]);
  }
}, { points: 1, cause: "a new realm is made for each guest, or after an error" });

test("the names of one guest are unknown to the next", () => {
  const realm = shared();
  const [a, b, n] = [random.word(), random.word(), random.int(1, 99)];
  const declarations = [
    `let ${a} = ${n}`, `const ${a} = ${n}`, `class ${a} {}`, `var ${a} = ${n}`, `function ${a}() {}`, `async function* ${a}() {}`,
    `var { x: ${a} } = { x: ${n} }`, `for (var ${a} = 0; ${a} < 3; ${a}++);`, `{ function ${a}() {} var ${b} = 1 }`, `eval("var ${a} = ${n}")`,
    `(0, eval)("let ${a} = ${n}; const ${b} = 1")`, `Function("${a} = ${n}; this.${b} = 1")()`, `(() => { for (let ${a} of [1]); })()`,
    `let ${a} = 1; throw new Error("half done")`, `var ${a} = 1; null.x`, `try { (0, eval)("var ${a} = 1; function ${b}() {}") } catch {}`,
  ];
  for (const guest of random.shuffle(declarations)) {
    try {
      realm.run(guest);
    } catch {
      // Some of them end in an error.
    }
    assert.equal(realm.run(`[typeof ${a}, typeof ${b}, "${a}" in globalThis, "${b}" in globalThis]`), ["undefined", "undefined", false, false]);
  }
  for (const own of ["const", "let", "var"]) assert.equal(realm.run(`${own} shop = ${n}, Array = 2; shop + Array`), n + 2);
  assert.equal(realm.run("function Map() { return 3 } class Set {} Map()"), 3);
  assert.equal(realm.run("[typeof shop, typeof Array.isArray, typeof new Map().get, typeof new Set().add]"), ["object", "function", "function", "function"]);
}, { points: 1, cause: "a top-level let, const or class stays in the realm when the source is run as a script" });

test("a guest's source can't step out of its place", () => {
  const realm = shared();
  const [name, n] = [random.word(), random.int(2, 99)];
  const broken = ["})(); (() => {", "})() ; (function () {", `} ${n}; {`, "return 5", `}; shop.notice = 1; {`, "*/ shop.notice = 1 /*", "1)", "await 1", "super.x", "new.target"];
  for (const source of random.shuffle(broken)) assert.throws(() => realm.run(source), /SyntaxError/);
  assert.equal(realm.run("shop.notice"), null);
  assert.equal(realm.run(`${n} // the price`), n);
  assert.equal(realm.run(`// the price\n${n}`), n);
  assert.equal(realm.run(`"use strict"; ${n}`), n);
  const text = `${name} "' \\ \` \${1} \n \t \u2028 é 茶 \u{1F375} */ //`;
  assert.equal(realm.run(JSON.stringify(text)), text);
  assert.equal(realm.run("`${1 + 1}`"), "2");
  for (const unknown of ["arguments", "source", "code", "program", "text", "guest"]) {
    assert.equal(realm.run(`typeof ${unknown}`), "undefined", "a name of the code that runs guests");
  }
}, { points: 1, cause: "the source is pasted into a function, where a brace ends it, or given to an eval inside one" });

test("a guest can't change the global object", () => {
  const realm = shared();
  const [name, n] = [random.word(), random.int(1, 99)];
  const keys = realm.run("Reflect.ownKeys(globalThis).map(String)");
  refused(realm, random.shuffle([
    `globalThis.${name} = ${n}`, `this.${name} = ${n}`, `globalThis[Symbol.for("${name}")] = ${n}`, `globalThis[${n}] = ${n}`,
    `Object.defineProperty(globalThis, "${name}", { value: ${n} })`, `Object.assign(globalThis, { ${name}: ${n} })`, `(0, eval)("var ${name} = ${n}")`,
    `(0, eval)("function ${name}() {}")`, `Function("return this")().${name} = ${n}`, `globalThis.toString = ${n}`,
    `Object.setPrototypeOf(globalThis, { ${name}: ${n} })`, `globalThis.__proto__ = { ${name}: ${n} }`, "delete globalThis.shop",
  ]));
  assert.throws(() => realm.run(`${name} = ${n}`), /ReferenceError/);
  assert.throws(() => realm.run(`(() => { ${name} = ${n} })()`), /ReferenceError/);
  // Sloppy code gets no error, and gets nowhere.
  realm.run(`Function("${name} = ${n}; globalThis.${name} = ${n}; with (globalThis) { ${name} = ${n} }")()`);
  realm.run(`(0, eval)("${name} = ${n}; delete globalThis.shop"); Reflect.set(globalThis, "${name}", ${n})`);
  assert.equal(realm.run(`[typeof ${name}, globalThis[${n}] ?? "none", Object.getPrototypeOf(globalThis) === Object.prototype]`), ["undefined", "none", true]);
  assert.equal(realm.run("Reflect.ownKeys(globalThis).map(String)"), keys);
}, { points: 1, cause: "the global object was not frozen, guests run as sloppy code, or your setter does not fail where the object is frozen" });

test("a guest can't replace or delete a built-in", () => {
  const realm = shared();
  const name = random.pick(["Array", "Map", "JSON", "Math", "Promise", "parseInt", "Object", "Error", "Symbol", "Reflect", "globalThis", "shop"]);
  refused(realm, random.shuffle([
    `${name} = 1`, `globalThis.${name} = 1`, `delete globalThis.${name}`, `[${name}] = [1]`, `for (${name} of [1]);`,
    `Object.defineProperty(globalThis, "${name}", { get() { return 1 } })`, `(0, eval)("var ${name} = 1; delete ${name}"); (0, eval)("function ${name}() {}")`,
  ]));
  for (const sloppy of [`${name} = 1`, `delete globalThis.${name}`, `${name}++`]) realm.run(`try { Function("${sloppy}")() } catch {}`);
  assert.equal(realm.run(`typeof ${name}`), ["JSON", "Math", "Reflect", "globalThis", "shop"].includes(name) ? "object" : "function");
  refused(realm, random.shuffle([
    "Math.max = () => 0", "JSON.parse = () => 0", "delete JSON.stringify", "Object.keys = () => []", "Array.isArray = () => true", "Promise.resolve = 0",
    "Reflect.ownKeys = 0", "Symbol.iterator = 0", "Math.PI = 3", "Object.defineProperty(Math, 'min', { value: 0 })", "Array.prototype = []",
    `Math.${random.word()} = 1`, `Date.${random.word()} = 1`, "Object.setPrototypeOf(Math, null)", "Object.setPrototypeOf(Map, Array)",
  ]));
  assert.equal(realm.run(`[Math.max(1, 2), Math.min(1, 2), JSON.parse("3"), JSON.stringify([4]), Object.keys({ a: 1 }), Array.isArray({}), Math.PI > 3.1]`), [2, 1, 3, "[4]", ["a"], false, true]);
}, { points: 1, cause: "only the prototypes were frozen, or only the global object, or the second walk lost what the accessors hide" });

test("a guest can't change a prototype", () => {
  const realm = shared();
  const [word, type] = [random.word(), random.pick([String, Array, RegExp, Function, Promise, Map, Date, Number, Symbol, Set, WeakMap, ArrayBuffer])];
  const method = random.pick(Object.getOwnPropertyNames(type.prototype).filter((key) => Object.getOwnPropertyDescriptor(type.prototype, key).writable && key !== "length"));
  const own = `${type.name}.prototype`;
  const before = realm.run(`String(${own}.${method})`);
  refused(realm, random.shuffle([
    `${own}.${method} = () => "${word}"`, `delete ${own}.${method}`, `${own}.${word} = 1`, `Object.defineProperty(${own}, "${method}", { value: 1 })`,
    `Object.setPrototypeOf(${own}, { ${word}: 1 })`, `Object.assign(${own}, { ${method}: 1 })`, `${own}.constructor = 1`, `${own}.__proto__ = null`,
  ]));
  refused(realm, random.shuffle([
    `Object.prototype.${word} = 1`, `({}).__proto__.${word} = 1`, `({}).constructor.prototype.${word} = 1`, `Object.prototype.__defineGetter__("${word}", () => 1)`,
    `Array.prototype[0] = "${word}"`, `Array.prototype.push.call(Array.prototype, "${word}")`, "Array.prototype.length = 3", `Array.prototype.unshift("${word}")`,
    "RegExp.prototype.exec = () => null", "RegExp.prototype[Symbol.replace] = () => ''", "Array.prototype[Symbol.iterator] = function* () {}", "delete Array.prototype[Symbol.iterator]",
    "Function.prototype.call = () => 1", "Error.prototype.toString = () => ''", `Error.prototype.name = "${word}"`, `TypeError.prototype.${word} = 1`, "Symbol.prototype[Symbol.toPrimitive] = 1",
    "Object.defineProperty(Array, Symbol.species, { value: Object })", "Promise.prototype.then = function () {}", `Object.prototype.toString = () => "${word}"`,
  ]));
  realm.run(`Function("Object.prototype.${word} = 1; Array.prototype.${word} = 1; delete Array.prototype.map")(); try { Reflect.set(Array.prototype, "push", 1) } catch {}`);
  // Code that has met many ordinary objects must not treat the next one alike.
  realm.run(`function mark(o) { o.${word} = 1; o.toString = 1 } for (let i = 0; i < 20; i++) try { mark(random()) } catch {} try { mark(Object.prototype) } catch {} try { mark([].__proto__) } catch {} function random() { return i => i }`);
  assert.equal(realm.run(`String(${own}.${method})`), before);
  assert.equal(
    realm.run(`[typeof ({}).${word}, typeof [].${word}, [][0] ?? "none", [...[1, 2]], "tea".replace(/t/, "s"), String({}), String(new Error("late")), [].length]`),
    ["undefined", "undefined", "none", [1, 2], "sea", "[object Object]", "Error: late", 0],
  );
}, { points: 1, cause: "the walk missed a prototype or a property under a symbol, or sealed what it should freeze" });

test("built-ins that only syntax, a symbol or a getter leads to are frozen", () => {
  const realm = shared();
  const word = random.word();
  const of = (value) => `Object.getPrototypeOf(${value})`;
  const accessor = (object, key, part = "get") => `Object.getOwnPropertyDescriptor(${object}, ${key}).${part}`;
  const hidden = [
    of("function* () {}"), of("function* () {}") + ".prototype", of("function* () {}") + ".constructor", of("async function () {}"), of("async function () {}") + ".constructor",
    of("async function* () {}"), of("async function* () {}") + ".prototype", of(of("async function* () {}") + ".prototype"), of("[].values()"), of(of("[].values()")),
    of("''[Symbol.iterator]()"), of("'tea'.matchAll(/t/g)"), of("new Map().keys()"), of("new Set().keys()"), of("[].values().map(String)"), of("Iterator.from({ next() {} })"),
    of("Int8Array"), of("Int8Array.prototype"), "Array.prototype[Symbol.iterator]", "RegExp.prototype[Symbol.replace]",
    accessor("(function () { return arguments })()", "'callee'"), accessor("Map.prototype", "'size'"), accessor("RegExp.prototype", "'flags'"), accessor("Array", "Symbol.species"),
    accessor("Object.prototype", "'__proto__'"), accessor("Object.prototype", "'__proto__'", "set"), accessor("shop", "'notice'"), accessor("shop", "'notice'", "set"),
  ];
  for (const value of random.shuffle(hidden)) {
    assert.equal(realm.run(`
      const hidden = ${value};
      try { hidden.${word} = 1 } catch {}
      [typeof hidden.${word}, Object.isFrozen(hidden)]`), ["undefined", true]);
  }
  refused(realm, ["Object.getPrototypeOf([].values()).next = () => ({ done: true })", "Object.getPrototypeOf(function* () {}).prototype.next = () => ({ done: true })"]);
  assert.equal(realm.run("function* prices() { yield 4; yield 6 } [[...prices()], [...new Set([1, 2])], [...[3].values()]]"), [[4, 6], [1, 2], [3]]);
}, { points: 1, cause: "the walk began at the globals alone, or followed names and values alone" });

test("the shop and all that it holds stay as they are", () => {
  const realm = shared();
  const [word, n] = [random.word(), random.int(10, 99)];
  refused(realm, random.shuffle([
    `shop = { total: () => ${n} }`, `shop.total = () => ${n}`, `shop.${word} = ${n}`, "delete shop.total", `shop.prices = { tea: ${n} }`, `shop.prices.tea = ${n}`, `shop.prices.${word} = ${n}`,
    "delete shop.prices.coffee", `shop.prices.sizes[0] = "${word}"`, `shop.prices.sizes.push("${word}")`, "shop.prices.sizes.length = 0", "shop.prices.sizes.reverse()", "shop.prices.sizes.pop()",
    `Object.assign(shop.prices, { tea: ${n} })`, `Object.defineProperty(shop, "notice", { value: ${n} })`, `Object.defineProperty(shop.prices, "tea", { get: () => ${n} })`,
    `Object.setPrototypeOf(shop, { ${word}: ${n} })`, `shop.__proto__ = { ${word}: ${n} }`, `shop.prices.__proto__ = null`, `shop.prices.sizes.__proto__ = { map: 1 }`, `[shop.prices.tea] = [${n}]`, `shop.prices.tea++`, `shop.toString = 1`,
  ]));
  realm.run(`Function("shop.prices.tea = ${n}; shop.total = 0; delete shop.prices; with (shop.prices) tea = ${n}")(); Reflect.set(shop.prices, "coffee", ${n})`);
  realm.run(`function raise(prices) { prices.tea = ${n} } for (let i = 0; i < 20; i++) raise({ tea: 4, coffee: 6, sizes: [] }); try { raise(shop.prices) } catch {}`);
  assert.equal(realm.run(`[shop.prices, shop.total("tea", ${n}), typeof shop.prices.${word}]`), [SHOP.prices, 4 * n, "undefined"]);
  assert.equal(realm.run("Reflect.ownKeys(shop).join()"), "prices,total,notice");
  // The notice board is the one thing that guests share.
  assert.equal(realm.run(`shop.notice = { word: "${word}" }; shop.notice.word`), word);
  assert.equal(realm.run(`shop.notice.n = ${n}; shop.notice`), { word, n });
}, { points: 1, cause: "Object.freeze is shallow, and the shop has objects inside" });

test("an object may have its own version of what it inherits", () => {
  const realm = shared();
  const own = (make, key) => realm.run(`
    const o = ${make}, was = o[${key}], word = "${random.word()}";
    o[${key}] = word;
    const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(o, ${key});
    const first = [o[${key}] === word, value === word, writable, enumerable, configurable, o !== was];
    o[${key}] = 2;
    const second = o[${key}];
    delete o[${key}];
    [...first, second, o[${key}] === was, (${make})[${key}] !== word]`);
  for (const key of random.shuffle(["toString", "valueOf", "constructor", "hasOwnProperty", "toLocaleString", "isPrototypeOf"])) {
    assert.equal(own("{}", `"${key}"`), [true, true, true, true, true, true, 2, true, true], `o.${key} = … on an ordinary object`);
  }
  const others = [
    ["[1]", '"constructor"'], ["[1]", '"map"'], ["[1]", "Symbol.iterator"], ["() => 1", '"toString"'], ["() => 1", '"call"'], ["new Map()", '"get"'], ["new Date(0)", '"toJSON"'], ["/t/g", '"exec"'],
    ["Promise.resolve(1)", '"then"'], ["new (class Tea { brew() {} })()", '"toString"'], ["class Tea {}", '"toString"'], ["new (class Basket extends Array {})()", '"push"'], ["class Basket extends Array {}", '"from"'],
    ["new Uint8Array(2)", '"set"'], ["(function* () {})()", '"next"'], ["[].values()", '"next"'], ["Object.create({})", '"valueOf"'], ["Object(1)", '"toFixed"'], ["Object.create(Math)", '"max"'], ["new WeakMap()", '"has"'],
  ];
  for (const [make, key] of random.shuffle(others)) {
    assert.equal(own(make, key), [true, true, true, true, true, true, 2, true, true], `o[${key}] = … on ${make}`);
  }
  refused(realm, ["new Map()[Symbol.toStringTag] = 'cups'", "(() => 1).name = 'cup'", "'tea'.toString = 1", "Object.freeze({}).toString = 1"]);
  assert.equal(realm.run("const tea = {}; tea.toString = () => 'green'; tea.valueOf ??= 1; tea.constructor = 2; [`${tea}`, Object.keys(tea), JSON.stringify(tea)]"), ["green", ["toString", "constructor"], '{"constructor":2}']);
  assert.equal(realm.run("function Cup() {} Cup.prototype.toString = () => 'cup'; Cup.prototype.constructor = Cup; `${new Cup()}`"), "cup");
}, { points: 1, cause: "a read-only property forbids assignment to every object that inherits it, or your accessor opens what was read-only or accepts a plain value" });

test("the way to override is no way into a built-in", () => {
  const realm = shared();
  const word = random.word();
  for (const [object, key] of random.shuffle([["Object.prototype", "toString"], ["Array.prototype", "push"], ["Error.prototype", "name"], ["Function.prototype", "call"]]).slice(0, 2)) {
    const set = `const { get, set } = Object.getOwnPropertyDescriptor(${object}, "${key}"); if (!set) throw new TypeError("a data property");`;
    refused(realm, ["Object.prototype", "Array.prototype", "globalThis", "shop", "shop.prices", "shop.total", "Math", "get", "set"].map((target) => `${set} set.call(${target}, "${word}")`));
    refused(realm, [`${object}.${key} = 1`]);
    realm.run(`const { set } = Object.getOwnPropertyDescriptor(${object}, "${key}"); try { set?.call(undefined, "${word}") } catch {} try { set?.call("tea", "${word}") } catch {}`);
    realm.run(`for (const o of [${object}, globalThis, shop]) Reflect.set({}, "${key}", "${word}", o)`.replace("Reflect.set({}", "try { Reflect.set({}") + " } catch {}");
    assert.equal(realm.run(`[Object.hasOwn(globalThis, "${key}"), Object.hasOwn(shop, "${key}"), Object.hasOwn(Math, "${key}"), ${object}.${key} === "${word}"]`), [false, false, false, false]);
  }
  assert.equal(realm.run("[String({}), [].push(1), new Error().name, typeof Function.prototype.call]"), ["[object Object]", 1, "Error", "function"]);
}, { points: 1, cause: "the setter writes to the prototype, or writes past the rules with insert_property" });

test("errors may have their own name and message", () => {
  const realm = shared();
  const [name, text] = [random.word(), random.word()];
  assert.equal(realm.run(`class ${name} extends Error { constructor() { super("${text}"); this.name = "${name}" } } const e = new ${name}(); [String(e), e.name, e instanceof Error, Object.keys(e)]`), [`${name}: ${text}`, name, true, ["name"]]);
  assert.equal(realm.run(`const e = new RangeError(); e.message = "${text}"; const first = String(e); e.name = "${name}"; [first, String(e), new RangeError().message]`), [`RangeError: ${text}`, `${name}: ${text}`, ""]);
  assert.equal(realm.run(`function Late(m) { this.message = m } Late.prototype = Object.create(Error.prototype); Late.prototype.constructor = Late; Late.prototype.name = "${name}"; String(new Late("${text}"))`), `${name}: ${text}`);
  assert.equal(realm.run(`try { null.tea } catch (e) { e.message += "${text}"; e.toString = () => e.message; String(e).endsWith("${text}") }`), true);
  assert.equal(realm.run(`class Field extends TypeError { name = "${name}"; message = "${text}"; static code = 7; stack = "none" } const f = new Field(); [String(f), Field.code, f.stack]`), [`${name}: ${text}`, 7, "none"]);
  assert.equal(realm.run(`[new TypeError("${text}"), new Error(), new AggregateError([], "${text}")].map(String)`), [`TypeError: ${text}`, "Error", `AggregateError: ${text}`]);
  assert.throws(() => realm.run(`class Sold extends RangeError { constructor(m) { super(m); this.name = "${name}" } } throw new Sold("${text}")`), new RegExp(`${name}: ${text}`));
}, { points: 1, cause: "name and message are inherited from Error.prototype, and that one is frozen" });

test("ordinary code works as in any other realm", () => {
  const realm = shared();
  const [n, word] = [random.int(3, 40), random.word()];
  assert.equal(realm.run(`
    class Item { static made = 0; #price; tags = []; constructor(name, price = ${n}) { this.name = name; this.#price = price; Item.made++ } get price() { return this.#price } toString() { return \`\${this.name}: \${this.price}\` } }
    class Tea extends Item { constructor(...rest) { super("tea", ...rest); this.constructor.made += 0 } toString() { return "hot " + super.toString() } }
    const items = [new Item("${word}", 2), new Tea()];
    const { name, ...others } = items[0];
    const stock = new Map(items.map((item) => [item.name, item]));
    function* count(to) { for (let i = 1; i <= to; i++) yield i }
    const label = (parts, ...values) => parts.raw.join("|") + values;
    ({
      text: items.map(String), name, others, made: Item.made, size: stock.size, has: stock.has("tea"),
      total: [...stock.values()].reduce((sum, item) => sum + item.price, 0), counted: [...count(3)], taken: count(9).take(2).toArray(),
      json: JSON.stringify({ items, when: new Date(0) }), parsed: JSON.parse('{"a":{"b":[1]}}').a.b, sorted: [3, 1, 2].sort((a, b) => b - a), spread: { ...{ a: 1 }, b: 2 },
      words: "green tea".replace(/(\\w+) (\\w+)/, "$2 $1").split(" "), all: [..."a1b2".matchAll(/\\d/g)].map((m) => m[0]), label: label\`a\${1}b\`, keys: (() => { const found = []; for (const key in { a: 1 }) found.push(key); return found })(),
      promise: Promise.resolve(1).then(String) instanceof Promise, wait: (async () => 1)() instanceof Promise, tag: Object.prototype.toString.call([]), bytes: [...new Uint8Array([1, 2]).map((x) => x * 2)],
      merged: Object.assign({}, { toString: 1 }).toString, same: [].push === Array.prototype.push && Array.prototype.constructor === Array, upper: "tea".at(-1).toUpperCase(), symbol: Symbol("s").description,
    })`), {
    text: [`${word}: 2`, `hot tea: ${n}`], name: word, others: { tags: [] }, made: 2, size: 2, has: true,
    total: n + 2, counted: [1, 2, 3], taken: [1, 2],
    json: `{"items":[{"tags":[],"name":"${word}"},{"tags":[],"name":"tea"}],"when":"1970-01-01T00:00:00.000Z"}`, parsed: [1], sorted: [3, 2, 1], spread: { a: 1, b: 2 },
    words: ["tea", "green"], all: ["1", "2"], label: "a|b1", keys: ["a"],
    promise: true, wait: true, tag: "[object Array]", bytes: [2, 4],
    merged: 1, same: true, upper: "A", symbol: "s",
  });
}, { points: 1, cause: "something that ordinary code writes to or reads from was taken away" });

test("nothing that a guest can reach is left open", () => {
  const realm = shared();
  const open = realm.run(`
    const fresh = [
      function () {}, () => {}, function* () {}, async function () {}, async () => {}, async function* () {}, class {}, { get x() { return 1 } }, { m() {} }.m,
      (function () { return arguments })(), [].values(), ""[Symbol.iterator](), "".matchAll(/a/g), new Map().entries(), new Set().values(), [].values().map(String), Iterator.from({ next() {} }),
      /a/, Promise.resolve(1), new TypeError("x"), new Date(0), new DataView(new ArrayBuffer(1)), new WeakRef({}), new FinalizationRegistry(() => {}), new Float32Array(1), Object(Symbol()), new Proxy({}, {}),
    ];
    const seen = new Set([globalThis, undefined, null]), objects = [globalThis], paths = ["globalThis"], open = [];
    const visit = (value, path, key) => {
      if (seen.has(value) || (typeof value !== "function" && typeof value !== "object")) return;
      seen.add(value);
      objects.push(value);
      paths.push(path + "." + String(key));
    };
    for (const value of fresh) visit(Object.getPrototypeOf(value), "what syntax makes", "__proto__");
    for (let i = 0; i < objects.length; i++) {
      const object = objects[i], path = paths[i], keys = Reflect.ownKeys(object);
      if (!Object.isFrozen(object)) open.push(path);
      visit(Object.getPrototypeOf(object), path, "__proto__");
      // Most functions have a length and a name, which are no objects.
      if (typeof object === "function" && keys.length === 2) continue;
      for (const key of keys) {
        const { value, get, set } = Object.getOwnPropertyDescriptor(object, key);
        visit(value, path, key);
        if (get === undefined && set === undefined) continue;
        visit(get, path, key);
        visit(set, path, key);
        // A getter may stand for a value that was there before.
        try { visit(object[key], path, key) } catch {}
      }
    }
    open.slice(0, 5)`);
  assert.equal(open, [], "objects that are not frozen");
}, { points: 1, cause: "the walk leaves out a kind of object, such as a getter's function, or something that only a symbol leads to" });
