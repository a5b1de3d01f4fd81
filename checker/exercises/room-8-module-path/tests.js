// Room 8: the flag is in modules outside of the guests' folder.

const shop = (flag) => new solution.Room({
  "/app/guest/prices.js": "export default { tea: 250, rice: 120 };",
  "/app/guest/lib/total.js": `
    import prices from "../prices.js";
    export default (...names) => names.reduce((sum, name) => sum + prices[name], 0);`,
  "/app/guest/lib/tax.v1..2.js": "export default 19;",
  "/app/guest/opening hours.json": '{"monday": [9, 17], "sunday": []}',
  "/app/guest/100%.js": "export default 100;",
  // The shop's own: the first two stand in the brief, and no list of names covers the rest.
  "/app/host/keys.js": `export default "${flag}";`,
  "/app/guests.json": JSON.stringify([flag]),
  "/app/guest.js": `export default "${flag}";`,
  "/app/guest-of-honor/seat.js": `export default "${flag}";`,
  "/keys.js": `export default "${flag}";`,
  "/app/app/guest/keys.js": `export default "${flag}";`,
});

escape((attack, flag) => shop(flag).run(attack), {
  points: 1,
  cause: "the path that is compared with the folder is not the path that is opened",
});

const room = () => shop(random.flag());

test("a guest imports what lies in its folder", () => {
  const count = random.int(2, 90);
  assert.equal(room().run(`import prices from "./prices.js"; export default prices.tea * ${count};`), 250 * count);
  assert.equal(room().run(`import total from "./lib/total.js"; export default total("tea", "rice") + ${count};`), 370 + count);
  assert.equal(
    room().run(`import hours from "./opening hours.json" with { type: "json" }; export default hours;`),
    { monday: [9, 17], sunday: [] },
  );
}, { points: 1, cause: "modules below the folder, or those that they import, are refused" });

test("a module has many spellings", () => {
  const spellings = random.shuffle([
    "prices.js",
    "./prices.js",
    "/app/guest/prices.js",
    "./lib/../prices.js",
    "../guest/prices.js",
    "/app/guest/lib/..//./prices.js",
    ".\\\\lib\\\\..\\\\prices.js",
    "./%70rices%2Ejs",
    "./lib/%2e%2e/prices.js",
  ]);
  for (const spelling of spellings) {
    assert.equal(
      room().run(`import { default as prices } from "${spelling}"; export default prices.rice;`),
      120,
      "a path that leads below the folder is refused",
    );
  }
}, { points: 1, cause: "spellings were forbidden, where only the place that they lead to counts" });

test("a name may have dots in it", () => {
  assert.equal(room().run(`export { default } from "./lib/tax.v1..2.js";`), 19);
  assert.equal(room().run(`export { default } from "/app/guest/lib/tax%2Ev1%2E.2.js";`), 19);
}, { points: 1, cause: "two dots are looked for in the text, and not as a part of the path" });

test("a name is decoded once", () => {
  assert.equal(room().run(`export { default } from "./100%25.js";`), 100);
  assert.equal(room().run(`export { default } from "./100%.js";`), 100);
  assert.throws(() => room().run(`export { default } from "./100%2525.js";`));
  assert.equal(
    room().run(`import hours from "./opening%20hours.json" with { type: "json" }; export default hours.monday;`),
    [9, 17],
  );
}, { points: 1, cause: "a `%` is lost, or decoded twice" });

test("import() works, and its failure can be caught", () => {
  const name = random.word();
  const source = (path) => `
    let answer;
    try { answer = (await import(${JSON.stringify(path)})).default } catch (error) { answer = error.constructor === TypeError }
    export default answer;`;
  assert.equal(room().run(source("./100%25.js")), 100);
  assert.equal(room().run(source(`./${name}.js`)), true);
  assert.equal(room().run(source(`/${name}/prices.js`)), true);
  assert.throws(() => room().run(`import "./${name}.js";`), new RegExp(name));
  assert.throws(() => room().run(`throw new Error("${name}")`), new RegExp(name));
}, { points: 1, cause: "an import that fails is no error that a guest can catch" });
