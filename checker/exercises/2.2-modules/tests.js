// Hidden tests of 2.2 modules.

const MAIN = "/app/main.js";

/// A loader with the module /app/main.js.
const loader = (main, files = {}, allow = {}) => new solution.Loader({ [MAIN]: main, ...files }, allow);

/// The Err of a run, which must contain each of `parts`, and neither `never` nor
/// `RuntimeLimitError` unless it is one of them.
const fails = (made, entry, ...parts) => {
  const told = assert.throws(() => made.run(entry));
  for (const part of [entry, ...parts]) {
    assert.ok(told.includes(part), `the error does not contain ${JSON.stringify(part)}: ${told}`);
  }
  for (const word of ["never", "RuntimeLimitError"]) {
    assert.ok(parts.includes(word) || !told.includes(word), `the error contains ${word}: ${told}`);
  }
  return told;
};

/// An entry that imports each of `specifiers`, and exports what it was told: null
/// for a module, and the message for an error.
const tries = (specifiers, options = "undefined") => `
  const told = [];
  for (const specifier of ${JSON.stringify(specifiers)}) told.push(await import(specifier, ${options}).then(() => null, (error) => error.message));
  export default told`;

/// Each of `specifiers` is refused to `made`, whose `entry` comes from `tries`, with a
/// message that contains the specifier, if it can be printed, and `parts`.
const refuses = (made, specifiers, parts = [], entry = MAIN) => {
  made.run(entry).forEach((message, n) => {
    const specifier = JSON.stringify(specifiers[n]);
    assert.ok(typeof message === "string", `import(${specifier}) was not refused`);
    const printed = /^[ -[\]-~]*$/.test(specifiers[n]) ? [specifiers[n]] : [];
    for (const part of [entry, ...printed, ...parts]) {
      assert.ok(message.includes(part), `the error of import(${specifier}) does not contain ${JSON.stringify(part)}: ${message}`);
    }
  });
};

test("a run gives the entry's default export", () => {
  const [name, n] = [random.word(), random.int(2, 99)];
  const made = loader(`import { price } from "./${name}.js"; export default { total: price * 2, lines: [price, null] }`, {
    [`/app/${name}.js`]: `export const price = ${n}; export default "not this"`,
    "/app/again.js": `export { default } from "./${name}.js"`,
    "/app/nothing.js": "export const price = 1",
    "/app/undefined.js": "export default undefined",
    "/app/late.js": "let price = 1; export { price as default }; price = 2",
    [`/${name}/deep/down/entry.js`]: `export default ${n}`,
    "/app/symbol.js": "export default Symbol('no JSON')",
    "/app/bigint.js": "export default { price: 5n }",
  });
  assert.equal(made.run(MAIN), { total: n * 2, lines: [n, null] });
  assert.equal(made.run("/app/again.js"), "not this");
  assert.equal([made.run("/app/nothing.js"), made.run("/app/undefined.js")], [null, null]);
  assert.equal(made.run("/app/late.js"), 2);
  assert.equal(made.run(`/${name}/deep/down/entry.js`), n);
  fails(made, "/app/symbol.js");
  fails(made, "/app/bigint.js");
}, { points: 1, cause: "the module was parsed without its path, or the promise's value was taken for the module's export" });

test("a relative path starts at the module that has it", () => {
  const [a, b, c] = [random.int(1, 99), random.int(100, 199), random.int(200, 299)];
  const rate = random.word();
  const made = loader(`import { seen } from "./shop/eu/tax.js"; import top from "./${rate}.js"; export default [...seen, top]`, {
    [`/app/${rate}.js`]: `export default ${a}`,
    [`/app/shop/${rate}.js`]: `export default ${b}`,
    [`/app/shop/eu/${rate}.js`]: `export default ${c}`,
    "/app/shop/eu/tax.js": ["./", "../", "../../", "./../", ".././../", "./././", "../eu/", "../../shop/eu/../"]
      .map((way, n) => `import r${n} from "${way}${rate}.js";`).join("\n") + "export const seen = [r0, r1, r2, r3, r4, r5, r6, r7]",
  });
  assert.equal(made.run(MAIN), [c, b, a, b, a, c, c, b, a]);
}, { points: 1, cause: "paths were resolved against the entry or against the root" });

