// The prototype of lists: from now on an empty one begins with "staff".
({ sports: { ["__proto__"]: { 0: "staff" } } })
