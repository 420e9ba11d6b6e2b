//! Fetching from servers that misbehave in every way that could be thought of.
#![allow(clippy::disallowed_methods, reason = "what takes too long is told by the clock")]

mod answers;
mod encodings;
mod manners;
mod many;
mod mutations;
mod names;
mod redirects;
mod robots;
mod server;
mod simple;
mod table;
mod tls;
mod world;
