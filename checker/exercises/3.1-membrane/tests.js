// Hidden tests of 3.1 membrane.

const guarded = (host, writable = []) => new solution.Guarded(host, writable);

const secret = () => `key-${random.string(12)}`;

/// Before a guest's program. `climb(way, x)` looks for what compiles code, in each way that
/// has ever worked, and notes the way if it is not the guests' own and sees the `vault` of
/// the host. `steal(way, get)` climbs from what `get` gives or throws. `spy(way, answer)`
/// is a function that climbs from everything a call hands over.
const CLIMB = `
  const ways = [], code = "return typeof vault === 'undefined' ? '' : vault";
  const own = new Set([async () => {}, function* () {}, async function* () {}].map((f) => f.constructor));
  for (const key of Reflect.ownKeys(globalThis)) if (key !== "host") own.add(globalThis[key]);
  for (const key of Reflect.ownKeys(Object.prototype)) own.add(Object.prototype[key]);
  const note = (way, got) => {
    if (typeof got === "string" && got.startsWith("key-")) ways[ways.length] = way;
    if (typeof got?.then === "function") got.then((value) => note(way, value), () => {});
    if (typeof got?.next === "function") note(way, got.next().value);
  };
  const { getPrototypeOf } = Object;
  const climbs = {
    "itself": (x) => x,
    ".constructor": (x) => x.constructor,
    ".constructor.constructor": (x) => x.constructor.constructor,
    ".toString.constructor": (x) => x.toString.constructor,
    ".__lookupGetter__.constructor": (x) => x.__lookupGetter__.constructor,
    "its prototype's .constructor": (x) => getPrototypeOf(x).constructor,
    "its prototype's .constructor.constructor": (x) => getPrototypeOf(x).constructor.constructor,
    "its prototype's prototype's .constructor.constructor": (x) => getPrototypeOf(getPrototypeOf(x)).constructor.constructor,
    "its .Function": (x) => x.Function,
  };
  let climbing = false;
  const climb = (way, x) => {
    if (climbing || x === null || (typeof x !== "object" && typeof x !== "function")) return;
    climbing = true;
    const met = new Set(own);
    try { note(way + ", its .vault", x.vault) } catch {}
    for (const name in climbs) try {
      const compile = climbs[name](x);
      if (typeof compile !== "function" || met.has(compile)) continue;
      met.add(compile);
      note(way + ", by " + name, compile(code)());
    } catch {}
    climbing = false;
  };
  const steal = (way, get) => {
    let x;
    try { x = get() } catch (error) { x = error }
    climb(way, x);
    try { x.then((value) => climb(way + ", awaited", value), (error) => climb(way + ", rejected", error)) } catch {}
  };
  const spy = (way, answer) => function (...given) {
    climb(way + ": this", this);
    climb(way + ": new.target", new.target);
    given.forEach((value, i) => {
      climb(way + ": argument " + i, value);
      if (Array.isArray(value)) climb(way + ": in argument " + i, value[0]);
    });
    return typeof answer === "function" ? answer.apply(this, given) : answer;
  };
  const told = async () => { for (let i = 0; i < 12; i++) await 0; return [...new Set(ways)] };
`;

const captures = (realm, program) => {
  assert.equal(realm.run(`${CLIMB}\n${program}\ntold()`), [], "ways by which a guest came to the host's vault");
};

/// Each of these must end in a TypeError of the guests' realm, in strict code.
const refused = (realm, programs) => {
  for (const program of programs) {
    const caught = realm.run(`(() => { "use strict"; try { ${program} } catch (error) { return error instanceof TypeError } return "nothing was thrown" })()`);
    assert.equal(caught, true, `a guest's TypeError comes of ${program}`);
  }
};

test("a guest reads what the host lends, and calls its methods", () => {
  const [n, word] = [random.int(3, 90), random.word()];
  const realm = guarded(`
    class Room { #degrees = ${n}; constructor(name) { this.name = name } degrees(more = 0) { return this.#degrees + more } get label() { return this.name + "!" } }
    ({ max: ${n}, hall: new Room("${word}"), rooms: [{ name: "a" }, { name: "b" }], sum: (...all) => all.reduce((a, b) => a + b, 0), [Symbol.for("${word}")]: 7, none: null })`);
  assert.equal(realm.run("[host.max, host.none, host.missing, host.hall.name, host.hall.label]"), [n, null, null, word, `${word}!`]);
  assert.equal(realm.run("[host.hall.degrees(), host.hall.degrees(1), host.sum(1, 2, host.max)]"), [n, n + 1, n + 3]);
  assert.equal(realm.run(`host[Symbol.for("${word}")]`), 7);
  assert.equal(realm.run("host"), { max: n, hall: { name: word }, rooms: [{ name: "a" }, { name: "b" }], none: null }, "JSON of what is lent");
  assert.equal(realm.run("const { max, ...rest } = host; [max, Object.keys(rest), 'max' in host, 'missing' in host, Object.hasOwn(host, 'max')]"), [n, ["hall", "rooms", "sum", "none"], true, false, true]);
  assert.equal(realm.run("const seen = []; for (const key in host.hall) seen.push(key); for (const { name } of host.rooms) seen.push(name); seen"), ["name", "a", "b"]);
  assert.equal(realm.run("const [first, ...others] = host.rooms; [first.name, others.length, host.rooms.map((room) => room.name).join(), [...host.rooms, 1].length, host.rooms.at(-1).name]"), ["a", 1, "a,b", 3, "b"]);
  assert.equal(realm.run("typeof host + typeof host.sum + typeof host.max"), "objectfunctionnumber");
  for (const value of [n, word, true, null]) assert.equal(guarded(JSON.stringify(value)).run("host"), value, "a host may lend a plain value");
}, { points: 2, cause: "the real object was not asked in its own realm, or a method's `this` was not the real object" });

test("what is lent has its kind, its prototypes and its class", () => {
  const n = random.int(3, 90);
  const realm = guarded(`
    class Room { constructor(degrees) { this.degrees = degrees } static cold() { return new Room(4) } warm() { return this.degrees + 1 } }
    class Hall extends Room { doors = 2 }
    ({ Room, Hall, hall: new Hall(${n}), list: [1, 2], f() {}, isRoom: (x) => x instanceof Room && Object.hasOwn(x, "degrees"), wrong: new RangeError("${n}"), bare: Object.create(null) })`);
  assert.equal(realm.run("[host instanceof Object, Array.isArray(host.list), host.list instanceof Array, host.f instanceof Function, Array.isArray(host), Object.getPrototypeOf(host) === Object.prototype, Object.getPrototypeOf(host.bare)]"), [true, true, true, true, false, true, null]);
  assert.equal(realm.run("[host.hall instanceof host.Hall, host.hall instanceof host.Room, host.hall.constructor === host.Hall, Object.getPrototypeOf(host.Hall) === host.Room]"), [true, true, true, true]);
  assert.equal(realm.run(`const room = new host.Room(${n}); [room.warm(), room instanceof host.Room, host.isRoom(room), host.Room.cold().degrees, Reflect.construct(host.Hall, [1], Array) instanceof host.Hall, new (class Mine extends host.Room {})(5).warm()]`), [n + 1, true, true, 4, true, 6]);
  assert.equal(realm.run("const kinds = []; for (const x of [() => new host.f(), () => host.Room(1), () => host.max()]) try { x() } catch (error) { kinds.push(error instanceof TypeError) } kinds"), [true, true, true]);
  assert.equal(realm.run("[host.wrong instanceof RangeError, host.wrong.message, host.list.constructor === Array, host.toString === Object.prototype.toString]"), [true, String(n), true, true]);
}, { points: 1, cause: "the shadow is of the wrong kind, the prototype is not asked for, or `new` is told of the guest's class" });

