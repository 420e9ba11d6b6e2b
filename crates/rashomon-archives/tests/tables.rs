//! Tables in and out.

use std::io::Cursor;

use jiff::Timestamp;
use rashomon_archives::table::{Cell, Column, Format, Kind, Table};
use rashomon_archives::{Body, Options, Record, open};
use serde_json::{Map, Value, json};

fn columns() -> Vec<Column> {
    vec![
        Column::new("id", Kind::Integer).required(),
        Column::new("text", Kind::Text),
        Column::new("weight", Kind::Real),
        Column::new("true", Kind::Truth),
        Column::new("at", Kind::Time),
        Column::new("agencies", Kind::TextList),
    ]
}

fn rows() -> Vec<Vec<Cell>> {
    let at: Timestamp = "2026-03-14T10:30:00.25Z".parse().expect("an instant");
    let mut rows = vec![
        vec![
            Cell::Integer(1),
            Cell::from("“Quoted”, said \"Ada\";\r\nand a second line"),
            Cell::Real(0.1),
            Cell::Truth(true),
            Cell::Time(at),
            Cell::TextList(vec!["NPA".into(), "a \"b\", c".into()]),
        ],
        vec![
            Cell::Integer(i64::MIN),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
        ],
        vec![
            Cell::Integer(3),
            Cell::from("=1+1"),
            Cell::Real(-1e300),
            Cell::Truth(false),
            Cell::Time(Timestamp::UNIX_EPOCH),
            Cell::TextList(Vec::new()),
        ],
    ];
    // More than are written in one go.
    rows.extend((4..1500).map(|number| {
        let mut row = vec![Cell::Integer(number), Cell::from(format!("Row {number}"))];
        row.resize(6, Cell::Empty);
        row
    }));
    rows
}

fn written(format: Format) -> Vec<u8> {
    let mut table = Table::new(format, columns(), Vec::new()).expect("columns");
    for row in rows() {
        table.row(&row).expect("a row that fits");
    }
    assert_eq!(table.rows(), rows().len() as u64);
    table.finish().expect("memory")
}

fn read(name: &str, bytes: &[u8], options: &Options) -> Vec<Record> {
    let records = open(Cursor::new(bytes.to_vec()), name, options).expect("a table");
    records.collect::<Result<_, _>>().expect("sound rows")
}

fn fields(record: &Record) -> &Map<String, Value> {
    match &record.body {
        Body::Fields(fields) => fields,
        Body::Bytes(_) => panic!("a row has fields"),
    }
}

/// What a row reads back as: JSON of its cells, as text where the format knows only text.
fn expected(row: &[Cell], as_text: bool) -> Value {
    let mut object = Map::new();
    for (column, cell) in columns().into_iter().zip(row) {
        let value = match cell {
            Cell::Empty => continue,
            Cell::Text(text) => text.clone().into(),
            Cell::Integer(number) if as_text => number.to_string().into(),
            Cell::Integer(number) => (*number).into(),
            Cell::Real(number) if as_text => number.to_string().into(),
            Cell::Real(number) => (*number).into(),
            Cell::Truth(truth) if as_text => truth.to_string().into(),
            Cell::Truth(truth) => (*truth).into(),
            Cell::Time(at) => at.to_string().into(),
            Cell::TextList(texts) if as_text => json!(texts).to_string().into(),
            Cell::TextList(texts) => json!(texts),
        };
        object.insert(column.name, value);
    }
    Value::Object(object)
}

fn check_round_trip(name: &str, bytes: &[u8], as_text: bool) {
    let found = read(name, bytes, &Options::default());
    assert_eq!(found.len(), rows().len());
    for (record, row) in found.iter().zip(rows()) {
        assert_eq!(Value::Object(fields(record).clone()), expected(&row, as_text));
    }
    for at in [0, 1, 700, found.len() - 1] {
        let options = Options { resume_from: Some(found[at].position), ..Options::default() };
        assert_eq!(read(name, bytes, &options), found[at + 1..], "from {at}");
    }
}

#[test]
fn csv_reads_back_as_it_was_written() {
    let bytes = written(Format::Csv);
    check_round_trip("table.csv", &bytes, true);
    assert_eq!(bytes, written(Format::Csv), "the same rows give the same bytes");
}

#[test]
fn a_spreadsheet_computes_nothing() {
    let bytes = String::from_utf8(written(Format::CsvForSpreadsheets)).expect("UTF-8");
    assert!(bytes.contains("\r\n3,'=1+1,"));
    // Numbers are the program's own and stay numbers.
    assert!(bytes.contains("\r\n-9223372036854775808,"));
}

