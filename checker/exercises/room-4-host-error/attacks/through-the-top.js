// The error that carries nothing is enough, and no constructor is called: behind it
// stands the prototype of all of the office's objects, the next errors included.
const told = [];
const attempt = (number) => { try { track(number) } catch (error) { return error } };
let top = attempt("");
while (Object.getPrototypeOf(top) !== null) top = Object.getPrototypeOf(top);
Object.defineProperty(top, "request", {
  configurable: true,
  set(request) { told.push(request.token) },
});
attempt("Z9");
told
