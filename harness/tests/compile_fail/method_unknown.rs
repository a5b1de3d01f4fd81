//! A method that does not exist, a function that is no method, and a
//! constructor that makes something else.

struct Thermostat;

impl Thermostat {
    fn new() -> Self {
        Self
    }

    fn warmer(&mut self) {}

    fn default_celsius() -> f64 {
        20.0
    }
}

struct Heating;

impl Heating {
    fn build() -> Thermostat {
        Thermostat
    }
}

harness::serve! {
    type Thermostat { new(), warmr(), default_celsius() }
    type Heating { build() }
}
