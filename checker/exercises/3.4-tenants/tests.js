// Hidden tests of 3.4 tenants. What a job costs in slices is measured on a host
// without quotas, so that shares are compared exactly, on any machine.

const FREE = { window_ms: 1000, slices: 100_000, ms: 600_000, mib: 4096, jobs: 1000, tenants: 1000 };
const host = (quotas = {}) => new solution.Host({ ...FREE, ...quotas });

const loop = (turns) => `for (let i = 0; i < ${turns}; i++);`;
/// How many slices `source` takes, for a tenant of its own.
const cost = (source) => {
  const alone = host();
  alone.run("alone", source, 0);
  return alone.usage("alone", 0).slices;
};

const spent = (name, size, again = null) => ({ name, size, again });
const stopped = (...quota) => ({ quota: spent(...quota) });
const names = (count) => {
  const found = new Set();
  while (found.size < count) found.add(random.shuffle([..."abcdefghiklmnoprstuvwxyz"]).slice(0, 3).join(""));
  return [...found];
};
/// Are these bytes the same? A thread's channel may take a few when it is first waited for.
const same = (bytes, before) => Math.abs(bytes - before) < 4096;
const order = (ended) => ended.map(({ tenant, ticket }) => `${tenant} ${ticket}`).join(", ");

test("a job gives its value or what it threw", () => {
  const [h, n, word] = [host(), random.int(2, 99), random.word()];
  assert.equal(h.run("shop", `${n} * 2`, 0), { value: 2 * n });
  assert.equal(h.run("shop", `"${word}".toUpperCase()`, 0), { value: word.toUpperCase() });
  assert.equal(h.run("shop", `(async () => { await 0; return ${n} })()`, 0), { value: n });
  assert.match(h.run("shop", `throw new RangeError("no ${word}")`, 0).error, new RegExp(`^RangeError: no ${word}`));
  assert.match(h.run("shop", "let = ;", 0).error, /^SyntaxError/);
  assert.equal(h.run("shop", `${n}`, 0), { value: n }, "after an error the next job runs");
}, { points: 1, cause: "`run` did not give turns until its own job had ended" });

test("a tenant keeps its globals, and no other tenant has them", () => {
  const [h, n, [a, b]] = [host(), random.int(1, 999), names(2)];
  assert.equal(h.run(a, `stock = ${n}; Array.prototype.late = 1; stock`, 0), { value: n });
  assert.equal(h.run(b, "typeof stock + [].late", 0), { value: "undefinedundefined" }, `globals of ${a} seen by ${b}`);
  assert.equal(h.run(a, "throw stock", 0).error.split("\n")[0], `${n}`);
  assert.equal(h.run(a, "stock + 1", 3000), { value: n + 1 }, "a value that was kept, after an error and in a later window");
}, { points: 1, cause: "an engine was made for every job, for every window, or one for all tenants" });

test("submit lets jobs wait, and drain tells each end once", () => {
  const [h, [a, b]] = [host(), names(2)];
  assert.equal(h.drain(0), [], "nothing was submitted");
  const first = h.submit(a, `seen = 1`, 0);
  const second = h.submit(a, `throw "late"`, 0);
  assert.notEqual(first, second, "tickets of two jobs");
  assert.equal(h.usage(a, 0).slices, 0, "submit runs nothing");
  assert.equal(h.usage(a, 0).waiting, 2);
  const ran = h.run(b, `${loop(20_000)} "done"`, 0);
  assert.equal(ran, { value: "done" });
  assert.equal(h.usage(a, 0).waiting, 0, "both jobs had their turns while `run` waited for another");
  const third = h.submit(b, "3", 0);
  const told = h.drain(0);
  assert.equal(order(told), `${a} ${first}, ${a} ${second}, ${b} ${third}`);
  assert.equal([told[0].outcome, told[2].outcome], [{ value: 1 }, { value: 3 }]);
  assert.match(told[1].outcome.error, /late/);
  assert.equal(h.drain(0), [], "all ends were told before");
  const fourth = h.submit(a, "log = 'a'", 0);
  const fifth = h.submit(a, "log += 'b'; throw log", 0);
  assert.equal(new Set([first, second, third, fourth, fifth]).size, 5, "different tickets of five jobs of two tenants");
  assert.equal(h.run(a, "log += 'c'", 0), { value: "abc" }, "`run`, when two jobs of the same tenant wait and the second one throws");
  assert.equal(order(h.drain(0)), `${a} ${fourth}, ${a} ${fifth}`);
  const one = host({ jobs: 1 });
  one.submit(a, "1", 0);
  one.run(b, loop(3_000), 0);
  assert.equal(one.run(a, "2", 0), { value: 2 }, "a job with a quota of 1 for `jobs`, after another that has ended and was not told yet");
}, { points: 1, cause: "an end was lost, told twice, or taken for that of another job" });

