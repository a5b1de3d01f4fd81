// No constructor at all. The prototype of the host's lists is the guest's to write on,
// and the owner's script asks it for `includes`.
var told = typeof told === "undefined" ? [] : told;
Object.getPrototypeOf(shop.goods).includes = function () {
  for (let index = 0; index < this.length; index += 1) told.push(this[index]);
  return false;
};
told
