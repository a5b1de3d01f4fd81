// The order is the dispatcher's own, who writes to it when the next one comes.
var told = typeof told === "undefined" ? [] : told;
orders.each((order) => {
  Object.defineProperty(order, "next", {
    configurable: true,
    set(next) { told.push(next?.door) },
  });
});
told
