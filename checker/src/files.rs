//! Reading and writing files so that an error always names the path, and so
//! that a file is either the old one or the new one, never half of both.

use std::fs::{self, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::interrupt;

/// How long a lock may take before the person is told.
const PATIENCE: Duration = Duration::from_secs(1);

/// The largest file that is read.
const BYTES: u64 = 16 * 1024 * 1024;

/// The text of the file at `path`.
pub fn read(path: &Path) -> Result<String> {
    let failed = || format!("failed to read {}", path.display());
    let bytes = bytes(path).with_context(failed)?;
    String::from_utf8(bytes).with_context(failed)
}

/// The text of the file at `path`, or `None` if there is no such file.
pub fn read_if_there(path: &Path) -> Result<Option<String>> {
    match bytes_if_there(path)? {
        None => Ok(None),
        Some(bytes) => {
            Ok(Some(String::from_utf8(bytes).with_context(|| {
                format!("failed to read {}", path.display())
            })?))
        }
    }
}

/// The bytes of the file at `path`, or `None` if there is no such file.
pub fn bytes_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match bytes(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if is_missing(&error) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("failed to read {}", path.display())),
    }
}

/// A pipe or a device in the place of a file could be read without end.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let found = fs::metadata(path)?;
    if !found.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    if found.len() > BYTES {
        return Err(io::Error::other(format!(
            "it is larger than {} MiB",
            BYTES / 1024 / 1024
        )));
    }
    fs::read(path)
}

/// Whether `error` says that a file, or a folder on the way to it, is not there.
pub fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Replaces the file at `path` in one step: a temporary file beside it, then a
/// rename. Folders on the way are made.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    replace(path, bytes.as_ref()).with_context(|| format!("failed to write {}", path.display()))
}

/// Writes a file that can be made again, below `target`: without waiting for the
/// disk, which takes longer than all else between a save and its verdict.
pub fn write_scratch(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    let write = || {
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        fs::write(path, bytes)
    };
    write().with_context(|| format!("failed to write {}", path.display()))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    // A temporary file is private to its owner; what it replaces may not be.
    if let Ok(old) = fs::metadata(path) {
        file.as_file().set_permissions(old.permissions())?;
    } else {
        set_ordinary_permissions(file.as_file())?;
    }
    file.persist(path)?;
    Ok(())
}

#[cfg(unix)]
fn set_ordinary_permissions(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_ordinary_permissions(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// A path below `folder` that does not exist yet: `stem.extension`, then
/// `stem-2.extension`, and so on.
pub fn unused(folder: &Path, stem: &str, extension: &str) -> PathBuf {
    (1..)
        .map(|n| match n {
            1 => folder.join(format!("{stem}.{extension}")),
            n => folder.join(format!("{stem}-{n}.{extension}")),
        })
        .find(|path| !path.exists())
        .expect("there are more numbers than files")
}

/// Holds a lock file until it is dropped, so that two checkers take turns.
/// `waiting` tells a person that it takes longer than usual.
pub fn lock(path: &Path, waiting: impl Fn()) -> Result<fs::File> {
    let open = || -> io::Result<fs::File> {
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
    };
    let failed = || format!("failed to lock {}", path.display());
    let file = open().with_context(failed)?;
    let begun = Instant::now();
    let mut told = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if interrupt::requested() => {
                bail!(interrupt::SAID)
            }
            Err(TryLockError::WouldBlock) => {
                if !told && begun.elapsed() > PATIENCE {
                    waiting();
                    told = true;
                }
                thread::sleep(interrupt::LOOK);
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(failed),
        }
    }
}
