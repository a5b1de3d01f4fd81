// Room 4: the flag is a global of the office's realm, and in every request.

escape((attack, flag) => new solution.Room(flag).run(attack), {
  points: 1,
  cause: "what the office threw reaches the shop as it is, or a part of it does: its class, its cause, a property",
});

const caught = (number) => `try { track(${JSON.stringify(number)}) } catch (error) { [error.name, error.message] }`;

test("shops find their parcels", () => {
  const room = new solution.Room(random.flag());
  assert.equal(room.run(`track("A1")`), "Lisbon");
  assert.equal(room.run(`["B2", "A1", "B2"].map((number) => track(number))`), ["Oslo", "Lisbon", "Oslo"]);
  assert.equal(room.run(`track({ toString: () => "A" + 1 }).length`), 6);
}, { points: 1, cause: "`track` no longer answers, or it no longer takes what can be made a text" });

test("errors keep their names and messages", () => {
  const room = new solution.Room(random.flag());
  const number = `Z${random.int(10, 9000)}`;
  assert.equal(room.run(caught(number)), ["ServiceError", `no parcel ${number}`]);
  assert.equal(room.run(caught("C3")), ["ServiceError", "/parcels/C3 is damaged"]);
  assert.equal(room.run(caught("D4")), ["Held", "D4 is held by customs"]);
  assert.equal(room.run(caught("")), ["RangeError", "a parcel has a number"]);
  assert.equal(room.run(`try { track("${number}") } catch (error) { String(error) }`), `ServiceError: no parcel ${number}`);
}, { points: 1, cause: "the new error lost the name or the message of the office's, or it is no `Error` and its text shows neither" });

test("a parcel that is not there is no end of a script", () => {
  const room = new solution.Room(random.flag());
  const number = `Z${random.int(10, 9000)}`;
  assert.equal(
    room.run(`const where = (number) => { try { return track(number) } catch (error) { return error.name } };
      ["A1", "${number}", "B2", "D4"].map(where)`),
    ["Lisbon", "ServiceError", "Oslo", "Held"],
  );
  assert.throws(() => room.run(`track("${number}"); 1`), new RegExp(`no parcel ${number}`));
  assert.equal(room.run(`where("A1")`), "Lisbon");
}, { points: 1, cause: "an error of the office's ends a shop's script, or no longer reaches it" });

test("a shop catches its own errors unchanged", () => {
  const room = new solution.Room(random.flag());
  const n = random.int(1, 9000);
  assert.equal(
    room.run(`const mine = Object.assign(new TypeError("mine"), { n: ${n} });
      try { track({ toString() { throw mine } }) } catch (error) { error === mine && error.n }`),
    n,
  );
  assert.equal(room.run(`try { track({ toString() { throw ${n} } }) } catch (error) { error }`), n);
}, { points: 1, cause: "an error that the shop threw while its text was asked for was made anew as well" });

test("the office sends its token with each request", () => {
  const flag = random.flag();
  const room = new solution.Room(flag);
  const number = `Z${random.int(10, 9000)}`;
  room.run(`for (const number of ["A1", "", "${number}"]) { try { track(number) } catch {} }`);
  assert.equal(room.run_clerk("sent"), ["A1", number].map((number) => ({ path: `/parcels/${number}`, token: flag })));
  assert.equal(room.run_clerk("[token, find('A1'), sent.length]"), [flag, "Lisbon", 3]);
  assert.equal(room.run("[typeof token, typeof find, typeof sent]"), ["undefined", "undefined", "undefined"]);
}, { points: 1, cause: "the token is gone, or away while a shop tracks: the office sends it, and its clerks use it" });

test("clerks look into the office's errors", () => {
  const flag = random.flag();
  const room = new solution.Room(flag);
  const number = `Z${random.int(10, 9000)}`;
  const caught = (number, what) => room.run_clerk(`try { find("${number}") } catch (error) { ${what} }`);
  room.run(`try { track("${number}") } catch {}`);
  assert.equal(caught(number, "[error instanceof ServiceError, error.request]"), [true, { path: `/parcels/${number}`, token: flag }]);
  assert.equal(caught("C3", "[error.cause instanceof SyntaxError, error.request.token]"), [true, flag]);
  assert.equal(caught("D4", "error"), { name: "Held", message: "D4 is held by customs", request: { path: "/parcels/D4", token: flag } });
  assert.throws(() => room.run_clerk(`find("${number}")`), new RegExp(`ServiceError: no parcel ${number}`));
}, { points: 1, cause: "the office's own errors were cut, where no shop should have got them" });
