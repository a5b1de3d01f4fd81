// Hidden tests of 1.1 evaluate.

const json = (value) => ({ json: value });

// What a text says when it names one thing that JSON has not.
const NAMES = {
  NaN: /NaN/,
  Infinity: /Infinity/,
  BigInt: /bigint/i,
  symbol: /symbol/i,
  function: /function/i,
  cycle: /cycl|circular/i,
  deep: /deep|depth/i,
};

// The text must name what was found, and must not play safe by naming it all.
const namesOnly = (text, word) => {
  assert.match(text, NAMES[word]);
  const others = Object.keys(NAMES).filter((other) => other !== word && NAMES[other].test(text));
  assert.equal(others, [], `an Err about "${word}" names nothing else: ${text.slice(0, 100)}`);
};

const refused = (source, word) => namesOnly(assert.throws(() => solution.evaluate(source), NAMES[word]), word);

test("an expression's value comes back", () => {
  const [a, b] = [random.int(2, 900), random.int(2, 900)];
  const word = random.word();
  assert.equal(solution.evaluate(`${a} * ${b}`), json(a * b));
  assert.equal(solution.evaluate(`${a} / 1024`), json(a / 1024));
  assert.equal(solution.evaluate(`"${word}".toUpperCase() + "!"`), json(`${word.toUpperCase()}!`));
  assert.equal(solution.evaluate(`${a} < ${b}`), json(a < b));
  assert.equal(solution.evaluate("1 > 2"), json(false));
}, { points: 1, cause: "the value that context.eval returned was not the one handed back" });

test("a script runs once", () => {
  const n = random.int(2, 900);
  assert.equal(solution.evaluate(`globalThis.served = (globalThis.served ?? ${n}) + 1`), json(n + 1));
}, { points: 1, cause: "the source was evaluated twice, for example to see first whether it fails" });

test("a script's value is that of its last statement that has one", () => {
  const n = random.int(3, 30);
  assert.equal(solution.evaluate(`const price = ${n}; price * 2`), json(n * 2));
  assert.equal(solution.evaluate(`{ 1; ${n}; }`), json(n));
  assert.equal(solution.evaluate(`if (${n} > 2) { "shipped" } else { "waiting" }`), json("shipped"));
  assert.equal(solution.evaluate(`let sum = 0; for (let i = 1; i <= ${n}; i++) { sum += i }`), json((n * (n + 1)) / 2));
  assert.equal(solution.evaluate(`${n}; const unused = 1; function later() {}`), json(n));
}, { points: 1, cause: "the source was wrapped in something that takes expressions only" });

test("nothing is carried over from one call to the next", () => {
  const name = random.word();
  assert.equal(solution.evaluate(`${name} = 1; var ${name}2 = 2; const ${name}3 = 3; ${name} + ${name}2 + ${name}3`), json(6));
  assert.equal(solution.evaluate(`typeof ${name} + typeof ${name}2 + typeof ${name}3`), json("undefinedundefinedundefined"));
  solution.evaluate("Array.prototype.map = null; Object.prototype.leak = 1; Math.max = () => 7; 0");
  assert.equal(solution.evaluate("[[1, 2].map((n) => n * 2), ({}).leak === undefined, Math.max(1, 2)]"), json([[2, 4], true, 2]));
  assert.throws(() => solution.evaluate(`${name} = 5; throw 1`));
  assert.equal(solution.evaluate(`typeof ${name}`), json("undefined"));
}, { points: 1, cause: "the context was kept, and a fresh one is wanted for each call" });

test("undefined and null are two answers", () => {
  for (const source of ["", "// a comment", "function pay() {}", "undefined"]) {
    assert.equal(solution.evaluate(source), "undefined", `the value of ${JSON.stringify(source)} is undefined`);
  }
  assert.equal(solution.evaluate("null"), json(null));
  assert.equal(solution.evaluate("({ paid: null })"), json({ paid: null }));
}, { points: 1, cause: "undefined was turned into null" });

