// Who looks for notes in what a member gets looks for one spelling of them.
Promise.resolve().then(() => [...note()].reverse().join(""))