test("an allowed name leads where the list says", () => {
  const [name, n] = [random.word(), random.int(2, 99)];
  const names = [name, `@shop/${name}`, `${name}/rates.js`, "node:fs", "/etc/hostname", `https://shop.example/${name}.js`, `${name}%20`, "rates", "constructor"];
  const imports = names.map((specifier, i) => `import n${i} from "${specifier}"${specifier === "rates" ? " with { type: 'json' }" : ""};`).join("\n");
  const source = `${imports}\nexport default [n0, n1, n2, n3, n4, n5, n6, n7, n8]`;
  const files = Object.fromEntries(names.map((_, i) => [`/lib/part${i}.js`, `export default ${n + i}`]));
  const allow = Object.fromEntries(names.map((specifier, i) => [specifier, `/lib/part${i}.js`]));
  delete files["/lib/part7.js"];
  files["/lib/r.json"] = `${n + 7}`;
  allow.rates = "/lib/r.json";
  // The same names, whoever asks.
  for (const entry of [MAIN, "/lib/tool.js", "/other/deep/tool.js"]) {
    const made = loader(source, { ...files, [entry]: source }, allow);
    assert.equal(made.run(entry), names.map((_, i) => n + i));
  }
  // What looks like a path is one.
  const both = loader(`export { default } from "./${name}.js"`, { [`/app/${name}.js`]: "export default 'path'", "/lib/x.js": "" }, { [`./${name}.js`]: "/lib/x.js" });
  assert.equal(both.run(MAIN), "path");
}, { points: 1, cause: "the name was looked for among the files, or it was changed before it was looked up" });

test("any other name is refused, and the allowed ones are told", () => {
  const [name, other] = [random.word(), random.word()];
  const allow = { [name]: "/lib/tax.js", [`@shop/${other}`]: "/lib/tax.js" };
  const refused = [
    "fs", "node:fs", other, `@shop/${name}`, `${name}.js`, `${name}/`, `${name}/rates.js`, name.toUpperCase(), name.slice(1), name.slice(0, -1),
    ` ${name}`, `${name} `, `file://${name}`, `file:///${name}`, `node:${name}`, `/${name}`, `${name}?v=1`, `${name}#top`, "a.js", "/app/a.js", "//app/a.js", "/lib/tax.js", "file:///app/a.js", "data:text/javascript,export default 1",
    "https://shop.example/tax.js", ".", "..", ".a.js", "", "...", "toString", "__proto__", "constructor", "hasOwnProperty",
  ];
  refuses(loader(tries(refused), { "/app/a.js": "", "/a.js": "", "/lib/tax.js": "" }, allow), refused, [name, `@shop/${other}`]);
  fails(loader(`import "${other}"`, {}, allow), MAIN, other, name, `@shop/${other}`);
  fails(loader(`import "./a.js"`, { "/app/a.js": `import "${name}"` }), MAIN, "/app/a.js", name);
}, { points: 1, cause: "a name without ./ was taken for a path or changed before it was looked up, or not all allowed names are told" });