#[test]
fn what_does_not_fit_is_refused() {
    let code = |columns, row: &[Cell]| match Table::new(Format::Csv, columns, Vec::new()) {
        Err(error) => error.code(),
        Ok(mut table) => table.row(row).map_err(|error| error.code()).expect_err("refused"),
    };
    assert_eq!(code(Vec::new(), &[]), "bad-table");
    assert_eq!(
        code(vec![Column::new("a", Kind::Text), Column::new("a", Kind::Real)], &[]),
        "bad-table"
    );
    assert_eq!(code(vec![Column::new("a", Kind::Text)], &[]), "bad-table");
    assert_eq!(code(vec![Column::new("a", Kind::Text)], &[Cell::Integer(1)]), "bad-table");
    assert_eq!(code(vec![Column::new("a", Kind::Text).required()], &[Cell::Empty]), "bad-table");
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_reads_back_as_it_was_written() {
    let bytes = written(Format::Parquet);
    check_round_trip("table.parquet", &bytes, false);
    assert_eq!(bytes, written(Format::Parquet), "the same rows give the same bytes");
}

#[cfg(feature = "parquet")]
#[test]
fn broken_parquet_is_named() {
    let bytes = written(Format::Parquet);
    for length in [4, 8, 100, bytes.len() / 2, bytes.len() - 1] {
        let error = open(Cursor::new(bytes[..length].to_vec()), "t.parquet", &Options::default());
        assert_eq!(error.expect_err("cut short").code(), "bad-archive");
    }
    for at in (0..bytes.len()).step_by(97) {
        let mut broken = bytes.clone();
        broken[at] ^= 0xff;
        // Wherever it breaks, it gives rows or a name for what is wrong.
        if let Ok(records) = open(Cursor::new(broken), "t.parquet", &Options::default()) {
            let found = records.take(3000).count();
            assert!(found <= rows().len() + 1);
        }
    }
}

#[test]
fn tables_as_programs_write_them() {
    let table: &[(&str, &[u8], &[&str])] = &[
        ("a.csv", b"Title,Text\r\nBridge,\"Shut, they said\"\r\n", &["Bridge|Shut, they said"]),
        ("a.csv", b"Title;Text\nBridge;Shut, they said\n", &["Bridge|Shut, they said"]),
        ("a.tsv", b"Title\tText\nBridge\tShut\n", &["Bridge|Shut"]),
        ("a.txt", b"title,text\nBridge,Shut\n", &["Bridge|Shut"]),
        ("a.csv", b"\xef\xbb\xbfTitle,Text\nBridge,Shut\n", &["Bridge|Shut"]),
        ("a.csv", b"Title,Text\nCaf\xe9,\x93Shut\x94\n", &["Café|“Shut”"]),
        ("a.csv", b"Title,Text\n\nBridge,Shut\n\n", &["Bridge|Shut"]),
        ("a.csv", b"Title,Text\nBridge,\"One\nTwo\"\nQuay,Open", &["Bridge|One\nTwo", "Quay|Open"]),
        ("a.csv", b"Title,Text\nBridge\nQuay,Open,,\n", &["Bridge|", "Quay|Open"]),
        ("a.csv", b"Title,Text\n", &[]),
        ("a.csv", b"", &[]),
    ];
    for (name, bytes, expected) in table {
        let found = read(name, bytes, &Options::default());
        let words: Vec<String> = found
            .iter()
            .map(|record| {
                let cell = |upper: &str, lower: &str| {
                    let fields = fields(record);
                    let cell = fields.get(upper).or_else(|| fields.get(lower));
                    cell.and_then(Value::as_str).unwrap_or_default().to_owned()
                };
                format!("{}|{}", cell("Title", "title"), cell("Text", "text"))
            })
            .collect();
        assert_eq!(words, *expected, "{}", String::from_utf8_lossy(bytes));
    }
    let utf16: Vec<u8> =
        "\u{feff}Title,Text\nCafé,Shut\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(fields(&read("a.csv", &utf16, &Options::default())[0])["Title"], "Café");
}

#[test]
fn a_row_that_does_not_fit_its_columns_is_named_by_its_line() {
    let bytes = b"title,text\nBridge,Shut\nQuay,Open, they said\nPort,Shut\n";
    let mut records = open(Cursor::new(bytes), "a.csv", &Options::default()).expect("a table");
    let found: Vec<_> = records.by_ref().collect();
    assert!(found[0].is_ok() && found[2].is_ok() && found.len() == 3);
    let diagnostic = found[1].as_ref().expect_err("a ragged row");
    assert_eq!(diagnostic.code, "ragged-row");
    assert!(diagnostic.message.starts_with("a.csv:3: 3 cells under 2 columns"), "{diagnostic:?}");
    assert_eq!(records.counts().skipped["ragged-row"], 1);
}

#[test]
fn an_endless_row_does_not_fill_the_memory() {
    let options = Options { max_record_bytes: 1 << 20, ..Options::default() };
    let bytes = format!("title,text\nBridge,\"Shut\n{}", "Quay,Open\n".repeat(500_000));
    let found: Vec<_> = open(Cursor::new(bytes), "a.csv", &options).expect("a table").collect();
    assert_eq!(found.len(), 1);
    let diagnostic = found[0].as_ref().expect_err("a quotation mark that is never closed");
    assert_eq!(diagnostic.code, "too-large");
    assert!(diagnostic.message.starts_with("a.csv:2"), "{diagnostic:?}");
}