test("listed properties can be written, and the host sees it", () => {
  const [a, b, word] = [random.int(3, 90), random.int(100, 900), random.word()];
  const realm = guarded(`
    class Dial { #at = 0; get at() { return this.#at } set at(degrees) { this.#at = degrees } }
    const lent = { max: 1, deep: { max: 2 }, dial: new Dial(), list: [1, 2], fixed: Object.freeze({ max: 3 }), told: () => [lent.max, lent.deep.max, lent.dial.at, lent.list], same: (x) => lent.note === x, note: null, blank: undefined, rooms: [1, 2], left: () => lent.rooms };
    lent`, ["max", "at", "0", "note", "blank", "length", "__proto__"]);
  assert.equal(realm.run(`"use strict"; host.max = ${a}; host.deep.max += 5; host.dial.at = ${b}; host.list[0] = "${word}"; host.told()`), [a, 7, b, [word, 2]]);
  assert.equal(realm.run("[host.max, host.deep.max, host.dial.at, host.list[0], Reflect.set(host, 'max', 9), host.max]"), [a, 7, b, word, true, 9]);
  assert.equal(realm.run("const mine = { deep: [1] }; host.note = mine; [host.note === mine, host.same(mine), host.note.deep]"), [true, true, [1]]);
  assert.equal(realm.run("host.note = host.deep; host.same(host.deep)"), true, "what is lent and goes back is the host's own again");
  refused(realm, ["host.fixed.max = 1"]);
  assert.equal(realm.run("const { writable } = Object.getOwnPropertyDescriptor(host, 'max'); writable"), true);
  assert.equal(realm.run("Object.getOwnPropertyDescriptor(host.fixed, 'max').writable"), false, "what is listed and frozen is told as read-only");
  assert.equal(realm.run(`host.blank = "${word}"; host.blank`), word, "a property whose value is undefined is there, too");
  assert.equal(realm.run("host.rooms.length = 1; [host.rooms.length, host.left()]"), [1, [1]], "a list's length, which is listed");
  assert.equal(realm.run(`Object.getOwnPropertyDescriptor(Object.getPrototypeOf(host.dial), "at").set.call(host.dial, ${b + 1}); const at = host.dial.at; host.dial.at = ${b}; at`), b + 1, "a listed setter is told in a descriptor, and works");
  refused(realm, ["host.__proto__ = { min: 5 }", "host.deep.__proto__ = null"]);
  assert.equal(realm.run("(() => { 'use strict'; const own = Object.create(host); own.max = 5; own.mine = 6; return [Object.keys(own), own.max, host.max, 'mine' in host, Reflect.set(host, 'max', 7, own), own.max] })()"), [["max", "mine"], 5, 9, false, true, 7], "what inherits from a lent object gets properties of its own");
  assert.equal(realm.run("const own = Object.create(host); Object.defineProperty(own, 'max', { value: 1, writable: false, configurable: true }); const set = { set max(value) { this.got = value } }; [Reflect.set(host, 'max', 7, own), own.max, Reflect.set(host, 'max', 7, set), set.got ?? null, Reflect.set(host, 'max', 7, 5)]"), [false, 1, false, null, false], "what is the receiver's own, and read-only or a setter, stays as it is");
  assert.equal(realm.run("const child = Object.create(host.dial); [child.at, Reflect.get(host.dial, 'at', {})]"), [b, b], "a getter runs for the object that has it");
}, { points: 2, cause: "the value did not cross, a setter had the proxy for its `this`, or an object that inherits wrote to the host's" });

test("no other write is possible, by whatever way", () => {
  const word = random.word();
  const realm = guarded(`
    class Dial { #at = 1; get at() { return this.#at } set at(degrees) { this.#at = degrees } }
    const lent = { max: 1, [Symbol.for("max")]: 1, min: 0, maximum: 0, deep: { min: 2 }, list: [1, 2], dial: new Dial(), Dial, told: () => JSON.stringify([lent, lent.dial.at, Object.keys(Dial), Reflect.ownKeys(Dial.prototype).length, Object.getPrototypeOf(lent) === Object.prototype, Object.isExtensible(lent), Object.isFrozen(lent.deep)]) };
    lent`, ["max", "absent"]);
  const before = realm.run("host.told()");
  refused(realm, random.shuffle([
    "host.min = 5", "host.maximum = 5", `host.${word} = 5`, "host.absent = 5", "host.deep.min++", "host.list[0] = 5", "host.list.push(5)", "host.list.length = 0", "host.list.sort((a, b) => b - a)", "host.dial.at = 5",
    "delete host.min", "delete host.max", "delete host.list[0]", "Object.defineProperty(host, 'min', { value: 5 })", "Object.defineProperty(host, 'max', { get: () => 5 })", `Object.assign(host, { ${word}: 5 })`,
    "Object.setPrototypeOf(host, null)", "host.__proto__ = { min: 5 }", "Object.preventExtensions(host)", "Object.freeze(host.deep)", "Object.seal(host.list)", "host.__defineGetter__('min', () => 5)", "host.Dial.prototype.at = 5",
    `host.Dial.${word} = 5`, "host.Dial.prototype = {}", "host.told.call = 5", "host.list.copyWithin(0, 1)", "[].fill.call(host.list, 5)", "host.list.splice(0, 1)", "[host.min] = [5]", "host[Symbol.iterator] = 5", "host[Symbol.for('max')] = 5",
  ]));
  realm.run(`host.min = 5; delete host.max; host.${word} = 1; 0`);
  // Nor by a setter that the guest gets hold of, by the host's own built-ins, or by another receiver.
  const sly = [
    "Object.getOwnPropertyDescriptor(Object.getPrototypeOf(host.dial), 'at').set.call(host.dial, 5)", "host.dial.__lookupSetter__('at').call(host.dial, 5)", "host.list.push.call(host.list, 5)", "host.constructor.assign(host, { min: 5 })",
    "host.constructor.defineProperty(host, 'min', { value: 5 })", "host.constructor.freeze(host.deep)", "Object.getPrototypeOf(host).__defineGetter__.call(host, 'min', () => 5)", "host.constructor.setPrototypeOf(host, null)", "host.list.constructor.prototype.push.call(host.list, 5)",
    "Reflect.set(host, 'min', 5)", "Reflect.set({}, 'min', 5, host)", "Reflect.set(Object.create(host), 'max', 5, host.deep)", "Reflect.set(host, 'max', 5, host.deep)", "Reflect.deleteProperty(host, 'min')", "Reflect.defineProperty(host, 'max', { value: 5 })", "Reflect.setPrototypeOf(host, null)", "Reflect.preventExtensions(host)",
    "Object.prototype.__lookupSetter__.call(host, '__proto__').call(host, null)", "host.list.__proto__.length = 5",
  ];
  for (const program of random.shuffle(sly)) {
    realm.run(`try { ${program} } catch {} 0`);
    assert.equal(realm.run("host.told()"), before, `the host's objects are as before, after ${program}`);
  }
  assert.equal(realm.run("[Reflect.set(host, 'min', 5), Reflect.deleteProperty(host, 'min'), Reflect.defineProperty(host, 'max', { value: 5 }), Reflect.setPrototypeOf(host, null), Reflect.preventExtensions(host), Reflect.isExtensible(host), Object.getOwnPropertyDescriptor(host, 'min').writable]"), [false, false, false, false, false, true, false]);
  assert.equal(realm.run("Object.getOwnPropertyDescriptor(Object.getPrototypeOf(host.dial), 'at').get.call(host.dial)"), 1, "a getter is told, also where the setter is not");
}, { points: 2, cause: "a trap is missing or lets through what is not listed, or a built-in or a setter of the host's crossed" });

