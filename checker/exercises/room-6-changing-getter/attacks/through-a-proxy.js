// No getter anywhere: a proxy answers for a plain object.
const answers = ["maps", "sealed"];
archive.read(new Proxy({ page: 0 }, {
  get: (target, name) => (name === "shelf" ? answers.shift() : target[name]),
}))
