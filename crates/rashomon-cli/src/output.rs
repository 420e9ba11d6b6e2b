use std::io::Write;
use std::path::Path;

use anyhow::Context as _;

/// Writes a result to a file, whole or not at all, or to standard output.
pub fn write(path: Option<&Path>, content: &str) -> anyhow::Result<()> {
    let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
        let mut out = std::io::stdout().lock();
        out.write_all(content.as_bytes())?;
        out.flush()?;
        return Ok(());
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let write = || -> anyhow::Result<()> {
        let mut file = tempfile::Builder::new().permissions(permissions()).tempfile_in(folder)?;
        file.write_all(content.as_bytes())?;
        file.persist(path)?;
        Ok(())
    };
    write().with_context(|| format!("{}: cannot be written", path.display()))
}

/// Writes a long result as it is made: to a file, which appears whole or not at all, or to
/// standard output.
pub fn stream<T>(
    path: Option<&Path>,
    make: impl FnOnce(&mut (dyn Write + Send)) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
        let mut out = std::io::BufWriter::new(Heard { out: std::io::stdout(), is_gone: false });
        let made = make(&mut out);
        let flushed = out.flush();
        if out.get_ref().is_gone {
            return Err(std::io::Error::from(std::io::ErrorKind::BrokenPipe).into());
        }
        flushed?;
        return made;
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let context = || format!("{}: cannot be written", path.display());
    let file = tempfile::Builder::new().permissions(permissions()).tempfile_in(folder);
    let mut out = std::io::BufWriter::new(file.with_context(context)?);
    let made = make(&mut out)?;
    let file = out.into_inner().map_err(std::io::IntoInnerError::into_error);
    file.with_context(context)?.persist(path).with_context(context)?;
    Ok(made)
}

/// Remembers whether the reader went away, which the errors of writers of tables do not tell.
struct Heard<W> {
    out: W,
    is_gone: bool,
}

impl<W> Heard<W> {
    fn note<T>(&mut self, written: std::io::Result<T>) -> std::io::Result<T> {
        if let Err(error) = &written {
            self.is_gone |= error.kind() == std::io::ErrorKind::BrokenPipe;
        }
        written
    }
}

impl<W: Write> Write for Heard<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes);
        self.note(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let flushed = self.out.flush();
        self.note(flushed)
    }
}

/// What the user's own umask then narrows.
#[cfg(unix)]
fn permissions() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

#[cfg(not(unix))]
fn permissions() -> std::fs::Permissions {
    let mut permissions = std::fs::metadata(".")
        .map(|metadata| metadata.permissions())
        .expect("the current folder is there");
    permissions.set_readonly(false);
    permissions
}

/// Whether the reader of our output went away, which is no error of ours.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
