// No escape, no bracket, no sign: names and calls of what a rule must have.
Reflect.get(price, "const".concat("ructor"))("return vau".concat("lt()"))()
