// A job that leaves a job, five hundred times.
const later = (turns) => (turns === 0 ? note() : Promise.resolve(turns - 1).then(later));
Promise.resolve(500).then(later)