test("the same object is always the same, on both sides", () => {
  const n = random.int(2, 9);
  const realm = guarded(`
    const list = [{}, {}], own = { list }, kept = new Map();
    ({ own, list, get: () => own, first: () => list[0], async later() { return own }, is: (a) => a === own, same: (a, b) => a === b, keep(key, value) { kept.set(key, value) }, kept: (key) => kept.get(key), count: () => kept.size, index: (x) => list.indexOf(x), f() {} })`);
  assert.equal(realm.run("[host.own === host.get(), host.own === host.own, host.list === host.own.list, host.first() === host.list[0], host.list[0] === host.list[1], host.f === host.f, host.list.includes(host.first())]"), [true, true, true, true, false, true, true]);
  assert.equal(realm.run("(async () => (await host.later()) === host.own)()"), true);
  assert.equal(realm.run("[host.is(host.own), host.is(host.list), host.index(host.list[1]), host.is({ list: host.list })]"), [true, false, 1, false], "what goes back is the host's own object");
  assert.equal(realm.run("const o = {}, f = () => {}, l = [o]; [host.same(o, o), host.same(o, {}), host.same(f, f), host.same(l[0], o)]"), [true, false, true, true]);
  assert.equal(realm.run(`var mine = { n: ${n} }, call = () => ${n}; host.keep(mine, call); host.keep(mine, call); [host.count(), host.kept(mine) === call, host.kept(mine)()]`), [1, true, n]);
  assert.equal(realm.run("const later = () => mine; [host.kept(mine) === call, host.kept(later()) === call, new WeakSet([host.own]).has(host.get())]"), [true, true, true], "from one run to the next, too");
}, { points: 1, cause: "a proxy is made for each crossing, or what comes back is wrapped again in place of unwrapped" });

test("the host calls a guest's functions and uses its objects", () => {
  const [n, word] = [random.int(3, 90), random.word()];
  const realm = guarded(`({
    each: (f) => ["a", "b"].map((name, i) => f({ name, i })), sorted: (f) => [3, 1, 2].sort(f), total: (lines) => lines.reduce((sum, { price }) => sum + price, 0),
    is: (x) => [Array.isArray(x), x instanceof Array, typeof x, x instanceof Object, x instanceof Function], mark(o) { o.seen = { by: "${word}" }; delete o.old; Object.defineProperty(o, "fixed", { value: ${n}, enumerable: true }); return Object.keys(o) },
    copy: (o) => JSON.stringify({ ...o }), make: (C) => new C(${n}).n, spread: (l) => Math.max(...l), wait: async (p) => (await p) + 1, loop(l) { let s = ""; for (const x of l) s += x; return s }, text: (x) => \`\${x}\`, bound: (f) => f.bind(null, ${n})(), applied: (f) => f.apply({ n: ${n} }, [1, 2]),
    tell(f) { try { f() } catch (error) { return [error instanceof Error, error.message, String(error)] } }, pass: (f) => f(), last(f) { try { f() } finally { this.done = true } }, done: false,
    parts: (o) => ["a", "b"].map((key) => Object.getOwnPropertyDescriptor(o, key)).map(({ writable, get, set }) => [writable, typeof get, typeof set]),
    locks: (x) => [Reflect.setPrototypeOf(x, null), Reflect.preventExtensions(x)], fixes(x, part) { try { Object.defineProperty(x, ...part); return "nothing was thrown" } catch (error) { return error instanceof TypeError } },
    asks: (x) => Object.create(x).self === x, made: (C) => Reflect.construct(C, [], Object) instanceof C, child(x) { const child = Object.create(x); child.own = 1; return [Object.hasOwn(child, "own"), "own" in x] },
  })`, ["done"]);
  assert.equal(realm.run("[host.each(({ name, i }) => name + i), host.sorted((a, b) => b - a), host.total([{ price: 2 }, { price: 3 }])]"), [["a0", "b1"], [3, 2, 1], 5]);
  assert.equal(realm.run("[host.is([1]), host.is({}), host.is(() => 1)]"), [[true, true, "object", true, false], [false, false, "object", true, false], [false, false, "function", true, true]]);
  assert.equal(realm.run("const o = { old: 1, kept: 2 }; [host.mark(o), o, o.seen.by]"), [["kept", "seen", "fixed"], { kept: 2, seen: { by: word }, fixed: n }, word], "the host writes to a guest's object");
  assert.equal(realm.run("host.parts({ a: 1, get b() {}, set b(value) {} })"), [[true, "undefined", "undefined"], [null, "function", "function"]], "descriptors of a guest's object");
  assert.equal(realm.run("class Item { constructor(n) { this.n = n + 1 } } [host.make(Item), host.copy({ a: [1] }), host.spread([1, 5, 2]), host.loop(new Set(['a', 'b'])), host.text({ toString: () => 'tea' })]"), [n + 1, '{"a":[1]}', 5, "ab", "tea"]);
  assert.equal(realm.run("[host.bound((x) => x + 1), host.applied(function (a, b) { return this.n + a + b })]"), [n + 1, n + 3]);
  assert.equal(realm.run("host.wait(Promise.resolve(4))"), 5);
  assert.equal(realm.run("const x = {}; [host.locks(x), Object.isExtensible(x), Object.getPrototypeOf(x) === Object.prototype]"), [[false, false], true, true], "the host may set no prototype, and prevent no extensions");
  assert.equal(realm.run("[host.fixes({}, ['x', { value: 1, configurable: false }]), host.fixes([1], ['length', { writable: false }])]"), [true, true], "a definition of the host's that says that something is fixed ends in a TypeError");
  assert.equal(realm.run("[host.asks({ get self() { return this } }), host.made(class {}), host.child({})]"), [true, true, [true, false]], "receivers and new.target, when the host asks");
  assert.equal(realm.run("[host.pass(function () { 'use strict'; return this === undefined }), host.pass(function () { return this === globalThis })]"), [true, true], "a guest's function is called without `this`");
  assert.equal(realm.run(`host.tell(() => { throw new RangeError("${word}") })`), [true, word, `RangeError: ${word}`]);
  assert.equal(realm.run(`const mine = { text: "${word}" }, caught = []; for (const what of [mine, new RangeError("r"), "${word}", null]) try { host.pass(() => { throw what }) } catch (error) { caught.push(error === what) } caught`), [true, true, true, true], "what a guest's callback throws comes through the host unchanged");
  assert.equal(realm.run("try { host.last(() => { throw 1 }) } catch (one) { [one, host.done] }"), [1, true]);
  assert.throws(() => realm.run(`host.pass(() => { throw new RangeError("${word}") })`), new RegExp(`RangeError: ${word}`));
}, { points: 2, cause: "a guest's objects are not wrapped for the host, or its errors don't cross as values" });

