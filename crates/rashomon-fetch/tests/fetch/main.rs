//! Fetching from servers that misbehave in every way that could be thought of.

mod server;
mod simple;
