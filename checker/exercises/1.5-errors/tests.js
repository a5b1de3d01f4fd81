// Hidden tests of 1.5 errors.

const diagnose = (source) => {
  const found = solution.diagnose(source);
  assert.ok(found !== null, `a diagnosis of ${JSON.stringify(source)}`);
  return found;
};

/// What is asked of a diagnosis, and nothing else of it.
const told = (source, ...keys) => {
  const found = diagnose(source);
  return Object.fromEntries(keys.map((key) => [key, found[key]]));
};

/// Some lines of an ordinary script, to push the rest down.
const lines = (count) => Array.from({ length: count }, (_, n) => `const order${n} = { price: ${n} };\n`).join("");

test("a script that ends without an error has no diagnosis", () => {
  const n = random.int(1, 99);
  for (const source of [
    "", `${n} + 1`, `new Error("made, not thrown")`, `try { throw new Error("caught") } catch {}`,
    `const undo = () => { throw ${n} }; undo`, `Promise.reject(new Error("late")); ${n}`,
    `(async () => { throw ${n} })()`, `Promise.reject(new Error("late"))`,
  ]) {
    assert.equal(solution.diagnose(source), null, `no error ends ${JSON.stringify(source)}`);
  }
}, { points: 1, cause: "the value of the script, such as a rejected promise, was taken for an error" });

test("a source that does not parse fails in the parse phase", () => {
  const count = random.int(1, 9);
  const found = diagnose(`${lines(count)}let total = ;\nthrow new Error("this ran")`);
  assert.match(found.message, /unexpected token/);
  assert.equal(found, { phase: "parse", name: "SyntaxError", message: found.message, line: count + 1, column: 13, causes: [] });
  assert.equal(told(`order.price = 5;\n\n  return order`, "phase", "line", "column"), { phase: "parse", line: 3, column: 3 });
}, { points: 1, cause: "line and column are in the parser's message, and there is no backtrace" });

test("the place of a syntax error is not taken from what it quotes", () => {
  const [line, column] = [random.int(20, 99), random.int(20, 99)];
  const quoted = `let total = 1 'paid at line ${line}, col ${column}'`;
  assert.equal(told(quoted, "phase", "line", "column"), { phase: "parse", line: 1, column: 15 });
  assert.equal(told("bill(", "phase", "name", "line", "column"), { phase: "parse", name: "SyntaxError", line: null, column: null });
}, { points: 1, cause: "the first ` at line ` of the message was read, and the last one counts" });

test("the phase is told by the call that failed", () => {
  const count = random.int(1, 9);
  for (const code of ["eval('let total = ;')", "eval('\\n\\n  1 +')", "new Function('return (')", "JSON.parse('{ order: 1 }')", "throw new SyntaxError('made by hand at line 70, col 80')"]) {
    assert.equal(told(`${lines(count)}${code}`, "phase", "name", "line"), { phase: "run", name: "SyntaxError", line: count + 1 });
  }
  // The parser quotes a string as it reads it, line breaks and all.
  const fake = `\\n    at pay (script:${random.int(20, 99)}:${random.int(20, 99)})`;
  assert.equal(told(`${lines(count)}let total = 1 '${fake}'`, "phase", "line", "column"), { phase: "parse", line: count + 1, column: 15 });
  // Three names are taken for good, and the parser does not look.
  for (const [code, name] of [["let undefined = 2", "SyntaxError"], ["function NaN() {}", "TypeError"], ["total", "ReferenceError"]]) {
    assert.equal(told(code, "phase", "name", "line", "column"), { phase: "run", name, line: null, column: null });
  }
}, { points: 1, cause: "the phase was told by the kind of the error, or by its text" });