test("promises and iterators of the host's work", () => {
  const [n, word] = [random.int(3, 90), random.word()];
  const realm = guarded(`({
    load: async (more) => ({ n: ${n} + more }), fails: async () => { throw new RangeError("${word}") }, async calls(f) { return await f({ n: ${n} }) }, after: (p, f) => p.then(f),
    *rooms() { yield { name: "a" }; const got = yield { name: "b" }; return got }, async *stream() { yield 1; yield { n: ${n} } }, ready: Promise.resolve({ n: ${n} }), iterator: [1, 2].values(),
  })`);
  assert.equal(realm.run("(async () => [(await host.load(1)).n, (await host.ready).n, await host.calls(async ({ n }) => n + 1)])()"), [n + 1, n, n + 1]);
  assert.equal(realm.run("host.load(2).then(({ n }) => n)"), n + 2);
  assert.equal(realm.run("host.load(0)"), { n });
  assert.equal(realm.run("(async () => { const all = await Promise.all([host.load(0), host.ready, 1]); return [all[0].n, host.ready instanceof Promise, await host.after(Promise.resolve(3), (x) => x + 1)] })()"), [n, true, 4]);
  assert.equal(realm.run("(async () => { try { await host.fails() } catch (error) { return [error instanceof RangeError, error.message] } })()"), [true, word]);
  assert.equal(realm.run("host.fails().catch((error) => error.message).finally(() => 1)"), word);
  assert.equal(realm.run("const names = []; for (const { name } of host.rooms()) names.push(name); const rooms = host.rooms(); rooms.next(); rooms.next(); [names, rooms.next(7).value, [...host.iterator]]"), [["a", "b"], 7, [1, 2]]);
  assert.equal(realm.run("(async () => { const got = []; for await (const x of host.stream()) got.push(x.n ?? x); return got })()"), [1, n]);
}, { points: 1, cause: "`then` and `next` were replaced by the guests' own, which know nothing of a host's promise" });

test("an error of the host's comes as one of the guests', with its name and its message alone", () => {
  const [text, hidden] = [random.word(), secret()];
  const realm = guarded(`
    const vault = "${hidden}";
    class ServiceError extends Error { constructor(message) { super(message, { cause: { vault } }); this.name = "ServiceError"; this.request = { token: vault } } }
    const stored = new ServiceError("${text}");
    ({ fail(kind) { throw new kind("${text}") }, service() { throw stored }, stored, is: (e) => e === stored, deep: () => null.x, big: () => 1n + 1, range: () => { throw new RangeError("${text}") }, text: () => { throw "${text}" }, object: () => { throw { code: 7, rooms: [1] } }, typed: () => { const e = new TypeError("${text}"); e.vault = vault; throw e }, async later() { throw stored },
      odd() { const e = new Error(); Object.defineProperty(e, "message", { get() { throw new Error(vault) } }); throw e } })`);
  const tell = (call) => realm.run(`try { ${call} } catch (e) { [e instanceof Error, e.name, e.message, e.constructor === globalThis[e.constructor.name], Reflect.ownKeys(e).filter((key) => !["name", "message", "stack"].includes(key))] }`);
  assert.equal(tell("host.service()"), [true, "ServiceError", text, true, []]);
  assert.equal(tell("host.typed()"), [true, "TypeError", text, true, []]);
  assert.equal(realm.run("const kinds = []; for (const f of ['deep', 'big', 'typed', 'range']) try { host[f]() } catch (e) { kinds.push([e instanceof TypeError, e instanceof RangeError]) } kinds"), [[true, false], [true, false], [true, false], [false, true]]);
  assert.equal(realm.run("const thrown = []; for (const f of [host.text, host.object]) try { f() } catch (e) { thrown.push(e) } [thrown[0], thrown[1].code, thrown[1].rooms, thrown[1] instanceof Object]"), [text, 7, [1], true]);
  assert.equal(realm.run("let one, two; try { host.service() } catch (e) { one = e } try { host.service() } catch (e) { two = e } [one === two, one === host.stored, host.is(one), one.request, one.cause]"), [true, true, true, null, null], "one error, one copy, and the host has its own back");
  assert.equal(realm.run("host.later().catch((e) => [e === host.stored, e.name, e.request])"), [true, "ServiceError", null]);
  assert.equal(tell("host.odd()")[0], true, "an error whose message can't be read is one, too");
  assert.throws(() => realm.run("host.service()"), new RegExp(`^ServiceError: ${text}$`));
  const all = realm.run("const all = []; for (const f of ['service', 'typed', 'odd', 'deep']) try { host[f]() } catch (e) { all.push([String(e), e.stack, JSON.stringify(e), e.cause, e.errors].join()) } all.join()");
  assert.ok(!all.includes(hidden), "nothing that hangs on a host's error is told");
  assert.throws(() => guarded(`throw new RangeError("${text}")`), new RegExp(`RangeError: ${text}`));
}, { points: 1, cause: "errors were wrapped like other objects, or only those that are thrown were renewed" });

test("nobody catches a limit of the engine", () => {
  const realm = guarded("let after = 0; class Odd extends Error { constructor(f) { super(''); this.f = f } get name() { return 'V' + this.f() } } class Own extends Error { constructor(f) { super(''); Object.defineProperty(this, 'message', { get: f }) } } class Self extends Error { constructor(f) { super(); this.f = f } get message() { return this.f(this) } } ({ odd(f) { throw new Odd(f) }, own(f) { throw new Own(f) }, self(f) { throw new Self(f) }, dig() { return this.dig() }, call(f) { try { return f() } catch (e) { after++; return 'caught by the host' } finally { after++ } }, after: () => after, max: 3 })");
  for (const program of ["host.dig()", "host.call(function dig() { dig() })", "const again = () => host.call(again); again()", "const dig = () => dig(); host.odd(dig)", "const dig = () => dig(); host.own(dig)"]) {
    assert.throws(() => realm.run(`try { ${program} } catch (e) { "caught" } finally { host.call(() => 1) }`), /recursive/);
    assert.equal(realm.run("[host.max, host.after()]"), [3, 0], "the host goes on, and nothing ran after the limit");
  }
  // An error whose message a guest is asked for is not made anew for each question.
  for (const way of ["self", "own"]) {
    assert.equal(realm.run(`(() => { let asked = 0; const f = function (e) { asked++; return "a message of " + ((e ?? this) instanceof Error) }; let told; try { host.${way}(f) } catch (e) { told = e.message } return [asked < 3, told] })()`), [true, "a message of true"], `a guest's function tells the message of host.${way}`);
  }
}, { points: 1, cause: "whatever `into_opaque` can't turn into a value was turned into an error that a guest can catch" });

