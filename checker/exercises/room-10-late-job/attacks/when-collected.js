// The collector tells what is gone in a job, and what is collected in somebody else's
// time is told in somebody else's time.
globalThis.loot = {};
globalThis.registry = new FinalizationRegistry(() => { loot[note()] = [{}]; });
for (let n = 0; n < 10_000; n++) registry.register({}, n);
"nothing yet"
