// Room 11: the flag is what the bank's record hides.

escape((attack, flag) => new solution.Room(flag).run(attack), {
  points: 1,
  cause: "the record itself can be reached, or it is the `this` of a function that a guest has chosen",
});

test("an ordinary guest uses its account", () => {
  const flag = random.flag();
  const room = new solution.Room(flag);
  const cents = random.int(2, 90);
  assert.equal(room.run("[account.owner, account.balance]"), ["Ada", 100]);
  assert.equal(room.run(`account.deposit(${cents})`), 100 + cents);
  assert.equal(room.run("account.balance"), 100 + cents);
  assert.equal(room.run(`account.unlock("${random.word()}")`), "shut");
  assert.equal(room.run(`account.unlock("${flag}")`), "open");
}, { points: 1, cause: "the account does less than it did" });

test("methods work without their object", () => {
  const room = new solution.Room(random.flag());
  const [a, b] = [random.int(2, 90), random.int(2, 90)];
  assert.equal(room.run(`[${a}, ${b}].map(account.deposit)`), [100 + a, 100 + a + b]);
  assert.equal(room.run("const { deposit, unlock } = account; [deposit(1), unlock()]"), [101 + a + b, "shut"]);
  assert.equal(room.run("account.deposit.call({ balance: 7 }, 1)"), 102 + a + b);
}, { points: 1, cause: "a method takes its `this` from the guest, or finds none" });

test("the account can be listed, and what is the bank's is not there", () => {
  const room = new solution.Room(random.flag());
  const names = ["owner", "balance", "deposit", "unlock"];
  assert.equal(room.run("Object.keys(account)"), names);
  assert.equal(room.run("Reflect.ownKeys(account)"), names);
  assert.equal(room.run("const all = []; for (const name in account) all.push(name); all"), names);
  assert.equal(room.run("const { deposit, unlock, ...rest } = account; JSON.stringify(rest) + JSON.stringify(account)"), '{"owner":"Ada","balance":100}'.repeat(2));
  assert.equal(room.run("[typeof account._pin, '_pin' in account, 'owner' in account]"), ["undefined", false, true]);
}, { points: 1, cause: "names are missing, or names of the bank's are told" });

test("a guest keeps fields of its own", () => {
  const room = new solution.Room(random.flag());
  const [name, word] = [random.word(), random.word()];
  assert.equal(room.run(`account.${name} = { is: ["${word}"] }; account.${name}.is[0]`), word);
  assert.equal(room.run(`["${name}" in account, Object.keys(account).includes("${name}")]`), [true, true]);
  assert.equal(room.run(`account.half = function (more) { return this.balance / 2 + more; }; account.half(1)`), 51);
  assert.equal(room.run(`account.owner = "${word}"; account.owner`), word);
  assert.equal(room.run(`[delete account.${name}, "${name}" in account]`), [true, false]);
}, { points: 1, cause: "guests can't write on the account any more, or their functions are refused" });

test("a guest can't change the pin", () => {
  const flag = random.flag();
  const room = new solution.Room(flag);
  room.run(`account._pin = "mine"; 0`);
  assert.equal(room.run(`account.unlock("mine")`), "shut");
  assert.equal(room.run(`delete account._pin; account.unlock("${flag}")`), "open");
  assert.equal(room.run("account.unlock(undefined)"), "shut");
}, { points: 1, cause: "the record's hidden names can be written" });
