//! What authors of exercises use.

use std::fs;

use crate::support::Course;

#[test]
fn dev_check_proves_a_whole_course_and_names_each_flaw() {
    let course = Course::new("dev");
    course.checker(&["dev", "check"]).exits(0).says(&[
        "✓ 1.1 double",
        "✓ 1.2 counter",
        "2 exercises",
    ]);

    let pieces = |name: &str| course.path(&format!("checker/exercises/1.1-double/{name}"));
    let change = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(pieces(name)).expect("a file");
        assert!(text.contains(from), "{name} has no {from:?}");
        fs::write(pieces(name), text.replace(from, to)).expect("a file");
    };
    change("wrong/squared.rs", "Ok(n * n)", "Ok(2 * n)");
    change("wrong/plus_one.rs", "zero stays zero", "no such test");
    change("wrong/unchecked.rs", "// Caught by", "// Found by");
    change("exercise.toml", "points = 4", "points = 5");
    change("hints.md", "## 3.", "3.");
    change("stub.rs", "todo!(\"double {n}\")", "Ok(2 * n)");
    fs::remove_file(pieces("wrong/panicking.rs")).expect("removed");
    let page = course.path("book/src/level-1/exercises/1.1-double.md");
    fs::write(page, "# Exercise 1.1\n").expect("a page");
    let ran = course.checker(&["dev", "check", "1.1"]);
    let stdout = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    ran.exits(1);
    for words in [
        "squared.rs is not caught by \"a number is doubled\"",
        "plus_one.rs names a test that does not exist",
        "unchecked.rs does not begin with `// Caught by",
        "add up to 4, and exercise.toml says 5",
        "hints.md has 2 rungs",
        "the stub passes",
        "stub.rs differ",
        "wrong/ has 3 files",
        "does not include checker/exercises/1.1-double/brief.md",
        "does not say the minutes",
    ] {
        assert!(stdout.contains(words), "{words:?} is missing in {stdout}");
    }
}

#[test]
fn a_wrong_solution_may_be_a_patch_of_the_reference_or_the_stub() {
    let course = Course::new("patch");
    let write = |name: &str, text: &str| {
        let path = course.path(&format!("checker/exercises/1.1-double/wrong/{name}.patch"));
        fs::write(path, text).expect("a patch");
    };
    let patch = |base: &str, from: &str| {
        format!(
            "Caught by: a number is doubled\n--- {base}\n+++ wrong\n@@ -3,3 +3,3 @@\n \
             /// Twice `n`, or an error if that is too large.\n \
             pub fn double(n: i32) -> Result<i32, String> {{\n\
             -    {from}\n+    Ok(n + 3)\n"
        )
    };
    let body = "n.checked_mul(2).ok_or_else(|| format!(\"{n} is too large\"))";
    write("plus_three", &patch("solution", body));
    course.checker(&["dev", "check", "1.1"]).exits(0);

    for (text, flaw) in [
        (patch("solution", "n.checked_add(n)"), "has changed since"),
        (patch("reference", body), "neither `solution` nor `stub`"),
        (
            patch("solution", body).replace("Caught", "Found"),
            "does not begin with `Caught by: ",
        ),
        (
            "Caught by: a number is doubled\n@@ -1 @@\n".to_owned(),
            "is of no use",
        ),
        (
            patch("solution", body).replace("n + 3", "n + n"),
            "is not caught by",
        ),
    ] {
        write("plus_three", &text);
        let ran = course.checker(&["dev", "check", "1.1"]);
        let stdout = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        ran.exits(1);
        assert!(
            stdout.contains(flaw) && stdout.contains("wrong/plus_three.patch"),
            "{flaw:?} is missing in {stdout}"
        );
    }
}

#[test]
fn programs_that_the_compiler_must_refuse_are_tests() {
    let course = Course::new("programs");
    course.solve();
    let write = |name: &str, text: &str| {
        let path = course.path(&format!("checker/exercises/1.1-double/programs/{name}.rs"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a program");
    };
    write(
        "accepted",
        "// Test: a number is taken\n// Accepted\n// Cause: it is private\nfn main() { let _ = solution::double(1); }\n",
    );
    write(
        "refused",
        "// Test: a text is refused\n// Refused: mismatched types\n// Cause: it takes anything\nfn main() { let _ = solution::double(\"1\"); }\n",
    );
    course.checker(&["run", "1.1"]).exits(0).says(&[
        "✓ a number is doubled",
        "✓ a number is taken",
        "✓ a text is refused",
    ]);
    course
        .checker(&["run", "1.1", "--test", "a text is refused"])
        .exits(0)
        .says(&["1 of 1 tests"]);

    write(
        "refused",
        "// Test: a text is refused\n// Refused: mismatched types\n// Cause: it takes anything\nfn main() { let _ = solution::double(2); }\n",
    );
    course.checker(&["run", "1.1"]).exits(1).says(&[
        "✗ a text is refused",
        "compiles against your types, and it must not",
        "solution::double(2)",
        "Most often: it takes anything",
    ]);
    write(
        "refused",
        "// Test: a text is refused\n// Refused: mismatched types\n// Cause: it takes anything\nfn main() { solution::halve(); }\n",
    );
    course.checker(&["run", "1.1"]).exits(1).says(&[
        "must refuse this program with an error that says",
        "cannot find function `halve`",
    ]);
    write(
        "accepted",
        "// Test: a number is taken\n// Accepted\nfn main() { let _ = solution::double(1.5); }\n",
    );
    course.checker(&["run", "1.1"]).exits(1).says(&[
        "must compile against your types, and it does not",
        "mismatched types",
    ]);

    course
        .checker(&["dev", "check", "1.1"])
        .exits(1)
        .says(&["the test \"a number is taken\" has no cause", "add up to 6"]);
    write("refused", "fn main() {}\n");
    course
        .checker(&["dev", "check", "1.1"])
        .says(&["programs/refused.rs", "does not begin with `// Test: NAME`"]);
}

#[test]
fn dev_new_makes_an_exercise_that_compiles_and_says_what_it_lacks() {
    // Its rooms do not count.
    let course = Course::with_room("new");
    course
        .checker(&["dev", "new", "level-1-new", "realms"])
        .exits(0)
        .says(&["1.3-realms/tests.js"]);
    course
        .checker(&["run", "realms"])
        .exits(1)
        .says(&["1.3 A title", "not written yet"]);
    course
        .checker(&[
            "run",
            "1.3",
            "--file",
            "solutions/level-1-new/exercises/03_realms.rs",
        ])
        .exits(0);
    course
        .checker(&["dev", "check", "1.3"])
        .exits(1)
        .says(&["CHAPTER.md is missing", "is not caught by"]);
    course
        .checker(&["dev", "new", "level-1-new", "realms"])
        .exits(2)
        .complains(&["called realms already"]);
    course
        .checker(&["dev", "new", "level-9", "x"])
        .exits(2)
        .complains(&["no level \"level-9\""]);
    course
        .checker(&["dev", "new", "level-1-new", "../x"])
        .exits(2)
        .complains(&["can't name an exercise"]);
}
