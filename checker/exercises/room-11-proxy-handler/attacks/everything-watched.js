// Wherever the pin is kept: whatever passes through a built-in or a guest's function
// is looked at, with all of its properties.
const { apply, ownKeys, getOwnPropertyDescriptor } = Reflect;
const seen = [];
const keep = (value) => { seen[seen.length] = value; };

account.peek = function () { keep(this); };
Object.defineProperty(Object.prototype, "peer", { configurable: true, get() { keep(this); } });
for (const holder of [Function.prototype, Object, Reflect, Array.prototype, String.prototype, Map.prototype, WeakMap.prototype, Set.prototype]) {
  for (const name of ownKeys(holder)) {
    const { value, configurable } = getOwnPropertyDescriptor(holder, name);
    if (typeof value !== "function" || !configurable || name === "constructor") continue;
    holder[name] = function (...given) {
      const result = apply(value, this, given);
      keep(this);
      for (let index = 0; index < given.length; index++) keep(given[index]);
      keep(result);
      return result;
    };
  }
}
for (const use of [
  () => account.peek(), () => account.peer, () => account.deposit(1), () => account.unlock("1234"),
  () => account.valueOf(), () => "owner" in account, () => Object.keys(account),
]) {
  try { keep(use()); } catch (error) { keep(error); }
}
let found = "";
for (let index = 0; index < seen.length && index < 1000; index++) {
  const value = seen[index];
  if (typeof value === "string") found += value + "\n";
  if (typeof value !== "object" || value === null) continue;
  for (const key of ownKeys(value)) {
    const inside = getOwnPropertyDescriptor(value, key)?.value;
    if (typeof inside === "string") found += inside + "\n";
  }
}
found
