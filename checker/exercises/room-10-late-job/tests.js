// Room 10: the flag is everybody's note but Ada's.

const club = (adas, others) => {
  const names = random.shuffle(["bob", "cleo", "dan", "eve", "finn", "keeper"]);
  return new solution.Room({ ada: adas, ...Object.fromEntries(names.map((name) => [name, others(name)])) });
};

escape((attack, flag) => {
  const got = [];
  // Enough garbage for the collector to come.
  const others = "for (let turn = 0; turn < 5000; turn++) [{}]; note()";
  const tell = (call) => {
    try {
      got.push(call());
    } catch (error) {
      got.push(error.data);
    }
  };
  // Twice, for members are served in any order.
  for (let evening = 0; evening < 2; evening++) {
    const room = club("a note of Ada's", () => flag);
    tell(() => room.run("ada", attack));
    // The others read their own, and that is no loot. Nor is what they are told.
    const kept = got.length;
    for (const name of ["bob", "finn"]) tell(() => room.run(name, others));
    tell(() => room.close());
    got.length = kept;
    tell(() => room.run("ada", "globalThis.loot"));
  }
  return got;
}, {
  points: 1,
  cause: "code of a guest ran while the host, or another guest, was at the desk",
});

test("everybody reads the note that is theirs", () => {
  const notes = {};
  const room = club((notes.ada = random.word()), (name) => (notes[name] = random.word()));
  for (const name of random.shuffle(["ada", "bob", "ada", "cleo", "dan", "bob"])) {
    assert.equal(room.run(name, "note()"), notes[name]);
    assert.equal(room.run(name, "[1, 2].map(() => note())"), [notes[name], notes[name]]);
    assert.equal(room.run(name, "[note('keeper'), note('eve')]"), [notes[name], notes[name]]);
  }
  assert.equal(room.close(), notes.keeper);
  assert.equal(room.run("ada", "note()"), notes.ada);
}, { points: 1, cause: "a member's note is refused or mixed up with another's, or close() does not give the keeper's" });

test("a promise comes to its value", () => {
  const room = club("", random.word);
  const n = random.int(2, 90);
  assert.equal(room.run("ada", `Promise.resolve(${n}).then((n) => n + 1).then((n) => [n])`), [n + 1]);
  assert.equal(room.run("bob", `(async () => { let sum = 0; for (let i = 0; i < ${n}; i++) sum += await 2; return sum; })()`), 2 * n);
  assert.equal(room.run("cleo", `Promise.resolve({ then: (done) => done(${n}) })`), n);
  const why = random.word();
  assert.throws(() => room.run("ada", `Promise.reject(new Error("${why}"))`), new RegExp(why));
  assert.throws(() => room.run("ada", "new Promise(() => {})"), /pending/);
}, { points: 1, cause: "jobs were dropped or never run, where they were to run harmlessly" });

test("jobs do their work before the run ends", () => {
  const room = club("", random.word);
  const word = random.word();
  assert.equal(room.run("ada", `Promise.resolve().then(() => { globalThis.done = "${word}"; }); 1`), 1);
  assert.equal(room.run("bob", "typeof done"), "undefined");
  assert.equal(room.run("ada", "done"), word);
}, { points: 1, cause: "a job that nobody waits for is forgotten" });

test("closing is told to everybody", () => {
  const room = club("", random.word);
  for (const name of ["ada", "bob", "cleo"]) {
    assert.equal(room.run(name, `closing.then((text) => { globalThis.heard = [text, "${name}"]; }); null`), null);
    assert.throws(() => room.run(name, "closing"), /pending/);
  }
  room.close();
  for (const name of random.shuffle(["ada", "bob", "cleo"])) {
    assert.equal(room.run(name, "heard"), ["good night", name]);
    assert.equal(room.run(name, "closing"), "good night");
  }
}, { points: 1, cause: "the promise is not kept, or not each member's own" });

test("members keep their variables, also after an error", () => {
  const ada = random.word();
  const room = club(ada, random.word);
  const word = random.word();
  assert.equal(room.run("ada", `let mine = "${word}"; globalThis.ours = 1; mine`), word);
  assert.throws(() => room.run("ada", `throw new Error("${word}")`), new RegExp(word));
  assert.throws(() => room.run("ada", "note("), /SyntaxError/);
  assert.equal(room.run("ada", "[mine, note()]"), [word, ada]);
  assert.equal(room.run("bob", "[typeof mine, typeof ours]"), ["undefined", "undefined"]);
  assert.throws(() => room.run("zoe", "1"));
}, { points: 1, cause: "a context or a realm is made anew for each run, or shared" });
