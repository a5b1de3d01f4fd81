//! Each example prints what the book says it prints: its `.out` file.
//!
//! The examples are run through the real binaries that Cargo has built for
//! `cargo test --workspace`. Only where one is missing or older than its source
//! (`-p level-outputs` builds none) are its level's built here.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
    time::SystemTime,
};

use pretty_assertions::{assert_eq, assert_str_eq};

/// Declares a level's module: one test an example, and one that none is missing.
macro_rules! level {
    ($module:ident, $level:literal, $($sentence:ident: $name:literal,)+) => {
        mod $module {
            use super::*;

            $(
                #[test]
                fn $sentence() {
                    prints_its_out_file($level, $name);
                }
            )+

            #[test]
            fn every_example_has_an_out_file_and_a_test() {
                has_them_all($level, &[$($name),+]);
            }
        }
    };
}

level! {
    level_1, "level-1-basics",
    a_first_context_reads_a_receipt: "01_first_context",
    one_context_remembers_its_stock: "02_one_context_remembers",
    a_fresh_context_is_not_spoiled_by_a_vandal: "03_fresh_context_each_run",
    globals_go_in_and_come_out: "04_globals_in_and_out",
    host_functions_answer_a_script: "05_host_functions",
    a_rule_is_parsed_once_and_run_for_each_order: "06_parse_once",
    every_failure_looks_as_the_book_shows_it: "07_what_can_go_wrong",
    two_realms_have_two_arrays: "08_two_realms",
}

level! {
    level_2, "level-2-intermediate",
    a_cache_parses_a_script_once: "01_script_cache",
    a_context_is_inspected_without_running_its_code: "02_inspect_context",
    limits_fire_and_name_themselves: "03_limits_that_fire",
    slices_keep_a_deadline_except_in_natives: "04_budgeted_slices",
    modules_are_loaded_from_memory: "05_modules_in_memory",
    commonjs_is_a_wrapper_function_and_a_cache: "06_commonjs",
    frozen_intrinsics_hold_and_ordinary_code_works: "07_freeze_intrinsics",
    plugins_fail_alone: "08_plugin_host",
    a_configuration_is_code_and_comes_out_as_data: "09_config_with_code",
    rules_are_data_with_expressions: "10_rule_engine",
    a_compiled_template_becomes_code: "11_template_becomes_code",
    a_block_list_is_passed_in_ten_ways: "12_past_a_block_list",
}

level! {
    level_3, "level-3-advanced",
    six_escapes_work_and_are_stopped: "01_escapes",
    a_wrapper_breaks_and_a_membrane_holds: "02_membrane",
    a_leak_is_found_by_what_gives_it_back: "03_leak_hunt",
    a_warm_pool_hands_out_each_context_once: "04_warm_start",
    a_session_survives_its_lines: "05_repl",
    threads_have_a_context_each_and_share_their_end: "06_context_per_thread",
    children_may_die_and_jobs_are_answered: "07_child_that_may_die",
    tenants_take_turns_and_pay_for_their_own: "08_tenants",
    a_right_leaks_and_three_types_hold: "09_capabilities",
}

fn has_them_all(level: &str, declared: &[&str]) {
    let declared: BTreeSet<String> = declared.iter().map(ToString::to_string).collect();
    assert_eq!(
        declared,
        names_ending_in("rs", level),
        "{level}/examples/*.rs"
    );
    assert_eq!(
        declared,
        names_ending_in("out", level),
        "{level}/examples/*.out"
    );
}

fn prints_its_out_file(level: &str, name: &str) {
    let binary = built(level, name);
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

    let file = folder(level).join(format!("{name}.out"));
    let expected = fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("failed to read {}: {error}", file.display()))
        .replace("\r\n", "\n"); // a checkout on Windows may have changed the line ends
    assert_str_eq!(
        printed,
        expected,
        "if the new output is right: cargo run -p {level} --example {name} > {}",
        file.display()
    );
}

/// Where a level's examples are.
fn folder(level: &str) -> PathBuf {
    let levels = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let levels = levels.expect("this package lies among the levels");
    levels.join(level).join("examples")
}

/// The program of an example, built anew if it is older than its source.
fn built(level: &str, name: &str) -> PathBuf {
    static BUILDING: Mutex<()> = Mutex::new(());
    let profile = profile_folder();
    let binary = profile
        .join("examples")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX));
    let source = modified(&folder(level).join(format!("{name}.rs")));
    // One at a time: the first builds them for the others of its level.
    let _building = BUILDING.lock();
    if modified(&binary) < source {
        build(level, &profile);
    }
    binary
}

/// This test is `target/debug/deps/outputs-HASH`.
fn profile_folder() -> PathBuf {
    let test = env::current_exe().expect("the test has a path");
    let folder = test.ancestors().nth(2).expect("the test is in deps/");
    folder.to_path_buf()
}

/// `None` (a missing file) is older than any time.
fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|file| file.modified()).ok()
}

/// The same profile and target folder, so that only the examples are compiled.
fn build(level: &str, profile: &Path) {
    let target = profile
        .parent()
        .expect("the profile's folder is in target/");
    let name = profile.file_name().and_then(|name| name.to_str());
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", level, "--examples"])
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

fn names_ending_in(extension: &str, level: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder(level)).expect("the examples' folder is there") {
        let path = entry.expect("its entries can be read").path();
        if path.extension().is_some_and(|found| found == extension) {
            let name = path.file_stem().expect("a file has a name");
            names.insert(name.to_string_lossy().into_owned());
        }
    }
    names
}
