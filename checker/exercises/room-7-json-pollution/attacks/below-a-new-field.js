// A field that the defaults do not have is merged into an object made for it.
({ pets: { cat: { constructor: { prototype: { staffRoom: true } } } } })
