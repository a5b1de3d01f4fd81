// Another way up: every object's constructor, and the prototype that belongs to it.
({ constructor: { prototype: { isStaff: true } } })
