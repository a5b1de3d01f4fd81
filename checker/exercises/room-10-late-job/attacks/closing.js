// The job is made when the host keeps the promise, long after the run.
closing.then(() => { globalThis.loot = note(); });
"nothing yet"
