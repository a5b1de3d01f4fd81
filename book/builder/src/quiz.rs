//! Every quiz of a built book: can it be answered, by everybody, without a script?
//!
//! The stylesheet shows the paragraph right after a choice when that choice is
//! chosen, and the browser lets one choice of each radio name be chosen. So a
//! paragraph out of place or a name used twice breaks a question without a word.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::fieldset::{self, Fieldset, Part};
use crate::include::markdown_files;
use crate::place::Place;
use crate::problem::Problem;

const FORM: &str = "A quiz is <legend>, and then for each choice <label> and right after it <p>, \
                    without a blank line; book/src/concepts.md has three.";

/// What looking at the quizzes showed.
#[derive(Debug, Default)]
pub struct Asked {
    /// What keeps a quiz from working, and guides with too few or too many.
    pub problems: Vec<Problem>,
    /// How many there are.
    pub quizzes: usize,
}

/// Reads the quizzes of all chapters, as they are built in `folder`.
pub fn check(place: &Place, folder: &Path) -> Result<Asked> {
    let src = place.src();
    let mut asked = Asked::default();
    // Over the whole book, since its print page has all of its quizzes.
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for chapter in markdown_files(&src)? {
        let relative = chapter.strip_prefix(&src).unwrap_or(&chapter);
        let page = folder.join(relative).with_extension("html");
        if !page.is_file() {
            continue; // SUMMARY.md, or a draft that it does not name
        }
        let cannot = |path: &Path| format!("cannot read {}", path.display());
        let html = fs::read_to_string(&page).with_context(|| cannot(&page))?;
        let text = fs::read_to_string(&chapter).with_context(|| cannot(&chapter))?;
        let shown = place.shown(&chapter);
        let mut lines = fieldset_lines(&text);

        let quizzes: Vec<Quiz> = fieldset::read(&html).into_iter().map(Quiz).collect();
        asked.quizzes += quizzes.len();
        for quiz in &quizzes {
            let here = match lines.next() {
                Some(line) => format!("{shown}:{line}"),
                None => shown.clone(),
            };
            let mut faults = quiz.faults();
            for name in quiz.names() {
                match taken.entry(name.to_owned()) {
                    Entry::Vacant(free) => {
                        free.insert(format!("{} ({here})", quiz.called()));
                    }
                    Entry::Occupied(other) if !name.is_empty() => faults.push((
                        format!("has the radio name \"{name}\" of {}", other.get()),
                        "Give it a name of its own, CHAPTER-1, CHAPTER-2, …: a browser takes \
                         both for one question."
                            .to_owned(),
                    )),
                    Entry::Occupied(_) => {} // a fault of its own
                }
            }
            for (what, mend) in faults {
                let what = format!("{} {what}", quiz.called());
                asked.problems.push(Problem::new(&here, what, mend));
            }
        }
        if is_guide(relative) && !(2..=3).contains(&quizzes.len()) {
            asked.problems.push(Problem::new(
                shown,
                format!("a guide has two or three quizzes; this one has {}", quizzes.len()),
                "Write questions that ask why under \"## Questions\", as book/src/concepts.md does.",
            ));
        }
    }
    Ok(asked)
}

/// A page directly in a level's folder, and not its table of contents.
fn is_guide(page: &Path) -> bool {
    let level = page.parent().and_then(Path::to_str).unwrap_or_default();
    level
        .strip_prefix("level-")
        .is_some_and(|number| number.parse::<u8>().is_ok())
        && page.file_name().is_some_and(|name| name != "index.md")
}

/// The lines of a chapter at which a fieldset begins, counted from one.
fn fieldset_lines(text: &str) -> impl Iterator<Item = usize> {
    text.lines()
        .enumerate()
        .flat_map(|(index, line)| line.matches("<fieldset").map(move |_| index + 1))
}

/// A fieldset, taken for a quiz.
struct Quiz(Fieldset);

impl Quiz {
    fn legend(&self) -> Option<&Part> {
        self.0
            .parts
            .first()
            .filter(|part| part.element == "legend" && !part.text.trim().is_empty())
    }

    fn called(&self) -> String {
        self.legend().map_or("a quiz".to_owned(), |legend| {
            format!("the quiz {}", legend.quoted())
        })
    }

