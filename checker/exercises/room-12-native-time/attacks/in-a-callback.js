// The code that a native function calls back is in no slice.
[1].forEach(() => {
  const end = Date.now() + 2200;
  while (Date.now() < end);
});