test("a module that is not there is named, and so is who asked", () => {
  const [name, other] = [random.word(), random.word()];
  const made = loader(`import "./shop/${other}.js"`, {
    [`/app/shop/${other}.js`]: `import "../${name}.js"`,
    [`/app/shop/${name}.js`]: "",
    "/app/list.js": `import "${name}"`,
    "/app/index.js": `import "./shop"`,
    "/app/shop/index.js": "",
  }, { [name]: `/lib/${other}.js` });
  const told = fails(made, MAIN, `/app/shop/${other}.js`, `/app/${name}.js`);
  assert.ok(!told.includes("/app/list.js"), `the error tells of /app/list.js, which it is not about: ${told}`);
  fails(made, "/app/list.js", name, `/lib/${other}.js`);
  fails(made, "/app/index.js", "/app/shop");
  // The entry is the host's word: a path among the files, and nothing else.
  const works = loader("export default 1", { [`/lib/${other}.js`]: "" }, { [name]: `/lib/${other}.js` });
  assert.equal(works.run(MAIN), 1);
  for (const entry of ["main.js", "/main.js", "app/main.js", "./main.js", "/app/../app/main.js", "/app//main.js", "/app/main", "/app", "/", "", name, "file:///app/main.js"]) fails(works, entry);
}, { points: 1, cause: "the path was not put into the error, or the entry was resolved like an import" });

test("a path stays in the folder that its module lies in", () => {
  const [name, old] = [random.word(), random.pick(["-old", "2", ".bak", "lication"])];
  const inside = [`../app/${name}.js`, `./../app/${name}.js`, `./deep/../${name}.js`, `./deep/down/../../../app/${name}.js`];
  const outside = [
    `../lib/${name}.js`, `./../lib/${name}.js`, `./deep/../../lib/${name}.js`, `../app/../lib/${name}.js`,
    `../app${old}/${name}.js`, `../ap/${name}.js`, `../${name}.js`, `../App/${name}.js`, `../lib/app/${name}.js`,
    `../../lib/${name}.js`, `../../../../../lib/${name}.js`, `../../app/${name}.js`, `../..//app/${name}.js`, `./../../${name}.js`, "../", "../app",
  ];
  const files = Object.fromEntries(["/app", "/lib", "/lib/app", `/app${old}`, "/ap", "", "/App"].map((folder) => [`${folder}/${name}.js`, ""]));
  assert.equal(loader(tries(inside), files).run(MAIN), inside.map(() => null));
  refuses(loader(tries(outside), { ...files, "/app": "", "/": "", "": "" }), outside);
  fails(loader(`import "../lib/${name}.js"`, files), MAIN, `../lib/${name}.js`);
  // What lies outside may not even be asked after: it changes nothing that a guest is told.
  const ways = ["./", "../lib/", "../", "../../lib/", `../app${old}/`, "/lib/", "file:///lib/"];
  const asked = ways.flatMap((way) => ["js", "json"].map((ending) => `${way}${name}.${ending}`));
  const there = Object.fromEntries(["/lib", `/app${old}`, ""].flatMap((folder) => ["js", "json"].map((ending) => [`${folder}/${name}.${ending}`, "let let = 1"])));
  for (const options of ["undefined", "{ with: { type: 'json' } }"]) {
    const [full, empty] = [there, {}].map((outside) => loader(tries(asked, options), outside).run(MAIN));
    full.forEach((message, n) => assert.equal(message, empty[n], `import("${asked[n]}") is told what lies outside of /app`));
  }
  // Directly below the root a module lies in no folder.
  const beside = ["./tool.js", "../tool.js", ".//tool.js", `./lib/${name}.js`, `.//lib/${name}.js`, `../lib/${name}.js`, "./names.js", "./main.js/tool.js", "./"];
  const top = loader("", { ...files, "/main.js": tries(beside), "/names.js": "export { default } from 'tool'", "/tool.js": "export default 1", "/main.js/tool.js": "" }, { tool: "/tool.js" });
  refuses(top, beside, [], "/main.js");
  assert.equal(top.run("/names.js"), 1);
  // The other way round, too.
  const lib = loader("", { "/lib/a/tool.js": `import "../../app/${name}.js"`, "/lib/a/part.js": "import '../b.js'", "/lib/b.js": "", ...files }, { tool: "/lib/a/tool.js" });
  fails(lib, "/lib/a/tool.js", "/lib/a/tool.js", `../../app/${name}.js`);
  assert.equal(lib.run("/lib/a/part.js"), null);
}, { points: 1, cause: "the folder was checked before the `..` were gone or without its closing slash, it was always the same one, or a file was looked for first" });

