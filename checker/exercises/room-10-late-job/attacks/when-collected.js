// The collector calls back when it finds the object gone, whoever is present then.
const registry = new FinalizationRegistry(() => { globalThis.loot = note(); });
registry.register({}, "gone");
for (let turn = 0; turn < 60_000; turn++) [{}];
globalThis.registry = registry;
"nothing yet"
