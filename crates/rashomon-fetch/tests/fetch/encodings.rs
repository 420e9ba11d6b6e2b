//! Packed bodies: good, lying, broken, and bombs.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use flate2::{Compress, Compression, FlushCompress};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use crate::server::{Act, answer};
use crate::table::{Case, check};

const TEXT: &str = "A bridge opened on Monday.";

/// The text in `br`; there is no encoder here.
const BROTLI: &[u8] = &[
    0x1b, 0x19, 0x00, 0xf8, 0x8d, 0x54, 0xb5, 0xbf, 0x0c, 0x6a, 0xca, 0x4b, 0x97, 0x30, 0xb2, 0x46,
    0x80, 0x10, 0x46, 0x44, 0x51, 0xfd, 0xe4, 0x14, 0x15, 0x36, 0x68, 0xfa, 0x06,
];

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).expect("memory");
    encoder.finish().expect("memory")
}

fn zlib(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).expect("memory");
    encoder.finish().expect("memory")
}

fn raw_deflate(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).expect("memory");
    encoder.finish().expect("memory")
}

fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    compress_to_vec(bytes.as_ref(), CompressionLevel::Fastest)
}

fn packed(encoding: &str, body: impl AsRef<[u8]>) -> Vec<Act> {
    answer("200 OK", &format!("Content-Encoding: {encoding}\r\n"), body)
}

fn cut(mut bytes: Vec<u8>, less: usize) -> Vec<u8> {
    bytes.truncate(bytes.len() - less);
    bytes
}

fn with_rest(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend_from_slice(b"\0\0rest");
    bytes
}

#[test]
fn unpacking() {
    let skippable = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3][..], &zstd(TEXT)].concat();
    check(vec![
        Case::gives("gzip", packed("gzip", gzip(TEXT)), TEXT),
        Case::gives("gzip by its old name", packed("X-GZip", gzip(TEXT)), TEXT),
        Case::gives(
            "gzip in members",
            packed("gzip", [gzip("A "), gzip("bridge")].concat()),
            "A bridge",
        ),
        Case::gives("gzip of nothing", packed("gzip", gzip("")), ""),
        Case::gives("deflate", packed("deflate", zlib(TEXT)), TEXT),
        Case::gives("deflate without its wrapper", packed("deflate", raw_deflate(TEXT)), TEXT),
        Case::gives("br", packed("br", BROTLI), TEXT),
        Case::gives("zstd", packed("zstd", zstd(TEXT)), TEXT),
        Case::gives(
            "zstd in frames",
            packed("zstd", [zstd("A "), zstd("bridge")].concat()),
            "A bridge",
        ),
        Case::gives("zstd with a frame to skip", packed("zstd", skippable), TEXT),
        Case::gives("identity", packed("identity", TEXT), TEXT),
        Case::gives("nothing, called gzip", packed("gzip", ""), ""),
        Case::gives("nothing, called br", packed("br", ""), ""),
        Case::gives("two upon each other", packed("br, gzip", gzip(BROTLI)), TEXT),
        Case::gives(
            "two, on two lines",
            packed("deflate\r\nContent-Encoding: zstd", zstd(zlib(TEXT))),
            TEXT,
        ),
        Case::gives("gzip upon gzip", packed("gzip, gzip", gzip(gzip(TEXT))), TEXT),
        Case::gives("gzip upon gzip, told once", packed("gzip", gzip(gzip(TEXT))), gzip(TEXT)),
        Case::fails(
            "four upon each other",
            packed("gzip, gzip, gzip, gzip", gzip(TEXT)),
            "bad-encoding",
        ),
    ]);
}

