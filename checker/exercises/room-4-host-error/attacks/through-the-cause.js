// Behind the error is another one, and the engine made that one for the office.
let caught;
try { track("C3") } catch (error) { caught = error }
caught.cause.constructor.constructor("return token")()
