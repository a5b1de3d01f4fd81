test("a counter remembers", () => {
  const counter = new solution.Counter();
  counter.add(2);
  assert.equal(counter.add(3), 5);
}, { points: 1, cause: "each call began at zero" });

test("two counters are two", () => {
  const one = new solution.Counter();
  const two = new solution.Counter();
  one.add(7);
  assert.equal(two.add(1), 1);
}, { points: 1, cause: "the sum was kept in a static" });
