// The object has no property at all; what it inherits counts the questions.
const answers = ["maps", "sealed"];
class Request {
  get shelf() { return answers.shift() }
  get page() { return 0 }
}
archive.read(new Request())
