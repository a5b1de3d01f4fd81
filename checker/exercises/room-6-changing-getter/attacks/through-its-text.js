// The property is the same at every reading. What it is as a text is not.
const answers = ["maps", "sealed"];
archive.read({ shelf: { toString: () => answers.shift() }, page: 0 })
