// Anything can be thrown: this one is no error at all.
let caught;
try { track("D4") } catch (held) { caught = held }
caught.request.token
