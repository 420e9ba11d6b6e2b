//! WARC, zip, tar, CSV and Parquet, read record by record.
