// A list that can't be written to can still be replaced.
board.pilots = ["Clara"];
gate.code()
