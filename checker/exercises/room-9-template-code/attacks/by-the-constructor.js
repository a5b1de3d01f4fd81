// A function that is made from text sees the globals, whatever stands around it.
({ title: "Hello", text: "${(() => {}).constructor('return flag')()}" })
