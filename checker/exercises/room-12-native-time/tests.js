// Room 12: the flag is the host's time.

const PROMISED = 250;
const CAPTURED = 1500;

escape((attack, flag) => {
  const begun = Date.now();
  let answer;
  try {
    answer = solution.run(attack);
  } catch (error) {
    answer = error.data;
  }
  if (Date.now() - begun > CAPTURED) return { flag, "taken, in milliseconds": Date.now() - begun };
  // Several times: on a busy machine, what still runs may get next to nothing for a while.
  const rests = [500, 1, 1, 1, 1].every((millis) => worker.rests(millis));
  if (!rests) return { flag, "taken": "the host still works for the guest", answer };
  return answer;
}, {
  points: 1,
  cause: "a native function, or what it calls back, runs on where the limit is not looked at, or the guest was left running",
});

// On a busy machine an ordinary guest may be out of time as well: it may try again.
const run = (source, tries = 3) => {
  try {
    return solution.run(source);
  } catch (error) {
    if (tries === 1 || !/^no result within/.test(error.data)) throw error;
    return run(source, tries - 1);
  }
};

test("an ordinary guest gets its value", () => {
  const n = random.int(2, 90);
  const word = random.word();
  assert.equal(run(`let sum = 0; for (let i = 1; i <= ${n}; i++) sum += i; sum`), (n * (n + 1)) / 2);
  assert.equal(run(`({ list: [${n}, "${word}", null], more: { yes: true } })`), { list: [n, word, null], more: { yes: true } });
  assert.equal(run("undefined"), null);
  assert.equal(run(`"line\\nline\\u2028\\"quoted\\" ☕ ${word}"`), `line\nline\u2028"quoted" ☕ ${word}`);
  assert.equal(run("[3, 1, 2].sort().map(String).join().replace(/\\d/g, (n) => n * 2)"), "2,4,6");
}, { points: 1, cause: "the value is lost or changed on its way from the guest to the host" });

test("a guest may use its time", () => {
  const n = random.int(2, 90);
  assert.equal(run(`const end = Date.now() + 100; while (Date.now() < end); ${n}`, 5), n);
}, { points: 1, cause: "a guest has less than the quarter of a second that was promised" });

test("an error says what it is", () => {
  const word = random.word();
  assert.throws(() => run(`throw new RangeError("${word}")`), new RegExp(`RangeError: ${word}`));
  assert.throws(() => run(`throw "${word}"`), new RegExp(word));
  assert.throws(() => run(`let ${word} = ;`), /SyntaxError/);
  assert.throws(() => run("12n"), /TypeError/);
}, { points: 1, cause: "an error of the guest's does not arrive as an error" });

test("each program starts afresh", () => {
  const word = random.word();
  assert.equal(run(`globalThis.${word} = 1; Array.prototype.join = () => "${word}"; let mine = 1; mine`), 1);
  assert.equal(run(`[typeof ${word}, typeof mine, [1, 2].join()]`), ["undefined", "undefined", "1,2"]);
}, { points: 1, cause: "what one program leaves behind is found by the next" });

test("a long program arrives", () => {
  const n = random.int(2, 90);
  assert.equal(run(`/* ${random.string(100).repeat(1500)} */ ${n}`), n);
}, { points: 1, cause: "the program is cut off, or too long for the way it takes to the guest" });

test("a long answer arrives", () => {
  const word = random.word();
  assert.equal(run(`"${word}".repeat(40000)`), word.repeat(40000));
}, { points: 1, cause: "the guest waits for a reader of its answer, who waits for the guest's end" });

test("a guest that is out of time is told so, and leaves nothing behind", () => {
  for (const source of ["for (;;);", "let n = 0; while (true) n++;"]) {
    const begun = Date.now();
    assert.throws(() => solution.run(source), new RegExp(`no result within ${PROMISED}ms`));
    assert.ok(Date.now() - begun < CAPTURED, "it took much longer than promised");
  }
  assert.ok(worker.rests(1000), "something is still running");
  assert.equal(worker.children(), 0, "a process that has ended was not waited for");
  assert.equal(run("1 + 1"), 2);
  // A process that is waited for elsewhere in the host may take a moment.
  const gone = worker.children() === 0 || (worker.rests(1000), worker.children() === 0);
  assert.ok(gone, "a process that has answered was not waited for");
}, { points: 1, cause: "the guest was not ended, or its process not waited for" });