#[test]
fn lies() {
    let untold =
        |media_type: &str| answer("200 OK", &format!("Content-Type: {media_type}\r\n"), gzip(TEXT));
    check(vec![
        Case::gives("text called gzip", packed("gzip", TEXT), TEXT).warns(&["encoding-untrue"]),
        Case::gives("text called zstd", packed("zstd", TEXT), TEXT).warns(&["encoding-untrue"]),
        Case::gives("text called deflate", packed("deflate", TEXT), TEXT)
            .warns(&["encoding-untrue"]),
        Case::gives("text called br", packed("br", TEXT), TEXT).warns(&["encoding-untrue"]),
        Case::gives("a word called gzip", packed("gzip", "ok"), "ok").warns(&["encoding-untrue"]),
        Case::gives("a word called zstd", packed("zstd", "ok"), "ok").warns(&["encoding-untrue"]),
        Case::gives("a word called deflate", packed("deflate", "ok"), "ok")
            .warns(&["encoding-untrue"]),
        Case::gives("a word called br", packed("br", "ok"), "ok").warns(&["encoding-untrue"]),
        Case::gives("text called UTF-8", packed("UTF-8", TEXT), TEXT).warns(&["encoding-untrue"]),
        Case::gives("text in gzip untold", untold("text/xml"), TEXT).warns(&["encoding-untold"]),
        Case::gives("a feed in gzip untold", untold("application/rss+xml"), TEXT)
            .warns(&["encoding-untold"]),
        Case::gives("an archive", untold("application/gzip"), gzip(TEXT)),
        Case::gives("bytes after gzip", packed("gzip", with_rest(gzip(TEXT))), TEXT)
            .warns(&["trailing-bytes"]),
        Case::gives("bytes after zstd", packed("zstd", with_rest(zstd(TEXT))), TEXT)
            .warns(&["trailing-bytes"]),
        Case::gives("bytes after deflate", packed("deflate", with_rest(zlib(TEXT))), TEXT)
            .warns(&["trailing-bytes"]),
        Case::gives("bytes after br", packed("br", with_rest(BROTLI.to_vec())), TEXT),
        Case::fails("gzip called br", packed("br", gzip(TEXT)), "bad-encoding"),
        Case::fails("zstd called gzip", packed("gzip", zstd(TEXT)), "bad-encoding"),
        Case::fails("gzip called deflate", packed("deflate", gzip(TEXT)), "bad-encoding"),
        Case::fails("bytes called compress", packed("compress", b"\x1f\x9d\x90\0"), "bad-encoding"),
        Case::fails("bytes called gzip", packed("gzip", b"\0\x01\x02\xff\xff"), "bad-encoding"),
    ]);
}

#[test]
fn breakage() {
    let long: String = (0..9999).map(|number| format!("{number} ")).collect();
    let mut wrong_sum = gzip(TEXT);
    let at = wrong_sum.len() - 6;
    wrong_sum[at] ^= 1;
    let mut wrong_inside = gzip(&long);
    wrong_inside[5000] ^= 0x55;
    let mut wrong_zstd = zstd(TEXT);
    assert!(wrong_zstd[4] & 4 != 0, "a frame with a checksum");
    *wrong_zstd.last_mut().expect("bytes") ^= 1;
    let window =
        |descriptor: u8| [0x28, 0xb5, 0x2f, 0xfd, 0x00, descriptor, 1 << 3 | 1, 0, 0, b'a'];
    let huge_window = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8, 0x01, 0x00, 0x00];
    check(vec![
        Case::fails("gzip without its end", packed("gzip", cut(gzip(TEXT), 4)), "cut-short"),
        Case::fails("gzip without its sums", packed("gzip", cut(gzip(&long), 8)), "cut-short"),
        Case::fails("half of a gzip", packed("gzip", cut(gzip(&long), 9999)), "cut-short"),
        Case::fails("the head of a gzip", packed("gzip", &gzip(TEXT)[..5]), "cut-short"),
        Case::fails("half of a deflate", packed("deflate", cut(zlib(&long), 9999)), "cut-short"),
        Case::fails(
            "half of a deflate without its wrapper",
            packed("deflate", cut(raw_deflate(&long), 9999)),
            "cut-short",
        ),
        Case::fails("half of a br", packed("br", &BROTLI[..20]), "cut-short"),
        Case::fails("half of a zstd", packed("zstd", cut(zstd(&long), 9999)), "cut-short"),
        Case::fails("the head of a zstd", packed("zstd", &zstd(TEXT)[..5]), "cut-short"),
        Case::fails("a wrong sum", packed("gzip", wrong_sum), "bad-encoding"),
        Case::fails("a wrong byte", packed("gzip", wrong_inside), "bad-encoding"),
        Case::fails("a wrong sum in zstd", packed("zstd", wrong_zstd), "bad-encoding"),
        Case::gives("a window of 8 MiB", packed("zstd", window(13 << 3)), "a"),
        Case::fails("a window of 64 MiB", packed("zstd", window(16 << 3)), "bad-encoding"),
        Case::fails("a window of gigabytes", packed("zstd", huge_window), "bad-encoding"),
    ]);
}