test("a built-in error has the name that JavaScript gives it", () => {
  const found = [
    ["null.total", "TypeError"], ["orders.total", "ReferenceError"], ["'x'.repeat(-1)", "RangeError"], ["decodeURI('%')", "URIError"],
    ["throw new URIError('u')", "URIError"], ["throw new EvalError('e')", "EvalError"], ["throw new AggregateError([new Error('one')], 'all')", "AggregateError"],
    ["throw Error('no new')", "Error"],
  ];
  for (const [source, name] of found) assert.equal(told(source, "phase", "name"), { phase: "run", name });
  const text = random.word();
  assert.equal(told(`throw new RangeError("no ${text} left")`, "message"), { message: `no ${text} left` });
  assert.equal(told("throw new AggregateError([], 'all')", "message", "causes"), { message: "all", causes: [] });
}, { points: 1, cause: "Boa's own kinds have names of their own, such as UriError" });

test("an error has its own name, or that of its class", () => {
  const name = `${random.pick(["Order", "Player", "Invoice"])}Error`;
  const is = (source, name) => assert.equal(told(source, "name", "message"), { name, message: "late" });
  is(`class ${name} extends Error {}\nthrow new ${name}("late")`, name);
  is(`class Base extends TypeError {} class ${name} extends Base { constructor(text) { super(text); this.code = 5 } } throw new ${name}("late")`, name);
  is(`class Mine extends Error { name = "${name}" } throw new Mine("late")`, name);
  is(`const error = new RangeError("late"); error.name = "${name}"; throw error`, name);
  is(`class ${name} extends Error { get message() { return "late" } } throw new ${name}()`, name);
  is(`throw new (class extends Error {})("late")`, "Error");
}, { points: 1, cause: "a class that sets no `name` inherits \"Error\" and has a constructor that knows better" });

test("a thrown value that is no Error is told as JSON", () => {
  const [text, n] = [random.word(), random.int(2, 999)];
  const count = random.int(1, 9);
  const is = (code, name, message, thrown) => {
    const found = diagnose(`${lines(count)}throw ${code};`);
    assert.equal(found, { phase: "run", name, message, thrown, line: count + 1, column: 7, causes: [] });
  };
  is(`"${text}"`, "string", text, text);
  is("''", "string", "", "");
  is(`${n}`, "number", `${n}`, n);
  is("false", "boolean", "false", false);
  const order = { id: n, lines: [text, null], cause: "none", message: text, name: "Order" };
  assert.equal(told(`throw ${JSON.stringify(order)}`, "name", "thrown", "causes"), { name: "object", thrown: order, causes: [] });
  assert.equal(told(`throw [${n}, "${text}"]`, "name", "thrown"), { name: "object", thrown: [n, text] });
  assert.equal(told(`throw Object.create(Error.prototype, { code: { value: ${n} } })`, "name", "thrown"), { name: "object", thrown: { code: n } });
}, { points: 1, cause: "only Error objects were expected, and a script can throw any value" });

test("thrown null and nothing thrown are two answers", () => {
  const has = (source) => Object.hasOwn(diagnose(source), "thrown");
  assert.equal(told("throw null", "name", "message", "thrown"), { name: "object", message: "null", thrown: null });
  assert.equal(told("throw undefined", "name", "message", "thrown"), { name: "undefined", message: "undefined", thrown: null });
  assert.ok(has("throw null") && has("throw undefined"), "`thrown` is there for a thrown null");
  assert.equal(["throw new Error('no stock')", "null.total", "throw", "eval('(')"].map(has), [false, false, false, false]);
}, { points: 1, cause: "`thrown: None` was sent as null" });

test("a thrown value without JSON is told by name and message", () => {
  const text = random.word();
  const found = [
    [`Symbol("${text}")`, "symbol", new RegExp(text)], ["90n", "bigint", /90/],
    [`{ note: "${text}", price: 5n }`, "object", new RegExp(text)], ["(() => { const order = {}; order.self = order; return order })()", "object", /order|self/i],
  ];
  for (const [code, name, message] of found) {
    const diagnosis = diagnose(`throw ${code}`);
    assert.equal([diagnosis.name, Object.hasOwn(diagnosis, "thrown"), diagnosis.thrown], [name, true, null]);
    assert.match(diagnosis.message, message);
  }
  assert.equal(told("throw (order) => order", "name"), { name: "function" });
  assert.equal(told("throw { toString() { throw 1 }, get total() { throw 2 }, id: 3 }", "name"), { name: "object" });
}, { points: 1, cause: "a failed conversion was unwrapped, or its error was told in place of the value" });

