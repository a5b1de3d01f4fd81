//! Runs one of `examples/` as a worker and talks to it over pipes, as a checker does.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use serde_json::{Value, json};

const RS: u8 = 0x1E;

/// A running worker.
pub struct Worker {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    asked: u64,
}

/// What a worker left behind.
pub struct Ended {
    pub status: ExitStatus,
    /// Everything on stdout that was not read before.
    pub stdout: String,
    pub stderr: String,
}

/// The command that runs an example.
///
/// Examples and not binaries, because a learner's build leaves examples out.
/// `cargo test -p harness` builds them first; with `--test served` alone, run
/// `cargo build -p harness --examples` before, or an old program is tested.
pub fn command(example: &str) -> Command {
    let test = env::current_exe().expect("a test has a path");
    let profile: PathBuf = test
        .ancestors()
        .nth(2)
        .expect("target/debug/deps/test")
        .into();
    let program = profile
        .join("examples")
        .join(format!("{example}{}", env::consts::EXE_SUFFIX));
    assert!(
        program.exists(),
        "{} is missing: `cargo test -p harness` builds it, but `--test served` alone does not",
        program.display()
    );
    let mut command = Command::new(program);
    // With it, caught panics are printed too.
    command.env_remove("RUST_BACKTRACE");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

impl Worker {
    /// Starts an example; the next frame is its greeting.
    pub fn spawn(example: &str) -> Self {
        let mut child = command(example).spawn().expect("the example starts");
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        Self {
            child,
            stdin,
            stdout,
            asked: 0,
        }
    }

    /// Starts an example and reads its greeting.
    pub fn greeted(example: &str) -> Self {
        let mut worker = Self::spawn(example);
        assert_eq!(worker.frame().1["wire"], 1);
        worker
    }

    /// Writes bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("stdin is open");
        stdin
            .write_all(bytes)
            .and_then(|()| stdin.flush())
            .expect("the worker reads");
    }

    /// Reads up to the end of the next frame: the text before it, and the frame.
    pub fn frame(&mut self) -> (String, Value) {
        let mut text = Vec::new();
        self.stdout
            .read_until(RS, &mut text)
            .expect("the worker writes");
        assert_eq!(
            text.pop(),
            Some(RS),
            "no frame came after {:?}",
            lossy(&text)
        );
        let mut frame = Vec::new();
        self.stdout
            .read_until(b'\n', &mut frame)
            .expect("the worker writes");
        assert_eq!(frame.last(), Some(&b'\n'), "a frame ends with a line feed");
        let value = serde_json::from_slice(&frame)
            .unwrap_or_else(|error| panic!("{error} in {:?}", lossy(&frame)));
        (lossy(&text), value)
    }

    /// Sends a request without its id. Gives what was printed meanwhile, and the
    /// reply without its id, which must be the request's.
    pub fn ask_printing(&mut self, mut request: Value) -> (String, Value) {
        self.asked += 1;
        request["id"] = json!(self.asked);
        let mut frame = vec![RS];
        frame.extend(request.to_string().bytes());
        frame.push(b'\n');
        self.write(&frame);
        let (text, mut reply) = self.frame();
        let id = reply.as_object_mut().and_then(|reply| reply.remove("id"));
        assert_eq!(
            id,
            Some(json!(self.asked)),
            "the reply has the id of its request"
        );
        (text, reply)
    }

    /// The same where nothing is printed.
    pub fn ask(&mut self, request: Value) -> Value {
        let (text, reply) = self.ask_printing(request);
        assert_eq!(text, "", "nothing is printed");
        reply
    }

    /// Calls a function.
    pub fn call(&mut self, function: &str, arguments: Value) -> Value {
        self.ask(json!({ "call": function, "arguments": arguments }))
    }

    /// Calls a method.
    pub fn method(&mut self, object: u64, method: &str, arguments: Value) -> Value {
        self.ask(json!({ "object": object, "call": method, "arguments": arguments }))
    }

    /// Closes stdin and waits.
    pub fn end(mut self) -> Ended {
        drop(self.stdin.take());
        self.wait()
    }

    /// Waits without closing stdin.
    pub fn wait(mut self) -> Ended {
        let mut stdout = Vec::new();
        self.stdout
            .read_to_end(&mut stdout)
            .expect("the worker writes");
        let mut stderr = String::new();
        let mut pipe = self.child.stderr.take().expect("stderr is piped");
        pipe.read_to_string(&mut stderr).expect("the worker writes");
        let status = self.child.wait().expect("the worker ends");
        Ended {
            status,
            stdout: lossy(&stdout),
            stderr,
        }
    }
}

impl Ended {
    /// The worker ended well, and had nothing more to say.
    pub fn assert_quiet(&self) {
        assert!(self.status.success(), "{}", self.status);
        assert_eq!((self.stdout.as_str(), self.stderr.as_str()), ("", ""));
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
