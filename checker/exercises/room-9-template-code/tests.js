// Room 9: the flag is the key with which the host seals, and what another customer's
// mail tells.

const write = (room, mail) => room.run(`(${JSON.stringify(mail)})`);

escape((attack, flag) => {
  const room = new solution.Room(flag);
  const told = (call) => {
    try {
      return call();
    } catch (error) {
      return error.data;
    }
  };
  const first = told(() => room.run(attack));
  // What this customer gets is no loot.
  told(() => write(room, { title: "Yours", text: "{{codes}}", data: { codes: [flag, 7] } }));
  return [first, told(() => room.run(attack))];
}, {
  points: 1,
  cause: "something that the guest wrote became a piece of the host's code",
});

test("a mail is filled in and sealed", () => {
  const room = new solution.Room(random.flag());
  const [name, title] = [random.word(), random.word()];
  const count = random.int(2, 90);
  const mail = { title, text: "Dear {{name}}, {{ count }} parcels for {{name}}.", data: { name, count } };
  const first = write(room, mail);
  assert.equal(first.text, `Dear ${name}, ${count} parcels for ${name}.`);
  assert.equal(first.title, title);
  assert.match(first.seal, /^[0-9a-f]{1,8}$/);
  assert.equal(write(room, mail), first);
  const other = write(room, { ...mail, data: { name, count: count + 1 } });
  assert.notEqual(other.seal, first.seal);
  assert.notEqual(write(new solution.Room(random.flag()), mail).seal, first.seal);
}, { points: 1, cause: "the values are not in the text, or the seal is not the one of this text and this key" });

test("any text arrives as it is", () => {
  const room = new solution.Room(random.flag());
  const pieces = random.shuffle([
    "costs $5", "{one brace}", "}} alone", "`back`", "C:\\new\\table", "'single' \"double\"",
    "two\nlines", "\u2028", "tea ☕ Tee", "// no comment", "$", "\\", "/* the flag is red */",
    "${it}", "$${it}",
  ]);
  const text = pieces.join(" ");
  const data = { it: "${it}" };
  assert.equal(write(room, { title: "Hello", text, data }).text, text);
  assert.equal(write(room, { title: "Hello", text: "{{> a}}", parts: { a: text }, data }).text, text);
  const price = { title: "", text: "costs ${{n}} or $${{n}}", data: { n: 5 } };
  assert.equal(write(room, price).text, "costs $5 or $$5");
  const title = `*/ \` ' " $5 \\ {{title}} \${x} ☕ ${random.word()}`;
  assert.equal(write(room, { title, text: "" }).title, title);
}, { points: 1, cause: "signs are missing or changed: text was made harmless, where it must not be code" });

test("what is filled in is no template", () => {
  const room = new solution.Room(random.flag());
  const word = random.word();
  const a = "{{b}} ${flag} `{{> c}}` \\ <b> & \"it's\"";
  const b = `${word} {{a}}`;
  assert.equal(
    write(room, { title: "Hello", text: "{{a}}|{{b}}|{{> c}}", parts: { c: "[{{b}}]" }, data: { a, b } }).text,
    `${a}|${b}|[${b}]`,
  );
}, { points: 1, cause: "a value is changed, or searched for tags once it is in the text" });

test("parts stand in parts", () => {
  const room = new solution.Room(random.flag());
  const lastName = random.word();
  const parts = { whole2: "<{{> the_middle}}{{>end}}>", the_middle: "({{> end}})", end: "{{lastName}}" };
  assert.equal(
    write(room, { title: "", text: "{{> whole2 }}{{>end}}", parts, data: { lastName } }).text,
    `<(${lastName})${lastName}>${lastName}`,
  );
}, { points: 1, cause: "parts are not filled in, or only in the mail's own text" });

test("values are written as JavaScript writes them", () => {
  const room = new solution.Room(random.flag());
  const n = random.int(2, 90) + 0.5;
  const data = { none: null, yes: true, n, list: [1, "two"], text: "" };
  assert.equal(
    write(room, { title: "", text: "{{none}} {{yes}} {{n}} {{list}} {{text}}.", data }).text,
    `null true ${n} 1,two .`,
  );
}, { points: 1, cause: "numbers, lists or null look different in the mail" });

test("a mail that can't be written says why, and the next one is written", () => {
  const room = new solution.Room(random.flag());
  const name = random.word();
  assert.throws(() => write(room, { title: "", text: `{{${name}}}` }), new RegExp(name));
  assert.throws(() => write(room, { title: "", text: `{{> ${name}}}`, data: { [name]: 1 } }), new RegExp(name));
  assert.throws(() => write(room, { title: "", text: `{{${name}`, data: { [name]: 1 } }));
  assert.throws(() => write(room, { title: "", text: "{{> a}}", parts: { a: "{{> b}}", b: "{{> a}}" } }));
  assert.throws(() => room.run(`throw new Error("${name}")`), new RegExp(name));
  assert.equal(write(room, { title: "", text: `{{${name}}}`, data: { [name]: 1 } }).text, "1");
}, { points: 1, cause: "a missing name is passed over, or a part that contains itself ends the room" });
