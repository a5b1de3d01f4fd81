// valueOf gives its `this`, and the proxy has bound that to the record.
account.valueOf()._pin
