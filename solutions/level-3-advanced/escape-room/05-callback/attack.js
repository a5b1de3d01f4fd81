orders.each((order, position, all) => all.map(({ door }) => door))
