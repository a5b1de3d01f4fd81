// A text, twice. The page is converted between the two, and that runs our code.
const request = {
  shelf: "maps",
  page: { valueOf() { request.shelf = "sealed"; return 0 } },
};
archive.read(request)
