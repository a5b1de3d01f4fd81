// What a table is asked for and does not have, it looks for in its prototype.
Object.prototype.Clara = true;
board.pilots.push("Clara");
gate.code()