test("frozen and fixed properties can be read", () => {
  const n = random.int(3, 90);
  const realm = guarded(`
    const fixed = {}; Object.defineProperty(fixed, "at", { value: { n: ${n} } }); Object.defineProperty(fixed, "own", { get() { return { n: ${n} } } });
    ({ frozen: Object.freeze({ deep: Object.freeze({ n: ${n} }), list: Object.freeze([{ n: ${n} }]) }), fixed, parts: ((s) => s)\`a\${1}b\`, C: class C { static x = 1 }, F: Object.freeze(function () {}), sealed: Object.seal({ a: { n: 1 } }), same: (o) => [o.at.n, Object.keys(o).length, Object.getOwnPropertyDescriptor(o, "at").value.n, Object.getOwnPropertyDescriptor(o.list, "length").value] })`);
  assert.equal(realm.run("[host.frozen.deep.n, host.frozen.list[0].n, host.fixed.at.n, host.fixed.own.n, host.sealed.a.n, host.parts[1], host.parts.raw[0]]"), [n, n, n, n, 1, "b", "a"]);
  assert.equal(realm.run("[Object.keys(host.frozen), JSON.stringify(host.frozen), { ...host.sealed }, [...host.frozen.list], Object.getOwnPropertyNames(host.fixed), 'at' in host.fixed, Object.hasOwn(host.frozen, 'deep')]"), [["deep", "list"], `{"deep":{"n":${n}},"list":[{"n":${n}}]}`, { a: { n: 1 } }, [{ n }], ["at", "own"], true, true]);
  assert.equal(realm.run("const { value, enumerable } = Object.getOwnPropertyDescriptor(host.fixed, 'at'); [value === host.fixed.at, enumerable, Object.getOwnPropertyDescriptor(host.frozen.list, 'length').value, Object.getOwnPropertyDescriptor(host.fixed, 'none') ?? null]"), [true, false, 1, null]);
  for (const name of ["frozen", "frozen.list", "fixed", "parts", "C", "C.prototype", "F", "sealed"]) {
    assert.ok(realm.run(`Object.getOwnPropertyNames(Object.getOwnPropertyDescriptors(host.${name})).length === Reflect.ownKeys(host.${name}).length`), `descriptors of host.${name}`);
  }
  assert.equal(realm.run("const o = Object.freeze({ at: Object.freeze({ n: 4 }), list: Object.freeze([1, 2]) }); host.same(o)"), [4, 2, 4, 2], "the host reads a guest's frozen object");
}, { points: 1, cause: "the engine compares what a trap tells with the proxy's target, and refuses what is fixed in the one and not in the other" });

test("the host's built-ins write into no list that a guest chose", () => {
  const hidden = secret();
  const realm = guarded(`
    const vault = "${hidden}", door = { vault };
    ({ concat: (l) => [].concat.call(l, vault, door).length, map: (l) => [].map.call(l, () => vault).length, filter: (l) => [].filter.call(l, () => true).length, slice: (l) => [].slice.call(l).length, splice: (l) => [].splice.call(l, 0, 0, 1).length, flat: (l) => [].flat.call(l).length, flatMap: (l) => [].flatMap.call(l, () => [vault]).length, plain: (l) => [...l, vault].length, kind: (x) => typeof x.constructor })`);
  assert.equal(realm.run("[{}, () => {}, new (class {})(), Promise.resolve(), [], new (class extends Array {})()].map((x) => host.kind(x))"), Array(6).fill("undefined"), "what the host reads as `constructor`");
  assert.equal(realm.run("[host.concat(['a']), host.map(['a', 'b']), host.filter([1]), host.slice([1, 2]), host.flat([[1], 2]), host.flatMap([1]), host.plain([1])]"), [3, 2, 1, 2, 2, 1, 2], "honest lists");
  const looted = realm.run(`${CLIMB}
    const loot = [], grab = (list) => { loot.push(list); return list };
    for (const key of Reflect.ownKeys(host)) {
      const species = function (...given) { spy("species of " + key)(...given); return grab([]) };
      const lists = [["a"], ["b"], new (class extends Array { constructor(...given) { super(); grab(this) } })(), new Proxy(["c"], { get: (l, name) => name === "constructor" ? { [Symbol.species]: species } : l[name] })];
      lists[0].constructor = { [Symbol.species]: species };
      Object.setPrototypeOf(lists[1], { __proto__: Array.prototype, get constructor() { spy("getter of " + key).call(this); return species } });
      lists[2].push("d");
      for (const list of lists) steal("host." + key, () => host[key](list));
    }
    loot.slice().map((list) => { try { climb("loot", list.at(-1)); return list.join() } catch { return "" } }).join()`);
  assert.ok(!looted.includes(hidden), "what the host wrote into a list of its own");
}, { points: 1, cause: "`concat`, `map` and their like ask a list for its `constructor`, and a guest answered" });

test("a method without its object does not get the host's global object", () => {
  const hidden = secret(), word = random.word();
  const realm = guarded(`
    var vault = "${hidden}", ${word} = "mine";
    ({ self() { return this }, chain() { return this }, put(key, value) { this[key] = value; return this }, read(key) { return this[key] }, look: function () { return typeof this.vault }, probe: () => [globalThis.${word}, typeof parseInt, globalThis.vault === vault], get own() { return this }, global: () => globalThis, made: function () { return (function () { return this })() }, get loose() { return Function("return this") }, get looseRead() { return Function("key", "return this[key]") },
      emit: (f, ...args) => f(...args), each: (f) => ["vault"].map(f), async echo(x) { return x }, invoke(name, ...args) { return this[name](...args) } })`);
  captures(realm, `
    const { self, chain, put, read, made, loose, looseRead } = host;
    steal("a sloppy function", () => loose());
    note("a property of a sloppy function's this", looseRead("vault"));
    // A guest gives a method back, and the host calls it without its object.
    for (const [way, call] of Object.entries({
      "emit(read)": () => host.emit(read, "vault"), "each(read)": () => host.each(read), "then(read)": () => host.echo("vault").then(read), "emit(self)": () => host.emit(self), "emit(self).vault": () => host.emit(self).vault, "emit(made)": () => host.emit(made),
      "emit(invoke)": () => host.emit(host.invoke, "eval", "vault"), "emit(put)": () => host.emit(put, "${word}", 5),
    })) {
      steal(way, call);
      try { note(way, call()) } catch {}
    }
    steal("a method alone", () => self());
    steal("(0, method)()", () => (0, host.chain)());
    steal("call(null)", () => self.call(null));
    steal("call(undefined)", () => host.self.call(undefined));
    steal("Reflect.apply", () => Reflect.apply(self, undefined, []));
    steal("map", () => [1].map(self)[0]);
    steal("a tag", () => self\`\`);
    steal("then", () => Promise.resolve(1).then(self));
    steal("the global object", () => host.global());
    steal("what an inner function takes for this", () => made());
    steal("bind", () => self.bind()());
    steal("a getter", () => Object.getOwnPropertyDescriptor(host, "own").get.call(undefined));
    steal("a boxed this", () => self.call(5));
    note("a property of this", read("vault"));
    note("a property of this, by call", read.call(null, "vault"));`);
  assert.equal(realm.run(`for (const key of ["${word}", "parseInt", "vault"]) try { (0, host.put)(key, 5) } catch {} host.probe()`), ["mine", "function", true], "the host's globals");
  assert.equal(realm.run(`[(0, host.put)("${word}", 5), typeof ${word}, Object.keys((0, host.self)())]`), [{ [word]: 5 }, "undefined", []], "an empty object of nobody's");
  assert.equal(realm.run("host.self() === host && host.self.call(host) === host && host.own === host"), true);
  assert.equal(realm.run("const mine = { n: 1 }; host.self.call(mine) === mine"), true, "a guest's `this` crosses like any other value");
}, { points: 1, cause: "sloppy code takes its realm's global object for a missing `this`" });