    fn names(&self) -> Vec<&str> {
        let radios = self.0.parts.iter().flat_map(|part| &part.radios);
        let mut names: Vec<&str> = radios.map(|radio| radio.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What is wrong with it, each with what to do.
    fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let mut fault = |what: String, mend: &str| faults.push((what, mend.to_owned()));
        if !self.0.class.split_whitespace().any(|class| class == "quiz") {
            fault(
                "is a fieldset without its class".to_owned(),
                "Write <fieldset class=\"quiz\">: the stylesheet looks for it.",
            );
        }
        if self.legend().is_none() {
            fault(
                "has no question".to_owned(),
                "Write <legend>, with the question in it, right after <fieldset>.",
            );
        }

        let (mut choices, mut right) = (0, 0);
        let mut parts = self.0.parts.iter().peekable();
        parts.next_if(|part| part.element == "legend");
        while let Some(choice) = parts.next() {
            if choice.element != "label" {
                let found = match choice.element.as_str() {
                    "" => format!("the text {}", choice.quoted()),
                    element => format!("<{element}>"),
                };
                fault(format!("has {found} where a choice would begin"), FORM);
                continue;
            }
            choices += 1;
            let which = choice.quoted();
            match choice.radios.as_slice() {
                [radio] if radio.checked => fault(
                    format!("is answered already: {which} is checked"),
                    "Remove the attribute.",
                ),
                [_] => {}
                _ => fault(
                    format!("has no radio input of its own in the choice {which}"),
                    "Begin the label with <input type=\"radio\" name=\"CHAPTER-1\">.",
                ),
            }
            let Some(why) = parts.next_if(|part| part.element == "p") else {
                fault(format!("does not explain the choice {which}"), FORM);
                continue;
            };
            match why.text.split_whitespace().next() {
                Some("Yes.") => right += 1,
                Some("No.") => {}
                _ => fault(
                    format!("explains the choice {which} without a \"Yes.\" or \"No.\" first"),
                    "Begin the explanation with that word: a color would not tell everybody.",
                ),
            }
        }
        if !(3..=5).contains(&choices) {
            fault(
                format!("has {choices} choices"),
                "Three to five are right: below that one guesses, above it one skims.",
            );
        }
        if right != 1 {
            fault(
                format!("has {right} right choices"),
                "Exactly one explanation begins with Yes.",
            );
        }
        match self.names().as_slice() {
            [] => {}
            [""] => fault(
                "has radio inputs without a name".to_owned(),
                "Give them one and the same name, so that only one can be chosen.",
            ),
            [_] => {}
            names => fault(
                format!("has the radio names {}", names.join(", ")),
                "Give its choices one and the same name, so that only one can be chosen.",
            ),
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Quiz, is_guide};
    use crate::fieldset;

    fn read(html: &str) -> Vec<Quiz> {
        fieldset::read(html).into_iter().map(Quiz).collect()
    }

    const WHOLE: &str = "<fieldset class=\"quiz\">\n<legend>Why <code>a&lt;b</code>?</legend>\n\
         <label><input type=radio name=a-1> Tea</label>\n<p>No. <em>It</em> is cold.</p>\n\
         <label><input type=radio name=a-1> Scone</label>\n<p>Yes. It is warm.</p>\n\
         <label><input type=radio name=a-1> Jam</label>\n<p>No. It is out.</p>\n</fieldset>";

    #[test]
    fn a_whole_quiz_has_no_faults() {
        let page = format!("<p>Before</p><script>'<fieldset>'</script>{WHOLE}<p>After</p>");
        let quizzes = read(&page);
        assert_eq!(quizzes.len(), 1);
        assert_eq!(quizzes[0].called(), "the quiz \"Why a<b?\"");
        assert_eq!(quizzes[0].faults(), []);
        assert_eq!(quizzes[0].names(), ["a-1"]);
    }

    #[test]
    fn each_break_is_one_fault() {
        let choice = "<label><input type=radio name=a-1> Jam</label>\n<p>No. It is out.</p>\n";
        let cases = [
            ("class=\"quiz\"", "class=\"quizzes\"", "without its class"),
            (
                "<legend>Why <code>a&lt;b</code>?</legend>",
                "",
                "has no question",
            ),
            ("Why <code>a&lt;b</code>?", " ", "has no question"),
            (choice, "", "has 2 choices"),
            ("</fieldset>", &choice.repeat(3), "has 6 choices"),
            (
                "<p>No. It is out.</p>",
                "",
                "does not explain the choice \"Jam\"",
            ),
            ("Yes. It", "It", "explains the choice \"Scone\" without"),
            (
                "Yes. It",
                "Yes, it",
                "explains the choice \"Scone\" without",
            ),
            ("No. It is out", "Yes. It is", "has 2 right choices"),
            ("Yes. It is warm", "No. It is warm", "has 0 right choices"),
            (
                "name=a-1> Jam",
                "name=a-2> Jam",
                "has the radio names a-1, a-2",
            ),
            (
                "name=a-1> Jam",
                "name=a-1 checked> Jam",
                "\"Jam\" is checked",
            ),
            (
                "<input type=radio name=a-1> Jam",
                "Jam",
                "no radio input of its own",
            ),
            (
                "type=radio name=a-1> Jam",
                "type=checkbox name=a-1> Jam",
                "no radio input",
            ),
            (
                "</p>\n</fieldset>",
                "</p>\nor soup</fieldset>",
                "has the text \"or soup\"",
            ),
            (
                "</p>\n</fieldset>",
                "</p>\n<p>Soup</p></fieldset>",
                "has <p> where",
            ),
        ];
        for (from, to, expected) in cases {
            let page = WHOLE.replacen(from, to, 1);
            assert_ne!(page, WHOLE, "{from} is there");
            let quiz = read(&page).remove(0);
            let faults = quiz.faults();
            // Where the explanation of the right choice goes, so does the Yes.
            assert!(
                faults.iter().any(|(what, _)| what.contains(expected)),
                "{expected}: {faults:?}"
            );
            assert!(faults.len() <= 2, "{expected}: {faults:?}");
        }
        let nameless = read(&WHOLE.replace(" name=a-1", "")).remove(0);
        assert!(nameless.faults()[0].0.contains("without a name"));
    }

    #[test]
    fn knows_a_guide() {
        let cases = [
            ("level-1/scripts.md", true),
            ("level-12/scripts.md", true),
            ("level-1/index.md", false),
            ("level-1/exercises/1.4-scripts.md", false),
            ("level-up/scripts.md", false),
            ("concepts.md", false),
        ];
        for (page, expected) in cases {
            assert_eq!(is_guide(Path::new(page)), expected, "{page}");
        }
    }
}
