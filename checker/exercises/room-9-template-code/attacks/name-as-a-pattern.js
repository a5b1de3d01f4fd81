// A name may be a pattern, and what stands in a pattern may stand in a template, too.
({
  title: "Hello",
  text: "{{ {['${(function(){throw flag})()}']: a} }}",
  data: { "{['${(function(){throw flag})()}']: a}": 1 },
})
