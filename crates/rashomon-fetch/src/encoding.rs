//! Content encodings, taken off under guard.

mod deflate;
mod gzip;
mod source;
mod zstd;

use std::io::{self, BufRead, BufReader, Read};

use crate::error::Kind;
use crate::message::Warning;
use crate::wire::Deadline;
use source::{Guard, Ran, Source};

/// How many encodings may lie upon each other.
const MAX_LAYERS: usize = 3;

/// Up to this size, a body may be as much smaller on the wire as it likes.
const SMALL: usize = 1 << 20;

/// What decoding may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) max_bytes: usize,
    pub(crate) max_ratio: usize,
    pub(crate) deadline: Deadline,
}

/// A body that could not be decoded: the kind of error and the words for it.
pub(crate) type Undecodable = (Kind, String);

/// An encoding that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

impl Coding {
    fn named(name: &str) -> Option<Coding> {
        match name {
            "gzip" | "x-gzip" => Some(Coding::Gzip),
            "deflate" => Some(Coding::Deflate),
            "br" => Some(Coding::Brotli),
            "zstd" => Some(Coding::Zstd),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Coding::Gzip => "gzip",
            Coding::Deflate => "deflate",
            Coding::Brotli => "br",
            Coding::Zstd => "zstd",
        }
    }
}

