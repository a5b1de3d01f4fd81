// What is compiled in a run takes time as well, and the more names the more.
const names = Array.from({ length: 2000 }, (_, index) => `name${index}`).join();
const end = Date.now() + 2200;
while (Date.now() < end) Function(`let ${names}`);