test("plain objects and arrays come back whole", () => {
  const order = {
    id: random.int(1, 99_999),
    [random.word()]: { name: random.word(), tags: [random.word(), random.word()], none: [], nothing: {} },
    lines: Array.from({ length: random.int(2, 6) }, () => ({ sku: random.word(), price: random.int(1, 400) / 8, gift: random.pick([true, false]) })),
    note: null,
    "": 'quotes " and \\ and \u{1F4E6}',
  };
  assert.equal(solution.evaluate(`(${JSON.stringify(order)})`), json(order));
  assert.equal(solution.evaluate(JSON.stringify([order])), json([order]));
}, { points: 1, cause: "one kind of value, or its inside, was not converted" });

test("inside an object undefined is left out, inside an array it is null", () => {
  const n = random.int(1, 99);
  assert.equal(solution.evaluate(`({ coupon: undefined, total: ${n} })`), json({ total: n }));
  assert.equal(solution.evaluate(`[undefined, ${n}, , undefined]`), json([null, n, null, null]));
  assert.equal(solution.evaluate("[[undefined], { a: [,] }]"), json([[null], { a: [null] }]));
  assert.equal(solution.evaluate("const seats = new Array(3); seats[1] = 'taken'; seats"), json([null, "taken", null]));
}, { points: 1, cause: "None in an object and None in an array were treated alike" });

test("only own, enumerable properties with string keys are converted", () => {
  const n = random.int(1, 99);
  assert.equal(solution.evaluate(`const base = { inherited: 1 }; const player = Object.create(base); player.score = ${n}; player`), json({ score: n }));
  assert.equal(solution.evaluate(`const account = { id: ${n} }; Object.defineProperty(account, "secret", { value: 1 }); account`), json({ id: n }));
  assert.equal(solution.evaluate(`({ [Symbol("tag")]: 1, id: ${n} })`), json({ id: n }));
  assert.equal(solution.evaluate(`({ [Symbol("tag")]: Symbol(), 10: "ten", 2: ${n} })`), json({ 2: n, 10: "ten" }));
  // A string that looks like a symbol is a string.
  assert.equal(solution.evaluate(`({ "Symbol(x)": ${n}, "[Symbol.iterator]": 1, "@@tag": 2 })`), json({ "Symbol(x)": n, "[Symbol.iterator]": 1, "@@tag": 2 }));
  assert.equal(solution.evaluate(`const list = [${n}]; list.label = () => 1; list`), json([n]));
  assert.equal(solution.evaluate("class Order { #paid = true; id = 1; get total() { return 2 } } new Order()"), json({ id: 1 }));
}, { points: 1, cause: "hidden, inherited or symbol keys were read too, or a string was taken for a symbol" });

test("NaN and the infinities are errors that name them", () => {
  refused("0 / 0", "NaN");
  refused("1 / 0", "Infinity");
  refused("({ lines: [{ price: Number('free') }] })", "NaN");
  refused("[1, [2, -Infinity]]", "Infinity");
}, { points: 1, cause: "a number that JSON lacks became null, was named as Rust writes it, or was one of many names" });

test("BigInts, symbols and functions are errors that name them", () => {
  const found = [
    ["10n ** 30n", "BigInt"],
    ["Symbol('paid')", "symbol"],
    ["(order) => order.total", "function"],
  ];
  for (const [source, word] of found) {
    refused(source, word);
    refused(`({ order: [0, ${source}] })`, word);
  }
  refused("class Player {} Player", "function");
  refused("({ total() { return 1 } })", "function");
  refused("[JSON.stringify]", "function");
}, { points: 1, cause: "a function has properties, so it was converted as an object; or the text names more than was found" });

test("an object inside itself is an error, an object met twice is not", () => {
  refused("const order = {}; order.self = order; order", "cycle");
  refused("const list = [1]; list.push([list]); list", "cycle");
  refused("const a = {}; const b = { a }; const c = [b]; a.c = c; ({ start: c })", "cycle");

  const city = random.word();
  assert.equal(solution.evaluate(`const address = { city: "${city}" }; ({ from: address, to: address })`), json({ from: { city }, to: { city } }));
  assert.equal(solution.evaluate("const row = [7]; const page = { row }; [page, row, page]"), json([{ row: [7] }, [7], { row: [7] }]));
  // Many objects side by side are not deep, either.
  const rows = Array.from({ length: 40 }, (_, n) => [n]);
  assert.equal(solution.evaluate("Array.from({ length: 40 }, (_, n) => [n])"), json(rows));
}, { points: 1, cause: "an object was compared with its parent alone, or with every object ever met, and not with those on the way down" });

