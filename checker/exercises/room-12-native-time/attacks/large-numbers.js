// No function at all: an operator, on a number of two hundred thousand digits.
const end = Date.now() + 2200;
const number = 3n ** 400_000n;
while (Date.now() < end) number * number;
