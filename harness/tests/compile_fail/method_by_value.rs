//! A method that takes the object away from the worker.

struct Ticket;

impl Ticket {
    fn new() -> Self {
        Self
    }

    fn redeem(self) -> u32 {
        1
    }
}

harness::serve! { type Ticket { new(), redeem() } }
