// However often it is asked, some order of the two answers fits.
const order = (bits) => () => {
  const answer = bits % 2 ? "sealed" : "maps";
  bits = Math.floor(bits / 2);
  return answer;
};
let got;
for (let bits = 0; bits < 256; bits += 1) {
  const property = order(bits);
  const text = order(bits);
  for (const request of [{ get shelf() { return property() } }, { shelf: { toString: text } }]) {
    try {
      const page = archive.read(request);
      if (page !== "the coast") got = page;
    } catch {}
  }
}
got
