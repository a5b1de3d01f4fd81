//! What an address in a page means, without looking whether anything is there.

/// The scheme of an address, if it has one.
pub fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let mut letters = scheme.chars();
    let is_scheme = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then_some(scheme)
}

/// Whether `url` leads out of the site.
pub fn is_external(url: &str) -> bool {
    url.starts_with("//") || scheme(url).is_some_and(|scheme| scheme != "data")
}

/// The file below the book's folder that `path` means on the page `from`; the
/// error is what to do.
pub fn resolve(from: &str, base: Option<&str>, path: &str) -> Result<String, &'static str> {
    let mut parts: Vec<&str> = match base {
        // Only the page for missing addresses has one: the root of the site.
        Some(_) => Vec::new(),
        None => from.split('/').collect(),
    };
    parts.pop();
    let path = match path.strip_prefix('/') {
        Some(rest) if base.is_some() => rest,
        Some(_) => {
            return Err("Make it relative to this page: the book may be served below a folder.");
        }
        None => path,
    };
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.pop().is_none() => {
                return Err("Include the file with {{#include …}}, or name its path as code.");
            }
            ".." => {}
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{is_external, resolve, scheme};

    #[test]
    fn resolves_like_a_browser() {
        let cases = [
            (
                "level-1/errors.html",
                None,
                "scripts.html",
                Ok("level-1/scripts.html"),
            ),
            (
                "level-1/errors.html",
                None,
                "../index.html",
                Ok("index.html"),
            ),
            (
                "level-1/errors.html",
                None,
                "./exercises/",
                Ok("level-1/exercises/"),
            ),
            (
                "404.html",
                Some("/"),
                "css/general.css",
                Ok("css/general.css"),
            ),
            (
                "404.html",
                Some("/"),
                "/css/general.css",
                Ok("css/general.css"),
            ),
            (
                "level-1/errors.html",
                None,
                "../../checker/brief.md",
                Err(()),
            ),
            ("index.html", None, "/concepts.html", Err(())),
        ];
        for (from, base, path, expected) in cases {
            let got = resolve(from, base, path);
            assert_eq!(got.as_deref().map_err(|_| ()), expected, "{path} on {from}");
        }
    }

    #[test]
    fn knows_what_leaves_the_book() {
        let cases = [
            ("https://example.org/x.js", true),
            ("//example.org/x.js", true),
            ("mailto:someone@example.org", true),
            ("x.js", false),
            ("a/b:c.html", false),
            ("data:image/png;base64,AA==", false),
        ];
        for (url, expected) in cases {
            assert_eq!(is_external(url), expected, "{url}: {:?}", scheme(url));
        }
    }
}
