// Who looks for the flag in what goes out looks for one spelling of it.
({ title: "Hello", text: "${[...flag].reverse().join('-')}" })
