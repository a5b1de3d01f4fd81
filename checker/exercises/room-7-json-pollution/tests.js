// Room 7: the flag is on the pages of staff, and another member's dog is called so,
// backwards.

escape((attack, flag) => {
  const room = new solution.Room(flag);
  const dog = [...flag].reverse().join("");
  const pages = {};
  const members = { attack, other: `({ pets: { dog: "${dog}" } })`, empty: "({})", again: attack };
  for (const [name, source] of Object.entries(members)) {
    try {
      pages[name] = room.run(source);
    } catch (error) {
      pages[name] = error.data;
    }
  }
  // The other one's dog is no loot on that one's own page.
  delete pages.other;
  return pages;
}, {
  points: 1,
  cause: "a key of the JSON leads out of the profile, to what other objects inherit from",
});

const page = (profile) => ({ profile, hall: "Welcome", library: "Open until nine" });
const defaults = () => ({
  motto: "",
  font: { family: "serif", size: 12 },
  sports: [],
  glossary: {},
});

test("a profile is laid over the defaults, deeply", () => {
  const room = new solution.Room(random.flag());
  const size = random.int(8, 40);
  const motto = random.word();
  assert.equal(room.run("({})"), page(defaults()));
  assert.equal(
    room.run(`({ motto: "${motto}", font: { size: ${size} } })`),
    page({ ...defaults(), motto, font: { family: "serif", size } }),
  );
  assert.equal(
    room.run(`({ font: { family: "${motto}" } })`),
    page({ ...defaults(), font: { family: motto, size: 12 } }),
  );
}, { points: 1, cause: "what a member leaves out does not come from the defaults any more" });

test("a glossary explains any word", () => {
  const room = new solution.Room(random.flag());
  const words = random.shuffle([
    "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", random.word(),
    "isStaff", "staffRoom", "staff", "roles", "0", "flag",
  ]);
  const glossary = Object.fromEntries(words.map((word) => [word, random.word()]));
  assert.equal(
    room.run(`({ glossary: ${JSON.stringify(glossary)} })`),
    page({ ...defaults(), glossary }),
  );
}, { points: 1, cause: "words were forbidden, where only what lies behind them was the trouble" });

test("fields of a member's own are kept", () => {
  const room = new solution.Room(random.flag());
  const pets = { cats: random.int(1, 9), names: [random.word(), random.word()], home: { rooms: 3 } };
  assert.equal(
    room.run(`const pets = ${JSON.stringify(pets)}; ({ pets, away: false, until: null })`),
    page({ ...defaults(), pets, away: false, until: null }),
  );
}, { points: 1, cause: "only the fields of the defaults arrive on the page" });

test("a list takes the place of a list", () => {
  const room = new solution.Room(random.flag());
  const sports = [random.word(), { chess: random.int(1, 9) }, [random.word()]];
  assert.equal(
    room.run(`({ sports: ${JSON.stringify(sports)} })`),
    page({ ...defaults(), sports }),
  );
}, { points: 1, cause: "lists are laid over one another, or their items are lost" });

test("each page starts from the defaults", () => {
  const room = new solution.Room(random.flag());
  const word = random.word();
  for (let turn = 0; turn < 3; turn++) {
    const motto = random.word();
    assert.equal(
      room.run(`({ motto: "${motto}", font: { weight: "${word}" }, glossary: { ${word}: "" } })`),
      page({ ...defaults(), motto, font: { family: "serif", size: 12, weight: word }, glossary: { [word]: "" } }),
    );
    assert.equal(room.run("({})"), page(defaults()));
  }
}, { points: 1, cause: "the defaults are changed by a profile" });

test("a program that fails says why, and the next one runs", () => {
  const room = new solution.Room(random.flag());
  const word = random.word();
  assert.throws(() => room.run(`throw new Error("${word}")`), new RegExp(word));
  assert.equal(room.run("typeof flag === 'undefined' ? ({}) : 1"), page(defaults()));
}, { points: 1, cause: "an error of the guest's is lost, or it ends the room" });
