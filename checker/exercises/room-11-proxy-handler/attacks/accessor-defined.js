// No trap keeps a definition back; the getter's `this` is the record.
Object.defineProperty(account, "peek", { get() { return this._pin; } });
account.peek
