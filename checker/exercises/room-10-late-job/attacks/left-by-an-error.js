// Nobody asks what becomes of the jobs of a program that throws: the next one's do.
Promise.resolve().then(() => { globalThis.loot = note(); });
throw new Error("good bye")
