// The harbor writes it itself, when it makes another ship a pilot.
Array.prototype.push = function (ship) {
  this[this.length] = ship;
  this[this.length] = "Clara";
  return this.length;
};
gate.code()
