//! Each example prints what the book says it prints: its `.out` file.
//!
//! The examples are run through the real binaries that Cargo has built for
//! `cargo test`. Only where one is missing or older than its source
//! (`--test examples` does not build them) are they built here.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
    time::SystemTime,
};

use pretty_assertions::{assert_eq, assert_str_eq};

/// Declares one test an example, and the list of all of them.
macro_rules! examples {
    ($($sentence:ident: $name:literal,)+) => {
        const EXAMPLES: &[&str] = &[$($name),+];

        $(
            #[test]
            fn $sentence() {
                prints_its_out_file($name);
            }
        )+
    };
}

examples! {
    a_first_context_reads_a_receipt: "01_first_context",
    one_context_remembers_its_stock: "02_one_context_remembers",
    a_fresh_context_is_not_spoiled_by_a_vandal: "03_fresh_context_each_run",
    globals_go_in_and_come_out: "04_globals_in_and_out",
    host_functions_answer_a_script: "05_host_functions",
    a_rule_is_parsed_once_and_run_for_each_order: "06_parse_once",
    every_failure_looks_as_the_book_shows_it: "07_what_can_go_wrong",
    two_realms_have_two_arrays: "08_two_realms",
}

#[test]
fn every_example_has_an_out_file_and_a_test() {
    let declared: BTreeSet<String> = EXAMPLES.iter().map(ToString::to_string).collect();
    assert_eq!(declared, names_ending_in("rs"), "examples/*.rs");
    assert_eq!(declared, names_ending_in("out"), "examples/*.out");
}

/// Where the sources are and where the binaries are.
static FOLDER: LazyLock<PathBuf> =
    LazyLock::new(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"));
static BINARIES: LazyLock<PathBuf> = LazyLock::new(|| {
    let profile = profile_folder();
    let binaries = profile.join("examples");
    if EXAMPLES.iter().any(|name| is_stale(name, &binaries)) {
        build(&profile);
    }
    binaries
});

fn prints_its_out_file(name: &str) {
    let binary = binary(name, &BINARIES);
    // An example runs from any folder, so it is run from one that is not ours.
    let output = Command::new(&binary)
        .current_dir(env::temp_dir())
        .output()
        .unwrap_or_else(|error| panic!("failed to run {}: {error}", binary.display()));
    let printed = String::from_utf8(output.stdout).expect("an example prints UTF-8");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{name}: {}\n{errors}",
        output.status
    );

    let file = FOLDER.join(format!("{name}.out"));
    let expected = fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("failed to read {}: {error}", file.display()))
        .replace("\r\n", "\n"); // a checkout on Windows may have changed the line ends
    assert_str_eq!(
        printed,
        expected,
        "if the new output is right: cargo run -p level-1-basics --example {name} > {}",
        file.display()
    );
}

/// This test is `target/debug/deps/examples-HASH`.
fn profile_folder() -> PathBuf {
    let test = env::current_exe().expect("the test has a path");
    let folder = test.ancestors().nth(2).expect("the test is in deps/");
    folder.to_path_buf()
}

fn is_stale(name: &str, binaries: &Path) -> bool {
    let source = modified(&FOLDER.join(format!("{name}.rs")));
    modified(&binary(name, binaries)) < source
}

/// `None` (a missing file) is older than any time.
fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|file| file.modified()).ok()
}

fn binary(name: &str, binaries: &Path) -> PathBuf {
    binaries.join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// The same profile and target folder, so that only the examples are compiled.
fn build(profile: &Path) {
    let target = profile
        .parent()
        .expect("the profile's folder is in target/");
    let name = profile.file_name().and_then(|name| name.to_str());
    let status = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--package",
            "level-1-basics",
            "--examples",
        ])
        .args([
            "--profile",
            name.filter(|name| *name != "debug").unwrap_or("dev"),
        ])
        .arg("--target-dir")
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .expect("cargo can be started");
    assert!(status.success(), "cargo build --examples: {status}");
}

fn names_ending_in(extension: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(&*FOLDER).expect("the examples' folder is there") {
        let path = entry.expect("its entries can be read").path();
        if path.extension().is_some_and(|found| found == extension) {
            let name = path.file_stem().expect("a file has a name");
            names.insert(name.to_string_lossy().into_owned());
        }
    }
    names
}
