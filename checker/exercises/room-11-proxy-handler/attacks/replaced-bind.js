// The handler asks a built-in to bind the record, and built-ins can be replaced.
let seen = [];
Function.prototype.bind = function (...given) { seen.push(...given); return this; };
account.deposit;
seen.map((record) => record._pin).join()
