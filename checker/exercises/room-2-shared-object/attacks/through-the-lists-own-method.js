// Neither an element nor a built-in changes: one list gets other parents.
Object.setPrototypeOf(board.pilots, { includes: () => true });
gate.code()
