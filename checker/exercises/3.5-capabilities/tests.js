// Hidden tests of 3.5 capabilities: what types do not promise. What they do promise
// is tested by programs/.

const LIMITS = { turns: 5000, calls: 100 };

const house = (grants = [], limits = LIMITS) => new solution.House(limits, grants);
const ALL = ["clock", "journal"];

/// What `sources` come to, in one visit.
const run = (made, ...sources) => made.visit(sources.map((source) => ({ run: source })));
const value = (made, source) => {
  const [outcome] = run(made, source);
  assert.ok(outcome && "value" in outcome, `this has a value: ${source}; it came to ${JSON.stringify(outcome)}`);
  return outcome.value;
};

test("values are read back", () => {
  const made = house();
  const [a, b, word] = [random.int(2, 99), random.int(2, 99), random.word()];
  assert.equal(run(made, `${a} * ${b}`, `"${word}".toUpperCase()`, "1 > 2", "null", "let unread = 1", `[${a}, ${b}].join()`),
    [{ value: a * b }, { value: word.toUpperCase() }, { value: false }, { value: null }, { value: null }, { value: `${a},${b}` }]);
}, { points: 1, cause: "`bare`, `limited` or `enter` is not written yet, or makes an engine too many" });

test("a guest's function is called with a value of the same visit", () => {
  const [a, b] = [random.int(2, 99), random.int(2, 99)];
  const outcomes = house().visit([
    { keep: ["add", `(x) => x + ${a}`] }, { keep: ["x", `${b}`] }, { call: ["add", "x"] },
    { keep: ["order", `({ cents: ${b} })`] }, { keep: ["cents", "(order) => order.cents"] }, { call: ["cents", "order"] },
    { call: ["x", "add"] },
  ]);
  assert.equal([outcomes[2], outcomes[5]], [{ value: a + b }, { value: b }]);
  assert.match(outcomes[6].error ?? JSON.stringify(outcomes[6]), /^TypeError/, `call of ${b}, which is no function`);
}, { points: 1, cause: "`call` took the argument for the function, or lost what it returned" });

test("a guest's globals are there in the next visit", () => {
  const made = house([random.pick(ALL)]);
  const [name, n] = [random.word(), random.int(2, 999)];
  run(made, `var ${name} = ${n}; let closed = () => ${name} + 1`);
  assert.equal(value(made, `${name} += 1; closed()`), n + 2);
  const [outcome] = run(made, "throw new RangeError('too warm')");
  assert.match(outcome.error ?? JSON.stringify(outcome), /^RangeError: too warm/);
  assert.equal(value(made, name), n + 1, "after an error, the visit goes on where it was");
}, { points: 1, cause: "each visit has an engine of its own" });

test("the turns of a loop are limited as the host said", () => {
  for (const grants of [[], ["clock"], ["journal"], ALL]) {
    const turns = random.int(200, 3000);
    const made = house(grants, { turns, calls: 100 });
    const loop = (n) => `for (let i = 0; i < ${n}; i++) {} "done"`;
    assert.equal(run(made, loop(turns - 20), loop(turns + 20), "try { for (;;) {} } catch { 'caught' }", "1"),
      [{ value: "done" }, { limit: "turns" }, { limit: "turns" }, { value: 1 }], `with a limit of ${turns} turns, and granted: ${grants.join(", ") || "nothing"}`);
  }
}, { points: 1, cause: "`limited` changes the type and not the engine, or another limit is set than the one that it was given" });

test("calls inside one another are limited as the host said", () => {
  const calls = random.int(20, 200);
  const dig = (n) => `(function dig(n) { return n ? 1 + dig(n - 1) : 1 })(${n})`;
  assert.equal(run(house(ALL, { turns: 100, calls }), dig(calls - 10), dig(calls + 10), "(function deep() { deep() })()"),
    [{ value: calls - 9 }, { limit: "calls" }, { limit: "calls" }]);
}, { points: 1, cause: "`limited` does not hand both limits to the engine" });

test("limits hold in a function that the host calls, and in the next visit", () => {
  const made = house(["clock"]);
  run(made, "var sets = 0");
  const steps = [{ keep: ["endless", "(x) => { for (;;) sets = x }"] }, { keep: ["x", "7"] }, { call: ["endless", "x"] }];
  for (let visit = 0; visit < 2; visit++) {
    assert.equal(made.visit(steps).at(-1), { limit: "turns" }, `call of (x) => { for (;;) … }, in visit ${visit + 1}`);
  }
  assert.equal(value(made, "sets"), 7);
}, { points: 1, cause: "the engine that was limited is not the one that runs" });

