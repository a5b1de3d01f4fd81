// Hidden tests of 3.3 pool. What runs at the same time is shown by jobs that need
// each other, and not by the clock. Where a deadline ends a job, the others are
// given much longer than they take.

/// The deadline of jobs that end by themselves; if they can't, a test waits for it.
const PATIENT = 2500;

const pool = (workers, { ms = PATIENT, queue = 20 } = {}) => new solution.Pool(workers, { ms, queue });
const each = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/// The engine panics at this one, and its process exits with 101.
const PANIC = "async function* dig() { yield* dig() } dig().next()";

/// Where the system tells, the worker has `count` processes. Elsewhere it says 0.
const hasProcesses = (count, what) => {
  const got = worker.children();
  assert.ok(got === count || got === 0, `there are ${got} processes in place of ${count}: ${what}`);
};

/// The ticket of a job for which the pool has room.
const taken = (p, source, why) => {
  try {
    return p.submit(source);
  } catch (refusal) {
    assert.fail(`submit(${JSON.stringify(source)}) was refused with ${JSON.stringify(refusal)}, but there is room: ${why}`);
  }
};

/// Submits all sources, then waits for each in that order.
const all = (p, sources) => sources.map((source) => p.submit(source)).map((ticket) => p.wait(ticket));

/// Jobs none of which ends before all have begun. Their values: the process of each.
const together = (count, channel = random.word()) => [
  `for (let i = 1; i < ${count}; i++) hear("${channel}"); for (let i = 1; i < ${count}; i++) say("${channel} go", 1); worker`,
  ...each(count - 1, () => `say("${channel}", 1); hear("${channel} go"); worker`),
];

/// The processes of `count` jobs that run at the same time.
const processes = (p, count) => {
  const outcomes = all(p, together(count));
  for (const outcome of outcomes) {
    assert.equal(Object.keys(outcome), ["value"], `${count} jobs that wait for one another, on as many workers; one of them came to ${JSON.stringify(outcome)}`);
  }
  const numbers = outcomes.map(({ value }) => value).sort();
  assert.equal(new Set(numbers).size, count, `the processes in which ${count} jobs ran at the same time: ${numbers}`);
  return numbers;
};

test("a job comes to its value, or to what it threw", () => {
  const p = pool(1);
  const [n, word] = [random.int(2, 90), random.word()];
  const ends = (source, expected) => assert.equal(p.wait(p.submit(source)), expected, `the outcome of ${source.slice(0, 60)}`);
  ends(`const moves = ${n} * 2; ({ moves, by: ["${word}", null] })`, { value: { moves: n * 2, by: [word, null] } });
  ends("let players = 3", { value: null });
  ends(`${n} // one\n * 3\n`, { value: n * 3 });
  ends(`Promise.resolve(${n}).then((x) => x + 1)`, { value: n + 1 });
  ends(`/* ${"-é🍵".repeat(30_000)} */ "${word}"`, { value: word });
  for (const [source, expected] of [
    [`throw new RangeError("no move ${n}")`, new RegExp(`^RangeError: no move ${n}`)],
    ["moves.length", /^ReferenceError/],
    ["let moves = ;", /^SyntaxError/],
    ["(function again() { again() })()", /^RuntimeLimit/],
  ]) {
    assert.match(p.wait(p.submit(source)).error, expected);
  }
}, { points: 1, cause: "the outcome of a job does not reach the one who waits for its ticket" });

test("outcomes can be waited for in any order", () => {
  for (const workers of [1, random.int(2, 3)]) {
    const p = pool(workers, { queue: 60 });
    const jobs = random.shuffle(each(60, (i) => ({ i, ticket: p.submit(`${i} * 7`) })));
    for (const { i, ticket } of jobs) {
      assert.equal(p.wait(ticket), { value: i * 7 }, `job ${i} of 0 to 59, waited for in the order ${jobs.map((job) => job.i)}`);
    }
  }
}, { points: 1, cause: "the next outcome that comes was taken for the one that was asked for, or outcomes were thrown away before somebody asked" });