test("revoked is dead, whatever a guest still holds", () => {
  const [n, word] = [random.int(3, 90), random.word()];
  const realm = guarded(`const own = { n: ${n}, deep: { n: 1 } }; let kept; ({ touch: () => { own.n++; kept?.x }, keep(o) { kept = o }, get peek() { return kept.x }, own, max: 1, list: [own], f: () => own, Room: class { x = 1 }, *rooms() { yield 1; yield 2 }, get getter() { return ${n} }, load: async () => own, error: new Error("e") })`, ["max"]);
  const hold = "own = host.own, list = host.list, f = host.f, rooms = host.rooms(), next = rooms.next, Room = host.Room, room = new Room(), bound = f.bind(host), getter = Object.getOwnPropertyDescriptor(host, 'getter').get, promise = host.load(), wrapped = new Proxy(host, {}), child = Object.create(host), iterator = list[Symbol.iterator]()";
  assert.equal(realm.run(`var ${hold}; rooms.next(); [own.n, f().n, host.max]`), [n, n, 1]);
  assert.equal(realm.run("var asked = 0; const { touch } = host; var held = touch; host.keep({ get x() { asked++ } }); host.peek; asked"), 1);
  realm.revoke();
  refused(realm, random.shuffle([
    "host.max", "host.max = 2", "'max' in host", "Object.keys(host)", "own.n", "own.deep", "list[0]", "list.length", "f()", "new Room()", "room.x", "rooms.next()", "next.call(rooms)", "bound()", "getter.call(host)", "wrapped.max", "child.max", "iterator.next()",
    "delete host.max", "Object.getOwnPropertyDescriptor(host, 'max')", "Object.getPrototypeOf(host)", "host instanceof Object", "Object.setPrototypeOf(host, null)", "Object.defineProperty(host, 'max', { value: 1 })", "JSON.stringify(own)", "({ ...own })", "[...list]", "`${own}`", "f.call(null)", "Reflect.apply(f, null, [])", "host.own.n", "promise.then(() => {})",
  ]));
  assert.equal(realm.run(`const kept = []; for (const x of [host, own, f, list]) { try { kept.push(Reflect.ownKeys(x)) } catch {} } [kept, typeof host, typeof f, Array.isArray(list), ${n} + 1, [1, 2].map((x) => x * 2), "${word}"]`), [[], "object", "function", true, n + 1, [2, 4], word], "a guest's own program goes on");
  assert.equal(realm.run("for (const ask of [() => host.peek, () => held()]) try { ask() } catch {} asked"), 1, "what is revoked is not asked any more");
  assert.throws(() => realm.run("host.max"), /TypeError/);
  realm.revoke();
  assert.throws(() => realm.run("f()"), /TypeError/);
}, { points: 1, cause: "only the first object was revoked, or only what is asked for by `get`" });

test("each membrane is one of its own, and a run leaves the host as it was", () => {
  const [a, b] = [random.int(3, 90), random.int(100, 900)];
  const [one, two] = [guarded(`let n = ${a}; ({ max: ${a}, next: () => ++n })`, ["max"]), guarded(`let n = ${b}; ({ max: ${b}, next: () => ++n })`)];
  assert.equal([one.run("host.max = 0; host.next()"), two.run("host.max = 0; host.next()"), one.run("host.next()"), one.run("host.max"), two.run("host.max")], [a + 1, b + 1, a + 2, 0, b]);
  for (const program of ["throw 1", ")", "host.missing()", "host = null; globalThis.Object = 1; host", "(async () => { throw new Error('late') })()"]) {
    try { one.run(program) } catch {}
  }
  assert.equal(one.run("var kept = 5; typeof vault + kept"), "undefined5");
  assert.equal([one.run("kept"), two.run("typeof kept")], [5, "undefined"], "one realm for all of its guests");
  one.revoke();
  assert.equal(two.run("host.max"), b);
}, { points: 1, cause: "a realm was left entered after an error, or the membrane is shared" });

test("every built-in that a guest reaches is of the guests' realm", () => {
  const realm = guarded(`
    class Room { get name() { return 1 } } class Hall extends Room {}
    ({ hall: new Hall(), things: [function () {}, () => {}, function* () {}, async () => {}, async function* () {}, class {}, [].values(), ""[Symbol.iterator](), "".matchAll(/a/g), new Map(), new Map().entries(), new Set().values(), [].values().map(String), Iterator.from({ next() {} }), /a/, Promise.resolve(1), new TypeError("x"), new Date(0), new DataView(new ArrayBuffer(1)), new WeakRef({}), new FinalizationRegistry(() => {}), new Float32Array(1), Object(Symbol()), Object(1n), new WeakMap(), JSON, Math, Reflect, Atomics, globalThis, (function () { return arguments })(), new AggregateError([]), (function* () {})(), (async () => {})(), function () {}.bind()] })`);
  const strange = realm.run(`
    const walk = (roots, visit) => {
      const seen = new Set(), queue = [];
      const add = (value, path) => { if (value !== null && (typeof value === "object" || typeof value === "function") && !seen.has(value)) { seen.add(value); queue.push([value, path]) } };
      roots.forEach((root, i) => add(root, "root " + i));
      while (queue.length > 0) {
        const [object, path] = queue.shift();
        visit(object, path);
        add(Object.getPrototypeOf(object), path + ".__proto__");
        for (const key of Reflect.ownKeys(object)) {
          if (object === globalThis && key === "host") continue;
          const { value, get, set } = Object.getOwnPropertyDescriptor(object, key) ?? {};
          [value, get, set].forEach((part) => add(part, path + "." + String(key)));
        }
      }
      return seen;
    };
    const fresh = [function* () {}, async () => {}, async function* () {}, [].values(), ""[Symbol.iterator](), "".matchAll(/a/g), new Map().entries(), new Set().values(), [].values().map(String), Iterator.from({ next() {} })];
    const own = walk([globalThis, ...fresh], () => {});
    const strange = [];
    walk([host], (object, path) => {
      if (own.has(object)) return;
      // What is the host's own ends at the guests' Object.prototype, or inherits nothing.
      let root = object;
      while (Object.getPrototypeOf(root) !== null) root = Object.getPrototypeOf(root);
      if (root !== Object.prototype && root !== object) strange.push(path);
      // By name: the four that promises and iterators need are let through.
      if (typeof object === "function" && object.name in globalThis && object.name !== "Room") strange.push(path + " (" + object.name + ")");
      for (const [name, of] of [["push", Array], ["call", Function], ["get", Map], ["toISOString", Date], ["hasOwnProperty", Object]]) {
        const inherited = object[name];
        if (typeof inherited === "function" && inherited !== of.prototype[name] && inherited !== WeakMap.prototype[name] && !Object.hasOwn(object, name)) strange.push(path + "." + name);
      }
    });
    strange.slice(0, 5)`);
  assert.equal(strange, [], "things that are neither the guest's own nor of the host's program");
}, { points: 1, cause: "the built-ins were not paired, or paired after the host's program had run" });