/// Takes the encodings off a body. `named` is what `Content-Encoding` says, in its order;
/// `is_text` says that the media type is one of text, which compressed bytes cannot be.
pub(crate) fn decode(
    body: Vec<u8>,
    named: &str,
    is_text: bool,
    bounds: Bounds,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<u8>, Undecodable> {
    let (codings, unknown) = codings(named);
    if let Some(unknown) = unknown {
        let detail = format!("the encoding {unknown:?} is not known");
        return plain(body, (Kind::BadEncoding, detail), warnings);
    }
    if codings.len() > MAX_LAYERS {
        let detail = format!("{} encodings upon each other are too many", codings.len());
        return Err((Kind::BadEncoding, detail));
    }
    if body.is_empty() {
        return Ok(body);
    }
    if codings.is_empty() {
        if is_text && body.starts_with(gzip::MAGIC) {
            let message = "the body is compressed with gzip, and the head does not say so";
            warnings.push(Warning::new("encoding-untold", message));
            return unpack(&body, &[Coding::Gzip], bounds, warnings).map_err(Failure::told);
        }
        return Ok(body);
    }
    match unpack(&body, &codings, bounds, warnings) {
        Ok(decoded) => Ok(decoded),
        Err(failure) if failure.decoded.is_empty() => plain(body, failure.told(), warnings),
        Err(failure) => Err(failure.told()),
    }
}

/// What can be had of a body, up to a number of bytes: for robots.txt, of which the beginning
/// counts even where the rest is too long or broken. The last line goes where it may be cut.
pub(crate) fn decode_beginning(
    body: Vec<u8>,
    named: &str,
    is_cut: bool,
    most: usize,
    deadline: Deadline,
) -> Vec<u8> {
    let (mut codings, _) = codings(named);
    if codings.is_empty() && body.starts_with(gzip::MAGIC) {
        codings.push(Coding::Gzip);
    }
    let (mut beginning, is_whole) = if codings.is_empty() {
        (body, !is_cut)
    } else {
        // The guard takes whole blocks away, so that it is set further off.
        let bounds = Bounds { max_bytes: 4 * most, max_ratio: usize::MAX, deadline };
        codings.truncate(MAX_LAYERS);
        match unpack(&body, &codings, bounds, &mut Vec::new()) {
            Ok(decoded) => (decoded, true),
            Err(failure) if failure.decoded.is_empty() => (body, !is_cut),
            Err(failure) => (failure.decoded, false),
        }
    };
    if beginning.len() > most || !is_whole {
        beginning.truncate(most);
        let end = beginning.iter().rposition(|&byte| byte == b'\n' || byte == b'\r');
        beginning.truncate(end.unwrap_or(0));
    }
    beginning
}

/// The encodings in the order in which they come off, or the name of one that is not known.
fn codings(named: &str) -> (Vec<Coding>, Option<String>) {
    let mut codings = Vec::new();
    for name in named.split(',').map(|name| name.trim().to_ascii_lowercase()).rev() {
        match Coding::named(&name) {
            Some(coding) => codings.push(coding),
            None if name.is_empty() || name == "identity" => {}
            None => return (codings, Some(name)),
        }
    }
    (codings, None)
}

/// A body whose encoding is not the named one, if it is evidently a text as it stands. Servers
/// that claim an encoding and send none are common enough.
fn plain(
    body: Vec<u8>,
    (kind, detail): Undecodable,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<u8>, Undecodable> {
    let is_text = std::str::from_utf8(&body).is_ok_and(|text| {
        !text.chars().any(|letter| letter.is_control() && !letter.is_ascii_whitespace())
    });
    if !is_text {
        return Err((kind, detail));
    }
    let message = format!("{detail}; the body is a text as it stands and taken so");
    warnings.push(Warning::new("encoding-untrue", message));
    Ok(body)
}

/// Why unpacking failed, and what had come out before.
struct Failure {
    kind: Kind,
    detail: String,
    decoded: Vec<u8>,
}

impl Failure {
    fn told(self) -> Undecodable {
        (self.kind, self.detail)
    }
}

fn unpack(
    body: &[u8],
    codings: &[Coding],
    bounds: Bounds,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<u8>, Failure> {
    let ran = Ran::default();
    let names: Vec<_> = codings.iter().map(|coding| coding.name()).collect();
    let names = names.join(" in ");
    let mut layers: Box<dyn BufRead + '_> = Box::new(BufReader::new(Source::new(body, &ran)));
    for &coding in codings {
        let guarded = Guard::new(layer(coding, layers, &ran), bounds);
        layers = Box::new(BufReader::new(guarded));
    }
    let most = bounds.max_bytes.min(SMALL.max(bounds.max_ratio.saturating_mul(body.len())));
    let mut decoded = Vec::new();
    let outcome = layers.take(most as u64 + 1).read_to_end(&mut decoded);
    if decoded.len() > most {
        let detail = format!("{} bytes in {names} unpack to more than {most}", body.len());
        return Err(Failure { kind: Kind::TooLargeDecoded, detail, decoded });
    }
    if let Err(error) = outcome {
        let (kind, detail) = judge(&error, &ran, &names);
        return Err(Failure { kind, detail, decoded });
    }
    if ran.has_rest() {
        let message = format!("bytes after the end of the {names} body are left out");
        warnings.push(Warning::new("trailing-bytes", message));
    }
    Ok(decoded)
}

fn layer<'a>(coding: Coding, source: Box<dyn BufRead + 'a>, ran: &Ran) -> Box<dyn Read + 'a> {
    match coding {
        Coding::Gzip => Box::new(gzip::Members::new(source, ran)),
        Coding::Deflate => Box::new(deflate::Deflate::new(source, ran)),
        Coding::Brotli => Box::new(brotli_decompressor::Decompressor::new(source, 16 << 10)),
        Coding::Zstd => Box::new(zstd::Frames::new(source, ran)),
    }
}

fn judge(error: &io::Error, ran: &Ran, names: &str) -> Undecodable {
    if let Some(breach) = source::breach_in(error) {
        return match breach {
            source::Breach::Size => {
                (Kind::TooLargeDecoded, format!("the {names} body unpacks to too many bytes"))
            }
            source::Breach::Time => {
                (Kind::TimedOut, format!("unpacking the {names} body took too long"))
            }
        };
    }
    if error.kind() == io::ErrorKind::UnexpectedEof || ran.is_dry() {
        return (Kind::CutShort, format!("the {names} body ends too early"));
    }
    (Kind::BadEncoding, format!("the body is no proper {names}: {error}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    /// Packed bodies mutilated at random: no decoder panics, none goes on for ever, and nothing
    /// larger than allowed comes out.
    #[test]
    fn mutilated_bodies_are_decoded_or_refused() {
        let text = "A bridge opened on Monday, and another one did not. ".repeat(200);
        let brotli = [
            0x1b, 0x19, 0x00, 0xf8, 0x8d, 0x54, 0xb5, 0xbf, 0x0c, 0x6a, 0xca, 0x4b, 0x97, 0x30,
            0xb2, 0x46, 0x80, 0x10, 0x46, 0x44, 0x51, 0xfd, 0xe4, 0x14, 0x15, 0x36, 0x68, 0xfa,
            0x06,
        ];
        let packed = |mut encoder: Box<dyn Read>| {
            let mut bytes = Vec::new();
            encoder.read_to_end(&mut bytes).unwrap();
            bytes
        };
        let level = flate2::Compression::default();
        let source = || io::Cursor::new(text.clone());
        let seeds = [
            ("gzip", packed(Box::new(flate2::read::GzEncoder::new(source(), level)))),
            ("deflate", packed(Box::new(flate2::read::ZlibEncoder::new(source(), level)))),
            ("deflate", packed(Box::new(flate2::read::DeflateEncoder::new(source(), level)))),
            ("zstd", compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)),
            ("br", brotli.to_vec()),
        ];
        let rounds = std::env::var("MUTATIONS").ok().and_then(|count| count.parse().ok());
        let mut state = 1_u64;
        let mut dice = |sides: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % sides as u64) as usize
        };
        let mut outcomes = [0, 0];
        for round in 0..rounds.unwrap_or(2000).max(2000) {
            let (coding, seed) = &seeds[round % seeds.len()];
            let mut bytes = seed.clone();
            for _ in 0..=dice(4) {
                let at = dice(bytes.len());
                bytes[at] = dice(256) as u8;
            }
            if dice(4) == 0 {
                bytes.truncate(dice(bytes.len()));
            }
            let deadline = Deadline::after(Duration::from_secs(20));
            let bounds = Bounds { max_bytes: 1 << 20, max_ratio: 200, deadline };
            let named = if dice(3) == 0 { format!("gzip, {coding}") } else { (*coding).to_owned() };
            let decoded = decode(bytes, &named, false, bounds, &mut Vec::new());
            outcomes[usize::from(decoded.is_ok())] += 1;
            match decoded {
                Ok(decoded) => assert!(decoded.len() <= 1 << 20),
                Err((kind, detail)) => {
                    let told = [Kind::BadEncoding, Kind::CutShort, Kind::TooLargeDecoded];
                    assert!(told.contains(&kind), "{detail}");
                }
            }
        }
        assert!(outcomes.iter().all(|&count| count > 0), "{outcomes:?}");
    }
}
