// Neither can be written to, and the board is but a global.
globalThis.board = { pilots: ["Clara"] };
gate.code()