test("nothing in a path is decoded, cut or completed", () => {
  const name = random.word();
  const [first, ...rest] = name;
  const code = first.charCodeAt(0).toString(16);
  const refused = [
    `./%${code}${rest.join("")}.js`, `./${name}%2ejs`, `./%2e/${name}.js`, `./%2e%2e/lib/${name}.js`, `./..%2flib/${name}.js`, `./%252e%252e/lib/${name}.js`,
    `./..\\lib\\${name}.js`, `.\\${name}.js`, `./deep\\..\\${name}.js`, `./${name}.js?v=1`, `./${name}.js#top`, `./${name}.js\0`, `./${name}.js\0.json`,
    `./${name}.js `, `./ ${name}.js`, `./${name.toUpperCase()}.js`, `.//${name}.js`, `./${name}.js/`, `./${name}`, `./${name}.mjs`, `./\uff0e\uff0e/lib/${name}.js`,
    `./${name}.js\u200b`, `./u\u0308.js`, `./${name}.js\n`, `./.../${name}.js`, "./",
  ];
  const planted = [`/app/${name}.js`, `/lib/${name}.js`, "/app/\u00fc.js"];
  const odd = ["%2e%2e/x.js", "x.js?v=1", "a b.js", "u\u0308.js", "日本.js", "..a.js", "...", "x\\y.js", "%", "x\0.js", ".js"];
  const files = Object.fromEntries([...planted, ...odd.map((path) => `/app/${path}`)].map((path) => [path, ""]));
  delete files["/app/u\u0308.js"];
  refuses(loader(tries(refused), files), refused);
  // Neither a folder nor a file without its ending is completed.
  const endings = ["js", "mjs", "cjs", "json", "ts", "jsx"];
  const short = ["./", "./x/", "./x", "../app/", ...endings.map((ending) => `./${name}-${ending}`)];
  const whole = ["index.js", "index.json", "x/index.js", "x/index.json", "x/package.json", ...endings.map((ending) => `${name}-${ending}.${ending}`)];
  for (const options of ["undefined", "{ with: { type: 'json' } }"]) {
    refuses(loader(tries(short, options), Object.fromEntries(whole.map((path) => [`/app/${path}`, "1"]))), short);
  }
  // A file that has such a name is found by it.
  const literal = loader(tries(odd.map((path) => `./${path}`)), { ...files, "/app/u\u0308.js": "" });
  assert.equal(literal.run(MAIN), odd.map(() => null));
  // Half a surrogate pair is no text; spelled out or replaced, it would be another name.
  const half = loader(`import "./\\ud8ab.js"`, { "/app/\\uD8AB.js": "", "/app/\\ud8ab.js": "", "/app/\ufffd.js": "", "/app/?.js": "", "/app/.js": "", "/app/a.js": `import "\\udcab"`, "/app/ok.js": "" }, { "\\uDCAB": "/app/ok.js", "\ufffd": "/app/ok.js", "": "/app/ok.js" });
  fails(half, MAIN);
  fails(half, "/app/a.js");
}, { points: 1, cause: "a URL or a path type of Rust was used, an ending was tried, or `to_std_string_escaped` was called" });

test("files of the machine are never read", () => {
  const wanted = ["/dev/null", "/etc/hostname", "Cargo.toml", "./Cargo.toml", "../Cargo.toml", "/proc/sys/kernel/pid_max", "./null", "../dev/null", "../../../../../../../../../../dev/null", "./../../../../../../../proc/sys/kernel/pid_max", "file:///dev/null", "src/main.js"];
  for (const options of ["undefined", "{ with: { type: 'json' } }"]) {
    const made = loader(tries(wanted, options));
    refuses(made, wanted);
    made.run(MAIN).forEach((message, n) => assert.ok(!/SyntaxError/.test(message), `${wanted[n]} was read: ${message}`));
  }
  const made = loader(`import "hosts"`, { "/dev/main.js": "import './null'", "/proc/sys/kernel/main.js": "import './pid_max' with { type: 'json' }" }, { hosts: "/dev/null" });
  fails(made, MAIN, "/dev/null");
  for (const entry of ["/dev/null", "/etc/hostname", "Cargo.toml", "./Cargo.toml", "/proc/sys/kernel/pid_max", "/dev/main.js", "/proc/sys/kernel/main.js"]) {
    assert.ok(!/SyntaxError/.test(fails(made, entry)), `${entry} was read`);
  }
}, { points: 1, cause: "what is not in memory was left to Boa's own loader, or to std::fs" });

