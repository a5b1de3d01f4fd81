// A native function throws the errors of its own realm.
let caught;
try { shop.price(Symbol("tea")); } catch (error) { caught = error; }
caught.constructor.constructor("return flag")()
