//! Archives of members: each is opened for itself, and may be an archive again.

mod name;
mod tar;
mod zip;

use std::collections::BTreeMap;
use std::io::{self, Read};

use rashomon_article::Diagnostic;

use crate::record::{Counts, Record};
use crate::records::{self, ReadSeek};
use crate::source::{Bytes, Place, Source};
use crate::{Error, fault};

/// The members of a tar archive.
pub(crate) fn tar<'r>(bytes: Bytes<'r>, place: Place) -> Folder<'r> {
    Folder::new(Box::new(tar::Tar::new(bytes)), place)
}

/// The members of a zip archive.
pub(crate) fn zip<'r>(
    reader: Box<dyn ReadSeek + 'r>,
    place: Place,
) -> Result<Box<dyn Source + 'r>, Error> {
    let zip = zip::Zip::open(reader, &place)?;
    Ok(Box::new(Folder::new(Box::new(zip), place)))
}

/// A member before it is opened.
pub(crate) struct Member<'r> {
    /// Its path as the archive gives it.
    path: String,
    content: Content<'r>,
}

/// What a member is.
enum Content<'r> {
    File(Box<dyn Read + 'r>),
    /// A folder, which has no content.
    Folder,
    /// What is left out, with the code and the reason.
    Refused(&'static str, &'static str),
}

/// An archive as a list of members.
pub(crate) trait Members<'r> {
    /// The next member; an error ends the list.
    fn next(&mut self) -> Option<io::Result<Member<'r>>>;
}

/// A position is the number of the member with how many records of it were handed out.
const INSIDE_BITS: u32 = 40;

/// The records in the members of an archive, in their order.
pub(crate) struct Folder<'r> {
    members: Box<dyn Members<'r> + 'r>,
    place: Place,
    /// The member that is open.
    open: Option<Box<dyn Source + 'r>>,
    /// How many members are behind.
    member: u64,
    /// How many records and faults of the open member were handed out.
    inside: u64,
    /// How often a name was given.
    names: BTreeMap<String, u32>,
    /// What lies before the place to go on is counted for nobody.
    unheard: Counts,
    ended: bool,
}

impl<'r> Folder<'r> {
    fn new(members: Box<dyn Members<'r> + 'r>, place: Place) -> Folder<'r> {
        Folder {
            members,
            place,
            open: None,
            member: 0,
            inside: 0,
            names: BTreeMap::new(),
            unheard: Counts::default(),
            ended: false,
        }
    }

    /// Opens the next member; a fault of it comes as a diagnostic.
    fn advance(&mut self, counts: &mut Counts) -> Option<Diagnostic> {
        let most = self.place.options().max_members;
        if self.member >= most {
            self.ended = true;
            let why = format!("more than {most} members; raise max-members to read the rest");
            return Some(self.place.diagnostic("bomb", &self.place.name, why));
        }
        let member = match self.members.next() {
            None => {
                self.ended = true;
                return None;
            }
            Some(Err(error)) => {
                self.ended = true;
                let why = format!("after {} members: {error}", self.member);
                return Some(self.place.diagnostic(fault::code(&error), &self.place.name, why));
            }
            Some(Ok(member)) => member,
        };
        let path = name::tidy(&member.path);
        let full = self.unique(format!("{}/{path}", self.place.name));
        let behind = self.member < self.place.resume >> INSIDE_BITS;
        match member.content {
            Content::Folder => {}
            _ if behind => {}
            _ if name::is_hidden(&path) => counts.skip("hidden"),
            Content::Refused(code, why) => {
                self.member += 1;
                return Some(self.place.diagnostic(code, &full, why));
            }
            Content::File(reader) => match self.enter(reader, full) {
                Ok(source) => {
                    self.open = Some(source);
                    return None;
                }
                Err(diagnostic) => {
                    self.member += 1;
                    return Some(diagnostic);
                }
            },
        }
        self.member += 1;
        None
    }

    fn enter(
        &self,
        reader: Box<dyn Read + 'r>,
        name: String,
    ) -> Result<Box<dyn Source + 'r>, Diagnostic> {
        let source = records::member(reader, name, &self.place);
        source.map_err(|error| {
            Diagnostic::input(error.code(), error.to_string(), self.place.name.clone())
        })
    }

    /// A name that no other member has.
    fn unique(&mut self, name: String) -> String {
        let count = self.names.entry(name.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { name } else { format!("{name}#{count}") }
    }
}

impl Source for Folder<'_> {
    fn next(&mut self, counts: &mut Counts) -> Option<Result<Record, Diagnostic>> {
        while !self.ended {
            let Some(source) = &mut self.open else {
                if let Some(diagnostic) = self.advance(counts) {
                    return Some(Err(diagnostic));
                }
                continue;
            };
            let resume = self.place.resume;
            let handed = if self.member == resume >> INSIDE_BITS {
                resume & ((1 << INSIDE_BITS) - 1)
            } else {
                0
            };
            let heard = self.inside >= handed;
            match source.next(if heard { counts } else { &mut self.unheard }) {
                Some(item) => {
                    self.inside += 1;
                    if heard {
                        return Some(item);
                    }
                }
                None => {
                    self.open = None;
                    self.member += 1;
                    self.inside = 0;
                }
            }
        }
        None
    }

    fn position(&self) -> u64 {
        self.member << INSIDE_BITS | self.inside
    }
}