test("JSON is imported as JSON and by nothing else", () => {
  const [name, n] = [random.word(), random.int(2, 99)];
  const rates = { [name]: [n, null, { deep: {} }], text: "</script>" };
  const json = "with { type: 'json' }";
  const made = loader(`import a from "./${name}.json" ${json}; import { b } from "./b.js"; a.more = ${n}; export default [a, a === b, Object.keys(a)]`, {
    [`/app/${name}.json`]: ` ${JSON.stringify(rates)}\n`,
    "/app/b.js": `import b from "../app/${name}.json" ${json}; export { b };`,
    "/app/scalar.js": `import s from "./s.json" ${json}; export default [s]`, "/app/s.json": "null",
    "/app/own.js": `import o from "./o.json" ${json}; export default [Object.keys(o), typeof o.x]`, "/app/o.json": `{ "__proto__": { "x": 1 } }`,
    "/app/bare.js": `import "./${name}.json"`,
    "/app/code.js": `import "./b.js" ${json}`,
    "/app/css.js": `import "./${name}.json" with { type: "css" }`,
    "/app/js.js": `import "./b.js" with { type: "javascript" }`,
    "/app/lang.js": `import "./${name}.json" with { lang: "json" }`,
    "/app/two.js": `import "./${name}.json" with { type: "json", lang: "en" }`,
    "/app/more.js": `import "./${name}.json" with { type: "json", version: "1" }`,
    "/app/broken.js": `import "./broken.json" ${json}`, "/app/broken.json": `{ "${name}": ${n}, }`,
    "/app/empty.js": `import "./empty.json" ${json}`, "/app/empty.json": "",
    "/app/run.js": `import "./run.json" ${json}`, "/app/run.json": "globalThis.ran = 1",
    "/app/xjson.js": "export default 1", "/app/x.js": "import './xjson.js'", "/app/y.js": "import './json'", "/app/json": "export default 1", "/app/z.js": "import './x.json.js'", "/app/x.json.js": "export default 1",
  });
  assert.equal(made.run(MAIN), [{ ...rates, more: n }, true, [name, "text", "more"]]);
  assert.equal(made.run("/app/scalar.js"), [null]);
  assert.equal(made.run("/app/own.js"), [["__proto__"], "undefined"]);
  assert.equal(made.run(`/app/${name}.json`), rates);
  for (const entry of ["/app/bare.js", "/app/code.js", "/app/css.js", "/app/js.js", "/app/lang.js", "/app/two.js", "/app/more.js"]) fails(made, entry);
  fails(made, "/app/broken.js", "/app/broken.json", "SyntaxError");
  fails(made, "/app/empty.js", "/app/empty.json");
  fails(made, "/app/run.js", "/app/run.json");
  assert.equal(["x", "y", "z"].map((file) => made.run(`/app/${file}.js`)), [null, null, null]);
}, { points: 1, cause: "the JSON was parsed anew for each importer, or the attributes were not looked at" });

