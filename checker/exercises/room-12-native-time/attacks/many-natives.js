// Each call is one instruction, and ten thousand are a slice.
const end = Date.now() + 2200;
const list = new Array(50_000).fill(0);
while (Date.now() < end) list.fill(1);