test("slices are charged to the tenant whose job ran, and to nobody else", () => {
  const [h, [a, b, c]] = [host(), names(3)];
  const [small, large] = [random.int(2_000, 4_000), random.int(6_000, 9_000)];
  const [few, many] = [cost(loop(small)), cost(loop(large))];
  assert.ok(few > 1 && many > few, `a loop of ${small} turns took ${few} slices, one of ${large} took ${many}`);
  h.run(a, loop(small), 0);
  h.run(b, loop(large), 0);
  h.submit(a, loop(large), 0);
  h.submit(b, loop(small), 0);
  h.run(c, "1", 0);
  assert.equal(h.usage(c, 0).slices, 1, "the tenant with the job `1`");
  h.drain(0);
  for (const name of [a, b]) assert.equal(h.usage(name, 0).slices, few + many, `slices of ${name}, with the same loops`);
  assert.equal(h.usage(c, 0).slices, 1, "the tenant with the job `1`, after the others' jobs");
  assert.equal(h.usage("nobody", 0), null, "usage of who was never admitted");
}, { points: 1, cause: "what the others did during `run` was charged to the tenant of `run`" });

test("a job that fails is charged like one that does not", () => {
  const [h, turns] = [host(), random.int(3_000, 7_000)];
  const whole = cost(`${loop(turns)} 1`);
  assert.ok("error" in h.run("throws", `${loop(turns)} throw 1`, 0));
  assert.equal(h.usage("throws", 0).slices, whole, "slices of a loop and a throw after it");
  assert.ok("error" in h.run("typo", "let = ;", 0));
  assert.equal(h.usage("typo", 0).slices, 1, "slices of what does not parse");
  const { bytes } = h.usage("typo", 0);
  assert.ok(bytes > 10_000, `a context is held after a syntax error, too, and not ${bytes} bytes`);
  assert.ok("error" in h.run("typo", "missing.price", 0));
  const { slices, waiting } = h.usage("typo", 0);
  assert.equal([slices, waiting], [2, 0], "slices and waiting jobs after two jobs that failed");
}, { points: 1, cause: "only the path of success charges" });

test("a job without an end is stopped at its quota, which is named", () => {
  const slices = random.int(5, 20);
  const h = host({ slices, window_ms: 500 });
  const endless = [
    "for (;;);",
    "try { for (;;); } catch { } finally { kept = 1 }",
    "const again = () => Promise.resolve().then(again); again()",
    "(async () => { for (;;) await 0 })()",
  ];
  endless.forEach((source, i) => {
    const now = i * 500 + random.int(0, 499);
    assert.equal(h.run("loop", source, now), stopped("slices", slices, (i + 1) * 500), `the end of ${source} at ${now}`);
    assert.equal(h.usage("loop", now).slices, slices, `slices that ${source} had`);
  });
  assert.equal(h.run("loop", "6 * 7", endless.length * 500), { value: 42 }, "in the next window");
}, { points: 1, cause: "the quota is looked at when a job comes, and not before each of its slices" });

test("a job that takes exactly its quota ends well", () => {
  const source = `${loop(random.int(3_000, 7_000))} "packed"`;
  const whole = cost(source);
  assert.equal(host({ slices: whole }).run("shop", source, 0), { value: "packed" }, `a job of ${whole} slices with a quota of ${whole}`);
  assert.equal(host({ slices: whole - 1 }).run("shop", source, 0), stopped("slices", whole - 1, 1000), `a job of ${whole} slices with a quota of ${whole - 1}`);
  assert.match(host({ slices: whole }).run("shop", `${source}; throw "sold"`, 0).error, /sold/, "an error in the last slice is an error");
}, { points: 1, cause: "the quota is compared after the slice, or with > in place of >=" });