test("the place is where it failed, not where it was called from", () => {
  const [above, between] = [random.int(1, 9), random.int(1, 9)];
  const at = (line, code, word, rest = "") => {
    const place = { line, column: code.split("\n")[line - 1].indexOf(word) + 1 };
    assert.equal(told(code + rest, "line", "column"), place);
  };
  const check = `${lines(above)}function check(order) {\n  if (!order.paid) {\n    throw new RangeError("not paid");\n  }\n}\n`;
  at(above + 3, check, "new", `${"\n".repeat(between)}function bill(order) {\n  return check(order);\n}\nbill({});`);
  at(above + 3, check, "new", `${"\n".repeat(between)}[{ paid: true }, {}].map(check);`);
  at(above + 3, check, "new", "JSON.stringify({ toJSON() {\n check({}) } });");
  at(above + 1, `${lines(above)}const make = () => new Error("made here");\n`, "new", "\nconst error = make();\n\nthrow error;");
  at(above + 1, `${lines(above)}class OrderError extends Error {} throw new OrderError("late");`, "new");
  at(above + 2, `${lines(above)}function stop() {\n  throw "stopped";\n}\n`, '"', "\n\nstop();");
}, { points: 1, cause: "the first place in the text is that of the outermost call" });

test("a message that looks like a backtrace moves nothing", () => {
  const [line, column, count] = [random.int(200, 900), random.int(20, 90), random.int(1, 9)];
  const fake = `late\n    at fake (script:${line}:${column})\n`;
  for (const code of [
    `throw new Error(${JSON.stringify(fake.trim())})`,
    `throw new Error(${JSON.stringify(fake)})`, `throw ${JSON.stringify(fake)}`, `throw { note: ${JSON.stringify(fake)} }`,
    `throw Object.assign(new Error(${JSON.stringify(fake)}), { name: ${JSON.stringify(fake)} })`,
    `throw [${JSON.stringify(`\n    at fake (script:${line}:${column})`)}]`,
  ]) {
    assert.equal(told(lines(count) + code, "line"), { line: count + 1 });
  }
  assert.equal(told(`throw new Error(${JSON.stringify(fake)})`, "message"), { message: fake });
  const name = JSON.stringify(`pay (script:${line}:${column})`);
  assert.equal(told(`${lines(count)}const till = { ${name}() { throw "closed" } };\n\ntill[${name}]()`, "line"), { line: count + 1 });
  // Lines of another source do not count: the call of eval does.
  assert.equal(told(`${lines(count)}eval("\\n\\n\\n\\n\\nthrow new Error('inside')")`, "line", "message"), { line: count + 1, message: "inside" });
}, { points: 1, cause: "the whole text of the error was searched for ` at `" });

test("a name or a message that can't be read is no obstacle", () => {
  const make = (code) => `const error = new Error("late"); ${code}; throw error`;
  const is = (code, message) => assert.equal(told(make(code), "name", "message", "line"), { name: "Error", message, line: 1 });
  is("Object.defineProperty(error, 'message', { get() { throw new Error('again') } })", "");
  is("error.message = 42", "");
  is("error.message = { toString() { throw 1 } }", "");
  is("error.toString = () => { throw 1 }; error.toJSON = () => { throw 2 }", "late");
  is("Error.prototype.toString = () => { throw 1 }", "late");
  is("error.stack = 'Error: forged'", "late");
  assert.equal(told("throw new Error()", "message"), { message: "" });
  const named = (code) => assert.equal(told(`class Late extends Error {} const error = new Late("late"); ${code}; throw error`, "name", "message"), { name: "Error", message: "late" });
  named("error.name = 5");
  named("error.name = ''");
  named("Object.defineProperty(error, 'name', { get() { throw 1 } })");
  named("Object.defineProperty(error, 'constructor', { get() { throw 1 } })");
  named("error.constructor = null");
  named("error.constructor = { name: Symbol('x') }");
  named("Object.setPrototypeOf(error, null)");
  named("Object.setPrototypeOf(error, new Proxy({}, { get() { throw new Error('trap') } }))");
  for (const code of ["new Error('\\ud83d')", "'\\ud83d'", "['a\\udc00']"]) assert.equal(told(`throw ${code}`, "phase"), { phase: "run" });
}, { points: 1, cause: "the guest's getter or `toString` was run, and its error unwrapped" });