test("32 levels pass, and one more is an error", () => {
  // A count of brackets says more than the brackets.
  const outcome = (levels, wrap) => {
    let value;
    try {
      value = solution.evaluate(`let nest = 5; for (let i = 0; i < ${levels}; i++) nest = ${wrap}; nest`).json;
    } catch (error) {
      return error.data;
    }
    let depth = 0;
    for (; typeof value === "object" && value !== null; depth++) {
      [value] = Object.values(value);
    }
    return `${depth} levels around ${value}`;
  };
  for (const wrap of ["[nest]", "{ nest }"]) {
    assert.equal(outcome(32, wrap), "32 levels around 5");
    namesOnly(outcome(33, wrap), "deep");
  }
  namesOnly(outcome(random.int(1_000, 3_000), "[{ nest }]"), "deep");
}, { points: 1, cause: "the depth is not counted, or counted from one instead of zero" });

test("what a script throws is told in the error", () => {
  const [text, n] = [random.word(), random.int(100, 999)];
  assert.throws(() => solution.evaluate(`throw new Error("no ${text} left")`), new RegExp(`no ${text} left`));
  assert.throws(() => solution.evaluate(`throw new RangeError("only ${n} seats")`), new RegExp(`only ${n} seats`));
  assert.throws(() => solution.evaluate(`throw "${text}"`), new RegExp(text));
  assert.throws(() => solution.evaluate(`throw ${n}`), new RegExp(n));
  assert.throws(() => solution.evaluate("throw null"), /null/);
  assert.throws(() => solution.evaluate(`${text}.total`), new RegExp(text));
  assert.throws(() => solution.evaluate(`throw new Error("no ${text}:\\nonly ${n} \\"left\\"")`), new RegExp(`no ${text}:\nonly ${n} "left"`));
  // Of a thrown string, line breaks and quotes may be escaped, as `display` does.
  assert.throws(() => solution.evaluate(`throw 'no ${text}:\\nonly ${n} "left"'`), new RegExp(`no ${text}:(\n|\\\\n)only ${n} \\\\?"left\\\\?"`));
}, { points: 1, cause: "only Error objects were expected, or only the first line of the text was kept" });

test("a syntax error is an error, and nothing before it runs", () => {
  for (const source of ["const = 1", "orders..length", "'open"]) {
    assert.throws(() => solution.evaluate(source), /SyntaxError/);
  }
  assert.throws(() => solution.evaluate("throw new Error('this ran'); let let = 1"), (text) => !/this ran/.test(text));
}, { points: 1, cause: "the error of a source that does not parse was lost, or it was unwrapped" });

test("a getter is run, and what it throws is an error", () => {
  const n = random.int(1, 99);
  assert.equal(solution.evaluate(`({ price: ${n}, get double() { return this.price * 2 } })`), json({ price: n, double: n * 2 }));
  assert.throws(() => solution.evaluate(`({ price: 1, get total() { throw new Error("no rate ${n}") } })`), new RegExp(`no rate ${n}`));
  assert.throws(() => solution.evaluate(`const list = [1]; Object.defineProperty(list, 0, { get() { throw "row ${n}" } }); list`), new RegExp(`row ${n}`));
  assert.throws(() => solution.evaluate("({ get rate() { return NaN } })"), /NaN/);
}, { points: 1, cause: "the property's stored value was read, and a getter has none" });

test("half of a surrogate pair is no panic", () => {
  for (const source of ["'\\ud83d'", "['a\\udc00b']", "({ '\\ud83d': 1 })", "({ name: '\\ud83d' })"]) {
    let answered = true;
    try {
      solution.evaluate(source);
    } catch (error) {
      answered = typeof error.data === "string";
    }
    assert.ok(answered, `${source} gives a value or an Err`);
  }
  assert.equal(solution.evaluate("'\\ud83d\\udce6'"), json("\u{1F4E6}"));
}, { points: 1, cause: "a JavaScript string was unwrapped into UTF-8, and it may not be valid" });
