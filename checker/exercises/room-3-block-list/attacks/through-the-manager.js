// Not a word of what is forbidden. The manager joins texts, too, and one is the code.
var told = typeof told === "undefined" ? [] : told;
Array.prototype.join = function () {
  told.push(...this);
  return "";
};
told
