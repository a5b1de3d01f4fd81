//! The escape room: a room is attacked as it was given, and its fix attacked.

use std::fs;

use crate::support::Course;

/// A fix that holds.
fn fix(course: &Course) -> String {
    let room = fs::read_to_string(course.room("room.rs")).expect("a room");
    room.replace(
        "return Ok(self.flag.clone())",
        "return Err(self.flag[..0].into())",
    )
}

#[test]
fn a_room_is_shown_then_broken_then_mended() {
    let course = Course::with_room("room");
    course.checker(&["room"]).exits(0).says(&[
        "room-1 cell",
        "Break it",
        "write your attack into",
        "01-cell/attack.js",
    ]);

    fs::write(course.room("attack.js"), "please").expect("an attack");
    course.checker(&["room", "1"]).exits(0).says(&[
        "✗ the attack captures the flag",
        "the attack did not capture the flag",
        "hello, please",
    ]);

    fs::write(course.room("attack.js"), "my key").expect("an attack");
    course.checker(&["room", "1"]).exits(0).says(&[
        "✓ the attack captures the flag",
        "✓ the attack captures another flag",
        "✗ the reference attack captures nothing",
        "✗ your own attack captures nothing",
        "✓ a guest is greeted",
        "The flag is yours",
    ]);
    course.checker(&["run", "room-1"]).exits(1);

    fs::write(course.room("room.rs"), fix(&course)).expect("a fix");
    course
        .checker(&["room"])
        .exits(0)
        .says(&["room-1 cell passed"]);
    course.checker(&["run", "room-1"]).exits(0);
    course.checker(&["list"]).exits(0).says(&["✓ room-1"]);
    course
        .checker(&["solution", "room-1"])
        .exits(0)
        .says(&["01-cell/attack.js", "key"]);

    course.checker(&["reset", "room-1"]).exits(0).says(&[
        "room.rs is as it was given",
        "attack.js is as it was given",
        "room-1-cell.js",
    ]);
    assert_eq!(fs::read(course.room("attack.js")).expect("a file"), b"");
}

#[test]
fn the_room_as_it_was_given_is_attacked_and_not_the_learners() {
    let course = Course::with_room("cheat");
    fs::write(course.room("attack.js"), "open").expect("an attack");
    let cheat = fs::read_to_string(course.room("room.rs")).expect("a room");
    fs::write(course.room("room.rs"), cheat.replace("\"key\"", "\"open\"")).expect("a room");
    course.checker(&["room", "1"]).exits(0).says(&[
        "✗ the attack captures the flag",
        // Its own attack works on it; the reference does not.
        "✗ your own attack captures nothing",
        "✓ the reference attack captures nothing",
    ]);
}

#[test]
fn a_guess_or_a_print_is_no_capture() {
    let course = Course::with_room("guess");
    for attack in ["flag-", "flag-00000000000000000000000000000000", "\u{0}"] {
        fs::write(course.room("attack.js"), attack).expect("an attack");
        course
            .checker(&["run", "room-1", "--seed", "1"])
            .exits(1)
            .says(&["✗ the attack captures the flag"]);
    }
}

#[test]
fn files_elsewhere_are_judged_by_their_kind() {
    let course = Course::with_room("files");
    let away = |name: &str, text: &str| {
        let path = course.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    away("one.js", "key");
    course
        .checker(&["run", "room-1", "--file", "one.js"])
        .exits(0)
        .says(&["2 of 2 tests"]);
    away("alone/room.rs", &fix(&course));
    course
        .checker(&["run", "room-1", "--file", "alone/room.rs"])
        .exits(0)
        .says(&["7 of 7 tests"]);
    away("both/room.rs", &fix(&course));
    away("both/attack.js", "key");
    course
        .checker(&["run", "room-1", "--file", "both/room.rs"])
        .exits(0)
        .says(&["✓ your own attack captures nothing", "10 of 10 tests"]);
    course
        .checker(&["run", "--all", "--file", "solutions"])
        .exits(0)
        .says(&["3 passed, 0 not"]);
}

#[test]
fn what_is_no_room_or_no_attack_is_told() {
    let course = Course::with_room("norooms");
    course
        .checker(&["room", "7"])
        .exits(2)
        .complains(&["there is no room 7; the rooms are 1 to 1"]);
    fs::write(course.room("attack.js"), [0xff, 0xfe]).expect("an attack");
    course
        .checker(&["room", "1"])
        .exits(2)
        .complains(&["attack.js is no UTF-8 text"]);
    fs::write(course.room("attack.js"), vec![b'a'; 300_000]).expect("an attack");
    course
        .checker(&["room", "1"])
        .exits(2)
        .complains(&["300000 bytes", "at most 262144"]);
    Course::new("roomless")
        .checker(&["room"])
        .exits(2)
        .complains(&["this course has no escape room"]);
}

#[test]
fn dev_check_proves_a_room_and_names_each_flaw() {
    let course = Course::with_room("devroom");
    course
        .checker(&["dev", "check"])
        .exits(0)
        .says(&["✓ room-1 cell", "3 exercises"]);

    let pieces = |name: &str| course.path(&format!("checker/exercises/room-1-cell/{name}"));
    fs::write(pieces("attacks/shouted.js"), "please").expect("an attack");
    fs::remove_file(pieces("attacks/twice.js")).expect("removed");
    fs::remove_file(pieces("wrong/silent.rs")).expect("removed");
    fs::write(course.room("attack.js"), "key").expect("an attack");
    let ran = course.checker(&["dev", "check", "room-1"]);
    let stdout = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    ran.exits(1);
    for words in [
        "each attack must capture",
        "\"the shouted attack captures nothing\" (Passed)",
        "attacks/ has 3 files in place of at least 4",
        "wrong/ has 1 files in place of at least 2",
        "01-cell/attack.js must be there and empty",
        "one-word.rs is not caught by",
    ] {
        assert!(stdout.contains(words), "{words:?} is missing in {stdout}");
    }
}
