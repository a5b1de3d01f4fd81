Promise.resolve().then(() => note())
