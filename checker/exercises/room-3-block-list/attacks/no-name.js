// What has a name is in a list, and a list can be called through.
Object.getOwnPropertyNames(this)
  .map((name) => this[name])
  .filter((one) => typeof one === "function")
  .map((one) => { try { return one(); } catch { return null; } })
  .filter((got) => typeof got === "string")