test("a guest that changes its own realm learns nothing", () => {
  const realm = guarded(`
    const vault = "${secret()}", own = { deep: { list: [1, 2] } };
    class Room { constructor(n) { this.n = n } get twice() { return this.n * 2 } }
    ({ own, list: [own, own], Room, call: (f) => f(own, [own]), fail() { throw new TypeError("t") }, async load() { return own }, *rooms() { yield own }, take: (o) => [JSON.stringify(o), Object.keys(o), [...(o.list ?? [])]], max: 1 })`, ["max"]);
  captures(realm, `
    const acts = [() => host.own.deep.list[0], () => new host.Room(1).twice, () => host.call((a, b) => [a, b]), () => host.fail(), () => host.load(), () => [...host.rooms()], () => host.take({ list: [{}], a: () => {} }), () => { host.max = {} }, () => Object.getOwnPropertyDescriptor(host, "max"), () => Object.keys(host), () => delete host.max, () => Object.isExtensible(host), () => Object.freeze(host)];
    const use = () => { for (let i = 0; i < acts.length; i++) steal(String(acts[i]), acts[i]) };
    const traps = ["get", "set", "has", "ownKeys", "getOwnPropertyDescriptor", "defineProperty", "deleteProperty", "getPrototypeOf", "setPrototypeOf", "isExtensible", "preventExtensions", "apply", "construct"];
    // No property is taken away again: Boa 0.22 remembers where in a prototype one was.
    const change = (name, object, keys) => {
      const undo = keys.map((key) => {
        const was = object[key], seen = spy(name + "." + String(key), undefined);
        let on = true;
        if (was !== undefined) object[key] = seen;
        else Object.defineProperty(object, key, { __proto__: null, get() { climb(name + "." + String(key) + ": this", this); return on ? seen : undefined }, set(v) { climb(name + "." + String(key) + ": set", v) } });
        return () => { on = false; if (was !== undefined) object[key] = was };
      });
      try { use() } catch {}
      undo.forEach((back) => back());
    };
    change("WeakMap.prototype", WeakMap.prototype, ["get", "set", "has"]);
    change("Map.prototype", Map.prototype, ["get", "set", "has"]);
    change("Reflect", Reflect, traps);
    change("Array.prototype", Array.prototype, [Symbol.iterator, "map", "push", "constructor"]);
    change("Function.prototype", Function.prototype, ["call", "apply", "bind"]);
    change("Error.prototype", Error.prototype, ["name", "message", "toString"]);
    change("Promise.prototype", Promise.prototype, ["then", "constructor"]);
    change("Object", Object, ["defineProperty", "getOwnPropertyDescriptor", "getPrototypeOf"]);
    change("globalThis", globalThis, ["Proxy", "Error", "TypeError", "Array", "Object", "WeakMap", "Reflect"]);
    change("Object.prototype", Object.prototype, traps);
    for (const key of ["value", "writable", "0", "length", "then", "toJSON"]) change("Object.prototype", Object.prototype, [key]);`);
  assert.equal(realm.run("host.call((own, list) => own === host.own && list.length)"), 1, "the membrane works as before");
}, { points: 1, cause: "the membrane calls something that a guest can replace, or its handler inherits from `Object.prototype`" });

test("nothing that hangs on a lent thing leads to the host's realm", () => {
  const realm = guarded(`
    const vault = "${secret()}";
    class Room { get name() { return "hall" } static make() { return new Room() } }
    function Legacy() {} Legacy.prototype = null;
    ({ object: {}, list: [1, {}], method() {}, arrow: () => ({}), async load() { return {} }, *rooms() { yield {} }, async *stream() { yield {} }, Room, room: new Room(), Legacy, error: new TypeError("t"), promise: Promise.resolve({}), map: new Map([[1, {}]]), set: new Set([1]), date: new Date(0), pattern: /t/g, match: "tea".match(/t/), bytes: new Uint8Array(2), symbol: Object(Symbol()), iterator: [1].values(), bound: function () {}.bind(), proxy: new Proxy({}, {}), weak: new WeakRef({}), get getter() { return {} }, bare: Object.create(null), Function, eval, Object, Proxy, Reflect, global: globalThis, args: (function () { return arguments })(1) })`);
  captures(realm, `
    climb("host", host);
    for (const key of Reflect.ownKeys(host)) {
      steal("host." + key, () => host[key]);
      steal("a call of host." + key, () => host[key]());
      steal("the result's next of host." + key, () => host[key]().next());
      steal("new host." + key, () => new host[key]());
      steal("the descriptor of host." + key, () => Object.getOwnPropertyDescriptor(host, key));
      steal("the getter of host." + key, () => Object.getOwnPropertyDescriptor(host, key).get);
      steal("the prototype of host." + key, () => Object.getPrototypeOf(host[key]));
      steal("host." + key + ".prototype", () => host[key].prototype);
      steal("an iterator of host." + key, () => host[key][Symbol.iterator]());
      steal("a function with host." + key + " for new.target", () => Reflect.construct(function () {}, [], host[key]));
      steal("an array with host." + key + " for new.target", () => Reflect.construct(Array, [], host[key]));
      steal("what inherits from host." + key, () => new (class extends host[key] {})());
      steal("a bound host." + key, () => host[key].bind({}));
    }
    steal("entries", () => Object.entries(host)[0]);
    steal("a list that was mapped", () => host.list.map((x) => x));
    steal("a list that was joined", () => host.list.concat([1]));
    steal("Reflect.apply", () => Reflect.apply(host.arrow, undefined, []));
    steal("a name", () => host.method.name.constructor);`);
}, { points: 1, cause: "a function of the host's realm crossed, wrapped or not: a wrapped `Function` compiles for the host as well" });

test("no error leads to the host's realm", () => {
  const realm = guarded(`
    const vault = "${secret()}";
    class Own extends Error { constructor() { super("own", { cause: new Error("c") }); this.self = this } }
    ({ type: () => null.x, range: () => [].length = -1, syntax: () => Function("("), reference: () => missing, own() { throw new Own() }, all() { throw new AggregateError([new Error("a")]) }, object() { throw {} }, list() { throw [() => {}] }, f() { throw () => {} }, call: (f) => f(), Class: class {}, get getter() { throw new Error("g") }, set setter(v) { throw new Error("s") }, async later() { throw new Own() }, big: (x) => x * 2n, proxy: new Proxy({}, { get() { throw new Error("p") }, has() { null.x }, ownKeys() { throw new Own() }, getPrototypeOf() { null.x }, getOwnPropertyDescriptor() { return 1 } }), gone: (() => { const r = Proxy.revocable({}, {}); r.revoke(); return r.proxy })(), *rooms() { throw new Own() }, hasOwn: (o) => { "x" in 1 }, symbol: (s) => s + "" })`, ["setter", "getter"]);
  captures(realm, `
    for (const key of Reflect.ownKeys(host)) {
      if (key === "getter") continue;
      let f = host[key];
      steal("what host." + key + " throws", () => f());
      steal("what host." + key + "(5) throws", () => f(5));
      steal("what host." + key + "(symbol) throws", () => f(Symbol()));
      steal("what new host." + key + " throws", () => new f());
      steal("the cause of what host." + key + " throws", () => { try { f() } catch (e) { return e.cause } });
      steal("the errors of what host." + key + " throws", () => { try { f() } catch (e) { return e.errors[0] } });
      steal("self of what host." + key + " throws", () => { try { f() } catch (e) { return e.self } });
      steal("the element of what host." + key + " throws", () => { try { f() } catch (e) { return e[0] } });
      steal("what host." + key + ".next throws", () => f().next());
      for (const q of Reflect.ownKeys(Reflect)) if (typeof Reflect[q] === "function") {
        steal("Reflect." + String(q) + " of host." + key, () => Reflect[q](f, "x", {}));
        steal("Reflect." + String(q) + " of host", () => Reflect[q](host, key, Symbol.iterator));
      }
    }
    steal("a getter that throws", () => host.getter);
    steal("a setter that throws", () => { host.setter = 1 });
    steal("instanceof", () => ({}) instanceof host.proxy);
    steal("keys", () => Object.keys(host.proxy));
    steal("in", () => "x" in host.proxy);
    steal("an unlisted write", () => { "use strict"; Reflect.defineProperty(host, "x", 1) });
    steal("a guest's error through the host", () => host.call(() => null.x));
    steal("a host's error through guest and host", () => host.call(host.type));
    steal("what a guest's function gets of the host's", () => host.call(() => { try { host.own() } catch (e) { return e } }));`);
}, { points: 1, cause: "an error crossed as it was, such as one of a getter, of a rejected promise, or of the engine's own" });