test("a ticket is good for one wait", () => {
  const p = pool(2);
  const tickets = each(6, (i) => p.submit(String(i)));
  assert.equal(new Set(tickets).size, 6, `different tickets, not ${tickets}`);
  const unknown = Math.max(...tickets) + random.int(1, 1000);
  assert.throws(() => p.wait(unknown), undefined, `an Err for ticket ${unknown}, which was never given out`);
  const used = random.pick(tickets);
  assert.equal(p.wait(used), { value: tickets.indexOf(used) });
  assert.throws(() => p.wait(used), undefined, `an Err for ticket ${used}, which was used`);
  for (const [i, ticket] of tickets.entries()) {
    if (ticket !== used) assert.equal(p.wait(ticket), { value: i }, "the other tickets are as good as before");
  }
  const later = p.submit("'later'");
  assert.ok(!tickets.includes(later), "a ticket that was used is not given out again");
  assert.throws(() => p.wait(used), undefined, `an Err for ticket ${used}, which was used`);
  assert.equal(p.wait(later), { value: "later" });
}, { points: 1, cause: "`wait` waits for an outcome that will never come, or leaves it there for a second call" });

test("two jobs that need each other's progress both end", () => {
  const p = pool(2);
  const rounds = random.int(3, 9);
  const [white, black] = [
    `let sum = 0; for (let i = 0; i < ${rounds}; i++) { say("white", i); sum += hear("black") } sum`,
    `let sum = 0; for (let i = 0; i < ${rounds}; i++) { const move = hear("white"); sum += move; say("black", move * 10) } sum`,
  ];
  const sum = (rounds * (rounds - 1)) / 2;
  assert.equal(all(p, [white, black]), [{ value: sum * 10 }, { value: sum }], "two bots that take turns");
  assert.equal(all(p, [black, white]), [{ value: sum }, { value: sum * 10 }], "the same, the other one first");
  const other = pool(1);
  p.wait(p.submit("say('hall', 'here')"));
  assert.equal(other.wait(other.submit("say('hall', 'there'); hear('hall')")), { value: "there" }, "what a pool hears on its own board, when a job of another pool has said 'here'");
}, { points: 1, cause: "the second job begins when the first has ended, or the workers of one pool have no board in common, or all pools have" });

test("as many jobs run at once as there are workers", () => {
  let count = 0;
  for (const workers of random.shuffle([1, 2, 6])) {
    const p = pool(workers);
    count += workers;
    processes(p, workers);
    hasProcesses(count, `pools so far, the last of ${workers} workers, which have run ${workers} jobs`);
  }
  const few = random.int(1, 3);
  const idle = pool(few);
  worker.rests(2000);
  hasProcesses(count + few, `pools so far, the last of ${few} workers, which has had no job`);
  processes(idle, few);
  assert.throws(() => pool(0), undefined, "an Err for a pool without workers");
}, { points: 1, cause: "the workers share one thread, a lock is held while a job runs, or processes are started for each job, or not before there is one" });

test("jobs begin in the order in which they were submitted", () => {
  const p = pool(1);
  const count = random.int(5, 12);
  const tickets = each(count, (i) => p.submit(`say("order", ${i})`));
  const order = p.submit(`Array.from({ length: ${count} }, () => hear("order"))`);
  for (const ticket of random.shuffle(tickets)) p.wait(ticket);
  assert.equal(p.wait(order), { value: each(count, (i) => i) }, "the jobs, in the order in which one worker ran them");
}, { points: 1, cause: "a job is taken from the wrong end of the queue" });

