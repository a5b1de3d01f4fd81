// Hidden tests of 1.2 contexts.

test("a context remembers what its scripts made", () => {
  const playground = new solution.Playground();
  const n = random.int(2, 900);
  playground.run("shop", `stock = ${n}; var price = 3; total = () => stock * price; 0`);
  assert.equal(playground.run("shop", "total()"), n * 3);
  playground.run("shop", `stock = ${n + 1}`);
  assert.equal(playground.run("shop", "[stock, price, total()]"), [n + 1, 3, (n + 1) * 3]);
}, { points: 1, cause: "a new context was made for every run" });

test("each script runs once", () => {
  const playground = new solution.Playground();
  const n = random.int(2, 900);
  assert.equal(playground.run("dice", `count = (globalThis.count ?? ${n}) + 1`), n + 1);
  assert.equal(playground.run("dice", "count"), n + 1);
  const roll = playground.run("dice", "roll = Math.random()");
  assert.equal(playground.run("dice", "roll"), roll);
  playground.run("dice", "cup = { roll }; pick = () => cup; 0");
  assert.equal(playground.run("dice", "pick() === cup && pick().roll"), roll);
}, { points: 1, cause: "a script was evaluated twice, or earlier ones again to bring their state back" });

test("plain data comes back as JSON, and undefined as null", () => {
  const playground = new solution.Playground();
  const order = { id: random.int(1, 9_999), lines: [{ sku: random.word(), paid: true }, null, 1.5], none: {} };
  assert.equal(playground.run("shop", `(${JSON.stringify(order)})`), order);
  for (const source of ["", "let idle", "undefined", "null", "(() => {})()"]) {
    assert.equal(playground.run("shop", source), null, `${JSON.stringify(source)} gives null`);
  }
}, { points: 1, cause: "to_json gives None for undefined, and it was unwrapped or made an error" });

test("let, const and class last from one script to the next", () => {
  const playground = new solution.Playground();
  const n = random.int(2, 900);
  playground.run("game", `let score = ${n}; const bonus = 10; class Player { name = "Ada" }; function twice() { return score * 2 }; 0`);
  assert.equal(playground.run("game", "score += bonus; score"), n + 10);
  assert.equal(playground.run("game", "[score, bonus, new Player().name, twice()]"), [n + 10, 10, "Ada", n * 2 + 20]);
}, { points: 1, cause: "the source was wrapped in a function or a block, and its declarations ended there" });

test("one name never sees another's variables", () => {
  const playground = new solution.Playground();
  const [first, second, variable] = [random.word(), random.word(), random.word()];
  playground.run(first, `${variable} = 1; let ${variable}L = 2; globalThis.${variable}G = 3`);
  assert.equal(playground.run(second, `[typeof ${variable}, typeof ${variable}L, typeof ${variable}G]`), ["undefined", "undefined", "undefined"]);
  playground.run(second, `let ${variable}L = 5; ${variable} = 6`);
  assert.equal(playground.run(first, `[${variable}, ${variable}L]`), [1, 2]);
  assert.equal(playground.run(second, `[${variable}, ${variable}L]`), [6, 5]);
}, { points: 1, cause: "the names share one context" });

test("a built-in changed in one context is intact in the others", () => {
  const playground = new solution.Playground();
  playground.run("older", "0");
  playground.run("vandal", "Math.max = () => 7; Array.prototype.map = null; Object.prototype.leak = 1; JSON = null; 0");
  for (const name of ["older", "younger"]) {
    assert.equal(playground.run(name, "[Math.max(1, 2), [1, 2].map((n) => n * 2), typeof ({}).leak, typeof JSON.parse]"), [2, [2, 4], "undefined", "function"]);
  }
  assert.equal(playground.run("vandal", "[Math.max(1, 2), ({}).leak, JSON]"), [7, 1, null]);
}, { points: 1, cause: "the variables are kept apart, and the built-ins are shared" });

test("a script that throws leaves behind what it did before", () => {
  const playground = new solution.Playground();
  const n = random.int(2, 900);
  playground.run("shop", "stock = 1; let kept = 'yes'; 0");
  assert.throws(() => playground.run("shop", `stock = ${n}; let later = 3; throw new Error("sold out"); stock = 0`));
  assert.equal(playground.run("shop", "[stock, kept, later]"), [n, "yes", 3]);
  assert.throws(() => playground.run("shop", "throw null"));
  assert.equal(playground.run("shop", "[stock, kept, later]"), [n, "yes", 3]);
}, { points: 1, cause: "the context was lost on the way out with an error, thrown away, or put back" });

test("what a script throws is told whole", () => {
  const playground = new solution.Playground();
  const [n, word] = [random.int(2, 900), random.word()];
  assert.throws(() => playground.run("shop", `throw new Error("no ${word}")`), new RegExp(`no ${word}`));
  assert.throws(() => playground.run("shop", `throw "${word}"`), new RegExp(word));
  assert.throws(() => playground.run("shop", `throw ${n}`), new RegExp(n));
  assert.throws(() => playground.run("shop", "throw null"), /null/);
  assert.throws(() => playground.run("shop", `${word}.price`), new RegExp(`ReferenceError.*${word}`));
  // A message may have more than one line.
  assert.throws(() => playground.run("shop", `throw new RangeError("only ${n}\\nof ${word}")`), new RegExp(`RangeError.*only ${n}\nof ${word}`));
}, { points: 1, cause: "only Error objects were expected, or the name or a line of the message was lost" });

