// Of the order itself nothing is read. It was made where the ledger is.
orders.each((order) => order.constructor.constructor("return ledger")().orders.map(({ door }) => door))
