const answers = ["maps", "sealed"];
archive.read({ get shelf() { return answers.shift() }, page: 0 })