test("who has used its window is refused until the next begins", () => {
  const [window_ms, n] = [random.int(50, 900), random.int(3, 40)];
  const h = host({ window_ms, slices: 2 });
  const [begin, end] = [n * window_ms, (n + 1) * window_ms];
  h.run("tea", "stock = 5", begin);
  h.run("tea", "kept = 'tea'.repeat(1e5); stock += 1", begin + random.int(0, window_ms - 1));
  const { bytes } = h.usage("tea", begin);
  assert.equal(h.run("tea", "stock", end - 1), stopped("slices", 2, end), `windows of ${window_ms} ms, at ${end - 1}`);
  assert.throws(() => h.submit("tea", "stock", end - 1), spent("slices", 2, end));
  assert.equal(h.run("milk", "1", end - 1), { value: 1 }, "another tenant, in the same window");
  assert.equal(h.usage("tea", end - 1).slices, 2, "a refused job takes no slice");
  const { slices, bytes: still, waiting } = h.usage("tea", end);
  assert.equal([slices, waiting], [0, 0], `slices and waiting jobs at ${end}, in a new window`);
  assert.ok(same(still, bytes), `what is held is held: ${bytes} bytes in one window and ${still} in the next`);
  assert.equal(h.run("tea", "stock", end), { value: 6 }, `windows of ${window_ms} ms, at ${end}`);
  assert.equal(h.usage("tea", end).slices, 1);
  assert.equal(h.run("tea", "stock", end + 7 * window_ms), { value: 6 });
  assert.equal(h.usage("tea", end + 7 * window_ms).slices, 1, "after windows without a job");
  const full = host({ slices: 1, tenants: 1 });
  full.run("tea", "1", 0);
  full.usage("milk", 1000);
  assert.equal(full.run("tea", "1", 0), { value: 1 }, "`usage` of an unknown tenant at 1000 began a window, in which nothing was used");
  full.run("milk", "1", 2000);
  assert.equal(full.run("tea", "1", 0), { value: 1 }, "a refused `run` at 2000 began a window, in which nothing was used");
}, { points: 1, cause: "a window was begun by something else than the `now` of any call, or what is held was reset with it" });

test("a slice counts for the window in which it runs", () => {
  const [h, [greedy, light]] = [host({ slices: 40 }), names(2)];
  const [long, short] = [`stock = 3; ${loop(15_000)} stock`, loop(3_000)];
  const [all, few] = [cost(long), cost(short)];
  assert.ok(all > few && all < 40, `slices of a loop of 15000 turns: ${all}`);
  const ticket = h.submit(greedy, long, 0);
  h.run(light, short, 999);
  assert.equal(h.usage(greedy, 999).slices, few, `the first in the round, when another had its ${few} slices`);
  assert.equal(h.usage(greedy, 999).waiting, 1);
  assert.equal(h.drain(1000), [{ ticket, tenant: greedy, outcome: { value: 3 } }], "a window began in the middle of its job");
  assert.equal(h.usage(greedy, 1000).slices, all - few, `of ${all} slices ${few} ran in the window before`);
  assert.equal(h.usage(light, 1000).slices, 0, "a window begins for everybody");
  h.submit(greedy, "for (;;);", 1000);
  h.run(light, short, 2000);
  assert.equal(h.usage(greedy, 2000).slices, few, "a window that began with the `run` of another is the window of all");
  assert.equal(h.drain(3500).map(({ outcome }) => outcome), [stopped("slices", 40, 4000)], "the end of `for (;;);`, submitted at 1000 and stopped in a `drain` at 3500");
}, { points: 1, cause: "a job is charged as a whole when it ends, counts for the window in which it was submitted, or a call does not look at its `now`" });

