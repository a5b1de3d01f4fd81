// Room 6: the flag is the only page of the shelf `sealed`.

escape((attack, flag) => {
  const got = (attack, shelf) => {
    const room = new solution.Room(flag);
    room.store(shelf, flag);
    try {
      return room.run(attack);
    } catch (error) {
      return error.message;
    }
  };
  // Another shelf that is not open is as closed as `sealed`.
  const shelf = random.word();
  return [got(attack, shelf), got(attack.replaceAll("sealed", shelf), shelf)];
}, {
  points: 1,
  cause: "between the check and the use, the archive asks the visitor's object again, or converts what it gave again",
});

const OPEN = ["maps", "letters", "prints"];

const stocked = () => {
  const room = new solution.Room(random.flag());
  const shelf = random.pick(OPEN);
  const text = random.word();
  const page = shelf === "prints" ? 0 : 1;
  room.store(shelf, text);
  return { room, shelf, page, text };
};

test("visitors read the pages of open shelves", () => {
  const { room, shelf, page, text } = stocked();
  assert.equal(room.run(`archive.read({ shelf: "${shelf}", page: ${page} })`), text);
  assert.equal(room.run(`archive.read({ shelf: "maps", page: 0 })`), "the coast");
  assert.equal(
    room.run(`["maps", "letters"].map((shelf) => archive.read({ shelf, page: 0 }))`),
    ["the coast", "to a friend"],
  );
}, { points: 1, cause: "an ordinary request is refused, or it gets another page" });

test("closed shelves and missing pages are told apart", () => {
  const { room, shelf } = stocked();
  const [closed, page] = [random.word(), random.int(2, 90)];
  room.store(closed, "a secret");
  const told = (shelf, page) =>
    room.run(`try { archive.read({ shelf: "${shelf}", page: ${page} }) } catch (error) { String(error) }`);
  assert.equal(told("sealed", 0), "Error: the shelf sealed is not open");
  assert.equal(told(closed, 0), `Error: the shelf ${closed} is not open`);
  assert.equal(told(shelf, page), `RangeError: the shelf ${shelf} has no page ${page}`);
  assert.throws(() => room.run(`archive.read({ shelf: "sealed" })`), /the shelf sealed is not open/);
}, { points: 1, cause: "the archive no longer says why it gives no page" });

test("a request may have getters", () => {
  const { room, shelf, page, text } = stocked();
  assert.equal(
    room.run(`class Request {
      #shelf;
      constructor(shelf) { this.#shelf = shelf }
      get shelf() { return this.#shelf }
      get page() { return ${page} }
    }
    archive.read(new Request("${shelf}"))`),
    text,
  );
  assert.equal(room.run(`archive.read({ get shelf() { return "${shelf}" }, page: ${page} })`), text);
  assert.equal(room.run(`archive.read(new Proxy({ shelf: "${shelf}", page: ${page} }, {}))`), text);
}, { points: 1, cause: "getters, classes or proxies were refused, where asking once is enough" });

test("what can be made a text or a number will do", () => {
  const { room, shelf, page, text } = stocked();
  assert.equal(room.run(`archive.read({ shelf: new String("${shelf}"), page: "${page}" })`), text);
  assert.equal(room.run(`archive.read({ shelf: ["${shelf}"], page: { valueOf: () => ${page} } })`), text);
  assert.equal(room.run(`archive.read({ shelf: { toString: () => "letters" } })`), "to a friend");
}, { points: 1, cause: "shelves are taken only as texts and pages only as numbers, where converting them once is enough" });

test("the staff reads every shelf", () => {
  const flag = random.flag();
  const room = new solution.Room(flag);
  const [closed, text] = [random.word(), random.word()];
  room.store(closed, "behind it");
  room.run(`try { archive.read({ shelf: "sealed", page: 0 }) } catch {}`);
  room.store(closed, text);
  assert.equal(room.staff_read("sealed", 0), flag);
  assert.equal([0, 1, 2].map((page) => room.staff_read(closed, page)), ["behind it", text, null]);
  assert.equal(room.staff_read("letters", 0), "to a friend");
  assert.equal(room.staff_read(random.word(), 0), null);
}, { points: 1, cause: "the archive lost the pages of a closed shelf, which only visitors must not read" });
