//! Fetching from servers that misbehave in every way that could be thought of.

mod answers;
mod encodings;
mod manners;
mod redirects;
mod robots;
mod server;
mod simple;
mod table;
mod world;