test("a full pool is busy, and each job that ends makes room for one", () => {
  const queue = random.int(1, 4);
  const room = 2 + queue;
  const p = pool(2, { ms: 20_000, queue });
  const busy = (when) => {
    for (let again = 0; again < 2; again++) assert.throws(() => p.submit("1"), (refusal) => refusal === "busy", `"busy", with 2 workers and a queue of ${queue}: ${when}`);
  };
  p.submit("hear('nobody')");
  const why = `with 2 workers and a queue of ${queue}, fewer than ${room} jobs have not ended`;
  // One worker is held now. The other has run all the others when it has run the last.
  for (let batch = 0; batch < 3; batch++) {
    const tickets = each(room - 1, (i) => taken(p, `${i}`, `${why}; the last job of each batch before has ended, so those before it had begun`));
    assert.equal(p.wait(tickets.at(-1)), { value: room - 2 });
  }
  const ended = taken(p, "'ended'", why);
  p.wait(taken(p, "1", why));
  each(room - 1, () => taken(p, "hear('nobody')", why));
  busy(`${room} jobs have not ended, and two have begun`);
  assert.equal(p.wait(ended), { value: "ended" });
  busy("an outcome was waited for that was there before");

  const q = pool(2, { queue: 0 });
  let held = q.submit("hear('go 0')");
  for (let i = 0; i < 3; i++) {
    const next = taken(q, `say('go ${i}', ${i}); hear('go ${i + 1}')`, "with 2 workers and a queue of 0, fewer than 2 jobs have not ended");
    assert.equal(q.wait(held), { value: i }, "a job that another one lets go on");
    held = next;
  }
  assert.match(q.wait(taken(q, PANIC, "with 2 workers and a queue of 0, fewer than 2 jobs have not ended")).crash, /\d/);
  taken(q, "1", "a job that crashed has ended, too, wherever its worker is");

  const r = pool(1, { ms: 250, queue: 0 });
  const first = r.submit("hear('nobody')");
  // On a slow machine the first may be over by then.
  const others = each(3, () => { try { return r.submit("1") } catch { return null } });
  r.wait(first);
  for (const other of others) if (other !== null) r.wait(other);
  taken(r, "1", "all others have ended or were refused, and a job that was refused takes none");
}, { points: 1, cause: "only what waits in the queue is counted, or what was not waited for; or a job still counts when `wait` has told its end; or jobs begin out of order" });

test("nothing of a job is left for the next", () => {
  const p = pool(1, { ms: 700 });
  const mark = random.word();
  const visit = `globalThis.${mark} = (globalThis.${mark} ?? 0) + 1; Array.prototype.${mark} = 1; const own = [typeof hear, typeof Map]; hear = Map = 0; globalThis.${mark}`;
  const left = `[typeof ${mark}, typeof [].${mark}, typeof hear, typeof Map]`;
  const late = `Promise.resolve().then(() => say("${mark} late", 1)); throw 1`;
  const spoilers = random.shuffle([late, visit, `throw ${visit.split(";")[0]}`, `let ${mark} = 1`, `(async () => { await 0; globalThis.${mark} = 1 })()`, `say("${mark}", 1); ${visit}`, PANIC, `hear("nobody")`]);
  for (const spoiler of spoilers) {
    p.wait(p.submit(spoiler));
    assert.equal(p.wait(p.submit(left)), { value: ["undefined", "undefined", "function", "function"] }, `what is left after ${spoiler}`);
    assert.equal(p.wait(p.submit(visit)), { value: 1 }, `the visits after ${spoiler}`);
  }
  const heard = `say("${mark} late", 2); hear("${mark} late")`;
  assert.equal(p.wait(p.submit(heard)), { value: 2 }, `what is heard some jobs after ${late}`);
}, { points: 1, cause: "one context serves several jobs, be it with a realm for each" });

test("a worker serves job after job, also after errors", () => {
  const p = pool(2);
  const first = processes(p, 2);
  const jobs = random.shuffle([...each(6, () => "worker"), ...each(3, () => "throw worker"), "(function again() { again() })()", "hear(Symbol())", ")"]);
  for (const { value } of all(p, jobs)) {
    assert.ok(value === undefined || first.includes(value), `a job ran in process ${value}, and the workers are ${first}`);
  }
  assert.equal(processes(p, 2), first, "the workers before and after jobs that threw");
  hasProcesses(2, "a pool of two workers that has run jobs");
}, { points: 1, cause: "a process is started for each job, or an error is taken for a crash" });

test("a crash takes no other job along, and no job is run twice", () => {
  const mark = random.word();
  // Its deadline passes meanwhile.
  const q = pool(1, { ms: 700 });
  const late = q.submit(`say("diary", "${mark}"); hear("nobody")`);
  const p = pool(2, { ms: 6000 });
  const held = p.submit(`hear("${mark}"); worker`);
  assert.match(p.wait(p.submit(`say("log", "panic"); ${PANIC}`)).crash, /101/, "a Rust program that panics exits with 101");
  p.submit(`say("${mark}", 1)`);
  assert.equal(Object.keys(p.wait(held)), ["value"], "how a job ended that ran in the other worker meanwhile");
  p.wait(p.submit(`say("log", "overflow"); Function("[".repeat(60_000))`));
  p.wait(p.submit("say('log', 'end')"));
  const log = p.submit("const seen = []; for (;;) { const entry = hear('log'); if (entry === 'end') break; seen.push(entry) } seen");
  assert.equal(p.wait(log), { value: ["panic", "overflow"] }, "the log, into which two jobs have written once each before they crashed");
  q.wait(late);
  assert.equal(q.wait(q.submit(`say("diary", "end"); [hear("diary"), hear("diary")]`)), { value: [mark, "end"] }, "the diary, into which a job has written once before its deadline came");
}, { points: 1, cause: "the job of a worker that crashed, or was killed, went back into the queue, or one crash ends the others" });