test("what the host hands to a guest's functions leads nowhere", () => {
  const realm = guarded(`
    const vault = "${secret()}", own = { deep: {} };
    ({ call: (f) => f(own, [own], () => own), of: (f) => own.f ??= f, method(f) { this.on = f; return this.on(own) }, list: [own], each: (f) => [own].map(f, own), construct: (f) => new f(own), apply: (f) => f.apply(own, [own]), bind: (f) => f.bind(own)(own), reflect: (f) => Reflect.apply(f, own, [own]), tag: (f) => f\`a\${own}\`, primitive: (f) => f.call(5), bare: (f) => (0, f)(), text: (o) => \`\${o}\` + o, json: (o) => JSON.stringify(o), number: (o) => +o, get: (o) => o.x, set(o) { o.x = own }, sort: (f) => [own, own].sort(f), replace: (f) => "tea".replace("t", f), from: (o) => Array.from(o, (x) => x), loop: (o) => { for (const x of o) own; }, wait: async (o) => await o, all: (o) => Promise.all([o]), then: (o) => o.then((x) => own, (e) => own), revive: (f) => JSON.parse("[{}]", f), inside: (f) => own instanceof f, has: (f) => new Set([own]).union(f), reject: (f) => Promise.reject(own).then(f, f), chain: (f) => Promise.resolve(own).then(f), sub: (C) => new (class extends C {})(own), template: (f) => String.raw(f), delegate: (g) => [...(function* () { yield* g })()], key: (o) => own[o], spread: (f) => f(...[own, own]), proxy: (h) => Object.keys(new Proxy(own, h)), define: (o) => Object.defineProperty(o, "x", { value: own, configurable: true }), assign: (o) => Object.assign(o, { x: own }), compare: (o) => o == "x", destructure: ({ x = own }) => x })`);
  captures(realm, `
    const all = (way) => {
      const f = spy(way, 1), object = { valueOf: f, toString: f, toJSON: f, then: f, next: spy(way + ".next", { done: true }), size: 1, has: f, keys: f, ownKeys: f, get: f, raw: { get length() { f(this); return 1 }, get 0() { return f(this) } }, [Symbol.toPrimitive]: f, [Symbol.hasInstance]: f,
        get x() { climb(way + ": this of a getter", this); return 1 }, set x(v) { climb(way + ": this of a setter", this); climb(way + ": what is set", v) }, [Symbol.iterator]() { climb(way + ": this of an iterator", this); return { next: spy(way + ".next", { done: true }), return: f } }, [Symbol.isConcatSpreadable]: true, length: 1 };
      return [f, object, spy(way + " with this", function (g) { try { climb(way + ": result of an argument", g(own)) } catch (e) { climb(way + ": error of an argument", e) } return this }), class { constructor(...given) { f(...given) } static [Symbol.hasInstance](v) { f(v) } }, async (...given) => { f(...given); throw given[0] }, function* (...given) { f(...given); yield given[0] }, Object.assign(function (...given) { return f.apply(this, given) }, { prototype: null, x: f })];
    };
    for (const key of Reflect.ownKeys(host)) for (const [i, thing] of all("host." + key).entries()) steal("host." + key + ", with " + i, () => host[key](thing));
    for (const thing of all("a callback in a list")) steal("a native of the guest's on a host's list", () => host.list.map(thing, host));`);
}, { points: 2, cause: "`this`, an argument, or the functions that an `await` hands to a guest's `then` were not wrapped" });

test("no trap of a guest's own proxy gets anything of the host's realm", () => {
  const realm = guarded(`
    const vault = "${secret()}", own = { deep: {} };
    ({ define: (o) => Object.defineProperty(o, "a", { value: own, configurable: true, writable: true }), field: (C) => new (class extends C { x = own })(), set(o) { o.a = own }, keys: (o) => Object.keys(o), del(o) { delete o.a }, call: (o) => o(own, 1), method: (o) => o.call(own, 1), construct: (o) => new o(own), apply: (o) => Reflect.apply(o, own, [own]), made: (o) => Reflect.construct(o, [own]), made2: (o) => Reflect.construct(Object, [own], o), setProto: (o) => Object.setPrototypeOf(o, own), freeze: (o) => Object.freeze(o), descriptor: (o) => Object.getOwnPropertyDescriptor(o, "a"), assign: (o) => Object.assign(o, { a: own }), receiver: (o) => Reflect.set({ a: 1 }, "a", own, o), spread: (o) => ({ ...o }), list: (o) => [...o], push: (o) => [].push.call(o, own), wait: async (o) => await o, inherit: (o) => { const child = Object.create(o); child.a = own; return child.b }, text: (o) => String(o), instance: (o) => own instanceof o, concat: (o) => [].concat(o), tag: (o) => o\`a\`, splice: (o) => [].splice.call(o, 0, 1, own) })`);
  captures(realm, `
    const trapped = (way, target) => new Proxy(target, new Proxy({}, { get: (_, trap) => (...given) => {
      if (!climbing) for (const [i, value] of given.slice(1).entries()) {
        climb(way + ", trap " + trap + ": argument " + (i + 1), value);
        if (trap === "defineProperty" || trap === "apply") for (const part of ["value", "get", "set", "0"]) steal(way + ", trap " + trap + ": ." + part, () => value[part]);
      }
      return Reflect[trap](...given);
    } }));
    for (const key of Reflect.ownKeys(host)) {
      steal("host." + key + " of an object", () => host[key](trapped("host." + key, { a: 1 })));
      steal("host." + key + " of a list", () => host[key](trapped("host." + key, [1, 2])));
      steal("host." + key + " of a function", () => host[key](trapped("host." + key, spy("host." + key, function () { return this }))));
      steal("host." + key + " of a class", () => host[key](trapped("host." + key, class { constructor(...given) { spy("host." + key)(...given) } })));
      steal("host." + key + " of a proxy of a lent object", () => host[key](trapped("host." + key, host)));
      const gone = Proxy.revocable(() => {}, {}); gone.revoke();
      steal("host." + key + " of a revoked proxy", () => host[key](gone.proxy));
    }
    const stolen = trapped("a proxy of host", host);
    steal("a proxy of host", () => [stolen.call, Object.keys(stolen), stolen.descriptor({})]);`);
}, { points: 2, cause: "descriptors and lists of arguments are made in the realm that the context is in, and it was still the host's" });
