// A list without any item: a length is all that a native function asks for.
const end = Date.now() + 2200;
while (Date.now() < end) Array.prototype.indexOf.call({ length: 1_000_000 }, "tea");