test("of a script with a syntax error nothing runs", () => {
  const playground = new solution.Playground();
  const n = random.int(2, 900);
  playground.run("shop", `let stock = ${n}`);
  for (const source of ["stock = 0; let = ;", "stock = 0; {", "stock = 0; 'open"]) {
    assert.throws(() => playground.run("shop", source), /SyntaxError/);
  }
  assert.equal(playground.run("shop", "stock"), n);
}, { points: 1, cause: "the script was run piece by piece, or its context was lost" });

test("a name declared twice is an error, and the first stays", () => {
  const playground = new solution.Playground();
  const n = random.int(2, 900);
  playground.run("game", `const bonus = ${n}; let round = 1`);
  assert.throws(() => playground.run("game", "let round = 2"), /SyntaxError/);
  assert.throws(() => playground.run("game", "bonus = 0"), /TypeError/);
  assert.equal(playground.run("game", "[bonus, round]"), [n, 1]);
}, { points: 1, cause: "the script did not run at the top level of its own context" });

test("a value that JSON can't express is an error, and the context lives on", () => {
  const playground = new solution.Playground();
  const n = random.int(2, 900);
  assert.throws(() => playground.run("shop", `let stock = ${n}; 10n`), /bigint/i);
  assert.throws(() => playground.run("shop", "stock += 1; Symbol('paid')"), /symbol/i);
  assert.throws(() => playground.run("shop", "const order = {}; order.self = order; order"), /cycl/i);
  assert.equal(playground.run("shop", "stock"), n + 1);
}, { points: 1, cause: "the error of to_json was unwrapped, or it cost the context" });

test("destroy tells whether there was a context", () => {
  const playground = new solution.Playground();
  const name = random.word();
  assert.equal(playground.destroy(name), false);
  playground.run(name, "1");
  assert.equal(playground.destroy(`${name}s`), false);
  assert.equal(playground.destroy(name), true);
  assert.equal(playground.destroy(name), false);
  // A first script that fails has made the context all the same.
  assert.throws(() => playground.run(name, "throw 1"));
  assert.equal(playground.destroy(name), true);
  assert.throws(() => playground.run(name, "let = ;"));
  assert.equal(playground.destroy(name), true);
}, { points: 1, cause: "the context was emptied or replaced, and not removed" });

test("a destroyed context is gone, and its name starts fresh", () => {
  const playground = new solution.Playground();
  const n = random.int(2, 900);
  playground.run("left", `let score = 1; bonus = 2; Math.max = null; 0`);
  playground.run("right", `let score = ${n}`);
  assert.equal(playground.destroy("left"), true);
  assert.equal(playground.run("left", "[typeof score, typeof bonus, typeof Math.max]"), ["undefined", "undefined", "function"]);
  assert.equal(playground.run("left", "let score = 9; score"), 9);
  assert.equal(playground.run("right", "score"), n);
}, { points: 1, cause: "only some of the context's state was cleared" });

test("any text is a name, and only that exact text", () => {
  const playground = new solution.Playground();
  const names = ["", " ", "a", "A", "a ", "__proto__", "\u{1F4E6}", "\u00E9", "e\u0301", 'orders"]; x', "\0", "x".repeat(2_000)];
  for (const [index, name] of names.entries()) playground.run(name, `let mine = ${index}`);
  for (const [index, name] of random.shuffle([...names.entries()])) {
    assert.equal(playground.run(name, "mine"), index, `the context called ${JSON.stringify(name.slice(0, 20))} has its own variable`);
  }
}, { points: 1, cause: "the name was trimmed, cased, or put into a script" });

test("over a hundred contexts live side by side", () => {
  const playground = new solution.Playground();
  const names = Array.from({ length: 102 }, (_, index) => `tenant-${index}`);
  for (const [index, name] of names.entries()) playground.run(name, `let id = ${index}`);
  const [gone, kept] = [names.slice(0, 6), names.slice(6)];
  for (const name of gone) assert.equal(playground.destroy(name), true);
  for (const name of random.shuffle(kept)) {
    assert.equal(playground.run(name, "'tenant-' + id"), name);
  }
}, { points: 1, cause: "old contexts were dropped to make room for new ones" });

test("two playgrounds share nothing", () => {
  const [left, right] = [new solution.Playground(), new solution.Playground()];
  left.run("shop", "let stock = 1; 0");
  assert.equal(right.run("shop", "typeof stock"), "undefined");
  right.run("shop", "let stock = 2; 0");
  assert.equal(left.destroy("shop"), true);
  assert.equal(right.run("shop", "stock"), 2);
}, { points: 1, cause: "the contexts are in a static or thread-local, and not in the Playground" });
