escape((attack, flag) => new solution.Room(flag).run(attack), { points: 1, cause: "the door knows a word" });

test("a guest is greeted", () => {
  const name = random.string(9);
  assert.equal(new solution.Room(random.flag()).run(name), `hello, ${name}`);
}, { points: 1, cause: "nobody is greeted any more" });

test("another guest is greeted as well", () => {
  assert.equal(new solution.Room(random.flag()).run("ada"), "hello, ada");
}, { points: 1, cause: "nobody is greeted any more" });
