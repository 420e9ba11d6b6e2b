use std::cell::Cell;
use std::io::Read;
use std::rc::Rc;

use rashomon_article::Diagnostic;

use crate::record::{Counts, Record};
use crate::window::Window;
use crate::{Options, fault};

/// What gives records: a container, or a thing that is one record by itself.
pub(crate) trait Source {
    /// The next record, or what is wrong with it. After a fault that cannot be passed, `None`.
    fn next(&mut self, counts: &mut Counts) -> Option<Result<Record, Diagnostic>>;

    /// Where reading goes on after the record that was handed out last.
    fn position(&self) -> u64;
}

/// Bytes from wherever, looked at before they are taken.
pub(crate) type Bytes<'r> = Window<Box<dyn Read + 'r>>;

/// What all containers of one input share.
pub(crate) struct Context {
    pub options: Options,
    unpacked: Cell<u64>,
}

impl Context {
    pub fn new(options: &Options) -> Rc<Context> {
        Rc::new(Context { options: options.clone(), unpacked: Cell::new(0) })
    }

    /// Counts bytes that were unpacked; an error once there are too many.
    pub fn unpack(&self, bytes: usize) -> std::io::Result<()> {
        self.unpacked.set(self.unpacked.get() + bytes as u64);
        if self.unpacked.get() > self.options.max_total {
            let most = self.options.max_total;
            return Err(fault::new("bomb", format!("it unpacks to more than {most} bytes")));
        }
        Ok(())
    }
}

/// Where a container stands while it is opened.
#[derive(Clone)]
pub(crate) struct Place {
    /// The name of the container, for people.
    pub name: String,
    pub context: Rc<Context>,
    /// How many archives it lies in.
    pub depth: usize,
    /// How many times it was packed since the last of these.
    pub layers: usize,
    /// Where reading goes on; 0 is the beginning.
    pub resume: u64,
}

impl Place {
    pub fn options(&self) -> &Options {
        &self.context.options
    }

    /// A diagnostic about something at the container or in it.
    pub fn diagnostic(
        &self,
        code: &'static str,
        name: &str,
        why: impl std::fmt::Display,
    ) -> Diagnostic {
        Diagnostic::input(code, format!("{name}: {why}"), self.name.clone())
    }

    /// A diagnostic about bytes that could not be read.
    pub fn fault(&self, name: &str, error: &std::io::Error) -> Diagnostic {
        self.diagnostic(fault::code(error), name, error)
    }

    /// A diagnostic about a record that is too large to be held.
    pub fn too_large(&self, name: &str) -> Diagnostic {
        let most = self.options().max_record_bytes;
        let why = format!("more than {most} bytes; raise the limit of one record to read it");
        self.diagnostic("too-large", name, why)
    }
}
