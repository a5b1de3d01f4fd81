//! What a worker may use of the machine.

use crate::exercise::Limits;

/// The largest file that a worker may write, in MiB.
pub const FILE_MIB: u64 = 64;

/// Caps what the worker may use. It is set from outside right after the start:
/// the worker's own code runs only when the first call comes, long after.
/// Elsewhere than on Linux a process can't limit another one without unsafe
/// code; there the clock and the output cap hold alone, as the book says.
#[cfg(target_os = "linux")]
pub fn limit(pid: u32, limits: &Limits) {
    use rlimit::Resource;
    const MIB: u64 = 1024 * 1024;
    let Ok(pid) = i32::try_from(pid) else { return };
    let memory = limits.memory_mib.saturating_mul(MIB);
    for (resource, soft, hard) in [
        (Resource::CPU, limits.cpu_s, limits.cpu_s.saturating_add(1)),
        (Resource::AS, memory, memory),
        (Resource::FSIZE, FILE_MIB * MIB, FILE_MIB * MIB),
        (Resource::NOFILE, 256, 256),
        (Resource::CORE, 0, 0),
    ] {
        // A limit that is lower already can't be raised, and need not be.
        let _ = rlimit::prlimit(pid, resource, Some((soft, hard)), None);
    }
}

#[cfg(not(target_os = "linux"))]
pub fn limit(_: u32, _: &Limits) {}
