// Nothing is asked of the error but where it was made.
let caught;
try { track("") } catch (error) { caught = error }
caught.constructor.constructor("return token")()