test("a function that needs nothing answers in every sandbox", () => {
  for (const grants of [[], ["clock"], ["journal"], ALL]) {
    const celsius = random.int(-20, 60) * 5;
    assert.equal(value(house(grants), `typeof celsius === "function" && celsius(${celsius * 1.8 + 32})`), celsius, `granted: ${grants.join(", ") || "nothing"}`);
  }
}, { points: 1, cause: "it was registered before the limits or a grant, and these made the sandbox anew" });

test("now tells the time of the granted clock, at each call", () => {
  const [made, other] = [house(random.pick([["clock"], ALL])), house(["clock"])];
  const [a, b] = [random.int(1, 500), random.int(1, 500)];
  assert.equal(value(made, "now()"), 0);
  made.wait(a);
  assert.equal(value(made, "now()"), a);
  made.wait(b);
  assert.equal(value(made, "now() + now()"), 2 * (a + b), `after ${a} and ${b} minutes`);
  assert.equal(value(other, "now()"), 0, "no time passed in the other house");
}, { points: 1, cause: "the function got another clock than the one that was granted, or the time at its registration" });

test("note writes into the granted journal", () => {
  const [made, other] = [house(random.pick([["journal"], ALL])), house(["journal"])];
  const [a, b] = [random.word(), random.word()];
  assert.equal(run(made, `note("${a}")`, `note("${b}"); note("${a}")`), [{ value: null }, { value: null }]);
  assert.equal(made.journal(), [a, b, a]);
  assert.equal(other.journal(), [], "nothing was noted in the other house");
}, { points: 1, cause: "the function got another journal than the one that was granted" });

test("the error of a host function can be caught by the guest", () => {
  const made = house(ALL);
  assert.equal(value(made, "try { note(5) } catch (error) { error.name + ': ' + error.message }"), "Error: note wants a text");
  for (const [source, expected] of [["celsius('warm')", /^Error: celsius wants a number/], ["note({})", /^TypeError: only data/], ["({})", /^TypeError: only data/]]) {
    const [outcome] = run(made, source);
    assert.match(outcome.error ?? JSON.stringify(outcome), expected, `the error of ${source}`);
  }
  assert.equal(made.journal(), []);
}, { points: 1, cause: "`Err` was unwrapped, or an error is answered as a value" });

test("what was not granted is not there", () => {
  for (const [grants, there] of [[[], []], [["clock"], ["now"]], [["journal"], ["note"]], [ALL, ["now", "note"]]]) {
    const made = house(grants);
    for (const name of ["now", "note"]) {
      assert.equal(value(made, `typeof ${name}`), there.includes(name) ? "function" : "undefined", `typeof ${name}, granted: ${grants.join(", ") || "nothing"}`);
    }
  }
}, { points: 1, cause: "every sandbox was given all functions" });

test("two sandboxes, visited at once, keep their values apart", () => {
  const [a, b, c] = [random.int(2, 99), random.int(100, 199), random.int(200, 299)];
  const [name, kept] = [random.word(), random.word()];
  const outcomes = solution.side_by_side(LIMITS, [
    [{ run: `var ${name} = ${a}` }, { run: `typeof ${name}` }],
    [{ keep: [kept, `(x) => x + ${name}`] }, { run: `var ${name} = ${b}` }],
    [{ keep: ["x", `${c}`] }, { keep: [kept, `(x) => x - ${name}`] }],
    [{ run: "now()" }, { keep: ["x", `${c}`] }],
    [{ call: [kept, "x"] }, { call: [kept, "x"] }],
    [{ run: "for (;;) {}" }, { run: "typeof now" }],
    [{ run: `${name}` }, { run: `Array.prototype.${name} = 1; for (;;) {}` }],
    [{ run: `[].${name}` }, { run: `${name}` }],
  ]);
  const v = (value) => ({ value });
  const turns = { limit: "turns" };
  assert.equal(outcomes, [
    [v(null), v("undefined")], [v(null), v(null)], [v(null), v(null)], [v(390), v(null)],
    [v(c + a), v(c - b)], [turns, v("undefined")], [v(a), turns], [v(null), v(b)],
  ]);
}, { points: 1, cause: "both have one engine, or one clock: `now` tells the time of the clock of its own sandbox" });
