// The species of the host's array makes a host's array of it.
const mine = shop.goods.map((name) => name);
Object.getPrototypeOf(mine).at.constructor("return flag")()