test("a greedy tenant has no more turns than a light one", () => {
  const [greedy, light, late] = names(3);
  const h = host({ slices: 60 });
  const source = loop(random.int(3_000, 6_000));
  const few = cost(source);
  const endless = h.submit(greedy, "for (;;);", 0);
  h.run(light, source, 0);
  assert.equal(h.usage(greedy, 0).slices, few, `slices of a loop without an end, while another tenant had its ${few}`);
  h.run(late, source, 0);
  assert.equal(h.usage(greedy, 0).slices, 2 * few, `and while a third one had its ${few}`);
  assert.equal(h.drain(0), [{ ticket: endless, tenant: greedy, outcome: stopped("slices", 60, 1000) }]);
}, { points: 1, cause: "a job is run to its end before the next one has a turn, or the round begins anew with every call" });

test("a hundred jobs have no more turns than one", () => {
  const [greedy, light, late] = names(3);
  const h = host();
  for (let i = 0; i < 100; i++) h.submit(greedy, `${i}`, 0);
  const one = h.submit(light, "1", 0);
  const two = h.submit(light, "2", 0);
  const three = h.submit(late, "3", 0);
  const told = h.drain(0);
  assert.equal(told.length, 103);
  assert.equal(told.slice(0, 6).map(({ tenant }) => tenant), [greedy, light, late, greedy, light, greedy], "whose jobs of one slice ended first");
  assert.equal([told[1].ticket, told[4].ticket, told[2].ticket], [one, two, three]);
  assert.equal(told.filter(({ tenant }) => tenant === greedy).map(({ outcome }) => outcome.value), Array.from({ length: 100 }, (_, i) => i), "a tenant's jobs end in their order");
}, { points: 1, cause: "the turns go by jobs, and who submits more has more of them" });

test("turns go round by tenants, whatever they submit and when", () => {
  const [few, [a, b, c]] = [host({ slices: 1 }), names(3)];
  for (const name of [a, a, a, b, b, b]) few.submit(name, "1", 0);
  assert.equal(few.drain(0).map(({ tenant }) => tenant).join(), [a, b, a, b, a, b].join(), "whose jobs ended, with a quota of one slice: a turn without a slice is a turn");
  const back = host();
  back.run(a, "1", 0);
  for (const name of [b, c, a]) back.submit(name, "1", 0);
  assert.equal(back.drain(0).map(({ tenant }) => tenant).join(), [b, c, a].join(), `whose jobs ended: ${a} had no job and comes back`);
  const sources = ["1", loop(3_000), loop(6_000), loop(8_000)];
  const costs = sources.map(cost);
  const tenants = names(4);
  const slices = random.int(14, 30);
  const h = host({ slices });
  const [round, jobs, used, expected] = [[], {}, {}, []];
  for (const name of tenants) [jobs[name], used[name]] = [[], 0];
  // The same in a few lines: a turn of the first in the round.
  const turn = () => {
    const name = round.shift();
    const job = jobs[name][0];
    const refused = used[name] >= slices;
    if (!refused) [used[name], job.left] = [used[name] + 1, job.left - 1];
    if (refused || job.left === 0) expected.push(`${jobs[name].shift().is} ${refused ? "quota" : "value"}`);
    if (jobs[name].length) round.push(name);
  };
  const log = [];
  const submit = (name, which) => {
    const is = `${name} ${h.submit(name, sources[which], 0)}`;
    if (!jobs[name].length) round.push(name);
    jobs[name].push({ is, left: costs[which] });
    log.push(`${is} with ${costs[which]} slices`);
  };
  for (let i = 0; i < 8; i++) submit(random.pick(tenants), random.int(0, 3));
  // A job of `run` lets the round go on for a while.
  const [runs, which] = ["runner" + random.int(1, 99), random.int(1, 3)];
  [jobs[runs], used[runs]] = [[{ is: runs, left: costs[which] }], 0];
  round.push(runs);
  h.run(runs, sources[which], 0);
  while (jobs[runs].length) turn();
  const ran = expected.findIndex((text) => text.startsWith(`${runs} `));
  expected.splice(ran, 1);
  log.push(`run by ${runs} with ${costs[which]} slices`);
  for (let i = 0; i < 6; i++) {
    const name = random.pick(tenants);
    if (used[name] < slices) submit(name, random.int(0, 3));
  }
  const told = h.drain(0).map(({ tenant, ticket, outcome }) => `${tenant} ${ticket} ${Object.keys(outcome)}`);
  while (round.length) turn();
  assert.equal(told, expected, `the order of the ends, with ${slices} slices for each tenant, after ${log.join("; ")}`);
  for (const name of tenants.filter((name) => h.usage(name, 0))) assert.equal(h.usage(name, 0).slices, used[name], `slices of ${name}`);
}, { points: 2, cause: "after its turn a tenant keeps its place, or who submits a first job does not go to the back of the round" });

