/// What reading is told; the defaults suit a machine with a few gigabytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The most bytes that one record may have; a larger one is skipped with a diagnostic.
    pub max_record_bytes: u64,
    /// How many archives may lie in one another.
    pub max_depth: usize,
    /// How many times larger than its packed form something may get: what goes beyond that, once
    /// it has [`BOMB_FROM`](Options::BOMB_FROM) bytes, is taken for a bomb and left.
    pub max_ratio: u64,
    /// The most bytes that all the packed parts of one input may unpack to.
    pub max_total: u64,
    /// The most members that one archive may have.
    pub max_members: u64,
    /// The most bytes that are held in memory of a zip archive or Parquet table that comes as a
    /// stream, since both are read from their end.
    pub max_spool: u64,
    /// A [`position`](crate::Records::position) of an earlier reading of the same bytes, from
    /// which this one goes on.
    pub resume_from: Option<u64>,
}

impl Options {
    /// Something small may be packed well without being a bomb.
    pub const BOMB_FROM: u64 = 16 << 20;
}

impl Default for Options {
    fn default() -> Options {
        Options {
            max_record_bytes: 64 << 20,
            max_depth: 3,
            max_ratio: 250,
            max_total: 1 << 40,
            max_members: 5_000_000,
            max_spool: 256 << 20,
            resume_from: None,
        }
    }
}
