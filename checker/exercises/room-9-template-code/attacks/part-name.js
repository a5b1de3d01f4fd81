// So do the names of parts. What the code throws is an answer as well.
({ title: "Hello", text: "", parts: { "x = 1; throw flag + '!'; const y": "" } })
