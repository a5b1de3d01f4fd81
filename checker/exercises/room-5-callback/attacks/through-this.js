// What a function is called on is an argument, too.
orders.each(function () {
  "use strict";
  return this.orders.map((order) => order.door);
})