/// A gzip of so many mebibytes of zeros, made from one packed mebibyte again and again.
fn gzip_bomb(mebibytes: usize) -> Vec<u8> {
    let mut packer = Compress::new(Compression::best(), false);
    let zeros = vec![0; 1 << 20];
    let mut pack = |flush| {
        let mut packed = Vec::with_capacity(4096);
        packer.compress_vec(&zeros, &mut packed, flush).expect("memory");
        packed
    };
    pack(FlushCompress::Full);
    let unit = pack(FlushCompress::Full);
    let mut bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    for _ in 0..mebibytes {
        bomb.extend_from_slice(&unit);
    }
    bomb
}

/// A zstd frame of so many blocks, each a zero to be repeated 128 Ki times.
fn zstd_bomb(blocks: usize) -> Vec<u8> {
    let mut bomb = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58];
    let header: u32 = (128 << 10) << 3 | 1 << 1;
    for _ in 0..blocks {
        bomb.extend_from_slice(&header.to_le_bytes()[..3]);
        bomb.push(0);
    }
    bomb
}

/// A br stream of so many times 16 MiB of zeros.
fn brotli_bomb(parts: usize) -> Vec<u8> {
    const FIRST: &[u8] = &[
        0xcb, 0xff, 0xff, 0x3f, 0x00, 0x24, 0x00, 0xe2, 0xb1, 0x40, 0x72, 0xef, 0xff, 0xf8, 0xff,
        0xff, 0x07, 0x80, 0x04, 0x40, 0x1c, 0x16, 0x80, 0xee, 0xfd, 0x9f, 0x01,
    ];
    const NEXT: &[u8] = &[
        0xfc, 0xff, 0xff, 0x03, 0x40, 0x02, 0x20, 0x0e, 0x0b, 0x40, 0xf7, 0xfe, 0x8f, 0xff, 0xff,
        0x7f, 0x00, 0x48, 0x00, 0xc4, 0x61, 0x01, 0xe8, 0xde, 0xff, 0x19,
    ];
    [FIRST, &NEXT.repeat(parts - 1), &[3]].concat()
}

#[test]
fn bombs() {
    let ten_gigabytes = gzip_bomb(10 << 10);
    let start = Instant::now();
    let roomy = |case: Case| {
        case.with(|options| {
            options.max_bytes = 64 << 20;
            options.max_ratio = usize::MAX;
        })
    };
    let bombs = || {
        vec![
            ("gzip", gzip_bomb(100)),
            ("deflate", gzip_bomb(100)[10..].to_vec()),
            ("zstd", zstd_bomb(80 << 10)),
            ("br", brotli_bomb(640)),
            ("gzip, gzip", gzip(&ten_gigabytes)),
            ("zstd, gzip", gzip(zstd_bomb(80 << 10))),
        ]
    };
    let mut cases = Vec::new();
    for (encoding, bomb) in bombs() {
        let acts = packed(encoding, bomb);
        cases.push(Case::fails("a bomb", acts.clone(), "too-large-decoded"));
        cases.push(roomy(Case::fails("a bomb with room", acts, "too-large-decoded")));
    }
    check(cases);
    // Unpacked in full, 10 GB would take far longer.
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn a_small_ratio_is_no_bomb() {
    let repetitive = "<item>A bridge opened.</item>\n".repeat(100_000);
    check(vec![
        Case::gives("repetitive", packed("gzip", gzip(&repetitive)), &repetitive)
            .with(|options| options.max_ratio = 2000),
        Case::fails("too repetitive", packed("gzip", gzip(&repetitive)), "too-large-decoded")
            .with(|options| options.max_ratio = 20),
        Case::gives(
            "small and repetitive",
            packed("gzip", gzip("a".repeat(9999))),
            "a".repeat(9999),
        )
        .with(|options| options.max_ratio = 2),
    ]);
}

#[test]
fn layers_that_unpack_to_nothing_run_into_the_limits() {
    // Empty stored blocks: many bytes, no output.
    let nothing = [0, 0, 0, 0xff, 0xff].repeat(4 << 20);
    let inner = gzip(nothing);
    check(vec![Case::fails(
        "much ado about nothing",
        packed("deflate, gzip", inner),
        "too-large-decoded",
    )]);
}
