// A function of the guest's, stored and read again, is bound like the bank's own.
account.peek = function () { return this._pin; };
account.peek()
