// A promise that is kept with something like a promise asks it in a job.
Promise.resolve({ then: (done) => done(note()) })