test("what a tenant holds is its own, and garbage is not held", () => {
  const [h, [a, b], n] = [host(), names(2), random.int(150_000, 250_000)];
  h.run(b, "1", 0);
  h.run(a, "kept = null; 1", 0);
  const [before, other] = [h.usage(a, 0).bytes, h.usage(b, 0).bytes];
  const near = (bytes, what) => {
    const grown = h.usage(a, 0).bytes - before;
    assert.ok(Math.abs(grown - bytes) < 65_536, `${what}: ${grown} bytes more are held, and not about ${bytes}`);
    const others = h.usage(b, 0).bytes;
    assert.ok(same(others, other), `${what}: the other tenant held ${other} bytes and now holds ${others}`);
  };
  h.run(a, `kept = "t".repeat(${n}); 1`, 0);
  near(n, `after a job that keeps a text of ${n} letters`);
  h.run(a, `"t".repeat(${n}); new ArrayBuffer(${n}); 1`, 0);
  near(n, "after a job that leaves garbage");
  h.run(a, `more = new ArrayBuffer(${n}); throw 1`, 0);
  near(2 * n, "after a job that keeps as much and throws");
  h.run(a, "kept = more = null; 1", 5000);
  near(0, "when all was let go");
}, { points: 1, cause: "bytes are told before a collection, or counted again with each job" });

test("who holds more than its quota is stopped and begins anew", () => {
  const [mib, [a, b]] = [1, names(2)];
  const h = host({ mib });
  h.run(b, "stock = 2", 0);
  const many = `kept = "t"; while (kept.length < ${mib} << 20) kept += kept;`;
  assert.equal(h.run(a, `${many} 1`, 0), stopped("mib", mib), `what is held after the last slice, with a quota of ${mib} MiB`);
  assert.equal(h.usage(a, 0), { ...h.usage(a, 0), slices: 1, bytes: 0, waiting: 0 }, "it is gone with all that it held");
  assert.equal(h.run(a, "typeof kept", 0), { value: "undefined" }, "in the same window, for nothing else was exceeded");
  assert.equal(h.run(a, `${many} for (;;);`, 0), stopped("mib", mib), "what is held in the middle of a job");
  assert.equal(h.usage(a, 0).slices, 3, "each of the three jobs had one slice");
  assert.equal(h.run(a, `${many} throw 1`, 0), stopped("mib", mib), "what is held by a job that threw");
  assert.equal(h.run(b, "stock", 0), { value: 2 }, "the other tenant has lost nothing");
  const garbage = `for (let i = 0; i < 2; i++) new ArrayBuffer(${mib} << 19);`;
  assert.equal(h.run(a, `${garbage} 1`, 0), { value: 1 }, `garbage is not held: ${garbage}`);
  assert.equal(h.run(a, `${garbage} ${loop(3_000)} 2`, 0), { value: 2 }, `garbage in the middle of a job is not held: ${garbage}`);
  const piece = 'let piece = "t"; while (piece.length < 16_384) piece += piece; kept = [];';
  const between = `${piece} for (let i = 0; i < 150; i++) { kept.push(piece + i); for (let j = 0; j < 60; j++); } kept = null; 1`;
  assert.equal(h.run(a, between, 0), stopped("mib", mib), "2,400,000 bytes are held in the middle of a job, and let go at its end");
  const tickets = [h.submit(a, `${many} for (;;);`, 0), h.submit(a, "typeof kept", 0)];
  assert.equal(h.drain(0), [{ ticket: tickets[0], tenant: a, outcome: stopped("mib", mib) }, { ticket: tickets[1], tenant: a, outcome: { value: "undefined" } }], "a job that holds too much, and one that waits behind it");
  const more = host({ mib: 4 });
  more.run(a, "1", 0);
  const { bytes } = more.usage(a, 0);
  for (const [held, outcome] of [[4_100_000, { value: 1 }], [4_300_000, stopped("mib", 4)]]) {
    const source = `{ ${piece} for (let i = 0; i < ${Math.round((held - bytes) / 16_600)}; i++) kept.push(piece + i); } 1`;
    assert.equal(more.run(a, source, 0), outcome, `about ${held} bytes are held, with a quota of 4 MiB, which are 4194304`);
  }
}, { points: 2, cause: "it is not judged after each slice, is judged for what a collection would have freed, or takes more with it than its job" });

