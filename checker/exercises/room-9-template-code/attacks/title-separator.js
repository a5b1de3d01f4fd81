// JavaScript has four signs that end a line.
({ title: "Hello\u2028return flag; //", text: "" })