test("causes come outermost first, and they end", () => {
  const [a, b] = [random.word(), random.word()];
  const is = (source, causes) => assert.equal(told(source, "message", "causes"), { message: "top", causes });
  const error = (text, cause) => `new Error("${text}", { cause: ${cause} })`;
  is(`throw new Error("top")`, []);
  is(`throw ${error("top", error(a, error(b, "new TypeError('root')")))}`, [a, b, "root"]);
  is(`try { try { null.x } catch (e) { throw ${error(a, "e")} } } catch (e) { throw ${error("top", "e")} }`, [a, "cannot convert 'null' or 'undefined' to object"]);
  is(`throw ${error("top", `"${a}"`)}`, [a]);
  is(`throw ${error("top", "null")}`, ["null"]);
  is(`throw ${error("top", "undefined")}`, []);
  is(`const e = ${error("top", 5)}; Object.defineProperty(e, "cause", { get() { throw 1 } }); throw e`, []);
  // Eight are told.
  is(`let e = new Error("0"); for (let i = 1; i < 30; i++) e = new Error(String(i), { cause: e }); throw new Error("top", { cause: e })`, ["29", "28", "27", "26", "25", "24", "23", "22"]);
}, { points: 1, cause: "the causes were followed in the wrong order, or as if each were an Error" });

test("a cause that is no Error may have a cause too", () => {
  const [note, root] = [random.word(), random.word()];
  const is = (cause, ...told) => {
    const { causes } = diagnose(`throw new Error("top", { cause: ${cause} })`);
    assert.equal([causes.length, ...causes.slice(1)], [told.length + 1, ...told]);
    assert.match(causes[0], new RegExp(note));
  };
  is(`{ note: "${note}", cause: "${root}" }`, root);
  is(`{ note: "${note}", cause: new TypeError("${root}", { cause: null }) }`, root, "null");
  is(`["${note}", "${root}"]`);
  is(`{ note: "${note}", cause: undefined }`);
  is(`{ note: "${note}", get cause() { throw 1 } }`);
}, { points: 1, cause: "the chain ended at the first value that is no Error" });

test("causes that go round end where they began", () => {
  const [a, b] = [random.word(), random.word()];
  const is = (source, causes) => assert.equal(told(source, "message", "causes"), { message: "top", causes });
  is(`const e = new Error("top"); e.cause = e; throw e`, []);
  is(`const e = new Error("top"), f = new Error("${a}"), g = new Error("${b}"); e.cause = f; f.cause = g; g.cause = e; throw e`, [a, b]);
  is(`const e = new Error("top"), f = new Error("${a}"), g = new Error("${b}"); e.cause = f; f.cause = g; g.cause = f; throw e`, [a, b]);
  const endless = `let n = 0; class Chain extends Error { get cause() { return new Chain("${a}" + ++n) } } throw new Chain("top")`;
  is(endless, Array.from({ length: 8 }, (_, n) => a + (n + 1)));
}, { points: 1, cause: "nothing ends the loop over the causes" });

test("a limit of the engine is told by name", () => {
  const count = random.int(1, 9);
  const deep = `${lines(count)}function dig(n) {\n  return dig(n + 1);\n}\ntry { dig(0) } catch { "not caught" }`;
  const found = diagnose(deep);
  assert.match(found.message, /^reached the maximum number of recursive calls/);
  assert.equal(found, { phase: "run", name: "RuntimeLimitError", message: found.message, line: count + 2, column: 13, causes: [] });
}, { points: 1, cause: "`into_opaque` was unwrapped, and a limit is no value" });
