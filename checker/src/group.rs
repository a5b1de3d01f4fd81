//! A child process and whatever it starts: killed as one, and never waited for
//! without end.
//!
//! A process group (a job object on Windows) holds what a child starts. On Linux
//! a process that leaves its group is caught as well: the checker adopts orphans
//! (`PR_SET_CHILD_SUBREAPER`) and kills those that it did not start itself.

use std::collections::BTreeSet;
use std::io;
use std::process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use process_wrap::std::{ChildWrapper, CommandWrap};

/// How long a killed process may take to be gone.
const DEATH: Duration = Duration::from_millis(500);

/// The children that live, by pid. Held while one is started, so that nobody
/// takes it for an orphan.
static LIVE: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// Makes orphans children of this process. Call it once, at the start.
pub fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    // An old kernel can't; then groups alone must do.
    let _ = nix::sys::prctl::set_child_subreaper(true);
}

/// A child and its group. Dropping it kills both.
#[derive(Debug)]
pub struct Group {
    child: Box<dyn ChildWrapper>,
}

impl Group {
    /// Starts `command` in a group of its own.
    pub fn spawn(command: Command) -> io::Result<Self> {
        let mut command = CommandWrap::from(command);
        #[cfg(unix)]
        command.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(process_wrap::std::JobObject);
        let mut live = live();
        let child = command.spawn()?;
        live.insert(child.id());
        Ok(Self { child })
    }

    /// Its pid.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its pipes, each of which can be taken once.
    pub fn pipes(&mut self) -> (Option<ChildStdin>, Option<ChildStdout>, Option<ChildStderr>) {
        (
            self.child.stdin().take(),
            self.child.stdout().take(),
            self.child.stderr().take(),
        )
    }

    /// How the child itself ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        // Of the child, not of the group: it may have left that.
        self.child.inner_mut().try_wait().ok().flatten()
    }

    /// How the child itself ends within `limit`, if it does.
    pub fn ends_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + limit;
        // A killed child is gone in less than a millisecond, cargo in hundreds.
        let mut pause = Duration::from_micros(50);
        loop {
            match self.ended() {
                None if Instant::now() < deadline => thread::sleep(pause),
                ended => return ended,
            }
            pause = (2 * pause).min(Duration::from_millis(2));
        }
    }

    /// The processes of the group, those that ended and were not waited for as
    /// well, and the processor time that they have used in all. `None` where the
    /// system does not tell: elsewhere than on Linux.
    pub fn usage(&self) -> Option<Usage> {
        #[cfg(target_os = "linux")]
        return Some(usage::of_group(self.id()));
        #[cfg(not(target_os = "linux"))]
        return None;
    }

    /// Kills the group, the child, and what escaped from both.
    pub fn kill(&mut self) {
        // Either fails if it is gone already, which is as well.
        let _ = self.child.start_kill();
        let _ = self.child.inner_mut().start_kill();
        let _ = self.ends_within(DEATH);
        let mut live = live();
        live.remove(&self.id());
        #[cfg(target_os = "linux")]
        orphans::kill(&live);
    }
}

/// What a group of processes uses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// How many processes it has.
    pub processes: usize,
    /// Their processor time in clock ticks: hundredths of a second.
    pub ticks: u64,
    /// How many of their threads run, or wait for nothing but a free processor.
    pub runnable: usize,
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

fn live() -> MutexGuard<'static, BTreeSet<u32>> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(target_os = "linux")]
mod usage {
    use std::fs;
    use std::path::Path;

    use super::Usage;

    /// Adds up `/proc/PID/stat` of all processes of the group `id`.
    pub fn of_group(id: u32) -> Usage {
        let mut usage = Usage::default();
        for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
            // What is no process has no such file; what ended meanwhile neither.
            let stat = fs::read_to_string(process.path().join("stat"));
            if let Some((group, ticks)) = stat.ok().as_deref().and_then(group_and_ticks)
                && group == id
            {
                usage.processes += 1;
                usage.ticks += ticks;
                usage.runnable += runnable(&process.path().join("task"));
            }
        }
        usage
    }

    /// How many of the `threads` are in the state `R` (proc(5)).
    fn runnable(threads: &Path) -> usize {
        fs::read_dir(threads)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|thread| fs::read_to_string(thread.path().join("stat")).ok())
            .filter(|stat| {
                stat.rsplit_once(") ")
                    .is_some_and(|(_, rest)| rest.starts_with('R'))
            })
            .count()
    }

    /// The fields `pgrp`, and `utime` and `stime` together (proc(5)).
    fn group_and_ticks(stat: &str) -> Option<(u32, u64)> {
        // `pid (name) state ppid pgrp …`, and the name may hold `) ` itself.
        let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(2);
        let group = fields.next()?.parse().ok()?;
        let mut times = fields.skip(8).map(str::parse::<u64>);
        Some((group, times.next()?.ok()? + times.next()?.ok()?))
    }
}

#[cfg(target_os = "linux")]
mod orphans {
    use std::collections::BTreeSet;
    use std::fs;
    use std::thread;
    use std::time::Duration;

    use nix::sys::signal::{Signal, kill as send};
    use nix::sys::wait::{WaitPidFlag, waitpid};
    use nix::unistd::Pid;

    /// A killed orphan hands its own children over, which are killed in the
    /// next round; a fork bomb loses this race, and so must it end.
    const ROUNDS: usize = 200;

    /// Kills the children of this process that are not in `live`.
    pub fn kill(live: &BTreeSet<u32>) {
        for round in 0..ROUNDS {
            let orphans: Vec<u32> = children().filter(|pid| !live.contains(pid)).collect();
            if orphans.is_empty() {
                return;
            }
            for pid in orphans {
                let Ok(pid) = i32::try_from(pid).map(Pid::from_raw) else {
                    continue;
                };
                let _ = send(pid, Signal::SIGKILL);
                let _ = waitpid(pid, Some(WaitPidFlag::WNOHANG));
            }
            if round > 0 {
                thread::sleep(Duration::from_millis(1));
            }
        }
    }

    fn children() -> impl Iterator<Item = u32> {
        fs::read_dir("/proc/self/task")
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
            .flat_map(|pids| {
                pids.split_whitespace()
                    .filter_map(|pid| pid.parse().ok())
                    .collect::<Vec<u32>>()
            })
    }
}
