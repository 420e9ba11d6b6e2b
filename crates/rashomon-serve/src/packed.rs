//! Text that is held packed and sent packed.

use axum::body::Bytes;
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

/// A text as a run of deflate blocks (RFC 1951) that leans on nothing before it and ends on a byte:
/// such runs stand one after the other in one stream.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    blocks: Bytes,
    crc: crc32fast::Hasher,
    length: usize,
}

/// Fast, and a tenth of a page is left.
const LEVEL: Compression = Compression::new(3);

impl Packed {
    /// Packs a text.
    pub fn new(text: &str) -> Packed {
        let mut crc = crc32fast::Hasher::new();
        crc.update(text.as_bytes());
        let mut blocks = Vec::with_capacity(text.len() / 6 + 64);
        let mut packer = Compress::new(LEVEL, false);
        let mut rest = text.as_bytes();
        loop {
            blocks.reserve(32 << 10);
            let before = packer.total_in();
            let packed = packer.compress_vec(rest, &mut blocks, FlushCompress::Sync);
            packed.expect("packing into memory cannot fail");
            rest = &rest[(packer.total_in() - before) as usize..];
            // Room is left: all is out, and the run ends on a byte.
            if rest.is_empty() && blocks.len() < blocks.capacity() {
                break;
            }
        }
        Packed { blocks: blocks.into(), crc, length: text.len() }
    }

    /// How many bytes are held.
    pub fn held(&self) -> usize {
        self.blocks.len()
    }

    /// The text.
    pub fn text(&self) -> String {
        let mut text = Vec::with_capacity(self.length + 1);
        let mut unpacker = Decompress::new(false);
        let mut rest = &self.blocks[..];
        while text.len() < self.length {
            text.reserve(1);
            let before = unpacker.total_in();
            let status = unpacker.decompress_vec(rest, &mut text, FlushDecompress::None);
            rest = &rest[(unpacker.total_in() - before) as usize..];
            if !matches!(status, Ok(Status::Ok | Status::BufError)) {
                break;
            }
        }
        String::from_utf8(text).expect("text went in")
    }
}

/// A gzip file (RFC 1952) of runs one after the other, piece by piece.
pub(crate) struct Gzip {
    crc: crc32fast::Hasher,
    length: usize,
}

impl Gzip {
    /// The file, and its first bytes.
    pub fn begin() -> (Gzip, Bytes) {
        let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
        (Gzip { crc: crc32fast::Hasher::new(), length: 0 }, Bytes::copy_from_slice(&head))
    }

    /// The bytes of another run.
    pub fn add(&mut self, run: &Packed) -> Bytes {
        self.crc.combine(&run.crc);
        self.length += run.length;
        run.blocks.clone()
    }

    /// The last bytes: an empty last block, the checksum and the length.
    pub fn end(self) -> Bytes {
        let mut end = vec![0x03, 0x00];
        end.extend(self.crc.finalize().to_le_bytes());
        end.extend((self.length as u32).to_le_bytes());
        end.into()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn runs_one_after_the_other_are_one_file() {
        let long = "é and more. ".repeat(40_000);
        for texts in [vec![], vec![""], vec!["a", "", "b"], vec!["head", &long, &long, "tail"]] {
            let (mut gzip, head) = Gzip::begin();
            let mut file = head.to_vec();
            for text in &texts {
                let packed = Packed::new(text);
                assert_eq!(packed.text(), *text);
                file.extend(gzip.add(&packed));
            }
            file.extend(gzip.end());
            let mut read = String::new();
            flate2::read::GzDecoder::new(&file[..]).read_to_string(&mut read).expect("a gzip file");
            assert_eq!(read, texts.concat());
        }
    }
}