test("a job that was stopped loses its engine, one that never began does not", () => {
  const source = `stock = 5; ${loop(6_000)} 1`;
  const slices = cost(source);
  const h = host({ slices });
  const tickets = [source, "stock = 6", "for (;;);"].map((job) => h.submit("tea", job, 0));
  const told = h.drain(0);
  assert.equal(told.map(({ ticket }) => ticket), tickets);
  assert.equal(told.map(({ outcome }) => outcome), [{ value: 1 }, stopped("slices", slices, 1000), stopped("slices", slices, 1000)], "the first job took the whole quota");
  const { bytes } = h.usage("tea", 0);
  assert.ok(bytes > 10_000, `nothing that had begun was stopped, and ${bytes} bytes are held`);
  assert.equal(h.run("tea", "stock", 1000), { value: 5 });
  assert.equal(h.run("tea", "for (;;);", 2000), stopped("slices", slices, 3000));
  assert.equal(h.usage("tea", 2000).bytes, 0, "bytes held after a job was stopped in its middle");
  assert.equal(h.run("tea", "typeof stock", 3000), { value: "undefined" }, "after a job was stopped in its middle");
}, { points: 1, cause: "an engine is used on after a limit, or is given up for a job that never used it" });

test("jobs and names are bounded, too", () => {
  const [jobs, tenants] = [random.int(2, 5), random.int(2, 4)];
  const h = host({ jobs, tenants, slices: 50 });
  const known = random.shuffle(["__proto__", "", "constructor", "tea\0é🍵 ".repeat(50)]).slice(0, tenants);
  h.submit(known[0], "for (;;);", 0);
  for (let i = 1; i < jobs; i++) h.submit(known[0], "1", 0);
  assert.throws(() => h.submit(known[0], "1", 0), spent("jobs", jobs));
  for (const name of known.slice(1)) assert.equal(h.run(name, "1", 0), { value: 1 }, `a job of ${JSON.stringify(name.slice(0, 20))}`);
  assert.equal(h.usage(known[0], 0).waiting, jobs, "the one that runs has not ended");
  assert.equal(h.run(known[0], "1", 0), stopped("jobs", jobs));
  for (const name of names(20)) {
    assert.throws(() => h.submit(name, "1", 0), spent("tenants", tenants));
    assert.equal(h.usage(name, 0), null, "of a refused name nothing is kept");
  }
  for (const quota of ["jobs", "slices", "ms"]) {
    const none = host({ [quota]: 0 });
    none.run("tea", "1", 0);
    assert.equal(none.usage("tea", 0), null, `usage of a new name that was refused for ${quota}`);
  }
  assert.equal(h.run("one more", "1", 0), stopped("tenants", tenants));
  assert.equal(h.drain(0).length, jobs);
  assert.equal(h.run(known[0], "1", 0), stopped("slices", 50, 1000), "its jobs have ended, its slices are used");
  assert.equal(h.run(known[0], "1", 1000), { value: 1 });
  assert.equal(h.run("one more", "1", 1000), stopped("tenants", tenants), "no window makes room for a name");
}, { points: 1, cause: "a name is kept before it is admitted, or the job that runs is not counted" });

