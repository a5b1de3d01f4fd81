// The first error lends its class, and the second writes its request into it.
const told = [];
const attempt = () => { try { track("Z9") } catch (error) { return error } };
Object.defineProperty(Object.getPrototypeOf(attempt()), "request", {
  set(request) { told.push(request.token) },
});
attempt();
told
