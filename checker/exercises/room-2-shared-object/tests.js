// Room 2: the flag is the code of the gate, for pilots. Clara, who is none, visits
// twice, and between her visits the harbor makes Bertha a pilot.

escape((attack, flag) => {
  const room = new solution.Room(flag);
  const got = (body) => {
    try {
      return body();
    } catch (error) {
      return error.message;
    }
  };
  const first = got(() => room.run("Clara", attack));
  got(() => room.appoint("Bertha"));
  // Another ship than Clara is no pilot either.
  const ship = random.word();
  const other = got(() => new solution.Room(flag).run(ship, attack.replaceAll("Clara", ship)));
  return [first, got(() => room.run("Clara", attack)), other];
}, {
  points: 1,
  cause: "the harbor decides by something that a ship can write: a list, the object that holds it, or a method that reads it",
});

const refused = (room, ship) =>
  assert.equal(room.run(ship, "try { gate.code() } catch (error) { error }"), `${ship} is no pilot`);

test("pilots get the code of the gate, and nobody else does", () => {
  const flag = random.flag();
  const room = new solution.Room(flag);
  const ship = random.word();
  assert.equal(room.run("Aurora", "gate.code()"), flag);
  refused(room, ship);
  assert.throws(() => room.run(ship, "gate.code()"), new RegExp(`${ship} is no pilot`));
  room.appoint(ship);
  assert.equal(room.run(ship, "let code = gate.code(); code"), flag);
  refused(room, random.word());
  assert.equal(room.run("Aurora", "gate.code()"), flag);
}, { points: 1, cause: "a pilot was refused, or a ship that is none was told the code" });

test("the board tells who is a pilot", () => {
  const room = new solution.Room(random.flag());
  assert.equal(room.run("Bertha", "board.pilots"), ["Aurora"]);
  const ship = random.word();
  room.appoint(ship);
  room.appoint("Clara");
  assert.equal(room.run("Bertha", "board.pilots"), ["Aurora", ship, "Clara"]);
  assert.equal(room.run("Bertha", `board.pilots.includes("${ship}") && board.berths.Clara`), 5);
}, { points: 1, cause: "the board lost its list, or it is not told of an appointment" });

test("ships leave notes for each other", () => {
  const room = new solution.Room(random.flag());
  const [note, other, weather] = [random.word(), random.word(), random.word()];
  assert.equal(room.run("Clara", `board.notes.push("${note}")`), 1);
  room.run("Bertha", `board.notes = board.notes.concat("${other}"); board.weather = "${weather}"`);
  room.appoint("Bertha");
  assert.equal(room.run("Aurora", "board.notes"), [note, other]);
  assert.equal(room.run("Aurora", "board.weather"), weather);
}, { points: 1, cause: "the board was frozen, or each ship got a board of its own: ships write on it for others to read" });

test("ships tell each other their new berths", () => {
  const room = new solution.Room(random.flag());
  const [ship, berth] = [random.word(), random.int(6, 90)];
  room.run(ship, `board.berths["${ship}"] = ${berth}; delete board.berths.Clara`);
  assert.equal(room.run("Bertha", "board.berths"), { Aurora: 1, Bertha: 2, [ship]: berth });
}, { points: 1, cause: "the board was frozen whole, where nothing must be decided by it" });
