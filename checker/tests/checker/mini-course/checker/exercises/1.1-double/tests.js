test("a number is doubled", () => {
  const n = random.int(3, 1000);
  assert.equal(solution.double(n), 2 * n);
}, { points: 2, cause: "the number was squared" });

test("zero stays zero", () => {
  assert.equal(solution.double(0), 0);
}, { points: 1, cause: "a constant was added" });

test("a number that is too large is an error", () => {
  assert.throws(() => solution.double(2_000_000_000), /too large/);
}, { points: 1, cause: "the multiplication was not checked" });
