// The record inherits from what every object of the realm inherits from.
Object.defineProperty(Object.prototype, "peek", { get() { return this._pin; } });
account.peek
