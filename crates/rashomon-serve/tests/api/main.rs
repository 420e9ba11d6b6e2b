//! The API as a client sees it.
#![allow(clippy::disallowed_methods, reason = "tests make the stores that are served")]

mod answers;
mod changes;
mod client;