test("a module is evaluated once, however it is spelled", () => {
  const name = random.word();
  const ways = [`./${name}.js`, `../app/${name}.js`, `././${name}.js`, `./shop/../${name}.js`, name, `the-${name}`];
  const made = loader(ways.map((way, n) => `import * as n${n} from "${way}";`).join("\n") + `
    import { inner } from "./shop/part.js";
    const all = [n0, n1, n2, n3, n4, n5, inner, await import("./${name}.js"), await import("${name}")];
    export default [globalThis.${name}, new Set(all).size]`, {
    [`/app/${name}.js`]: `globalThis.${name} = (globalThis.${name} ?? 0) + 1; export {};`,
    "/app/shop/part.js": `import * as inner from "../${name}.js"; export { inner };`,
  }, { [name]: `/app/${name}.js`, [`the-${name}`]: `/app/${name}.js` });
  assert.equal(made.run(MAIN), [1, 1]);
  // Two files with one text are two modules.
  const twins = loader(`import a from "./a.js"; import b from "./b.js"; export default [a === b, globalThis.count]`, Object.fromEntries(["a", "b"].map((file) => [`/app/${file}.js`, "globalThis.count = (globalThis.count ?? 0) + 1; export default {}"])));
  assert.equal(twins.run(MAIN), [false, 2]);
}, { points: 1, cause: "modules were kept by their specifier in place of their path, or not at all" });

test("in a cycle functions are there early, and values late", () => {
  const [name, n] = [random.word(), random.int(2, 99)];
  const made = loader(`
    globalThis.starts = (globalThis.starts ?? 0) + 1;
    import { early, later } from "./${name}.js";
    export function total() { return ${n} }
    export const rate = ${n + 1};
    export default [early, later(), globalThis.starts]`, {
    [`/app/${name}.js`]: `
      import { total, rate } from "./main.js";
      let seen = "a value";
      try { seen = rate } catch (error) { seen = error.name }
      export const early = [total(), seen];
      export const later = () => rate;`,
    "/app/self.js": `import * as self from "./self.js"; import { me as mine } from "../app/self.js"; export const me = ${n}; export default [self.me, mine === self.me]`,
    "/app/one.js": `import "./two.js"; export const one = 1`,
    "/app/two.js": `import "./three.js"; export const two = 2`,
    "/app/three.js": `import { one } from "./one.js"; export const three = one`,
  });
  assert.equal(made.run(MAIN), [[n, "ReferenceError"], n + 1, 1]);
  // From the other end, main.js runs first and reads too early.
  fails(made, `/app/${name}.js`, "ReferenceError", "early");
  assert.equal(made.run("/app/self.js"), [n, true]);
  fails(made, "/app/one.js", "ReferenceError");
  assert.equal(made.run("/app/three.js"), null);
}, { points: 1, cause: "the module was kept only after its imports were loaded, or the entry was not kept" });

test("a module that throws ran once, and tells the same error each time", () => {
  const [name, text] = [random.word(), random.word()];
  const made = loader(`import "./${name}.js"`, {
    [`/app/${name}.js`]: `globalThis.count = (globalThis.count ?? 0) + 1; throw new RangeError("no ${text}")`,
    "/app/user.js": `import "./${name}.js"; globalThis.reached = true`,
    "/app/string.js": `import "./throws.js"`, "/app/throws.js": `throw "${text}"`, "/app/symbol.js": `throw Symbol("${text}")`,
    "/app/late.js": `import "./rejects.js"`, "/app/rejects.js": `await null; throw new Error("late ${text}")`,
    "/app/catches.js": `
      const seen = [];
      for (const path of ["./${name}.js", "./user.js", "../app/${name}.js", "./user.js"]) await import(path).catch((error) => seen.push(error));
      export default [seen.map(String), new Set(seen).size, count, typeof reached]`,
  });
  fails(made, MAIN, `RangeError: no ${text}`);
  fails(made, "/app/user.js", `no ${text}`);
  fails(made, "/app/string.js", text);
  fails(made, "/app/symbol.js", text);
  fails(made, "/app/late.js", `late ${text}`);
  assert.equal(made.run("/app/catches.js"), [Array(4).fill(`RangeError: no ${text}`), 1, 1, "undefined"]);
  fails(made, MAIN, `RangeError: no ${text}`);
}, { points: 1, cause: "a failed module was dropped and evaluated again, or its error was lost" });

