/// What part of an attribution a token belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Who says it.
    Source,
    /// The words that report the saying.
    Cue,
    /// What is said.
    Content,
}

/// The label of a token: outside, or the first or a further token of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Label(u8);

/// How many labels there are.
pub const LABELS: usize = 7;

impl Label {
    /// No part of an attribution.
    pub const OUTSIDE: Label = Label(0);

    /// The first token of a role, or a further one.
    pub fn new(role: Role, first: bool) -> Label {
        let base = match role {
            Role::Source => 1,
            Role::Cue => 3,
            Role::Content => 5,
        };
        Label(base + u8::from(!first))
    }

    /// The label of an index below [`LABELS`].
    ///
    /// # Panics
    ///
    /// When the index is no label.
    pub fn from_index(index: usize) -> Label {
        assert!(index < LABELS, "there are {LABELS} labels, not {index}");
        Label(index as u8)
    }

    /// Its index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The role, and whether the token is the first of it.
    pub fn role(self) -> Option<(Role, bool)> {
        let role = match self.0 {
            0 => return None,
            1 | 2 => Role::Source,
            3 | 4 => Role::Cue,
            _ => Role::Content,
        };
        Some((role, self.0 % 2 == 1))
    }

    /// A further token of a role follows only a token of the same role.
    pub fn may_follow(self, before: Option<Label>) -> bool {
        match self.role() {
            Some((role, false)) => {
                before.and_then(Label::role).is_some_and(|(other, _)| other == role)
            }
            _ => true,
        }
    }
}
