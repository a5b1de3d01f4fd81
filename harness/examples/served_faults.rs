//! Code that goes wrong in every way that the worker must survive.
//!
//! Driven over pipes by `tests/served/faults.rs`.

use std::panic;
use std::thread;

use serde::Serialize;
use serde::ser::{Error, Serializer};

fn index(at: usize) -> u32 {
    [10, 20, 30].to_vec()[at]
}

fn fixed() {
    panic!("out of tea");
}

fn payload() {
    panic::panic_any(42);
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("the payload went off");
    }
}

fn payload_that_panics() {
    panic::panic_any(Bomb);
}

fn todo_with_text(_source: &str) -> u32 {
    todo!("evaluate `source`")
}

fn todo_without() {
    todo!()
}

fn unimplemented_text() {
    unimplemented!("BigInt")
}

fn in_a_thread() -> &'static str {
    let joined = thread::Builder::new()
        .name("helper".to_owned())
        .spawn(|| panic!("the helper fell"))
        .expect("a thread starts")
        .join();
    if joined.is_err() {
        "joined"
    } else {
        "no panic"
    }
}

fn caught() -> &'static str {
    let caught = panic::catch_unwind(|| panic!("caught by the exercise itself"));
    if caught.is_err() {
        "caught"
    } else {
        "no panic"
    }
}

fn passed_on_from_a_thread() {
    let joined = thread::spawn(|| -> () { panic!("passed on") }).join();
    if let Err(payload) = joined {
        panic::resume_unwind(payload);
    }
}

fn replace_hook() {
    panic::set_hook(Box::new(|_| {}));
}

fn print_without_line_feed() -> u32 {
    print!("half a line");
    1
}

fn print_lines() -> u32 {
    println!("one");
    println!("two");
    2
}

/// Prints from another thread while answers are being written.
fn print_from_a_thread(lines: u32) {
    thread::spawn(move || {
        for line in 0..lines {
            println!("line {line}");
        }
    });
}

fn exit() {
    print!("leaving");
    std::process::exit(7);
}

/// Takes far more stack than a usual main thread has.
fn deep(levels: u32) -> u32 {
    let frame = std::hint::black_box([levels; 256]);
    if levels == 0 {
        0
    } else {
        deep(levels - 1) + frame[0] / levels
    }
}

struct Stubborn;

impl Serialize for Stubborn {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("the stubborn one stays"))
    }
}

fn stubborn() -> Stubborn {
    Stubborn
}

struct Fragile {
    uses: u32,
    falls_on_drop: bool,
}

impl Fragile {
    fn new(falls_on_drop: bool) -> Self {
        Self {
            uses: 0,
            falls_on_drop,
        }
    }

    fn use_it(&mut self, well: bool) -> u32 {
        self.uses += 1;
        assert!(well, "handled badly");
        self.uses
    }
}

impl Drop for Fragile {
    fn drop(&mut self) {
        if self.falls_on_drop {
            panic!("fell to the ground");
        }
    }
}

/// Panics while a panic unwinds: Rust ends the process.
fn fall_twice() {
    let _fragile = Fragile::new(true);
    panic!("the first fall");
}

struct Unbuilt;

impl Unbuilt {
    fn new() -> Self {
        todo!("build it")
    }
}

harness::serve! {
    fn index(usize)
    fn fixed()
    fn payload()
    fn payload_that_panics()
    fn todo_with_text(&str)
    fn todo_without()
    fn unimplemented_text()
    fn in_a_thread()
    fn caught()
    fn passed_on_from_a_thread()
    fn replace_hook()
    fn print_without_line_feed()
    fn print_lines()
    fn print_from_a_thread(u32)
    fn exit()
    fn deep(u32)
    fn stubborn()
    fn fall_twice()
    type Fragile { new(bool), use_it(bool) }
    type Unbuilt { new() }
}
