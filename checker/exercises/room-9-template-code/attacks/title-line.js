// A comment ends with its line.
({ title: "Hello\nreturn flag; //", text: "" })