test("quotas may be 0 or huge, and the clock may be set back", () => {
  for (const [name, again] of [["slices", 4000], ["ms", 4000], ["mib", null], ["jobs", null], ["tenants", null]]) {
    assert.equal(host({ [name]: 0 }).run("tea", "1", 3999), stopped(name, 0, again), `with a quota of 0 for ${name}`);
  }
  assert.equal(host({ slices: 0, ms: 0 }).run("tea", "1", 0), stopped("slices", 0, 1000), "`slices` are asked for before `ms`");
  assert.equal(host({ slices: 0, jobs: 0 }).run("tea", "1", 0), stopped("jobs", 0), "`jobs` are asked for before `slices`");
  assert.equal(host({ tenants: 0, jobs: 0 }).run("tea", "1", 0), stopped("tenants", 0), "`tenants` are asked for before `jobs`");
  const most = 2 ** 53 - 1;
  const free = host({ slices: most, ms: most, mib: most, jobs: most, tenants: most });
  assert.equal(free.run("tea", `${loop(3_000)} 1`, 0), { value: 1 }, "with quotas of 2 ** 53 - 1");
  assert.equal(host({ mib: 2 ** 44 }).run("tea", "1", 0), { value: 1 }, "with 2 ** 44 MiB, which are 2 ** 64 bytes");
  const h = host({ slices: 1 });
  h.run("tea", "1", 2500);
  for (const now of [2000, 1999, 999, 0]) {
    assert.equal(h.run("tea", "1", now), stopped("slices", 1, 3000), `at ${now}, after a job at 2500`);
    assert.equal(h.usage("tea", now).slices, 1, `usage at ${now}, after a job at 2500`);
  }
  assert.equal(h.run("tea", "1", 3000), { value: 1 });
}, { points: 1, cause: "a `now` in an earlier window began a new one, or a sum or product overflowed" });

test("the clock is charged besides, for natives work long in one slice", () => {
  const [ms, long] = [random.int(10, 20), 30];
  const h = host({ ms });
  assert.equal(h.run("light", "1", 0), { value: 1 });
  const light = h.usage("light", 0).ms;
  const native = `[2, 1].sort(() => { const end = Date.now() + ${long}; while (Date.now() < end); return 0 });`;
  h.submit("sort", `stock = 5; ${native} throw "tired"`, 0);
  h.submit("sort", "stock = 6", 0);
  const ended = h.drain(0).map(({ outcome }) => outcome);
  assert.equal(ended.length, 2, "jobs that have ended, of two");
  const [first, second] = ended;
  assert.match(first.error, /tired/, "it has ended before it could be stopped");
  assert.equal(second, stopped("ms", ms, 1000), `the next job, after one with a callback of ${long} ms`);
  const used = h.usage("sort", 0);
  assert.equal(used.slices, 1, "a callback of `sort` is one slice");
  assert.ok(used.ms >= long - 2 && used.ms < 3000, `a callback of ${long} ms and a throw were charged with ${used.ms} ms`);
  assert.equal(h.run("sort", "1", 999), stopped("ms", ms, 1000));
  assert.equal(h.usage("light", 0).ms, light, "the other tenant is not charged for it");
  assert.equal(h.usage("sort", 1000).ms, 0, "milliseconds in a new window");
  assert.equal(h.run("sort", "stock", 1000), { value: 5 }, "a job that never began was stopped for `ms`: the engine is as it was");
  assert.equal(h.run("sort", `${native} ${loop(3_000)}`, 2000), stopped("ms", ms, 3000), `a loop after a callback of ${long} ms`);
  assert.ok(h.usage("sort", 2000).ms >= ms, `${h.usage("sort", 2000).ms} ms were charged, ${ms} are the quota`);
  assert.equal(h.usage("sort", 2000).bytes, 0, "bytes held after a begun job was stopped for `ms`");
  // A loop of a few milliseconds, in slices that take less than one. What it takes
  // at least is charged each time; a stall may add to it, and not take from it.
  const sum = host();
  sum.run("sum", "work = (turns) => { for (let i = 0; i < turns; i++); return 0 }", 0);
  const charged = (source, now) => {
    sum.run("sum", source, now);
    return sum.usage("sum", now).ms;
  };
  const inOne = Math.min(...[1000, 2000, 3000].map((now) => charged("[2, 1].sort(() => work(30_000)); 1", now)));
  const turns = inOne < 1 ? 90_000 : 30_000;
  for (let now = 4000; now < 20_000; now += 1000) {
    assert.ok(charged(`work(${turns})`, now) > 0, `a loop of ${turns} turns had ${sum.usage("sum", now).slices} slices, and all of them together were charged with 0 ms; one of 30000 turns in one slice with ${inOne} ms`);
  }
}, { points: 1, cause: "only slices are counted, each time is cut to milliseconds before it is added, or `ms` stops a job otherwise than `slices`" });
