// The class of all orders gets a setter, and the next order that comes writes into it.
var told = typeof told === "undefined" ? [] : told;
orders.each((order) => {
  Object.defineProperty(Object.getPrototypeOf(order), "door", {
    configurable: true,
    set(door) { told.push(door) },
  });
});
told