test("a run begins anew, also after one that failed", () => {
  const [name, n] = [random.word(), random.int(2, 99)];
  const made = loader(`import { next } from "./${name}.js"; globalThis.runs = (globalThis.runs ?? 0) + 1; Array.prototype.${name} = 1; export default [next(), runs]`, {
    [`/app/${name}.js`]: `let n = ${n}; export const next = () => ++n; export const had = [].${name} !== undefined`,
    "/app/bad.js": `import { next } from "./${name}.js"; next(); globalThis.runs = 5; throw new Error("bad")`,
    "/app/had.js": `import { had, next } from "./${name}.js"; export default [had, next(), typeof globalThis.runs]`,
  });
  for (let i = 0; i < 2; i++) assert.equal(made.run(MAIN), [n + 1, 1]);
  fails(made, "/app/bad.js");
  fails(made, "/app/bad.js");
  assert.equal(made.run(MAIN), [n + 1, 1]);
  assert.equal(made.run("/app/had.js"), [false, n + 1, "undefined"]);
  // Two loaders share neither files nor names.
  const other = loader(`import "${name}"`, { "/app/import.js": `import "./${name}.js"` });
  fails(other, MAIN, name);
  fails(other, "/app/import.js", `/app/${name}.js`);
}, { points: 1, cause: "the context or the parsed modules were kept from the run before" });

test("import() follows the same rules, and can be caught", () => {
  const [name, n] = [random.word(), random.int(2, 99)];
  // As a callback, eval belongs to no module, and no path has a beginning.
  const nowhere = ["./", "../", ".//", "../../", "./app/", ".//app/", "../app/", "./vault/", ".//vault/", "../vault/", "./..//vault/", "/vault/"].map((way) => `${way}${name}.js`).concat("fs");
  const made = loader(`
    import { ask } from "./shop/ask.js";
    const told = [];
    for (const specifier of ["./${name}.js", "../${name}.js", "${name}", "fs", "../../lib/${name}.js", "./%2e%2e/${name}.js", "./nothing.js", undefined, "./broken.js", "./deep.js"]) {
      told.push(await ask(specifier).then((module) => module.default, (error) => error instanceof Error ? error.message : "no Error"));
    }
    export default told`, {
    "/app/shop/ask.js": "export const ask = (specifier) => import(specifier)",
    [`/app/shop/${name}.js`]: `export default ${n}`,
    [`/app/${name}.js`]: `export default ${n + 1}`,
    [`/lib/${name}.js`]: `export default ${n + 2}`,
    "/app/shop/broken.js": "let let = 1",
    "/app/shop/deep.js": `import "${name}/none"`,
    "/app/json.js": `export default [(await import("./j.json", { with: { type: "json" } })).default, await import("./j.json").catch(() => "refused")]`,
    "/app/j.json": `[${n}]`,
    "/app/eval.js": `export default [(await eval("import('./${name}.js')")).default, (await new Function("return import('${name}')")()).default]`,
    [`/vault/${name}.js`]: "export default 'the vault'",
    "/app/job.js": `
      const told = [];
      for (const specifier of ${JSON.stringify([...nowhere, name])}) {
        const code = "import(" + JSON.stringify(specifier) + ")";
        told.push(await Promise.resolve(code).then(eval).then((module) => module.default, () => "refused"));
      }
      export default told`,
    "/app/uncaught.js": `await import("${name}/none")`,
    "/app/lost.js": `import("fs"); import("./broken.js"); Promise.reject(new Error("lost")); export default "fine"`,
  }, { [name]: `/lib/${name}.js` });
  const told = made.run(MAIN);
  assert.equal(told.slice(0, 3), [n, n + 1, n + 2]);
  const expected = ["fs", `../../lib/${name}.js`, `./%2e%2e/${name}.js`, "./nothing.js", "undefined", "/app/shop/broken.js", `${name}/none`];
  expected.forEach((part, i) => assert.ok(String(told[i + 3]).includes(part), `the rejection does not contain ${part}: ${told[i + 3]}`));
  assert.equal(made.run("/app/json.js"), [[n], "refused"]);
  assert.equal(made.run("/app/eval.js"), [n + 1, n + 2]);
  const answers = made.run("/app/job.js");
  nowhere.forEach((specifier, i) => assert.equal(answers[i], "refused", `code without a module asked for ${specifier}`));
  assert.equal(answers.at(-1), n + 2, "code without a module asked for an allowed name");
  fails(made, "/app/uncaught.js", `${name}/none`);
  assert.equal(made.run("/app/lost.js"), "fine");
}, { points: 1, cause: "code without a module was given a folder, or its names were refused" });

