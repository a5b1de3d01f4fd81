// Ada's own order holds the one that the driver brings next.
orders.each(({ next }) => next?.door)