test("a crashed worker is replaced, and no other", () => {
  const p = pool(3);
  const first = processes(p, 3);
  p.wait(p.submit(PANIC));
  const second = processes(p, 3);
  assert.equal(second.filter((number) => first.includes(number)).length, 2, `workers that were there before one of three crashed: ${first} before, ${second} after`);
  const crashes = random.int(4, 6);
  for (const outcome of all(p, each(crashes, () => PANIC))) assert.equal(Object.keys(outcome), ["crash"], `one of ${crashes} crashes in a row`);
  processes(p, 3);
  hasProcesses(3, `a pool of three workers after ${crashes + 1} crashes; processes that ended want to be waited for`);
}, { points: 1, cause: "a worker that ended is not replaced or not waited for, or all of them are" });

test("a crash is told as the process ended, whatever it was", () => {
  const p = pool(1, { ms: 6000 });
  const count = random.int(20_000, 60_000);
  const open = random.pick(["[", "(", "`${"]).repeat(count);
  const source = random.pick([open, `Function(${JSON.stringify(open)})`]);
  const { crash } = p.wait(p.submit(source)) ?? {};
  assert.match(crash, /^(signal: \d+ \(SIG|exit code: 0x)/, `how its process ended, as \`ExitStatus\` displays itself; this overflows the stack: ${source.slice(0, 20)}…`);
  assert.notEqual(crash, "signal: 9 (SIGKILL)", "it died by itself, before the pool killed it");
  assert.ok(!/101/.test(crash), "an overflow of the stack is no panic");
  assert.match(p.wait(p.submit(PANIC)).crash, /^exit (status|code): 101$/, "how a process ended that panicked, as `ExitStatus` displays itself");
  assert.equal(p.wait(p.submit("6 * 7")), { value: 42 }, "the job after them");
}, { points: 1, cause: "a dead process was taken for a late one, or the text is not that of its `ExitStatus`" });

test("close lets the jobs end that were taken, and takes no more", () => {
  const idle = pool(random.int(2, 3));
  idle.wait(idle.submit("1"));
  idle.close();
  assert.equal(worker.children(), 0, "processes that are left after an idle pool was closed; one that was killed wants to be waited for");
  // The pair comes to the workers after `close`.
  const pair = pool(2);
  const meet = [PANIC, PANIC, ...together(2)].map((source) => pair.submit(source)).slice(2);
  pair.close();
  for (const ticket of meet) assert.equal(Object.keys(pair.wait(ticket)), ["value"], "how a job ended that needs another one, in a pool of two that was closed while both were queued");
  const workers = random.int(1, 2);
  const p = pool(workers);
  const jobs = random.shuffle([...each(5, (i) => [`say("log", ${i}); ${i}`, { value: i }]), [PANIC, "crash"], [PANIC, "crash"], ["throw 1", "error"]]);
  const tickets = jobs.map(([source]) => p.submit(source));
  p.close();
  assert.equal(worker.children(), 0, "processes that are left after close");
  p.close();
  assert.throws(() => p.submit("1"), (refusal) => refusal === "closed", `"closed"`);
  for (const [i, [source, expected]] of random.shuffle([...jobs.entries()])) {
    const outcome = p.wait(tickets[i]);
    if (typeof expected === "string") assert.equal(Object.keys(outcome), [expected], `how this ended: ${source}`);
    else assert.equal(outcome, expected, `what came of ${source}, job ${i} of 0 to 7, on ${workers} workers, in a pool that was closed twice meanwhile`);
  }
  assert.throws(() => p.wait(random.pick(tickets)), undefined, "an Err for a ticket that was used");
  assert.throws(() => p.submit("1"), (refusal) => refusal === "closed", `"closed"`);
}, { points: 1, cause: "`close` throws away jobs or outcomes, does not wait for each process that it kills, or leaves fewer workers to the jobs than there were" });

test("a runaway job delays none", () => {
  const ms = 3000;
  const p = pool(2, { ms });
  const begun = Date.now();
  const kind = random.pick(["for (;;) {}", "/^(a+)+$/.test('a'.repeat(50) + '!')", "(async () => { for (;;) await 0 })()"]);
  p.submit(kind);
  const quick = all(p, each(10, (i) => `${i} * 3`));
  const took = Date.now() - begun;
  assert.equal(quick, each(10, (i) => ({ value: i * 3 })));
  assert.ok(took < ms, `ten quick jobs were over after ${took} ms, and the runaway beside them had ${ms} ms: ${kind}`);
}, { points: 1, cause: "jobs are bound to a worker before it is free, or a lock is held while a job runs" });

test("a pool that is dropped gives up its queue and leaves nothing", () => {
  solution.abandon(2, { ms: PATIENT, queue: 0 }, random.shuffle(["6 * 7", "throw 1"]).slice(random.int(0, 2)));
  assert.equal(worker.children(), 0, "processes that are left of a pool that was dropped");
  const begun = Date.now();
  solution.abandon(1, { ms: 200, queue: 20 }, each(15, () => "for (;;) {}"));
  const took = Date.now() - begun;
  assert.equal(worker.children(), 0, "processes that are left of a pool that was dropped while a job ran");
  assert.ok(took < 2000, `the drop took ${took} ms; one runaway of 200 ms ran, and 14 more waited in the queue`);
}, { points: 1, cause: "`drop` does not end the workers, or lets the queue be run" });

test("a runaway job is ended at its deadline, and so is its process", () => {
  const ms = 700;
  const p = pool(4, { ms });
  const kinds = ["for (;;) {}", "Array(2 ** 32 - 1).fill(0)", "(async () => { for (;;) await 0 })()", "const end = Date.now() + 1150; while (Date.now() < end) {} 'late'"];
  const begun = Date.now();
  const tickets = random.shuffle(kinds).map((source) => [source, p.submit(source)]);
  for (const [source, ticket] of tickets) {
    assert.equal(p.wait(ticket), { time: `${ms} ms` }, `this ends at its deadline: ${source}`);
    const took = Date.now() - begun;
    assert.ok(took + 5 > ms, `it was ended after ${took} ms, before its deadline of ${ms} ms: ${source}`);
    assert.ok(took < ms + 1500, `it was ended after ${took} ms, and its deadline was ${ms} ms: ${source}`);
  }
  // Each worker is used again, and more than once.
  processes(p, 4);
  assert.equal(all(p, each(12, (i) => `${i}`)), each(12, (i) => ({ value: i })), "twelve quick jobs after four runaways");
  hasProcesses(4, "a pool of four workers; processes that were killed want to be waited for");
}, { points: 1, cause: "the process is left running, and its late answer is taken for the next job's; or it is killed later than at its deadline" });

test("a job's time begins when a worker has it", () => {
  const ms = 700;
  const p = pool(1, { ms });
  const sources = ["hear('nobody')", "say('nobody', 5); hear('nobody')", "6 * 7"];
  assert.equal(all(p, sources), [{ time: `${ms} ms` }, { value: 5 }, { value: 42 }], `the outcomes, on one worker with ${ms} ms for each, of ${sources.join(" | ")}`);
}, { points: 1, cause: "the deadline counts from `submit`, or a worker that was killed was not waited for" });

test("an idle pool rests, and a closed one leaves nothing", () => {
  const ms = 700;
  const p = pool(2, { ms });
  p.wait(p.submit("6 * 7"));
  // Once it has come to rest, nothing wakes it up.
  assert.ok(worker.rests(2000) && worker.rests(1), "a pool without jobs uses no processor time");
  const sources = ["for (;;) {}", "for (;;) {}", PANIC, "6 * 7"];
  const tickets = sources.map((source) => p.submit(source));
  p.close();
  assert.equal(worker.children(), 0, "processes that are left after close");
  const outcomes = tickets.map((ticket) => p.wait(ticket));
  assert.equal(outcomes.map((outcome) => Object.keys(outcome).join()), ["time", "time", "crash", "value"], `how ${sources.join(" | ")} ended in a pool that was closed meanwhile`);
  assert.ok(worker.rests(2000), "a pool that is closed uses no processor time");
}, { points: 1, cause: "a thread asks again and again in place of waiting, or `close` ends what runs" });
