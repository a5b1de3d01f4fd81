//! Room 1: a cell whose door knows a word.

pub struct Room {
    flag: String,
}

impl Room {
    pub fn new(flag: &str) -> Self {
        Self {
            flag: flag.to_owned(),
        }
    }

    pub fn run(&self, guest: &str) -> Result<String, String> {
        if guest.to_lowercase().contains("key") {
            return Ok(self.flag.clone());
        }
        Ok(format!("hello, {guest}"))
    }
}

harness::serve! { type Room { new(&str), run(&str) } }
