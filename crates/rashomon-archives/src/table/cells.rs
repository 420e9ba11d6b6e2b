use jiff::Timestamp;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the head.
    pub name: String,
    /// What stands in it.
    pub kind: Kind,
    /// Whether a cell may be empty.
    pub nullable: bool,
}

impl Column {
    /// A column the cells of which may be empty.
    pub fn new(name: impl Into<String>, kind: Kind) -> Column {
        Column { name: name.into(), kind, nullable: true }
    }

    /// The same column with a value in each row.
    pub fn required(self) -> Column {
        Column { nullable: false, ..self }
    }
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A number of 64 bits.
    Real,
    /// Yes or no.
    Truth,
    /// An instant; Parquet keeps microseconds.
    Time,
    /// A list of texts.
    TextList,
}

/// What stands in one column of one row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Truth(bool),
    /// An instant.
    Time(Timestamp),
    /// A list of texts.
    TextList(Vec<String>),
}

impl Cell {
    /// Whether the cell may stand in the column.
    pub(super) fn fits(&self, column: &Column) -> bool {
        match self {
            Cell::Empty => column.nullable,
            Cell::Text(_) => column.kind == Kind::Text,
            Cell::Integer(_) => column.kind == Kind::Integer,
            Cell::Real(_) => column.kind == Kind::Real,
            Cell::Truth(_) => column.kind == Kind::Truth,
            Cell::Time(_) => column.kind == Kind::Time,
            Cell::TextList(_) => column.kind == Kind::TextList,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Empty, Into::into)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Integer(number)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Real(number)
    }
}

impl From<bool> for Cell {
    fn from(truth: bool) -> Cell {
        Cell::Truth(truth)
    }
}

impl From<Timestamp> for Cell {
    fn from(at: Timestamp) -> Cell {
        Cell::Time(at)
    }
}

impl From<Vec<String>> for Cell {
    fn from(texts: Vec<String>) -> Cell {
        Cell::TextList(texts)
    }
}
