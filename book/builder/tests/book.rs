//! The real program, on the real book and on broken ones.
//!
//! To add a case: break a [`Copy::whole`], and assert that the refusal names the
//! file, the link and the next step.

mod copy;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use copy::{Copy, program, said};

#[test]
fn the_real_book_is_whole() {
    let output = program().arg("check").output().expect("the program runs");
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_whole_book_is_built_into_the_wanted_folder() {
    let copy = Copy::whole();
    let pages = tempfile::tempdir().expect("a temporary folder");
    let dest = pages.path().join("site");
    let output = copy
        .command(&["build", "--dest", &dest.to_string_lossy()])
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", said(&output));
    let page = std::fs::read_to_string(dest.join("sub/invoices.html")).expect("the page");
    assert!(page.contains("Pay within 30 days."), "{page}");
    assert!(page.contains("Skip to content"), "{page}");
    assert!(!copy.book().join("book").exists(), "only --dest is written");

    let checked = copy.command(&["check"]).output().expect("the program runs");
    assert!(checked.status.success(), "{}", said(&checked));
}

#[test]
fn a_link_to_a_missing_page_is_named_with_its_chapter() {
    let copy = Copy::whole();
    copy.append("src/orders.md", "\n[Refunds](sub/refunds.md)\n");
    let said = copy.refused();
    assert!(
        said.contains("orders.md:7: the link \"sub/refunds.md\""),
        "{said}"
    );
    assert!(said.contains("add the chapter to SUMMARY.md"), "{said}");
    // Not once more for the print page, which repeats every chapter.
    assert!(said.contains("1 problem:"), "{said}");
}

#[test]
fn a_missing_anchor_is_named_with_the_one_that_is_there() {
    let copy = Copy::whole();
    copy.append("src/orders.md", "\n[Pay](sub/invoices.md#paying-late)\n");
    let said = copy.refused();
    assert!(said.contains("asks for #paying-late"), "{said}");
    assert!(said.contains("Did you mean #paying?"), "{said}");
}

#[test]
fn a_link_out_of_the_book_is_refused() {
    let copy = Copy::whole();
    copy.append("src/orders.md", "\n[Source](../../shared/pay.rs)\n");
    let said = copy.refused();
    assert!(
        said.contains("\"../../shared/pay.rs\" leaves the book"),
        "{said}"
    );
}

#[test]
fn whatever_a_browser_would_fetch_from_elsewhere_is_refused() {
    let cases = [
        "<script src=\"https://example.org/a.js\"></script>",
        "<img src=\"//example.org/a.png\" alt=\"\">",
        "<iframe src='http://example.org/'></iframe>",
        "<p style=\"background: url(https://example.org/a.png)\">x</p>",
    ];
    for case in cases {
        let copy = Copy::whole();
        copy.append("src/orders.md", &format!("\n{case}\n"));
        let said = copy.refused();
        assert!(said.contains("orders.md"), "{case}: {said}");
        assert!(said.contains("request to another site"), "{case}: {said}");
    }
    let copy = Copy::whole();
    copy.append(
        "theme/course.css",
        "@import \"https://example.org/a.css\";\n",
    );
    assert!(copy.refused().contains("https://example.org/a.css"));
}

#[test]
fn links_to_other_sites_are_allowed_and_listed_on_request() {
    let copy = Copy::whole();
    copy.append("src/orders.md", "\n[The engine](https://boajs.dev/)\n");
    let quiet = said(&copy.command(&["check"]).output().expect("the program runs"));
    assert!(!quiet.contains("boajs"), "{quiet}");
    let output = copy
        .command(&["check", "--verbose"])
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("https://boajs.dev/  on "),
        "{}",
        said(&output)
    );
}

#[test]
fn a_missing_include_is_named_with_its_chapter_and_line() {
    let copy = Copy::whole();
    copy.remove("../shared/brief.md");
    let said = copy.refused();
    assert!(
        said.contains("invoices.md:5: includes ../../../shared/brief.md"),
        "{said}"
    );
    assert!(said.contains("1 problem:"), "{said}");

    let output = copy.command(&["build"]).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "build refuses it, too");
}

#[test]
fn an_include_of_a_missing_anchor_is_refused() {
    let copy = Copy::whole();
    copy.write("../shared/pay.rs", "fn pay() {}\n");
    let said = copy.refused();
    assert!(
        said.contains("invoices.md:8: includes the anchor \"pay\""),
        "{said}"
    );
    assert!(said.contains("// ANCHOR: pay"), "{said}");
}

#[test]
fn a_quiz_that_cannot_be_answered_is_named_with_its_line_and_question() {
    let copy = Copy::whole();
    copy.append("src/orders.md", &quiz("orders-1"));
    let output = copy.command(&["check"]).output().expect("the program runs");
    assert!(
        said(&output).contains("1 quiz can be answered"),
        "{}",
        said(&output)
    );

    let cases = [
        (
            "<legend>Why is tea warm?</legend>\n",
            "",
            "a quiz has no question",
        ),
        ("<p>Yes. It stands", "<p>It stands", "has 0 right choices"),
        (" class=\"quiz\"", "", "is a fieldset without its class"),
        // Markdown takes the rest for a paragraph, labels and all.
        ("\n<label>", "\n\n<label>", "where a choice would begin"),
    ];
    for (from, to, expected) in cases {
        let copy = Copy::whole();
        copy.append("src/orders.md", &quiz("orders-1").replacen(from, to, 1));
        let said = copy.refused();
        assert!(said.contains("orders.md:7: "), "{expected}: {said}");
        assert!(said.contains(expected), "{said}");
        if !expected.contains("question") {
            assert!(said.contains("the quiz \"Why is tea warm?\""), "{said}");
        }
    }
}

