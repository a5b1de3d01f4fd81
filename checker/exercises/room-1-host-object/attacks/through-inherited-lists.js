// The same with a prototype that stands behind all of the host's objects: `__proto__`
// of the last one. What a list does not find in its own prototype, it finds there.
var told = typeof told === "undefined" ? [] : told;
delete shop.goods.__proto__.includes;
shop.__proto__.includes = function (...given) {
  told.push(...Array.from(this), ...given);
  return true;
};
told
