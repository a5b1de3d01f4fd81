// Code can put a word together that is nowhere in it.
({ title: "Hello", text: "{{> end}}", parts: { end: "${globalThis[['fl', 'ag'].join('')]}" } })
