board.pilots.push("Clara"); gate.code()