#[test]
fn a_radio_name_belongs_to_one_quiz_of_the_book() {
    // The print page has the quizzes of all pages.
    for other in ["src/orders.md", "src/sub/invoices.md"] {
        let copy = Copy::whole();
        copy.append("src/orders.md", &quiz("orders-1"));
        copy.append(other, &quiz("orders-1"));
        let said = copy.refused();
        assert!(said.contains("1 problem:"), "{said}");
        assert!(
            said.contains("has the radio name \"orders-1\" of the quiz \"Why is tea warm?\""),
            "{said}"
        );
        assert!(said.contains("orders.md:7)"), "{said}");
        copy.write("src/sub/invoices.md", "# Invoices\n\n## Paying\n");
    }
}

#[test]
fn a_guide_has_two_or_three_quizzes() {
    for count in 0..=4 {
        let copy = Copy::whole();
        copy.append(
            "src/SUMMARY.md",
            "- [Level 1](level-1/index.md)\n    - [Tea](level-1/tea.md)\n",
        );
        copy.write("src/level-1/index.md", "# Level 1\n");
        copy.write("src/level-1/tea.md", "# Tea\n");
        for n in 0..count {
            copy.append("src/level-1/tea.md", &quiz(&format!("tea-{n}")));
        }
        let output = copy.command(&["check"]).output().expect("the program runs");
        let said = said(&output);
        let good = (2..=3).contains(&count);
        assert_eq!(output.status.success(), good, "{count}: {said}");
        if !good {
            let what = format!("tea.md: a guide has two or three quizzes; this one has {count}");
            assert!(said.contains(&what), "{said}");
        }
    }
}

/// A quiz without fault, to be put at the end of a page.
fn quiz(name: &str) -> String {
    let choice = |text: &str, why: &str| {
        format!("<label><input type=\"radio\" name=\"{name}\"> {text}</label>\n<p>{why}</p>\n")
    };
    [
        "\n<fieldset class=\"quiz\">\n<legend>Why is tea warm?</legend>\n",
        &choice("It is old.", "No. It was made for you."),
        &choice("The cup is covered.", "Yes. It stands below a lid."),
        &choice("Nobody drank it.", "No. One sip is gone."),
        "</fieldset>\n",
    ]
    .concat()
}

#[test]
fn a_missing_chapter_is_named() {
    let copy = Copy::whole();
    copy.append("src/SUMMARY.md", "- [Refunds](refunds.md)\n");
    assert!(copy.refused().contains("refunds.md"));
}

#[test]
fn a_folder_without_a_book_is_a_usage_error() {
    let nothing = tempfile::tempdir().expect("a temporary folder");
    let output = program()
        .arg("--book")
        .arg(nothing.path())
        .arg("check")
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        said(&output).contains("has no book.toml"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_taken_port_is_named_with_the_next_step() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its number").port();
    let output = Copy::whole()
        .command(&["serve", "--port", &port.to_string()])
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let said = said(&output);
    assert!(said.contains(&format!("port {port} is taken")), "{said}");
    assert!(said.contains("cargo book serve --port"), "{said}");
}

#[test]
fn serve_shows_the_book_and_makes_it_again_after_a_save() {
    let copy = Copy::whole();
    let server = Server::start(&copy);
    assert!(server.get("/orders.html").contains("The total"));
    assert!(server.get("/orders.html").contains("__livereload"));
    let mut word = server.ask("/__livereload");
    assert!(server.get("/nowhere.html").starts_with("HTTP/1.1 404"));

    copy.append("src/orders.md", "\nA discount was added.\n");
    let deadline = Instant::now() + Duration::from_secs(30);
    while !server.get("/orders.html").contains("A discount was added.") {
        assert!(Instant::now() < deadline, "the save was not followed");
        std::thread::sleep(Duration::from_millis(50));
    }
    let mut told = String::new();
    word.read_to_string(&mut told).expect("an event stream");
    assert!(told.contains("data: reload"), "{told}");
}

/// A running `cargo book serve`, ended with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(copy: &Copy) -> Self {
        let mut child = copy
            .command(&["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let line = lines.next().expect("a line").expect("text");
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next())
            .unwrap_or_else(|| panic!("no address in: {line}"))
            .to_owned();
        assert!(address.starts_with("127.0.0.1:"), "{address}");
        // Read on, so that the server never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    fn get(&self, path: &str) -> String {
        let mut answer = String::new();
        let mut stream = self.ask(path);
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("the server answers");
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .expect("a patience");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )
        .expect("the request is sent");
        stream
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
