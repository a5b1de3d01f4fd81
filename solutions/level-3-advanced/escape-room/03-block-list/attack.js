v\u0061ult()
