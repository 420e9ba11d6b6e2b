use std::fmt;

/// Why something kept could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoriesError(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Version { what: &'static str, found: u8, known: u8 },
    Damaged { what: &'static str },
    Articles { expected: u64, found: u64 },
}

impl StoriesError {
    pub(crate) fn version(what: &'static str, found: u8, known: u8) -> StoriesError {
        StoriesError(Kind::Version { what, found, known })
    }

    pub(crate) fn damaged(what: &'static str) -> StoriesError {
        StoriesError(Kind::Damaged { what })
    }

    pub(crate) fn articles(expected: u64, found: u64) -> StoriesError {
        StoriesError(Kind::Articles { expected, found })
    }

    /// The code of the error; the documentation of the crate lists them.
    pub fn code(&self) -> &'static str {
        match self.0 {
            Kind::Version { .. } => "other-version",
            Kind::Damaged { .. } => "damaged",
            Kind::Articles { .. } => "missing-articles",
        }
    }
}

impl fmt::Display for StoriesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Version { what, found, known } => write!(
                f,
                "the {what} was written in version {found} and this program reads version {known}: make it anew from the articles"
            ),
            Kind::Damaged { what } => {
                write!(f, "the {what} is damaged: make it anew from the articles")
            }
            Kind::Articles { expected, found } => write!(
                f,
                "the state of the stream is that of {expected} articles and {found} were given: give those from its oldest on, or adopt what there is"
            ),
        }
    }
}

impl std::error::Error for StoriesError {}
