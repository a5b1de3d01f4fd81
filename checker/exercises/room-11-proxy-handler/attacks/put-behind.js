// Nor does one keep a prototype back.
Object.setPrototypeOf(account, { get peek() { return this._pin; } });
account.peek
