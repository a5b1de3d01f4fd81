const end = Date.now() + 2200;
while (Date.now() < end) /^(a+)+$/.test("a".repeat(21) + "!");
