// What hangs on the prototype is one object for all: the next member's pets are laid
// over it, and then they are on this page, too.
const prototype = { pets: { cat: "Tom" } };
({ ["__proto__"]: prototype, constructor: { prototype }, pets: {} })
