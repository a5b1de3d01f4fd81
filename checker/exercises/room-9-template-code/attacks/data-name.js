// The names of the data become the names of constants, and nobody looks at them.
({
  title: "Hello",
  text: "{{name}}",
  data: { name: "Ada", "x = 1; return globalThis['fl' + 'ag']; const y": 2 },
})