test("a module that does not parse is named", () => {
  const [name, count] = [random.word(), random.int(1, 9)];
  const made = loader(`import "./shop/${name}.js"`, {
    [`/app/shop/${name}.js`]: `${"\n".repeat(count)}let total = ;`,
    "/app/named.js": `import "${name}"`, "/lib/bad.js": "return 5",
    "/app/export.js": `import { ${name} } from "./good.js"`, "/app/good.js": "globalThis.ran = 1",
    "/app/first.js": `import "./good.js"; import "./shop/${name}.js"`,
    "/app/ran.js": `await import("./first.js").catch(() => 0); await import("./export.js").catch(() => 0); export default typeof ran`,
    "/app/module.js": "export default [this === undefined, typeof require, typeof arguments]",
  }, { [name]: "/lib/bad.js" });
  fails(made, MAIN, `/app/shop/${name}.js`, "SyntaxError", `line ${count + 1},`);
  fails(made, `/app/shop/${name}.js`, "SyntaxError");
  fails(made, "/app/named.js", "/lib/bad.js", "SyntaxError");
  fails(made, "/app/export.js", "SyntaxError", name);
  assert.equal(made.run("/app/ran.js"), "undefined", "nothing runs before all is loaded and linked");
  assert.equal(made.run("/app/module.js"), [true, "undefined", "undefined"]);
}, { points: 1, cause: "the parser's error has a line and no path, and it was passed on as it is" });

test("promise jobs run to their end, and what never settles is an error", () => {
  const [name, n] = [random.word(), random.int(2, 99)];
  const made = loader(`import { rate } from "./${name}.js"; const out = { rate, jobs: 0 }; (async () => { for (let i = 0; i < ${n}; i++) { await 0; out.jobs++ } })(); export default out`, {
    [`/app/${name}.js`]: `export const rate = await new Promise((resolve) => Promise.resolve().then(() => resolve(${n})))`,
    "/app/hangs.js": "await new Promise(() => {}); export default 1",
    "/app/waits.js": `import "./hangs.js"; export default 1`,
    "/app/lock.js": `import "./key.js"; export default 1`, "/app/key.js": `await import("./lock.js")`,
    "/app/self.js": `await import("./self.js"); export default 1`,
    "/app/open.js": `new Promise(() => {}); import("./hangs.js"); export default "open"`,
    "/app/after.js": "await null; (function dig() { dig() })(); export default 1",
    // No script can catch a limit of the engine.
    "/app/limit.js": `try { (function dig() { dig() })() } catch {} export default 1`,
    "/app/deep.js": `import "./limit.js"; export default 1`,
    "/app/caught.js": `await import("./limit.js").catch(() => 0); export default 1`,
  });
  assert.equal(made.run(MAIN), { rate: n, jobs: n });
  for (const entry of ["/app/hangs.js", "/app/waits.js", "/app/lock.js", "/app/self.js", "/app/after.js"]) fails(made, entry, "never");
  assert.equal(made.run(MAIN), { rate: n, jobs: n });
  assert.equal(made.run("/app/open.js"), "open");
  for (const entry of ["/app/limit.js", "/app/deep.js", "/app/caught.js"]) fails(made, entry, "RuntimeLimitError");
}, { points: 1, cause: "the promise was read before `run_jobs`, the error of `run_jobs` was dropped, or `await_blocking` was called, which waits for ever" });
