// The font has a prototype as well, and it is the same one.
({ font: { size: 14, ["__proto__"]: { isStaff: true } } })
